/* SPDX-License-Identifier: MIT */
#include "notify_steps.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_job_that_is_transferred_tells_its_subscriber(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    expect_none();
    finish(job);

    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
    driver_advance(&driver, RETRY_MS * 10);
    expect_none();
}

static void files_come_one_after_another_and_then_the_job(void **state)
{
    struct engine_job *job = new_job(3);
    uint64_t id;
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    subscribe(job);
    finish(job);

    id = expect(FILE_TRANSFERRED, 0);
    expect_none();
    answer(id, XBITS_S_OK);
    id = expect(FILE_TRANSFERRED, 1);
    expect_none();
    answer(id, XBITS_S_OK);
    answer(expect(FILE_TRANSFERRED, 2), XBITS_S_OK);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
}

static void a_failing_file_holds_back_the_rest(void **state)
{
    struct engine_job *job = new_job(2);
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    subscribe(job);
    finish(job);

    answer(expect(FILE_TRANSFERRED, 0), XBITS_E_FAIL);
    driver_advance(&driver, REPEAT_MS - 1);
    expect_none();
    driver_advance(&driver, 1);
    answer(expect(FILE_TRANSFERRED, 0), XBITS_S_OK);
    answer(expect(FILE_TRANSFERRED, 1), XBITS_S_OK);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
}

static void a_failing_answer_is_repeated_after_a_minute(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_E_FAIL);

    driver_advance(&driver, REPEAT_MS - 1);
    expect_none();
    driver_advance(&driver, 1);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
}

static void a_late_registration_is_told_at_once(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    finish(job);
    driver_advance(&driver, RETRY_MS);
    subscribe(job);

    (void)expect_job(JOB_TRANSFERRED);
}

static void what_a_lost_registration_was_told_a_new_one_is_told_again(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    engine_unsubscribe_all(driver.engine, &me, &driver.now);
    expect_none();

    assert_ok(engine_subscribe(driver.engine, job, &other, &driver.now));
    (void)expect_at(&other, XBITS_NOTIFICATION_JOB_TRANSFERRED, XBITS_FILE_NONE, __LINE__);
}

static void the_same_registration_is_not_told_again(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    finish(job);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    subscribe(job);

    expect_none();
}

static void the_last_subscriber_is_the_only_one(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    assert_ok(engine_subscribe(driver.engine, job, &other, &driver.now));
    finish(job);

    expect_none();
    (void)expect_at(&other, XBITS_NOTIFICATION_JOB_TRANSFERRED, XBITS_FILE_NONE, __LINE__);
    assert_result(XBITS_S_FALSE, engine_unsubscribe(driver.engine, job, &me, &driver.now));
}

static void what_a_closed_subscriber_did_not_answer_is_due_again(void **state)
{
    struct engine_job *job = new_job(1);
    uint64_t id;
    (void)state;

    subscribe(job);
    finish(job);
    id = expect_job(JOB_TRANSFERRED);
    engine_unsubscribe_all(driver.engine, &me, &driver.now);
    assert_fails(XBITS_BG_E_NOT_FOUND,
                 engine_answer_notification(driver.engine, &me, id, XBITS_S_OK, &driver.now));

    subscribe(job);
    (void)expect_job(JOB_TRANSFERRED);
}

static void an_error_is_told_once_and_a_transient_one_never(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    subscribe(job);
    driver.head_status = 503;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    expect_none();
    break_it(job);

    answer(expect_job(JOB_ERROR), XBITS_S_OK);
    expect_none();
}

static void a_job_that_left_the_state_tells_nothing_of_it(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    break_it(job);
    finish(job);
    subscribe(job);

    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
}

static void an_answer_after_the_state_is_over_changes_nothing(void **state)
{
    struct engine_job *job = new_job(1);
    uint64_t id;
    (void)state;

    subscribe(job);
    break_it(job);
    id = expect_job(JOB_ERROR);
    break_it(job);
    answer(id, XBITS_S_OK);

    /* The second error is another event. */
    answer(expect_job(JOB_ERROR), XBITS_S_OK);
    expect_none();
}

