/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* What is left when a player ends, and what the next one makes of it (wmp-store 1.5, W16; errata
 * 2.1, 2.3). */

static void a_song_is_filed_by_the_next_session(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    assert_string_equal(item_info(&wmp, job, "Title"), "T");
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);
    player_pass(&wmp);
    assert_true(has_item(&wmp, job));
    assert_string_equal(item_info(&wmp, job, "Title"), "");
    assert_string_equal(item_info(&wmp, job, "WM/Provider"), "");
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_string_equal(item_info(&wmp, job, "Title"), "");
    assert_content(harness, WMP_PLACE, &wmp_served);
}

static void a_song_that_became_whole_while_no_player_ran_is_filed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    wmp_close_player(&wmp);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, MINUTE_MS);
    assert_state(job, TRANSFERRED);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_state(job, ACKNOWLEDGED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_string_equal(item_info(&wmp, job, "Title"), "");
}

/* The queue's service and the player both ended. */
static void a_song_is_filed_after_a_restart_of_all(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    struct xbits_id id;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    id = *xbits_job_id(job);
    player_pass(&wmp);
    harness_restart(harness);
    wmp_open_player(&wmp);
    assert_ok(xbits_job_open(harness->manager, &id, &job));
    harness_keep_job(harness, job);
    player_pass(&wmp);
    assert_string_equal(item_info(&wmp, job, "Title"), "");
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

static void a_job_that_no_session_had_tells_its_fields(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    player_pass(&wmp);
    wmp_close_player(&wmp);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_string_equal(item_info(&wmp, job, "Title"), "T");
}

/* Errata 2.1: it can no longer be asked how it ended. */
static void a_job_that_vanished_while_no_player_ran_is_dropped(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_STATUS, "a.mp3");
    player_pass(&wmp);
    wmp_close_player(&wmp);
    assert_ok(xbits_job_cancel(job));
    wmp_open_player(&wmp);
    run_player(&wmp, POLL_MS);

    assert_int_equal(count_items(&wmp, 0), 0);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, NULL), 0);
}

static void an_item_that_is_over_stays_until_the_session_ends(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, 10 * MINUTE_MS);
    assert_item_state(&wmp, job, COMPLETED);
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_int_equal(count_items(&wmp, 0), 0);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), 1);
}

static void a_user_has_one_player_at_a_time(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_player *second = NULL;

    wmp_begin_with_player(&wmp, harness);
    assert_fails((xbits_result)0x80070021u,
                 xbits_player_open(harness->manager, &wmp.options, &second));
    assert_null(second);
    wmp_close_player(&wmp);

    wmp_open_player(&wmp);
}

/* Something of ours is in the way of a song that is already completed. */
static const char *obstacle_of(struct harness *harness, struct xbits_job *job)
{
    char name[80];
    char id[XBITS_ID_TEXT_SIZE];

    snprintf(name, sizeof name, "library/.xbits-%s", xbits_id_format(xbits_job_id(job), id));
    return harness_keep(harness, strdup(name));
}

/* A song that is whole, and a directory in the way that it has into the library. */
static struct xbits_job *obstructed_song(struct wmp *wmp, struct harness *harness,
                                         const char **obstacle_out)
{
    struct xbits_job *job;

    wmp_begin_with_player(wmp, harness);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    *obstacle_out = obstacle_of(harness, job);
    make_directories(harness, *obstacle_out);
    return job;
}

static void a_song_that_cannot_be_filed_is_tried_again(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *obstacle;

    job = obstructed_song(&wmp, harness, &obstacle);
    run_player(&wmp, MINUTE_MS);
    assert_state(job, ACKNOWLEDGED);
    assert_item_state(&wmp, job, PROCESSING);
    assert_content(harness, "a.mp3", &wmp_served);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 1);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    assert_int_equal(rmdir(harness_path(harness, obstacle)), 0);
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_int_equal(entries_in(harness), WMP_FILES);
}

