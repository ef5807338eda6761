/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hand_over_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static void a_song_goes_to_its_place_and_its_row_with_it(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    assert_int_equal(count_rows(fixture), 1);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
    assert_string_equal(text_c(&fixture->filed.damage), "");
}

static void a_song_that_nothing_is_known_of_keeps_its_name(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.description = (char *)"nonsense";
    begin_song(fixture);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, "music/Unknown Artist/Unknown Album/song.mp3");
}

static void what_is_not_begun_cannot_be_finished(void **state)
{
    struct hand_over_fixture *fixture = *state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));
    assert_message("{00000007-0000-0000-0000-000000000000}");

    assert_untouched(fixture);
}

static void what_is_dropped_is_forgotten(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    assert_ok(hand_over_drop(fixture->library, &fixture->row.job));

    assert_int_equal(count_rows(fixture), 0);
    assert_ok(hand_over_drop(fixture->library, &fixture->row.job));
}

static void one_job_has_one_row(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.inode++;
    begin_song(fixture);
    fixture->row.inode--;
    begin_song(fixture);
    assert_int_equal(count_rows(fixture), 1);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void a_row_can_be_about_a_new_download(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct disk_stat stat = { 0 };

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 hand_over_renew(fixture->library, &fixture->row.job, &stat));
    begin_song(fixture);
    rename_file(fixture, "files/song.mp3", "files/old.mp3");
    write_file(fixture, "files/song.mp3", "downloaded once more");
    assert_ok(disk_stat(fixture->disk, fixture->local_name, &stat));
    assert_ok(hand_over_renew(fixture->library, &fixture->row.job, &stat));
    assert_ok(finish_song(fixture));

    assert_file(fixture, HAND_OVER_PLACE, "downloaded once more");
    assert_int_equal(count_rows(fixture), 0);
}

static void a_half_copy_of_a_song_goes(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    write_file(fixture, HAND_OVER_TAKEN ".part", "half");
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
    assert_file(fixture, HAND_OVER_TAKEN ".part", NULL);
}

static void a_library_knows_which_jobs_brought_its_songs(void **state)
{
    struct hand_over_fixture *fixture = *state;
    char id[XBITS_ID_TEXT_SIZE];
    bool has = true;

    (void)xbits_id_format(&fixture->row.job, id);
    assert_ok(library_has_song_of(fixture->library, id, &has));
    assert_false(has);
    begin_song(fixture);
    assert_ok(finish_song(fixture));
    assert_ok(library_has_song_of(fixture->library, id, &has));
    assert_true(has);

    /* A song that its user has deleted is not there. */
    rename_file(fixture, HAND_OVER_PLACE, "files/away.mp3");
    assert_ok(library_has_song_of(fixture->library, id, &has));
    assert_false(has);
}

static void the_oldest_song_is_listed_first(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct xbits_id *jobs = NULL;
    size_t count = 0;

    for (uint32_t i = 1; i <= 3; i++) {
        fixture->row.job.data1 = i;
        fixture->row.began = 10 - (int64_t)i;
        begin_song(fixture);
    }
    assert_ok(hand_over_list(fixture->library, &jobs, &count));

    assert_int_equal(count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(jobs[i].data1, 3 - i);
    free(jobs);
}

/* Whatever is not the file that the row knows is somebody else's. */
static void assert_given_up(struct hand_over_fixture *fixture)
{
    begin_song(fixture);

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));
    assert_message(fixture->local_name);
    assert_int_equal(count_rows(fixture), 0);
    assert_untouched(fixture);
}

static void a_file_of_another_inode_is_not_taken(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.inode++;
    assert_given_up(fixture);
}

static void a_file_of_another_device_is_not_taken(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.device++;
    assert_given_up(fixture);
}

static void a_file_of_another_size_is_not_taken(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.file_size++;
    assert_given_up(fixture);
}

static void a_file_that_somebody_put_in_its_stead_is_not_taken(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    rename_file(fixture, "files/song.mp3", "files/elsewhere.mp3");
    write_file(fixture, "files/song.mp3", HAND_OVER_FOREIGN);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));

    assert_file(fixture, "files/song.mp3", HAND_OVER_FOREIGN);
    assert_file(fixture, "files/elsewhere.mp3", HAND_OVER_CONTENT);
    assert_int_equal(count_rows(fixture), 0);
}

