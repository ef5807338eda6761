/* SPDX-License-Identifier: MIT */
#include "base/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TEN   "1234567890"
#define FIFTY TEN TEN TEN TEN TEN

/* Writes each entry as "line section.key=value\n". */
static xbits_result write_down(const struct config_entry *entry, void *user)
{
    return text_format(user, "%d %s.%s=%s\n", entry->line, entry->section, entry->key,
                       entry->value);
}

static void assert_reads(const char *ini, const char *expected)
{
    struct text seen = { 0 };

    assert_ok(config_read_text("test.ini", ini, write_down, &seen));

    assert_string_equal(text_c(&seen), expected);
    text_dispose(&seen);
}

static void assert_refuses(const char *ini, const char *message)
{
    struct text seen = { 0 };

    assert_fails(XBITS_E_INVALIDARG, config_read_text("test.ini", ini, write_down, &seen));

    assert_message(message);
    text_dispose(&seen);
}

static void values_are_read_in_order(void **state)
{
    static const struct {
        const char *ini, *entries;
    } cases[] = {
        { "", "" },
        { "\n\n  \t\n", "" },
        { "; nothing\n# at all ; here\n", "" },
        { "[a]\nb = c\n", "2 a.b=c\n" },
        { "[a]\nb = c", "2 a.b=c\n" },
        { "[a]\r\nb = c\r\n", "2 a.b=c\n" },
        { "\xEF\xBB\xBF[a]\nb=c\n", "2 a.b=c\n" },
        { "[a]  \nb   =   c d  \n", "2 a.b=c d\n" },
        { "[a]\nb =\nc=\n", "2 a.b=\n3 a.c=\n" },
        { "[a]\nb = c = d\n", "2 a.b=c = d\n" },
        { "[a]\nb = http://host:80/x;y#z\n", "2 a.b=http://host:80/x;y#z\n" },
        { "[a]\nb=1\n[c]\nb=2\n[a]\nb=3\n", "2 a.b=1\n4 c.b=2\n6 a.b=3\n" },
        { "[a]\nb=1\nb=2\n", "2 a.b=1\n3 a.b=2\n" },
        { "[a b]\nc d=\xC3\xA4\n", "2 a b.c d=\xC3\xA4\n" },
        { "; x\n[a]\n; x\nb=1\n# x\n\nc=2\n", "4 a.b=1\n7 a.c=2\n" },
        { "[empty]\n[a]\nb=1\n", "3 a.b=1\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_reads(cases[i].ini, cases[i].entries);
}

static void indented_lines_go_on_a_value_without_a_space(void **state)
{
    (void)state;
    assert_reads("[a]\nb = one\n two\n\tthree\nc = 4\n", "2 a.b=onetwothree\n5 a.c=4\n");
    assert_reads("[a]\nb =\n    x = y\n    [z]\n", "2 a.b=x = y[z]\n");
    assert_reads("[a]\nb = one  \n  two  ", "2 a.b=onetwo\n");
    assert_reads("[a]\nb = 1\n 2\n[c]\nb = 3\n 4\n", "2 a.b=12\n5 c.b=34\n");
    assert_reads("[a]\nb = 1\n 2\nb = 3\n 4\n", "2 a.b=12\n4 a.b=34\n");
}

static void the_longest_line_section_and_key_are_whole(void **state)
{
    struct text ini = { 0 };
    struct text expected = { 0 };

    (void)state;
    assert_ok(text_format(&ini, "[%.48s]\n%.48s=%.141s\n  %.188s\n", FIFTY, FIFTY,
                          FIFTY FIFTY FIFTY, FIFTY FIFTY FIFTY FIFTY));
    assert_ok(text_format(&expected, "2 %.48s.%.48s=%.141s%.188s\n", FIFTY, FIFTY,
                          FIFTY FIFTY FIFTY, FIFTY FIFTY FIFTY FIFTY));

    assert_reads(text_c(&ini), text_c(&expected));
    text_dispose(&ini);
    text_dispose(&expected);
}

static void lines_that_inih_would_misread_are_refused_by_file_and_line(void **state)
{
    static const struct {
        const char *ini, *message;
    } cases[] = {
        { "[a]\nb=" FIFTY FIFTY FIFTY "12345678901234567890123456789012345678901\n",
          "test.ini:2: a line has at most 190 bytes" },
        { "; " FIFTY FIFTY FIFTY FIFTY "\n", "test.ini:1: a line has at most 190 bytes" },
        { "[a]\nb=1\n " FIFTY FIFTY FIFTY FIFTY "\n", "test.ini:3: a line has at most 190 bytes" },
        { "[" FIFTY "]\n", "test.ini:1: the name of a section has at most 48 bytes" },
        { "[a]\n" FIFTY "=1\n", "test.ini:2: a key has at most 48 bytes" },
        { "[a]\nb=1\x01\n", "test.ini:2: a control byte" },
        { "[a]\nb=\x1B[2J\n", "test.ini:2: a control byte" },
        { "[a]\nb=\x7F\n", "test.ini:2: a control byte" },
        { "[a]\nb=1\rc=2\n", "test.ini:2: a control byte" },
        { "[a]\nb=1\r\r\n", "test.ini:2: a control byte" },
        { "; \x02\n", "test.ini:1: a control byte" },
        { "[a]\nb=\xC0\xAF\n", "test.ini:2: the line is not UTF-8" },
        { "[a]\nb=1 ; why\n", "test.ini:2: comments stand on their own line" },
        { "[a]\nb=1\t; why\n", "test.ini:2: comments stand on their own line" },
        { "[a]\nb= ;\n", "test.ini:2: comments stand on their own line" },
        { "[a]\nb ;c=1\n", "test.ini:2: comments stand on their own line" },
        { "[a ;b]\n", "test.ini:1: comments stand on their own line" },
        { "[a]\nb=1\n 2 ; why\n", "test.ini:3: comments stand on their own line" },
        { "[a]\nb=1\n ; why\n", "test.ini:3: an indented line goes on a value and cannot begin" },
        { "[a]\nb=1\n #part\n", "test.ini:3: an indented line goes on a value and cannot begin" },
        { " [a]\n", "test.ini:1: an indented line goes on a value, and there is none" },
        { "[a]\n b=1\n", "test.ini:2: an indented line goes on a value, and there is none" },
        { "[a]\nb=1\n\n 2\n", "test.ini:4: an indented line goes on a value, and there is none" },
        { "[a]\nb=1\n;\n 2\n", "test.ini:4: an indented line goes on a value, and there is none" },
        { "b=1\n", "test.ini:1: a key stands in a [section]" },
        { "[a]\nb\n", "test.ini:2: the line is neither [section] nor key = value" },
        { "[a]\nb: 1\n", "test.ini:2: a key ends at = and has no colon" },
        { "[a]\nhttp://x = 1\n", "test.ini:2: a key ends at = and has no colon" },
        { "[a]\n= 1\n", "test.ini:2: a key is missing" },
        { "[a\n", "test.ini:1: a section is written as [name]" },
        { "[]\n", "test.ini:1: a section needs a name" },
        { "[a] b\n", "test.ini:1: nothing may follow the ]" },
        { "[a]\n[b]=1\n", "test.ini:2: nothing may follow the ]" },
        { "[a]\nb=1\n\xEF\xBB\xBF[c]\n", "test.ini:3: the line is neither" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_refuses(cases[i].ini, cases[i].message);
}

static void values_before_a_refused_line_were_passed_on(void **state)
{
    struct text seen = { 0 };

    (void)state;
    assert_fails(XBITS_E_INVALIDARG,
                 config_read_text("test.ini", "[a]\nb=1\nc=2\nd\n", write_down, &seen));

    assert_string_equal(text_c(&seen), "2 a.b=1\n3 a.c=2\n");
    text_dispose(&seen);
}

static void a_value_without_end_is_refused(void **state)
{
    struct text ini = { 0 };

    (void)state;
    assert_ok(text_add(&ini, "[a]\nb=\n"));
    for (int i = 0; i < 1400; i++)
        assert_ok(text_add(&ini, " " FIFTY "\n"));

    assert_refuses(text_c(&ini), "a value has at most 65536 bytes");
    text_dispose(&ini);
}

static xbits_result refuse_c(const struct config_entry *entry, void *user)
{
    unsigned *count = user;

    (*count)++;
    if (strcmp(entry->key, "c") == 0)
        return config_fail(entry, "\"%s\" is no number", entry->value);
    return XBITS_S_OK;
}

static void a_refused_value_ends_the_reading(void **state)
{
    unsigned count = 0;

    (void)state;
    assert_fails(
        XBITS_E_INVALIDARG,
        config_read_text("test.ini", "[a]\nb=1\nc=x\n y\nd=3\n:broken\n", refuse_c, &count));

    assert_message("test.ini:3: a.c: \"xy\" is no number");
    assert_int_equal(count, 2);
}

static void the_last_value_can_be_refused(void **state)
{
    unsigned count = 0;

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, config_read_text("test.ini", "[a]\nc=x", refuse_c, &count));

    assert_message("test.ini:2: a.c:");
}

static int make_directory(void **state)
{
    static struct temp_directory directory;

    temp_directory_make(&directory);
    *state = &directory;
    return 0;
}

static int remove_directory(void **state)
{
    temp_directory_remove(*state);
    return 0;
}

static void files_are_read(void **state)
{
    struct text seen = { 0 };
    char path[TEMP_PATH_SIZE];

    temp_directory_write(*state, "x.ini", "[a]\nb=1\n", 8);
    assert_ok(config_read_file(temp_directory_join(*state, "x.ini", path), write_down, &seen));

    assert_string_equal(text_c(&seen), "2 a.b=1\n");
    text_dispose(&seen);
}

static void a_nul_in_a_file_is_refused(void **state)
{
    char path[TEMP_PATH_SIZE];
    struct text seen = { 0 };

    temp_directory_write(*state, "x.ini", "[a]\nb=\0 1\n", 10);
    assert_fails(XBITS_E_INVALIDARG,
                 config_read_file(temp_directory_join(*state, "x.ini", path), write_down, &seen));

    assert_message("x.ini:2: a NUL byte is not allowed");
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    char path[TEMP_PATH_SIZE];
    struct text seen = { 0 };
    size_t size = 1048577;
    char *bytes = calloc(1, size);

    assert_non_null(bytes);
    temp_directory_write(*state, "x.ini", bytes, size);
    free(bytes);
    assert_fails(XBITS_E_INVALIDARG,
                 config_read_file(temp_directory_join(*state, "x.ini", path), write_down, &seen));

    assert_message("at most 1048576 bytes");
}

static void what_is_no_file_is_refused(void **state)
{
    char path[TEMP_PATH_SIZE];
    struct text seen = { 0 };

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 config_read_file(temp_directory_join(*state, "x.ini", path), write_down, &seen));
    assert_message("x.ini");

    assert_int_equal(mkfifo(path, 0600), 0);
    assert_fails(XBITS_E_ACCESSDENIED, config_read_file(path, write_down, &seen));

    assert_fails(XBITS_E_ACCESSDENIED,
                 config_read_file(((struct temp_directory *)*state)->path, write_down, &seen));
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_in_order),
        cmocka_unit_test(indented_lines_go_on_a_value_without_a_space),
        cmocka_unit_test(the_longest_line_section_and_key_are_whole),
        cmocka_unit_test(lines_that_inih_would_misread_are_refused_by_file_and_line),
        cmocka_unit_test(values_before_a_refused_line_were_passed_on),
        cmocka_unit_test(a_value_without_end_is_refused),
        cmocka_unit_test(a_refused_value_ends_the_reading),
        cmocka_unit_test(the_last_value_can_be_refused),
        FILE_TEST(files_are_read),
        FILE_TEST(a_nul_in_a_file_is_refused),
        FILE_TEST(a_file_that_is_too_large_is_refused),
        FILE_TEST(what_is_no_file_is_refused),
    };

    return run_tests("config", tests);
}
