/* SPDX-License-Identifier: MIT */
#include "store/library/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define PIECE           ((size_t)256 << 10)
#define MODIFIED        (CLOCK_UNIX_EPOCH + INT64_C(784111777) * CLOCK_TICKS_PER_S)
#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* "in/BIT1.tmp" is to become "out/song.mp3". */
struct fixture {
    struct temp_directory directory;
    char from[TEMP_PATH_SIZE];
    char to[TEMP_PATH_SIZE];
    char outside[TEMP_PATH_SIZE];
    struct disk *disk; /* That fails on purpose; of the system's. */
};

static int begin(void **state)
{
    static struct fixture fixture;
    char path[TEMP_PATH_SIZE];

    temp_directory_make(&fixture.directory);
    assert_int_equal(mkdir(temp_directory_join(&fixture.directory, "in", path), 0700), 0);
    assert_int_equal(mkdir(temp_directory_join(&fixture.directory, "out", path), 0700), 0);
    temp_directory_join(&fixture.directory, "in/BIT1.tmp", fixture.from);
    temp_directory_join(&fixture.directory, "out/song.mp3", fixture.to);
    temp_directory_join(&fixture.directory, "outside", fixture.outside);
    temp_directory_write(&fixture.directory, "in/BIT1.tmp", "song", 4);
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

static void add_fault(struct disk *disk, const char *operation, const char *path_part, uint64_t nth,
                      xbits_result result)
{
    struct disk_fault fault = { operation, path_part, nth, DISK_FAULT_FAIL, result };

    assert_ok(disk_faulty_add(disk, &fault));
}

/* From now on "in" is on another device than "out". */
static void part_devices(struct disk *disk)
{
    add_fault(disk, "rename_new", "/in/", 0, XBITS_ERROR_NOT_SAME_DEVICE);
}

static void assert_content(const struct fixture *fixture, const char *name, const char *content)
{
    char *bytes = temp_directory_read(&fixture->directory, name, NULL);

    assert_string_equal(bytes, content);
    free(bytes);
}

/* Nothing but the file is there, at its new or at its old name. */
static void assert_moved(const struct fixture *fixture, bool is_moved)
{
    assert_content(fixture, is_moved ? "out/song.mp3" : "in/BIT1.tmp", "song");
    assert_false(
        temp_directory_has(&fixture->directory, is_moved ? "in/BIT1.tmp" : "out/song.mp3"));
    assert_false(temp_directory_has(&fixture->directory, "out/song.mp3.part"));
}

static void on_one_device_a_file_is_renamed_and_both_directories_synced(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(place_move(fixture->disk, fixture->from, fixture->to));

    assert_moved(fixture, true);
    assert_int_equal(disk_faulty_count(fixture->disk, "sync_directory"), 2);
    assert_int_equal(disk_faulty_count(fixture->disk, "open"), 0);
}

static void a_name_that_is_taken_is_left_alone(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "out/song.mp3", "old", 3);
    for (int devices = 1; devices <= 2; devices++) {
        assert_fails(XBITS_ERROR_FILE_EXISTS,
                     place_move(fixture->disk, fixture->from, fixture->to));
        assert_content(fixture, "in/BIT1.tmp", "song");
        assert_content(fixture, "out/song.mp3", "old");
        assert_false(temp_directory_has(&fixture->directory, "out/song.mp3.part"));
        part_devices(fixture->disk);
    }
}

static void a_link_under_the_name_is_not_followed(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(symlink(fixture->outside, fixture->to), 0);
    for (int devices = 1; devices <= 2; devices++) {
        assert_fails(XBITS_ERROR_FILE_EXISTS,
                     place_move(fixture->disk, fixture->from, fixture->to));
        assert_content(fixture, "in/BIT1.tmp", "song");
        assert_false(temp_directory_has(&fixture->directory, "outside"));
        part_devices(fixture->disk);
    }
}

