/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* What the Player does with a WMP_JOB that is whole, and when it looks (wmp-store 1.4). */

static void a_song_is_completed_and_filed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    assert_ok(xbits_job_resume(job));
    player_pass(&wmp);
    assert_item_state(&wmp, job, DOWNLOADING);
    run_player(&wmp, MINUTE_MS);

    assert_state(job, ACKNOWLEDGED);
    assert_false(is_in_queue(harness, job));
    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_int_equal(entries_in(harness), WMP_FILES);
    entry = only_entry(&wmp);
    assert_string_equal(entry.path, harness_path(harness, WMP_PLACE));
    assert_int_equal(entry.kind, XBITS_MEDIA_AUDIO);
    assert_true(entry.file_size == wmp_served.size);
    assert_string_equal(entry.source_url, harness_url(harness, wmp_served.path));
    assert_item_state(&wmp, job, COMPLETED);
    assert_true(item_of(&wmp, job).is_filed);
}

/* The same in one pass, as the news tell it. */
static void a_whole_song_is_filed_by_the_pass_that_sees_it(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);

    assert_item_state(&wmp, job, COMPLETED);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_int_equal(wmp.told_count, 2);
    assert_int_equal(wmp.told[0].kind, XBITS_NEWS_ADOPTED);
    assert_int_equal(wmp.told[1].kind, XBITS_NEWS_FILED);
    assert_string_equal(wmp.told[1].text, harness_path(harness, WMP_PLACE));
    assert_int_equal(wmp.told[1].collection, WMP_SONG_ID);
}

/* Else the first of two equal names would be anybody's. */
static void songs_are_filed_in_the_order_of_their_jobs(struct harness *harness)
{
    static const char *const names[] = { "a.mp3", "b.mp3", "c.mp3" };
    struct xbits_job *jobs[3];
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < 3; i++)
        jobs[i] = transferred_song(harness, WMP_SONG, names[i]);
    player_pass(&wmp);

    assert_int_equal(wmp.told_count, 6);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(wmp.told[3 + i].kind, XBITS_NEWS_FILED);
        assert_true(xbits_id_equal(&wmp.told[3 + i].job, xbits_job_id(jobs[i])));
    }
}

static void what_the_file_does_not_say_the_job_does(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    entry = only_entry(&wmp);

    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_ALBUM_ARTIST], "A");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_ALBUM_TITLE], "B");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_TRACK_NUMBER], "3");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_TITLE], "T");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_DURATION], "215");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_USER_RATING], "75");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_PROVIDER], "HarborTunes");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "");
    assert_string_equal(entry.damage, "");
}

static void a_song_of_which_nothing_is_known_has_a_place_too(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    (void)transferred_song(harness, "::WMP_JOB:1:7:HarborTunes::::::", "stem.mp3");
    player_pass(&wmp);

    assert_string_equal(only_entry(&wmp).path,
                        harness_path(harness, "library/Unknown Artist/Unknown Album/stem.mp3"));
}

static void refresh_download_0_lets_a_song_wait(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    set_refresh_download(&wmp, 0);
    wmp_open_player(&wmp);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, 4 * POLL_MS);
    assert_untouched(&wmp, job);
    assert_int_equal(count_items(&wmp, 0), 0);
    assert_int_equal(wmp.told_count, 0);
    set_refresh_download(&wmp, 1);
    run_player(&wmp, 1000);

    assert_state(job, ACKNOWLEDGED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static void an_absent_refresh_download_is_as_0(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    remove_refresh_download(&wmp);
    wmp_open_player(&wmp);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, 4 * POLL_MS);
    assert_untouched(&wmp, job);
    assert_int_equal(wmp.told_count, 0);
    set_refresh_download(&wmp, 4711);
    run_player(&wmp, 1000);

    assert_state(job, ACKNOWLEDGED);
}

static void refresh_download_set_back_to_0_stops_the_player(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    assert_true(has_item(&wmp, job));
    set_refresh_download(&wmp, 0);
    run_player(&wmp, 1000);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, 4 * POLL_MS);

    assert_untouched(&wmp, job);
}

/* It is the producers' value. */
static void the_player_does_not_write_refresh_download(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    set_refresh_download(&wmp, 5);
    wmp_open_player(&wmp);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(refresh_download(&wmp), 5);
}

