/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* What an item shows when others act on its job, and what a page may do to it (wmp-store 2.4,
 * errata 2.1). */

static void a_status_job_is_shown_and_left_alone(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_STATUS, "a.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_item_state(&wmp, job, PROCESSING);
    assert_int_equal(item_of(&wmp, job).kind, XBITS_WMP_STATUS);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_string_equal(item_info(&wmp, job, "Title"), "T");
    assert_false(file_exists(harness, "a.mp3"));
    assert_int_equal(wmp.told_count, 1);
}

static void a_status_job_that_its_producer_completes_is_completed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_STATUS, "a.mp3");
    player_pass(&wmp);
    assert_ok(xbits_job_complete(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_false(item_of(&wmp, job).is_filed);
    assert_content(harness, "a.mp3", &wmp_served);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, job), 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), 0);
}

static void a_status_job_that_its_producer_cancels_is_canceled(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_STATUS, "a.mp3");
    player_pass(&wmp);
    assert_ok(xbits_job_cancel(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, CANCELED);
    assert_int_equal(count_items(&wmp, WMP_SONG_ID), 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, job), 1);
    assert_int_equal(entries_in(harness), WMP_FILES);
}

/* The producer's handle is gone, too: the player's own tells how it ended. */
static void the_last_state_is_read_from_the_players_own_handle(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_STATUS, "a.mp3");
    player_pass(&wmp);
    assert_ok(xbits_job_complete(job));
    harness_close_job(harness, job);
    run_player(&wmp, POLL_MS);

    assert_int_equal(items_of(&wmp, WMP_SONG_ID).list[0].state, XBITS_DOWNLOAD_COMPLETED);
    assert_int_equal(items_of(&wmp, WMP_SONG_ID).list[0].job_state, XBITS_STATE_ACKNOWLEDGED);
}

static void a_song_that_somebody_else_completes_is_not_filed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    assert_ok(xbits_job_resume(job));
    player_pass(&wmp);
    assert_reaches(job, TRANSFERRED);
    assert_ok(xbits_job_complete(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
    assert_false(item_of(&wmp, job).is_filed);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, job), 1);
    assert_int_equal(wmp.told_count, 2);
    assert_content(harness, "a.mp3", &wmp_served);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

static void a_song_that_somebody_else_cancels_is_canceled(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    assert_ok(xbits_job_cancel(job));
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, CANCELED);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, job), 1);
    assert_int_equal(wmp.told_count, 2);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

static void a_suspended_song_is_started_by_the_page_alone(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);
    assert_state(job, SUSPENDED);
    assert_item_state(&wmp, job, PAUSED);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_ok(xbits_player_resume_item(wmp.player, xbits_job_id(job)));
    assert_state_in(job, XBITS_STATES_ACTIVE | XBITS_IN(TRANSFERRED));
    run_player(&wmp, MINUTE_MS);

    assert_state(job, ACKNOWLEDGED);
    assert_item_state(&wmp, job, COMPLETED);
}

static void a_page_pauses_and_resumes_an_item(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = new_download(harness, harness->silent_url(harness), "a.mp3");
    describe(job, WMP_SONG);
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, POLL_MS);
    assert_item_state(&wmp, job, DOWNLOADING);
    assert_ok(xbits_player_pause_item(wmp.player, xbits_job_id(job)));
    assert_state(job, SUSPENDED);
    run_player(&wmp, POLL_MS);
    assert_item_state(&wmp, job, PAUSED);
    assert_ok(xbits_player_resume_item(wmp.player, xbits_job_id(job)));
    run_player(&wmp, POLL_MS);

    assert_item_state(&wmp, job, DOWNLOADING);
    assert_state_in(job, XBITS_STATES_ACTIVE);
}

static void a_page_cancels_an_item_and_it_stays(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    assert_ok(xbits_player_cancel_item(wmp.player, xbits_job_id(job)));
    assert_state(job, CANCELLED);
    run_player(&wmp, POLL_MS);

    assert_item_state(&wmp, job, CANCELED);
    assert_int_equal(count_items(&wmp, WMP_SONG_ID), 1);
    assert_fails(XBITS_BG_E_INVALID_STATE, xbits_player_resume_item(wmp.player, xbits_job_id(job)));
}

static void a_song_in_error_is_canceled_until_it_is_repaired(struct harness *harness)
{
    const struct served gone = { .path = "/song", .status = 404 };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    harness_serve(harness, &gone);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    run_player(&wmp, MINUTE_MS);
    assert_state(job, ERROR);
    assert_item_state(&wmp, job, CANCELED);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 1);
    assert_int_equal(last_told(&wmp, XBITS_NEWS_FAILED)->result, (xbits_result)0x80190194u);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);

    harness_serve(harness, &wmp_served);
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_state(job, ACKNOWLEDGED);
    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

/* The player has seen it on its way in between. */
static void a_song_that_fails_again_is_told_again(struct harness *harness)
{
    const struct served gone = { .path = "/song", .status = 404 };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    harness_serve(harness, &gone);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    run_player(&wmp, POLL_MS);
    assert_ok(xbits_sim_set_network(harness->manager, false));
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, POLL_MS);
    assert_item_state(&wmp, job, DOWNLOADING);
    assert_false(item_of(&wmp, job).can_go_on);
    assert_ok(xbits_sim_set_network(harness->manager, true));
    assert_reaches(job, ERROR);
    run_player(&wmp, MINUTE_MS);

    assert_item_state(&wmp, job, CANCELED);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 2);
}

