/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* What of downloads is left when a player ends, and who may look on (wmp-store 2.1, 2.6). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BACKGROUND XBITS_DOWNLOAD_BACKGROUND
#define REAL_TIME  XBITS_DOWNLOAD_REAL_TIME
#define COLLECTION 4711

static const struct served stalled = { .path = "/stalled.mp3", .size = 5000, .stalls = true };

static void next_session(struct wmp *wmp)
{
    wmp_close_player(wmp);
    wmp->told_count = 0;
    wmp_open_player(wmp);
    player_pass(wmp);
}

/* The queue's service ends with its player. */
static void restart_all(struct wmp *wmp)
{
    harness_restart(wmp->harness);
    wmp->told_count = 0;
    wmp_open_player(wmp);
    player_pass(wmp);
}

typedef void restart(struct wmp *wmp);

/* A collection of one item of each fate; ids and places are the same ever after. */
static void check_background_over(struct harness *harness, restart *again)
{
    struct wmp wmp;
    int32_t collection;
    struct xbits_id items[4];
    static const enum xbits_download_state states[] = { XBITS_DOWNLOAD_COMPLETED,
                                                        XBITS_DOWNLOAD_PAUSED,
                                                        XBITS_DOWNLOAD_DOWNLOADING,
                                                        XBITS_DOWNLOAD_PROCESSING };

    wmp_begin_with_player(&wmp, harness);
    collection = new_collection(&wmp);
    items[0] = start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    run_player(&wmp, MINUTE_MS);
    for (size_t i = 1; i < COUNT(items); i++)
        items[i] = start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    assert_ok(xbits_download_item_pause(downloads(&wmp), &items[1]));
    assert_ok(xbits_download_item_pause(downloads(&wmp), &items[2]));
    assert_reaches(job_of(&wmp, &items[3]), TRANSFERRED);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &items[2]));
    for (size_t i = 0; i < COUNT(items); i++)
        assert_int_equal(download_of(&wmp, &items[i]).state, states[i]);
    again(&wmp);

    assert_true(has_collection(&wmp, collection));
    assert_int_equal(count_downloads(&wmp, collection), COUNT(items));
    for (int32_t i = 0; i < (int32_t)COUNT(items); i++) {
        struct xbits_id at = download_at(&wmp, collection, i);

        assert_true(xbits_id_equal(&at, &items[i]));
        assert_string_equal(download_of(&wmp, &at).source_url, harness_url(harness, wmp_mp3.path));
        assert_string_equal(download_of(&wmp, &at).type, BACKGROUND);
        assert_true(download_of(&wmp, &at).is_own);
    }
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &items[0], COMPLETED);
    assert_download_state(&wmp, &items[1], PAUSED);
    assert_download_state(&wmp, &items[2], COMPLETED);
    assert_download_state(&wmp, &items[3], COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 3);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &items[1]));
    again(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &items[1], COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 4);
    assert_true(download_of(&wmp, &items[0]).path[0] != '\0');
    assert_int_equal(download_of(&wmp, &items[0]).size_bytes, wmp_mp3.size);
    assert_int_equal(download_of(&wmp, &items[0]).progress_bytes, wmp_mp3.size);
}

static void background_goes_on_in_the_next_session(struct harness *harness)
{
    check_background_over(harness, next_session);
}

static void background_goes_on_after_a_restart_of_all(struct harness *harness)
{
    check_background_over(harness, restart_all);
}

static void what_became_whole_while_no_player_ran_is_filed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    wmp_close_player(&wmp);
    job = job_of(&wmp, &item);
    assert_reaches(job, TRANSFERRED);
    advance(harness, MINUTE_MS);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_state(job, ACKNOWLEDGED);
    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static void check_real_time_over(struct harness *harness, restart *again)
{
    struct wmp wmp;
    struct xbits_id running;
    struct xbits_id background;
    struct xbits_id first;
    struct xbits_download_item read;

    wmp_begin_with_player(&wmp, harness);
    running = start_download(&wmp, COLLECTION, &stalled, REAL_TIME);
    background = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    assert_reaches(job_of(&wmp, &running), TRANSFERRING);
    assert_reaches(job_of(&wmp, &background), TRANSFERRED);
    again(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_false(has_job(&wmp, &running));
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    first = download_at(&wmp, COLLECTION, 0);
    assert_true(xbits_id_equal(&first, &background));
    XBITS_INIT(&read);
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_download_item_read(downloads(&wmp), &running, &read));
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

static void unfinished_real_time_is_gone_in_the_next_session(struct harness *harness)
{
    check_real_time_over(harness, next_session);
}

static void unfinished_real_time_is_gone_after_a_restart_of_all(struct harness *harness)
{
    check_real_time_over(harness, restart_all);
}

static void a_player_that_closes_cancels_real_time(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *running;
    struct xbits_job *background;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, REAL_TIME);
    running = job_of(&wmp, &item);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    background = job_of(&wmp, &item);
    wmp_close_player(&wmp);

    assert_state(running, CANCELLED);
    assert_state_in(background, XBITS_STATES_ACTIVE);
}

