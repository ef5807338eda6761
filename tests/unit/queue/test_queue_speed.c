/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/* Figures for people: printed, never asserted, because a machine may be busy. */
#define JOBS    100000
#define PART    1000
#define COMMITS 500

static uint64_t now_ms(void)
{
    return clock_ms(clock_system());
}

static void write_part(struct queue *queue, uint64_t first)
{
    struct record_batch batch = { .jobs = calloc(PART, sizeof(struct job_record)),
                                  .job_count = PART };

    assert_non_null(batch.jobs);
    for (size_t i = 0; i < PART; i++)
        batch.jobs[i] = make_record(first + i, 1);
    assert_ok(queue_write(queue, &batch, false));
    record_batch_dispose(&batch);
}

static void print_rate(const char *what, uint64_t count, uint64_t ms)
{
    printf("# %s: %llu in %llu ms\n", what, (unsigned long long)count, (unsigned long long)ms);
}

static xbits_result count_record(void *user, struct job_record *record)
{
    (*(size_t *)user)++;
    job_record_dispose(record);
    return XBITS_S_OK;
}

/* The owner does not close it, as after a crash: the next open has to check the file. */
static void open_after_crash(struct queue_fixture *fixture)
{
    uint64_t start;

    run_sql(fixture, "UPDATE meta SET is_open = 1");
    start = now_ms();
    queue_fixture_open(fixture);
    print_rate("open after an unclean end, jobs", JOBS, now_ms() - start);
}

static void a_queue_of_many_jobs_is_loaded_fast(void **state)
{
    struct queue_fixture *fixture = *state;
    struct disk_stat status = { 0 };
    char path[TEMP_PATH_SIZE];
    size_t count = 0;
    uint64_t start;

    queue_fixture_open(fixture);
    start = now_ms();
    for (uint64_t first = 1; first <= JOBS; first += PART)
        write_part(fixture->queue, first);
    print_rate("jobs written in parts of 1,000", JOBS, now_ms() - start);

    start = now_ms();
    queue_fixture_reopen(fixture);
    print_rate("close and open, jobs", JOBS, now_ms() - start);

    start = now_ms();
    assert_ok(queue_read_jobs(fixture->queue, 0, count_record, &count));
    print_rate("jobs loaded", count, now_ms() - start);
    assert_int_equal(count, JOBS);

    queue_close(fixture->queue);
    fixture->queue = NULL;
    assert_ok(disk_stat(disk_system(), temp_directory_join(&fixture->directory, "queue.db", path),
                        &status));
    printf("# bytes a job: %llu\n", (unsigned long long)(status.size / JOBS));
    open_after_crash(fixture);
}

static void single_jobs_are_committed_fast(void **state)
{
    struct queue_fixture *fixture = *state;
    struct record_list list;
    uint64_t start;

    queue_fixture_open(fixture);
    start = now_ms();
    for (uint64_t number = 1; number <= COMMITS; number++)
        write_record(fixture->queue, make_record(number, 1));
    print_rate("durable commits of one job", COMMITS, now_ms() - start);

    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, COMMITS);
    record_list_dispose(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_queue_of_many_jobs_is_loaded_fast, queue_fixture_begin,
                                        queue_fixture_end),
        cmocka_unit_test_setup_teardown(single_jobs_are_committed_fast, queue_fixture_begin,
                                        queue_fixture_end),
    };

    return run_tests("queue_speed", tests);
}
