/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

/* Complete and Cancel, and what they leave on the disk (2.5, 2.6, 2.9). */

static const struct served good = { .path = "/good.bin", .size = 5000, .pattern = 5 };
static const struct served stalled = { .path = "/stalled.bin", .size = 70000, .stalls = true };

static void a_completed_file_bears_its_name_and_nothing_else_is_left(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_state(job, ACKNOWLEDGED);
    assert_content(harness, "a.bin", &good);
    assert_int_equal(entries_in(harness), 1);
    assert_true(file_of(job, 0).is_completed);
    assert_string_equal(file_of(job, 0).temporary_name, "");
    assert_int_equal(file_of(job, 0).bytes_transferred, 5000);
}

static void an_existing_target_is_untouched_until_complete_replaces_it(struct harness *harness)
{
    const struct served old = { .path = "", .text = "what was there before" };
    struct xbits_job *job;

    write_file(harness, "a.bin", old.text);
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    assert_content(harness, "a.bin", &old);
    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_content(harness, "a.bin", &good);
    assert_int_equal(entries_in(harness), 1);
}

static void cancel_leaves_an_existing_target_as_it_was(struct harness *harness)
{
    static const enum xbits_job_state states[] = { XBITS_STATE_SUSPENDED, XBITS_STATE_TRANSFERRING,
                                                   XBITS_STATE_TRANSFERRED, XBITS_STATE_ERROR };
    const struct served old = { .path = "", .text = "what was there before" };

    write_file(harness, "a.bin", old.text);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, states[i]);

        assert_result(XBITS_S_OK, xbits_job_cancel(job));
        assert_state(job, CANCELLED);
        assert_content(harness, "a.bin", &old);
        assert_int_equal(entries_in(harness), 1);
    }
}

static void a_final_job_refuses_everything_and_can_be_read(struct harness *harness)
{
    static const enum xbits_job_state finals[] = { XBITS_STATE_ACKNOWLEDGED,
                                                   XBITS_STATE_CANCELLED };

    for (size_t i = 0; i < 2; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, finals[i]);
        struct xbits_value delay = xbits_value_u32(60);

        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_complete(job));
        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_cancel(job));
        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_resume(job));
        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_suspend(job));
        assert_fails(XBITS_BG_E_INVALID_STATE,
                     xbits_job_set(job, XBITS_JOB_MINIMUM_RETRY_DELAY, &delay));
        assert_state_in(job, 1u << finals[i]);
        assert_int_equal(snapshot_of(job).progress.files_total, 1);
        assert_string_equal(file_of(job, 0).local_name, harness_path(harness, "a.bin"));
    }
}

static void complete_keeps_the_whole_files_of_an_unfinished_job(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, good.path, "a.bin");

    harness_serve(harness, &good);
    harness_serve(harness, &stalled);
    add_file(harness, job, stalled.path, "b.bin");
    assert_ok(xbits_job_resume(job));
    wait_for_files(harness, job, 1);
    assert_result(XBITS_BG_S_PARTIAL_COMPLETE, xbits_job_complete(job));

    assert_state(job, ACKNOWLEDGED);
    assert_content(harness, "a.bin", &good);
    assert_true(file_of(job, 0).is_completed);
    assert_false(file_of(job, 1).is_completed);
    assert_int_equal(entries_in(harness), 1);
}

static void complete_without_a_whole_file_is_partial_and_leaves_nothing(struct harness *harness)
{
    static const enum xbits_job_state states[] = {
        XBITS_STATE_QUEUED, XBITS_STATE_CONNECTING,      XBITS_STATE_TRANSFERRING,
        XBITS_STATE_ERROR,  XBITS_STATE_TRANSIENT_ERROR, XBITS_STATE_SUSPENDED
    };

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, states[i]);

        assert_result(XBITS_BG_S_PARTIAL_COMPLETE, xbits_job_complete(job));
        assert_state(job, ACKNOWLEDGED);
        assert_int_equal(entries_in(harness), 0);
    }
}

