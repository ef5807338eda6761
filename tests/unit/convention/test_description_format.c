/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include <stdlib.h>

#include "base/random.h"
#include "base/text.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static struct xbits_wmp_description sample(void)
{
    struct xbits_wmp_description description;

    XBITS_INIT(&description);
    description.service_id = 1234567;
    description.provider = "HarborTunes";
    description.album_artist = "A";
    description.album_title = "B";
    description.track_number = "3";
    description.title = "T";
    description.duration = "215";
    description.rating = "75";
    return description;
}

static void a_description_becomes_the_text(void **state)
{
    struct xbits_wmp_description description = sample();
    char text[XBITS_WMP_TEXT_SIZE];

    (void)state;
    assert_ok(xbits_wmp_description_format(&description, text, NULL));

    assert_string_equal(text, "::WMP_JOB:1:1234567:HarborTunes:A:B:3:T:215:75");
}

static void what_is_not_said_is_empty(void **state)
{
    struct xbits_wmp_description description;
    char text[XBITS_WMP_TEXT_SIZE];

    (void)state;
    XBITS_INIT(&description);
    description.kind = XBITS_WMP_STATUS;
    description.service_id = -1;
    description.provider = "P";

    assert_ok(xbits_wmp_description_format(&description, text, NULL));

    assert_string_equal(text, "::WMP_STATUS:1:-1:P::::::");
}

/* ADR 8 */
static void a_colon_becomes_a_dash(void **state)
{
    static const struct {
        const char *title;
        const char *written;
    } rows[] = {
        { "Overture: Part 2", "Overture - Part 2" },
        { "4:33", "4-33" },
        { "Ends:", "Ends -" },
        { ":", " -" },
        { "::", "- -" },
        { ": :", " -  -" },
        { ":a:b: c:", "-a-b - c -" },
        { "a\t:\tb", "a\t-\tb" },
        { "no colon \xEF\xBC\x9A", "no colon \xEF\xBC\x9A" }, /* U+FF1A is none. */
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_wmp_description description = sample();
        struct xbits_wmp_description read;
        char text[XBITS_WMP_TEXT_SIZE];

        description.album_artist = description.album_title = description.title = rows[i].title;
        assert_ok(xbits_wmp_description_format(&description, text, NULL));
        XBITS_INIT(&read);
        assert_ok(xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &read, NULL));
        assert_string_equal(read.album_artist, rows[i].written);
        assert_string_equal(read.album_title, rows[i].written);
        assert_string_equal(read.title, rows[i].written);
        xbits_wmp_description_dispose(&read);
    }
}

/* Every rule that a description can break; the fields of NULL are those of the sample. */
static void a_description_that_breaks_a_rule_is_refused(void **state)
{
    static const struct {
        enum xbits_wmp_field field;
        const char *value;
        enum xbits_wmp_rule rule;
        size_t position;
        const char *message;
    } rows[] = {
        { XBITS_WMP_PROVIDER, "", XBITS_WMP_RULE_PROVIDER, 0, "Provider \"\" at position 0" },
        { XBITS_WMP_PROVIDER, NULL, XBITS_WMP_RULE_PROVIDER, 0, "is empty" },
        { XBITS_WMP_PROVIDER, "Harbor:Tunes", XBITS_WMP_RULE_COLON, 6,
          "Provider \"Harbor:Tunes\" at position 6 has a colon" },
        { XBITS_WMP_PROVIDER, "\xF0\x9D\x84\x9E: ", XBITS_WMP_RULE_COLON, 2, "position 2" },
        { XBITS_WMP_PROVIDER, "a\xFF", XBITS_WMP_RULE_TEXT, 1, "Provider \"?\" at position 1" },
        { XBITS_WMP_ALBUM_ARTIST, "\xED\xA0\x80", XBITS_WMP_RULE_TEXT, 0, "AlbumArtist" },
        { XBITS_WMP_ALBUM_TITLE, "\xC0\x80", XBITS_WMP_RULE_TEXT, 0, "AlbumTitle" },
        { XBITS_WMP_TITLE, "\xC3\xA9\x80", XBITS_WMP_RULE_TEXT, 1, "Title \"?\" at position 1" },
        { XBITS_WMP_TRACK_NUMBER, "123456", XBITS_WMP_RULE_NUMBER, 0, "TrackNumber \"123456\"" },
        { XBITS_WMP_TRACK_NUMBER, "1:2", XBITS_WMP_RULE_NUMBER, 0, "TrackNumber \"1:2\"" },
        { XBITS_WMP_TRACK_NUMBER, "1.5", XBITS_WMP_RULE_NUMBER, 0, "TrackNumber \"1.5\"" },
        { XBITS_WMP_DURATION, "3:35", XBITS_WMP_RULE_NUMBER, 0, "Duration \"3:35\"" },
        { XBITS_WMP_RATING, "five", XBITS_WMP_RULE_NUMBER, 0, "Rating \"five\"" },
        { XBITS_WMP_RATING, "1:", XBITS_WMP_RULE_NUMBER, 0, "Rating \"1:\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_wmp_description description = sample();
        struct xbits_wmp_refusal refusal;
        char text[XBITS_WMP_TEXT_SIZE] = "untouched";
        const char **places[XBITS_WMP_FIELD_COUNT] = {
            NULL,
            &description.provider,
            &description.album_artist,
            &description.album_title,
            &description.track_number,
            &description.title,
            &description.duration,
            &description.rating,
        };

        *places[rows[i].field] = rows[i].value;
        XBITS_INIT(&refusal);
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_wmp_description_format(&description, text, &refusal));
        assert_message(rows[i].message);
        assert_int_equal(refusal.rule, rows[i].rule);
        assert_int_equal(refusal.field, rows[i].field);
        assert_int_equal(refusal.position, rows[i].position);
        assert_string_equal(text, "untouched");
    }
}

