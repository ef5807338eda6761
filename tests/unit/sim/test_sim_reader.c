/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/queue.h"
#include "backend-sim/sim_backend.h"

#include "base/text.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A manager that only reads, beside an owner who writes records as an engine would. What hangs
 * ends the test.
 */
#define HANGS_AFTER_S 60

struct fixture {
    struct temp_directory directory;
    struct queue *owner;
    struct backend_connection *reader;
    uint64_t change;
    uint64_t event;
};

static const struct backend *slots(const struct fixture *fixture)
{
    return fixture->reader->backend;
}

static struct xbits_id id_of(uint32_t number)
{
    return (struct xbits_id){ number, 1, 2, { 3 } };
}

static void write_batch(struct fixture *fixture, struct record_batch *batch)
{
    assert_ok(queue_write(fixture->owner, batch, false));
    record_batch_dispose(batch);
}

/* Makes or changes a job. */
static void put(struct fixture *fixture, uint32_t number, enum xbits_job_state state)
{
    struct record_batch batch = { .job_count = 1 };
    struct job_record *record = calloc(1, sizeof(*record));

    assert_non_null(record);
    *record = (struct job_record){ .id = id_of(number),
                                   .serial = number,
                                   .change = ++fixture->change,
                                   .state = state,
                                   .priority = XBITS_PRIORITY_NORMAL,
                                   .retry_left_ms = UINT64_MAX };
    assert_ok(text_copy("job", &record->display_name));
    assert_ok(text_copy("S-1-5-18", &record->owner));
    batch.jobs = record;
    write_batch(fixture, &batch);
}

static struct event_record event_of(struct fixture *fixture, uint32_t number,
                                    enum xbits_event_id id)
{
    struct event_record event = { .number = ++fixture->event, .id = id, .job = id_of(number) };

    assert_ok(text_copy("job", &event.display_name));
    assert_ok(text_copy("", &event.text));
    return event;
}

/* Ends a job as an owner does that keeps it held: it is not forgotten yet. */
static void end(struct fixture *fixture, uint32_t number, enum xbits_event_id id)
{
    struct record_batch batch = { .job_count = 1, .event_count = 1 };

    batch.jobs = calloc(1, sizeof(*batch.jobs));
    batch.events = calloc(1, sizeof(*batch.events));
    assert_non_null(batch.jobs);
    assert_non_null(batch.events);
    batch.jobs[0] = (struct job_record){
        .id = id_of(number), .serial = number, .change = ++fixture->change, .is_over = true
    };
    batch.events[0] = event_of(fixture, number, id);
    write_batch(fixture, &batch);
}

static void write_events(struct fixture *fixture, size_t count)
{
    struct record_batch batch = { .event_count = count };

    batch.events = calloc(count, sizeof(*batch.events));
    assert_non_null(batch.events);
    for (size_t i = 0; i < count; i++)
        batch.events[i] = event_of(fixture, 99, XBITS_EVENT_STARTED);
    write_batch(fixture, &batch);
}

static void set_up(struct fixture *fixture)
{
    struct queue_options from = { .disk = disk_system() };

    alarm(HANGS_AFTER_S);
    memset(fixture, 0, sizeof(*fixture));
    temp_directory_make(&fixture->directory);
    from.directory = fixture->directory.path;
    assert_ok(queue_open(&from, &fixture->owner));
}

static void open_reader(struct fixture *fixture, enum xbits_clock clock)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.queue = fixture->directory.path;
    options.access = XBITS_ACCESS_READ;
    options.principal = "service";
    options.clock = clock;
    assert_ok(sim_backend_open_on(&options, disk_system(), &fixture->reader));
}

static void tear_down(struct fixture *fixture)
{
    slots(fixture)->close(fixture->reader);
    queue_close(fixture->owner);
    temp_directory_remove(&fixture->directory);
    alarm(0);
}

static struct xbits_change next(struct fixture *fixture, struct xbits_cursor *cursor)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    assert_ok(slots(fixture)->next_change(fixture->reader, cursor, 0, &change));
    return change;
}

static void assert_told(struct fixture *fixture, struct xbits_cursor *cursor,
                        enum xbits_change_kind kind, uint32_t number)
{
    struct xbits_change change = next(fixture, cursor);

