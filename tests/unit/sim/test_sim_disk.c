/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <string.h>

/* One job over the scripted source, on a disk that can be told to fail. */
struct fixture {
    struct temp_directory directory;
    struct disk *disk;
    struct backend_connection *connection;
    struct xbits_id job;
    char local_name[TEMP_PATH_SIZE];
};

static const char origin[] = "[resource a]\n"
                             "url = http://origin.test/a\n"
                             "size = 3000000\n"
                             "pattern = 7\n"
                             "last_modified = Sat, 21 Nov 2026 09:30:00 GMT\n";

static void set_up_with(struct fixture *fixture, const char *const *settings, const char *text)
{
    struct xbits_options options;
    struct xbits_value ini = xbits_value_text(text);
    struct xbits_file_spec spec = { .remote_name = "http://origin.test/a" };

    memset(fixture, 0, sizeof(*fixture));
    XBITS_INIT(&options);
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.source = "script";
    options.seed = 1;
    options.settings = settings;
    temp_directory_make(&fixture->directory);
    temp_directory_join(&fixture->directory, "a.bin", fixture->local_name);
    assert_ok(disk_faulty_new(disk_system(), &fixture->disk));
    assert_ok(sim_backend_open_on(&options, fixture->disk, &fixture->connection));
    assert_ok(fixture->connection->backend->set_world_property(fixture->connection,
                                                               XBITS_WORLD_ORIGIN, &ini));
    assert_ok(fixture->connection->backend->create_job(fixture->connection, "job",
                                                       XBITS_TYPE_DOWNLOAD, &fixture->job));
    spec.local_name = fixture->local_name;
    assert_ok(
        fixture->connection->backend->add_files(fixture->connection, &fixture->job, &spec, 1));
}

static void set_up(struct fixture *fixture)
{
    set_up_with(fixture, NULL, origin);
}

static void tear_down(struct fixture *fixture)
{
    disk_faulty_clear(fixture->disk);
    fixture->connection->backend->close(fixture->connection);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
}

static void break_disk(struct fixture *fixture, const char *operation, uint64_t nth,
                       xbits_result result)
{
    struct disk_fault fault = { .operation = operation,
                                .path_part = "",
                                .nth = nth,
                                .kind = DISK_FAULT_FAIL,
                                .result = result };

    assert_ok(disk_faulty_add(fixture->disk, &fault));
}

static xbits_result ask(struct fixture *fixture, enum backend_request request)
{
    return fixture->connection->backend->ask(fixture->connection, &fixture->job, request);
}

struct reading {
    enum xbits_job_state state;
    enum xbits_error_context context;
    xbits_result result;
    uint64_t transferred;
};

static bool keep(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct reading *reading = user;

    reading->state = snapshot->state;
    reading->context = snapshot->error.context;
    reading->result = snapshot->error.result;
    reading->transferred = snapshot->progress.bytes_transferred;
    return true;
}

static struct reading read_job(struct fixture *fixture)
{
    struct reading reading = { 0 };

    assert_ok(
        fixture->connection->backend->read_job(fixture->connection, &fixture->job, keep, &reading));
    return reading;
}

/* Until nothing is left to do; the clock jumps over retries only as far as a second. */
static struct reading run(struct fixture *fixture)
{
    const struct backend *backend = fixture->connection->backend;

    assert_ok(backend->advance(fixture->connection, backend->now_ms(fixture->connection) + 1000,
                               false, NULL, NULL));
    return read_job(fixture);
}

