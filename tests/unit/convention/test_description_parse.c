/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/assert_result.h"
#include "support/test_main.h"

/* serviceId is at 12, Provider at 20, AlbumArtist at 32, AlbumTitle at 34, TrackNumber at 36, Title
 * at 38, Duration at 40, Rating at 44; the whole has 46 units. */
#define START "::WMP_JOB:1:1234567:"
#define WHOLE START "HarborTunes:A:B:3:T:215:75"
#define REST  ":HarborTunes:A:B:3:T:215:75"

#define NO_FIELD XBITS_WMP_NO_FIELD

static struct xbits_wmp_description parsed(const char *text)
{
    struct xbits_wmp_description description;

    XBITS_INIT(&description);
    assert_ok(xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &description, NULL));
    return description;
}

/* W1 */
static void a_job_says_all_its_fields(void **state)
{
    struct xbits_wmp_description description = parsed(WHOLE);

    (void)state;
    assert_int_equal(description.size, sizeof description);
    assert_int_equal(description.kind, XBITS_WMP_JOB);
    assert_int_equal(description.service_id, 1234567);
    assert_string_equal(description.provider, "HarborTunes");
    assert_string_equal(description.album_artist, "A");
    assert_string_equal(description.album_title, "B");
    assert_string_equal(description.track_number, "3");
    assert_string_equal(description.title, "T");
    assert_string_equal(description.duration, "215");
    assert_string_equal(description.rating, "75");
    xbits_wmp_description_dispose(&description);
}

/* W3, W10 */
static void metadata_may_be_empty(void **state)
{
    struct xbits_wmp_description description = parsed("::WMP_STATUS:1:-5:P::::::");

    (void)state;
    assert_int_equal(description.kind, XBITS_WMP_STATUS);
    assert_int_equal(description.service_id, -5);
    assert_string_equal(xbits_wmp_item_info(&description, "WM/Provider"), "P");
    for (int i = XBITS_WMP_ALBUM_ARTIST; i < XBITS_WMP_FIELD_COUNT; i++) {
        const char *name = xbits_wmp_item_info_name((enum xbits_wmp_field)i);

        assert_string_equal(xbits_wmp_item_info(&description, name), "");
    }
    xbits_wmp_description_dispose(&description);
}

/* W6 */
static void the_largest_service_id_is_minus_one(void **state)
{
    struct xbits_wmp_description description = parsed("::WMP_JOB:1:4294967295" REST);

    (void)state;
    assert_int_equal(description.service_id, -1);
    xbits_wmp_description_dispose(&description);
}

static void numbers_are_kept_as_text(void **state)
{
    struct xbits_wmp_description description = parsed(START "P:::00007::0215.50:075");

    (void)state;
    assert_string_equal(description.track_number, "00007");
    assert_string_equal(description.duration, "0215.50");
    assert_string_equal(description.rating, "075");
    xbits_wmp_description_dispose(&description);
}

/* Hebrew and Arabic, a note beyond U+FFFF, marks of direction, blanks around: nothing is touched.
 */
static void text_of_any_script_is_kept(void **state)
{
    static const char artist[] = "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\x8F(\xD8\xB3)";
    static const char title[] = " \xF0\x9D\x84\x9E \xF0\x9F\x8E\xB5\t";
    char text[200];
    struct xbits_wmp_description description;

    (void)state;
    snprintf(text, sizeof text, START "P:%s::1:%s::", artist, title);
    description = parsed(text);

    assert_string_equal(xbits_wmp_item_info(&description, "AlbumArtist"), artist); /* W14 */
    assert_string_equal(xbits_wmp_item_info(&description, "Title"), title);
    xbits_wmp_description_dispose(&description);
}

