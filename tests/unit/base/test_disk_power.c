/* SPDX-License-Identifier: MIT */
#include "support/disk_power.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define SEEDS 64

static struct disk_file *open_file(struct disk *disk, const char *path, enum disk_open how)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(disk, path, how, &file));
    return file;
}

/* A file with its bytes and its name on the medium. */
static void put(struct disk *disk, const char *path, const char *bytes)
{
    struct disk_file *file = open_file(disk, path, DISK_CREATE_NEW);

    assert_ok(disk_write_at(disk, file, 0, bytes, strlen(bytes)));
    assert_ok(disk_sync(disk, file));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_sync_directory(disk, "/"));
}

static bool has(struct disk *disk, const char *path)
{
    struct disk_stat stat;

    return XBITS_SUCCEEDED(disk_stat(disk, path, &stat));
}

static const char *read_all(struct disk *disk, const char *path)
{
    static char bytes[4096];
    struct disk_file *file = open_file(disk, path, DISK_OPEN_READ);
    size_t size = 0;

    assert_ok(disk_read_at(disk, file, 0, bytes, sizeof(bytes) - 1, &size));
    assert_ok(disk_close(disk, file));
    bytes[size] = '\0';
    return bytes;
}

static void go_off_and_on(struct disk *disk, enum disk_power_end end)
{
    disk_power_end_after(disk, 0, end);
    assert_true(disk_power_is_off(disk));
    disk_power_restore(disk);
}

static void it_behaves_as_a_disk(void **state)
{
    struct disk *disk = disk_power_new(1);
    struct disk_stat before;
    struct disk_stat after;
    struct disk_file *file;
    char bytes[8] = { 0 };
    size_t size = 0;

    (void)state;
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_open(disk, "/a/b/f", DISK_OPEN_UPDATE, &file));
    assert_ok(disk_make_directory(disk, "/a/b"));
    assert_ok(disk_make_directory(disk, "/a/b"));
    assert_ok(disk_check_directory(disk, "/a"));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_open(disk, "/a/b/f", DISK_OPEN_WRITE, &file));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_stat(disk, "/a/b/f", &before));
    file = open_file(disk, "/a/b/f", DISK_OPEN_UPDATE);
    assert_ok(disk_write_at(disk, file, 3, "def", 3));
    assert_ok(disk_read_at(disk, file, 1, bytes, sizeof(bytes), &size));
    assert_int_equal(size, 5);
    assert_memory_equal(bytes, "\0\0def", 5);
    assert_ok(disk_truncate(disk, file, 4));
    assert_ok(disk_set_modified(disk, file, 77));
    assert_ok(disk_close(disk, file));
    assert_fails(XBITS_ERROR_FILE_EXISTS, disk_open(disk, "/a/b/f", DISK_CREATE_NEW, &file));
    assert_ok(disk_stat(disk, "/a/b/f", &before));
    assert_ok(disk_rename(disk, "/a/b/f", "/a/g"));
    assert_ok(disk_stat(disk, "/a/g", &after));
    assert_int_equal(after.inode, before.inode);
    assert_int_equal(after.size, 4);
    assert_int_equal(after.modified, 77);
    assert_false(has(disk, "/a/b/f"));
    assert_ok(disk_remove(disk, "/a/g"));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_remove(disk, "/a/g"));
    disk_power_free(disk);
}

static void a_rename_replaces(void **state)
{
    struct disk *disk = disk_power_new(1);

    (void)state;
    put(disk, "/new", "new");
    put(disk, "/old", "older");

    assert_ok(disk_rename(disk, "/new", "/old"));

    assert_string_equal(read_all(disk, "/old"), "new");
    assert_false(has(disk, "/new"));
    disk_power_free(disk);
}

