/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"

#include <string.h>
#include <sys/stat.h>

#include "support/assert_result.h"

/* A file that is another one when its job comes back to it starts over, and no other does (8.4,
 * check 43). The first file of each job is whole by then. */

#define SIZE  UINT64_C(1000000)
#define EARLY INT64_C(132593079670000000)
#define LATER INT64_C(132593080000000000)

static const struct served whole = { .path = "/whole.bin", .size = 5000, .pattern = 41 };
static const struct served before = {
    .path = "/a.bin", .size = SIZE, .pattern = 21, .rate = 2000000, .modified = EARLY
};

static const struct change {
    const char *what;
    struct served after;
} changes[] = {
    { "the date", { .path = "/a.bin", .size = SIZE, .pattern = 31, .modified = LATER } },
    { "the size", { .path = "/a.bin", .size = SIZE + 7, .pattern = 32, .modified = EARLY } },
    { "both", { .path = "/a.bin", .size = SIZE - 9, .pattern = 33, .modified = LATER } },
    { "shorter than what is here",
      { .path = "/a.bin", .size = 10, .pattern = 34, .modified = LATER } },
    { "shorter, with the old date",
      { .path = "/a.bin", .size = 11, .pattern = 35, .modified = EARLY } },
    { "empty", { .path = "/a.bin", .size = 0, .pattern = 36, .modified = LATER } },
    { "shorter, the date gone",
      { .path = "/a.bin", .size = 12, .pattern = 37, .no_validators = true } },
    { "longer, the date gone",
      { .path = "/a.bin", .size = 2 * SIZE, .pattern = 38, .no_validators = true } },
};
#define CHANGE_COUNT (sizeof changes / sizeof changes[0])

/* Seen by HEAD alone: an answer to GET need not repeat the date. */
static const struct served without_date = {
    .path = "/a.bin", .size = SIZE, .pattern = 39, .no_validators = true
};

static struct xbits_job *half_way(struct harness *harness, const struct served *slow)
{
    struct xbits_job *job = new_download(harness, whole.path, "whole.bin");

    harness_serve(harness, &whole);
    harness_serve(harness, slow);
    add_file(harness, job, slow->path, "a.bin");
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, whole.size + SIZE / 4);
    assert_state(job, TRANSFERRING);
    return job;
}

static ino_t inode_of(struct xbits_job *job, uint32_t file)
{
    struct stat status;

    assert_int_equal(stat(file_of(job, file).temporary_name, &status), 0);
    return status.st_ino;
}

/* The job ends with the new bytes, and the first file is the one that was there. */
static void assert_ends_with(struct harness *harness, struct xbits_job *job, ino_t inode,
                             const struct served *after)
{
    assert_reaches(job, TRANSFERRED);
    assert_true(inode_of(job, 0) == inode);
    assert_int_equal(bytes_from_origin(job, 0), whole.size);
    assert_int_equal(snapshot_of(job).progress.bytes_total, whole.size + after->size);
    assert_int_equal(snapshot_of(job).progress.bytes_transferred, whole.size + after->size);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "whole.bin", &whole);
    assert_content(harness, "a.bin", after);
    assert_int_equal(entries_in(harness), 2);
}

static void change_between_runs(struct harness *harness, const struct served *after)
{
    struct xbits_job *job = half_way(harness, &before);
    ino_t inode = inode_of(job, 0);

    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, after);
    assert_ok(xbits_job_resume(job));

    assert_ends_with(harness, job, inode, after);
}

static void a_file_that_changed_between_two_runs_starts_over(struct harness *harness)
{
    for (size_t i = 0; i < CHANGE_COUNT; i++)
        change_between_runs(harness, &changes[i].after);
    change_between_runs(harness, &without_date);
}

static void change_over_a_restart(struct harness *harness, const struct served *after)
{
    struct xbits_job *job = half_way(harness, &before);
    struct xbits_id id = *xbits_job_id(job);
    ino_t inode = inode_of(job, 0);

    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, after);
    harness_restart(harness);
    assert_ok(xbits_job_open(harness->manager, &id, &job));
    harness_keep_job(harness, job);
    assert_ok(xbits_job_resume(job));

    assert_ends_with(harness, job, inode, after);
}

static void a_file_that_changed_over_a_restart_starts_over(struct harness *harness)
{
    for (size_t i = 0; i < CHANGE_COUNT; i++)
        change_over_a_restart(harness, &changes[i].after);
    change_over_a_restart(harness, &without_date);
}

static void ask_in_parts(struct harness *harness)
{
    static const char *const settings[] = { "transfer.range_bytes=100000", NULL };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
}

