/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/disk_posix.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define NOBODY 65534

struct fixture {
    struct temp_directory directory;
    char from[TEMP_PATH_SIZE];
    char to[TEMP_PATH_SIZE];
    char missing[TEMP_PATH_SIZE]; /* in a directory that is not there */
    struct disk *disk;
};

static int begin(void **state)
{
    static struct fixture fixture;

    temp_directory_make(&fixture.directory);
    temp_directory_join(&fixture.directory, "from", fixture.from);
    temp_directory_join(&fixture.directory, "to", fixture.to);
    temp_directory_join(&fixture.directory, "no/file", fixture.missing);
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

static void the_directory_of_a_path_is_told(void **state)
{
    static const struct {
        const char *path, *directory;
    } cases[] = {
        { "/a/b/c", "/a/b" }, { "/c", "/" }, { "/a//c", "/a" },   { "//c", "/" }, { "c", "." },
        { "a/c", "a" },       { "/", "/" },  { "/a/b/", "/a/b" }, { "./c", "." }, { "", "." },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *directory = NULL;

        assert_ok(disk_directory_of(cases[i].path, &directory));
        assert_string_equal(directory, cases[i].directory);
        free(directory);
    }
}

static void renaming_replaces_the_target(void **state)
{
    struct fixture *fixture = *state;
    char *bytes;

    temp_directory_write(&fixture->directory, "from", "new", 3);
    temp_directory_write(&fixture->directory, "to", "older", 5);

    assert_ok(disk_rename(fixture->disk, fixture->from, fixture->to));

    assert_int_equal(temp_directory_count(&fixture->directory), 1);
    bytes = temp_directory_read(&fixture->directory, "to", NULL);
    assert_string_equal(bytes, "new");
    free(bytes);
}

static void renaming_tells_what_is_missing(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 disk_rename(fixture->disk, fixture->from, fixture->to));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_rename(fixture->disk, fixture->missing, fixture->to));

    temp_directory_write(&fixture->directory, "from", "x", 1);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_rename(fixture->disk, fixture->from, fixture->missing));
    assert_true(temp_directory_has(&fixture->directory, "from"));
}

static void a_file_does_not_replace_a_directory(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "x", 1);
    assert_int_equal(mkdir(fixture->to, 0700), 0);

    assert_fails(XBITS_E_ACCESSDENIED, disk_rename(fixture->disk, fixture->from, fixture->to));
    assert_int_equal(temp_directory_count(&fixture->directory), 2);
}

static void assert_content(const struct fixture *fixture, const char *name, const char *content)
{
    char *bytes = temp_directory_read(&fixture->directory, name, NULL);

    assert_string_equal(bytes, content);
    free(bytes);
}

static void renaming_to_a_new_name_moves_the_file(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "song", 4);

    assert_ok(disk_rename_new(fixture->disk, fixture->from, fixture->to));

    assert_int_equal(temp_directory_count(&fixture->directory), 1);
    assert_content(fixture, "to", "song");
}

static void renaming_to_a_new_name_replaces_nothing(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "new", 3);
    temp_directory_write(&fixture->directory, "to", "older", 5);

    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 disk_rename_new(fixture->disk, fixture->from, fixture->to));
    assert_message(fixture->to);
    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 disk_rename_new(fixture->disk, fixture->from, fixture->from));

    assert_content(fixture, "from", "new");
    assert_content(fixture, "to", "older");
}

static void renaming_to_a_new_name_spares_links_and_directories(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "new", 3);
    assert_int_equal(symlink(fixture->missing, fixture->to), 0);
    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 disk_rename_new(fixture->disk, fixture->from, fixture->to));
    assert_int_equal(unlink(fixture->to), 0);
    assert_int_equal(mkdir(fixture->to, 0700), 0);

    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 disk_rename_new(fixture->disk, fixture->from, fixture->to));
    assert_content(fixture, "from", "new");
}

static void renaming_to_a_new_name_tells_what_is_missing(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 disk_rename_new(fixture->disk, fixture->from, fixture->to));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_rename_new(fixture->disk, fixture->missing, fixture->to));

    temp_directory_write(&fixture->directory, "from", "x", 1);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_rename_new(fixture->disk, fixture->from, fixture->missing));
    assert_content(fixture, "from", "x");
}

/* Where there is no second file system, this shows nothing. */
static void another_device_is_told_and_not_copied_to(void **state)
{
    struct fixture *fixture = *state;
    struct stat here;
    struct stat there;

    temp_directory_write(&fixture->directory, "from", "x", 1);
    if (stat("/dev/shm", &there) != 0 || stat(fixture->from, &here) != 0 ||
        there.st_dev == here.st_dev)
        skip();

    assert_fails(XBITS_ERROR_NOT_SAME_DEVICE,
                 disk_rename_new(fixture->disk, fixture->from, "/dev/shm/xbits-test-rename-new"));
    assert_content(fixture, "from", "x");
}

