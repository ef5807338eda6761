/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_job_is_subscribed_to_and_left(void **state)
{
    struct fake_fixture *fixture = *state;

    assert_ok(xbits_job_subscribe(fixture->job));
    assert_true(fixture->fake->is_subscribed);
    assert_true(xbits_id_equal(&fixture->fake->subscribed, xbits_job_id(fixture->job)));
    assert_ok(xbits_job_unsubscribe(fixture->job));

    assert_false(fixture->fake->is_subscribed);
}

static void a_wait_is_of_the_managers_clock(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_notification told;

    XBITS_INIT(&told);
    assert_ok(xbits_manager_next_notification(fixture->manager, 250, &told));
    assert_int_equal(fixture->fake->notification_until_ms, 1250);
    assert_int_equal(told.id, 1);
    assert_ok(xbits_manager_next_notification(fixture->manager, XBITS_FOREVER, &told));

    assert_true(fixture->fake->notification_until_ms == XBITS_FOREVER);
}

static void an_answer_is_handed_on_as_it_is(void **state)
{
    struct fake_fixture *fixture = *state;

    assert_ok(xbits_notification_answer(fixture->manager, 17, XBITS_E_FAIL));

    assert_int_equal(fixture->fake->answered, 17);
    assert_int_equal(fixture->fake->answer, XBITS_E_FAIL);
}

static void a_notification_has_a_place_of_the_right_size(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_notification told = { .size = 1 };

    assert_fails(XBITS_E_INVALIDARG, xbits_manager_next_notification(fixture->manager, 0, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_next_notification(fixture->manager, 0, &told));
}

#define FIXTURE_TEST(name)                                                                         \
    cmocka_unit_test_setup_teardown(name, fake_fixture_open, fake_fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_job_is_subscribed_to_and_left),
        FIXTURE_TEST(a_wait_is_of_the_managers_clock),
        FIXTURE_TEST(an_answer_is_handed_on_as_it_is),
        FIXTURE_TEST(a_notification_has_a_place_of_the_right_size),
    };

    return run_tests("notification", tests);
}