static void a_song_on_its_way_is_filed_by_the_next_player(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *obstacle;

    job = obstructed_song(&wmp, harness, &obstacle);
    player_pass(&wmp);
    assert_item_state(&wmp, job, PROCESSING);
    wmp_close_player(&wmp);
    assert_int_equal(rmdir(harness_path(harness, obstacle)), 0);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, job), 1);
    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_string_equal(only_entry(&wmp).path, harness_path(harness, WMP_PLACE));
    assert_int_equal(entries_in(harness), WMP_FILES);
    assert_false(file_exists(harness, obstacle));
}

static void the_next_player_tells_a_failure_once_and_tries_on(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *obstacle;

    job = obstructed_song(&wmp, harness, &obstacle);
    player_pass(&wmp);
    wmp_close_player(&wmp);
    wmp.told_count = 0;
    wmp_open_player(&wmp);
    run_player(&wmp, MINUTE_MS);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 1);
    assert_int_equal(wmp.told_count, 1);
    assert_int_equal(rmdir(harness_path(harness, obstacle)), 0);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, job), 1);
    assert_int_equal(wmp.told_count, 2);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

/* It had an obstacle first, and then somebody took the file. */
static void the_next_player_tells_that_a_song_was_taken_away(struct harness *harness)
{
    struct wmp wmp;
    const char *obstacle;

    (void)obstructed_song(&wmp, harness, &obstacle);
    player_pass(&wmp);
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);
    player_pass(&wmp);
    assert_int_equal(unlink(harness_path(harness, "a.mp3")), 0);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(last_told(&wmp, XBITS_NEWS_FAILED)->result, XBITS_ERROR_FILE_NOT_FOUND);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

/* What was on its way does not wait for anybody's leave to look at the queue. */
static void a_song_on_its_way_is_filed_with_refresh_download_0(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *obstacle;

    job = obstructed_song(&wmp, harness, &obstacle);
    player_pass(&wmp);
    wmp_close_player(&wmp);
    assert_int_equal(rmdir(harness_path(harness, obstacle)), 0);
    set_refresh_download(&wmp, 0);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, job), 1);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

/* Somebody took the file between Complete and the library. */
static void a_song_that_was_taken_away_is_given_up(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *obstacle;

    job = obstructed_song(&wmp, harness, &obstacle);
    player_pass(&wmp);
    assert_int_equal(rmdir(harness_path(harness, obstacle)), 0);
    assert_int_equal(unlink(harness_path(harness, "a.mp3")), 0);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, job), 0);
    assert_int_equal(last_told(&wmp, XBITS_NEWS_FAILED)->result, XBITS_ERROR_FILE_NOT_FOUND);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    wmp_close_player(&wmp);
    wmp.told_count = 0;
    wmp_open_player(&wmp);
    player_pass(&wmp);
    assert_int_equal(wmp.told_count, 0);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W16", a_song_is_filed_by_the_next_session),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W16", a_song_that_became_whole_while_no_player_ran_is_filed),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_RESTART, "W16", a_song_is_filed_after_a_restart_of_all),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.5", a_job_that_no_session_had_tells_its_fields),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1",
                     a_job_that_vanished_while_no_player_ran_is_dropped),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1",
                     an_item_that_is_over_stays_until_the_session_ends),
    CONFORMANCE_TEST(0, "errata 2.3", a_user_has_one_player_at_a_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", a_song_that_cannot_be_filed_is_tried_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", a_song_on_its_way_is_filed_by_the_next_player),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", the_next_player_tells_a_failure_once_and_tries_on),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", the_next_player_tells_that_a_song_was_taken_away),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", a_song_on_its_way_is_filed_with_refresh_download_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.3", a_song_that_was_taken_away_is_given_up),
};

const struct conformance_suite wmp_session_suite = CONFORMANCE_SUITE("wmp session", tests);