static void nothing_comes_after_complete_or_cancel(void **state)
{
    struct engine_job *done = new_job(1);
    struct engine_job *cancelled = new_job(1);
    uint64_t id;
    (void)state;

    subscribe(done);
    subscribe(cancelled);
    finish(done);
    finish(cancelled);
    id = expect_job(JOB_TRANSFERRED);
    assert_ok(driver_ask(&driver, done, REQUEST_COMPLETE));
    assert_ok(driver_ask(&driver, cancelled, REQUEST_CANCEL));

    expect_none();
    assert_fails(XBITS_BG_E_NOT_FOUND,
                 engine_answer_notification(driver.engine, &me, id, XBITS_S_OK, &driver.now));
    assert_fails(XBITS_BG_E_INVALID_STATE, engine_subscribe(driver.engine, done, &me, &driver.now));
}

static void flags_choose_what_is_told(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_ERROR);
    set_command(job);
    subscribe(job);
    finish(job);
    expect_none();

    assert_ok(engine_unsubscribe(driver.engine, job, &me, &driver.now));
    driver_run(&driver);
    assert_int_equal(driver_count(&driver, EFFECT_RUN_COMMAND), 0);
}

static void disable_wins_over_all_flags(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_flags(job, 0x3F);
    subscribe(job);
    finish(job);

    expect_none();
}

static void a_flag_that_comes_late_tells_the_state_and_no_file(void **state)
{
    struct engine_job *job = new_job(2);
    (void)state;

    set_flags(job, 0);
    subscribe(job);
    finish(job);
    expect_none();
    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);

    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
    set_flags(job, 0);
    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED);
    expect_none();
}

static void files_wait_for_a_late_registration(void **state)
{
    struct engine_job *job = new_job(2);
    (void)state;

    set_flags(job, XBITS_NOTIFY_FILE_TRANSFERRED);
    finish(job);
    subscribe(job);

    answer(expect(FILE_TRANSFERRED, 0), XBITS_S_OK);
    answer(expect(FILE_TRANSFERRED, 1), XBITS_S_OK);
    expect_none();
}

static void modifications_are_gathered_for_their_interval(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_MODIFICATION);
    subscribe(job);
    for (int i = 0; i < 5; i++)
        set(job, XBITS_JOB_DESCRIPTION, xbits_value_text("new"));

    answer(expect_job(JOB_MODIFICATION), XBITS_S_OK);
    expect_none();
    for (int i = 0; i < 5; i++)
        set(job, XBITS_JOB_DESCRIPTION, xbits_value_text("newer"));
    driver_advance(&driver, 499);
    expect_none();
    driver_advance(&driver, 1);
    answer(expect_job(JOB_MODIFICATION), XBITS_E_FAIL);
    driver_advance(&driver, RETRY_MS);
    expect_none();
}

static void the_interval_is_a_property(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set(job, XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS, xbits_value_u32(0));
    set_flags(job, XBITS_NOTIFY_JOB_MODIFICATION);
    subscribe(job);
    set(job, XBITS_JOB_DESCRIPTION, xbits_value_text("a"));
    answer(expect_job(JOB_MODIFICATION), XBITS_S_OK);
    set(job, XBITS_JOB_DESCRIPTION, xbits_value_text("b"));

    (void)expect_job(JOB_MODIFICATION);
}

static void the_end_of_a_job_is_no_modification(void **state)
{
    struct engine_job *job = new_job(1);
    (void)state;

    set_flags(job, XBITS_NOTIFY_JOB_MODIFICATION);
    subscribe(job);
    finish(job);

    expect_none();
}

static void four_are_unanswered_at_most(void **state)
{
    struct engine_job *jobs[6];
    uint64_t ids[6];
    (void)state;

    for (size_t i = 0; i < 6; i++) {
        jobs[i] = new_job(1);
        subscribe(jobs[i]);
        finish(jobs[i]);
    }
    for (size_t i = 0; i < 4; i++)
        ids[i] = expect_job(JOB_TRANSFERRED);
    expect_none();
    answer(ids[2], XBITS_S_OK);

    ids[4] = expect_job(JOB_TRANSFERRED);
    expect_none();
}

