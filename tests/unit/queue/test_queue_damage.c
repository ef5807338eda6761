/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define JOBS      300
#define PAGE      4096
#define FLIPS     200
#define SOME_LEAF 20 /* A page in the middle of the file, of no table's root. */

/* A closed queue with jobs in it. */
static void fill(struct queue_fixture *fixture)
{
    struct record_batch batch = { .jobs = calloc(JOBS, sizeof(struct job_record)),
                                  .job_count = JOBS };

    assert_non_null(batch.jobs);
    for (uint64_t i = 0; i < JOBS; i++)
        batch.jobs[i] = make_record(i + 1, 1);
    queue_fixture_open(fixture);
    assert_ok(queue_write(fixture->queue, &batch, true));
    record_batch_dispose(&batch);
    queue_close(fixture->queue);
    fixture->queue = NULL;
}

static void assert_empty(struct queue_fixture *fixture)
{
    struct record_list list;

    queue_fixture_open(fixture);
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 0);
    record_list_dispose(&list);
}

/* The owner's open fails, the file is kept under another name, and the next queue is empty. */
static void assert_set_aside(struct queue_fixture *fixture)
{
    char path[TEMP_PATH_SIZE];

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, queue_fixture_try(fixture, false, &fixture->queue));
    assert_message("queue.db");
    assert_false(temp_directory_has(&fixture->directory, "queue.db"));
    find_entry(&fixture->directory, "queue.db.damaged-2", path);
    assert_message(path);
    assert_int_equal(access(path, F_OK), 0);
    assert_empty(fixture);
}

static void a_file_of_garbage_is_set_aside(void **state)
{
    struct queue_fixture *fixture = *state;
    char garbage[2 * PAGE];

    memset(garbage, 'x', sizeof(garbage));
    temp_directory_write(&fixture->directory, "queue.db", garbage, sizeof(garbage));

    assert_set_aside(fixture);
}

static void a_file_that_was_cut_off_is_set_aside(void **state)
{
    struct queue_fixture *fixture = *state;
    size_t size = 0;
    char *bytes;

    fill(fixture);
    bytes = temp_directory_read(&fixture->directory, "queue.db", &size);
    temp_directory_write(&fixture->directory, "queue.db", bytes, size / 2 / PAGE * PAGE);
    free(bytes);

    assert_set_aside(fixture);
}

static void overwrite_page(const struct queue_fixture *fixture, size_t page)
{
    size_t size = 0;
    char *bytes = temp_directory_read(&fixture->directory, "queue.db", &size);

    assert_true(size > (page + 1) * PAGE);
    memset(bytes + page * PAGE, 0xFF, PAGE);
    temp_directory_write(&fixture->directory, "queue.db", bytes, size);
    free(bytes);
}

static void after_an_unclean_end_the_whole_file_is_checked(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    run_sql(fixture, "UPDATE meta SET is_open = 1");
    overwrite_page(fixture, SOME_LEAF);

    assert_set_aside(fixture);
}

static xbits_result drop_record(void *user, struct job_record *record)
{
    (void)user;
    job_record_dispose(record);
    return XBITS_S_OK;
}

static void damage_that_reading_meets_sets_the_file_aside(void **state)
{
    struct queue_fixture *fixture = *state;
    struct record_batch nothing = { 0 };

    fill(fixture);
    overwrite_page(fixture, SOME_LEAF);
    queue_fixture_open(fixture);

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT,
                 queue_read_jobs(fixture->queue, 0, drop_record, NULL));
    assert_message("set aside as");
    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, queue_write(fixture->queue, &nothing, true));
    queue_close(fixture->queue);
    assert_empty(fixture);
}

static void a_reader_leaves_a_damaged_file_alone(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    fill(fixture);
    overwrite_page(fixture, SOME_LEAF);
    assert_ok(queue_fixture_try(fixture, true, &reader));

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, queue_read_jobs(reader, 0, drop_record, NULL));
    queue_close(reader);
    assert_true(temp_directory_has(&fixture->directory, "queue.db"));
}

/* What SQL can do to a queue, so that it is none any more. */
static void a_database_that_is_no_queue_is_set_aside(void **state)
{
    static const char *const changes[] = {
        "PRAGMA application_id=1",
        "PRAGMA user_version=0",
        "DROP TABLE leftover",
        "DELETE FROM meta",
        "ALTER TABLE file DROP COLUMN inode",
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM job; END",
        "CREATE VIEW v AS SELECT 1",
    };
    struct queue_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        fill(fixture);
        run_sql(fixture, changes[i]);

        assert_set_aside(fixture);
        queue_close(fixture->queue);
        fixture->queue = NULL;
        temp_directory_remove(&fixture->directory);
        temp_directory_make(&fixture->directory);
    }
}