    assert_int_equal(change.kind, kind);
    assert_int_equal(change.id.data1, number);
}

static void assert_nothing_is_told(struct fixture *fixture, struct xbits_cursor *cursor)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    assert_result(XBITS_S_FALSE, slots(fixture)->next_change(fixture->reader, cursor, 0, &change));
}

static bool count_one(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    ++*(size_t *)user;
    return true;
}

static size_t count_jobs(struct fixture *fixture)
{
    size_t count = 0;

    assert_ok(slots(fixture)->read_jobs(fixture->reader, XBITS_SCOPE_ALL_USERS, count_one, &count));
    return count;
}

static void a_look_without_a_wait_sees_what_the_owner_did(void **state)
{
    struct xbits_cursor cursor = { 0 };
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    assert_nothing_is_told(&fixture, &cursor);

    put(&fixture, 1, XBITS_STATE_SUSPENDED);

    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 1);
    assert_nothing_is_told(&fixture, &cursor);
    tear_down(&fixture);
}

static void each_change_is_told_once(void **state)
{
    struct xbits_cursor cursor = { 0 };
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    put(&fixture, 1, XBITS_STATE_SUSPENDED);
    put(&fixture, 2, XBITS_STATE_SUSPENDED);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 1);
    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 2);
    assert_nothing_is_told(&fixture, &cursor);

    put(&fixture, 1, XBITS_STATE_QUEUED);

    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 1);
    assert_nothing_is_told(&fixture, &cursor);
    tear_down(&fixture);
}

/* The reader buries a job where its owner, who holds it, has not. */
static void no_change_is_missed_after_jobs_ended(void **state)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    for (uint32_t number = 1; number <= 4; number++)
        put(&fixture, number, XBITS_STATE_SUSPENDED);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    assert_nothing_is_told(&fixture, &cursor);
    end(&fixture, 1, XBITS_EVENT_COMPLETED);
    end(&fixture, 2, XBITS_EVENT_CANCELLED);
    assert_told(&fixture, &cursor, XBITS_CHANGE_GONE, 1);
    assert_told(&fixture, &cursor, XBITS_CHANGE_GONE, 2);

    put(&fixture, 3, XBITS_STATE_QUEUED);
    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 3);
    put(&fixture, 4, XBITS_STATE_QUEUED);

    assert_told(&fixture, &cursor, XBITS_CHANGE_JOB, 4);
    assert_nothing_is_told(&fixture, &cursor);
    tear_down(&fixture);
}

static void a_job_whose_end_is_no_longer_in_the_log_is_gone_all_the_same(void **state)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    put(&fixture, 1, XBITS_STATE_SUSPENDED);
    put(&fixture, 2, XBITS_STATE_SUSPENDED);
    write_events(&fixture, 1);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    assert_nothing_is_told(&fixture, &cursor);
    assert_int_equal(count_jobs(&fixture), 2);

    end(&fixture, 1, XBITS_EVENT_COMPLETED);
    write_events(&fixture, 10001);

    assert_int_equal(count_jobs(&fixture), 1);
    assert_told(&fixture, &cursor, XBITS_CHANGE_GONE, 1);
    tear_down(&fixture);
}

static void a_virtual_reader_waits_no_longer_than_it_was_told(void **state)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct fixture fixture;
    uint64_t until_ms;

    (void)state;
    set_up(&fixture);
    open_reader(&fixture, XBITS_CLOCK_VIRTUAL);
    until_ms = slots(&fixture)->now_ms(fixture.reader) + 3600000;
    XBITS_INIT(&change);

    assert_result(XBITS_S_FALSE,
                  slots(&fixture)->next_change(fixture.reader, &cursor, until_ms, &change));

    assert_true(slots(&fixture)->now_ms(fixture.reader) == until_ms);
    tear_down(&fixture);
}

#define READS 300

struct visitor {
    struct fixture *fixture;
    size_t failures;
};

static bool skip_event(const struct xbits_event *event, void *user)
{
    (void)event;
    (void)user;
    return true;
}

static void read_the_log(void *user)
{
    struct visitor *visitor = user;

    for (int i = 0; i < READS; i++)
        if (slots(visitor->fixture)->read_events(visitor->fixture->reader, 0, skip_event, NULL) !=
            XBITS_S_OK)
            visitor->failures++;
}