static void four_are_counted_for_each_owner(void **state)
{
    struct engine_job *job;
    (void)state;

    for (size_t i = 0; i < 5; i++) {
        job = new_job(1);
        subscribe(job);
        finish(job);
    }
    driver.who.sid = "S-1-22-1-1001";
    job = new_job(1);
    assert_ok(engine_subscribe(driver.engine, job, &other, &driver.now));
    finish(job);
    for (size_t i = 0; i < 4; i++)
        (void)expect_job(JOB_TRANSFERRED);
    expect_none();

    (void)expect_at(&other, XBITS_NOTIFICATION_JOB_TRANSFERRED, XBITS_FILE_NONE, __LINE__);
}

static void an_answer_counts_for_whom_was_asked(void **state)
{
    struct engine_job *job = new_job(1);
    uint64_t id;
    (void)state;

    subscribe(job);
    finish(job);
    id = expect_job(JOB_TRANSFERRED);

    assert_fails(XBITS_BG_E_NOT_FOUND,
                 engine_answer_notification(driver.engine, &other, id, XBITS_S_OK, &driver.now));
    assert_fails(XBITS_BG_E_NOT_FOUND,
                 engine_answer_notification(driver.engine, &me, id + 1, XBITS_S_OK, &driver.now));
    answer(id, XBITS_S_OK);
    assert_fails(XBITS_BG_E_NOT_FOUND,
                 engine_answer_notification(driver.engine, &me, id, XBITS_S_OK, &driver.now));
}

static void what_is_due_comes_back_with_the_queue(void **state)
{
    const uint32_t due = 1u << XBITS_NOTIFICATION_JOB_TRANSFERRED;
    struct engine_numbers none = { 0 };
    struct record_batch batch = { 0 };
    struct driver again;
    struct engine_job *job;
    (void)state;

    engine_keep(driver.engine, &none);
    job = new_job(2);
    set_flags(job, XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    subscribe(job);
    finish(job);
    answer(expect(FILE_TRANSFERRED, 0), XBITS_S_OK);
    assert_ok(engine_take_records(driver.engine, &driver.now, &batch));
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].due, due | 1u << XBITS_NOTIFICATION_FILE_TRANSFERRED);

    driver_init(&again, NULL);
    assert_ok(engine_restore(again.engine, &batch.jobs[0], false, &again.now));
    job = engine_next_open(again.engine, NULL);
    driver_dispose(&driver);
    driver = again;
    subscribe(job);

    answer(expect(FILE_TRANSFERRED, 1), XBITS_S_OK);
    answer(expect_job(JOB_TRANSFERRED), XBITS_S_OK);
    expect_none();
    record_batch_dispose(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_job_that_is_transferred_tells_its_subscriber),
        TEST(files_come_one_after_another_and_then_the_job),
        TEST(a_failing_file_holds_back_the_rest),
        TEST(a_failing_answer_is_repeated_after_a_minute),
        TEST(a_late_registration_is_told_at_once),
        TEST(what_a_lost_registration_was_told_a_new_one_is_told_again),
        TEST(the_same_registration_is_not_told_again),
        TEST(the_last_subscriber_is_the_only_one),
        TEST(what_a_closed_subscriber_did_not_answer_is_due_again),
        TEST(an_error_is_told_once_and_a_transient_one_never),
        TEST(a_job_that_left_the_state_tells_nothing_of_it),
        TEST(an_answer_after_the_state_is_over_changes_nothing),
        TEST(nothing_comes_after_complete_or_cancel),
        TEST(flags_choose_what_is_told),
        TEST(disable_wins_over_all_flags),
        TEST(a_flag_that_comes_late_tells_the_state_and_no_file),
        TEST(files_wait_for_a_late_registration),
        TEST(modifications_are_gathered_for_their_interval),
        TEST(the_interval_is_a_property),
        TEST(the_end_of_a_job_is_no_modification),
        TEST(four_are_unanswered_at_most),
        TEST(four_are_counted_for_each_owner),
        TEST(an_answer_counts_for_whom_was_asked),
        TEST(what_is_due_comes_back_with_the_queue),
    };

    return run_tests("engine_notify", tests);
}
