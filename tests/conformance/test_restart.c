/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* What a queue in a directory remembers (bits-client 11, checks 55 and 56, rulings 1, 10 and 24).
 */

#define SIZE UINT64_C(1000000)

static const struct served slow_file = {
    .path = "/a.bin", .size = SIZE, .pattern = 71, .rate = 2000000
};

static struct xbits_job *opened_again(struct harness *harness, const struct xbits_id *id)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_open(harness->manager, id, &job));
    return harness_keep_job(harness, job);
}

static struct xbits_job *restarted(struct harness *harness, struct xbits_job *job)
{
    struct xbits_id id = *xbits_job_id(job);

    harness_restart(harness);
    return opened_again(harness, &id);
}

static void a_job_is_there_again_with_all_it_was_told(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin?x=1", "a.bin");
    struct xbits_value description = xbits_value_text("::WMP_STATUS:1:x");
    struct xbits_job_snapshot before;
    struct xbits_job_snapshot snapshot;
    struct xbits_file_snapshot file;

    assert_ok(xbits_job_set(job, XBITS_JOB_DESCRIPTION, &description));
    set_priority(job, LOW);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 77);
    XBITS_INIT(&before);
    snapshot = snapshot_of(job);
    assert_ok(xbits_job_snapshot_copy(&snapshot, &before));
    job = restarted(harness, job);

    snapshot = snapshot_of(job);
    file = file_of(job, 0);
    assert_int_equal(snapshot.state, XBITS_STATE_SUSPENDED);
    assert_string_equal(snapshot.display_name, before.display_name);
    assert_string_equal(snapshot.description, "::WMP_STATUS:1:x");
    assert_string_equal(snapshot.owner, before.owner);
    assert_int_equal(snapshot.priority, XBITS_PRIORITY_LOW);
    assert_true(snapshot.times.creation == before.times.creation);
    assert_true(snapshot.times.modification == before.times.modification);
    assert_int_equal(get_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY), 77);
    assert_int_equal(get_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT), 1209600);
    assert_string_equal(file.remote_name, harness_url(harness, "/a.bin?x=1"));
    assert_string_equal(file.local_name, harness_path(harness, "a.bin"));
    assert_true(file.bytes_total == XBITS_SIZE_UNKNOWN);
    xbits_job_snapshot_dispose(&before);
}

static void a_running_job_goes_on_from_where_it_was(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, slow_file.path, "a.bin");
    uint64_t kept;

    harness_serve(harness, &slow_file);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, SIZE / 4);
    kept = snapshot_of(job).progress.bytes_transferred;
    job = restarted(harness, job);

    assert_state_in(job, XBITS_STATES_ACTIVE);
    assert_true(snapshot_of(job).progress.bytes_transferred >= kept);
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), SIZE);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &slow_file);
    assert_int_equal(entries_in(harness), 1);
}

static void a_suspended_job_stays_suspended_and_keeps_its_bytes(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, slow_file.path, "a.bin");
    uint64_t kept;

    harness_serve(harness, &slow_file);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, SIZE / 4);
    assert_ok(xbits_job_suspend(job));
    kept = snapshot_of(job).progress.bytes_transferred;
    job = restarted(harness, job);

    assert_state(job, SUSPENDED);
    assert_int_equal(snapshot_of(job).progress.bytes_transferred, kept);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), SIZE);
}

static void a_transferred_job_can_be_completed_after_a_restart(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 5000, .pattern = 3 };
    struct xbits_job *job = new_download(harness, served.path, "a.bin");

    harness_serve(harness, &served);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    job = restarted(harness, job);

    assert_state(job, TRANSFERRED);
    assert_false(file_exists(harness, "a.bin"));
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &served);
}

static void a_job_that_ended_is_not_there_again(struct harness *harness)
{
    struct xbits_job *completed = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_job *cancelled = new_download(harness, "/b.bin", "b.bin");
    struct xbits_id ids[] = { *xbits_job_id(completed), *xbits_job_id(cancelled) };
    struct xbits_job *job;

    assert_result(XBITS_S_OK, xbits_job_complete(completed));
    assert_result(XBITS_S_OK, xbits_job_cancel(cancelled));
    harness_restart(harness);

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &ids[0], &job));
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &ids[1], &job));
}

/* bits-client 11: error information stays while the job is in an error state. */
static void an_error_is_still_told_after_a_restart(struct harness *harness)
{
    const struct served gone = { .path = "/a.bin", .status = 404 };
    struct xbits_job *job = new_download(harness, gone.path, "a.bin");
    struct xbits_job_error error;

    harness_serve(harness, &gone);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    job = restarted(harness, job);

    assert_state(job, ERROR);
    assert_job_error(job, (xbits_result)0x80190194u, REMOTE_FILE);
    assert_ok(xbits_job_get_error(job, &error));
    assert_int_equal(error.file, 0);
    assert_string_equal(error.protocol, "http");
    assert_true(error.message[0] != '\0');
}