static void what_was_removed_stays_away(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id kept;
    struct xbits_id first;

    wmp_begin_with_player(&wmp, harness);
    (void)start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    run_player(&wmp, MINUTE_MS);
    (void)start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    kept = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    remove_download(&wmp, COLLECTION, 0);
    remove_download(&wmp, COLLECTION, 0);
    next_session(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    first = download_at(&wmp, COLLECTION, 0);
    assert_true(xbits_id_equal(&first, &kept));
    assert_download_state(&wmp, &kept, COMPLETED);
}

static void a_cancelled_item_is_no_more_than_that_in_the_next_session(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id cancelled;
    struct xbits_id after;

    wmp_begin_with_player(&wmp, harness);
    cancelled = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    after = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    assert_ok(xbits_download_item_cancel(downloads(&wmp), &cancelled));
    next_session(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_downloads(&wmp, COLLECTION), 2);
    assert_download_state(&wmp, &cancelled, CANCELED);
    assert_download_state(&wmp, &after, COMPLETED);
}

/* Nobody can be asked how it ended. */
static void an_item_whose_job_vanished_while_no_player_ran_is_canceled(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    wmp_close_player(&wmp);
    assert_ok(xbits_job_cancel(job_of(&wmp, &item)));
    wmp_open_player(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, CANCELED);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

static void ids_of_collections_are_for_ever(struct harness *harness)
{
    struct wmp wmp;
    int32_t empty;
    int32_t later;

    wmp_begin_with_player(&wmp, harness);
    empty = new_collection(&wmp);
    next_session(&wmp);
    assert_true(has_collection(&wmp, empty));
    later = new_collection(&wmp);

    assert_int_not_equal(empty, later);
    next_session(&wmp);
    assert_true(has_collection(&wmp, empty));
    assert_true(has_collection(&wmp, later));
    assert_int_equal(count_downloads(&wmp, empty), 0);
}

static void own_items_finish_while(struct harness *harness, void (*refuse)(struct wmp *wmp))
{
    struct wmp wmp;
    struct xbits_id background;
    struct xbits_id real_time;
    struct xbits_job *stranger;

    wmp_begin(&wmp, harness);
    refuse(&wmp);
    wmp_open_player(&wmp);
    background = start_download(&wmp, WMP_SONG_ID, &wmp_mp3, BACKGROUND);
    real_time = start_download(&wmp, WMP_SONG_ID, &wmp_mp3, REAL_TIME);
    stranger = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, 3 * POLL_MS);

    assert_download_state(&wmp, &background, COMPLETED);
    assert_download_state(&wmp, &real_time, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 2);
    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 2);
    assert_state(stranger, TRANSFERRED);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, NULL), 0);
}

static void refuse_by_0(struct wmp *wmp)
{
    set_refresh_download(wmp, 0);
}

static void own_items_finish_with_refresh_download_0(struct harness *harness)
{
    own_items_finish_while(harness, refuse_by_0);
}

static void own_items_finish_without_refresh_download(struct harness *harness)
{
    own_items_finish_while(harness, remove_refresh_download);
}

static void own_items_of_the_last_session_finish_with_refresh_download_0(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    set_refresh_download(&wmp, 0);
    next_session(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(refresh_download(&wmp), 0);
}

/* The convention came with version 10, the Download Manager with 9. */
static void version_9_downloads_and_has_no_fields(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;
    const char *text = NULL;

    wmp_begin(&wmp, harness);
    wmp.options.version = XBITS_PLAYER_WMP9;
    wmp_open_player(&wmp);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    assert_fails(XBITS_E_NOTIMPL, xbits_download_item_info(downloads(&wmp), &item, "Title", &text));
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

/* A player that only looks, beside the one that works. */
static void assert_changes_nothing(struct wmp *looker, const struct xbits_id *item)
{
    struct xbits_download_manager *manager = downloads(looker);
    struct xbits_id started;
    int32_t id = 0;

    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_manager_create_collection(manager, &id));
    assert_fails(XBITS_E_ACCESSDENIED,
                 try_download(looker, COLLECTION, wmp_mp3.path, BACKGROUND, &started));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_collection_remove(manager, COLLECTION, 0));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_collection_clear(manager, COLLECTION));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_item_pause(manager, item));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_item_resume(manager, item));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_download_item_cancel(manager, item));
}

static struct wmp begin_to_look(const struct wmp *wmp)
{
    struct wmp looker = *wmp;

