/* SPDX-License-Identifier: MIT */
#include "conformance/steps_notify.h"

#include "support/assert_result.h"

/* What a subscriber is told, when, and how often (bits-client 7, checks 50, 52 and 53). */

static void a_job_that_is_transferred_is_told(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_notification told;

    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    told = next_told(harness);

    assert_told(&told, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_true(xbits_id_equal(&told.job, xbits_job_id(job)));
    assert_state(job, TRANSFERRED);
    assert_ok(xbits_notification_answer(harness->manager, told.id, XBITS_S_OK));
    assert_nothing_told(harness, DAY_MS);
}

static void a_failing_answer_is_asked_for_again(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_notification told;
    uint64_t failed_ms;

    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    told = next_told(harness);
    failed_ms = now_ms(harness);
    assert_ok(xbits_notification_answer(harness->manager, told.id, XBITS_E_FAIL));
    assert_nothing_told(harness, 59000);
    told = next_told(harness);

    assert_told(&told, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_int_equal(now_ms(harness) - failed_ms, 60000);
    assert_ok(xbits_notification_answer(harness->manager, told.id, XBITS_S_OK));
    assert_nothing_told(harness, DAY_MS);
}

static void who_registers_late_is_told_at_once(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_notification told;

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, DAY_MS);
    assert_ok(xbits_job_subscribe(job));
    told = told_by_now(harness);

    assert_told(&told, JOB_TRANSFERRED, XBITS_FILE_NONE);
}

static void who_registers_again_is_told_again(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_ok(xbits_job_subscribe(job));
    assert_nothing_told(harness, 0);
    assert_ok(xbits_job_unsubscribe(job));
    assert_ok(xbits_job_subscribe(job));

    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
}

/* Errata E2, of a job that failed; and each entry into ERROR is told once. */
static void an_error_is_told_to_each_registration_and_once_each_time(struct harness *harness)
{
    const struct served missing = { .path = "/a.bin", .status = 404 };
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");

    harness_serve(harness, &missing);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    answer_next(harness, JOB_ERROR, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
    assert_ok(xbits_job_resume(job));
    answer_next(harness, JOB_ERROR, XBITS_FILE_NONE);
    assert_ok(xbits_job_unsubscribe(job));
    assert_ok(xbits_job_subscribe(job));

    answer_next(harness, JOB_ERROR, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
}

static void files_are_told_before_their_job(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 3);

    set_u32(job, XBITS_JOB_NOTIFY_FLAGS,
            XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));

    answer_next(harness, FILE_TRANSFERRED, 0);
    answer_next(harness, FILE_TRANSFERRED, 1);
    answer_next(harness, FILE_TRANSFERRED, 2);
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
}

static void a_file_that_fails_holds_back_what_follows(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 2);
    struct xbits_notification told;

    set_u32(job, XBITS_JOB_NOTIFY_FLAGS,
            XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    told = next_told(harness);
    assert_ok(xbits_notification_answer(harness->manager, told.id, XBITS_E_FAIL));
    assert_reaches(job, TRANSFERRED);
    assert_nothing_told(harness, 0);

    answer_next(harness, FILE_TRANSFERRED, 0);
    answer_next(harness, FILE_TRANSFERRED, 1);
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
}

static void an_error_is_told_and_a_transient_one_is_not(struct harness *harness)
{
    const struct served missing = { .path = "/a.bin", .status = 404 };
    const struct served busy = { .path = "/a.bin", .status = 503 };
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");

    harness_serve(harness, &busy);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 60);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_nothing_told(harness, 0);
    harness_serve(harness, &missing);

    answer_next(harness, JOB_ERROR, XBITS_FILE_NONE);
    assert_state(job, ERROR);
    assert_nothing_told(harness, DAY_MS);
}

static void flags_choose_what_is_told(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_u32(job, XBITS_JOB_NOTIFY_FLAGS, 0x3F);
    assert_int_equal(get_u32(job, XBITS_JOB_NOTIFY_FLAGS), 0x3F);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_nothing_told(harness, DAY_MS);
    set_u32(job, XBITS_JOB_NOTIFY_FLAGS, XBITS_NOTIFY_JOB_TRANSFERRED);

    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
}

static void a_modification_may_be_told(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    set_u32(job, XBITS_JOB_NOTIFY_FLAGS, XBITS_NOTIFY_JOB_MODIFICATION);
    assert_ok(xbits_job_subscribe(job));
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 100);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 101);

    answer_next(harness, JOB_MODIFICATION, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
}

