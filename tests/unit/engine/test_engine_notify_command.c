/* SPDX-License-Identifier: MIT */
#include "notify_steps.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static size_t commands(void)
{
    return driver_count(&driver, EFFECT_RUN_COMMAND);
}

static size_t events(enum xbits_event_id id)
{
    struct xbits_event event;
    size_t count = 0;

    for (uint64_t after = 0; engine_next_event(driver.engine, after, &event); after = event.number)
        count += event.id == id;
    return count;
}

static void a_failing_file_runs_no_command(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    set_command(job);
    subscribe(job);
    finish(job);
    answer(expect(FILE_TRANSFERRED, 0), XBITS_E_FAIL);

    assert_int_equal(commands(), 0);
}

static void a_failing_answer_with_a_command_line_runs_it(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_command(job);
    subscribe(job);
    finish(job);
    assert_int_equal(commands(), 0);
    answer(expect_job(JOB_TRANSFERRED), XBITS_E_FAIL);

    assert_int_equal(commands(), 1);
    driver_advance(&driver, RETRY_MS);
    expect_none();
    assert_int_equal(commands(), 1);
}

static void when_both_fail_all_is_repeated_after_the_retry_delay(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    driver.exit_status = 3;
    set_command(job);
    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_E_FAIL);

    driver_advance(&driver, RETRY_MS - 1);
    expect_none();
    driver_advance(&driver, 1);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    assert_int_equal(commands(), 1);
    assert_int_equal(events(XBITS_EVENT_COMMAND_EXIT), 1);
}

static void without_a_subscriber_the_command_runs_until_it_succeeds(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    driver.exit_status = 1;
    set_command(job);
    finish(job);
    assert_int_equal(commands(), 1);
    driver_advance(&driver, RETRY_MS - 1);
    assert_int_equal(commands(), 1);
    driver_advance(&driver, 1);
    assert_int_equal(commands(), 2);
    assert_int_equal(events(XBITS_EVENT_COMMAND_EXIT), 2);

    driver.exit_status = 0;
    driver_advance(&driver, RETRY_MS);
    driver_advance(&driver, RETRY_MS * 5);
    assert_int_equal(commands(), 3);
}

static void a_command_that_cannot_start_is_logged_and_tried_again(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    driver.start_result = XBITS_ERROR_FILE_NOT_FOUND;
    set_command(job);
    finish(job);
    driver_advance(&driver, RETRY_MS);

    assert_int_equal(commands(), 2);
    assert_int_equal(events(XBITS_EVENT_COMMAND_FAILED), 2);
}

static void a_late_command_line_runs_at_once(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    finish(job);
    set_command(job);

    assert_int_equal(commands(), 1);
}

static void a_late_command_line_does_not_repeat_what_was_answered(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    set_command(job);

    assert_int_equal(commands(), 0);
}

static void a_closed_subscriber_leaves_it_to_the_command(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_command(job);
    subscribe(job);
    finish(job);
    (void)expect_job(JOB_TRANSFERRED);
    engine_unsubscribe_all(driver.engine, &me, &driver.now);
    driver_run(&driver);

    assert_int_equal(commands(), 1);
}

static void a_command_may_outlive_its_job(void **state)
{
    struct engine_job *job = new_job(1);
    struct xbits_id id;
    (void)state;

    driver.is_holding_command = true;
    set_command(job);
    finish(job);
    assert_int_equal(engine_pending_count(driver.engine), 0);
    id = *engine_job_id(job);
    assert_ok(driver_ask(&driver, job, REQUEST_COMPLETE));
    engine_release(driver.engine, &id);
    assert_non_null(engine_find(driver.engine, &id));
    driver_end_command(&driver);

    assert_null(engine_find(driver.engine, &id));
}

static void commands_are_not_run_for_service_accounts(void **state)
{
    static const char *const services[] = { "S-1-5-18", "S-1-5-19", "S-1-5-20" };
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        struct engine_job *job;

        driver.who.sid = services[i];
        job = new_job(1);
        set_command(job);
        finish(job);
        driver_advance(&driver, RETRY_MS * 3);

        assert_int_equal(commands(), 0);
        assert_int_equal(events(XBITS_EVENT_COMMAND_FAILED), i + 1);
    }
}

static void a_service_that_fails_to_answer_is_asked_again(void **state)
{
    struct engine_job *job;
    (void)state;

    driver.who.sid = "S-1-5-18";
    job = new_job(1);
    set_command(job);
    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_E_FAIL);
    expect_none();
    driver_advance(&driver, REPEAT_MS);

    (void)expect_job(JOB_TRANSFERRED);
    assert_int_equal(commands(), 0);
}

static void a_queue_without_turns_runs_no_command_until_it_has_some(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    finish(job);
    engine_set_running(driver.engine, false, &driver.now);
    set_command(job);
    assert_int_equal(commands(), 0);
    engine_set_running(driver.engine, true, &driver.now);
    driver_run(&driver);

    assert_int_equal(commands(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_failing_file_runs_no_command),
        TEST(a_failing_answer_with_a_command_line_runs_it),
        TEST(when_both_fail_all_is_repeated_after_the_retry_delay),
        TEST(without_a_subscriber_the_command_runs_until_it_succeeds),
        TEST(a_command_that_cannot_start_is_logged_and_tried_again),
        TEST(a_late_command_line_runs_at_once),
        TEST(a_late_command_line_does_not_repeat_what_was_answered),
        TEST(a_closed_subscriber_leaves_it_to_the_command),
        TEST(a_command_may_outlive_its_job),
        TEST(commands_are_not_run_for_service_accounts),
        TEST(a_service_that_fails_to_answer_is_asked_again),
        TEST(a_queue_without_turns_runs_no_command_until_it_has_some),
    };

    return run_tests("engine_notify_command", tests);
}