static void only_a_regular_file_is_moved(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    assert_fails(XBITS_E_ACCESSDENIED,
                 place_move(fixture->disk, temp_directory_join(&fixture->directory, "in", path),
                            fixture->to));
    assert_message(path);
    temp_directory_join(&fixture->directory, "in/link", path);
    assert_int_equal(symlink(fixture->from, path), 0);
    assert_fails(XBITS_E_ACCESSDENIED, place_move(fixture->disk, path, fixture->to));
    assert_message("a symbolic link");
    assert_int_equal(mkfifo(temp_directory_join(&fixture->directory, "in/fifo", path), 0600), 0);
    assert_fails(XBITS_E_ACCESSDENIED, place_move(fixture->disk, path, fixture->to));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 place_move(fixture->disk, fixture->outside, fixture->to));

    assert_moved(fixture, false);
    assert_true(temp_directory_has(&fixture->directory, "in/link"));
}

static void a_directory_that_is_missing_is_not_made(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->directory, "none/song.mp3", path);
    for (int devices = 1; devices <= 2; devices++) {
        assert_fails(XBITS_ERROR_PATH_NOT_FOUND, place_move(fixture->disk, fixture->from, path));
        assert_content(fixture, "in/BIT1.tmp", "song");
        part_devices(fixture->disk);
    }
}

static char *make_bytes(size_t size)
{
    char *bytes = malloc(size + 1);

    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i / 1000 + i);
    return bytes;
}

static void to_another_device_every_byte_and_the_time_go_along(void **state)
{
    static const size_t sizes[] = { 0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 600000 };
    struct fixture *fixture = *state;
    struct disk_stat stat;

    part_devices(fixture->disk);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char *bytes = make_bytes(sizes[i]);
        struct disk_file *file = NULL;
        char *copy;
        size_t size;

        temp_directory_write(&fixture->directory, "in/BIT1.tmp", bytes, sizes[i]);
        assert_ok(disk_open(fixture->disk, fixture->from, DISK_OPEN_WRITE, &file));
        assert_ok(disk_set_modified(fixture->disk, file, MODIFIED));
        assert_ok(disk_close(fixture->disk, file));
        assert_ok(place_move(fixture->disk, fixture->from, fixture->to));
        assert_false(temp_directory_has(&fixture->directory, "in/BIT1.tmp"));
        assert_false(temp_directory_has(&fixture->directory, "out/song.mp3.part"));
        assert_ok(disk_stat(fixture->disk, fixture->to, &stat));
        assert_true(stat.modified == MODIFIED);
        copy = temp_directory_read(&fixture->directory, "out/song.mp3", &size);
        assert_int_equal(size, sizes[i]);
        assert_memory_equal(copy, bytes, size);
        free(copy);
        free(bytes);
        assert_ok(disk_remove(fixture->disk, fixture->to));
    }
}

static void what_a_killed_run_left_is_replaced(void **state)
{
    struct fixture *fixture = *state;
    char part[TEMP_PATH_SIZE];

    part_devices(fixture->disk);
    temp_directory_write(&fixture->directory, "out/song.mp3.part", "half of another", 15);
    assert_ok(place_move(fixture->disk, fixture->from, fixture->to));
    assert_moved(fixture, true);

    assert_int_equal(rename(fixture->to, fixture->from), 0);
    temp_directory_write(&fixture->directory, "outside", "mine", 4);
    temp_directory_join(&fixture->directory, "out/song.mp3.part", part);
    assert_int_equal(symlink(fixture->outside, part), 0);
    assert_ok(place_move(fixture->disk, fixture->from, fixture->to));

    assert_moved(fixture, true);
    assert_content(fixture, "outside", "mine");
}