static void complete_of_a_job_without_files_is_fine(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_state(job, ACKNOWLEDGED);
}

/* A directory took the name: the rename fails, and nothing that is whole is lost (2.5). */
static void complete_that_cannot_name_a_file_can_be_called_again(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, good.path, "a.bin");
    const char *obstacle = harness_path(harness, "b.bin");
    xbits_result result;

    harness_serve(harness, &good);
    add_file(harness, job, good.path, "b.bin");
    add_file(harness, job, good.path, "c.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(mkdir(obstacle, 0700), 0);
    result = xbits_job_complete(job);
    assert_true(XBITS_FAILED(result));
    assert_non_null(strstr(xbits_last_error()->message, "b.bin"));
    assert_state(job, TRANSFERRED);
    assert_content(harness, "a.bin", &good);
    assert_content(harness, "c.bin", &good);

    assert_int_equal(rmdir(obstacle), 0);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_state(job, ACKNOWLEDGED);
    assert_content(harness, "a.bin", &good);
    assert_content(harness, "b.bin", &good);
    assert_content(harness, "c.bin", &good);
    assert_int_equal(entries_in(harness), 3);
}

static void a_job_whose_complete_failed_can_be_cancelled(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    const char *obstacle = harness_path(harness, "a.bin");

    assert_int_equal(mkdir(obstacle, 0700), 0);
    assert_true(XBITS_FAILED(xbits_job_complete(job)));
    assert_result(XBITS_S_OK, xbits_job_cancel(job));

    assert_state(job, CANCELLED);
    assert_int_equal(entries_in(harness), 1);
}

/* Ruling 8: not every file was whole, so the job is SUSPENDED and drops nothing. */
static void a_failed_complete_of_an_unfinished_job_drops_nothing(struct harness *harness)
{
    const struct served later = { .path = "/stalled.bin", .size = 70000, .pattern = 8 };
    struct xbits_job *job = new_download(harness, good.path, "a.bin");
    const char *obstacle = harness_path(harness, "a.bin");

    harness_serve(harness, &good);
    harness_serve(harness, &stalled);
    add_file(harness, job, stalled.path, "b.bin");
    assert_ok(xbits_job_resume(job));
    wait_for_files(harness, job, 1);
    assert_int_equal(mkdir(obstacle, 0700), 0);
    assert_true(XBITS_FAILED(xbits_job_complete(job)));
    assert_state(job, SUSPENDED);
    assert_int_equal(rmdir(obstacle), 0);

    harness_serve(harness, &later);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), good.size);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &good);
}

/* A directory stands in the temporary file's place: it cannot be deleted as a file. */
static void make_undeletable(struct xbits_job *job)
{
    const char *temporary_name = file_of(job, 0).temporary_name;

    assert_int_equal(unlink(temporary_name), 0);
    assert_int_equal(mkdir(temporary_name, 0700), 0);
}

static void cancel_tells_what_it_could_not_delete(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    make_undeletable(job);

    assert_result(XBITS_BG_S_UNABLE_TO_DELETE_FILES, xbits_job_cancel(job));
    assert_state(job, CANCELLED);
}

static void complete_tells_what_it_could_not_delete(struct harness *harness)
{
    const struct served slow = { .path = "/slow.bin", .size = 1000000, .rate = 2000000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 1);
    assert_ok(xbits_job_suspend(job));
    make_undeletable(job);

    assert_result(XBITS_BG_S_UNABLE_TO_DELETE_FILES, xbits_job_complete(job));
    assert_state(job, ACKNOWLEDGED);
}

