/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

/*
 * One queue, many managers and threads, on the machine's clock. cmocka's asserts belong to the main
 * thread: the others count what went wrong.
 */
#define THREADS 4
#define ROUNDS  25

struct visitor {
    const char *queue;
    struct backend_connection *connection; /* NULL: opens its own each time. */
    const struct xbits_id *job;
    const char *local_name;
    size_t failures;
};

static xbits_result open_queue(const char *queue, struct backend_connection **connection_out)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.source = "script";
    options.seed = 1;
    options.principal = "service";
    options.queue = queue;
    return sim_backend_open_on(&options, disk_system(), connection_out);
}

static void close_queue(struct backend_connection *connection)
{
    connection->backend->close(connection);
}

static xbits_result create_and_cancel(struct backend_connection *connection)
{
    const struct backend *slots = connection->backend;
    struct xbits_id id;
    xbits_result result;

    TRY(slots->create_job(connection, "job", XBITS_TYPE_DOWNLOAD, &id));
    result = slots->ask(connection, &id, REQUEST_CANCEL);
    slots->release_job(connection, &id);
    return result;
}

static void come_and_go(void *user)
{
    struct visitor *visitor = user;

    for (int i = 0; i < ROUNDS; i++) {
        struct backend_connection *connection;

        if (open_queue(visitor->queue, &connection) != XBITS_S_OK) {
            visitor->failures++;
            continue;
        }
        if (create_and_cancel(connection) != XBITS_S_OK)
            visitor->failures++;
        close_queue(connection);
    }
}

static size_t run_visitors(struct visitor visitors[THREADS], void (*run)(void *user))
{
    struct thread *threads[THREADS];
    size_t failures = 0;

    for (int i = 0; i < THREADS; i++)
        assert_ok(thread_start(run, &visitors[i], &threads[i]));
    for (int i = 0; i < THREADS; i++) {
        thread_join(threads[i]);
        failures += visitors[i].failures;
    }
    return failures;
}

static bool count_one(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    ++*(size_t *)user;
    return true;
}

static size_t count_jobs(struct backend_connection *connection)
{
    size_t count = 0;

    assert_ok(connection->backend->read_jobs(connection, XBITS_SCOPE_ALL_USERS, count_one, &count));
    return count;
}

static void managers_open_and_close_one_queue_at_the_same_time(void **state)
{
    struct temp_directory directory;
    struct visitor visitors[THREADS] = { 0 };
    struct backend_connection *connection;

    (void)state;
    temp_directory_make(&directory);
    for (int i = 0; i < THREADS; i++)
        visitors[i].queue = directory.path;

    assert_int_equal(run_visitors(visitors, come_and_go), 0);

    assert_ok(open_queue(directory.path, &connection));
    assert_int_equal(count_jobs(connection), 0);
    close_queue(connection);
    temp_directory_remove(&directory);
}

/* A job that was cancelled answers INVALID_STATE from then on, and nothing else goes wrong. */
static bool is_expected(xbits_result result)
{
    return result == XBITS_S_OK || result == XBITS_BG_E_INVALID_STATE;
}

static void work_at_the_job(void *user)
{
    const struct visitor *visitor = user;
    const struct backend *slots = visitor->connection->backend;
    const struct xbits_file_spec spec = { .remote_name = "http://origin.test/a",
                                          .local_name = visitor->local_name };
    struct visitor *mine = user;

    for (uint32_t i = 0; i < 10; i++) {
        struct xbits_value delay = xbits_value_u32(60 + i);
        xbits_result results[] = {
            slots->add_files(visitor->connection, visitor->job, &spec, 1),
            slots->set_job_property(visitor->connection, visitor->job,
                                    XBITS_JOB_MINIMUM_RETRY_DELAY, &delay),
            slots->ask(visitor->connection, visitor->job, REQUEST_RESUME),
            slots->ask(visitor->connection, visitor->job, REQUEST_SUSPEND),
        };

        for (size_t j = 0; j < sizeof(results) / sizeof(results[0]); j++)
            mine->failures += !is_expected(results[j]);
    }
}

static void work_or_cancel(void *user)
{
    struct visitor *visitor = user;

    if (visitor->local_name != NULL) {
        work_at_the_job(visitor);
        return;
    }
    if (!is_expected(
            visitor->connection->backend->ask(visitor->connection, visitor->job, REQUEST_CANCEL)))
        visitor->failures++;
}

static void one_manager_cancels_what_the_others_work_at(void **state)
{
    struct temp_directory directory;
    struct visitor visitors[THREADS] = { 0 };
    char path[TEMP_PATH_SIZE];
    struct xbits_id id;

    (void)state;
    for (int round = 0; round < 5; round++) {
        temp_directory_make(&directory);
        temp_directory_join(&directory, "a.bin", path);
        for (int i = 0; i < THREADS; i++) {
            const char *local_name = i == THREADS - 1 ? NULL : path;

            visitors[i] = (struct visitor){ .job = &id, .local_name = local_name };
            assert_ok(open_queue(directory.path, &visitors[i].connection));
        }
        assert_ok(visitors[0].connection->backend->create_job(visitors[0].connection, "job",
                                                              XBITS_TYPE_DOWNLOAD, &id));
        for (int i = 1; i < THREADS; i++)
            assert_ok(visitors[i].connection->backend->hold_job(visitors[i].connection, &id));

        assert_int_equal(run_visitors(visitors, work_or_cancel), 0);

        for (int i = 0; i < THREADS; i++)
            visitors[i].connection->backend->release_job(visitors[i].connection, &id);
        assert_int_equal(count_jobs(visitors[0].connection), 0);
        for (int i = 0; i < THREADS; i++)
            close_queue(visitors[i].connection);
        assert_false(temp_directory_has(&directory, "a.bin"));
        temp_directory_remove(&directory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(managers_open_and_close_one_queue_at_the_same_time),
        cmocka_unit_test(one_manager_cancels_what_the_others_work_at),
    };

    return run_tests("sim_shared", tests);
}