static void a_service_id_of_0_is_refused(void **state)
{
    struct xbits_wmp_description description = sample();
    struct xbits_wmp_refusal refusal;
    char text[XBITS_WMP_TEXT_SIZE];

    (void)state;
    XBITS_INIT(&refusal);
    description.service_id = 0;

    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(&description, text, &refusal));

    assert_int_equal(refusal.rule, XBITS_WMP_RULE_SERVICE_ID);
    assert_int_equal(refusal.field, XBITS_WMP_SERVICE_ID);
    assert_message("serviceId \"0\"");
}

static void a_third_kind_is_refused(void **state)
{
    struct xbits_wmp_description description = sample();
    struct xbits_wmp_refusal refusal;
    char text[XBITS_WMP_TEXT_SIZE];

    (void)state;
    XBITS_INIT(&refusal);
    description.kind = (enum xbits_wmp_kind)2;

    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(&description, text, &refusal));

    assert_int_equal(refusal.rule, XBITS_WMP_RULE_KIND);
    assert_int_equal(refusal.field, XBITS_WMP_NO_FIELD);
}

/* 1,024 units is what is written, not what was given: a colon before a blank takes two. */
static void a_text_of_1024_units_is_the_longest(void **state)
{
    static const struct {
        size_t surplus;
        const char *end;
        bool is_short_enough;
    } rows[] = { { 0, "", true }, { 1, "", false }, { 0, ":", false }, { 3000, "", false } };
    static const char empty[] = "::WMP_JOB:1:1234567:HarborTunes:A:B:3::215:75";

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_wmp_description description = sample();
        struct xbits_wmp_refusal refusal;
        char text[XBITS_WMP_TEXT_SIZE];
        char title[5000] = "";
        size_t length = 1024 - (sizeof empty - 1) + rows[i].surplus - strlen(rows[i].end);

        memset(title, 'x', length);
        text_copy_into(title + length, sizeof title - length, rows[i].end);
        description.title = title;
        XBITS_INIT(&refusal);
        if (rows[i].is_short_enough) {
            assert_ok(xbits_wmp_description_format(&description, text, &refusal));
            assert_int_equal(strlen(text), 1024);
            continue;
        }
        assert_fails(XBITS_BG_E_STRING_TOO_LONG,
                     xbits_wmp_description_format(&description, text, &refusal));
        assert_int_equal(refusal.rule, XBITS_WMP_RULE_LENGTH);
        assert_int_equal(refusal.field, XBITS_WMP_NO_FIELD);
    }
}

/* The most bytes that 1,024 units have: three each. */
static void the_longest_text_fits_in_bytes(void **state)
{
    struct xbits_wmp_description description = sample();
    char text[XBITS_WMP_TEXT_SIZE];
    struct text title = { 0 };

    (void)state;
    for (size_t i = 0; i < 1024 - strlen("::WMP_JOB:1:1234567:HarborTunes:A:B:3::215:75"); i++)
        assert_ok(text_add(&title, "\xE2\x99\xAB"));
    description.title = text_c(&title);

    assert_ok(xbits_wmp_description_format(&description, text, NULL));

    assert_int_equal(text_utf16_length(text), 1024);
    text_dispose(&title);
}

