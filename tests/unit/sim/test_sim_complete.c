/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

/*
 * Complete and Cancel of three files, on a disk that fails at each of the calls they make (2.5,
 * 2.6; checks 20 and 21), in memory and in a queue that is kept and opened again in between.
 */
#define FILES 3
#define SIZE  5000

struct fixture {
    struct temp_directory directory;
    struct temp_directory queue;
    bool is_kept;
    struct disk *disk;
    struct backend_connection *connection;
    struct xbits_id job;
    char local_names[FILES][TEMP_PATH_SIZE];
};

static const char origin[] = "[resource a]\nurl = http://origin.test/a\nsize = 5000\npattern = 7\n";

static void open_queue(struct fixture *fixture)
{
    struct xbits_value ini = xbits_value_text(origin);
    struct xbits_options options;

    XBITS_INIT(&options);
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.source = "script";
    options.seed = 1;
    options.queue = fixture->is_kept ? fixture->queue.path : NULL;
    assert_ok(sim_backend_open_on(&options, fixture->disk, &fixture->connection));
    assert_ok(fixture->connection->backend->set_world_property(fixture->connection,
                                                               XBITS_WORLD_ORIGIN, &ini));
}

static void add_files(struct fixture *fixture)
{
    struct xbits_file_spec files[FILES];

    for (size_t i = 0; i < FILES; i++) {
        char name[16];

        snprintf(name, sizeof(name), "%zu.bin", i);
        temp_directory_join(&fixture->directory, name, fixture->local_names[i]);
        files[i] = (struct xbits_file_spec){ .remote_name = "http://origin.test/a",
                                             .local_name = fixture->local_names[i] };
    }
    assert_ok(
        fixture->connection->backend->add_files(fixture->connection, &fixture->job, files, FILES));
}

struct reading {
    enum xbits_job_state state;
    size_t completed;
    size_t temporary;
};

static bool keep_state(const struct xbits_job_snapshot *snapshot, void *user)
{
    ((struct reading *)user)->state = snapshot->state;
    return true;
}

static bool count_file(const struct xbits_file_snapshot *snapshot, void *user)
{
    struct reading *reading = user;

    reading->completed += snapshot->is_completed;
    reading->temporary += snapshot->temporary_name[0] != '\0';
    return true;
}

static struct reading read_job(struct fixture *fixture)
{
    const struct backend *backend = fixture->connection->backend;
    struct reading reading = { 0 };

    assert_ok(backend->read_job(fixture->connection, &fixture->job, keep_state, &reading));
    assert_ok(
        backend->read_files(fixture->connection, &fixture->job, 0, FILES, count_file, &reading));
    return reading;
}

static xbits_result ask(struct fixture *fixture, enum backend_request request)
{
    return fixture->connection->backend->ask(fixture->connection, &fixture->job, request);
}

/* A job whose three files are transferred. */
static void set_up(struct fixture *fixture, bool is_kept)
{
    const struct backend *backend;

    memset(fixture, 0, sizeof(*fixture));
    fixture->is_kept = is_kept;
    temp_directory_make(&fixture->directory);
    temp_directory_make(&fixture->queue);
    assert_ok(disk_faulty_new(disk_system(), &fixture->disk));
    open_queue(fixture);
    backend = fixture->connection->backend;
    assert_ok(backend->create_job(fixture->connection, "job", XBITS_TYPE_DOWNLOAD, &fixture->job));
    add_files(fixture);
    assert_ok(ask(fixture, REQUEST_RESUME));
    assert_ok(backend->advance(fixture->connection, backend->now_ms(fixture->connection) + 1000,
                               false, NULL, NULL));
    assert_int_equal(read_job(fixture).state, XBITS_STATE_TRANSFERRED);
}

static void close_queue(struct fixture *fixture)
{
    fixture->connection->backend->release_job(fixture->connection, &fixture->job);
    fixture->connection->backend->close(fixture->connection);
}

static void tear_down(struct fixture *fixture)
{
    disk_faulty_clear(fixture->disk);
    close_queue(fixture);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
    temp_directory_remove(&fixture->queue);
}

/* The same service a moment later, where the queue is kept. */
static void restart(struct fixture *fixture)
{
    if (!fixture->is_kept)
        return;
    close_queue(fixture);
    open_queue(fixture);
    assert_ok(fixture->connection->backend->hold_job(fixture->connection, &fixture->job));
}

/* Only what lies in the job's directory fails: the queue's own files do not. */
static void break_disk(struct fixture *fixture, const char *operation, uint64_t nth,
                       xbits_result result)
{
    struct disk_fault fault = { .operation = operation,
                                .path_part = fixture->directory.path,
                                .nth = nth,
                                .kind = DISK_FAULT_FAIL,
                                .result = result };

    assert_ok(disk_faulty_add(fixture->disk, &fault));
}

static size_t named(struct fixture *fixture)
{
    size_t count = 0;

    for (size_t i = 0; i < FILES; i++) {
        struct disk_stat stat;

        if (XBITS_FAILED(disk_stat(disk_system(), fixture->local_names[i], &stat)))
            continue;
        assert_int_equal(stat.size, SIZE);
        count++;
    }
    return count;
}