static void list_the_jobs(void *user)
{
    struct visitor *visitor = user;
    size_t count = 0;

    for (int i = 0; i < READS; i++)
        if (slots(visitor->fixture)
                ->read_jobs(visitor->fixture->reader, XBITS_SCOPE_ALL_USERS, count_one, &count) !=
            XBITS_S_OK)
            visitor->failures++;
}

static void two_threads_read_the_log_and_the_jobs_at_the_same_time(void **state)
{
    struct fixture fixture;
    struct visitor visitors[2] = { { &fixture, 0 }, { &fixture, 0 } };
    struct thread *threads[2];

    (void)state;
    set_up(&fixture);
    write_events(&fixture, 20);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    assert_ok(thread_start(read_the_log, &visitors[0], &threads[0]));
    assert_ok(thread_start(list_the_jobs, &visitors[1], &threads[1]));
    for (uint32_t i = 0; i < READS; i++)
        put(&fixture, 1 + i % 7, XBITS_STATE_SUSPENDED);
    thread_join(threads[0]);
    thread_join(threads[1]);

    assert_int_equal(visitors[0].failures + visitors[1].failures, 0);
    assert_int_equal(count_jobs(&fixture), 7);
    tear_down(&fixture);
}

#define OPENINGS  8
#define JOBS_LEFT OPENINGS

static xbits_result open_to_run(const char *directory, struct backend_connection **connection_out)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.queue = directory;
    options.source = "script";
    options.principal = "service";
    return sim_backend_open_on(&options, disk_system(), connection_out);
}

/* Makes three jobs; one is cancelled, one completed, one stays. */
static xbits_result work(struct backend_connection *owner)
{
    const struct backend *to = owner->backend;
    struct xbits_id ids[3];

    for (size_t i = 0; i < 3; i++)
        TRY(to->create_job(owner, "job", XBITS_TYPE_DOWNLOAD, &ids[i]));
    TRY(to->ask(owner, &ids[0], REQUEST_CANCEL));
    TRY(to->ask(owner, &ids[1], REQUEST_COMPLETE));
    for (size_t i = 0; i < 3; i++)
        to->release_job(owner, &ids[i]);
    return XBITS_S_OK;
}

/* The other process: its exit status says whether all went well. */
static void own(const char *directory)
{
    for (int i = 0; i < OPENINGS; i++) {
        struct backend_connection *owner;

        if (XBITS_FAILED(open_to_run(directory, &owner)))
            _exit(1);
        if (XBITS_FAILED(work(owner)))
            _exit(2);
        owner->backend->close(owner);
    }
    _exit(0);
}

static void a_reader_follows_an_owner_in_another_process(void **state)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct fixture fixture;
    size_t told = 0;
    int status = 0;
    pid_t child;

    (void)state;
    set_up(&fixture);
    queue_close(fixture.owner);
    fixture.owner = NULL;
    child = fork();
    if (child == 0)
        own(fixture.directory.path);
    open_reader(&fixture, XBITS_CLOCK_SYSTEM);
    while (waitpid(child, &status, WNOHANG) == 0)
        assert_in_range(count_jobs(&fixture), 0, JOBS_LEFT + 2);

    assert_int_equal(status, 0);
    assert_int_equal(count_jobs(&fixture), JOBS_LEFT);
    XBITS_INIT(&change);
    while (slots(&fixture)->next_change(fixture.reader, &cursor, 0, &change) == XBITS_S_OK)
        told += change.kind == XBITS_CHANGE_JOB;
    assert_int_equal(told, JOBS_LEFT);
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_look_without_a_wait_sees_what_the_owner_did),
        cmocka_unit_test(each_change_is_told_once),
        cmocka_unit_test(no_change_is_missed_after_jobs_ended),
        cmocka_unit_test(a_job_whose_end_is_no_longer_in_the_log_is_gone_all_the_same),
        cmocka_unit_test(a_virtual_reader_waits_no_longer_than_it_was_told),
        cmocka_unit_test(a_reader_follows_an_owner_in_another_process),
        cmocka_unit_test(two_threads_read_the_log_and_the_jobs_at_the_same_time),
    };

    return run_tests("sim_reader", tests);
}