/* Every rule, and where it is broken. */
static const struct {
    const char *text;
    enum xbits_wmp_rule rule;
    int field;
    size_t position;
    const char *message;
} refusals[] = {
    { "::\xFF", XBITS_WMP_RULE_TEXT, NO_FIELD, 2, "the text \"?\" at position 2 is not UTF-8" },
    { START "P:\xF0\x9D\x84\x9E\xC3::::::", XBITS_WMP_RULE_TEXT, NO_FIELD, 24, "position 24" },
    { "", XBITS_WMP_RULE_PREFIX, NO_FIELD, 0, "the text \"\" at position 0" },
    { ":", XBITS_WMP_RULE_PREFIX, NO_FIELD, 1, "position 1" },
    { " " WHOLE, XBITS_WMP_RULE_PREFIX, NO_FIELD, 0, "two colons" }, /* W8, as the next two. */
    { ":WMP_JOB:1:5:P:A:B:3:T:215:75", XBITS_WMP_RULE_PREFIX, NO_FIELD, 1, "two colons" },
    { "::wmp_job:1:5" REST, XBITS_WMP_RULE_KIND, NO_FIELD, 2,
      "the kind \"wmp_job\" at position 2 is neither WMP_JOB nor WMP_STATUS" },
    { "\xEF\xBB\xBF" WHOLE, XBITS_WMP_RULE_PREFIX, NO_FIELD, 0, "two colons" },
    { "WMP_JOB:1:5" REST, XBITS_WMP_RULE_PREFIX, NO_FIELD, 0, "two colons" },
    { "::", XBITS_WMP_RULE_KIND, NO_FIELD, 2, "the kind \"\"" },
    { ":::WMP_JOB:1:5" REST, XBITS_WMP_RULE_KIND, NO_FIELD, 2, "the kind \"\"" },
    { ":: WMP_JOB:1:5" REST, XBITS_WMP_RULE_KIND, NO_FIELD, 2, "the kind \" WMP_JOB\"" },
    { "::WMP_JOBS:1:5" REST, XBITS_WMP_RULE_KIND, NO_FIELD, 2, "the kind \"WMP_JOBS\"" },
    { "::WMP_JO", XBITS_WMP_RULE_KIND, NO_FIELD, 2, "the kind \"WMP_JO\"" },
    { "::WMP_JOB", XBITS_WMP_RULE_VERSION, NO_FIELD, 9, "the version \"\" at position 9" },
    { "::WMP_JOB:", XBITS_WMP_RULE_VERSION, NO_FIELD, 10, "the version \"\" at position 10" },
    { "::WMP_JOB:2:5" REST, XBITS_WMP_RULE_VERSION, NO_FIELD, 10,
      "the version \"2\" at position 10 is not 1" }, /* W8 */
    { "::WMP_STATUS:01:5" REST, XBITS_WMP_RULE_VERSION, NO_FIELD, 13, "the version \"01\"" },
    { "::WMP_JOB:1", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 11, "without serviceId" },
    { "::WMP_JOB:1:", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 12, "without Provider" },
    { START "HarborTunes:A:B:3:T:215", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 43,
      "ends without Rating: it has 7 of 8 fields" }, /* W8, as the next. */
    { WHOLE ":", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 47, "after its eight fields" },
    { START "HarborTunes:A:B:3:T: U:215:75", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 47,
      "the text \"75\" at position 47 goes on" }, /* W9 */
    { "::WMP_JOB:1:0" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12,
      "serviceId \"0\" at position 12" }, /* W5, as the next three. */
    { "::WMP_JOB:1:" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12,
      "serviceId \"\" at position 12" },
    { "::WMP_JOB:1:abc" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12,
      "serviceId \"abc\" at position 12 is not a number other than 0 of 32 bits" },
    { "::WMP_STATUS:1:4294967296" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 15,
      "serviceId \"4294967296\" at position 15" },
    { "::WMP_JOB:1:-2147483649" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12,
      "32 bits" },
    { "::WMP_JOB:1: 5" REST, XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12, "\" 5\"" },
    { START ":A:B:3:T:215:75", XBITS_WMP_RULE_PROVIDER, XBITS_WMP_PROVIDER, 20,
      "Provider \"\" at position 20 is empty" }, /* W7 */
    { START "P:A:B:123456:T:215:75", XBITS_WMP_RULE_NUMBER, XBITS_WMP_TRACK_NUMBER, 26,
      "TrackNumber \"123456\" at position 26 is neither empty nor 1 to 5 digits" },
    { START "P:A:B:3.0:T::", XBITS_WMP_RULE_NUMBER, XBITS_WMP_TRACK_NUMBER, 26, "\"3.0\"" },
    { START "P:A:B:-3:T::", XBITS_WMP_RULE_NUMBER, XBITS_WMP_TRACK_NUMBER, 26, "\"-3\"" },
    { START "P:A:B: 3:T::", XBITS_WMP_RULE_NUMBER, XBITS_WMP_TRACK_NUMBER, 26, "\" 3\"" },
    { START "P:A:B:3:T:x:75", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 30,
      "Duration \"x\" at position 30 is neither empty nor a number" },
    { START "P:A:B:3:T:.5:", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 30, "\".5\"" },
    { START "P:A:B:3:T:5.:", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 30, "\"5.\"" },
    { START "P:A:B:3:T:1.2.3:", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 30, "\"1.2.3\"" },
    { START "P:A:B:3:T:5,5:", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 30, "\"5,5\"" },
    { START "P:A:B:3:T:215:+7", XBITS_WMP_RULE_NUMBER, XBITS_WMP_RATING, 34,
      "Rating \"+7\" at position 34" },
    { START "P:A:B:3:T:215:75 ", XBITS_WMP_RULE_NUMBER, XBITS_WMP_RATING, 34, "\"75 \"" },
    /* Units, not bytes and not characters: a pair of surrogates is two. */
    { START "\xF0\x9D\x84\x9E:\xC3\xA9:\xE2\x82\xAC:x:::", XBITS_WMP_RULE_NUMBER,
      XBITS_WMP_TRACK_NUMBER, 27, "position 27" },
    /* The rules in their order. */
    { "::WMP_JOB:1:0::::x::x:x", XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12, "" },
    { "::WMP_JOB:1:5::::x::x:x", XBITS_WMP_RULE_PROVIDER, XBITS_WMP_PROVIDER, 14, "" },
    { "::WMP_JOB:1:0:", XBITS_WMP_RULE_FIELD_COUNT, NO_FIELD, 14, "2 of 8" },
    { "::WMP_job:2:0:", XBITS_WMP_RULE_KIND, NO_FIELD, 2, "" },
};