static void a_disk_that_refuses_makes_the_job_fail_on_its_local_file(void **state)
{
    static const struct {
        const char *operation;
        xbits_result result;
    } rows[] = {
        { "open", XBITS_E_ACCESSDENIED },         { "preallocate", XBITS_ERROR_DISK_FULL },
        { "write_at", XBITS_ERROR_DISK_FULL },    { "sync", XBITS_ERROR_DISK_FULL },
        { "set_modified", XBITS_E_ACCESSDENIED }, { "close", XBITS_ERROR_DISK_FULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fixture fixture;
        struct reading reading;

        set_up(&fixture);
        break_disk(&fixture, rows[i].operation, 1, rows[i].result);
        assert_ok(ask(&fixture, REQUEST_RESUME));
        reading = run(&fixture);
        assert_int_equal(reading.state, XBITS_STATE_ERROR);
        assert_int_equal(reading.context, XBITS_CONTEXT_LOCAL_FILE);
        assert_int_equal(reading.result, rows[i].result);

        /* Repaired, it goes through. */
        disk_faulty_clear(fixture.disk);
        assert_ok(ask(&fixture, REQUEST_RESUME));
        assert_int_equal(run(&fixture).state, XBITS_STATE_TRANSFERRED);
        assert_int_equal(ask(&fixture, REQUEST_COMPLETE), XBITS_S_OK);
        assert_int_equal(temp_directory_count(&fixture.directory), 1);
        tear_down(&fixture);
    }
}

static void what_was_written_before_the_disk_was_full_is_kept(void **state)
{
    struct fixture fixture;
    struct reading reading;

    (void)state;
    set_up(&fixture);
    break_disk(&fixture, "write_at", 5, XBITS_ERROR_DISK_FULL);
    assert_ok(ask(&fixture, REQUEST_RESUME));

    reading = run(&fixture);

    assert_int_equal(reading.state, XBITS_STATE_ERROR);
    assert_int_equal(reading.transferred, 4 * 262144);
    tear_down(&fixture);
}

static void a_rename_that_fails_leaves_nothing_under_the_final_name(void **state)
{
    struct fixture fixture;
    struct disk_stat stat;

    (void)state;
    set_up(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    assert_int_equal(run(&fixture).state, XBITS_STATE_TRANSFERRED);
    break_disk(&fixture, "rename", 1, XBITS_ERROR_SHARING_VIOLATION);

    assert_fails(XBITS_ERROR_SHARING_VIOLATION, ask(&fixture, REQUEST_COMPLETE));

    assert_int_equal(read_job(&fixture).state, XBITS_STATE_TRANSFERRED);
    assert_true(XBITS_FAILED(disk_stat(disk_system(), fixture.local_name, &stat)));
    assert_int_equal(ask(&fixture, REQUEST_COMPLETE), XBITS_S_OK);
    assert_ok(disk_stat(disk_system(), fixture.local_name, &stat));
    assert_int_equal(stat.size, 3000000);
    tear_down(&fixture);
}

static void cancel_says_so_when_a_file_cannot_be_deleted(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    assert_int_equal(run(&fixture).state, XBITS_STATE_TRANSFERRED);
    break_disk(&fixture, "remove", 1, XBITS_E_ACCESSDENIED);

    assert_int_equal(ask(&fixture, REQUEST_CANCEL), XBITS_BG_S_UNABLE_TO_DELETE_FILES);

    assert_int_equal(read_job(&fixture).state, XBITS_STATE_CANCELLED);
    tear_down(&fixture);
}

static bool remove_it(const struct xbits_file_snapshot *snapshot, void *user)
{
    (void)user;
    assert_ok(disk_remove(disk_system(), snapshot->temporary_name));
    return true;
}

static void remove_temporary_file(struct fixture *fixture)
{
    assert_ok(fixture->connection->backend->read_files(fixture->connection, &fixture->job, 0, 1,
                                                       remove_it, NULL));
}

/* bits-client 2.9: an error about the local file; Resume starts from zero. */
static void a_temporary_file_deleted_by_somebody_else_is_made_again(void **state)
{
    struct fixture fixture;
    struct reading reading;

    (void)state;
    set_up(&fixture);
    break_disk(&fixture, "write_at", 5, XBITS_ERROR_DISK_FULL);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    assert_int_equal(run(&fixture).state, XBITS_STATE_ERROR);
    remove_temporary_file(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    reading = run(&fixture);
    assert_int_equal(reading.state, XBITS_STATE_ERROR);
    assert_int_equal(reading.result, XBITS_ERROR_FILE_NOT_FOUND);
    assert_int_equal(reading.transferred, 0);

    assert_ok(ask(&fixture, REQUEST_RESUME));

    assert_int_equal(run(&fixture).state, XBITS_STATE_TRANSFERRED);
    tear_down(&fixture);
}

#define SLOW_RESOURCE                                                                              \
    "[resource a]\n"                                                                               \
    "url = http://origin.test/a\n"                                                                 \
    "size = 3000000\n"                                                                             \
    "pattern = 7\n"                                                                                \
    "latency_ms = 1000\n"

static void a_file_that_starts_over_is_suspended_without_its_old_bytes(void **state)
{
    static const char *const settings[] = { "transfer.range_bytes=1000000", NULL };
    struct xbits_value changed =
        xbits_value_text(SLOW_RESOURCE "last_modified = Sun, 22 Nov 2026 09:30:00 GMT\n");
    struct fixture fixture;

    (void)state;
    set_up_with(&fixture, settings,
                SLOW_RESOURCE "last_modified = Sat, 21 Nov 2026 09:30:00 GMT\n");
    assert_ok(ask(&fixture, REQUEST_RESUME));
    while (run(&fixture).transferred == 0)
        assert_int_not_equal(read_job(&fixture).state, XBITS_STATE_ERROR);
    assert_ok(fixture.connection->backend->set_world_property(fixture.connection,
                                                              XBITS_WORLD_ORIGIN, &changed));
    while (run(&fixture).transferred > 0)
        assert_int_not_equal(read_job(&fixture).state, XBITS_STATE_TRANSFERRED);

    assert_ok(ask(&fixture, REQUEST_SUSPEND));

    assert_int_equal(read_job(&fixture).transferred, 0);
    tear_down(&fixture);
}

static void closing_the_queue_leaves_no_temporary_file(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture);
    assert_ok(ask(&fixture, REQUEST_RESUME));
    run(&fixture);
    assert_int_equal(temp_directory_count(&fixture.directory), 1);

    fixture.connection->backend->close(fixture.connection);

    assert_int_equal(temp_directory_count(&fixture.directory), 0);
    disk_faulty_free(fixture.disk);
    temp_directory_remove(&fixture.directory);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_that_refuses_makes_the_job_fail_on_its_local_file),
        cmocka_unit_test(what_was_written_before_the_disk_was_full_is_kept),
        cmocka_unit_test(a_rename_that_fails_leaves_nothing_under_the_final_name),
        cmocka_unit_test(cancel_says_so_when_a_file_cannot_be_deleted),
        cmocka_unit_test(a_temporary_file_deleted_by_somebody_else_is_made_again),
        cmocka_unit_test(a_file_that_starts_over_is_suspended_without_its_old_bytes),
        cmocka_unit_test(closing_the_queue_leaves_no_temporary_file),
    };

    return run_tests("simulator on a failing disk", tests);
}