static void a_directory_is_not_taken(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->local_name[strlen(fixture->local_name) - strlen("/song.mp3")] = '\0';
    know_file(fixture, "files");
    assert_given_up(fixture);
}

static void a_name_that_leads_nowhere_is_given_up(void **state)
{
    static const char *const names[] = { "", "song.mp3", "/", "/none/song.mp3" };
    struct hand_over_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        fixture->row.local_name = (char *)names[i];
        begin_song(fixture);
        assert_fails(XBITS_ERROR_FILE_NOT_FOUND, finish_song(fixture));
    }
    assert_untouched(fixture);
}

/* A copy to another device was cut off between the two last steps. */
static void the_original_of_a_copy_goes(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    write_file(fixture, HAND_OVER_TAKEN, HAND_OVER_CONTENT);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void the_original_of_a_copy_stays_when_it_is_another_file(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    write_file(fixture, HAND_OVER_TAKEN, HAND_OVER_CONTENT);
    rename_file(fixture, "files/song.mp3", "files/elsewhere.mp3");
    write_file(fixture, "files/song.mp3", HAND_OVER_FOREIGN);
    assert_ok(finish_song(fixture));

    assert_file(fixture, "files/song.mp3", HAND_OVER_FOREIGN);
    assert_file(fixture, HAND_OVER_PLACE, HAND_OVER_CONTENT);
}

/* A file system that must link was cut off between the two names. */
static void the_second_name_of_a_song_goes(void **state)
{
    static const char *const names[][2] = { { "files/song.mp3", HAND_OVER_TAKEN },
                                            { HAND_OVER_TAKEN, HAND_OVER_PLACE } };
    struct hand_over_fixture *fixture = *state;
    char first[TEMP_PATH_SIZE];
    char second[TEMP_PATH_SIZE];
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->root, "music/Artist/Album", path);
    assert_ok(disk_make_directory(fixture->disk, path));
    for (size_t i = 0; i < 2; i++) {
        if (i == 1) {
            rename_file(fixture, HAND_OVER_PLACE, HAND_OVER_TAKEN);
            fixture->row.place = (char *)"Artist/Album/03 Song.mp3";
        }
        begin_song(fixture);
        assert_int_equal(link(temp_directory_join(&fixture->root, names[i][0], first),
                              temp_directory_join(&fixture->root, names[i][1], second)),
                         0);
        filed_song_dispose(&fixture->filed);
        assert_ok(finish_song(fixture));
        assert_filed(fixture, HAND_OVER_PLACE);
    }
}

static void a_song_in_its_place_needs_its_entry_only(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    assert_ok(finish_song(fixture));
    fixture->row.place = (char *)"Artist/Album/03 Song.mp3";
    begin_song(fixture);
    filed_song_dispose(&fixture->filed);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void a_place_that_somebody_takes_meanwhile_is_left_to_him(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct disk_fault fault = { "rename_new", "03 Song.mp3", 1, DISK_FAULT_FAIL,
                                XBITS_ERROR_FILE_EXISTS };

    begin_song(fixture);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
    assert_int_equal(disk_faulty_count(fixture->disk, "rename_new"), 3);
}

static void a_place_that_is_always_taken_is_not_tried_for_ever(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct disk_fault fault = { "rename_new", "03 Song.mp3", 0, DISK_FAULT_FAIL,
                                XBITS_ERROR_FILE_EXISTS };

    begin_song(fixture);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    assert_fails(XBITS_ERROR_FILE_EXISTS, finish_song(fixture));
    assert_int_equal(count_rows(fixture), 1);
    disk_faulty_clear(fixture->disk);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
}

static void a_place_outside_the_library_gets_no_song(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.place = (char *)"../outside/new.mp3";
    begin_song(fixture);
    assert_ok(finish_song(fixture));

    assert_filed(fixture, HAND_OVER_PLACE);
    assert_file(fixture, "outside/new.mp3", NULL);
}

/* Though it is the very file: the library does not reach so far. */
static void a_file_outside_the_library_gets_no_entry(void **state)
{
    struct hand_over_fixture *fixture = *state;

    fixture->row.place = (char *)"../outside/mine.mp3";
    know_file(fixture, "outside/mine.mp3");
    begin_song(fixture);
    assert_true(XBITS_FAILED(finish_song(fixture)));

    assert_untouched(fixture);
}

static void an_id_of_another_size_is_damage(void **state)
{
    struct hand_over_fixture *fixture = *state;
    struct xbits_id *jobs = NULL;
    size_t count = 0;

    begin_song(fixture);
    change_library(fixture, "INSERT INTO hand_over VALUES (x'0102', '', '', '', 0, 0, 0, '', 0)");
    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, hand_over_list(fixture->library, &jobs, &count));
    assert_message("an id has 2 bytes");

    assert_null(jobs);
}