static void a_text_that_breaks_a_rule_is_refused_with_rule_field_and_position(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct xbits_wmp_description description;
        struct xbits_wmp_refusal refusal;

        XBITS_INIT(&description);
        XBITS_INIT(&refusal);
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_wmp_description_parse(refusals[i].text, XBITS_WMP_STRICT, &description,
                                                 &refusal));
        assert_message(refusals[i].message);
        if (refusal.rule != refusals[i].rule || refusal.field != refusals[i].field ||
            refusal.position != refusals[i].position)
            fail_msg("%s: rule %s, field %d, position %zu", refusals[i].text,
                     xbits_wmp_rule_name(refusal.rule), refusal.field, refusal.position);
        assert_int_equal(refusal.size, sizeof refusal);
        assert_null(description.owned);
        assert_null(description.provider);
    }
}

/* A text of START, a title of so many units, and the colons around it. */
static char *text_of_units(size_t units, bool is_surrogates)
{
    static const char head[] = START "P:::1:";
    size_t length = units - (sizeof head - 1) - 2;
    char *text = calloc(1, 2 * units + 8);

    assert_non_null(text);
    memcpy(text, head, sizeof head);
    if (!is_surrogates)
        memset(text + strlen(text), 'x', length);
    for (size_t i = 0; is_surrogates && i < length; i += 2)
        memcpy(text + strlen(text), "\xF0\x9D\x84\x9E", 4);
    memcpy(text + strlen(text), "::", 3);
    return text;
}

