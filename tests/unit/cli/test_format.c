/* SPDX-License-Identifier: MIT */
#include "cli/format.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void bytes_are_written_in_the_largest_unit_below_them(void **state)
{
    static const struct {
        uint64_t bytes;
        const char *text;
    } cases[] = {
        { 0, "0 bytes" },
        { 1, "1 byte" },
        { 1023, "1023 bytes" },
        { 1024, "1.0 KiB" },
        { 1048575, "1.0 MiB" },
        { UINT64_C(64) << 20, "64.0 MiB" },
        { UINT64_C(5) << 30, "5.0 GiB" },
        { UINT64_MAX - 1, "16.0 EiB" },
    };
    char text[FORMAT_SIZE];
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(format_bytes(cases[i].bytes, text), cases[i].text);
}

static void durations_grow_with_their_parts(void **state)
{
    static const struct {
        uint64_t seconds;
        const char *text;
    } cases[] = {
        { 0, "0:00" },          { 7, "0:07" },           { 600, "10:00" },      { 3661, "1:01:01" },
        { 172799, "47:59:59" }, { 1209600, "14 d 0 h" }, { 180000, "2 d 2 h" },
    };
    char text[FORMAT_SIZE];
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(format_duration(cases[i].seconds, text), cases[i].text);
}

static void a_span_has_its_two_largest_parts(void **state)
{
    static const struct {
        uint64_t seconds;
        const char *text;
    } cases[] = {
        { 0, "0 s" },         { 12, "12 s" },          { 60, "1 min" },
        { 185, "3 min 5 s" }, { 11520, "3 h 12 min" }, { 3601, "1 h" },
        { 86400, "1 d" },     { 439200, "5 d 2 h" },
    };
    char text[FORMAT_SIZE];
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(format_span(cases[i].seconds, text), cases[i].text);
}

static void a_code_is_written_with_eight_digits(void **state)
{
    char text[FORMAT_SIZE];
    (void)state;

    assert_string_equal(format_code(XBITS_BG_E_EMPTY, text), "0x80200003");
    assert_string_equal(format_code(XBITS_S_OK, text), "0x00000000");
}

static void what_a_terminal_would_obey_is_not_written(void **state)
{
    char *data = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&data, &size);
    (void)state;

    assert_non_null(stream);
    format_safely(stream, "a\x1b[2Jb\r\n\x7f\xc2\x9b\xc3\xa9\xe2\x82\xac\x9b\xff\xe2\x82");
    fclose(stream);

    assert_string_equal(data, "a?[2Jb????\xc3\xa9\xe2\x82\xac????");
    free(data);
}

static void what_turns_the_order_of_text_around_is_not_written(void **state)
{
    static const struct {
        const char *text;
        const char *written;
    } cases[] = {
        { "a\xe2\x80\xae.exe", "a?.exe" },
        { "\xe2\x80\xaa\xe2\x80\x8f", "??" },
        { "\xe2\x81\xa6x\xe2\x81\xa9", "?x?" },
        { "\xd8\x9c", "?" },
        { "\xe2\x80\xa8", "?" },
        { "\xe2\x80\xa2\xe2\x81\xba", "\xe2\x80\xa2\xe2\x81\xba" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *data = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&data, &size);

        assert_non_null(stream);
        format_safely(stream, cases[i].text);
        fclose(stream);
        assert_string_equal(data, cases[i].written);
        free(data);
    }
}

static void a_column_is_filled_by_characters_not_by_bytes(void **state)
{
    static const struct {
        const char *text;
        int width;
        const char *written;
    } cases[] = {
        { "ab", 4, "ab  |" },      { "", 2, "  |" },
        { "abcd", 2, "abcd|" },    { "\xc3\xa9", 3, "\xc3\xa9  |" },
        { "a\n\xff", 4, "a?? |" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        char *data = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&data, &size);

        assert_non_null(stream);
        format_column(stream, cases[i].text, cases[i].width);
        fputc('|', stream);
        fclose(stream);
        assert_string_equal(data, cases[i].written);
        free(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_written_in_the_largest_unit_below_them),
        cmocka_unit_test(durations_grow_with_their_parts),
        cmocka_unit_test(a_span_has_its_two_largest_parts),
        cmocka_unit_test(a_code_is_written_with_eight_digits),
        cmocka_unit_test(what_a_terminal_would_obey_is_not_written),
        cmocka_unit_test(what_turns_the_order_of_text_around_is_not_written),
        cmocka_unit_test(a_column_is_filled_by_characters_not_by_bytes),
    };

    return run_tests("cli.format", tests);
}
