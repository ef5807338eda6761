/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/queue.h"
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

/* One job in a queue whose database refuses to be written: "nothing has changed" is kept. */
struct fixture {
    struct temp_directory directory;
    struct disk *disk;
    struct backend_connection *connection;
    struct xbits_id job;
    char local_name[TEMP_PATH_SIZE];
};

static const char origin[] = "[resource a]\n"
                             "url = http://origin.test/a\n"
                             "size = 30000\n"
                             "pattern = 7\n"
                             "last_modified = Sat, 21 Nov 2026 09:30:00 GMT\n";

static const struct backend *slots(const struct fixture *fixture)
{
    return fixture->connection->backend;
}

static xbits_result open_from(struct fixture *fixture, const char *source)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.source = source;
    options.seed = 1;
    options.queue = fixture->directory.path;
    return sim_backend_open_on(&options, fixture->disk, &fixture->connection);
}

static void open_again(struct fixture *fixture)
{
    struct xbits_value ini = xbits_value_text(origin);

    assert_ok(open_from(fixture, "script"));
    assert_ok(slots(fixture)->set_world_property(fixture->connection, XBITS_WORLD_ORIGIN, &ini));
}

static void close_queue(struct fixture *fixture)
{
    slots(fixture)->close(fixture->connection);
    fixture->connection = NULL;
}

static void restart(struct fixture *fixture)
{
    close_queue(fixture);
    disk_faulty_clear(fixture->disk);
    open_again(fixture);
}

static xbits_result add_file(struct fixture *fixture)
{
    const struct xbits_file_spec spec = { .remote_name = "http://origin.test/a",
                                          .local_name = fixture->local_name };

    return slots(fixture)->add_files(fixture->connection, &fixture->job, &spec, 1);
}

static xbits_result create(struct fixture *fixture, struct xbits_id *id_out)
{
    return slots(fixture)->create_job(fixture->connection, "job", XBITS_TYPE_DOWNLOAD, id_out);
}

static xbits_result ask(struct fixture *fixture, enum backend_request request)
{
    return slots(fixture)->ask(fixture->connection, &fixture->job, request);
}

static void set_up(struct fixture *fixture)
{
    memset(fixture, 0, sizeof(*fixture));
    temp_directory_make(&fixture->directory);
    temp_directory_join(&fixture->directory, "a.bin", fixture->local_name);
    assert_ok(disk_faulty_new(disk_system(), &fixture->disk));
    open_again(fixture);
    assert_ok(create(fixture, &fixture->job));
    assert_ok(add_file(fixture));
}

static void tear_down(struct fixture *fixture)
{
    disk_faulty_clear(fixture->disk);
    if (fixture->connection != NULL)
        close_queue(fixture);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
}

/* Both ways a commit can fail: bytes that do not fit, and bytes that do not get to the medium. */
static const char *const operations[] = { "write_at", "sync" };
#define OPERATIONS (sizeof(operations) / sizeof(operations[0]))

static void fill_disk(struct fixture *fixture, const char *operation, uint64_t nth)
{
    const struct disk_fault fault = { .operation = operation,
                                      .path_part = "queue.db",
                                      .nth = nth,
                                      .kind = DISK_FAULT_FAIL,
                                      .result = XBITS_ERROR_DISK_FULL };

    assert_ok(disk_faulty_add(fixture->disk, &fault));
}

struct reading {
    enum xbits_job_state state;
    uint32_t files;
    size_t jobs;
};

static bool keep(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct reading *reading = user;

    reading->state = snapshot->state;
    reading->files = snapshot->progress.files_total;
    reading->jobs++;
    return true;
}

static struct reading read_all(struct fixture *fixture)
{
    struct reading reading = { 0 };

    assert_ok(slots(fixture)->read_jobs(fixture->connection, XBITS_SCOPE_MINE, keep, &reading));
    return reading;
}

static void run(struct fixture *fixture)
{
    uint64_t now_ms = slots(fixture)->now_ms(fixture->connection);

    assert_ok(slots(fixture)->advance(fixture->connection, now_ms + 5000, false, NULL, NULL));
}

static void a_job_that_cannot_be_written_down_is_not_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPERATIONS; i++) {
        struct fixture fixture;
        struct xbits_id id;

        set_up(&fixture);
        fill_disk(&fixture, operations[i], 0);

        assert_fails(XBITS_ERROR_DISK_FULL, create(&fixture, &id));
        assert_int_equal(read_all(&fixture).jobs, 1);
        run(&fixture);
        disk_faulty_clear(fixture.disk);
        run(&fixture);
        restart(&fixture);
        assert_int_equal(read_all(&fixture).jobs, 1);
        assert_ok(create(&fixture, &id));
        assert_int_equal(read_all(&fixture).jobs, 2);
        tear_down(&fixture);
    }
}

static void files_that_cannot_be_written_down_are_not_added(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPERATIONS; i++) {
        struct fixture fixture;

        set_up(&fixture);
        fill_disk(&fixture, operations[i], 0);

        assert_fails(XBITS_ERROR_DISK_FULL, add_file(&fixture));
        assert_int_equal(read_all(&fixture).files, 1);
        run(&fixture);
        disk_faulty_clear(fixture.disk);
        run(&fixture);
        restart(&fixture);
        assert_int_equal(read_all(&fixture).files, 1);
        assert_ok(slots(&fixture)->hold_job(fixture.connection, &fixture.job));
        assert_ok(add_file(&fixture));
        assert_int_equal(read_all(&fixture).files, 2);
        tear_down(&fixture);
    }
}