static void a_file_that_changes_while_it_is_fetched_starts_over(struct harness *harness)
{
    for (size_t i = 0; i < CHANGE_COUNT; i++) {
        struct xbits_job *job;
        ino_t inode;

        ask_in_parts(harness);
        job = half_way(harness, &before);
        inode = inode_of(job, 0);
        harness_serve(harness, &changes[i].after);

        assert_ends_with(harness, job, inode, &changes[i].after);
    }
}

static void a_file_that_changes_twice_is_the_last_one(struct harness *harness)
{
    struct served between = changes[1].after;
    struct xbits_job *job;
    ino_t inode;

    between.rate = before.rate;
    ask_in_parts(harness);
    job = half_way(harness, &before);
    inode = inode_of(job, 0);
    harness_serve(harness, &between);
    assert_ok(xbits_job_suspend(job));
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, whole.size + 1);
    harness_serve(harness, &changes[0].after);

    assert_ends_with(harness, job, inode, &changes[0].after);
}

/* The progress of a file that starts over falls (6.1). */
static void the_bytes_of_a_file_that_changed_are_counted_no_more(struct harness *harness)
{
    const struct served stalled = {
        .path = "/a.bin", .size = SIZE, .modified = LATER, .stalls = true
    };
    struct xbits_job *job = half_way(harness, &before);

    assert_ok(xbits_job_suspend(job));
    assert_true(snapshot_of(job).progress.bytes_transferred > whole.size);
    harness_serve(harness, &stalled);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRING);

    assert_int_equal(snapshot_of(job).progress.bytes_transferred, whole.size);
    assert_int_equal(snapshot_of(job).progress.files_transferred, 1);
    assert_int_equal(file_of(job, 1).bytes_transferred, 0);
}

static void a_file_that_changed_during_the_retry_delay_starts_over(struct harness *harness)
{
    const struct served cut = { .path = "/a.bin",
                                .size = SIZE,
                                .pattern = 21,
                                .modified = EARLY,
                                .cut_after = 400000,
                                .cut_times = 1 };
    struct xbits_job *job = new_download(harness, whole.path, "whole.bin");

    harness_serve(harness, &whole);
    harness_serve(harness, &cut);
    add_file(harness, job, cut.path, "a.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    harness_serve(harness, &changes[0].after);
    advance(harness, RETRY_DELAY_MS);
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(bytes_from_origin(job, 0), whole.size);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &changes[0].after);
}

/* What is whole is not asked about again. */
static void a_file_that_changed_after_it_was_transferred_is_kept(struct harness *harness)
{
    const struct served other = {
        .path = "/whole.bin", .size = 9, .pattern = 42, .modified = LATER
    };
    struct served same = before;
    struct xbits_job *job = half_way(harness, &before);
    ino_t inode = inode_of(job, 0);

    same.rate = 0;
    assert_ok(xbits_job_suspend(job));
    harness_serve(harness, &other);
    harness_serve(harness, &same);
    assert_ok(xbits_job_resume(job));

    assert_ends_with(harness, job, inode, &same);
    assert_int_equal(bytes_from_origin(job, 1), SIZE);
}

static bool is_seen(struct harness *harness, int status, const char *if_unmodified_since)
{
    struct seen_request seen;

    for (size_t i = 0; harness->request_at(harness, i, &seen); i++) {
        if (seen.status == status && strcmp(seen.if_unmodified_since, if_unmodified_since) == 0)
            return true;
    }
    return false;
}

static void the_server_is_asked_for_the_file_that_was_begun_or_none(struct harness *harness)
{
    struct xbits_job *job;

    ask_in_parts(harness);
    job = half_way(harness, &before);
    harness_serve(harness, &changes[0].after);
    assert_reaches(job, TRANSFERRED);

    assert_true(is_seen(harness, 412, "Thu, 04 Mar 2021 05:06:07 GMT"));
    assert_true(is_seen(harness, 206, "Thu, 04 Mar 2021 05:06:40 GMT"));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 43; 8.4", a_file_that_changed_between_two_runs_starts_over),
    CONFORMANCE_TEST(CAN_RESTART, "top 43; 8.4; 11",
                     a_file_that_changed_over_a_restart_starts_over),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 43; 8.4",
                     a_file_that_changes_while_it_is_fetched_starts_over),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 43; 8.4", a_file_that_changes_twice_is_the_last_one),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "6.1; 8.4",
                     the_bytes_of_a_file_that_changed_are_counted_no_more),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS | CAN_SKIP_TIME, "top 43; 8.4",
                     a_file_that_changed_during_the_retry_delay_starts_over),
    CONFORMANCE_TEST(0, "top 43; 8.4", a_file_that_changed_after_it_was_transferred_is_kept),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS | CAN_CHANGE_LIMITS, "top 43; 8.4; 5.3",
                     the_server_is_asked_for_the_file_that_was_begun_or_none),
};

const struct conformance_suite changed_files_suite = CONFORMANCE_SUITE("changed files", tests);
