/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static size_t count_jobs(struct queue *queue)
{
    struct record_list list = read_records(queue, 0);
    size_t count = list.count;

    record_list_dispose(&list);
    return count;
}

static void a_reader_sees_what_the_owner_wrote(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    assert_ok(queue_fixture_try(fixture, true, &reader));
    assert_int_equal(count_jobs(reader), 1);
    assert_false(queue_has_news(reader));

    write_record(fixture->queue, make_record(2, 1));

    assert_true(queue_has_news(reader));
    assert_false(queue_has_news(reader));
    assert_int_equal(count_jobs(reader), 2);
    assert_true(queue_newest_serial(reader) == 2);
    queue_close(reader);
}

static void a_reader_writes_nothing(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(2, 1);
    struct record_batch batch = { .jobs = &record, .job_count = 1 };
    struct queue *reader = NULL;

    queue_fixture_open(fixture);
    assert_ok(queue_fixture_try(fixture, true, &reader));

    assert_fails(XBITS_E_ACCESSDENIED, queue_write(reader, &batch, true));
    assert_fails(XBITS_E_ACCESSDENIED, queue_forget_leftover(reader, "/a"));
    queue_close(reader);
    assert_int_equal(count_jobs(fixture->queue), 0);
    job_record_dispose(&record);
}

static void a_reader_needs_a_queue(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue_options options = { .disk = disk_system(), .is_read_only = true };
    char path[TEMP_PATH_SIZE];
    struct queue *reader = NULL;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, queue_fixture_try(fixture, true, &reader));
    options.directory = temp_directory_join(&fixture->directory, "no/queue", path);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, queue_open(&options, &reader));
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static void a_reader_stays_while_owners_come_and_go(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    queue_close(fixture->queue);
    fixture->queue = NULL;
    assert_ok(queue_fixture_try(fixture, true, &reader));
    assert_int_equal(count_jobs(reader), 1);

    queue_fixture_open(fixture);
    assert_false(queue_was_interrupted(fixture->queue));
    write_record(fixture->queue, make_record(2, 1));
    queue_fixture_reopen(fixture);

    assert_true(queue_has_news(reader));
    assert_int_equal(count_jobs(reader), 2);
    queue_close(reader);
}

/* In a child that is nobody, because the permissions do not bind root. Exit status: the jobs it
 * saw, 100 and more for what went wrong. */
static int read_as_nobody(struct queue_fixture *fixture)
{
    struct queue *reader = NULL;
    int count;

    if (geteuid() == 0 && setuid(65534) != 0)
        return 100;
    if (XBITS_FAILED(queue_fixture_try(fixture, true, &reader)))
        return 101;
    count = (int)count_jobs(reader);
    queue_close(reader);
    return count;
}

static void a_directory_that_cannot_be_written_can_be_read(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    int status = 0;
    pid_t child;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    queue_close(fixture->queue);
    fixture->queue = NULL;
    temp_directory_join(&fixture->directory, "queue.db", path);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(fixture->directory.path, 0555), 0);

    child = fork();
    if (child == 0)
        _Exit(read_as_nobody(fixture));
    assert_int_equal(waitpid(child, &status, 0), child);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
}

/* The owner is another process here: SQLite shares the log between them by queue.db-shm. */
static void a_reader_of_another_process_sees_the_log(void **state)
{
    struct queue_fixture *fixture = *state;
    int status = 0;
    pid_t child;

    queue_fixture_open(fixture);
    queue_fixture_reopen(fixture);
    write_record(fixture->queue, make_record(1, 1));

    child = fork();
    if (child == 0) {
        struct queue *reader = NULL;

        if (XBITS_FAILED(queue_fixture_try(fixture, true, &reader)))
            _Exit(100);
        _Exit((int)count_jobs(reader));
    }
    assert_int_equal(waitpid(child, &status, 0), child);

    assert_int_equal(WEXITSTATUS(status), 1);
    write_record(fixture->queue, make_record(2, 1));
}

#define QUEUE_TEST(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE_TEST(a_reader_sees_what_the_owner_wrote),
        QUEUE_TEST(a_reader_writes_nothing),
        QUEUE_TEST(a_reader_needs_a_queue),
        QUEUE_TEST(a_reader_stays_while_owners_come_and_go),
        QUEUE_TEST(a_directory_that_cannot_be_written_can_be_read),
        QUEUE_TEST(a_reader_of_another_process_sees_the_log),
    };

    return run_tests("queue_reader", tests);
}
