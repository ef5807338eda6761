/* SPDX-License-Identifier: MIT */
#include "conformance/steps_notify.h"

#include <string.h>

#include "support/assert_result.h"

/* A job that nothing happens to ends after JobInactivityTimeout, 90 days (2.8, 11; check 57). */

static const struct served good = { .path = "/good.bin", .size = 5000, .pattern = 5 };

static void assert_ends_after(struct harness *harness, struct xbits_job *job, uint64_t days)
{
    advance(harness, days * DAY_MS - 60000);
    assert_false((XBITS_STATES_FINAL >> state_of(job) & 1u) != 0);
    advance(harness, 61000);
    assert_state(job, CANCELLED);
}

static void a_job_that_rests_ends_after_90_days(struct harness *harness)
{
    static const enum xbits_job_state resting[] = { XBITS_STATE_SUSPENDED, XBITS_STATE_ERROR,
                                                    XBITS_STATE_TRANSFERRED };

    for (size_t i = 0; i < sizeof resting / sizeof resting[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, resting[i]);

        assert_ends_after(harness, job, 90);
        assert_int_equal(entries_in(harness), 0);
        assert_int_equal(snapshot_of(job).progress.files_total, 1);
    }
}

static void set_a_property(struct harness *harness, struct xbits_job *job)
{
    (void)harness;
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 99);
}

static void add_another_file(struct harness *harness, struct xbits_job *job)
{
    add_file(harness, job, good.path, "b.bin");
}

static void resume_and_suspend(struct harness *harness, struct xbits_job *job)
{
    (void)harness;
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_suspend(job));
}

static void what_changes_a_job_starts_its_time_anew(struct harness *harness)
{
    static void (*const acts[])(struct harness * harness,
                                struct xbits_job * job) = { set_a_property, add_another_file,
                                                            resume_and_suspend };

    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, XBITS_STATE_SUSPENDED);

        advance(harness, 80 * DAY_MS);
        acts[i](harness, job);

        assert_ends_after(harness, job, 90);
    }
}

/* A server that breaks off after each thousand bytes, and is asked again after 50 days. */
static void each_byte_starts_the_time_anew(struct harness *harness)
{
    const struct served cut = { .path = "/a.bin", .size = 5000, .cut_after = 1000, .cut_times = 4 };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");
    uint64_t start = now_ms(harness);

    harness_serve(harness, &cut);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 100 * 86400);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 50 * 86400);
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, 300 * DAY_MS, NULL));

    assert_state(job, TRANSFERRED);
    assert_true(now_ms(harness) - start >= 200 * DAY_MS);
}

static bool look(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)user;
    return snapshot->size > 0;
}

static void read_all(struct harness *harness, struct xbits_job *job)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct xbits_job_error error;
    struct xbits_job *again = NULL;

    XBITS_INIT(&change);
    (void)snapshot_of(job);
    (void)file_of(job, 0);
    (void)get_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY);
    assert_fails(XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE, xbits_job_get_error(job, &error));
    assert_ok(xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_MINE, look, NULL));
    assert_ok(xbits_manager_next_change(harness->manager, &cursor, 0, &change));
    assert_ok(xbits_job_open(harness->manager, xbits_job_id(job), &again));
    xbits_job_close(again);
}

static void reading_a_job_is_no_activity(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);

    advance(harness, 80 * DAY_MS);
    read_all(harness, job);

    assert_ends_after(harness, job, 10);
}

static void a_refused_change_is_no_activity(struct harness *harness)
{
    struct xbits_value wrong = xbits_value_u32(77);
    struct xbits_job *job = new_job(harness);

    advance(harness, 80 * DAY_MS);
    assert_fails(XBITS_E_NOTIMPL, xbits_job_set(job, XBITS_JOB_PRIORITY, &wrong));
    assert_fails(XBITS_BG_E_EMPTY, xbits_job_resume(job));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_add_file(job, "ftp://host/a", harness_path(harness, "a.bin")));

    assert_ends_after(harness, job, 10);
}

