/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

struct fixture {
    struct temp_directory directory;
    char path[TEMP_PATH_SIZE];
    struct disk *disk;
};

static int begin(void **state)
{
    static struct fixture fixture;

    temp_directory_make(&fixture.directory);
    temp_directory_join(&fixture.directory, "BIT1.tmp", fixture.path);
    *state = &fixture;
    return XBITS_FAILED(disk_faulty_new(disk_system(), &fixture.disk));
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
    return 0;
}

static void add(const struct fixture *fixture, const char *operation, const char *path_part,
                uint64_t nth)
{
    struct disk_fault fault = { .operation = operation,
                                .path_part = path_part,
                                .nth = nth,
                                .kind = DISK_FAULT_FAIL,
                                .result = XBITS_ERROR_DISK_FULL };

    assert_ok(disk_faulty_add(fixture->disk, &fault));
}

static struct disk_file *create(const struct fixture *fixture)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(fixture->disk, fixture->path, DISK_CREATE_NEW, &file));
    return file;
}

static void without_faults_everything_works(void **state)
{
    struct fixture *fixture = *state;
    struct disk *disk = fixture->disk;
    struct disk_file *file = create(fixture);
    struct disk_stat status = { 0 };
    char target[TEMP_PATH_SIZE];
    char bytes[8];
    size_t size = 0;

    assert_ok(disk_preallocate(disk, file, 8));
    assert_ok(disk_write_at(disk, file, 0, "abc", 3));
    assert_ok(disk_truncate(disk, file, 3));
    assert_ok(disk_set_modified(disk, file, INT64_C(116444736000000000)));
    assert_ok(disk_sync(disk, file));
    assert_ok(disk_close(disk, file));
    temp_directory_join(&fixture->directory, "final", target);
    assert_ok(disk_rename(disk, fixture->path, target));
    assert_ok(disk_sync_directory(disk, fixture->directory.path));
    assert_ok(disk_check_directory(disk, fixture->directory.path));
    assert_ok(disk_stat(disk, target, &status));
    assert_ok(disk_open(disk, target, DISK_OPEN_READ, &file));
    assert_ok(disk_read_at(disk, file, 0, bytes, sizeof(bytes), &size));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_lock(disk, target, &file));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_remove(disk, target));

    assert_true(status.size == 3);
    assert_int_equal(size, 3);
    assert_true(disk_faulty_count(disk, "close") == 3);
    assert_true(disk_faulty_count(disk, "*") == 17);
}

static void the_nth_call_fails_and_does_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = create(fixture);
    struct disk_stat status = { 0 };

    add(fixture, "write_at", "", 2);

    assert_ok(disk_write_at(fixture->disk, file, 0, "abc", 3));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_write_at(fixture->disk, file, 3, "def", 3));
    assert_message(fixture->path);
    assert_ok(disk_stat(fixture->disk, fixture->path, &status));
    assert_true(status.size == 3);
    assert_ok(disk_write_at(fixture->disk, file, 3, "def", 3));
    assert_ok(disk_close(fixture->disk, file));
}

static void every_call_fails_when_no_number_is_given(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = create(fixture);

    add(fixture, "sync", "", 0);

    for (int i = 0; i < 3; i++)
        assert_fails(XBITS_ERROR_DISK_FULL, disk_sync(fixture->disk, file));
    assert_ok(disk_close(fixture->disk, file));
}

static void only_paths_that_contain_the_text_fail(void **state)
{
    struct fixture *fixture = *state;
    char other[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->directory, "other", other);
    temp_directory_write(&fixture->directory, "other", "", 0);
    add(fixture, "rename", "BIT", 1);

    assert_fails(XBITS_ERROR_DISK_FULL, disk_rename(fixture->disk, other, fixture->path));
    assert_ok(disk_rename(fixture->disk, other, fixture->path));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_remove(fixture->disk, other));
}

static void calls_that_do_not_fit_are_not_counted_by_a_fault(void **state)
{
    struct fixture *fixture = *state;
    struct disk_stat status;

    temp_directory_write(&fixture->directory, "BIT1.tmp", "", 0);
    add(fixture, "stat", "BIT", 2);

    assert_ok(disk_stat(fixture->disk, fixture->directory.path, &status));
    assert_ok(disk_stat(fixture->disk, fixture->path, &status));
    assert_ok(disk_stat(fixture->disk, fixture->directory.path, &status));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_stat(fixture->disk, fixture->path, &status));
}

