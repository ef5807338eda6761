/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* What a job that was interrupted goes on from. */

#define SIZE  UINT64_C(1000000)
#define EARLY INT64_C(132593079670000000)
#define LATER INT64_C(132593080000000000)

static struct xbits_job *half_way(struct harness *harness, const struct served *slow)
{
    struct xbits_job *job = new_download(harness, slow->path, "a.bin");

    harness_serve(harness, slow);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 1);
    assert_state(job, TRANSFERRING);
    return job;
}

static const struct served slow_file = {
    .path = "/a.bin", .size = SIZE, .pattern = 21, .rate = 2000000, .modified = EARLY
};

static void a_suspended_job_goes_on_from_where_it_was(struct harness *harness)
{
    struct xbits_job *job = half_way(harness, &slow_file);

    assert_ok(xbits_job_suspend(job));
    assert_state(job, SUSPENDED);
    uint64_t kept = snapshot_of(job).progress.bytes_transferred;
    assert_true(kept > 0 && kept < SIZE);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &slow_file);
}

static void a_suspended_job_stands_still(struct harness *harness)
{
    struct xbits_job *job = half_way(harness, &slow_file);

    assert_ok(xbits_job_suspend(job));
    uint64_t kept = snapshot_of(job).progress.bytes_transferred;
    advance(harness, DAY_MS);

    assert_state(job, SUSPENDED);
    assert_int_equal(snapshot_of(job).progress.bytes_transferred, kept);
    assert_int_equal(entries_in(harness), 1);
}

static void a_broken_connection_costs_nothing_but_a_retry(struct harness *harness)
{
    const struct served cut = {
        .path = "/a.bin", .size = SIZE, .pattern = 22, .cut_after = 400000, .cut_times = 1
    };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_job_error(job, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, REMOTE_FILE);
    assert_int_equal(snapshot_of(job).progress.bytes_transferred, 400000);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 1);

    advance(harness, RETRY_DELAY_MS);
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &cut);
}

static void a_download_that_breaks_again_and_again_is_still_fetched_once(struct harness *harness)
{
    const struct served cut = {
        .path = "/a.bin", .size = SIZE, .pattern = 23, .cut_after = 100000, .cut_times = 9
    };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, DAY_MS, NULL));

    assert_state(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 9);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &cut);
}

static void an_interrupted_foreground_job_goes_on_with_a_range(struct harness *harness)
{
    const struct served cut = {
        .path = "/a.bin", .size = SIZE, .pattern = 24, .cut_after = 400000, .cut_times = 1
    };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    set_priority(job, FOREGROUND);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &cut);
}

/* 4.1: under 2 GB the first request of a foreground job needs no ranges; going on does. */
static void an_interrupted_foreground_job_needs_ranges(struct harness *harness)
{
    const struct served cut = {
        .path = "/a.bin", .size = SIZE, .cut_after = 400000, .cut_times = 1, .no_ranges = true
    };
    struct xbits_job *job = new_download(harness, cut.path, "a.bin");

    harness_serve(harness, &cut);
    set_priority(job, FOREGROUND);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, REMOTE_FILE);
}

static void a_file_that_changed_starts_over(struct harness *harness)
{
    static const struct served changes[] = {
        { .path = "/a.bin", .size = SIZE, .pattern = 31, .modified = LATER },
        { .path = "/a.bin", .size = SIZE + 5, .pattern = 32, .modified = LATER },
        { .path = "/a.bin", .size = 10, .pattern = 33, .modified = LATER },
        { .path = "/a.bin", .size = SIZE + 5, .pattern = 34, .modified = EARLY },
    };

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct xbits_job *job = half_way(harness, &slow_file);

        assert_ok(xbits_job_suspend(job));
        harness_serve(harness, &changes[i]);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSFERRED);

        assert_int_equal(snapshot_of(job).progress.bytes_total, changes[i].size);
        assert_int_equal(snapshot_of(job).progress.bytes_transferred, changes[i].size);
        assert_result(XBITS_S_OK, xbits_job_complete(job));
        assert_content(harness, "a.bin", &changes[i]);
        assert_int_equal(entries_in(harness), 1);
    }
}

/* The next request of a file that is being fetched meets another one: 412, or another total. */
static void a_file_that_changes_between_two_requests_starts_over(struct harness *harness)
{
    static const char *const settings[] = { "transfer.range_bytes=100000", NULL };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    for (int plain = 0; plain < 2; plain++) {
        struct served before = slow_file;
        struct served after = {
            .path = "/a.bin", .size = SIZE + 77, .pattern = 35, .modified = LATER
        };
        struct xbits_job *job;

        before.no_validators = plain != 0;
        after.no_validators = plain != 0;
        harness_reopen(harness, &options);
        job = half_way(harness, &before);
        harness_serve(harness, &after);
        assert_reaches(job, TRANSFERRED);

        assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
        assert_result(XBITS_S_OK, xbits_job_complete(job));
        assert_content(harness, "a.bin", &after);
    }
}