/* A table that somebody else made bears what ours refuses. */
static void a_row_without_its_texts_is_damage(void **state)
{
    static const char *const columns[] = { "description", "source_url", "local_name" };
    struct hand_over_fixture *fixture = *state;
    char sql[128];

    change_library(fixture,
                   "DROP TABLE hand_over; CREATE TABLE hand_over (job, description, source_url, "
                   "local_name, device, inode, file_size, place, began);");
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        begin_song(fixture);
        snprintf(sql, sizeof sql, "UPDATE hand_over SET %s = NULL", columns[i]);
        change_library(fixture, sql);
        assert_fails(XBITS_BG_E_DATABASE_CORRUPT, finish_song(fixture));
        assert_message("library.db");
        change_library(fixture, "DELETE FROM hand_over");
    }
    assert_untouched(fixture);
}

static void texts_that_are_no_utf_8_are_damage(void **state)
{
    struct hand_over_fixture *fixture = *state;

    begin_song(fixture);
    change_library(fixture, "UPDATE hand_over SET description = CAST(x'FF' AS TEXT)");
    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, finish_song(fixture));

    assert_untouched(fixture);
}

#define HAND_OVER_TEST(test)                                                                       \
    cmocka_unit_test_setup_teardown(test, hand_over_fixture_open, hand_over_fixture_close)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        HAND_OVER_TEST(a_song_goes_to_its_place_and_its_row_with_it),
        HAND_OVER_TEST(a_song_that_nothing_is_known_of_keeps_its_name),
        HAND_OVER_TEST(what_is_not_begun_cannot_be_finished),
        HAND_OVER_TEST(what_is_dropped_is_forgotten),
        HAND_OVER_TEST(one_job_has_one_row),
        HAND_OVER_TEST(a_row_can_be_about_a_new_download),
        HAND_OVER_TEST(a_half_copy_of_a_song_goes),
        HAND_OVER_TEST(a_library_knows_which_jobs_brought_its_songs),
        HAND_OVER_TEST(the_oldest_song_is_listed_first),
        HAND_OVER_TEST(a_file_of_another_inode_is_not_taken),
        HAND_OVER_TEST(a_file_of_another_device_is_not_taken),
        HAND_OVER_TEST(a_file_of_another_size_is_not_taken),
        HAND_OVER_TEST(a_file_that_somebody_put_in_its_stead_is_not_taken),
        HAND_OVER_TEST(a_directory_is_not_taken),
        HAND_OVER_TEST(a_name_that_leads_nowhere_is_given_up),
        HAND_OVER_TEST(the_original_of_a_copy_goes),
        HAND_OVER_TEST(the_original_of_a_copy_stays_when_it_is_another_file),
        HAND_OVER_TEST(the_second_name_of_a_song_goes),
        HAND_OVER_TEST(a_song_in_its_place_needs_its_entry_only),
        HAND_OVER_TEST(a_place_that_somebody_takes_meanwhile_is_left_to_him),
        HAND_OVER_TEST(a_place_that_is_always_taken_is_not_tried_for_ever),
        HAND_OVER_TEST(a_place_outside_the_library_gets_no_song),
        HAND_OVER_TEST(a_file_outside_the_library_gets_no_entry),
        HAND_OVER_TEST(an_id_of_another_size_is_damage),
        HAND_OVER_TEST(a_row_without_its_texts_is_damage),
        HAND_OVER_TEST(texts_that_are_no_utf_8_are_damage),
    };

    return run_tests("hand over", tests);
}