/* W13 */
static void a_text_of_1024_units_is_the_longest(void **state)
{
    static const struct {
        size_t units;
        bool is_surrogates;
        bool is_short_enough;
    } rows[] = {
        { 1024, false, true }, { 1025, false, false }, { 1024, true, true },
        { 1026, true, false }, { 3000, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *text = text_of_units(rows[i].units, rows[i].is_surrogates);
        struct xbits_wmp_description description;
        struct xbits_wmp_refusal refusal;

        XBITS_INIT(&description);
        XBITS_INIT(&refusal);
        if (rows[i].is_short_enough) {
            assert_ok(xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &description, &refusal));
        } else {
            assert_fails(
                XBITS_BG_E_STRING_TOO_LONG,
                xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &description, &refusal));
            assert_int_equal(refusal.rule, XBITS_WMP_RULE_LENGTH);
            assert_int_equal(refusal.field, XBITS_WMP_NO_FIELD);
            assert_int_equal(refusal.position, 1024);
            assert_message("1,024");
        }
        xbits_wmp_description_dispose(&description);
        free(text);
    }
}

static void what_a_message_quotes_is_short_and_printable(void **state)
{
    static const char text[] =
        "::\x1B[31mWMP\x7F\xC2\x85_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    struct xbits_wmp_description description;

    (void)state;
    XBITS_INIT(&description);

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &description, NULL));

    assert_message("the kind \"?[31mWMP???_AAA");
    assert_message("AAA...\" at position 2");
    assert_true(strlen(xbits_last_error()->message) < 150);
}

static void a_caller_s_mistake_is_named(void **state)
{
    struct xbits_wmp_description description;
    struct xbits_wmp_refusal refusal;

    (void)state;
    XBITS_INIT(&description);
    XBITS_INIT(&refusal);

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(NULL, XBITS_WMP_STRICT, &description, &refusal));
    assert_message("text is NULL");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(WHOLE, XBITS_WMP_STRICT, NULL, &refusal));
    assert_message("description_out is NULL");
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_description_parse(WHOLE, (enum xbits_wmp_mode)2,
                                                                 &description, &refusal));
    assert_message("2 is no way");
    description.size = 0;
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(WHOLE, XBITS_WMP_STRICT, &description, &refusal));
    assert_message("description_out says its size is 0");
    XBITS_INIT(&description);
    refusal.size = 0;
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(WHOLE, XBITS_WMP_STRICT, &description, &refusal));
    assert_message("refusal_out says its size is 0");
}

static void a_refusal_is_not_written_on_success(void **state)
{
    struct xbits_wmp_description description;
    struct xbits_wmp_refusal refusal;

    (void)state;
    XBITS_INIT(&description);
    XBITS_INIT(&refusal);
    refusal.position = 77;

    assert_ok(xbits_wmp_description_parse(WHOLE, XBITS_WMP_STRICT, &description, &refusal));

    assert_int_equal(refusal.position, 77);
    assert_int_equal(refusal.rule, XBITS_WMP_RULE_NONE);
    xbits_wmp_description_dispose(&description);
}

static void a_description_may_be_disposed_of_twice(void **state)
{
    struct xbits_wmp_description description = parsed(WHOLE);

    (void)state;
    xbits_wmp_description_dispose(&description);
    assert_null(description.title);
    assert_int_equal(description.size, sizeof description);

    xbits_wmp_description_dispose(&description);
    xbits_wmp_description_dispose(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_says_all_its_fields),
        cmocka_unit_test(metadata_may_be_empty),
        cmocka_unit_test(the_largest_service_id_is_minus_one),
        cmocka_unit_test(numbers_are_kept_as_text),
        cmocka_unit_test(text_of_any_script_is_kept),
        cmocka_unit_test(a_text_that_breaks_a_rule_is_refused_with_rule_field_and_position),
        cmocka_unit_test(a_text_of_1024_units_is_the_longest),
        cmocka_unit_test(what_a_message_quotes_is_short_and_printable),
        cmocka_unit_test(a_caller_s_mistake_is_named),
        cmocka_unit_test(a_refusal_is_not_written_on_success),
        cmocka_unit_test(a_description_may_be_disposed_of_twice),
    };

    return run_tests("description_parse", tests);
}
