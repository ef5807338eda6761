/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

struct values {
    bool is_quiet;
    const char *name;
    uint64_t port;
    uint64_t rate;
    struct option_list sets;
    struct option_steps steps;
};

enum step { FIRE, WAIT, LEAVE };

static const struct option options[] = {
    { .name = "quiet",
      .letter = 'q',
      .kind = OPTION_FLAG,
      .offset = offsetof(struct values, is_quiet) },
    { .name = "name",
      .kind = OPTION_TEXT,
      .value_name = "NAME",
      .offset = offsetof(struct values, name) },
    { .name = "port",
      .kind = OPTION_NUMBER,
      .value_name = "N",
      .offset = offsetof(struct values, port),
      .minimum = 1,
      .maximum = 65535 },
    { .name = "rate",
      .kind = OPTION_SIZE,
      .value_name = "BYTES",
      .offset = offsetof(struct values, rate),
      .maximum = UINT64_MAX },
    { .name = "set",
      .kind = OPTION_LIST,
      .value_name = "KEY=VALUE",
      .offset = offsetof(struct values, sets) },
    { .name = "fire",
      .kind = OPTION_STEP,
      .value_name = "ID EVENT",
      .step = FIRE,
      .word_count = 2,
      .offset = offsetof(struct values, steps) },
    { .name = "wait",
      .kind = OPTION_STEP,
      .value_name = "S",
      .step = WAIT,
      .word_count = 1,
      .offset = offsetof(struct values, steps) },
    { .name = "leave",
      .kind = OPTION_STEP,
      .step = LEAVE,
      .offset = offsetof(struct values, steps) },
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Takes every word; the values are to be disposed. */
static xbits_result take(struct values *values, const char *const *words, size_t count)
{
    struct option_set set = { options, COUNT(options), values };
    struct option_words rest = { (char **)words, count, 0 };
    xbits_result result = XBITS_S_OK;

    while (XBITS_SUCCEEDED(result) && rest.next < rest.count)
        result = options_take(&set, 1, &rest);
    return result;
}

static void dispose(struct values *values)
{
    struct option_set set = { options, COUNT(options), values };

    options_dispose(&set);
}

static void a_word_with_a_dash_is_an_option_unless_it_is_a_number(void **state)
{
    static const struct {
        const char *word;
        bool is_option;
    } cases[] = {
        { "-q", true },           { "--quiet", true }, { "--port=1", true }, { "-", false },
        { "-2145386477", false }, { "", false },       { "file", false },    { "a-b", false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(options_is_option(cases[i].word), cases[i].is_option);
}

static void a_value_follows_its_option_or_an_equals_sign(void **state)
{
    const char *words[] = { "--port", "80", "--name=a=b", "-q", "--rate", "64K" };
    struct values values = { 0 };
    (void)state;

    assert_ok(take(&values, words, COUNT(words)));

    assert_int_equal(values.port, 80);
    assert_string_equal(values.name, "a=b");
    assert_true(values.is_quiet);
    assert_int_equal(values.rate, 65536);
    dispose(&values);
}

static void a_value_may_look_like_an_option(void **state)
{
    const char *words[] = { "--name", "--port" };
    struct values values = { 0 };
    (void)state;

    assert_ok(take(&values, words, COUNT(words)));

    assert_string_equal(values.name, "--port");
}

static void a_list_keeps_every_value_in_order(void **state)
{
    const char *words[] = { "--set", "a.b=1", "--set=c.d=2" };
    struct values values = { 0 };
    (void)state;

    assert_ok(take(&values, words, COUNT(words)));

    assert_int_equal(values.sets.count, 2);
    assert_string_equal(values.sets.items[0], "a.b=1");
    assert_string_equal(values.sets.items[1], "c.d=2");
    dispose(&values);
}

static void steps_of_several_options_keep_their_order_and_words(void **state)
{
    const char *words[] = { "--wait=1",    "--fire", "buy",    "--wait", "--leave",
                            "--fire=stop", "click",  "--wait", "2" };
    const struct option_step expected[] = { { WAIT, { "1", NULL } },
                                            { FIRE, { "buy", "--wait" } },
                                            { LEAVE, { NULL, NULL } },
                                            { FIRE, { "stop", "click" } },
                                            { WAIT, { "2", NULL } } };
    struct values values = { 0 };
    (void)state;

    assert_ok(take(&values, words, COUNT(words)));

    assert_int_equal(values.steps.count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(values.steps.items[i].step, expected[i].step);
        for (size_t k = 0; k < OPTION_STEP_WORDS; k++) {
            if (expected[i].words[k] == NULL)
                assert_null(values.steps.items[i].words[k]);
            else
                assert_string_equal(values.steps.items[i].words[k], expected[i].words[k]);
        }
    }
    dispose(&values);
    assert_null(values.steps.items);
}

static void what_is_wrong_with_an_option_is_named(void **state)
{
    static const struct {
        const char *words[2];
        size_t count;
        const char *message;
    } cases[] = {
        { { "--porc" }, 1, "unknown option --porc" },
        { { "--por" }, 1, "unknown option --por" },
        { { "-p" }, 1, "unknown option -p" },
        { { "-quiet" }, 1, "unknown option -quiet" },
        { { "--port" }, 1, "--port needs a value: N" },
        { { "--quiet=yes" }, 1, "--quiet takes no value" },
        { { "--port", "http" }, 2, "--port takes a whole number, not \"http\"" },
        { { "--port", "" }, 2, "--port takes a whole number, not \"\"" },
        { { "--port", "0" }, 2, "--port is 0, it must be between 1 and 65535" },
        { { "--port=65536" }, 1, "--port is 65536, it must be between 1 and 65535" },
        { { "--rate=K" }, 1, "--rate takes a number of bytes such as 500000 or 64M, not \"K\"" },
        { { "--rate=1T" }, 1, "--rate takes a number of bytes such as 500000 or 64M, not \"1T\"" },
        { { "--rate=18014398509481984K" },
          1,
          "--rate takes a number of bytes such as 500000 or 64M, not \"18014398509481984K\"" },
        { { "--name=\xff" }, 1, "the value of --name is not UTF-8" },
        { { "--fire" }, 1, "--fire needs a value: ID EVENT" },
        { { "--fire", "buy" }, 2, "--fire needs a value: ID EVENT" },
        { { "--fire=buy" }, 1, "--fire needs a value: ID EVENT" },
        { { "--fire=buy", "\xff" }, 2, "the value of --fire is not UTF-8" },
        { { "--leave=now" }, 1, "--leave takes no value" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct values values = { 0 };

        assert_fails(XBITS_E_INVALIDARG, take(&values, cases[i].words, cases[i].count));

        assert_string_equal(xbits_last_error()->message, cases[i].message);
        dispose(&values);
    }
}

static void the_first_set_that_knows_an_option_takes_it(void **state)
{
    struct values first = { 0 }, second = { 0 };
    struct option_set sets[] = { { options, 1, &first }, { options, COUNT(options), &second } };
    const char *words[] = { "--quiet", "--port=7" };
    struct option_words rest = { (char **)words, 2, 0 };
    (void)state;

    assert_ok(options_take(sets, 2, &rest));
    assert_ok(options_take(sets, 2, &rest));

    assert_true(first.is_quiet);
    assert_false(second.is_quiet);
    assert_int_equal(second.port, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_with_a_dash_is_an_option_unless_it_is_a_number),
        cmocka_unit_test(a_value_follows_its_option_or_an_equals_sign),
        cmocka_unit_test(a_value_may_look_like_an_option),
        cmocka_unit_test(a_list_keeps_every_value_in_order),
        cmocka_unit_test(steps_of_several_options_keep_their_order_and_words),
        cmocka_unit_test(what_is_wrong_with_an_option_is_named),
        cmocka_unit_test(the_first_set_that_knows_an_option_takes_it),
    };

    return run_tests("cli.options", tests);
}
