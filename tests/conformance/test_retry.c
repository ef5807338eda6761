/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* TRANSIENT_ERROR, the retry delay and the no-progress time-out (2.8, 5.6, ruling 24). */

#define TICKS_PER_S INT64_C(10000000)

static const struct served busy = { .path = "/a.bin", .status = 503 };
static const struct served good = { .path = "/a.bin", .size = 5000, .pattern = 3 };

static struct xbits_job *refused(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");

    harness_serve(harness, &busy);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    return job;
}

static void a_job_tries_again_after_its_retry_delay_and_not_before(struct harness *harness)
{
    struct xbits_job *job = refused(harness);
    struct xbits_job_snapshot seen = snapshot_of(job);

    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);
    assert_int_equal(seen.waiting_for, XBITS_WAITING_RETRY_DELAY);
    assert_int_equal(seen.waiting_until, seen.state_since + 600 * TICKS_PER_S);

    harness_serve(harness, &good);
    advance(harness, RETRY_DELAY_MS - 1);
    assert_state(job, TRANSIENT_ERROR);
    advance(harness, 1);
    assert_state_in(job, XBITS_STATES_ACTIVE | XBITS_IN(TRANSFERRED));
    assert_reaches(job, TRANSFERRED);
}

static void the_retry_delay_is_the_jobs_own(struct harness *harness)
{
    struct served failing = good;
    struct xbits_job *job = new_download(harness, good.path, "a.bin");
    uint64_t start;

    failing.status = 503;
    failing.fail_times = 3;
    harness_serve(harness, &failing);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 60);
    assert_ok(xbits_job_resume(job));
    start = now_ms(harness);
    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, DAY_MS, NULL));

    assert_state(job, TRANSFERRED);
    assert_int_equal(now_ms(harness) - start, 180000);
    /* The first failure came before TRANSFERRING: only failed retries count (5.6). */
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 2);
}

static void resume_does_not_wait_for_the_retry_delay(struct harness *harness)
{
    struct xbits_job *job = refused(harness);
    uint64_t start = now_ms(harness);

    harness_serve(harness, &good);
    assert_ok(xbits_job_resume(job));
    assert_state_in(job, XBITS_STATES_ACTIVE);
    assert_reaches(job, TRANSFERRED);

    assert_true(now_ms(harness) - start < RETRY_DELAY_MS);
    assert_no_error(job);
}

static void suspend_ends_the_retries(struct harness *harness)
{
    struct xbits_job *job = refused(harness);

    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, &good);
    advance(harness, 30 * DAY_MS);

    assert_state(job, SUSPENDED);
}

/* 14 days of 600 s: a retry due at the expiry comes first, and its failure is final. */
static void a_busy_server_is_asked_2016_times_again(struct harness *harness)
{
    struct xbits_job *job = refused(harness);
    uint64_t start = now_ms(harness);

    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, 15 * DAY_MS, NULL));

    assert_state(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 2016);
    assert_int_equal(now_ms(harness) - start, 14 * DAY_MS);
}

static void a_dead_server_is_asked_until_no_progress_is_too_long(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, harness->refusing_url(harness), "a.bin");
    uint64_t start = now_ms(harness);

    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 5);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 10);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);

    assert_job_error(job, XBITS_ERROR_WINHTTP_CANNOT_CONNECT, REMOTE_FILE);
    assert_int_equal(now_ms(harness) - start, 10000);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 2);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    /* Not reset by Resume; two retries more, and again not the first failure, which came before
     * TRANSFERRING. */
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 4);
}

static void without_patience_the_first_failure_is_final(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");
    uint64_t start = now_ms(harness);

    harness_serve(harness, &busy);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 0);
    assert_ok(xbits_job_resume(job));
    assert_reaches_one_of(job, XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR));

    assert_state(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);
    assert_int_equal(now_ms(harness), start);
}

static void a_retry_that_would_come_too_late_is_not_waited_for(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");

    harness_serve(harness, &busy);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 20);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 10);
    assert_ok(xbits_job_resume(job));
    assert_reaches_one_of(job, XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR));

    assert_state(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);
}

static void each_byte_starts_the_no_progress_time_anew(struct harness *harness)
{
    const struct served cut = {
        .path = "/a.bin", .size = 10000, .cut_after = 1000, .cut_times = 9
    };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 5);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 7);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 9);
}

static void the_error_count_outlives_success(struct harness *harness)
{
    const struct served cut = { .path = "/a.bin", .size = 5000, .cut_after = 1000, .cut_times = 1 };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 1);
    assert_ok(xbits_job_resume(job));
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 1);

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 1);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 33; 2.8",
                     a_job_tries_again_after_its_retry_delay_and_not_before),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 33; 5.6",
                     the_retry_delay_is_the_jobs_own),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 33; 2.4", resume_does_not_wait_for_the_retry_delay),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "2.8", suspend_ends_the_retries),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "2.8; ruling 24",
                     a_busy_server_is_asked_2016_times_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 40; ruling 24; 5.6",
                     a_dead_server_is_asked_until_no_progress_is_too_long),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 39; 2.8", without_patience_the_first_failure_is_final),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "2.8; 14.7",
                     a_retry_that_would_come_too_late_is_not_waited_for),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "2.8",
                     each_byte_starts_the_no_progress_time_anew),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "5.6", the_error_count_outlives_success),
};

const struct conformance_suite retry_suite = CONFORMANCE_SUITE("retry", tests);
