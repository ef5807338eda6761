/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* realpath */
#include "store/library/place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "song_names.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define SEEDS 10000

static const struct song_name song = { "Artist", "Album", "7", "Song", "x.mp3" };

/* A library in a directory that has something else beside it. */
struct fixture {
    struct temp_directory outside;
    struct temp_directory library;
    struct disk *disk; /* That fails on purpose; of the system's. */
};

static int begin(void **state)
{
    static struct fixture fixture;
    char path[TEMP_PATH_SIZE];

    temp_directory_make(&fixture.outside);
    temp_directory_join(&fixture.outside, "library", path);
    text_copy_into(fixture.library.path, sizeof(fixture.library.path), path);
    assert_int_equal(mkdir(path, 0700), 0);
    *state = &fixture;
    return XBITS_FAILED(disk_faulty_new(disk_system(), &fixture.disk));
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->outside);
    return 0;
}

static void make(const struct fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_int_equal(mkdir(temp_directory_join(&fixture->library, name, path), 0700), 0);
}

static void link_to(const struct fixture *fixture, const char *name, const char *target)
{
    char path[TEMP_PATH_SIZE];

    assert_int_equal(symlink(target, temp_directory_join(&fixture->library, name, path)), 0);
}

static void assert_found(const struct fixture *fixture, const char *expected)
{
    char *relative = NULL;

    assert_ok(place_find(fixture->disk, fixture->library.path, &song, &relative));
    assert_string_equal(relative, expected);
    assert_false(temp_directory_has(&fixture->library, relative));
    free(relative);
}

static void the_directories_of_a_song_are_made(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    assert_found(fixture, "Artist/Album/07 Song.mp3");

    assert_ok(disk_check_directory(fixture->disk,
                                   temp_directory_join(&fixture->library, "Artist/Album", path)));
    assert_found(fixture, "Artist/Album/07 Song.mp3");
    assert_int_equal(temp_directory_count(&fixture->library), 1);
}

static void the_first_free_name_is_found(void **state)
{
    struct fixture *fixture = *state;

    make(fixture, "Artist");
    make(fixture, "Artist/Album");
    temp_directory_write(&fixture->library, "Artist/Album/07 Song.mp3", "", 0);
    assert_found(fixture, "Artist/Album/07 Song (2).mp3");
    make(fixture, "Artist/Album/07 Song (2).mp3");
    assert_found(fixture, "Artist/Album/07 Song (3).mp3");
    link_to(fixture, "Artist/Album/07 Song (3).mp3", "../../../elsewhere");
    assert_found(fixture, "Artist/Album/07 Song (4).mp3");
    temp_directory_write(&fixture->library, "Artist/Album/07 Song (5).mp3", "", 0);

    assert_found(fixture, "Artist/Album/07 Song (4).mp3");
    assert_false(temp_directory_has(&fixture->outside, "elsewhere"));
}

static void a_directory_that_is_none_is_gone_round(void **state)
{
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->library, "Artist", "", 0);
    make(fixture, "Artist (2)");
    temp_directory_write(&fixture->library, "Artist (2)/Album", "", 0);

    assert_found(fixture, "Artist (2)/Album (2)/07 Song.mp3");
}

static void a_directory_that_is_a_link_is_gone_round(void **state)
{
    static const struct {
        const char *name, *target;
    } links[] = {
        { "Artist", ".." },
        { "Artist (2)", "nowhere" },
        { "Artist (3)", "Artist (3)" },
        { "Artist (4)", "file/nowhere" },
        { "Artist (5)", "/no/where" },
        { "Artist (6)", "directory" },
        { "Artist (7)/Album", "../.." },
        { "Artist (7)/Album (2)", "nowhere" },
    };
    struct fixture *fixture = *state;

    temp_directory_write(&fixture->library, "file", "", 0);
    make(fixture, "directory");
    make(fixture, "Artist (7)");
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
        link_to(fixture, links[i].name, links[i].target);

    assert_found(fixture, "Artist (7)/Album (3)/07 Song.mp3");

    assert_int_equal(temp_directory_count(&fixture->outside), 1);
    assert_false(temp_directory_has(&fixture->library, "nowhere"));
    assert_false(temp_directory_has(&fixture->library, "directory/Album"));
}