static void a_link_stands_in_for_a_rename_that_replaces_nothing(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(disk_posix_rename_by_link(fixture->from, fixture->to), ENOENT);
    temp_directory_write(&fixture->directory, "from", "new", 3);
    temp_directory_write(&fixture->directory, "to", "older", 5);
    assert_int_equal(disk_posix_rename_by_link(fixture->from, fixture->to), EEXIST);
    assert_content(fixture, "to", "older");
    assert_int_equal(unlink(fixture->to), 0);

    assert_int_equal(disk_posix_rename_by_link(fixture->from, fixture->to), 0);

    assert_int_equal(temp_directory_count(&fixture->directory), 1);
    assert_content(fixture, "to", "new");
}

static void what_cannot_be_linked_is_not_renamed_by_a_link(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(mkdir(fixture->from, 0700), 0);

    assert_int_equal(disk_posix_rename_by_link(fixture->from, fixture->to), EOPNOTSUPP);
    assert_false(temp_directory_has(&fixture->directory, "to"));
}

static void a_name_is_taken_by_whatever_bears_it(void **state)
{
    struct fixture *fixture = *state;
    bool is_taken = true;

    assert_ok(disk_is_taken(fixture->disk, fixture->from, &is_taken));
    assert_false(is_taken);
    is_taken = true;
    assert_ok(disk_is_taken(fixture->disk, fixture->missing, &is_taken));
    assert_false(is_taken);
    assert_ok(disk_is_taken(fixture->disk, fixture->directory.path, &is_taken));
    assert_true(is_taken);
    assert_int_equal(symlink(fixture->missing, fixture->to), 0);
    is_taken = false;

    assert_ok(disk_is_taken(fixture->disk, fixture->to, &is_taken));
    assert_true(is_taken);
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

static void permissions_are_copied_without_special_rights(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "a", 1);
    temp_directory_write(&fixture->directory, "to", "b", 1);
    assert_int_equal(chmod(fixture->from, 04640), 0);
    assert_int_equal(chmod(fixture->to, 0666), 0);

    assert_ok(disk_copy_permissions(fixture->disk, fixture->from, fixture->to));
    assert_int_equal(mode_of(fixture->to), 0640);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_copy_permissions(fixture->disk, fixture->missing, fixture->to));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_copy_permissions(fixture->disk, fixture->from, fixture->missing));
}

static void files_are_removed_and_directories_are_not(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "x", 1);
    assert_int_equal(mkdir(fixture->to, 0700), 0);

    assert_ok(disk_remove(fixture->disk, fixture->from));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_remove(fixture->disk, fixture->from));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_remove(fixture->disk, fixture->missing));
    assert_fails(XBITS_E_ACCESSDENIED, disk_remove(fixture->disk, fixture->to));
}

static void a_directory_is_brought_to_the_disk(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(disk_sync_directory(fixture->disk, fixture->directory.path));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_sync_directory(fixture->disk, fixture->to));
}

static void files_and_directories_are_told_apart(void **state)
{
    struct fixture *fixture = *state;
    struct disk_stat file = { 0 };
    struct disk_stat directory = { 0 };

    temp_directory_write(&fixture->directory, "from", "abc", 3);
    assert_ok(disk_stat(fixture->disk, fixture->from, &file));
    assert_ok(disk_stat(fixture->disk, fixture->directory.path, &directory));

    assert_true(file.is_regular && !file.is_directory);
    assert_true(directory.is_directory && !directory.is_regular);
    assert_true(file.size == 3);
    assert_true(file.device == directory.device);
    assert_true(file.inode != directory.inode);
}

static void a_file_that_nobody_may_write_is_read_only(void **state)
{
    struct fixture *fixture = *state;
    struct disk_stat status = { 0 };

    temp_directory_write(&fixture->directory, "from", "abc", 3);
    assert_ok(disk_stat(fixture->disk, fixture->from, &status));
    assert_false(status.is_read_only);

    assert_int_equal(chmod(fixture->from, 0444), 0);

    assert_ok(disk_stat(fixture->disk, fixture->from, &status));
    assert_true(status.is_read_only);
}

static void looking_at_nothing_fails_and_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct disk_stat status = { .size = 42 };
    char long_path[TEMP_PATH_SIZE];

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_stat(fixture->disk, fixture->from, &status));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_stat(fixture->disk, fixture->missing, &status));

    memset(long_path, 'x', sizeof(long_path) - 1);
    long_path[0] = '/';
    long_path[sizeof(long_path) - 1] = '\0';
    assert_fails(XBITS_ERROR_FILENAME_EXCED_RANGE, disk_stat(fixture->disk, long_path, &status));
    assert_true(status.size == 42);
}

static void a_directory_must_be_there_to_hold_new_files(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->directory, "from", "x", 1);

    assert_ok(disk_check_directory(fixture->disk, fixture->directory.path));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_check_directory(fixture->disk, fixture->to));
    assert_message(fixture->to);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_check_directory(fixture->disk, fixture->missing));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, disk_check_directory(fixture->disk, fixture->from));
    assert_message("is not a directory");
}

