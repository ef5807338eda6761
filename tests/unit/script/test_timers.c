/* SPDX-License-Identifier: MIT */
#include "script/timers.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static unsigned add(struct timers *timers, uint64_t due_ms, uint32_t interval_ms)
{
    const struct timer timer = { .due_ms = due_ms, .interval_ms = interval_ms };
    unsigned id = 0;

    assert_ok(timers_add(timers, &timer, &id));
    return id;
}

static void test_timers_come_in_the_order_of_their_time_and_making(void **state)
{
    struct timers timers = { 0 };
    struct timer timer;
    unsigned late = add(&timers, 30, 0);
    unsigned first = add(&timers, 10, 0);
    unsigned second = add(&timers, 10, 0);

    (void)state;
    assert_int_equal(10, timers_next_due(&timers));
    assert_false(timers_take_due(&timers, 9, 99, &timer));
    assert_true(timers_take_due(&timers, 30, 99, &timer));
    assert_int_equal(first, timer.id);
    assert_true(timers_take_due(&timers, 30, 99, &timer));
    assert_int_equal(second, timer.id);
    assert_true(timers_take_due(&timers, 30, 99, &timer));
    assert_int_equal(late, timer.id);
    assert_false(timers_take_due(&timers, 30, 99, &timer));
    assert_true(timers_next_due(&timers) == UINT64_MAX);
    timers_dispose(&timers);
}

static void test_an_interval_does_not_make_up_for_what_it_missed(void **state)
{
    struct timers timers = { 0 };
    struct timer timer;

    (void)state;
    (void)add(&timers, 100, 100);
    assert_true(timers_take_due(&timers, 100, 99, &timer));
    assert_int_equal(200, timers_next_due(&timers));
    assert_true(timers_take_due(&timers, 1050, 99, &timer));
    assert_false(timers_take_due(&timers, 1050, 99, &timer));
    assert_int_equal(1150, timers_next_due(&timers));
    timers_dispose(&timers);
}

static void test_a_cleared_timer_is_gone_and_its_number_is_not_used_again(void **state)
{
    struct timers timers = { 0 };
    struct timer_work work;
    unsigned id = add(&timers, 10, 10);

    (void)state;
    assert_true(timers_clear(&timers, id, &work));
    assert_false(timers_clear(&timers, id, &work));
    assert_true(add(&timers, 10, 0) != id);
    timers_dispose(&timers);
}

static void test_there_are_only_so_many_timers(void **state)
{
    struct timers timers = { 0 };
    const struct timer timer = { .due_ms = 1 };
    unsigned id;

    (void)state;
    for (int i = 0; i < TIMERS_MAXIMUM; i++)
        (void)add(&timers, 1, 0);
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES, timers_add(&timers, &timer, &id));
    timers_dispose(&timers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_timers_come_in_the_order_of_their_time_and_making),
        cmocka_unit_test(test_an_interval_does_not_make_up_for_what_it_missed),
        cmocka_unit_test(test_a_cleared_timer_is_gone_and_its_number_is_not_used_again),
        cmocka_unit_test(test_there_are_only_so_many_timers),
    };

    return run_tests("timers", tests);
}