/* The nth rename fails: the others are made, and the job can go either way. */
static void fail_rename(bool is_kept, uint64_t nth, enum backend_request then)
{
    size_t after = then == REQUEST_COMPLETE ? FILES : FILES - 1;
    struct fixture fixture;
    struct reading reading;

    set_up(&fixture, is_kept);
    break_disk(&fixture, "rename", nth, XBITS_ERROR_SHARING_VIOLATION);
    assert_fails(XBITS_ERROR_SHARING_VIOLATION, ask(&fixture, REQUEST_COMPLETE));
    restart(&fixture);
    reading = read_job(&fixture);
    assert_int_equal(reading.state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(reading.completed, FILES - 1);
    assert_int_equal(reading.temporary, 1);
    assert_int_equal(named(&fixture), FILES - 1);

    assert_int_equal(ask(&fixture, then), XBITS_S_OK);

    assert_int_equal(named(&fixture), after);
    assert_int_equal(read_job(&fixture).completed, after);
    assert_int_equal(temp_directory_count(&fixture.directory), after);
    tear_down(&fixture);
}

static void whichever_rename_fails_the_other_files_have_their_names(void **state)
{
    (void)state;
    for (uint64_t nth = 1; nth <= FILES; nth++) {
        for (int is_kept = 0; is_kept < 2; is_kept++) {
            fail_rename(is_kept != 0, nth, REQUEST_COMPLETE);
            fail_rename(is_kept != 0, nth, REQUEST_CANCEL);
        }
    }
}

static void where_no_rename_works_nothing_is_lost(void **state)
{
    (void)state;
    for (int is_kept = 0; is_kept < 2; is_kept++) {
        struct fixture fixture;

        set_up(&fixture, is_kept != 0);
        break_disk(&fixture, "rename", 0, XBITS_E_ACCESSDENIED);
        for (int tries = 0; tries < 3; tries++) {
            assert_fails(XBITS_E_ACCESSDENIED, ask(&fixture, REQUEST_COMPLETE));
            assert_int_equal(read_job(&fixture).state, XBITS_STATE_TRANSFERRED);
            assert_int_equal(read_job(&fixture).temporary, FILES);
            restart(&fixture);
        }
        disk_faulty_clear(fixture.disk);

        assert_int_equal(ask(&fixture, REQUEST_COMPLETE), XBITS_S_OK);
        assert_int_equal(named(&fixture), FILES);
        tear_down(&fixture);
    }
}

/* The names may not have reached the medium: that is no success, and Complete can be repeated. */
static void a_directory_that_cannot_be_synced_is_no_success(void **state)
{
    (void)state;
    for (int is_kept = 0; is_kept < 2; is_kept++) {
        struct fixture fixture;
        struct reading reading;

        set_up(&fixture, is_kept != 0);
        break_disk(&fixture, "sync_directory", 1, XBITS_ERROR_DISK_FULL);
        assert_fails(XBITS_ERROR_DISK_FULL, ask(&fixture, REQUEST_COMPLETE));
        restart(&fixture);
        reading = read_job(&fixture);
        assert_int_equal(reading.state, XBITS_STATE_TRANSFERRED);
        assert_int_equal(reading.completed, FILES);

        assert_int_equal(ask(&fixture, REQUEST_COMPLETE), XBITS_S_OK);
        assert_int_equal(named(&fixture), FILES);
        tear_down(&fixture);
    }
}

/* The nth deletion fails: Cancel says so, and only that file is left. */
static void whichever_file_cannot_be_deleted_the_others_are(void **state)
{
    (void)state;
    for (uint64_t nth = 1; nth <= FILES; nth++) {
        for (int is_kept = 0; is_kept < 2; is_kept++) {
            struct fixture fixture;

            set_up(&fixture, is_kept != 0);
            break_disk(&fixture, "remove", nth, XBITS_E_ACCESSDENIED);

            assert_int_equal(ask(&fixture, REQUEST_CANCEL), XBITS_BG_S_UNABLE_TO_DELETE_FILES);

            assert_int_equal(read_job(&fixture).state, XBITS_STATE_CANCELLED);
            assert_int_equal(temp_directory_count(&fixture.directory), 1);
            assert_int_equal(named(&fixture), 0);
            tear_down(&fixture);
        }
    }
}

static void what_could_not_be_deleted_is_deleted_when_the_queue_is_opened_next(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture, true);
    break_disk(&fixture, "remove", 0, XBITS_ERROR_SHARING_VIOLATION);
    assert_int_equal(ask(&fixture, REQUEST_CANCEL), XBITS_BG_S_UNABLE_TO_DELETE_FILES);
    close_queue(&fixture);
    open_queue(&fixture);
    assert_int_equal(temp_directory_count(&fixture.directory), FILES);
    close_queue(&fixture);
    disk_faulty_clear(fixture.disk);
    open_queue(&fixture);

    assert_int_equal(temp_directory_count(&fixture.directory), 0);
    tear_down(&fixture);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(whichever_rename_fails_the_other_files_have_their_names),
        cmocka_unit_test(where_no_rename_works_nothing_is_lost),
        cmocka_unit_test(a_directory_that_cannot_be_synced_is_no_success),
        cmocka_unit_test(whichever_file_cannot_be_deleted_the_others_are),
        cmocka_unit_test(what_could_not_be_deleted_is_deleted_when_the_queue_is_opened_next),
    };

    return run_tests("Complete and Cancel on a failing disk", tests);
}