static void a_directory_must_be_writable_to_hold_new_files(void **state)
{
    struct fixture *fixture = *state;
    bool is_root = geteuid() == 0;
    xbits_result result;

    assert_int_equal(mkdir(fixture->to, 0555), 0);
    assert_int_equal(chmod(fixture->directory.path, 0755), 0);

    /* Root may write everywhere, and tests in containers run as root. */
    if (is_root)
        assert_int_equal(seteuid(NOBODY), 0);
    result = disk_check_directory(fixture->disk, fixture->to);
    if (is_root)
        assert_int_equal(seteuid(0), 0);

    assert_int_equal(result, XBITS_E_ACCESSDENIED);
    assert_message("cannot make files in the directory");
}

static void a_directory_is_made_with_its_parents(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct disk_stat status = { 0 };

    temp_directory_join(&fixture->directory, "a/b/c/", path);

    assert_ok(disk_make_directory(fixture->disk, path));
    assert_ok(disk_make_directory(fixture->disk, path));
    assert_ok(disk_make_directory(fixture->disk, "/"));
    assert_ok(disk_stat(fixture->disk, path, &status));
    assert_true(status.is_directory);
    temp_directory_write(&fixture->directory, "from", "x", 1);
    assert_fails(XBITS_ERROR_DIRECTORY, disk_make_directory(fixture->disk, fixture->from));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 disk_make_directory(fixture->disk,
                                     temp_directory_join(&fixture->directory, "from/d", path)));
}

static void a_symbolic_link_is_told_and_not_updated(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;
    struct disk_stat status = { 0 };

    temp_directory_write(&fixture->directory, "from", "abc", 3);
    assert_int_equal(symlink(fixture->from, fixture->to), 0);

    assert_ok(disk_stat(fixture->disk, fixture->to, &status));
    assert_true(status.is_link && status.is_regular && status.size == 3);
    assert_ok(disk_stat(fixture->disk, fixture->from, &status));
    assert_false(status.is_link);
    assert_fails(XBITS_ERROR_CANT_RESOLVE_FILENAME,
                 disk_open(fixture->disk, fixture->to, DISK_OPEN_UPDATE, &file));
}

static void a_file_to_update_is_made_and_kept(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *file = NULL;
    char bytes[4] = { 0 };
    size_t size = 0;

    assert_ok(disk_open(fixture->disk, fixture->from, DISK_OPEN_UPDATE, &file));
    assert_ok(disk_write_at(fixture->disk, file, 0, "abc", 3));
    assert_ok(disk_close(fixture->disk, file));
    assert_ok(disk_open(fixture->disk, fixture->from, DISK_OPEN_UPDATE, &file));
    assert_ok(disk_read_at(fixture->disk, file, 0, bytes, 3, &size));
    assert_ok(disk_close(fixture->disk, file));

    assert_string_equal(bytes, "abc");
}

static void a_lock_is_seen_without_being_taken(void **state)
{
    struct fixture *fixture = *state;
    struct disk_file *lock = NULL;
    bool is_locked = true;

    assert_ok(disk_is_locked(fixture->disk, fixture->from, &is_locked));
    assert_false(is_locked);
    assert_ok(disk_lock(fixture->disk, fixture->from, &lock));
    for (int i = 0; i < 2; i++) {
        is_locked = false;
        assert_ok(disk_is_locked(fixture->disk, fixture->from, &is_locked));
        assert_true(is_locked);
    }
    assert_ok(disk_close(fixture->disk, lock));
    assert_ok(disk_is_locked(fixture->disk, fixture->from, &is_locked));

    assert_false(is_locked);
}

#define DISK_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_directory_of_a_path_is_told),
        DISK_TEST(renaming_replaces_the_target),
        DISK_TEST(renaming_tells_what_is_missing),
        DISK_TEST(a_file_does_not_replace_a_directory),
        DISK_TEST(renaming_to_a_new_name_moves_the_file),
        DISK_TEST(renaming_to_a_new_name_replaces_nothing),
        DISK_TEST(renaming_to_a_new_name_spares_links_and_directories),
        DISK_TEST(renaming_to_a_new_name_tells_what_is_missing),
        DISK_TEST(another_device_is_told_and_not_copied_to),
        DISK_TEST(a_link_stands_in_for_a_rename_that_replaces_nothing),
        DISK_TEST(what_cannot_be_linked_is_not_renamed_by_a_link),
        DISK_TEST(a_name_is_taken_by_whatever_bears_it),
        DISK_TEST(permissions_are_copied_without_special_rights),
        DISK_TEST(files_are_removed_and_directories_are_not),
        DISK_TEST(a_directory_is_brought_to_the_disk),
        DISK_TEST(files_and_directories_are_told_apart),
        DISK_TEST(a_file_that_nobody_may_write_is_read_only),
        DISK_TEST(looking_at_nothing_fails_and_changes_nothing),
        DISK_TEST(a_directory_must_be_there_to_hold_new_files),
        DISK_TEST(a_directory_must_be_writable_to_hold_new_files),
        DISK_TEST(a_directory_is_made_with_its_parents),
        DISK_TEST(a_symbolic_link_is_told_and_not_updated),
        DISK_TEST(a_file_to_update_is_made_and_kept),
        DISK_TEST(a_lock_is_seen_without_being_taken),
    };

    return run_tests("disk names", tests);
}
