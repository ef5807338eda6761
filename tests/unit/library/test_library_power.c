/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "library_fixture.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define DIRECTORY "/music"
/* No put takes more operations of the disk. */
#define OPERATIONS_MAXIMUM 200
#define SEEDS              16

static const struct library_file song = {
    .path = "a.mp3",
    .attributes[XBITS_ATTRIBUTE_TITLE] = "Two",
};

static struct xbits_library *open_on(struct disk *disk)
{
    struct xbits_library *library = NULL;

    assert_ok(library_open_on(DIRECTORY, XBITS_LIBRARY_EDIT, disk, &library));
    return library;
}

static xbits_result try_put(struct xbits_library *library)
{
    int64_t number = 0;
    xbits_result result;

    TRY(database_begin(library->database, true));
    result = library_put(library, &song, &number);
    if (XBITS_SUCCEEDED(result))
        return database_commit(library->database);
    database_roll_back(library->database);
    return result;
}

/* Ends after so many operations of a put that changes "One" into "Two". Was it done before? */
static bool put_ends_after(uint64_t operations, enum disk_power_end end)
{
    struct disk *disk = disk_power_new(test_seed() + operations);
    struct xbits_library *library = open_on(disk);
    xbits_result result;
    char *titles;

    put_song(library, "a.mp3", "One");
    disk_power_end_after(disk, operations, end);
    result = try_put(library);
    xbits_library_close(library);
    if (!disk_power_is_off(disk))
        disk_power_end_after(disk, 0, end);
    disk_power_restore(disk);

    library = open_on(disk);
    titles = titles_of(library, NULL);
    if (XBITS_SUCCEEDED(result) || strcmp(titles, "Two;") == 0)
        assert_string_equal("Two;", titles);
    else
        assert_string_equal("One;", titles);
    free(titles);
    assert_ok(database_check(library->database));
    xbits_library_close(library);
    disk_power_free(disk);
    return XBITS_SUCCEEDED(result);
}

static void assert_whole_wherever_it_ends(enum disk_power_end end)
{
    uint64_t operations = 0;

    while (operations < OPERATIONS_MAXIMUM && !put_ends_after(operations, end))
        operations++;
    assert_in_range(operations, 2, OPERATIONS_MAXIMUM - 1);
}

static void a_put_that_is_killed_happened_or_did_not(void **state)
{
    (void)state;

    assert_whole_wherever_it_ends(DISK_POWER_KILL);
}

static void a_put_whose_power_is_cut_happened_or_did_not(void **state)
{
    (void)state;

    assert_whole_wherever_it_ends(DISK_POWER_CUT);
}

static void a_library_whose_making_is_killed_is_made_again(void **state)
{
    bool is_made = false;

    (void)state;
    for (uint64_t operations = 0; operations < OPERATIONS_MAXIMUM && !is_made; operations++) {
        struct disk *disk = disk_power_new(test_seed() + operations);
        struct xbits_library *library = NULL;

        disk_power_end_after(disk, operations, DISK_POWER_KILL);
        is_made = XBITS_SUCCEEDED(library_open_on(DIRECTORY, XBITS_LIBRARY_EDIT, disk, &library));
        xbits_library_close(library);
        disk_power_restore(disk);

        library = open_on(disk);
        put_song(library, "a.mp3", "One");
        assert_titles("One;", library, NULL);
        xbits_library_close(library);
        disk_power_free(disk);
    }
    assert_true(is_made);
}

static void make_file(struct disk *disk, const char *path)
{
    struct disk_file *file = NULL;
    char *directory = NULL;

    assert_ok(disk_directory_of(path, &directory));
    assert_ok(disk_make_directory(disk, directory));
    assert_ok(disk_open(disk, path, DISK_CREATE_NEW, &file));
    assert_ok(disk_write_at(disk, file, 0, "\xFF\xFB\x90", 4));
    assert_ok(disk_sync(disk, file));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_sync_directory(disk, directory));
    free(directory);
}

/* The power is cut at once behind what has just been answered. */
static struct xbits_library *cut_and_open(struct disk *disk, struct xbits_library *library)
{
    disk_power_end_after(disk, 0, DISK_POWER_CUT);
    xbits_library_close(library);
    disk_power_restore(disk);
    return open_on(disk);
}

static void what_was_answered_outlives_the_power(void **state)
{
    static const char node[] = "All Music/Purchased Music/HarborTunes";

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct xbits_library *library = open_on(disk);
        int64_t list = 0;
        int64_t song_number = put_song(library, "a.mp3", "One");

        make_file(disk, "/lists/a.wpl");
        make_file(disk, DIRECTORY "/a.mp3");
        assert_ok(xbits_library_add_playlist(library, "/lists/a.wpl", "HarborTunes", true, &list));
        library = cut_and_open(disk, library);
        assert_node(node, library, list);
        assert_ok(xbits_library_tag(library, DIRECTORY "/a.mp3", "HarborTunes"));
        library = cut_and_open(disk, library);
        assert_node(node, library, song_number);
        xbits_library_close(library);
        disk_power_free(disk);
    }
}

static void a_full_disk_refuses_a_put_and_changes_nothing(void **state)
{
    static const struct disk_fault full = { .operation = "write_at",
                                            .path_part = "library.db",
                                            .kind = DISK_FAULT_FAIL,
                                            .result = XBITS_ERROR_DISK_FULL };
    struct disk *power = disk_power_new(1);
    struct disk *disk = NULL;
    struct xbits_library *library;

    (void)state;
    assert_ok(disk_faulty_new(power, &disk));
    library = open_on(disk);
    put_song(library, "a.mp3", "One");
    assert_ok(disk_faulty_add(disk, &full));

    assert_fails(XBITS_ERROR_DISK_FULL, try_put(library));
    assert_titles("One;", library, NULL);
    disk_faulty_clear(disk);
    assert_ok(try_put(library));
    assert_titles("Two;", library, NULL);
    xbits_library_close(library);
    disk_faulty_free(disk);
    disk_power_free(power);
}

static void a_full_disk_takes_no_new_library(void **state)
{
    static const struct disk_fault full = { .operation = "write_at",
                                            .path_part = "",
                                            .kind = DISK_FAULT_FAIL,
                                            .result = XBITS_ERROR_DISK_FULL };
    struct disk *power = disk_power_new(1);
    struct disk *disk = NULL;
    struct xbits_library *library = NULL;

    (void)state;
    assert_ok(disk_faulty_new(power, &disk));
    assert_ok(disk_faulty_add(disk, &full));

    assert_fails(XBITS_ERROR_DISK_FULL,
                 library_open_on(DIRECTORY, XBITS_LIBRARY_EDIT, disk, &library));
    disk_faulty_clear(disk);
    xbits_library_close(open_on(disk));
    disk_faulty_free(disk);
    disk_power_free(power);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_put_that_is_killed_happened_or_did_not),
        cmocka_unit_test(a_put_whose_power_is_cut_happened_or_did_not),
        cmocka_unit_test(a_library_whose_making_is_killed_is_made_again),
        cmocka_unit_test(what_was_answered_outlives_the_power),
        cmocka_unit_test(a_full_disk_refuses_a_put_and_changes_nothing),
        cmocka_unit_test(a_full_disk_takes_no_new_library),
    };

    return run_tests("library power", tests);
}