/* Ruling 24: a start of the service is an event; the retry delay is not waited for. */
static void a_job_in_transient_error_is_tried_at_once(struct harness *harness)
{
    const struct served busy = { .path = "/a.bin", .status = 503 };
    const struct served good = { .path = "/a.bin", .size = 100 };
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");

    harness_serve(harness, &busy);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    harness_serve(harness, &good);
    job = restarted(harness, job);

    assert_state_in(job, XBITS_STATES_ACTIVE);
    assert_reaches(job, TRANSFERRED);
}

/* Ruling 24: the no-progress time goes on from its start. */
static void no_progress_goes_on_counting(struct harness *harness)
{
    const struct served busy = { .path = "/a.bin", .status = 503 };
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");

    harness_serve(harness, &busy);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 600);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 3000);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    advance(harness, 2000 * 1000);
    assert_state(job, TRANSIENT_ERROR);
    job = restarted(harness, job);
    assert_reaches(job, TRANSIENT_ERROR);
    advance(harness, 900 * 1000);
    assert_state(job, TRANSIENT_ERROR);
    advance(harness, 200 * 1000);

    assert_state(job, ERROR);
}

struct seen_events {
    unsigned count;
    uint64_t last;
    enum xbits_event_id ids[16];
};

static bool see(const struct xbits_event *event, void *user)
{
    struct seen_events *seen = user;

    assert_true(event->number > seen->last);
    seen->last = event->number;
    if (seen->count < 16)
        seen->ids[seen->count] = event->id;
    seen->count++;
    return true;
}

static void events_are_kept_with_the_queue(struct harness *harness)
{
    static const enum xbits_event_id expected[] = {
        XBITS_EVENT_CREATED, XBITS_EVENT_RESUMED,   XBITS_EVENT_STARTED,
        XBITS_EVENT_STOPPED, XBITS_EVENT_COMPLETED,
    };
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct seen_events seen = { 0 };
    struct seen_events later = { 0 };

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    harness_restart(harness);
    (void)new_job(harness);

    assert_ok(xbits_manager_visit_events(harness->manager, 0, see, &seen));
    assert_int_equal(seen.count, 6);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(seen.ids[i], expected[i]);
    assert_int_equal(seen.ids[5], XBITS_EVENT_CREATED);
    later.last = seen.last - 1;
    assert_ok(xbits_manager_visit_events(harness->manager, seen.last - 1, see, &later));
    assert_int_equal(later.count, 1);
}

static struct xbits_manager *second_manager(struct harness *harness, enum xbits_access access)
{
    struct xbits_options options = harness->options;
    struct xbits_manager *manager = NULL;

    options.access = access;
    assert_ok(xbits_manager_open(&options, &manager));
    return manager;
}

/* Ruling 1. */
static void managers_of_one_queue_share_its_jobs(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);
    struct xbits_manager *other = second_manager(harness, XBITS_ACCESS_RUN);
    struct xbits_job *same = NULL;

    assert_ok(xbits_job_open(other, xbits_job_id(job), &same));
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 99);
    assert_int_equal(get_u32(same, XBITS_JOB_MINIMUM_RETRY_DELAY), 99);
    assert_ok(xbits_job_resume(same));
    assert_state_in(job, XBITS_STATES_ACTIVE);

    xbits_job_close(same);
    xbits_manager_close(other);
    assert_state_in(job, XBITS_STATES_ACTIVE);
}

static void a_handle_that_a_closed_manager_left_keeps_no_final_job(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_manager *other = second_manager(harness, XBITS_ACCESS_RUN);
    struct xbits_job *left = NULL;

    assert_ok(xbits_job_open(other, &id, &left));
    xbits_manager_close(other);
    assert_fails(XBITS_E_ABORT, xbits_job_resume(left));
    assert_ok(xbits_job_cancel(job));
    harness_close_job(harness, job);

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &id, &job));
    xbits_job_close(left);
}

static void a_reader_may_look_and_not_touch(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);
    struct xbits_manager *reader = second_manager(harness, XBITS_ACCESS_READ);
    struct xbits_value text = xbits_value_text("new");
    struct xbits_job *same = NULL;
    struct xbits_job *made = NULL;

    assert_ok(xbits_job_open(reader, xbits_job_id(job), &same));
    assert_state(same, SUSPENDED);
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_resume(same));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_set(same, XBITS_JOB_DESCRIPTION, &text));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_create(reader, "x", XBITS_TYPE_DOWNLOAD, &made));
    xbits_job_close(same);
    xbits_manager_close(reader);
    assert_state(job, SUSPENDED);
}