static void a_row_that_no_job_can_have_is_damage(void **state)
{
    static const char *const changes[] = {
        "UPDATE job SET state = 'ASLEEP' WHERE serial = 2",
        "UPDATE job SET id = x'00' WHERE serial = 2",
        "UPDATE job SET error_count = -1 WHERE serial = 2",
        "UPDATE job SET file_total = 2 WHERE serial = 2",
        "UPDATE file SET number = 1 WHERE job = 2",
        "UPDATE job SET display_name = CAST(x'FF' AS TEXT) WHERE serial = 2",
        "DELETE FROM file WHERE job = 2",
        "UPDATE file SET local_name = 'relative.bin' WHERE job = 2",
        "UPDATE file SET local_name = '/a/../b' WHERE job = 2",
        "UPDATE job SET change = -1 WHERE serial = 2",
        "INSERT INTO job_property VALUES (2, 'no-such-name', 'u32', 1, NULL, NULL, NULL)",
        "INSERT INTO job_property VALUES (2, 'priority', 'u33', 1, NULL, NULL, NULL)",
        "INSERT INTO job_property VALUES (2, 'priority', 'u32', -1, NULL, NULL, NULL)",
        "INSERT INTO job_property VALUES (2, 'priority', 'ranges', 1, '1:2:3', NULL, NULL)",
        "INSERT INTO job_property VALUES (2, 'priority', 'ranges', 1, '1', NULL, NULL)",
        "INSERT INTO job_property VALUES (2, 'priority', 'certificate', 1, 'MY', NULL, x'00')",
    };
    struct queue_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        struct queue *reader = NULL;

        fill(fixture);
        run_sql(fixture, changes[i]);
        assert_ok(queue_fixture_try(fixture, true, &reader));

        assert_fails(XBITS_BG_E_DATABASE_CORRUPT, queue_read_jobs(reader, 0, drop_record, NULL));
        queue_close(reader);
        temp_directory_remove(&fixture->directory);
        temp_directory_make(&fixture->directory);
    }
}

static void a_queue_of_a_newer_version_is_left_alone(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *queue = NULL;

    fill(fixture);
    run_sql(fixture, "PRAGMA user_version=2");

    assert_fails(XBITS_ERROR_REVISION_MISMATCH, queue_fixture_try(fixture, false, &queue));
    assert_fails(XBITS_ERROR_REVISION_MISMATCH, queue_fixture_try(fixture, true, &queue));
    run_sql(fixture, "PRAGMA user_version=1");
    queue_fixture_open(fixture);
}

static void an_older_damaged_file_is_not_overwritten(void **state)
{
    struct queue_fixture *fixture = *state;
    size_t before;

    for (unsigned round = 1; round <= 3; round++) {
        temp_directory_write(&fixture->directory, "queue.db", "garbage", 7);
        before = temp_directory_count(&fixture->directory);

        assert_fails(XBITS_BG_E_DATABASE_CORRUPT,
                     queue_fixture_try(fixture, false, &fixture->queue));
        assert_int_equal(temp_directory_count(&fixture->directory), before);
    }
}

static void the_log_of_a_queue_that_is_gone_is_kept(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "queue.db-wal", "log", 3);

    assert_empty(fixture);
    find_entry(&fixture->directory, "queue.db.damaged-2", path);
    assert_string_equal(path + strlen(path) - 4, "-wal");
}

static void a_symbolic_link_is_refused(void **state)
{
    struct queue_fixture *fixture = *state;
    char target[TEMP_PATH_SIZE];
    char path[TEMP_PATH_SIZE];
    struct queue *queue = NULL;

    temp_directory_join(&fixture->directory, "elsewhere", target);
    temp_directory_join(&fixture->directory, "queue.db", path);
    assert_int_equal(symlink(target, path), 0);

    /* First to nothing, then to a file. */
    assert_fails(XBITS_ERROR_CANT_RESOLVE_FILENAME, queue_fixture_try(fixture, false, &queue));
    assert_false(temp_directory_has(&fixture->directory, "elsewhere"));
    temp_directory_write(&fixture->directory, "elsewhere", "", 0);
    assert_fails(XBITS_E_ACCESSDENIED, queue_fixture_try(fixture, false, &queue));
    assert_fails(XBITS_E_ACCESSDENIED, queue_fixture_try(fixture, true, &queue));
    assert_message("symbolic link");
}

static void what_is_no_file_is_refused(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct queue *queue = NULL;

    assert_int_equal(mkdir(temp_directory_join(&fixture->directory, "queue.db", path), 0700), 0);

    assert_fails(XBITS_E_ACCESSDENIED, queue_fixture_try(fixture, false, &queue));
    assert_fails(XBITS_E_ACCESSDENIED, queue_fixture_try(fixture, true, &queue));
}