static void a_rename_to_a_new_name_replaces_nothing(void **state)
{
    struct disk *disk = disk_power_new(1);
    bool is_taken = true;

    (void)state;
    put(disk, "/new", "new");
    put(disk, "/old", "older");

    assert_fails(XBITS_ERROR_FILE_EXISTS, disk_rename_new(disk, "/new", "/old"));
    assert_fails(XBITS_ERROR_FILE_EXISTS, disk_rename_new(disk, "/new", "/new"));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_rename_new(disk, "/none", "/old"));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_rename_new(disk, "/new", "/none/new"));
    assert_string_equal(read_all(disk, "/old"), "older");
    assert_ok(disk_is_taken(disk, "/free", &is_taken));
    assert_false(is_taken);

    assert_ok(disk_rename_new(disk, "/new", "/free"));

    assert_ok(disk_is_taken(disk, "/free", &is_taken));
    assert_true(is_taken);
    assert_string_equal(read_all(disk, "/free"), "new");
    assert_false(has(disk, "/new"));
    disk_power_free(disk);
}

static void a_lock_keeps_others_off_until_it_is_closed_or_the_run_ends(void **state)
{
    struct disk *disk = disk_power_new(1);
    struct disk_file *file = NULL;
    struct disk_file *other = NULL;

    (void)state;
    assert_ok(disk_lock(disk, "/lock", &file));
    assert_fails(XBITS_ERROR_LOCK_VIOLATION, disk_lock(disk, "/lock", &other));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_lock(disk, "/lock", &file));
    go_off_and_on(disk, DISK_POWER_KILL);

    assert_ok(disk_lock(disk, "/lock", &other));

    /* The dead run's handle cannot open the lock of the living one. */
    assert_fails(XBITS_ERROR_NOT_READY, disk_close(disk, file));
    assert_fails(XBITS_ERROR_LOCK_VIOLATION, disk_lock(disk, "/lock", &file));
    assert_ok(disk_close(disk, other));
    disk_power_free(disk);
}

static void without_power_every_call_fails(void **state)
{
    struct disk *disk = disk_power_new(1);
    struct disk_file *file = open_file(disk, "/f", DISK_OPEN_UPDATE);
    struct disk_file *other = NULL;
    struct disk_stat stat;
    bool is_taken;
    char byte;
    size_t size;

    (void)state;
    disk_power_end_after(disk, 0, DISK_POWER_KILL);

    assert_fails(XBITS_ERROR_NOT_READY, disk_open(disk, "/f", DISK_OPEN_READ, &other));
    assert_fails(XBITS_ERROR_NOT_READY, disk_lock(disk, "/f", &other));
    assert_fails(XBITS_ERROR_NOT_READY, disk_write_at(disk, file, 0, "x", 1));
    assert_fails(XBITS_ERROR_NOT_READY, disk_read_at(disk, file, 0, &byte, 1, &size));
    assert_fails(XBITS_ERROR_NOT_READY, disk_sync(disk, file));
    assert_fails(XBITS_ERROR_NOT_READY, disk_stat(disk, "/f", &stat));
    assert_fails(XBITS_ERROR_NOT_READY, disk_rename(disk, "/f", "/g"));
    assert_fails(XBITS_ERROR_NOT_READY, disk_rename_new(disk, "/f", "/g"));
    assert_fails(XBITS_ERROR_NOT_READY, disk_is_taken(disk, "/f", &is_taken));
    assert_fails(XBITS_ERROR_NOT_READY, disk_close(disk, file));
    assert_null(other);
    disk_power_restore(disk);
    assert_true(has(disk, "/f"));
    disk_power_free(disk);
}

static void the_last_operation_before_the_end_still_happens(void **state)
{
    struct disk *disk = disk_power_new(1);
    uint64_t before = disk_power_count(disk);

    (void)state;
    disk_power_end_after(disk, 3, DISK_POWER_CUT);

    assert_ok(disk_make_directory(disk, "/a"));
    assert_ok(disk_make_directory(disk, "/b"));
    assert_ok(disk_make_directory(disk, "/c"));
    assert_fails(XBITS_ERROR_NOT_READY, disk_make_directory(disk, "/d"));
    assert_int_equal(disk_power_count(disk) - before, 3);
    disk_power_restore(disk);
    assert_true(has(disk, "/c"));
    disk_power_free(disk);
}

