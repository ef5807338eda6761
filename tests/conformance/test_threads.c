/* SPDX-License-Identifier: MIT */
#include "base/thread.h"
#include "conformance/steps.h"
#include "support/assert_result.h"

/*
 * Calls from several threads, and the engine on the machine's clock (ruling 32). cmocka's asserts
 * belong to the main thread: the others note what they saw.
 */

#define WALL_LIMIT_MS 60000

static void open_on_the_machines_clock(struct harness *harness)
{
    struct xbits_options options;

    harness_options(harness, &options);
    options.clock = XBITS_CLOCK_SYSTEM;
    options.principal = "service";
    harness_reopen(harness, &options);
}

static void a_download_runs_by_itself_on_the_machines_clock(struct harness *harness)
{
    const struct served good = { .path = "/a.bin", .size = 300000, .pattern = 3 };
    struct xbits_job *job;

    open_on_the_machines_clock(harness);
    harness_serve(harness, &good);
    job = new_download(harness, good.path, "a.bin");
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, WALL_LIMIT_MS, NULL));

    assert_state(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &good);
}

static void a_wait_on_the_machines_clock_runs_out(struct harness *harness)
{
    struct xbits_job *job;

    open_on_the_machines_clock(harness);
    job = new_job(harness);

    assert_fails(XBITS_ERROR_TIMEOUT, xbits_job_wait(job, XBITS_STATES_SETTLED, 20, NULL));
}

struct waiter {
    struct xbits_manager *manager;
    struct xbits_job *job;
    xbits_result result;
    xbits_result last_error;
};

static void wait_for_the_job(void *user)
{
    struct waiter *waiter = user;

    waiter->result = xbits_job_wait(waiter->job, XBITS_STATES_SETTLED, XBITS_FOREVER, NULL);
    waiter->last_error = xbits_last_error()->result;
}

static void read_changes_until_final(void *user)
{
    struct waiter *waiter = user;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    XBITS_INIT(&change);
    do {
        waiter->result =
            xbits_manager_next_change(waiter->manager, &cursor, XBITS_FOREVER, &change);
    } while (waiter->result == XBITS_S_OK && change.state != XBITS_STATE_ACKNOWLEDGED);
}

static void closing_the_manager_ends_the_waits_for_a_job(struct harness *harness)
{
    struct waiter waiters[3];
    struct thread *threads[3];

    open_on_the_machines_clock(harness);
    struct xbits_job *job = new_job(harness);
    for (int i = 0; i < 3; i++) {
        waiters[i] = (struct waiter){ harness->manager, job, XBITS_S_OK, XBITS_S_OK };
        assert_ok(thread_start(wait_for_the_job, &waiters[i], &threads[i]));
    }
    xbits_manager_close(harness->manager);
    harness->manager = NULL;
    for (int i = 0; i < 3; i++)
        thread_join(threads[i]);

    for (int i = 0; i < 3; i++) {
        assert_int_equal(waiters[i].result, XBITS_E_ABORT);
        assert_int_equal(waiters[i].last_error, XBITS_E_ABORT);
    }
}

static void a_handle_that_outlives_its_manager_answers_abort(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    xbits_manager_close(harness->manager);
    harness->manager = NULL;

    assert_fails(XBITS_E_ABORT, xbits_job_read(job, &snapshot));
    assert_fails(XBITS_E_ABORT, xbits_job_resume(job));
    assert_fails(XBITS_E_ABORT, xbits_job_cancel(job));
    assert_fails(XBITS_E_ABORT, xbits_job_wait(job, XBITS_IN(SUSPENDED), 0, NULL));
}

static void a_wait_ends_when_another_thread_cancels_the_job(struct harness *harness)
{
    struct waiter waiter;
    struct thread *thread;

    open_on_the_machines_clock(harness);
    waiter = (struct waiter){ harness->manager, new_job(harness), XBITS_E_ABORT, XBITS_S_OK };
    assert_ok(thread_start(wait_for_the_job, &waiter, &thread));
    assert_ok(xbits_job_cancel(waiter.job));
    thread_join(thread);

    assert_int_equal(waiter.result, XBITS_S_OK);
}

#define WORKER_COUNT    4
#define JOBS_PER_WORKER 50

struct worker {
    struct xbits_manager *manager;
    const char *url;
    const char *path;
    int failures;
};

static bool ignore_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    (void)user;
    return true;
}

static bool use_one_job(const struct worker *worker)
{
    struct xbits_job *job = NULL;
    struct xbits_job_snapshot snapshot;
    bool is_fine;

    XBITS_INIT(&snapshot);
    if (XBITS_FAILED(xbits_job_create(worker->manager, "a job", XBITS_TYPE_DOWNLOAD, &job)))
        return false;
    is_fine = xbits_job_add_file(job, worker->url, worker->path) == XBITS_S_OK &&
              xbits_job_resume(job) == XBITS_S_OK && xbits_job_read(job, &snapshot) == XBITS_S_OK &&
              xbits_manager_visit_jobs(worker->manager, XBITS_SCOPE_MINE, ignore_job, NULL) ==
                  XBITS_S_OK &&
              xbits_job_suspend(job) == XBITS_S_OK && xbits_job_cancel(job) == XBITS_S_OK;
    xbits_job_close(job);
    return is_fine;
}

