/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include "support/assert_result.h"
#include "support/test_main.h"

/* W15 */
static void the_seven_names_give_the_fields(void **state)
{
    static const struct {
        const char *name;
        const char *text;
    } rows[] = {
        { "AlbumArtist", "Artist" }, { "Album", "Record" }, { "Duration", "215" },
        { "WM/Provider", "Harbor" }, { "Title", "Song" },   { "UserRating", "75" },
        { "WM/TrackNumber", "3" },
    };
    struct xbits_wmp_description description;

    (void)state;
    XBITS_INIT(&description);
    assert_ok(xbits_wmp_description_parse("::WMP_JOB:1:9:Harbor:Artist:Record:3:Song:215:75",
                                          XBITS_WMP_STRICT, &description, NULL));

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(xbits_wmp_item_info(&description, rows[i].name), rows[i].text);
    xbits_wmp_description_dispose(&description);
}

static void another_name_gives_nothing(void **state)
{
    static const char *const rows[] = {
        "",      "AlbumTitle", "Provider", "TrackNumber", "Rating", "serviceId",
        "album", "TITLE",      "Title ",   "WM/Title",    "Genre",  "WM/ContentDistributor",
    };
    struct xbits_wmp_description description;

    (void)state;
    XBITS_INIT(&description);
    assert_ok(xbits_wmp_description_parse("::WMP_JOB:1:9:Harbor:Artist:Record:3:Song:215:75",
                                          XBITS_WMP_STRICT, &description, NULL));

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(xbits_wmp_item_info(&description, rows[i]), "");
    assert_string_equal(xbits_wmp_item_info(&description, NULL), "");
    xbits_wmp_description_dispose(&description);
}

static void a_description_that_says_nothing_gives_nothing(void **state)
{
    struct xbits_wmp_description description;

    (void)state;
    XBITS_INIT(&description);

    assert_string_equal(xbits_wmp_item_info(&description, "Title"), "");
    description.title = "Song";
    assert_string_equal(xbits_wmp_item_info(&description, "Title"), "Song");
    description.size = 0;
    assert_string_equal(xbits_wmp_item_info(&description, "Title"), "");
    assert_string_equal(xbits_wmp_item_info(NULL, "Title"), "");
}

static void the_fields_are_named_as_in_the_convention(void **state)
{
    static const struct {
        const char *name;
        const char *item_info_name;
    } rows[XBITS_WMP_FIELD_COUNT] = {
        { "serviceId", NULL },
        { "Provider", "WM/Provider" },
        { "AlbumArtist", "AlbumArtist" },
        { "AlbumTitle", "Album" },
        { "TrackNumber", "WM/TrackNumber" },
        { "Title", "Title" },
        { "Duration", "Duration" },
        { "Rating", "UserRating" },
    };

    (void)state;
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++) {
        const char *name = xbits_wmp_item_info_name((enum xbits_wmp_field)i);

        assert_string_equal(xbits_wmp_field_name((enum xbits_wmp_field)i), rows[i].name);
        assert_int_equal(name == NULL, rows[i].item_info_name == NULL);
        if (name != NULL)
            assert_string_equal(name, rows[i].item_info_name);
    }
}

static void every_rule_has_a_name_and_a_sentence_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < XBITS_WMP_RULE_COUNT; i++) {
        const char *text = xbits_wmp_rule_text((enum xbits_wmp_rule)i);

        assert_true(text[0] != '\0' && text[strlen(text) - 1] == '.');
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(xbits_wmp_rule_name((enum xbits_wmp_rule)i),
                                    xbits_wmp_rule_name((enum xbits_wmp_rule)j));
            assert_string_not_equal(text, xbits_wmp_rule_text((enum xbits_wmp_rule)j));
        }
    }
    assert_string_equal(xbits_wmp_rule_name(XBITS_WMP_RULE_NONE), "NONE");
    assert_string_equal(xbits_wmp_rule_name(XBITS_WMP_RULE_SERVICE_ID), "SERVICE_ID");
    assert_string_equal(xbits_wmp_rule_name(XBITS_WMP_RULE_COLON), "COLON");
}

static void a_number_out_of_range_is_unknown(void **state)
{
    (void)state;
    assert_string_equal(xbits_wmp_kind_name(XBITS_WMP_JOB), "WMP_JOB");
    assert_string_equal(xbits_wmp_kind_name(XBITS_WMP_STATUS), "WMP_STATUS");
    assert_string_equal(xbits_wmp_kind_name((enum xbits_wmp_kind)2), "unknown");
    assert_string_equal(xbits_wmp_field_name((enum xbits_wmp_field)8), "unknown");
    assert_null(xbits_wmp_item_info_name((enum xbits_wmp_field)8));
    assert_string_equal(xbits_wmp_rule_name((enum xbits_wmp_rule)12), "unknown");
    assert_string_equal(xbits_wmp_rule_text((enum xbits_wmp_rule)12), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seven_names_give_the_fields),
        cmocka_unit_test(another_name_gives_nothing),
        cmocka_unit_test(a_description_that_says_nothing_gives_nothing),
        cmocka_unit_test(the_fields_are_named_as_in_the_convention),
        cmocka_unit_test(every_rule_has_a_name_and_a_sentence_of_its_own),
        cmocka_unit_test(a_number_out_of_range_is_unknown),
    };

    return run_tests("description_fields", tests);
}
