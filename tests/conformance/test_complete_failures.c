/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/assert_result.h"

/* Complete and Cancel where the disk does not let them (2.5, 2.6; ruling 8). A directory in the
 * place of the second target is what stands in the way of most. */

static const struct served good = { .path = "/good.bin", .size = 5000, .pattern = 5 };

static struct xbits_job *three_files(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, good.path, "a.bin");

    harness_serve(harness, &good);
    add_file(harness, job, good.path, "b.bin");
    add_file(harness, job, good.path, "c.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    return job;
}

static void block(struct harness *harness, const char *name)
{
    assert_int_equal(mkdir(harness_path(harness, name), 0700), 0);
}

static void unblock(struct harness *harness, const char *name)
{
    assert_int_equal(rmdir(harness_path(harness, name)), 0);
}

static struct xbits_job *half_completed(struct harness *harness)
{
    struct xbits_job *job = three_files(harness);

    block(harness, "b.bin");
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    assert_message("b.bin");
    assert_state(job, TRANSFERRED);
    return job;
}

static struct xbits_job *restarted(struct harness *harness, struct xbits_job *job)
{
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_job *again = NULL;

    harness_restart(harness);
    assert_ok(xbits_job_open(harness->manager, &id, &again));
    return harness_keep_job(harness, again);
}

static void assert_half(struct harness *harness, struct xbits_job *job)
{
    assert_state(job, TRANSFERRED);
    assert_true(file_of(job, 0).is_completed);
    assert_false(file_of(job, 1).is_completed);
    assert_true(file_of(job, 2).is_completed);
    assert_string_equal(file_of(job, 0).temporary_name, "");
    assert_true(file_of(job, 1).temporary_name[0] != '\0');
    assert_content(harness, "a.bin", &good);
    assert_content(harness, "c.bin", &good);
    assert_int_equal(entries_in(harness), 4);
}

static void assert_whole(struct harness *harness, struct xbits_job *job)
{
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_state(job, ACKNOWLEDGED);
    assert_content(harness, "b.bin", &good);
    assert_int_equal(entries_in(harness), 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_true(file_of(job, i).is_completed);
}

static void what_got_its_name_is_available_after_a_failed_complete(struct harness *harness)
{
    struct xbits_job *job = half_completed(harness);

    assert_half(harness, job);
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    assert_half(harness, job);
    unblock(harness, "b.bin");

    assert_whole(harness, job);
}

/* The user has it: it may be changed and moved before the rest is repaired. */
static void what_got_its_name_is_not_touched_by_another_complete(struct harness *harness)
{
    const struct served edited = { .path = "", .text = "edited meanwhile" };
    struct xbits_job *job = half_completed(harness);

    write_file(harness, "a.bin", edited.text);
    assert_int_equal(unlink(harness_path(harness, "c.bin")), 0);
    unblock(harness, "b.bin");
    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_content(harness, "a.bin", &edited);
    assert_content(harness, "b.bin", &good);
    assert_false(file_exists(harness, "c.bin"));
}

static void cancel_keeps_what_got_its_name(struct harness *harness)
{
    struct xbits_job *job = half_completed(harness);

    assert_result(XBITS_S_OK, xbits_job_cancel(job));

    assert_state(job, CANCELLED);
    assert_content(harness, "a.bin", &good);
    assert_content(harness, "c.bin", &good);
    assert_true(file_of(job, 0).is_completed);
    assert_int_equal(entries_in(harness), 3);
}

static void a_half_completed_job_is_completed_after_a_restart(struct harness *harness)
{
    struct xbits_job *job = restarted(harness, half_completed(harness));

    assert_half(harness, job);
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    unblock(harness, "b.bin");

    assert_whole(harness, job);
}

static void a_half_completed_job_is_cancelled_after_a_restart(struct harness *harness)
{
    struct xbits_job *job = restarted(harness, half_completed(harness));

    assert_result(XBITS_S_OK, xbits_job_cancel(job));

    assert_content(harness, "a.bin", &good);
    assert_content(harness, "c.bin", &good);
    assert_int_equal(entries_in(harness), 3);
}

/* Ruling 8: one file has its name, one is whole and blocked, one is not here yet. */
static void a_half_completed_unfinished_job_fetches_only_what_is_missing(struct harness *harness)
{
    const struct served stalled = { .path = "/late.bin", .size = 70000, .stalls = true };
    const struct served late = { .path = "/late.bin", .size = 70000, .pattern = 8 };
    struct xbits_job *job = new_download(harness, good.path, "a.bin");

    harness_serve(harness, &good);
    harness_serve(harness, &stalled);
    add_file(harness, job, good.path, "b.bin");
    add_file(harness, job, late.path, "c.bin");
    assert_ok(xbits_job_resume(job));
    wait_for_files(harness, job, 2);
    block(harness, "b.bin");
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    assert_state(job, SUSPENDED);
    assert_true(file_of(job, 0).is_completed);
    assert_int_equal(snapshot_of(job).progress.files_transferred, 2);

    unblock(harness, "b.bin");
    harness_serve(harness, &late);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), good.size);
    assert_int_equal(bytes_from_origin(job, 1), good.size);
    assert_whole(harness, job);
    assert_content(harness, "c.bin", &late);
}

