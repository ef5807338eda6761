/* SPDX-License-Identifier: MIT */
#include "cli/seconds.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void seconds_may_have_a_fraction(void **state)
{
    static const struct {
        const char *word;
        uint64_t ms;
    } cases[] = {
        { "0", 0 },       { "60", 60000 }, { "2.5", 2500 },
        { ".25", 250 },   { "0.001", 1 },  { "1.050", 1050 },
        { "007", 7000 },  { "0.000", 0 },  { "1000000000", UINT64_C(1000000000000) },
        { "3.07", 3070 },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t ms = 1234567;

        assert_ok(seconds_parse(cases[i].word, &ms));

        assert_int_equal(ms, cases[i].ms);
    }
}

static void a_word_that_is_no_number_of_seconds_is_refused(void **state)
{
    static const char *const refused[] = { "",
                                           ".",
                                           "5.",
                                           "-1",
                                           "+1",
                                           "1e3",
                                           "1,5",
                                           " 1",
                                           "1 ",
                                           "1.0005",
                                           "1.-5",
                                           "1..2",
                                           "0x10",
                                           "1000000001",
                                           "1.5s",
                                           "inf",
                                           "nan",
                                           "1.2.3",
                                           "99999999999999999999" };
    uint64_t ms = 77;
    (void)state;

    for (size_t i = 0; i < COUNT(refused); i++)
        assert_fails(XBITS_E_INVALIDARG, seconds_parse(refused[i], &ms));
    assert_int_equal(ms, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_may_have_a_fraction),
        cmocka_unit_test(a_word_that_is_no_number_of_seconds_is_refused),
    };

    return run_tests("cli.seconds", tests);
}