static void two_jobs_may_have_the_same_target(struct harness *harness)
{
    const struct served other = { .path = "/other.bin", .size = 7000, .pattern = 6 };
    struct xbits_job *first = new_download(harness, good.path, "a.bin");
    struct xbits_job *second = new_download(harness, other.path, "a.bin");

    harness_serve(harness, &good);
    harness_serve(harness, &other);
    assert_ok(xbits_job_resume(first));
    assert_ok(xbits_job_resume(second));
    assert_reaches(first, TRANSFERRED);
    assert_reaches(second, TRANSFERRED);
    assert_int_equal(entries_in(harness), 2);

    assert_result(XBITS_S_OK, xbits_job_complete(second));
    assert_content(harness, "a.bin", &other);
    assert_result(XBITS_S_OK, xbits_job_complete(first));
    assert_content(harness, "a.bin", &good);
    assert_int_equal(entries_in(harness), 1);
}

static void a_link_as_target_is_replaced_not_followed(struct harness *harness)
{
    const struct served old = { .path = "", .text = "behind the link" };
    struct xbits_job *job;
    struct stat status;

    write_file(harness, "behind.txt", old.text);
    assert_int_equal(symlink(harness_path(harness, "behind.txt"), harness_path(harness, "a.bin")),
                     0);
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_content(harness, "a.bin", &good);
    assert_content(harness, "behind.txt", &old);
    assert_int_equal(lstat(harness_path(harness, "a.bin"), &status), 0);
    assert_true(S_ISREG(status.st_mode));
}

static void a_queue_in_memory_ends_with_its_manager(struct harness *harness)
{
    static const enum xbits_job_state states[] = { XBITS_STATE_TRANSFERRING,
                                                   XBITS_STATE_TRANSFERRED,
                                                   XBITS_STATE_TRANSIENT_ERROR };

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        fresh_job_in_state(harness, states[i]);
        harness_close_manager(harness);
        assert_int_equal(entries_in(harness), 0);
    }
}

static void what_was_completed_stays_when_the_manager_closes(struct harness *harness)
{
    job_in_state(harness, XBITS_STATE_ACKNOWLEDGED);

    harness_close_manager(harness);

    assert_content(harness, "a.bin", &good);
    assert_int_equal(entries_in(harness), 1);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 16; 2.5", a_completed_file_bears_its_name_and_nothing_else_is_left),
    CONFORMANCE_TEST(0, "top 22; 2.5", an_existing_target_is_untouched_until_complete_replaces_it),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 18; 2.6", cancel_leaves_an_existing_target_as_it_was),
    CONFORMANCE_TEST(0, "top 17, 18", a_final_job_refuses_everything_and_can_be_read),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 19; 2.5",
                     complete_keeps_the_whole_files_of_an_unfinished_job),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "2.5 (4)",
                     complete_without_a_whole_file_is_partial_and_leaves_nothing),
    CONFORMANCE_TEST(0, "2.3; 14.7", complete_of_a_job_without_files_is_fine),
    CONFORMANCE_TEST(0, "top 20; 2.5", complete_that_cannot_name_a_file_can_be_called_again),
    CONFORMANCE_TEST(0, "top 20; 2.6", a_job_whose_complete_failed_can_be_cancelled),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "ruling 8",
                     a_failed_complete_of_an_unfinished_job_drops_nothing),
    CONFORMANCE_TEST(0, "top 21; 2.6", cancel_tells_what_it_could_not_delete),
    CONFORMANCE_TEST(0, "2.5 (3)", complete_tells_what_it_could_not_delete),
    CONFORMANCE_TEST(0, "2.9", two_jobs_may_have_the_same_target),
    CONFORMANCE_TEST(0, "2.5 (2); ruling 29", a_link_as_target_is_replaced_not_followed),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS | IS_IN_MEMORY, "ruling 26",
                     a_queue_in_memory_ends_with_its_manager),
    CONFORMANCE_TEST(0, "ruling 26", what_was_completed_stays_when_the_manager_closes),
};

const struct conformance_suite complete_suite = CONFORMANCE_SUITE("complete", tests);
