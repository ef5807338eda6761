/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

/* A directory, and the path of a file in it that is not there yet. */
struct fixture {
    struct temp_directory directory;
    char path[TEMP_PATH_SIZE];
    struct disk *disk;
};

static int begin(void **state)
{
    static struct fixture fixture;

    temp_directory_make(&fixture.directory);
    temp_directory_join(&fixture.directory, "file", fixture.path);
    fixture.disk = disk_system();
    *state = &fixture;
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_remove(&fixture->directory);
    return 0;
}

static struct disk_file *open_file(const struct fixture *fixture, enum disk_open how)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(fixture->disk, fixture->path, how, &file));
    assert_non_null(file);
    return file;
}

static uint64_t size_of(const struct fixture *fixture)
{
    struct disk_stat status = { 0 };

    assert_ok(disk_stat(fixture->disk, fixture->path, &status));
    return status.size;
}

static void bytes_are_written_and_read_at_any_place(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);
    char bytes[16];
    size_t size = 0;

    assert_ok(disk_write_at(fixture->disk, file, 4, "world", 5));
    assert_ok(disk_write_at(fixture->disk, file, 0, "hi, ", 4));
    assert_ok(disk_write_at(fixture->disk, file, 2, "", 0));
    assert_ok(disk_close(fixture->disk, file));

    file = open_file(fixture, DISK_OPEN_READ);
    assert_ok(disk_read_at(fixture->disk, file, 0, bytes, sizeof(bytes), &size));
    assert_int_equal(size, 9);
    assert_memory_equal(bytes, "hi, world", 9);
    assert_ok(disk_read_at(fixture->disk, file, 4, bytes, 3, &size));
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "wor", 3);
    assert_ok(disk_read_at(fixture->disk, file, 9, bytes, sizeof(bytes), &size));
    assert_int_equal(size, 0);
    assert_ok(disk_close(fixture->disk, file));
}

static void an_existing_file_is_opened_for_writing_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file;
    char *bytes;

    temp_directory_write(&fixture->directory, "file", "abc", 3);
    file = open_file(fixture, DISK_OPEN_WRITE);
    assert_ok(disk_write_at(fixture->disk, file, 1, "X", 1));
    assert_ok(disk_close(fixture->disk, file));

    bytes = temp_directory_read(&fixture->directory, "file", NULL);
    assert_string_equal(bytes, "aXc");
    free(bytes);
}

static void a_new_file_does_not_replace_an_old_one(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;

    temp_directory_write(&fixture->directory, "file", "abc", 3);

    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 disk_open(fixture->disk, fixture->path, DISK_CREATE_NEW, &file));
    assert_message(fixture->path);
    assert_null(file);
    assert_true(size_of(fixture) == 3);
}

static void opening_what_is_missing_tells_file_from_directory(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct disk_file *file = NULL;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 disk_open(fixture->disk, fixture->path, DISK_OPEN_READ, &file));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 disk_open(fixture->disk, fixture->path, DISK_OPEN_WRITE, &file));

    temp_directory_join(&fixture->directory, "no/file", path);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_open(fixture->disk, path, DISK_OPEN_READ, &file));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_open(fixture->disk, path, DISK_CREATE_NEW, &file));

    temp_directory_write(&fixture->directory, "file", "", 0);
    temp_directory_join(&fixture->directory, "file/file", path);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_open(fixture->disk, path, DISK_OPEN_READ, &file));
    assert_null(file);
}

static void only_regular_files_are_opened_and_nothing_waits(void **state)
{
    struct fixture *fixture = *state;
    char fifo[TEMP_PATH_SIZE];
    char link[TEMP_PATH_SIZE];
    const char *const paths[] = { fifo, link, fixture->directory.path, "/dev/null", "/dev/tty" };
    struct disk_file *file = NULL;

    assert_int_equal(mkfifo(temp_directory_join(&fixture->directory, "fifo", fifo), 0600), 0);
    assert_int_equal(symlink(fifo, temp_directory_join(&fixture->directory, "link", link)), 0);

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_fails(XBITS_E_ACCESSDENIED,
                     disk_open(fixture->disk, paths[i], DISK_OPEN_READ, &file));
        assert_message(paths[i]);
        assert_fails(XBITS_E_ACCESSDENIED,
                     disk_open(fixture->disk, paths[i], DISK_OPEN_WRITE, &file));
        assert_fails(XBITS_E_ACCESSDENIED, disk_lock(fixture->disk, paths[i], &file));
    }
    assert_null(file);
}