/* One that was told of late is not younger for it than another that changed in between. */
static void being_told_is_no_activity(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_job *other;

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, 40 * DAY_MS);
    other = new_job(harness);
    advance(harness, 40 * DAY_MS);
    assert_ok(xbits_job_subscribe(job));
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);

    assert_ends_after(harness, job, 10);
    assert_state(other, SUSPENDED);
    assert_ends_after(harness, other, 40);
}

static void each_job_has_its_own_time_over_a_restart(struct harness *harness)
{
    struct xbits_job *first = new_job(harness);
    struct xbits_job *second = new_job(harness);
    struct xbits_id ids[] = { *xbits_job_id(first), *xbits_job_id(second) };

    advance(harness, 50 * DAY_MS);
    set_u32(first, XBITS_JOB_MINIMUM_RETRY_DELAY, 99);
    harness_restart(harness);
    assert_ok(xbits_job_open(harness->manager, &ids[0], &first));
    assert_ok(xbits_job_open(harness->manager, &ids[1], &second));
    harness_keep_job(harness, first);
    harness_keep_job(harness, second);

    assert_ends_after(harness, second, 40);
    assert_state(first, SUSPENDED);
    assert_ends_after(harness, first, 50);
}

static bool find_end(const struct xbits_event *event, void *user)
{
    if (event->id == XBITS_EVENT_CANCELLED && strstr(event->text, "JobInactivityTimeout") != NULL)
        *(bool *)user = true;
    return true;
}

static void a_queue_that_is_opened_too_late_ends_its_jobs(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_options options = harness->options;
    bool is_logged = false;

    options.clock_start = xbits_manager_time(harness->manager) + INT64_C(91) * 864000000000;
    harness_reopen(harness, &options);
    advance(harness, 1);

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &id, &job));
    assert_int_equal(entries_in(harness), 0);
    assert_ok(xbits_manager_visit_events(harness->manager, 0, find_end, &is_logged));
    assert_true(is_logged);
}

/* Who edits a queue does not run it: nothing ends but by a call. */
static void a_queue_that_is_edited_ends_no_jobs(struct harness *harness)
{
    struct xbits_options options;
    struct xbits_job *job;

    harness_options(harness, &options);
    options.access = XBITS_ACCESS_EDIT;
    harness_reopen(harness, &options);
    job = new_job(harness);
    advance(harness, 100 * DAY_MS);

    assert_state(job, SUSPENDED);
}

static void the_time_is_a_policy(struct harness *harness)
{
    static const char *const settings[] = { "policy.JobInactivityTimeout=2", NULL };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);

    assert_ends_after(harness, new_job(harness), 2);
}

static void a_job_that_ended_so_tells_nobody(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_ok(xbits_job_subscribe(job));
    set_u32(job, XBITS_JOB_NOTIFY_FLAGS,
            XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_JOB_ERROR | XBITS_NOTIFY_FILE_TRANSFERRED);

    assert_nothing_told(harness, 100 * DAY_MS);
    assert_state(job, CANCELLED);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 57; 11",
                     a_job_that_rests_ends_after_90_days),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 57; 2.8", what_changes_a_job_starts_its_time_anew),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "top 57; 2.8",
                     each_byte_starts_the_time_anew),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 57; 2.8", reading_a_job_is_no_activity),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "2.8", a_refused_change_is_no_activity),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "2.8; 7.3", being_told_is_no_activity),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_RESTART, "top 57; 11",
                     each_job_has_its_own_time_over_a_restart),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_RESTART, "top 57; 11",
                     a_queue_that_is_opened_too_late_ends_its_jobs),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_RESTART, "ruling 10", a_queue_that_is_edited_ends_no_jobs),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_CHANGE_LIMITS, "11", the_time_is_a_policy),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "2.2; 11", a_job_that_ended_so_tells_nobody),
};

const struct conformance_suite inactivity_suite = CONFORMANCE_SUITE("inactivity", tests);