static void many_songs_are_filed_in_a_few_steps(struct harness *harness)
{
    enum { SONGS = 20 };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (int i = 0; i < SONGS; i++) {
        char local[16];

        snprintf(local, sizeof local, "%d.mp3", i);
        (void)transferred_song(harness, WMP_SONG, local);
    }
    run_player(&wmp, 1000);

    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), SONGS);
    assert_int_equal(entries_of(&wmp, NULL).count, SONGS);
    assert_int_equal(entries_in(harness), WMP_FILES);
}

static void another_period_is_an_option(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    wmp.options.poll_ms = (uint32_t)(3 * MINUTE_MS);
    wmp_open_player(&wmp);
    player_pass(&wmp);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);
    assert_untouched(&wmp, job);
    run_player(&wmp, 3 * MINUTE_MS);

    assert_state(job, ACKNOWLEDGED);
}

/* Its name is taken by what cannot be replaced. */
static void a_song_that_cannot_be_completed_is_tried_again(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    make_directories(harness, "a.mp3");
    run_player(&wmp, MINUTE_MS);
    assert_untouched(&wmp, job);
    assert_item_state(&wmp, job, PROCESSING);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 1);
    assert_int_equal(rmdir(harness_path(harness, "a.mp3")), 0);
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

static void an_empty_file_is_filed_too(struct harness *harness)
{
    const struct served empty = { .path = "/empty", .text = "" };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &empty);
    job = new_download(harness, empty.path, "a.mp3");
    describe(job, WMP_SONG);
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &empty);
    assert_true(only_entry(&wmp).file_size == 0);
}

/* A producer may even have chosen the place where the song belongs. */
static void a_song_may_be_downloaded_into_the_library(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    make_directories(harness, "library/A/B");
    (void)transferred_song(harness, WMP_SONG, WMP_PLACE);
    run_player(&wmp, POLL_MS);

    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_string_equal(only_entry(&wmp).path, harness_path(harness, WMP_PLACE));
    assert_false(file_exists(harness, "library/A/B/03 T (2).mp3"));
}

static void the_library_is_in_the_user_directory_by_default(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    wmp.options.library = NULL;
    wmp_open_player(&wmp);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);

    assert_content(harness, "user/" WMP_PLACE, &wmp_served);
}

static xbits_result step_later(struct wmp *wmp)
{
    uint64_t due_ms;

    advance(wmp->harness, 1000);
    return xbits_player_step(wmp->player, now_ms(wmp->harness), &due_ms);
}

/* What it says of stores is not known: no step goes on with what was known before. */
static void a_registry_that_cannot_be_read_fails_each_step(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    player_pass(&wmp);
    write_file(harness, "user/registry.ini", "this is no registry\n");
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    for (int i = 0; i < 10; i++)
        assert_fails(XBITS_E_INVALIDARG, step_later(&wmp));
    assert_state(job, TRANSFERRED);
    assert_int_equal(wmp.told_count, 0);
    assert_int_equal(unlink(harness_path(harness, "user/registry.ini")), 0);
    install_store(&wmp, WMP_STORE);
    set_refresh_download(&wmp, 1);
    run_player(&wmp, POLL_MS);

    assert_item_state(&wmp, job, COMPLETED);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2; wmp 1.4", a_song_is_completed_and_filed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2", a_whole_song_is_filed_by_the_pass_that_sees_it),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2", songs_are_filed_in_the_order_of_their_jobs),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2; errata 2.5", what_the_file_does_not_say_the_job_does),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.5", a_song_of_which_nothing_is_known_has_a_place_too),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W4", refresh_download_0_lets_a_song_wait),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W4; wmp 1.4", an_absent_refresh_download_is_as_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W4", refresh_download_set_back_to_0_stops_the_player),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4", the_player_does_not_write_refresh_download),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2", many_songs_are_filed_in_a_few_steps),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4", another_period_is_an_option),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4", a_song_that_cannot_be_completed_is_tried_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2", an_empty_file_is_filed_too),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W2", a_song_may_be_downloaded_into_the_library),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", the_library_is_in_the_user_directory_by_default),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4", a_registry_that_cannot_be_read_fails_each_step),
};

const struct conformance_suite wmp_complete_suite = CONFORMANCE_SUITE("wmp complete", tests);