static void a_link_to_a_regular_file_is_followed(void **state)
{
    struct fixture *fixture = *state;
    char link[TEMP_PATH_SIZE];
    struct disk_file *file = NULL;

    temp_directory_write(&fixture->directory, "file", "abc", 3);
    assert_int_equal(symlink("file", temp_directory_join(&fixture->directory, "link", link)), 0);

    assert_ok(disk_open(fixture->disk, link, DISK_OPEN_READ, &file));
    assert_ok(disk_close(fixture->disk, file));
}

static void open_files_are_not_inherited(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);
    struct stat status;
    struct stat ours;
    int found = 0;

    assert_int_equal(stat(fixture->path, &ours), 0);
    for (int descriptor = 3; descriptor < 256; descriptor++) {
        if (fstat(descriptor, &status) != 0 || status.st_ino != ours.st_ino ||
            status.st_dev != ours.st_dev)
            continue;
        found++;
        assert_true((fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0);
    }

    assert_int_equal(found, 1);
    assert_ok(disk_close(fixture->disk, file));
}

static void preallocation_sets_the_length(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);

    assert_ok(disk_preallocate(fixture->disk, file, 1000000));
    assert_true(size_of(fixture) == 1000000);
    assert_ok(disk_preallocate(fixture->disk, file, 10));
    assert_true(size_of(fixture) == 10);
    assert_ok(disk_preallocate(fixture->disk, file, 0));
    assert_true(size_of(fixture) == 0);
    assert_ok(disk_close(fixture->disk, file));
}

static void preallocation_keeps_what_was_written(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);
    char *bytes;
    size_t size;

    assert_ok(disk_write_at(fixture->disk, file, 0, "abc", 3));
    assert_ok(disk_preallocate(fixture->disk, file, 5));
    assert_ok(disk_close(fixture->disk, file));

    bytes = temp_directory_read(&fixture->directory, "file", &size);
    assert_int_equal(size, 5);
    assert_memory_equal(bytes, "abc\0\0", 5);
    free(bytes);
}

static void room_that_no_file_has_is_refused_and_leaves_the_length(void **state)
{
    static const uint64_t sizes[] = { UINT64_MAX, (uint64_t)INT64_MAX + 1 };
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);

    assert_ok(disk_write_at(fixture->disk, file, 0, "abc", 3));
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        assert_fails(XBITS_ERROR_FILE_TOO_LARGE, disk_preallocate(fixture->disk, file, sizes[i]));
        assert_message(fixture->path);
        assert_true(size_of(fixture) == 3);
    }
    assert_ok(disk_close(fixture->disk, file));
}

/* A file system that cannot reserve may also take the length as it is, and this shows nothing. */
static void room_that_the_disk_has_not_is_refused_and_leaves_the_length(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);

    assert_ok(disk_write_at(fixture->disk, file, 0, "abc", 3));
    if (XBITS_FAILED(disk_preallocate(fixture->disk, file, UINT64_C(1) << 61)))
        assert_true(size_of(fixture) == 3);
    assert_ok(disk_close(fixture->disk, file));
}

static void a_place_that_no_file_has_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);
    char byte;
    size_t size = 7;

    assert_fails(XBITS_ERROR_FILE_TOO_LARGE,
                 disk_write_at(fixture->disk, file, UINT64_MAX, "x", 1));
    assert_fails(XBITS_ERROR_FILE_TOO_LARGE, disk_write_at(fixture->disk, file, INT64_MAX, "x", 1));
    assert_fails(XBITS_ERROR_FILE_TOO_LARGE, disk_truncate(fixture->disk, file, UINT64_MAX));
    assert_ok(disk_close(fixture->disk, file));

    file = open_file(fixture, DISK_OPEN_READ);
    assert_fails(XBITS_ERROR_FILE_TOO_LARGE,
                 disk_read_at(fixture->disk, file, UINT64_MAX, &byte, 1, &size));
    assert_int_equal(size, 7);
    assert_ok(disk_close(fixture->disk, file));
    assert_true(size_of(fixture) == 0);
}