/* Whichever call fails, the file is where it was, or where it was to go and that is said. */
static void fail_each_call(struct fixture *fixture, unsigned devices)
{
    for (uint64_t nth = 1;; nth++) {
        uint64_t before;
        xbits_result result;

        if (devices == 2)
            part_devices(fixture->disk);
        before = disk_faulty_count(fixture->disk, "*");
        add_fault(fixture->disk, "*", "", nth, XBITS_ERROR_IO_DEVICE);
        result = place_move(fixture->disk, fixture->from, fixture->to);
        assert_true(result == XBITS_S_OK || result == XBITS_ERROR_IO_DEVICE);
        if (XBITS_FAILED(result))
            assert_int_equal(xbits_last_error()->result, result);
        assert_moved(fixture, XBITS_SUCCEEDED(result));
        if (XBITS_SUCCEEDED(result))
            assert_int_equal(rename(fixture->to, fixture->from), 0);
        if (disk_faulty_count(fixture->disk, "*") - before < nth) {
            assert_in_range(nth, 4, 100);
            break;
        }
        disk_faulty_clear(fixture->disk);
    }
}

static void a_failure_leaves_the_file_where_it_was(void **state)
{
    fail_each_call(*state, 1);
}

static void a_failure_of_a_copy_leaves_the_file_where_it_was(void **state)
{
    fail_each_call(*state, 2);
}

/* A file server may do as it was told and lose the answer. */
static void a_removal_that_failed_and_happened_loses_nothing(void **state)
{
    static const struct disk_fault fault = { "remove", "/in/", 1, DISK_FAULT_FAIL,
                                             XBITS_ERROR_FILE_NOT_FOUND };
    struct fixture *fixture = *state;

    part_devices(fixture->disk);
    assert_ok(disk_faulty_add(fixture->disk, &fault));

    assert_ok(place_move(fixture->disk, fixture->from, fixture->to));

    assert_content(fixture, "out/song.mp3", "song");
}

/* Where there is no second file system, this shows nothing. */
static void a_real_other_device_is_reached(void **state)
{
    struct fixture *fixture = *state;
    struct temp_directory other = { .path = "/dev/shm/xbits-test-XXXXXX" };
    struct stat here;
    struct stat there;
    char to[TEMP_PATH_SIZE];

    if (stat("/dev/shm", &there) != 0 || stat(fixture->from, &here) != 0 ||
        there.st_dev == here.st_dev || access("/dev/shm", W_OK) != 0)
        skip();
    assert_non_null(mkdtemp(other.path));

    assert_ok(
        place_move(fixture->disk, fixture->from, temp_directory_join(&other, "song.mp3", to)));

    assert_int_equal(temp_directory_count(&other), 1);
    assert_true(temp_directory_has(&other, "song.mp3"));
    assert_false(temp_directory_has(&fixture->directory, "in/BIT1.tmp"));
    temp_directory_remove(&other);
}

/* What follows is on a disk in memory, whose power goes after any of the operations. */
#define SONG_SIZE (PIECE + 5000)
#define FROM      "/in/BIT1.tmp"
#define TO        "/out/song.mp3"

struct run {
    struct disk *power;
    struct disk *disk; /* Over it, with one device or two. */
    char *bytes;
};

static void run_begin(struct run *run, uint64_t seed, unsigned devices)
{
    struct disk_file *file = NULL;

    run->bytes = make_bytes(SONG_SIZE);
    run->power = disk_power_new(seed);
    assert_ok(disk_faulty_new(run->power, &run->disk));
    if (devices == 2)
        part_devices(run->disk);
    assert_ok(disk_make_directory(run->power, "/in"));
    assert_ok(disk_make_directory(run->power, "/out"));
    assert_ok(disk_open(run->power, FROM, DISK_CREATE_NEW, &file));
    assert_ok(disk_write_at(run->power, file, 0, run->bytes, SONG_SIZE));
    assert_ok(disk_sync(run->power, file));
    assert_ok(disk_close(run->power, file));
    assert_ok(disk_sync_directory(run->power, "/in"));
}

static void run_end(struct run *run)
{
    disk_faulty_free(run->disk);
    disk_power_free(run->power);
    free(run->bytes);
}

