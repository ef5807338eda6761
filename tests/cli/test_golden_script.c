/* SPDX-License-Identifier: MIT */
#include "golden_script.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void output_matches_by_its_placeholders_only(void **state)
{
    static const struct {
        const char *expected;
        const char *output;
        bool matches;
    } cases[] = {
        { "", "", true },
        { "", "a\n", false },
        { "a\n", "", false },
        { "a\n", "a\n", true },
        { "a\n", "a\nb\n", false },
        { "a [..] c\n", "a b c\n", true },
        { "a[..]c\n", "ac\n", true },
        { "a[..]c\n", "abcd\n", false },
        { "[..]\n", "\n", true },
        { "[..]\n", "", false },
        { "a*\n", "ab\n", false },
        { "[...]\n", "", true },
        { "[...]\n", "a\nb\n", true },
        { "[...]\nz\n", "a\nb\nz\n", true },
        { "[...]\nz\n", "z\n", true },
        { "[...]\nz\n", "z\na\n", false },
        { "a\n[...]\nb\n[...]\n", "a\nx\nb\n", true },
        { "a\n\nb\n", "a\n\nb\n", true },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(golden_matches(cases[i].expected, cases[i].output), cases[i].matches);
}

static void steps_are_read_one_by_one(void **state)
{
    const char *script = "# comment\n\n$ one two\nout\n\nmore\n? 3\n^WORD three\n? 130\n";
    struct golden_step step;
    int line = 0;
    (void)state;

    assert_int_equal(golden_next(&script, &line, &step), GOLDEN_STEP);
    assert_int_equal(step.kind, GOLDEN_RUN);
    assert_int_equal(step.line, 3);
    assert_string_equal(step.command, "one two");
    assert_string_equal(step.expected, "out\n\nmore\n");
    assert_int_equal(step.status, 3);
    golden_dispose(&step);

    assert_int_equal(golden_next(&script, &line, &step), GOLDEN_STEP);
    assert_int_equal(step.kind, GOLDEN_INTERRUPT);
    assert_string_equal(step.word, "WORD");
    assert_string_equal(step.command, "three");
    assert_string_equal(step.expected, "");
    assert_int_equal(step.status, 130);
    golden_dispose(&step);

    assert_int_equal(golden_next(&script, &line, &step), GOLDEN_END);
}

static void what_is_not_a_step_is_refused(void **state)
{
    static const char *const scripts[] = { "xbits\n? 0\n", "$ xbits\nno status\n",
                                           "$xbits\n? 0\n" };
    (void)state;

    for (size_t i = 0; i < COUNT(scripts); i++) {
        const char *position = scripts[i];
        struct golden_step step;
        int line = 0;

        assert_int_equal(golden_next(&position, &line, &step), GOLDEN_MALFORMED);
    }
}

static void names_of_the_run_are_replaced(void **state)
{
    struct text text = { 0 };
    (void)state;

    assert_ok(golden_expand(&text, "{DIR}/a:{PORT}{", "/tmp/x", 80));

    assert_string_equal(text_c(&text), "/tmp/x/a:80{");
    text_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_matches_by_its_placeholders_only),
        cmocka_unit_test(steps_are_read_one_by_one),
        cmocka_unit_test(what_is_not_a_step_is_refused),
        cmocka_unit_test(names_of_the_run_are_replaced),
    };

    return run_tests("cli.golden_script", tests);
}