static void a_star_is_any_operation(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;

    add(fixture, "*", "", 0);

    assert_fails(XBITS_ERROR_DISK_FULL,
                 disk_open(fixture->disk, fixture->path, DISK_CREATE_NEW, &file));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_lock(fixture->disk, fixture->path, &file));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_remove(fixture->disk, fixture->path));
    assert_null(file);
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static void renaming_to_a_new_name_fails_by_either_name(void **state)
{
    struct fixture *fixture = *state;
    char other[TEMP_PATH_SIZE];
    bool is_taken = false;

    temp_directory_write(&fixture->directory, "BIT1.tmp", "", 0);
    temp_directory_join(&fixture->directory, "song", other);
    add(fixture, "rename_new", "song", 1);
    add(fixture, "rename_new", "BIT1", 2);
    add(fixture, "is_taken", "BIT1", 1);

    assert_fails(XBITS_ERROR_DISK_FULL, disk_rename_new(fixture->disk, fixture->path, other));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_rename_new(fixture->disk, fixture->path, other));
    assert_fails(XBITS_ERROR_DISK_FULL, disk_is_taken(fixture->disk, fixture->path, &is_taken));
    assert_ok(disk_is_taken(fixture->disk, fixture->path, &is_taken));
    assert_true(is_taken);
    assert_ok(disk_rename_new(fixture->disk, fixture->path, other));
    assert_true(temp_directory_has(&fixture->directory, "song"));
    assert_int_equal(disk_faulty_count(fixture->disk, "rename_new"), 3);
    assert_int_equal(disk_faulty_count(fixture->disk, "rename"), 0);
}

/* The sanitizer and valgrind see when it has not. */
static void a_close_that_fails_has_closed(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;

    add(fixture, "close", "", 1);
    assert_ok(disk_lock(fixture->disk, fixture->path, &file));

    assert_fails(XBITS_ERROR_DISK_FULL, disk_close(fixture->disk, file));

    assert_ok(disk_lock(fixture->disk, fixture->path, &file));
    assert_ok(disk_close(fixture->disk, file));
}

static void the_disks_own_failures_come_through(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 disk_open(fixture->disk, fixture->path, DISK_OPEN_READ, &file));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_check_directory(fixture->disk, fixture->path));
    assert_null(file);
}

static void cleared_faults_are_gone(void **state)
{
    struct fixture *fixture = *state;

    add(fixture, "*", "", 0);
    add(fixture, "remove", "", 0);

    disk_faulty_clear(fixture->disk);

    assert_ok(disk_check_directory(fixture->disk, fixture->directory.path));
}

static void faults_that_make_no_sense_are_refused(void **state)
{
    static const struct disk_fault faults[] = {
        { "wirte_at", "", 1, DISK_FAULT_FAIL, XBITS_ERROR_DISK_FULL },
        { "", "", 1, DISK_FAULT_FAIL, XBITS_ERROR_DISK_FULL },
        { "write_at", "", 1, DISK_FAULT_FAIL, XBITS_S_OK },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        assert_fails(XBITS_E_INVALIDARG, disk_faulty_add(fixture->disk, &faults[i]));
}

/* Removes the file in a child that is made to crash; returns how the child ended. */
static int remove_and_crash(const struct fixture *fixture, enum disk_fault_kind kind)
{
    struct disk_fault fault = { .operation = "remove", .path_part = "", .kind = kind };
    int status = 0;
    pid_t child;

    temp_directory_write(&fixture->directory, "BIT1.tmp", "", 0);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    child = fork();
    if (child == 0) {
        disk_remove(fixture->disk, fixture->path);
        _exit(0);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_crash_before_the_call_leaves_it_undone(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(remove_and_crash(fixture, DISK_FAULT_CRASH_BEFORE), DISK_FAULT_EXIT_STATUS);

    assert_true(temp_directory_has(&fixture->directory, "BIT1.tmp"));
}

static void a_crash_after_the_call_leaves_it_done(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(remove_and_crash(fixture, DISK_FAULT_CRASH_AFTER), DISK_FAULT_EXIT_STATUS);

    assert_false(temp_directory_has(&fixture->directory, "BIT1.tmp"));
}

#define DISK_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK_TEST(without_faults_everything_works),
        DISK_TEST(the_nth_call_fails_and_does_nothing),
        DISK_TEST(every_call_fails_when_no_number_is_given),
        DISK_TEST(only_paths_that_contain_the_text_fail),
        DISK_TEST(calls_that_do_not_fit_are_not_counted_by_a_fault),
        DISK_TEST(a_star_is_any_operation),
        DISK_TEST(renaming_to_a_new_name_fails_by_either_name),
        DISK_TEST(a_close_that_fails_has_closed),
        DISK_TEST(the_disks_own_failures_come_through),
        DISK_TEST(cleared_faults_are_gone),
        DISK_TEST(faults_that_make_no_sense_are_refused),
        DISK_TEST(a_crash_before_the_call_leaves_it_undone),
        DISK_TEST(a_crash_after_the_call_leaves_it_done),
    };

    return run_tests("disk faulty", tests);
}