static void a_file_is_cut_and_brought_to_the_disk(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);

    assert_ok(disk_write_at(fixture->disk, file, 0, "abcdef", 6));
    assert_ok(disk_truncate(fixture->disk, file, 4));
    assert_ok(disk_sync(fixture->disk, file));
    assert_ok(disk_close(fixture->disk, file));

    assert_true(size_of(fixture) == 4);
}

static void the_time_of_a_file_is_set(void **state)
{
    static const int64_t times[] = {
        CLOCK_UNIX_EPOCH + INT64_C(784111777) * CLOCK_TICKS_PER_S,
        CLOCK_UNIX_EPOCH + INT64_C(784111777) * CLOCK_TICKS_PER_S + 1234567,
        CLOCK_UNIX_EPOCH - 5 * CLOCK_TICKS_PER_S,
        CLOCK_UNIX_EPOCH,
    };
    struct fixture *fixture = *state;
    struct disk_file *file = open_file(fixture, DISK_CREATE_NEW);
    struct disk_stat status = { 0 };

    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        assert_ok(disk_set_modified(fixture->disk, file, times[i]));
        assert_ok(disk_stat(fixture->disk, fixture->path, &status));
        assert_true(status.modified == times[i]);
    }
    assert_fails(XBITS_E_INVALIDARG, disk_set_modified(fixture->disk, file, -1));
    assert_ok(disk_close(fixture->disk, file));
}

static void writing_to_a_file_opened_for_reading_fails(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file;

    temp_directory_write(&fixture->directory, "file", "abc", 3);
    file = open_file(fixture, DISK_OPEN_READ);

    assert_fails(XBITS_E_HANDLE, disk_write_at(fixture->disk, file, 0, "x", 1));
    assert_message(fixture->path);
    assert_ok(disk_close(fixture->disk, file));
}

static void a_lock_is_held_until_it_is_closed(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *first = NULL;
    struct disk_file *second = NULL;

    assert_ok(disk_lock(fixture->disk, fixture->path, &first));
    assert_fails(XBITS_ERROR_LOCK_VIOLATION, disk_lock(fixture->disk, fixture->path, &second));
    assert_message(fixture->path);
    assert_null(second);

    assert_ok(disk_close(fixture->disk, first));

    assert_ok(disk_lock(fixture->disk, fixture->path, &second));
    assert_ok(disk_close(fixture->disk, second));
}

static void a_lock_needs_its_directory(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;
    char path[TEMP_PATH_SIZE];

    assert_fails(
        XBITS_ERROR_PATH_NOT_FOUND,
        disk_lock(fixture->disk, temp_directory_join(&fixture->directory, "no/lock", path), &file));
    assert_null(file);
}

#define DISK_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DISK_TEST(bytes_are_written_and_read_at_any_place),
        DISK_TEST(an_existing_file_is_opened_for_writing_as_it_is),
        DISK_TEST(a_new_file_does_not_replace_an_old_one),
        DISK_TEST(opening_what_is_missing_tells_file_from_directory),
        DISK_TEST(only_regular_files_are_opened_and_nothing_waits),
        DISK_TEST(a_link_to_a_regular_file_is_followed),
        DISK_TEST(open_files_are_not_inherited),
        DISK_TEST(preallocation_sets_the_length),
        DISK_TEST(preallocation_keeps_what_was_written),
        DISK_TEST(room_that_no_file_has_is_refused_and_leaves_the_length),
        DISK_TEST(room_that_the_disk_has_not_is_refused_and_leaves_the_length),
        DISK_TEST(a_place_that_no_file_has_is_refused),
        DISK_TEST(a_file_is_cut_and_brought_to_the_disk),
        DISK_TEST(the_time_of_a_file_is_set),
        DISK_TEST(writing_to_a_file_opened_for_reading_fails),
        DISK_TEST(a_lock_is_held_until_it_is_closed),
        DISK_TEST(a_lock_needs_its_directory),
    };

    return run_tests("disk", tests);
}