static void a_queue_is_private(void **state)
{
    struct queue_fixture *fixture = *state;
    static const char *const names[] = { "queue.db", "queue.db-wal", "queue.db-shm" };
    char path[TEMP_PATH_SIZE];
    struct stat status;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_int_equal(stat(temp_directory_join(&fixture->directory, names[i], path), &status),
                         0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
}

/* Opens and reads what was flipped. */
static void use_flipped(struct queue_fixture *fixture)
{
    struct queue *queue = NULL;
    xbits_result result = queue_fixture_try(fixture, false, &queue);

    if (XBITS_SUCCEEDED(result))
        result = queue_read_jobs(queue, 0, drop_record, NULL);
    queue_close(queue);
    if (XBITS_FAILED(result) && result != XBITS_ERROR_REVISION_MISMATCH)
        assert_int_equal(result, XBITS_BG_E_DATABASE_CORRUPT);
}

static void flipped_bytes_are_read_or_set_aside(void **state)
{
    struct queue_fixture *fixture = *state;
    struct random random;
    size_t size = 0;
    char *whole;

    fill(fixture);
    whole = temp_directory_read(&fixture->directory, "queue.db", &size);
    random_init(&random, test_seed());
    for (unsigned round = 0; round < FLIPS; round++) {
        /* Half of them where the structure is: in the first pages. */
        size_t place = (size_t)random_below(&random, round % 2 == 0 ? 4 * PAGE : size);
        char old = whole[place];

        whole[place] = (char)(old ^ (char)(1u << random_below(&random, 8)));
        temp_directory_remove(&fixture->directory);
        temp_directory_make(&fixture->directory);
        temp_directory_write(&fixture->directory, "queue.db", whole, size);
        use_flipped(fixture);
        whole[place] = old;
    }
    free(whole);
}

static void a_full_disk_costs_the_batch_and_nothing_else(void **state)
{
    struct queue_fixture *fixture = *state;
    const struct disk_fault fault = { .operation = "write_at",
                                      .path_part = "queue.db-wal",
                                      .kind = DISK_FAULT_FAIL,
                                      .result = XBITS_ERROR_DISK_FULL };
    struct queue_options options = { .directory = fixture->directory.path };
    struct job_record second = make_record(2, 1);
    struct record_batch batch = { .jobs = &second, .job_count = 1 };
    struct record_list list;

    assert_ok(disk_faulty_new(disk_system(), &options.disk));
    assert_ok(queue_open(&options, &fixture->queue));
    write_record(fixture->queue, make_record(1, 1));
    assert_ok(disk_faulty_add(options.disk, &fault));

    assert_fails(XBITS_ERROR_DISK_FULL, queue_write(fixture->queue, &batch, true));
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 1);
    record_list_dispose(&list);

    disk_faulty_clear(options.disk);
    assert_ok(queue_write(fixture->queue, &batch, true));
    queue_close(fixture->queue);
    fixture->queue = NULL;
    disk_faulty_free(options.disk);
    job_record_dispose(&second);
    queue_fixture_open(fixture);
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 2);
    record_list_dispose(&list);
}

static void numbers_that_are_less_than_the_rows_are_put_right(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    queue_fixture_open(fixture);
    write_event(fixture->queue, make_event(7));
    queue_close(fixture->queue);
    fixture->queue = NULL;
    run_sql(fixture, "UPDATE meta SET newest_change = -1, newest_serial = 0, newest_event = 0");

    queue_fixture_open(fixture);

    assert_true(queue_newest_event(fixture->queue) == 7);
    assert_true(queue_newest_serial(fixture->queue) > 0);
    assert_true(queue_newest_change(fixture->queue) > 0);
}

static void a_number_that_nobody_counted_to_is_damage(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    run_sql(fixture, "UPDATE meta SET newest_event = 9223372036854775807");

    assert_set_aside(fixture);
}

static void a_reader_finds_no_queue_in_an_empty_file(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    temp_directory_write(&fixture->directory, "queue.db", "", 0);

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, queue_fixture_try(fixture, true, &reader));
    assert_empty(fixture);
}

#define QUEUE_TEST(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE_TEST(a_file_of_garbage_is_set_aside),
        QUEUE_TEST(a_file_that_was_cut_off_is_set_aside),
        QUEUE_TEST(after_an_unclean_end_the_whole_file_is_checked),
        QUEUE_TEST(damage_that_reading_meets_sets_the_file_aside),
        QUEUE_TEST(a_reader_leaves_a_damaged_file_alone),
        QUEUE_TEST(a_database_that_is_no_queue_is_set_aside),
        QUEUE_TEST(a_row_that_no_job_can_have_is_damage),
        QUEUE_TEST(numbers_that_are_less_than_the_rows_are_put_right),
        QUEUE_TEST(a_number_that_nobody_counted_to_is_damage),
        QUEUE_TEST(a_reader_finds_no_queue_in_an_empty_file),
        QUEUE_TEST(a_queue_of_a_newer_version_is_left_alone),
        QUEUE_TEST(an_older_damaged_file_is_not_overwritten),
        QUEUE_TEST(the_log_of_a_queue_that_is_gone_is_kept),
        QUEUE_TEST(a_symbolic_link_is_refused),
        QUEUE_TEST(what_is_no_file_is_refused),
        QUEUE_TEST(a_queue_is_private),
        QUEUE_TEST(flipped_bytes_are_read_or_set_aside),
        QUEUE_TEST(a_full_disk_costs_the_batch_and_nothing_else),
    };

    return run_tests("queue_damage", tests);
}
