/* SPDX-License-Identifier: MIT */
#include <sys/stat.h>
#include <unistd.h>

#include "hand_over_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/* Symbolic links on the way: nothing leaves the library, nothing outside is moved or removed. */

static void remove_name(struct hand_over_fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_int_equal(unlink(temp_directory_join(&fixture->root, name, path)), 0);
}

static void make_directory(struct hand_over_fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_ok(disk_make_directory(fixture->disk, temp_directory_join(&fixture->root, name, path)));
}

static void assert_link(struct hand_over_fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];
    struct stat status;

    assert_int_equal(lstat(temp_directory_join(&fixture->root, name, path), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void a_link_at_the_local_name_is_not_taken_for_the_song(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    rename_file(fixture, "files/song.mp3", "outside/song.mp3");
    link_file(fixture, "outside/song.mp3", "files/song.mp3");
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));

    assert_link(fixture, "files/song.mp3");
    assert_file(fixture, "outside/song.mp3", HAND_OVER_CONTENT);
    assert_untouched(fixture);
}

static void a_link_at_the_local_name_that_leads_nowhere_or_round_is_left(void **state)
{
    static const char *const targets[] = { "none", "files/song.mp3" };
    struct hand_over_fixture *fixture = *state;

    for (size_t i = 0; i < 2; i++) {
        begin_song(fixture);
        remove_name(fixture, "files/song.mp3");
        link_file(fixture, targets[i], "files/song.mp3");
        assert_true(XBITS_FAILED(finish_song(fixture)));
        assert_link(fixture, "files/song.mp3");
    }
}

/* The song waits where it is until the name is free. */
static void assert_waits(struct hand_over_fixture *fixture)
{
    assert_true(XBITS_FAILED(finish_song(fixture)));
    assert_int_equal(count_rows(fixture), 1);
    assert_untouched(fixture);
}

static void a_link_at_the_second_place_is_not_followed(void **state)
{
    static const char *const targets[] = { "outside/mine.mp3", "outside", "outside/new.mp3",
                                           "files/song.mp3", HAND_OVER_TAKEN };
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        link_file(fixture, targets[i], HAND_OVER_TAKEN);
        assert_waits(fixture);
        assert_file(fixture, "outside/new.mp3", NULL);
        assert_link(fixture, HAND_OVER_TAKEN);
        remove_name(fixture, HAND_OVER_TAKEN);
    }
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void a_link_at_the_second_place_is_not_followed_from_another_device(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct disk_fault fault = { "rename_new", "files/", 0, DISK_FAULT_FAIL,
                                XBITS_ERROR_NOT_SAME_DEVICE };

    begin_song(fixture);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    link_file(fixture, "outside/mine.mp3", HAND_OVER_TAKEN);
    link_file(fixture, "outside/mine.mp3", HAND_OVER_TAKEN ".part");
    assert_waits(fixture);
    remove_name(fixture, HAND_OVER_TAKEN);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void something_else_at_the_second_place_is_left(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    write_file(fixture, HAND_OVER_TAKEN, "short");
    assert_waits(fixture);
    assert_file(fixture, HAND_OVER_TAKEN, "short");
    remove_name(fixture, HAND_OVER_TAKEN);
    make_directory(fixture, HAND_OVER_TAKEN);
    assert_waits(fixture);
}

static void a_link_at_the_place_is_left(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    make_directory(fixture, "music/Artist/Album");
    link_file(fixture, "outside/new.mp3", HAND_OVER_PLACE);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, "music/Artist/Album/03 Song (2).mp3");
    assert_file(fixture, "outside/new.mp3", NULL);
    assert_link(fixture, HAND_OVER_PLACE);
}

/* The move to its place fails; before the next pass somebody swaps the album's directory. */
static void an_album_that_becomes_a_link_between_two_passes_is_not_entered(void **state)
{
    static const char *const swapped[] = { "music/Artist/Album", "music/Artist" };
    static const char *const places[] = { "music/Artist/Album (2)/03 Song.mp3",
                                          "music/Artist (2)/Album/03 Song.mp3" };
    struct hand_over_fixture *fixture = *state;
    struct disk_fault fault = { "rename_new", "03 Song", 0, DISK_FAULT_FAIL,
                                XBITS_ERROR_IO_DEVICE };

    for (size_t i = 0; i < 2; i++) {
        write_file(fixture, "files/song.mp3", HAND_OVER_CONTENT);
        know_file(fixture, "files/song.mp3");
        begin_song(fixture);
        assert_ok(disk_faulty_add(fixture->disk, &fault));
        assert_fails(XBITS_ERROR_IO_DEVICE, finish_song(fixture));
        disk_faulty_clear(fixture->disk);
        rename_file(fixture, swapped[i], i == 0 ? "music/old" : "music/older");
        link_file(fixture, "outside", swapped[i]);
        filed_song_dispose(&fixture->filed);
        assert_ok(finish_song(fixture));
        assert_file(fixture, places[i], HAND_OVER_CONTENT);
        assert_file(fixture, "outside/03 Song.mp3", NULL);
        assert_file(fixture, "outside/Album", NULL);
    }
    assert_int_equal(count_rows(fixture), 0);
}

static void a_song_that_lies_behind_a_swapped_album_is_given_up(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct disk_fault fault = { "write_at", "library.db", 0, DISK_FAULT_FAIL,
                                XBITS_ERROR_DISK_FULL };

    fixture->row.place = (char *)"Artist/Album/03 Song.mp3";
    begin_song(fixture);
    make_directory(fixture, "music/Artist/Album");
    rename_file(fixture, "files/song.mp3", HAND_OVER_PLACE);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    assert_true(XBITS_FAILED(finish_song(fixture)));
    disk_faulty_clear(fixture->disk);
    rename_file(fixture, "music/Artist/Album", "music/old");
    link_file(fixture, "outside", "music/Artist/Album");
    write_file(fixture, "outside/03 Song.mp3", HAND_OVER_FOREIGN);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));

    assert_file(fixture, "outside/03 Song.mp3", HAND_OVER_FOREIGN);
    assert_file(fixture, "music/old/03 Song.mp3", HAND_OVER_CONTENT);
    assert_int_equal(count_rows(fixture), 0);
}

#define LINK_TEST(test)                                                                            \
    cmocka_unit_test_setup_teardown(test, hand_over_fixture_open, hand_over_fixture_close)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        LINK_TEST(a_link_at_the_local_name_is_not_taken_for_the_song),
        LINK_TEST(a_link_at_the_local_name_that_leads_nowhere_or_round_is_left),
        LINK_TEST(a_link_at_the_second_place_is_not_followed),
        LINK_TEST(a_link_at_the_second_place_is_not_followed_from_another_device),
        LINK_TEST(something_else_at_the_second_place_is_left),
        LINK_TEST(a_link_at_the_place_is_left),
        LINK_TEST(an_album_that_becomes_a_link_between_two_passes_is_not_entered),
        LINK_TEST(a_song_that_lies_behind_a_swapped_album_is_given_up),
    };

    return run_tests("hand over links", tests);
}