static void ten_thousand_names_are_enough(void **state)
{
    struct fixture *fixture = *state;
    char *relative = NULL;

    make(fixture, "Artist");
    make(fixture, "Artist/Album");
    temp_directory_write(&fixture->library, "Artist/Album/07 Song.mp3", "", 0);
    for (int copy = 2; copy < 10000; copy++) {
        char name[64];

        snprintf(name, sizeof(name), "Artist/Album/07 Song (%d).mp3", copy);
        temp_directory_write(&fixture->library, name, "", 0);
    }
    assert_found(fixture, "Artist/Album/07 Song (10000).mp3");
    temp_directory_write(&fixture->library, "Artist/Album/07 Song (10000).mp3", "", 0);

    assert_fails(XBITS_ERROR_FILE_EXISTS,
                 place_find(fixture->disk, fixture->library.path, &song, &relative));
    assert_message("Artist/Album");
    assert_null(relative);
}

static void the_disks_failures_are_passed_on(void **state)
{
    static const struct disk_fault faults[] = {
        { "make_directory", "/Artist", 1, DISK_FAULT_FAIL, XBITS_ERROR_DISK_FULL },
        { "stat", "/Album", 1, DISK_FAULT_FAIL, XBITS_E_ACCESSDENIED },
        { "is_taken", "/Artist", 1, DISK_FAULT_FAIL, XBITS_ERROR_IO_DEVICE },
        { "is_taken", "/07 Song.mp3", 1, DISK_FAULT_FAIL, XBITS_ERROR_IO_DEVICE },
    };
    struct fixture *fixture = *state;
    char *relative = NULL;

    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        assert_ok(disk_faulty_add(fixture->disk, &faults[i]));
        assert_fails(faults[i].result,
                     place_find(fixture->disk, fixture->library.path, &song, &relative));
        disk_faulty_clear(fixture->disk);
    }
    assert_null(relative);
    assert_found(fixture, "Artist/Album/07 Song.mp3");
}

/* To make the directory fails so when somebody has put a link to nowhere there after the look. */
static void a_link_that_appears_meanwhile_is_gone_round(void **state)
{
    static const struct disk_fault fault = { "make_directory", "/Artist", 1, DISK_FAULT_FAIL,
                                             XBITS_ERROR_FILE_EXISTS };
    struct fixture *fixture = *state;

    assert_ok(disk_faulty_add(fixture->disk, &fault));

    assert_found(fixture, "Artist (2)/Album/07 Song.mp3");
}

/* Durable directories are not what is tested, and take a disk's time. */
static xbits_result make_quickly(struct disk *disk, const char *path)
{
    if (mkdir(path, 0700) == 0)
        return XBITS_S_OK;
    return errno == EEXIST ? disk_stat(disk, path, &(struct disk_stat){ 0 })
                           : xbits_fail_errno(errno, "cannot make %s", path);
}

/* The directory of the file, as the system sees it, is two below the library. */
static void assert_inside(const struct fixture *fixture, const char *relative)
{
    char *library = realpath(fixture->library.path, NULL);
    char *directory = NULL;
    char *parent;
    struct text path = { 0 };

    assert_non_null(library);
    assert_ok(text_format(&path, "%s/%s", fixture->library.path, relative));
    assert_ok(disk_directory_of(text_c(&path), &directory));
    parent = realpath(directory, NULL);
    assert_non_null(parent);
    assert_true(text_starts_with(parent, library));
    assert_int_equal(parent[strlen(library)], '/');
    assert_string_equal(strrchr(parent, '/'), strrchr(directory, '/'));
    assert_non_null(strchr(parent + strlen(library) + 1, '/'));
    free(parent);
    free(directory);
    free(library);
    text_dispose(&path);
}

static void no_song_leaves_the_library(void **state)
{
    static struct bad_song bad;
    struct fixture *fixture = *state;
    struct disk_ops ops = *disk_system()->ops;
    struct disk quick = { &ops };
    uint64_t first = test_seed();

    ops.make_directory = make_quickly;
    temp_directory_write(&fixture->library, "library.db", "database", 8);
    for (uint64_t seed = first; seed < first + SEEDS; seed++) {
        struct random random;
        char *relative = NULL;

        random_init(&random, seed);
        bad_song_make(&random, &bad);
        assert_ok(place_find(&quick, fixture->library.path, &bad.name, &relative));
        assert_safe_path(relative);
        assert_inside(fixture, relative);
        free(relative);
    }
    assert_int_equal(temp_directory_count(&fixture->outside), 1);
}

#define PLACE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        PLACE_TEST(the_directories_of_a_song_are_made),
        PLACE_TEST(the_first_free_name_is_found),
        PLACE_TEST(a_directory_that_is_none_is_gone_round),
        PLACE_TEST(a_directory_that_is_a_link_is_gone_round),
        PLACE_TEST(ten_thousand_names_are_enough),
        PLACE_TEST(the_disks_failures_are_passed_on),
        PLACE_TEST(a_link_that_appears_meanwhile_is_gone_round),
        PLACE_TEST(no_song_leaves_the_library),
    };

    return run_tests("place find", tests);
}
