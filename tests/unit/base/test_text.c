/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void zeroed_text_is_empty_and_can_be_disposed(void **state)
{
    struct text text = { 0 };

    (void)state;
    assert_string_equal(text_c(&text), "");

    text_clear(&text);
    text_dispose(&text);
    text_dispose(&text);

    assert_null(text.data);
}

static void text_grows_as_it_is_added_to(void **state)
{
    struct text text = { 0 };

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_ok(text_format(&text, "%03d,", i));
    assert_ok(text_add(&text, "end"));
    assert_ok(text_append(&text, "ABC", 1));

    assert_int_equal(text.length, 4004);
    assert_int_equal(strlen(text_c(&text)), 4004);
    assert_memory_equal(text_c(&text) + 3996, "999,endA", 9);
    text_dispose(&text);
}

static void a_text_may_hold_nul_bytes(void **state)
{
    struct text text = { 0 };

    (void)state;
    assert_ok(text_append(&text, "a\0b", 3));

    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "a\0b", 4);
    text_dispose(&text);
}

static void appending_nothing_changes_nothing(void **state)
{
    struct text text = { 0 };

    (void)state;
    assert_ok(text_append(&text, NULL, 0));
    assert_ok(text_add(&text, ""));

    assert_null(text.data);
}

static void formatting_fits_every_length(void **state)
{
    char word[300];

    (void)state;
    for (size_t length = 0; length < sizeof(word); length++) {
        struct text text = { 0 };

        memset(word, 'x', length);
        word[length] = '\0';
        assert_ok(text_format(&text, "%s", word));
        assert_string_equal(text_c(&text), word);
        assert_int_equal(text.length, length);
        text_dispose(&text);
    }
}

static void clearing_keeps_the_room(void **state)
{
    struct text text = { 0 };
    size_t capacity;

    (void)state;
    assert_ok(text_add(&text, "something"));
    capacity = text.capacity;

    text_clear(&text);

    assert_string_equal(text_c(&text), "");
    assert_int_equal(text.length, 0);
    assert_int_equal(text.capacity, capacity);
    text_dispose(&text);
}

static void a_length_that_cannot_be_is_out_of_memory(void **state)
{
    struct text text = { 0 };

    (void)state;
    assert_ok(text_add(&text, "kept"));

    assert_fails(XBITS_E_OUTOFMEMORY, text_append(&text, "x", SIZE_MAX));
    assert_fails(XBITS_E_OUTOFMEMORY, text_append(&text, "x", SIZE_MAX / 2));

    assert_string_equal(text_c(&text), "kept");
    text_dispose(&text);
}

static void taking_hands_over_the_string(void **state)
{
    struct text text = { 0 };
    char *taken;

    (void)state;
    assert_ok(text_add(&text, "mine"));

    taken = text_take(&text);

    assert_string_equal(taken, "mine");
    assert_null(text.data);
    assert_int_equal(text.length, 0);
    free(taken);
}

static void taking_an_empty_text_gives_an_empty_string(void **state)
{
    struct text text = { 0 };
    char *taken = text_take(&text);

    (void)state;
    assert_non_null(taken);
    assert_string_equal(taken, "");
    free(taken);
}

static void copying_makes_another_string(void **state)
{
    char original[] = "original";
    char *copy = NULL;

    (void)state;
    assert_ok(text_copy(original, &copy));

    assert_ptr_not_equal(copy, original);
    assert_string_equal(copy, original);
    free(copy);
}

static void copying_null_gives_null(void **state)
{
    char *copy = (char *)"untouched";

    (void)state;
    assert_ok(text_copy(NULL, &copy));

    assert_null(copy);
}

static void comparing_ignores_the_case_of_ascii_only(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_equal, is_prefix;
    } cases[] = {
        { "", "", true, true },           { "Range", "rANGE", true, true },
        { "Range", "Rang", false, true }, { "Rang", "Range", false, false },
        { "a", "b", false, false },       { "[", "{", false, false },
        { "@", "`", false, false },       { "\xC3\x84", "\xC3\xA4", false, false },
        { "x", "", false, true },         { "", "x", false, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(text_equal_ignoring_case(cases[i].a, cases[i].b), cases[i].is_equal);
        assert_int_equal(text_starts_with_ignoring_case(cases[i].a, cases[i].b),
                         cases[i].is_prefix);
    }
}

