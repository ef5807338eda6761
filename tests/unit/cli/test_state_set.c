/* SPDX-License-Identifier: MIT */
#include "cli/state_set.h"

#include "base/text.h"
#include "cli/shell_text.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "xbits/snapshot.h"

static void names_with_commas_make_a_set(void **state)
{
    uint32_t states = 0;
    (void)state;

    assert_ok(state_set_parse("QUEUED", &states));
    assert_int_equal(states, XBITS_IN(QUEUED));
    assert_ok(state_set_parse("error,Transient_Error,ERROR", &states));
    assert_int_equal(states, XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR));
}

static void a_word_that_is_no_state_is_refused(void **state)
{
    static const char *const refused[] = { "", ",", "QUEUED,", "queued ", "QUEUED ERROR", "4" };
    uint32_t states = 77;
    (void)state;

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_fails(XBITS_E_INVALIDARG, state_set_parse(refused[i], &states));
    assert_int_equal(states, 77);
}

static void a_word_for_the_shell_is_quoted_when_it_needs_it(void **state)
{
    static const struct {
        const char *word;
        const char *written;
    } cases[] = {
        { "/var/lib/x-1.0_b", "/var/lib/x-1.0_b" },
        { "", "''" },
        { "my queue", "'my queue'" },
        { "it's; rm -rf $HOME", "'it'\\''s; rm -rf $HOME'" },
        { "~/q", "'~/q'" },
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text text = { 0 };

        assert_ok(shell_text_add(&text, cases[i].word));
        assert_string_equal(text_c(&text), cases[i].written);
        text_dispose(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_with_commas_make_a_set),
        cmocka_unit_test(a_word_that_is_no_state_is_refused),
        cmocka_unit_test(a_word_for_the_shell_is_quoted_when_it_needs_it),
    };

    return run_tests("cli.state_set", tests);
}