static void a_song_that_is_tried_again_still_downloads(struct harness *harness)
{
    const struct served busy = { .path = "/song", .status = 503 };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    harness_serve(harness, &busy);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    run_player(&wmp, POLL_MS);
    assert_state(job, TRANSIENT_ERROR);
    assert_item_state(&wmp, job, DOWNLOADING);
    assert_true(item_of(&wmp, job).can_go_on);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, job), 0);
    harness_serve(harness, &wmp_served);
    run_player(&wmp, RETRY_DELAY_MS + MINUTE_MS);

    assert_item_state(&wmp, job, COMPLETED);
}

static void what_was_adopted_is_what_is_shown(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    describe(job, "::WMP_JOB:1:7:HarborTunes:Other:Other:9:Other:1:1");
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 0);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
    assert_int_equal(count_items(&wmp, WMP_SONG_ID), 1);
    assert_int_equal(count_items(&wmp, 7), 0);
    assert_string_equal(item_info(&wmp, job, "Title"), "T");
    assert_content(harness, WMP_PLACE, &wmp_served);
}

/* A WMP_STATUS that calls itself a WMP_JOB later is its producer's all the same. */
static void a_status_that_becomes_a_job_stays_a_status(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_STATUS, "a.mp3");
    run_player(&wmp, POLL_MS);
    describe(job, WMP_SONG);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(item_of(&wmp, job).kind, XBITS_WMP_STATUS);
    assert_untouched(&wmp, job);
}

static void a_job_that_stops_matching_is_released(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    assert_true(has_item(&wmp, job));
    describe(job, "just a file");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_false(has_item(&wmp, job));
    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 1);
    assert_int_equal(wmp.told_count, 2);
}

/* The kind says who completes the job. */
static void a_job_that_becomes_a_status_is_left_to_its_producer(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    assert_ok(xbits_job_resume(job));
    player_pass(&wmp);
    assert_reaches(job, TRANSFERRED);
    describe(job, WMP_STATUS);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 2);
    assert_int_equal(item_of(&wmp, job).kind, XBITS_WMP_STATUS);
    assert_int_equal(count_items(&wmp, 0), 1);
}

/* The change comes between two looks, when the job is already whole. */
static void a_whole_job_that_stops_matching_is_never_completed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    assert_ok(xbits_job_resume(job));
    player_pass(&wmp);
    assert_reaches(job, TRANSFERRED);
    describe(job, "::WMP_JOB:1:0:HarborTunes:A:B:3:T:215:75");
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 1);
    assert_int_equal(count_items(&wmp, 0), 0);
}

static void a_second_file_releases_a_job(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    add_file(harness, job, wmp_served.path, "b.mp3");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 1);
}

static void a_job_of_a_removed_store_is_released(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    remove_store(&wmp, WMP_STORE);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_false(has_item(&wmp, job));
    assert_int_equal(count_told(&wmp, XBITS_NEWS_RELEASED, job), 1);
    assert_non_null(strstr(last_told(&wmp, XBITS_NEWS_RELEASED)->text, WMP_STORE));
}

static void a_released_job_that_matches_again_is_adopted_again(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);
    remove_store(&wmp, WMP_STORE);
    run_player(&wmp, POLL_MS);
    assert_false(has_item(&wmp, job));
    install_store(&wmp, WMP_STORE);
    assert_ok(xbits_job_resume(job));
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 2);
    assert_item_state(&wmp, job, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W3", a_status_job_is_shown_and_left_alone),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W47; errata 2.1",
                     a_status_job_that_its_producer_completes_is_completed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W47; errata 2.1",
                     a_status_job_that_its_producer_cancels_is_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W47; errata 2.1",
                     the_last_state_is_read_from_the_players_own_handle),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1", a_song_that_somebody_else_completes_is_not_filed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1", a_song_that_somebody_else_cancels_is_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W46; errata 2.1",
                     a_suspended_song_is_started_by_the_page_alone),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4, 2.3", a_page_pauses_and_resumes_an_item),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4, 2.3", a_page_cancels_an_item_and_it_stays),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W18; errata 2.1",
                     a_song_in_error_is_canceled_until_it_is_repaired),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS | CAN_CUT_NETWORK, "errata 2.1",
                     a_song_that_fails_again_is_told_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "errata 2.1",
                     a_song_that_is_tried_again_still_downloads),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", what_was_adopted_is_what_is_shown),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_status_that_becomes_a_job_stays_a_status),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_job_that_stops_matching_is_released),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_job_that_becomes_a_status_is_left_to_its_producer),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_whole_job_that_stops_matching_is_never_completed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_second_file_releases_a_job),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_job_of_a_removed_store_is_released),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_released_job_that_matches_again_is_adopted_again),
};

const struct conformance_suite wmp_states_suite = CONFORMANCE_SUITE("wmp states", tests);