/* Is it there? Then it is whole. */
static bool has_song(const struct run *run, const char *path)
{
    char *bytes = malloc(SONG_SIZE + 1);
    struct disk_file *file = NULL;
    size_t size = 0;

    assert_non_null(bytes);
    if (XBITS_SUCCEEDED(disk_open(run->power, path, DISK_OPEN_READ, &file))) {
        assert_ok(disk_read_at(run->power, file, 0, bytes, SONG_SIZE + 1, &size));
        assert_ok(disk_close(run->power, file));
        assert_int_equal(size, SONG_SIZE);
        assert_memory_equal(bytes, run->bytes, SONG_SIZE);
    }
    free(bytes);
    return file != NULL;
}

/* What is there after the end, and that the next run can go on from it. */
static void check_run(const struct run *run, unsigned devices)
{
    bool is_old = has_song(run, FROM);
    bool is_new = has_song(run, TO);

    assert_true(is_old || is_new);
    if (devices == 1)
        assert_true(is_old != is_new);
    if (is_new)
        return;
    assert_ok(place_move(run->disk, FROM, TO));
    disk_power_end_after(run->power, 0, DISK_POWER_CUT);
    disk_power_restore(run->power);
    assert_true(has_song(run, TO));
    assert_false(has_song(run, FROM));
}

/* True while the power went before the move was done. */
static bool try_run(uint64_t operations, enum disk_power_end end, uint64_t seed, unsigned devices)
{
    struct run run;
    xbits_result result;
    bool is_off;

    run_begin(&run, seed, devices);
    disk_power_end_after(run.power, operations, end);
    result = place_move(run.disk, FROM, TO);
    is_off = disk_power_is_off(run.power);
    if (!is_off)
        disk_power_end_after(run.power, 0, end);
    disk_power_restore(run.power);
    if (XBITS_SUCCEEDED(result))
        assert_true(has_song(&run, TO));
    check_run(&run, devices);
    run_end(&run);
    return is_off;
}

static void end_after_each_operation(enum disk_power_end end, unsigned devices, uint64_t seeds)
{
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        uint64_t operations = 1;

        while (try_run(operations, end, seed, devices))
            operations++;
        /* Rename and two directories; or open, two pieces, time, sync, rename, two directories and
         * a removal. */
        assert_int_equal(operations - 1, devices == 1 ? 3 : 9);
    }
}

static void a_kill_leaves_the_file_at_one_of_its_names(void **state)
{
    (void)state;
    end_after_each_operation(DISK_POWER_KILL, 1, 1);
}

static void a_kill_of_a_copy_leaves_a_whole_file(void **state)
{
    (void)state;
    end_after_each_operation(DISK_POWER_KILL, 2, 1);
}

static void a_power_cut_leaves_the_file_at_one_of_its_names(void **state)
{
    (void)state;
    end_after_each_operation(DISK_POWER_CUT, 1, 16);
}

static void a_power_cut_of_a_copy_leaves_a_whole_file(void **state)
{
    (void)state;
    end_after_each_operation(DISK_POWER_CUT, 2, 16);
}

#define PLACE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        PLACE_TEST(on_one_device_a_file_is_renamed_and_both_directories_synced),
        PLACE_TEST(a_name_that_is_taken_is_left_alone),
        PLACE_TEST(a_link_under_the_name_is_not_followed),
        PLACE_TEST(only_a_regular_file_is_moved),
        PLACE_TEST(a_directory_that_is_missing_is_not_made),
        PLACE_TEST(to_another_device_every_byte_and_the_time_go_along),
        PLACE_TEST(what_a_killed_run_left_is_replaced),
        PLACE_TEST(a_failure_leaves_the_file_where_it_was),
        PLACE_TEST(a_failure_of_a_copy_leaves_the_file_where_it_was),
        PLACE_TEST(a_removal_that_failed_and_happened_loses_nothing),
        PLACE_TEST(a_real_other_device_is_reached),
        cmocka_unit_test(a_kill_leaves_the_file_at_one_of_its_names),
        cmocka_unit_test(a_kill_of_a_copy_leaves_a_whole_file),
        cmocka_unit_test(a_power_cut_leaves_the_file_at_one_of_its_names),
        cmocka_unit_test(a_power_cut_of_a_copy_leaves_a_whole_file),
    };

    return run_tests("place move", tests);
}