    looker.player = NULL;
    looker.told_count = 0;
    looker.options.looks_only = true;
    return looker;
}

static void who_only_looks_sees_all_and_changes_nothing(struct harness *harness)
{
    struct wmp wmp;
    struct wmp looker;
    struct xbits_id item;
    struct xbits_id first;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    looker = begin_to_look(&wmp);
    wmp_open_player(&looker);
    player_pass(&looker);
    assert_true(has_collection(&looker, COLLECTION));
    assert_int_equal(count_downloads(&looker, COLLECTION), 1);
    first = download_at(&looker, COLLECTION, 0);
    assert_true(xbits_id_equal(&first, &item));
    assert_download_state(&looker, &item, DOWNLOADING);
    assert_changes_nothing(&looker, &item);
    assert_reaches(job_of(&wmp, &item), TRANSFERRED);
    run_player(&looker, MINUTE_MS);

    assert_download_state(&looker, &item, PROCESSING);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    run_player(&wmp, MINUTE_MS);
    next_session(&looker);
    assert_download_state(&looker, &item, COMPLETED);
    assert_string_equal(download_of(&looker, &item).path, download_of(&wmp, &item).path);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(count_told(&looker, XBITS_NEWS_FILED, NULL), 0);
}

static void who_only_looks_spares_real_time_and_needs_no_lock(struct harness *harness)
{
    struct wmp wmp;
    struct wmp looker;
    struct xbits_id item;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, REAL_TIME);
    job = job_of(&wmp, &item);
    looker = begin_to_look(&wmp);
    wmp_open_player(&looker);
    player_pass(&looker);
    wmp_close_player(&looker);
    assert_state_in(job, XBITS_STATES_ACTIVE);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
}

/* Neither directory nor database is made by looking. */
static void who_only_looks_finds_nothing_where_nothing_is(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    wmp.options.looks_only = true;
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_int_equal(count_downloads(&wmp, COLLECTION), 0);
    assert_false(has_collection(&wmp, COLLECTION));
    assert_false(file_exists(harness, "user/store.db"));
    assert_false(file_exists(harness, "user/player.lock"));
    assert_int_equal(files_under(harness, "library"), 0);
}

static void a_looker_may_have_a_manager_that_reads(struct harness *harness)
{
    struct wmp wmp;
    struct wmp looker;
    struct xbits_options options = harness->options;
    struct xbits_manager *reader = NULL;
    struct xbits_download_item read;
    struct xbits_id item;
    uint64_t due_ms = 0;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    options.access = XBITS_ACCESS_READ;
    assert_ok(xbits_manager_open(&options, &reader));
    looker = begin_to_look(&wmp);
    assert_ok(xbits_player_open(reader, &looker.options, &looker.player));
    assert_ok(xbits_player_step(looker.player, now_ms(harness), &due_ms));
    read = download_of(&looker, &item);
    assert_changes_nothing(&looker, &item);
    xbits_player_close(looker.player);
    xbits_manager_close(reader);

    assert_int_equal(read.state, XBITS_DOWNLOAD_DOWNLOADING);
    assert_string_equal(read.source_url, harness_url(harness, wmp_mp3.path));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W30; wmp 2.6", background_goes_on_in_the_next_session),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_RESTART, "W30; wmp 2.6",
                     background_goes_on_after_a_restart_of_all),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W30; wmp 2.1", what_became_whole_while_no_player_ran_is_filed),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W30; wmp 2.6",
                     unfinished_real_time_is_gone_in_the_next_session),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS | CAN_RESTART, "W30; wmp 2.6",
                     unfinished_real_time_is_gone_after_a_restart_of_all),
    CONFORMANCE_TEST(0, "W30; errata 2.2", a_player_that_closes_cancels_real_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28, W30", what_was_removed_stays_away),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28, W30; wmp 2.1",
                     a_cancelled_item_is_no_more_than_that_in_the_next_session),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W30",
                     an_item_whose_job_vanished_while_no_player_ran_is_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W21, W30", ids_of_collections_are_for_ever),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W54", own_items_finish_with_refresh_download_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W54", own_items_finish_without_refresh_download),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W30, W54",
                     own_items_of_the_last_session_finish_with_refresh_download_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W48; errata 2.6", version_9_downloads_and_has_no_fields),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.6", who_only_looks_sees_all_and_changes_nothing),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.6", who_only_looks_spares_real_time_and_needs_no_lock),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.6", who_only_looks_finds_nothing_where_nothing_is),
    CONFORMANCE_TEST(CAN_RESTART, "wmp 2.6", a_looker_may_have_a_manager_that_reads),
};

const struct conformance_suite wmp_download_session_suite =
    CONFORMANCE_SUITE("wmp download session", tests);
