/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include "support/assert_result.h"
#include "support/test_main.h"

/* AlbumArtist begins at 16. */
#define START "::WMP_JOB:1:5:P:"

/* W9 */
static void a_colon_in_the_title_is_borne_when_one_reading_is_left(void **state)
{
    static const struct {
        const char *text;
        const char *artist, *album, *number, *title, *duration, *rating;
    } rows[] = {
        { START "A:B:3:T: U:215:75", "A", "B", "3", "T: U", "215", "75" },
        { START "A:B:3:T:215:75", "A", "B", "3", "T", "215", "75" },
        { START "A:B::T:U:V::", "A", "B", "", "T:U:V", "", "" },
        { START "::3:T:U:1.5:", "", "", "3", "T:U", "1.5", "" },
        { START "A:B:3:T:9:215:75", "A", "B", "3", "T:9", "215", "75" },
        { START "A:B:3:T:::", "A", "B", "3", "T:", "", "" },
        { START "A:7:3:123456:T:1:1", "A", "7", "3", "123456:T", "1", "1" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_wmp_description description;

        XBITS_INIT(&description);
        assert_ok(xbits_wmp_description_parse(rows[i].text, XBITS_WMP_LENIENT, &description, NULL));
        assert_string_equal(description.provider, "P");
        assert_string_equal(description.album_artist, rows[i].artist);
        assert_string_equal(description.album_title, rows[i].album);
        assert_string_equal(description.track_number, rows[i].number);
        assert_string_equal(description.title, rows[i].title);
        assert_string_equal(description.duration, rows[i].duration);
        assert_string_equal(description.rating, rows[i].rating);
        xbits_wmp_description_dispose(&description);
    }
}

/* The same texts are refused when they are read strictly. */
static void strictly_no_colon_is_borne(void **state)
{
    struct xbits_wmp_description description;
    struct xbits_wmp_refusal refusal;

    (void)state;
    XBITS_INIT(&description);
    XBITS_INIT(&refusal);

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_wmp_description_parse(START "A:B:3:T: U:215:75", XBITS_WMP_STRICT,
                                             &description, &refusal));

    assert_int_equal(refusal.rule, XBITS_WMP_RULE_FIELD_COUNT);
}

static void a_text_that_stays_in_doubt_is_refused(void **state)
{
    static const struct {
        const char *text;
        enum xbits_wmp_rule rule;
        int field;
        size_t position;
        const char *message;
    } rows[] = {
        /* Is the artist "A:B" or the album "B:C"? */
        { START "A:B:C:3:T:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16,
          "position 16 begins AlbumArtist to Title, which can be told apart in 2 ways" },
        { START "A:B:C:D:3:T:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "3 ways" },
        /* Is 3 the number, or 4? */
        { START "A:B:3:4:T:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "3 ways" },
        { START "A:B:3::T:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "3 ways" },
        /* Nothing can be the number; after the last token there is no title. */
        { START "A:B:x:T:U:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "0 ways" },
        { START "A:B:x:T:4:215:75", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "0 ways" },
        { START "A:B:123456:T:U:1:1", XBITS_WMP_RULE_AMBIGUOUS, XBITS_WMP_NO_FIELD, 16, "0 ways" },
        /* What is anchored has rules of its own, which are asked first. */
        { "::WMP_JOB:1:0:P:A:B:C:3:T:2:7", XBITS_WMP_RULE_SERVICE_ID, XBITS_WMP_SERVICE_ID, 12,
          "" },
        { "::WMP_JOB:1:5::A:B:C:3:T:2:7", XBITS_WMP_RULE_PROVIDER, XBITS_WMP_PROVIDER, 14, "" },
        { START "A:B:C:3:T:x:75", XBITS_WMP_RULE_NUMBER, XBITS_WMP_DURATION, 26, "Duration" },
        { START "A:B:C:3:T:215:x", XBITS_WMP_RULE_NUMBER, XBITS_WMP_RATING, 30, "Rating" },
        /* A text without a colon to spare is read as ever. */
        { START "A:B:x:T:215:75", XBITS_WMP_RULE_NUMBER, XBITS_WMP_TRACK_NUMBER, 20,
          "TrackNumber" },
        { START "A:B:3:T:215", XBITS_WMP_RULE_FIELD_COUNT, XBITS_WMP_NO_FIELD, 27, "7 of 8" },
        { " " START "A:B:3:T:215:75", XBITS_WMP_RULE_PREFIX, XBITS_WMP_NO_FIELD, 0, "" },
        { "::WMP_JOB:2:5:P:A:B:3:T:U:1:1", XBITS_WMP_RULE_VERSION, XBITS_WMP_NO_FIELD, 10, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_wmp_description description;
        struct xbits_wmp_refusal refusal;

        XBITS_INIT(&description);
        XBITS_INIT(&refusal);
        assert_fails(
            XBITS_E_INVALIDARG,
            xbits_wmp_description_parse(rows[i].text, XBITS_WMP_LENIENT, &description, &refusal));
        assert_message(rows[i].message);
        if (refusal.rule != rows[i].rule || refusal.field != rows[i].field ||
            refusal.position != rows[i].position)
            fail_msg("%s: rule %s, field %d, position %zu", rows[i].text,
                     xbits_wmp_rule_name(refusal.rule), refusal.field, refusal.position);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colon_in_the_title_is_borne_when_one_reading_is_left),
        cmocka_unit_test(strictly_no_colon_is_borne),
        cmocka_unit_test(a_text_that_stays_in_doubt_is_refused),
    };

    return run_tests("description_lenient", tests);
}
