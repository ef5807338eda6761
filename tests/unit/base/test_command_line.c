/* SPDX-License-Identifier: MIT */
#include "base/command_line.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define MOST 5

static const struct {
    const char *parameters;
    const char *arguments[MOST]; /* After the program. */
} rows[] = {
    { NULL, { NULL } },
    { "", { NULL } },
    { "program", { NULL } },
    { "program   ", { NULL } },
    { "program one two", { "one", "two" } },
    { "program\tone  \t two ", { "one", "two" } },
    { "\"C:\\Program Files\\x.exe\" one", { "one" } },
    { "C:\\dir\\ one", { "one" } },
    { "\"C:\\dir\\\" one", { "one" } },
    { "half\"a name\"whole one", { "one" } },
    { " one two", { "one", "two" } },
    { "p \"a b\" c", { "a b", "c" } },
    { "p a\" \"b", { "a b" } },
    { "p \"\" x", { "", "x" } },
    { "p \"never closed", { "never closed" } },
    { "p \"a \"\" b\"", { "a \" b" } },
    { "p a\\\"b", { "a\"b" } },
    { "p \\\\\\\"a", { "\\\"a" } },
    { "p \"a\\\\\" b", { "a\\", "b" } },
    { "p a\\\\b\\c", { "a\\\\b\\c" } },
    { "p a\\", { "a\\" } },
    { "p \"a\\\\\\\" b\"", { "a\\\" b" } },
    { "p 'a b' $HOME `x` *", { "'a", "b'", "$HOME", "`x`", "*" } },
    { "p \303\244\303\266 1", { "\303\244\303\266", "1" } },
};

static size_t count_of(const char *const *arguments)
{
    size_t count = 0;

    while (count < MOST && arguments[count] != NULL)
        count++;
    return count;
}

static void parameters_are_split_as_the_c_runtime_does(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t count = count_of(rows[i].arguments);
        struct command_line line;

        assert_ok(command_line_split("/bin/program", rows[i].parameters, &line));

        if (line.argc != count + 1)
            fail_msg("<%s>: %zu arguments", rows[i].parameters, line.argc);
        for (size_t k = 0; k < count; k++)
            assert_string_equal(line.argv[k + 1], rows[i].arguments[k]);
        assert_null(line.argv[line.argc]);
        command_line_dispose(&line);
    }
}

static void the_first_token_gives_way_to_the_program(void **state)
{
    struct command_line line;
    (void)state;

    assert_ok(command_line_split("/usr/bin/notify me", "\"another name\" one", &line));

    assert_string_equal(line.argv[0], "/usr/bin/notify me");
    assert_string_equal(line.argv[1], "one");
    command_line_dispose(&line);
}

static void a_line_of_single_letters_has_room_for_all(void **state)
{
    struct command_line line;
    (void)state;

    assert_ok(command_line_split("p", "p a b c d e f g h i j k l m n o p q r s t u v w", &line));

    assert_int_equal(line.argc, 24);
    assert_string_equal(line.argv[23], "w");
    command_line_dispose(&line);
}

static const char *const joined[][MOST] = {
    { "program" },
    { "/a program", "one", "two" },
    { "p", "" },
    { "p", "a b", "\t" },
    { "p", "a\"b", "\"" },
    { "p", "\\", "a b\\", "a\\\"b\\\\" },
    { "p", "C:\\x y\\", "\\\\server\\share" },
};

static void a_joined_line_is_split_into_the_same(void **state)
{
    (void)state;

    for (size_t i = 0; i < sizeof(joined) / sizeof(joined[0]); i++) {
        struct command_line line;
        char *text = NULL;

        assert_ok(command_line_join(joined[i], &text));
        assert_ok(command_line_split(joined[i][0], text, &line));

        assert_int_equal(line.argc, count_of(joined[i]));
        for (size_t k = 0; k < line.argc; k++)
            assert_string_equal(line.argv[k], joined[i][k]);
        command_line_dispose(&line);
        free(text);
    }
}

static void an_empty_line_can_be_disposed(void **state)
{
    struct command_line line = { 0 };
    (void)state;

    command_line_dispose(&line);

    assert_null(line.argv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_are_split_as_the_c_runtime_does),
        cmocka_unit_test(the_first_token_gives_way_to_the_program),
        cmocka_unit_test(a_line_of_single_letters_has_room_for_all),
        cmocka_unit_test(a_joined_line_is_split_into_the_same),
        cmocka_unit_test(an_empty_line_can_be_disposed),
    };

    return run_tests("command_line", tests);
}