static void a_target_that_is_read_only_is_not_replaced(struct harness *harness)
{
    const struct served old = { .path = "", .text = "not to be replaced" };
    struct xbits_job *job;

    write_file(harness, "a.bin", old.text);
    assert_int_equal(chmod(harness_path(harness, "a.bin"), 0444), 0);
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    assert_message("a.bin");
    assert_state(job, TRANSFERRED);
    assert_content(harness, "a.bin", &old);
    assert_int_equal(chmod(harness_path(harness, "a.bin"), 0644), 0);

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &good);
}

/* A job whose file lies in a directory that can be locked. */
static struct xbits_job *job_in_directory(struct harness *harness, const char *directory)
{
    char name[64];
    struct xbits_job *job;

    snprintf(name, sizeof name, "%s/a.bin", directory);
    assert_int_equal(mkdir(harness_path(harness, directory), 0700), 0);
    harness_serve(harness, &good);
    job = new_download(harness, good.path, name);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    return job;
}

static void lock_directory(struct harness *harness, bool is_locked)
{
    assert_int_equal(chmod(harness_path(harness, "locked"), is_locked ? 0500 : 0700), 0);
}

static void a_directory_that_was_locked_lets_complete_be_called_again(struct harness *harness)
{
    struct xbits_job *job = job_in_directory(harness, "locked");

    lock_directory(harness, true);
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_complete(job));
    assert_state(job, TRANSFERRED);
    lock_directory(harness, false);

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "locked/a.bin", &good);
}

static void cancel_tells_that_a_locked_directory_keeps_a_file(struct harness *harness)
{
    struct xbits_job *job = job_in_directory(harness, "locked");
    const char *left = harness_keep(harness, strdup(file_of(job, 0).temporary_name));

    lock_directory(harness, true);
    assert_result(XBITS_BG_S_UNABLE_TO_DELETE_FILES, xbits_job_cancel(job));

    assert_state(job, CANCELLED);
    assert_int_equal(access(left, F_OK), 0);
    lock_directory(harness, false);
}

/* What Cancel left is deleted when the queue is opened next, and not before it can be. */
static void what_could_not_be_deleted_is_deleted_by_a_later_start(struct harness *harness)
{
    struct xbits_job *job = job_in_directory(harness, "locked");
    const char *left = harness_keep(harness, strdup(file_of(job, 0).temporary_name));

    lock_directory(harness, true);
    assert_result(XBITS_BG_S_UNABLE_TO_DELETE_FILES, xbits_job_cancel(job));
    harness_restart(harness);
    assert_int_equal(access(left, F_OK), 0);
    lock_directory(harness, false);
    harness_restart(harness);

    assert_int_not_equal(access(left, F_OK), 0);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 20; 2.5", what_got_its_name_is_available_after_a_failed_complete),
    CONFORMANCE_TEST(0, "2.5", what_got_its_name_is_not_touched_by_another_complete),
    CONFORMANCE_TEST(0, "top 20; 2.6", cancel_keeps_what_got_its_name),
    CONFORMANCE_TEST(CAN_RESTART, "top 20; 11", a_half_completed_job_is_completed_after_a_restart),
    CONFORMANCE_TEST(CAN_RESTART, "2.6; 11", a_half_completed_job_is_cancelled_after_a_restart),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "ruling 8",
                     a_half_completed_unfinished_job_fetches_only_what_is_missing),
    CONFORMANCE_TEST(0, "top 20; 2.5 (2)", a_target_that_is_read_only_is_not_replaced),
    CONFORMANCE_TEST(IS_UNPRIVILEGED, "top 20; 2.5",
                     a_directory_that_was_locked_lets_complete_be_called_again),
    CONFORMANCE_TEST(IS_UNPRIVILEGED, "top 21; 2.6",
                     cancel_tells_that_a_locked_directory_keeps_a_file),
    CONFORMANCE_TEST(IS_UNPRIVILEGED | CAN_RESTART, "top 21; 11",
                     what_could_not_be_deleted_is_deleted_by_a_later_start),
};

const struct conformance_suite complete_failures_suite =
    CONFORMANCE_SUITE("complete failures", tests);