static void only_the_file_that_changed_starts_over(struct harness *harness)
{
    const struct served whole = { .path = "/whole.bin", .size = 5000, .pattern = 41 };
    const struct served changed = {
        .path = "/a.bin", .size = SIZE, .pattern = 42, .modified = LATER
    };
    struct xbits_job *job = new_download(harness, whole.path, "whole.bin");

    harness_serve(harness, &whole);
    harness_serve(harness, &slow_file);
    add_file(harness, job, slow_file.path, "a.bin");
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 5001);
    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, &changed);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), 5000);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "whole.bin", &whole);
    assert_content(harness, "a.bin", &changed);
}

/* 8.4: nothing but size and time is compared. */
static void the_same_size_and_time_is_the_same_file(struct harness *harness)
{
    struct served same = slow_file;
    struct xbits_job *job = half_way(harness, &slow_file);

    same.rate = 0;
    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, &same);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &same);
}

static void without_validators_the_size_alone_is_compared(struct harness *harness)
{
    struct served plain = slow_file;
    struct xbits_job *job;

    plain.no_validators = true;
    job = half_way(harness, &plain);
    assert_ok(xbits_job_suspend(job));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &plain);
}

/* 2.7: time in CONNECTING and TRANSFERRING counts, nothing else does. */
static void the_maximum_download_time_ends_a_slow_download(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin", .size = 1000000, .rate = 100000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    uint64_t start;

    harness_serve(harness, &slow);
    set_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 5);
    advance(harness, DAY_MS);
    start = now_ms(harness);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);

    assert_job_error(job, XBITS_BG_E_MAXDOWNLOAD_TIMEOUT, GENERAL_QUEUE_MANAGER);
    assert_int_equal(now_ms(harness) - start, 5000);
    assert_in_range(snapshot_of(job).progress.bytes_transferred, 400000, 600000);
}

static void resume_gives_a_fresh_download_time(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin", .size = 1000000, .rate = 100000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");

    harness_serve(harness, &slow);
    set_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 6);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &slow);
}

static void time_spent_suspended_is_no_download_time(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin", .size = 1000000, .rate = 200000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");

    harness_serve(harness, &slow);
    set_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 6);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 1);
    assert_ok(xbits_job_suspend(job));
    advance(harness, DAY_MS);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, TRANSFERRED);
}

static void time_spent_waiting_for_a_turn_is_no_download_time(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin", .size = 1000000, .rate = 100000 };
    const struct served other = { .path = "/b.bin", .size = 2000000, .rate = 100000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    struct xbits_job *urgent = new_download(harness, other.path, "b.bin");

    harness_serve(harness, &slow);
    harness_serve(harness, &other);
    set_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 6);
    set_priority(urgent, HIGH);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 300000);
    assert_ok(xbits_job_resume(urgent));
    assert_reaches(urgent, TRANSFERRED);
    assert_reaches(job, ERROR);

    /* Three seconds before and three after the other one's twenty. */
    assert_job_error(job, XBITS_BG_E_MAXDOWNLOAD_TIMEOUT, GENERAL_QUEUE_MANAGER);
    assert_in_range(snapshot_of(job).progress.bytes_transferred, 500000, 700000);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "2.4", a_suspended_job_goes_on_from_where_it_was),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "2.1", a_suspended_job_stands_still),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS | CAN_SKIP_TIME, "8.1; 8.4; 5.6",
                     a_broken_connection_costs_nothing_but_a_retry),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS | CAN_SKIP_TIME, "8.4; 5.6",
                     a_download_that_breaks_again_and_again_is_still_fetched_once),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1; ruling 28",
                     an_interrupted_foreground_job_goes_on_with_a_range),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1; 5.3", an_interrupted_foreground_job_needs_ranges),
    CONFORMANCE_TEST(0, "top 43; 8.4", a_file_that_changed_starts_over),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 43; 5.3; 8.4",
                     a_file_that_changes_between_two_requests_starts_over),
    CONFORMANCE_TEST(0, "top 43", only_the_file_that_changed_starts_over),
    CONFORMANCE_TEST(0, "8.4", the_same_size_and_time_is_the_same_file),
    CONFORMANCE_TEST(0, "8.4", without_validators_the_size_alone_is_compared),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "top 60; 2.7",
                     the_maximum_download_time_ends_a_slow_download),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "top 60; 2.4 (2)", resume_gives_a_fresh_download_time),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "2.7", time_spent_suspended_is_no_download_time),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "2.7", time_spent_waiting_for_a_turn_is_no_download_time),
};

const struct conformance_suite resume_suite = CONFORMANCE_SUITE("resume", tests);
