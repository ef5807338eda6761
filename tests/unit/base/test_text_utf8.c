/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>

#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define EURO     "\xE2\x82\xAC"
#define MUSIC    "\xF0\x9D\x84\x9E" /* U+1D11E, a pair of surrogates on Windows */
#define A_UMLAUT "\xC3\x84"

static void well_formed_text_is_utf8(void **state)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\x7F",
        "\xC2\x80",
        "\xDF\xBF",
        "\xE0\xA0\x80",
        "\xED\x9F\xBF",
        "\xEE\x80\x80",
        "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF",
        "a" A_UMLAUT "b" EURO "c" MUSIC "d",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_true(text_is_utf8(texts[i]));
}

static void ill_formed_text_is_not_utf8(void **state)
{
    static const char *const texts[] = {
        "\x80",             /* a continuation alone */
        "\xBF",             /* the last of them */
        "\xC0\xAF",         /* overlong / */
        "\xC1\xBF",         /* overlong U+007F */
        "\xE0\x9F\xBF",     /* overlong U+07FF */
        "\xF0\x8F\xBF\xBF", /* overlong U+FFFF */
        "\xED\xA0\x80",     /* the first surrogate */
        "\xED\xBF\xBF",     /* the last one */
        "\xF4\x90\x80\x80", /* U+110000 */
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
        "\xC3",     /* cut off */
        "\xE2\x82", /* cut off */
        "\xF0\x9D\x84",
        "\xE2\x82z",
        "\xF0z\x84\x9E",
        "good" EURO "\x80",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_false(text_is_utf8(texts[i]));
}

static void length_is_counted_as_windows_does(void **state)
{
    (void)state;
    assert_int_equal(text_utf16_length(""), 0);
    assert_int_equal(text_utf16_length("abc"), 3);
    assert_int_equal(text_utf16_length(A_UMLAUT EURO), 2);
    assert_int_equal(text_utf16_length(MUSIC), 2);
    assert_int_equal(text_utf16_length("a" MUSIC "b" EURO), 5);
}

static void a_copy_ends_before_a_sequence_that_does_not_fit(void **state)
{
    static const struct {
        const char *string;
        size_t size;
        const char *copy;
    } cases[] = {
        { "abc", 4, "abc" },
        { "abc", 3, "ab" },
        { "abc", 1, "" },
        { "", 1, "" },
        { "a" EURO, 5, "a" EURO },
        { "a" EURO, 4, "a" },
        { "a" EURO, 3, "a" },
        { "a" EURO, 2, "a" },
        { MUSIC, 5, MUSIC },
        { MUSIC, 4, "" },
        { MUSIC, 2, "" },
        { EURO EURO, 6, EURO },
        { "\x80\x80\x80\x80\x80\x80", 6, "\x80\x80" }, /* no UTF-8: cut, not searched for ever */
    };
    char target[16];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        memset(target, '#', sizeof(target));
        assert_ptr_equal(text_copy_into(target, cases[i].size, cases[i].string), target);
        assert_string_equal(target, cases[i].copy);
        assert_int_equal(target[cases[i].size], '#');
    }
}

static void what_steers_a_terminal_is_replaced(void **state)
{
    static const struct {
        const char *string, *printable;
    } cases[] = {
        { "plain " EURO, "plain " EURO },
        { "a\x1B[2Jb\r\n\tc\x7F", "a?[2Jb???c?" },
        { "half \xE2\x82", "half ??" },
        { "one \xFF bad byte costs no " EURO, "one ? bad byte costs no " EURO },
        { "C1 \xC2\x9B[2J and \xC2\xA0", "C1 ??[2J and \xC2\xA0" },
        { "", "" },
    };
    char string[64];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        text_copy_into(string, sizeof(string), cases[i].string);
        assert_string_equal(text_make_printable(string), cases[i].printable);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_text_is_utf8),
        cmocka_unit_test(ill_formed_text_is_not_utf8),
        cmocka_unit_test(length_is_counted_as_windows_does),
        cmocka_unit_test(a_copy_ends_before_a_sequence_that_does_not_fit),
        cmocka_unit_test(what_steers_a_terminal_is_replaced),
    };

    return run_tests("text_utf8", tests);
}