static void use_jobs(void *user)
{
    struct worker *worker = user;

    for (int i = 0; i < JOBS_PER_WORKER; i++)
        worker->failures += use_one_job(worker) ? 0 : 1;
}

static void use_jobs_on_many_threads(struct harness *harness)
{
    const struct served good = { .path = "/a.bin", .size = 1000 };
    struct worker workers[WORKER_COUNT];
    struct thread *threads[WORKER_COUNT];

    harness_serve(harness, &good);
    for (int i = 0; i < WORKER_COUNT; i++) {
        workers[i] = (struct worker){ harness->manager, harness_url(harness, good.path),
                                      harness_path(harness, "a.bin"), 0 };
        assert_ok(thread_start(use_jobs, &workers[i], &threads[i]));
    }
    for (int i = 0; i < WORKER_COUNT; i++)
        thread_join(threads[i]);

    for (int i = 0; i < WORKER_COUNT; i++)
        assert_int_equal(workers[i].failures, 0);
    assert_int_equal(entries_in(harness), 0);
}

static void jobs_are_used_from_many_threads_on_the_machines_clock(struct harness *harness)
{
    open_on_the_machines_clock(harness);
    use_jobs_on_many_threads(harness);
}

static void jobs_are_used_from_many_threads_in_virtual_time(struct harness *harness)
{
    struct xbits_options options;

    harness_options(harness, &options);
    options.principal = "service";
    harness_reopen(harness, &options);
    use_jobs_on_many_threads(harness);
}

static void a_reader_and_a_download_share_a_manager(struct harness *harness)
{
    const struct served good = { .path = "/a.bin", .size = 2000000, .pattern = 3 };
    struct waiter waiter;
    struct thread *thread;
    struct xbits_job *job;

    open_on_the_machines_clock(harness);
    harness_serve(harness, &good);
    waiter = (struct waiter){ harness->manager, NULL, XBITS_S_OK, XBITS_S_OK };
    assert_ok(thread_start(read_changes_until_final, &waiter, &thread));
    job = new_download(harness, good.path, "a.bin");
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_wait(job, XBITS_STATES_SETTLED, WALL_LIMIT_MS, NULL));
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    thread_join(thread);

    assert_int_equal(waiter.result, XBITS_S_OK);
    assert_content(harness, "a.bin", &good);
}

static void two_managers_are_two_queues(struct harness *harness)
{
    struct xbits_manager *other = NULL;
    struct xbits_options options;
    struct xbits_job *job = new_job(harness);
    struct xbits_job *found = NULL;

    harness_options(harness, &options);
    assert_ok(xbits_manager_open(&options, &other));
    xbits_result result = xbits_job_open(other, xbits_job_id(job), &found);
    xbits_manager_close(other);

    assert_int_equal(result, XBITS_BG_E_NOT_FOUND);
    assert_state(job, SUSPENDED);
}

static void a_manager_that_was_woken_ends_its_next_wait(struct harness *harness)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct xbits_change change;
    uint64_t start = now_ms(harness);

    XBITS_INIT(&change);
    assert_ok(xbits_manager_wake(harness->manager));
    assert_result(XBITS_S_FALSE,
                  xbits_manager_next_change(harness->manager, &cursor, XBITS_FOREVER, &change));
    assert_int_equal(now_ms(harness), start);

    assert_result(XBITS_S_FALSE,
                  xbits_manager_next_change(harness->manager, &cursor, 1000, &change));
    assert_int_equal(now_ms(harness), start + 1000);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 32", a_manager_that_was_woken_ends_its_next_wait),
    CONFORMANCE_TEST(0, "architecture 6", a_download_runs_by_itself_on_the_machines_clock),
    CONFORMANCE_TEST(0, "ruling 16", a_wait_on_the_machines_clock_runs_out),
    CONFORMANCE_TEST(0, "ruling 32", closing_the_manager_ends_the_waits_for_a_job),
    CONFORMANCE_TEST(0, "ruling 32", a_handle_that_outlives_its_manager_answers_abort),
    CONFORMANCE_TEST(0, "ruling 32", a_wait_ends_when_another_thread_cancels_the_job),
    CONFORMANCE_TEST(0, "ruling 32", jobs_are_used_from_many_threads_on_the_machines_clock),
    CONFORMANCE_TEST(0, "ruling 6, 32", jobs_are_used_from_many_threads_in_virtual_time),
    CONFORMANCE_TEST(0, "ruling 3, 32", a_reader_and_a_download_share_a_manager),
    CONFORMANCE_TEST(0, "ruling 1", two_managers_are_two_queues),
};

const struct conformance_suite threads_suite = CONFORMANCE_SUITE("threads", tests);