static void a_value_that_cannot_be_written_down_is_not_set(void **state)
{
    const struct {
        enum xbits_job_property property;
        struct xbits_value value;
    } rows[] = {
        { XBITS_JOB_DISPLAY_NAME, xbits_value_text("other") },
        { XBITS_JOB_DESCRIPTION, xbits_value_text("other") },
        { XBITS_JOB_PRIORITY, xbits_value_u32(XBITS_PRIORITY_LOW) },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, xbits_value_u32(77) },
        { XBITS_JOB_NO_PROGRESS_TIMEOUT, xbits_value_u32(77) },
        { XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, xbits_value_u32(77) },
        { XBITS_JOB_NOTIFY_FLAGS, xbits_value_u32(XBITS_NOTIFY_JOB_ERROR) },
        { XBITS_JOB_NOTIFY_COMMAND_LINE,
          { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", NULL } } },
    };
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    fill_disk(&fixture, "sync", 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct xbits_value before = { 0 };
        struct xbits_value after = { 0 };
        char texts[2][200];

        (void)slots(&fixture)->get_job_property(fixture.connection, &fixture.job, rows[i].property,
                                                &before);
        assert_fails(XBITS_ERROR_DISK_FULL,
                     slots(&fixture)->set_job_property(fixture.connection, &fixture.job,
                                                       rows[i].property, &rows[i].value));
        (void)slots(&fixture)->get_job_property(fixture.connection, &fixture.job, rows[i].property,
                                                &after);
        assert_int_equal(after.kind, before.kind);
        snprintf(texts[0], sizeof(texts[0]), "%s",
                 before.kind == XBITS_KIND_TEXT ? before.as.text : "");
        snprintf(texts[1], sizeof(texts[1]), "%s",
                 after.kind == XBITS_KIND_TEXT ? after.as.text : "");
        assert_string_equal(texts[1], texts[0]);
        if (before.kind == XBITS_KIND_U32)
            assert_int_equal(after.as.u32, before.as.u32);
        xbits_value_dispose(&before);
        xbits_value_dispose(&after);
    }
    tear_down(&fixture);
}

static void a_request_that_cannot_be_written_down_says_so(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    fill_disk(&fixture, "write_at", 0);

    assert_fails(XBITS_ERROR_DISK_FULL, ask(&fixture, REQUEST_CANCEL));

    disk_faulty_clear(fixture.disk);
    run(&fixture);
    restart(&fixture);
    assert_int_equal(read_all(&fixture).jobs, 0);
    tear_down(&fixture);
}

static void a_job_goes_on_while_the_queue_is_full_and_is_written_down_later(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    fill_disk(&fixture, "write_at", 0);
    run(&fixture);
    assert_int_equal(read_all(&fixture).state, XBITS_STATE_TRANSFERRED);

    disk_faulty_clear(fixture.disk);
    run(&fixture);
    restart(&fixture);

    assert_int_equal(read_all(&fixture).state, XBITS_STATE_TRANSFERRED);
    assert_ok(slots(&fixture)->hold_job(fixture.connection, &fixture.job));
    assert_ok(ask(&fixture, REQUEST_COMPLETE));
    assert_true(temp_directory_has(&fixture.directory, "a.bin"));
    tear_down(&fixture);
}

/* The disk refuses the last changes and takes the word that all is well. */
static void a_queue_that_could_not_be_written_at_its_end_is_looked_over(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    run(&fixture);
    fill_disk(&fixture, "write_at", 0);
    assert_fails(XBITS_ERROR_DISK_FULL, ask(&fixture, REQUEST_COMPLETE));
    disk_faulty_clear(fixture.disk);
    fill_disk(&fixture, "write_at", 1);
    restart(&fixture);

    assert_int_equal(read_all(&fixture).state, XBITS_STATE_TRANSFERRED);
    assert_ok(slots(&fixture)->hold_job(fixture.connection, &fixture.job));
    assert_ok(ask(&fixture, REQUEST_COMPLETE));
    assert_true(temp_directory_has(&fixture.directory, "a.bin"));
    tear_down(&fixture);
}

static void an_open_that_fails_does_not_say_that_all_is_well(void **state)
{
    struct fixture fixture;
    struct queue_options from = { 0 };
    struct queue *queue;

    (void)state;
    set_up(&fixture);
    close_queue(&fixture);
    from.directory = fixture.directory.path;
    from.disk = fixture.disk;
    assert_ok(queue_open(&from, &queue));
    queue_abandon(queue);

    assert_fails(XBITS_E_INVALIDARG, open_from(&fixture, "nowhere"));

    assert_ok(queue_open(&from, &queue));
    assert_true(queue_was_interrupted(queue));
    queue_close(queue);
    fixture.connection = NULL;
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_that_cannot_be_written_down_is_not_made),
        cmocka_unit_test(files_that_cannot_be_written_down_are_not_added),
        cmocka_unit_test(a_value_that_cannot_be_written_down_is_not_set),
        cmocka_unit_test(a_request_that_cannot_be_written_down_says_so),
        cmocka_unit_test(a_job_goes_on_while_the_queue_is_full_and_is_written_down_later),
        cmocka_unit_test(a_queue_that_could_not_be_written_at_its_end_is_looked_over),
        cmocka_unit_test(an_open_that_fails_does_not_say_that_all_is_well),
    };

    return run_tests("sim_full_queue", tests);
}