static void a_caller_s_mistake_is_named(void **state)
{
    struct xbits_wmp_description description = sample();
    struct xbits_wmp_refusal refusal = { 0 };
    char text[XBITS_WMP_TEXT_SIZE];

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(NULL, text, NULL));
    assert_message("description is NULL");
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(&description, NULL, NULL));
    assert_message("text_out is NULL");
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(&description, text, &refusal));
    assert_message("refusal_out says its size is 0");
    description.size = 0;
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_format(&description, text, NULL));
    assert_message("description says its size is 0");
}

/* Characters of one to four bytes, blanks, marks of direction and controls; no colon. */
static char *random_words(struct random *random, size_t count)
{
    static const char *const characters[] = {
        "a",
        "Z",
        "0",
        "-",
        " ",
        "\t",
        "\x01",
        "\"",
        "\\",
        "%",
        "\xC3\xA9",
        "\xD7\x90",
        "\xD8\xB3",
        "\xE2\x80\x8F",
        "\xE2\x99\xAB",
        "\xEF\xBF\xBD",
        "\xF0\x9D\x84\x9E",
        "\xF4\x8F\xBF\xBF",
    };
    struct text text = { 0 };
    char *words;

    for (size_t i = random_below(random, count + 1); i > 0; i--)
        assert_ok(text_add(
            &text, characters[random_below(random, sizeof characters / sizeof characters[0])]));
    words = text_take(&text);
    assert_non_null(words);
    return words;
}

static char *random_digits(struct random *random, size_t count)
{
    struct text text = { 0 };
    char *digits;

    for (size_t i = random_below(random, count + 1); i > 0; i--)
        assert_ok(text_format(&text, "%u", (unsigned)random_below(random, 10)));
    digits = text_take(&text);
    assert_non_null(digits);
    return digits;
}

static void assert_same(const struct xbits_wmp_description *a,
                        const struct xbits_wmp_description *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->service_id, b->service_id);
    for (int i = XBITS_WMP_PROVIDER; i < XBITS_WMP_FIELD_COUNT; i++) {
        const char *name = xbits_wmp_item_info_name((enum xbits_wmp_field)i);

        assert_string_equal(xbits_wmp_item_info(a, name), xbits_wmp_item_info(b, name));
    }
}

/* W14 */
static void what_is_written_reads_back_as_the_same(void **state)
{
    struct random random;

    (void)state;
    random_init(&random, test_seed());
    for (int i = 0; i < 2000; i++) {
        char *const words[] = { random_words(&random, 40), random_words(&random, 40),
                                random_words(&random, 40) };
        char *const digits[] = { random_digits(&random, 5), random_digits(&random, 12),
                                 random_digits(&random, 3) };
        struct xbits_wmp_description description;
        struct xbits_wmp_description read;
        char text[XBITS_WMP_TEXT_SIZE];

        XBITS_INIT(&description);
        description.kind = random_below(&random, 2) == 0 ? XBITS_WMP_JOB : XBITS_WMP_STATUS;
        description.service_id = (int32_t)((int64_t)random_below(&random, UINT32_MAX) + INT32_MIN);
        description.service_id += description.service_id == 0 ? 1 : 0;
        description.provider = "Harbor Tunes";
        description.album_artist = words[0];
        description.album_title = words[1];
        description.track_number = digits[0];
        description.title = words[2];
        description.duration = digits[1];
        description.rating = digits[2];
        assert_ok(xbits_wmp_description_format(&description, text, NULL));
        for (int mode = XBITS_WMP_STRICT; mode <= XBITS_WMP_LENIENT; mode++) {
            XBITS_INIT(&read);
            assert_ok(xbits_wmp_description_parse(text, (enum xbits_wmp_mode)mode, &read, NULL));
            assert_same(&description, &read);
            xbits_wmp_description_dispose(&read);
        }
        for (size_t j = 0; j < 3; j++) {
            free(words[j]);
            free(digits[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_description_becomes_the_text),
        cmocka_unit_test(what_is_not_said_is_empty),
        cmocka_unit_test(a_colon_becomes_a_dash),
        cmocka_unit_test(a_description_that_breaks_a_rule_is_refused),
        cmocka_unit_test(a_service_id_of_0_is_refused),
        cmocka_unit_test(a_third_kind_is_refused),
        cmocka_unit_test(a_text_of_1024_units_is_the_longest),
        cmocka_unit_test(the_longest_text_fits_in_bytes),
        cmocka_unit_test(a_caller_s_mistake_is_named),
        cmocka_unit_test(what_is_written_reads_back_as_the_same),
    };

    return run_tests("description_format", tests);
}