static void only_a_cut_is_a_new_start_of_the_system(void **state)
{
    struct disk *disk = disk_power_new(1);
    char first[BOOT_ID_SIZE];
    char after_kill[BOOT_ID_SIZE];
    char after_cut[BOOT_ID_SIZE];

    (void)state;
    assert_true(disk_boot_id(disk, first));
    go_off_and_on(disk, DISK_POWER_KILL);
    assert_true(disk_boot_id(disk, after_kill));
    go_off_and_on(disk, DISK_POWER_CUT);
    assert_true(disk_boot_id(disk, after_cut));

    assert_string_equal(after_kill, first);
    assert_string_not_equal(after_cut, first);
    disk_power_free(disk);
}

static void what_was_synced_survives_a_cut(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);

        put(disk, "/f", "abc");
        go_off_and_on(disk, DISK_POWER_CUT);
        assert_string_equal(read_all(disk, "/f"), "abc");
        disk_power_free(disk);
    }
}

static void everything_survives_a_kill_but_not_the_cut_after_it(void **state)
{
    unsigned lost = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct disk_file *file;

        put(disk, "/f", "abc");
        file = open_file(disk, "/f", DISK_OPEN_UPDATE);
        assert_ok(disk_write_at(disk, file, 0, "x", 1));
        go_off_and_on(disk, DISK_POWER_KILL);
        assert_string_equal(read_all(disk, "/f"), "xbc");
        go_off_and_on(disk, DISK_POWER_CUT);
        lost += strcmp(read_all(disk, "/f"), "abc") == 0;
        assert_fails(XBITS_ERROR_NOT_READY, disk_close(disk, file));
        disk_power_free(disk);
    }
    assert_in_range(lost, 1, SEEDS - 1);
}

/* Bit n: write n was kept. Of 64 seeds each of the four outcomes meets one. */
static void any_of_the_unsynced_writes_may_be_kept(void **state)
{
    unsigned outcomes = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct disk_file *file;
        const char *bytes;

        put(disk, "/f", "..");
        file = open_file(disk, "/f", DISK_OPEN_UPDATE);
        assert_ok(disk_write_at(disk, file, 0, "0", 1));
        assert_ok(disk_write_at(disk, file, 1, "1", 1));
        go_off_and_on(disk, DISK_POWER_CUT);
        bytes = read_all(disk, "/f");
        outcomes |= 1U << ((bytes[0] == '0' ? 1 : 0) + (bytes[1] == '1' ? 2 : 0));
        assert_fails(XBITS_ERROR_NOT_READY, disk_close(disk, file));
        disk_power_free(disk);
    }
    assert_int_equal(outcomes, 0xF);
}

static void a_write_may_be_torn_between_sectors_only(void **state)
{
    char whole[3 * DISK_POWER_SECTOR];
    unsigned torn = 0;

    (void)state;
    memset(whole, 'w', sizeof(whole));
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct disk_file *file;
        const char *bytes;
        unsigned kept = 0;

        put(disk, "/f", "");
        file = open_file(disk, "/f", DISK_OPEN_UPDATE);
        assert_ok(disk_truncate(disk, file, sizeof(whole)));
        assert_ok(disk_sync(disk, file));
        assert_ok(disk_write_at(disk, file, 0, whole, sizeof(whole)));
        go_off_and_on(disk, DISK_POWER_CUT);
        bytes = read_all(disk, "/f");
        for (size_t sector = 0; sector < 3; sector++) {
            const char *first = bytes + sector * DISK_POWER_SECTOR;

            for (size_t i = 1; i < DISK_POWER_SECTOR; i++)
                assert_int_equal(first[i], first[0]);
            kept += first[0] == 'w';
        }
        torn += kept == 1 || kept == 2;
        assert_fails(XBITS_ERROR_NOT_READY, disk_close(disk, file));
        disk_power_free(disk);
    }
    assert_in_range(torn, 1, SEEDS - 1);
}