static void four_are_unanswered_at_most(struct harness *harness)
{
    struct xbits_notification told[4];

    for (int i = 0; i < 6; i++) {
        struct xbits_job *job = good_job(harness, 1);

        assert_ok(xbits_job_subscribe(job));
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSFERRED);
    }
    for (int i = 0; i < 4; i++)
        told[i] = told_by_now(harness);
    assert_nothing_told(harness, 0);
    assert_ok(xbits_notification_answer(harness->manager, told[3].id, XBITS_S_OK));

    (void)told_by_now(harness);
    assert_nothing_told(harness, 0);
}

static void nothing_is_told_after_the_end(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_notification told;

    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    told = next_told(harness);
    assert_ok(xbits_job_complete(job));

    assert_fails(XBITS_BG_E_NOT_FOUND,
                 xbits_notification_answer(harness->manager, told.id, XBITS_E_FAIL));
    assert_nothing_told(harness, DAY_MS);
    assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_subscribe(job));
}

static void who_did_not_subscribe_is_told_nothing(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    assert_result(XBITS_S_FALSE, xbits_job_unsubscribe(job));
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_unsubscribe(job));
    assert_result(XBITS_S_FALSE, xbits_job_unsubscribe(job));
    assert_ok(xbits_job_resume(job));

    assert_nothing_told(harness, DAY_MS);
    assert_state(job, TRANSFERRED);
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_notification_answer(harness->manager, 1, XBITS_S_OK));
}

static void what_a_closed_manager_did_not_answer_another_is_told(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_options options = harness->options;
    struct xbits_manager *first = NULL;
    struct xbits_job *same = NULL;
    struct xbits_notification told;

    assert_ok(xbits_manager_open(&options, &first));
    assert_ok(xbits_job_open(first, xbits_job_id(job), &same));
    assert_ok(xbits_job_subscribe(same));
    assert_ok(xbits_job_resume(same));
    XBITS_INIT(&told);
    assert_ok(xbits_manager_next_notification(first, REACH_LIMIT_MS, &told));
    assert_nothing_told(harness, 0);
    xbits_job_close(same);
    xbits_manager_close(first);
    assert_ok(xbits_job_subscribe(job));

    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
}

static struct xbits_job *restarted(struct harness *harness, struct xbits_job *job)
{
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_job *again = NULL;

    harness_restart(harness);
    assert_ok(xbits_job_open(harness->manager, &id, &again));
    return harness_keep_job(harness, again);
}

static void what_is_not_answered_is_due_after_a_restart(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 2);

    set_u32(job, XBITS_JOB_NOTIFY_FLAGS,
            XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_FILE_TRANSFERRED);
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    answer_next(harness, FILE_TRANSFERRED, 0);
    (void)next_told(harness);
    assert_reaches(job, TRANSFERRED);
    job = restarted(harness, job);
    assert_nothing_told(harness, 0);
    assert_ok(xbits_job_subscribe(job));

    answer_next(harness, FILE_TRANSFERRED, 1);
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    assert_nothing_told(harness, DAY_MS);
}

static void a_registration_of_a_new_start_is_told_again(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    job = restarted(harness, job);
    assert_ok(xbits_job_subscribe(job));

    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "7.3", a_job_that_is_transferred_is_told),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 50; 7.4, 7.5", a_failing_answer_is_asked_for_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 50; 7.3", who_registers_late_is_told_at_once),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 50; errata E2", who_registers_again_is_told_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 50, 53; errata E2",
                     an_error_is_told_to_each_registration_and_once_each_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 52; 7.3", files_are_told_before_their_job),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata G5", a_file_that_fails_holds_back_what_follows),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 53; 7.3",
                     an_error_is_told_and_a_transient_one_is_not),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 26; 7.2", flags_choose_what_is_told),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 52; 7.5", a_modification_may_be_told),
    CONFORMANCE_TEST(0, "7.4", four_are_unanswered_at_most),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "7.4", nothing_is_told_after_the_end),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "7.1", who_did_not_subscribe_is_told_nothing),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 3", what_a_closed_manager_did_not_answer_another_is_told),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SKIP_TIME, "top 55; ruling 3",
                     what_is_not_answered_is_due_after_a_restart),
    CONFORMANCE_TEST(CAN_RESTART, "errata E2", a_registration_of_a_new_start_is_told_again),
};

const struct conformance_suite notifications_suite = CONFORMANCE_SUITE("notifications", tests);