static void a_queue_that_nobody_runs_can_be_read(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, slow_file.path, "a.bin");
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_options options = harness->options;
    uint64_t owner = 1;

    harness_serve(harness, &slow_file);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, SIZE / 4);
    options.access = XBITS_ACCESS_READ;
    harness_reopen(harness, &options);
    job = opened_again(harness, &id);

    assert_state(job, QUEUED);
    assert_int_equal(snapshot_of(job).waiting_for, XBITS_WAITING_OWNER);
    assert_true(snapshot_of(job).progress.bytes_transferred >= SIZE / 4);
    assert_result(XBITS_S_FALSE, xbits_manager_owner(harness->manager, &owner));
    assert_true(owner == 0);
}

static void a_queue_that_is_edited_gives_no_turns(struct harness *harness)
{
    struct xbits_options options;
    struct xbits_job *job;

    harness_options(harness, &options);
    options.access = XBITS_ACCESS_EDIT;
    harness_reopen(harness, &options);
    harness_serve(harness, &slow_file);
    job = new_download(harness, slow_file.path, "a.bin");
    assert_ok(xbits_job_resume(job));
    advance(harness, DAY_MS);

    assert_state(job, QUEUED);
    assert_int_equal(snapshot_of(job).waiting_for, XBITS_WAITING_OWNER);
    assert_ok(xbits_job_suspend(job));
    assert_state(job, SUSPENDED);
}

static void a_queue_that_is_not_there_cannot_be_read(struct harness *harness)
{
    struct xbits_options options;
    struct xbits_manager *reader = NULL;

    harness_options(harness, &options);
    options.access = XBITS_ACCESS_READ;
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_manager_open(&options, &reader));
}

static void a_queue_is_an_absolute_directory_or_a_name_in_memory(struct harness *harness)
{
    struct xbits_options options;
    struct xbits_manager *manager = NULL;

    harness_options(harness, &options);
    options.queue = "here";
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_open(&options, &manager));
    options.queue = "";
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_open(&options, &manager));
    write_file(harness, "file", "x");
    options.queue = harness_path(harness, "file");
    assert_true(XBITS_FAILED(xbits_manager_open(&options, &manager)));
    options.queue = "memory:shared";
    assert_ok(xbits_manager_open(&options, &manager));
    xbits_manager_close(manager);
}

/* bits-client 2.8, 11, check 57. */
static void a_job_that_nothing_happens_to_ends_after_90_days(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, slow_file.path, "a.bin");
    struct xbits_id id = *xbits_job_id(job);

    advance(harness, 80 * DAY_MS);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 99);
    advance(harness, 80 * DAY_MS);
    assert_state(job, SUSPENDED);
    job = restarted(harness, job);
    advance(harness, 9 * DAY_MS);
    assert_state(job, SUSPENDED);
    advance(harness, 2 * DAY_MS);

    assert_state(job, CANCELLED);
    harness_restart(harness);
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &id, &job));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_RESTART, "top 55; 11", a_job_is_there_again_with_all_it_was_told),
    CONFORMANCE_TEST(CAN_RESTART | CAN_DELAY_ANSWERS, "top 55, 56; 11",
                     a_running_job_goes_on_from_where_it_was),
    CONFORMANCE_TEST(CAN_RESTART | CAN_DELAY_ANSWERS, "top 55; 11",
                     a_suspended_job_stays_suspended_and_keeps_its_bytes),
    CONFORMANCE_TEST(CAN_RESTART, "11", a_transferred_job_can_be_completed_after_a_restart),
    CONFORMANCE_TEST(CAN_RESTART, "10.3 11", a_job_that_ended_is_not_there_again),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SERVE_FAULTS, "5.7 11",
                     an_error_is_still_told_after_a_restart),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SERVE_FAULTS, "2.8 11",
                     a_job_in_transient_error_is_tried_at_once),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SERVE_FAULTS | CAN_SKIP_TIME, "2.8",
                     no_progress_goes_on_counting),
    CONFORMANCE_TEST(CAN_RESTART, "11", events_are_kept_with_the_queue),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 1", managers_of_one_queue_share_its_jobs),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 5",
                     a_handle_that_a_closed_manager_left_keeps_no_final_job),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 10", a_reader_may_look_and_not_touch),
    CONFORMANCE_TEST(CAN_RESTART | CAN_DELAY_ANSWERS, "ruling 10",
                     a_queue_that_nobody_runs_can_be_read),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SKIP_TIME, "ruling 10",
                     a_queue_that_is_edited_gives_no_turns),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 10", a_queue_that_is_not_there_cannot_be_read),
    CONFORMANCE_TEST(CAN_RESTART, "ruling 1", a_queue_is_an_absolute_directory_or_a_name_in_memory),
    CONFORMANCE_TEST(CAN_RESTART | CAN_SKIP_TIME, "top 57; 2.8; 11",
                     a_job_that_nothing_happens_to_ends_after_90_days),
};
const struct conformance_suite restart_suite = CONFORMANCE_SUITE("restart", tests);