static void a_synced_file_without_a_synced_name_may_be_gone(void **state)
{
    unsigned gone = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct disk_file *file = open_file(disk, "/f", DISK_CREATE_NEW);

        assert_ok(disk_write_at(disk, file, 0, "abc", 3));
        assert_ok(disk_sync(disk, file));
        assert_ok(disk_close(disk, file));
        go_off_and_on(disk, DISK_POWER_CUT);
        if (has(disk, "/f"))
            assert_string_equal(read_all(disk, "/f"), "abc");
        gone += !has(disk, "/f");
        disk_power_free(disk);
    }
    assert_in_range(gone, 1, SEEDS - 1);
}

/* Under each of both names there is one of both files, and never none under the target. */
static void a_rename_happens_as_a_whole_or_not(void **state)
{
    unsigned renamed = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);

        put(disk, "/new", "new");
        put(disk, "/target", "older");
        assert_ok(disk_rename(disk, "/new", "/target"));
        go_off_and_on(disk, DISK_POWER_CUT);
        if (has(disk, "/new")) {
            assert_string_equal(read_all(disk, "/target"), "older");
        } else {
            assert_string_equal(read_all(disk, "/target"), "new");
            renamed++;
        }
        disk_power_free(disk);
    }
    assert_in_range(renamed, 1, SEEDS - 1);
}

static void a_rename_to_a_new_name_happens_as_a_whole_or_not(void **state)
{
    unsigned renamed = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);

        put(disk, "/from", "abc");
        assert_ok(disk_rename_new(disk, "/from", "/to"));
        go_off_and_on(disk, DISK_POWER_KILL);
        assert_true(has(disk, "/to") && !has(disk, "/from"));
        go_off_and_on(disk, DISK_POWER_CUT);
        assert_true(has(disk, "/to") != has(disk, "/from"));
        assert_string_equal(read_all(disk, has(disk, "/to") ? "/to" : "/from"), "abc");
        renamed += has(disk, "/to");
        disk_power_free(disk);
    }
    assert_in_range(renamed, 1, SEEDS - 1);
}

static void a_synced_directory_keeps_its_names(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);

        assert_ok(disk_make_directory(disk, "/a/b"));
        put(disk, "/gone", "x");
        put(disk, "/from", "abc");
        assert_ok(disk_remove(disk, "/gone"));
        assert_ok(disk_rename(disk, "/from", "/to"));
        assert_ok(disk_sync_directory(disk, "/"));
        go_off_and_on(disk, DISK_POWER_CUT);
        assert_false(has(disk, "/gone"));
        assert_string_equal(read_all(disk, "/to"), "abc");
        assert_ok(disk_check_directory(disk, "/a/b"));
        disk_power_free(disk);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_behaves_as_a_disk),
        cmocka_unit_test(a_rename_replaces),
        cmocka_unit_test(a_rename_to_a_new_name_replaces_nothing),
        cmocka_unit_test(a_lock_keeps_others_off_until_it_is_closed_or_the_run_ends),
        cmocka_unit_test(without_power_every_call_fails),
        cmocka_unit_test(the_last_operation_before_the_end_still_happens),
        cmocka_unit_test(only_a_cut_is_a_new_start_of_the_system),
        cmocka_unit_test(what_was_synced_survives_a_cut),
        cmocka_unit_test(everything_survives_a_kill_but_not_the_cut_after_it),
        cmocka_unit_test(any_of_the_unsynced_writes_may_be_kept),
        cmocka_unit_test(a_write_may_be_torn_between_sectors_only),
        cmocka_unit_test(a_synced_file_without_a_synced_name_may_be_gone),
        cmocka_unit_test(a_rename_happens_as_a_whole_or_not),
        cmocka_unit_test(a_rename_to_a_new_name_happens_as_a_whole_or_not),
        cmocka_unit_test(a_synced_directory_keeps_its_names),
    };

    return run_tests("disk power", tests);
}
