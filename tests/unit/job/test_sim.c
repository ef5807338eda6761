/* SPDX-License-Identifier: MIT */
#include "xbits/sim.h"

#include "fake_backend.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static struct xbits_manager *open_manager(void)
{
    struct xbits_manager *manager;

    assert_ok(fake_manager_open(NULL, &manager));
    return manager;
}

static void advance_moves_the_clock_by_what_was_asked(void **state)
{
    struct xbits_manager *manager = open_manager();

    (void)state;
    assert_ok(xbits_sim_advance(manager, 700));

    assert_int_equal(fake_of(manager)->now_ms, 1700);
    xbits_manager_close(manager);
}

static void a_run_ends_when_nothing_is_left_or_at_its_limit(void **state)
{
    struct xbits_manager *manager = open_manager();
    uint64_t elapsed_ms = 0;

    (void)state;
    assert_result(XBITS_S_FALSE, xbits_sim_run(manager, 1000, &elapsed_ms));
    assert_int_equal(elapsed_ms, 1000);
    assert_ok(xbits_sim_run(manager, XBITS_FOREVER, &elapsed_ms));
    assert_int_equal(elapsed_ms, 3000);
    xbits_manager_close(manager);
}

static bool after_three(void *user)
{
    unsigned *calls = user;

    return ++*calls == 3;
}

static void a_run_ends_when_the_caller_has_seen_enough(void **state)
{
    struct xbits_manager *manager = open_manager();
    unsigned calls = 0;
    uint64_t elapsed_ms = 0;

    (void)state;
    assert_ok(xbits_sim_run_until(manager, XBITS_FOREVER, after_three, &calls, &elapsed_ms));

    assert_int_equal(calls, 3);
    assert_int_equal(elapsed_ms, 300);
    assert_ok(xbits_sim_run_until(manager, XBITS_FOREVER, NULL, NULL, NULL));
    xbits_manager_close(manager);
}

static void the_weather_reaches_the_engine(void **state)
{
    struct xbits_manager *manager = open_manager();

    (void)state;
    assert_ok(xbits_sim_set_network(manager, false));
    assert_false(fake_of(manager)->has_network);
    assert_ok(xbits_sim_set_network(manager, true));
    assert_true(fake_of(manager)->has_network);
    assert_ok(xbits_sim_set_origin(manager, "[resource a]\nurl = http://a/\n"));
    assert_fails(XBITS_E_INVALIDARG, xbits_sim_set_origin(manager, NULL));
    xbits_manager_close(manager);
}

static void an_engine_without_a_clock_of_its_own_refuses(void **state)
{
    static const struct backend plain = { .name = "plain" };
    struct backend whole = backend_complete(plain);
    struct backend_connection connection = { &whole };

    (void)state;
    assert_fails(XBITS_E_NOTIMPL, whole.advance(&connection, 1, false, NULL, NULL));
    assert_message("advance");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advance_moves_the_clock_by_what_was_asked),
        cmocka_unit_test(a_run_ends_when_nothing_is_left_or_at_its_limit),
        cmocka_unit_test(a_run_ends_when_the_caller_has_seen_enough),
        cmocka_unit_test(the_weather_reaches_the_engine),
        cmocka_unit_test(an_engine_without_a_clock_of_its_own_refuses),
    };

    return run_tests("sim", tests);
}