static void a_prefix_is_told(void **state)
{
    (void)state;
    assert_true(text_starts_with("http://host", "http://"));
    assert_true(text_starts_with("http://", "http://"));
    assert_true(text_starts_with("anything", ""));
    assert_false(text_starts_with("HTTP://host", "http://"));
    assert_false(text_starts_with("http:", "http://"));
}

static void numbers_are_read_whole_or_not_at_all(void **state)
{
    static const struct {
        const char *text;
        uint64_t maximum;
        bool is_number;
        uint64_t number;
    } cases[] = {
        { "0", 0, true, 0 },
        { "7", 7, true, 7 },
        { "8", 7, false, 0 },
        { "10", 9, false, 0 },
        { "00042", 100, true, 42 },
        { "65535", 65535, true, 65535 },
        { "65536", 65535, false, 0 },
        { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
        { "18446744073709551616", UINT64_MAX, false, 0 },
        { "99999999999999999999999", UINT64_MAX, false, 0 },
        { "", 10, false, 0 },
        { " 1", 10, false, 0 },
        { "1 ", 10, false, 0 },
        { "+1", 10, false, 0 },
        { "-1", UINT64_MAX, false, 0 },
        { "0x1", 10, false, 0 },
        { "1.0", 10, false, 0 },
        { "\xD9\xA1", 10, false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t number = 0;

        assert_int_equal(text_parse_u64(cases[i].text, cases[i].maximum, &number),
                         cases[i].is_number);
        assert_true(number == cases[i].number);
    }
}

static void switches_have_eight_words(void **state)
{
    static const char *const yes[] = { "1", "yes", "true", "on" };
    static const char *const no[] = { "0", "no", "false", "off" };
    static const char *const neither[] = { "", "YES", "True", "2", "yes ", "y" };
    bool value = false;

    (void)state;
    for (size_t i = 0; i < COUNT(yes); i++)
        assert_true(text_parse_bool(yes[i], &value) && value);
    for (size_t i = 0; i < COUNT(no); i++)
        assert_true(text_parse_bool(no[i], &value) && !value);
    for (size_t i = 0; i < COUNT(neither); i++)
        assert_false(text_parse_bool(neither[i], &value));
}

static void a_text_is_replaced_by_a_copy_even_of_its_own_part(void **state)
{
    char *place = NULL;

    (void)state;
    assert_ok(text_replace(&place, "one two"));
    assert_string_equal(place, "one two");
    assert_ok(text_replace(&place, place + 4));
    assert_string_equal(place, "two");
    assert_ok(text_replace(&place, NULL));
    assert_null(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeroed_text_is_empty_and_can_be_disposed),
        cmocka_unit_test(text_grows_as_it_is_added_to),
        cmocka_unit_test(a_text_may_hold_nul_bytes),
        cmocka_unit_test(appending_nothing_changes_nothing),
        cmocka_unit_test(formatting_fits_every_length),
        cmocka_unit_test(clearing_keeps_the_room),
        cmocka_unit_test(a_length_that_cannot_be_is_out_of_memory),
        cmocka_unit_test(taking_hands_over_the_string),
        cmocka_unit_test(taking_an_empty_text_gives_an_empty_string),
        cmocka_unit_test(copying_makes_another_string),
        cmocka_unit_test(copying_null_gives_null),
        cmocka_unit_test(comparing_ignores_the_case_of_ascii_only),
        cmocka_unit_test(a_prefix_is_told),
        cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
        cmocka_unit_test(switches_have_eight_words),
        cmocka_unit_test(a_text_is_replaced_by_a_copy_even_of_its_own_part),
    };

    return run_tests("text", tests);
}
