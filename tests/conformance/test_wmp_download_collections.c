/* SPDX-License-Identifier: MIT */
#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* Download collections and the places of items in them (wmp-store 2.1, 2.2). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BACKGROUND XBITS_DOWNLOAD_BACKGROUND
#define REAL_TIME  XBITS_DOWNLOAD_REAL_TIME

/* No creation gives it: ids by chance are positive. */
#define UNKNOWN_ID (-77)

static const struct served stalled = { .path = "/stalled.mp3", .size = 5000, .stalls = true };

static void new_collections_are_empty_and_differ(struct harness *harness)
{
    struct wmp wmp;
    int32_t ids[8];

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(ids); i++) {
        ids[i] = new_collection(&wmp);
        assert_true(ids[i] > 0);
        assert_int_equal(count_downloads(&wmp, ids[i]), 0);
        assert_true(has_collection(&wmp, ids[i]));
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(ids[i], ids[k]);
    }
}

struct seen_collections {
    int32_t ids[8];
    size_t count;
    size_t most;
};

/* xbits_download_collection_visit */
static bool take_collection(int32_t id, void *user)
{
    struct seen_collections *seen = user;

    assert_true(seen->count < COUNT(seen->ids));
    seen->ids[seen->count++] = id;
    return seen->count < seen->most;
}

static void collections_are_visited_by_id_and_once(struct harness *harness)
{
    struct seen_collections seen = { .most = 8 };
    struct seen_collections two = { .most = 2 };
    struct wmp wmp;
    int32_t made;

    wmp_begin_with_player(&wmp, harness);
    (void)convention_job(harness, WMP_SONG, "a.mp3");
    (void)convention_job(harness, WMP_STATUS, "b.mp3");
    (void)convention_job(harness, "::WMP_JOB:1:-5:HarborTunes:A:B:3:T:215:75", "c.mp3");
    made = new_collection(&wmp);
    (void)start_download(&wmp, WMP_SONG_ID, &wmp_mp3, BACKGROUND);
    player_pass(&wmp);
    assert_ok(xbits_download_manager_visit_collections(downloads(&wmp), take_collection, &seen));
    assert_ok(xbits_download_manager_visit_collections(downloads(&wmp), take_collection, &two));

    assert_int_equal(seen.count, made == WMP_SONG_ID ? 2 : 3);
    assert_int_equal(seen.ids[0], -5);
    for (size_t i = 1; i < seen.count; i++)
        assert_true(seen.ids[i - 1] < seen.ids[i]);
    assert_int_equal(two.count, 2);
}

/* Errata 2.5a: no id is wrong, but only a start makes it one to keep. */
static void a_collection_nobody_made_is_empty(struct harness *harness)
{
    static const int32_t ids[] = { UNKNOWN_ID, 1, INT32_MAX, INT32_MIN, 0 };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct xbits_id item;

        assert_int_equal(count_downloads(&wmp, ids[i]), 0);
        assert_fails(XBITS_DISP_E_BADINDEX,
                     xbits_download_collection_item(downloads(&wmp), ids[i], 0, &item));
        assert_ok(xbits_download_collection_clear(downloads(&wmp), ids[i]));
        assert_false(has_collection(&wmp, ids[i]));
    }
}

static void a_collection_nobody_made_is_kept_from_its_first_start(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, UNKNOWN_ID, &wmp_mp3, BACKGROUND);
    assert_int_equal(download_of(&wmp, &item).collection, UNKNOWN_ID);
    assert_true(has_collection(&wmp, UNKNOWN_ID));
    assert_ok(xbits_download_collection_clear(downloads(&wmp), UNKNOWN_ID));
    assert_true(has_collection(&wmp, UNKNOWN_ID));
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);

    assert_true(has_collection(&wmp, UNKNOWN_ID));
    assert_int_equal(count_downloads(&wmp, UNKNOWN_ID), 0);
}

/* Three items, none of which has begun. */
static int32_t three_items(struct wmp *wmp, struct harness *harness, struct xbits_id items[3])
{
    int32_t collection;

    wmp_begin_with_player(wmp, harness);
    collection = new_collection(wmp);
    for (size_t i = 0; i < 3; i++)
        items[i] = start_download(wmp, collection, &wmp_mp3, i == 1 ? REAL_TIME : BACKGROUND);
    return collection;
}

static void items_are_numbered_from_0_in_the_order_of_their_starts(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id items[3];
    int32_t collection = three_items(&wmp, harness, items);

    assert_int_equal(count_downloads(&wmp, collection), 3);
    for (int32_t i = 0; i < 3; i++) {
        struct xbits_id at = download_at(&wmp, collection, i);

        assert_true(xbits_id_equal(&at, &items[i]));
    }
}

static void an_index_outside_is_refused(struct harness *harness)
{
    static const int32_t outside[] = { -1, 3, 4, INT32_MAX, INT32_MIN };
    struct wmp wmp;
    struct xbits_id items[3];
    int32_t collection = three_items(&wmp, harness, items);
    struct xbits_id untouched = { .data1 = 7 };

    for (size_t i = 0; i < COUNT(outside); i++) {
        assert_fails(
            XBITS_DISP_E_BADINDEX,
            xbits_download_collection_item(downloads(&wmp), collection, outside[i], &untouched));
        assert_fails(XBITS_DISP_E_BADINDEX,
                     xbits_download_collection_remove(downloads(&wmp), collection, outside[i]));
    }

    assert_int_equal(untouched.data1, 7);
    assert_int_equal(count_downloads(&wmp, collection), 3);
}

static void a_removed_item_is_cancelled_and_the_later_ones_shift(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id items[3];
    int32_t collection = three_items(&wmp, harness, items);
    struct xbits_download_item read;
    struct xbits_id second;

    remove_download(&wmp, collection, 0);

    assert_int_equal(count_downloads(&wmp, collection), 2);
    second = download_at(&wmp, collection, 1);
    assert_true(xbits_id_equal(&second, &items[2]));
    assert_false(has_job(&wmp, &items[0]));
    assert_true(has_job(&wmp, &items[1]));
    XBITS_INIT(&read);
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_download_item_read(downloads(&wmp), &items[0], &read));
    assert_fails(XBITS_DISP_E_BADINDEX,
                 xbits_download_collection_remove(downloads(&wmp), collection, 2));
}

static void the_last_item_is_removed_without_a_shift(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id items[3];
    int32_t collection = three_items(&wmp, harness, items);
    struct xbits_id second;

    remove_download(&wmp, collection, 2);

    second = download_at(&wmp, collection, 1);
    assert_true(xbits_id_equal(&second, &items[1]));
    assert_int_equal(jobs_in_queue(harness), 2);
}

static void a_running_item_that_is_removed_leaves_nothing(struct harness *harness)
{
    static const char *const types[] = { BACKGROUND, REAL_TIME };
    struct wmp wmp;
    int32_t collection;

    wmp_begin_with_player(&wmp, harness);
    collection = new_collection(&wmp);
    for (size_t i = 0; i < COUNT(types); i++) {
        struct xbits_id item = start_download(&wmp, collection, &stalled, types[i]);

        assert_reaches(job_of(&wmp, &item), TRANSFERRING);
        remove_download(&wmp, collection, 0);

        assert_int_equal(jobs_in_queue(harness), 0);
        assert_int_equal(count_downloads(&wmp, collection), 0);
        assert_int_equal(files_under(harness, "library/download"), 0);
    }
    run_player(&wmp, MINUTE_MS);
    assert_int_equal(count_downloads(&wmp, collection), 0);
}

/* Removed when its bytes are all here, and before the player has looked. */
static void a_whole_item_that_is_removed_leaves_no_job(struct harness *harness)
{
    struct wmp wmp;
    int32_t collection;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    collection = new_collection(&wmp);
    item = start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    assert_reaches(job_of(&wmp, &item), TRANSFERRED);
    remove_download(&wmp, collection, 0);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(count_downloads(&wmp, collection), 0);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

static void what_was_filed_stays_when_its_item_is_removed(struct harness *harness)
{
    struct wmp wmp;
    int32_t collection;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    collection = new_collection(&wmp);
    item = start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &item, COMPLETED);
    remove_download(&wmp, collection, 0);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_downloads(&wmp, collection), 0);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), 1);
}

static void clear_cancels_what_runs_and_empties_one_collection(struct harness *harness)
{
    struct wmp wmp;
    int32_t collection;
    struct xbits_id background;
    struct xbits_id real_time;
    struct xbits_id elsewhere;

    wmp_begin_with_player(&wmp, harness);
    (void)convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);
    collection = WMP_SONG_ID;
    background = start_download(&wmp, collection, &stalled, BACKGROUND);
    real_time = start_download(&wmp, collection, &stalled, REAL_TIME);
    (void)start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    elsewhere = start_download(&wmp, UNKNOWN_ID, &wmp_mp3, BACKGROUND);
    assert_reaches(job_of(&wmp, &background), TRANSFERRING);
    assert_reaches(job_of(&wmp, &real_time), TRANSFERRING);
    assert_int_equal(count_downloads(&wmp, collection), 4);
    assert_ok(xbits_download_collection_clear(downloads(&wmp), collection));

    assert_int_equal(count_downloads(&wmp, collection), 0);
    assert_int_equal(jobs_in_queue(harness), 1);
    assert_true(has_job(&wmp, &elsewhere));
    run_player(&wmp, MINUTE_MS);
    assert_int_equal(count_downloads(&wmp, collection), 0);
    assert_true(has_collection(&wmp, collection));
    assert_download_state(&wmp, &elsewhere, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static void a_cleared_collection_can_be_filled_again(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id items[3];
    int32_t collection = three_items(&wmp, harness, items);
    struct xbits_id again;
    struct xbits_id first;

    assert_ok(xbits_download_collection_clear(downloads(&wmp), collection));
    assert_ok(xbits_download_collection_clear(downloads(&wmp), collection));
    again = start_download(&wmp, collection, &wmp_mp3, BACKGROUND);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_downloads(&wmp, collection), 1);
    first = download_at(&wmp, collection, 0);
    assert_true(xbits_id_equal(&first, &again));
    assert_download_state(&wmp, &again, COMPLETED);
}

/* A producer's job, between two of the page's own. */
static struct xbits_job *mixed(struct wmp *wmp, struct harness *harness, struct xbits_id own[2])
{
    struct xbits_job *job;

    wmp_begin_with_player(wmp, harness);
    own[0] = start_download(wmp, WMP_SONG_ID, &wmp_mp3, BACKGROUND);
    advance(harness, 1000);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    advance(harness, 1000);
    own[1] = start_download(wmp, WMP_SONG_ID, &wmp_mp3, BACKGROUND);
    run_player(wmp, POLL_MS);
    return job;
}

static void a_collection_is_own_items_and_adopted_jobs_by_age(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id own[2];
    struct xbits_job *job = mixed(&wmp, harness, own);
    struct xbits_id between = download_at(&wmp, WMP_SONG_ID, 1);
    struct xbits_id last = download_at(&wmp, WMP_SONG_ID, 2);
    struct xbits_download_item stranger = download_of(&wmp, &between);

    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 3);
    assert_true(xbits_id_equal(&between, xbits_job_id(job)));
    assert_true(xbits_id_equal(&last, &own[1]));
    assert_false(stranger.is_own);
    assert_true(download_of(&wmp, &own[0]).is_own);
    assert_int_equal(stranger.collection, WMP_SONG_ID);
    assert_string_equal(stranger.type, BACKGROUND);
    assert_string_equal(stranger.source_url, harness_url(harness, wmp_served.path));
    assert_int_equal(stranger.state, XBITS_DOWNLOAD_PAUSED);
    /* A producer's job goes where all its kind goes, beside the page's. */
    assert_ok(xbits_download_item_resume(downloads(&wmp), &between));
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &between, COMPLETED);
    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_string_equal(download_of(&wmp, &between).path, harness_path(harness, WMP_PLACE));
    assert_int_equal(entries_of(&wmp, NULL).count, 3);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, NULL), 1);
}

static void only_a_producers_item_has_fields(struct harness *harness)
{
    static const char *const names[] = { "Title", "WM/Provider", "AlbumArtist", "nothing" };
    static const char *const texts[] = { "T", WMP_STORE, "A", "" };
    struct wmp wmp;
    struct xbits_id own[2];
    struct xbits_job *job = mixed(&wmp, harness, own);

    for (size_t i = 0; i < COUNT(names); i++) {
        const char *text = NULL;

        assert_ok(xbits_download_item_info(downloads(&wmp), xbits_job_id(job), names[i], &text));
        assert_string_equal(text, texts[i]);
        assert_ok(xbits_download_item_info(downloads(&wmp), &own[0], names[i], &text));
        assert_string_equal(text, "");
    }
}

static void a_removed_job_of_a_producer_is_cancelled(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id own[2];
    struct xbits_job *job = mixed(&wmp, harness, own);
    struct xbits_id second;

    remove_download(&wmp, WMP_SONG_ID, 1);
    run_player(&wmp, MINUTE_MS);

    assert_state(job, CANCELLED);
    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 2);
    second = download_at(&wmp, WMP_SONG_ID, 1);
    assert_true(xbits_id_equal(&second, &own[1]));
}

/* Its download is over, and a WMP_STATUS is nobody's to complete but its producer's. */
static void a_removed_status_that_is_whole_is_out_for_this_session(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, WMP_STATUS, "a.mp3");
    player_pass(&wmp);
    remove_download(&wmp, WMP_SONG_ID, 0);
    run_player(&wmp, MINUTE_MS);
    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 0);
    assert_state(job, TRANSFERRED);
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);
    player_pass(&wmp);

    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 1);
}

static void pending_items_alone_may_be_counted(struct harness *harness)
{
    const struct served gone = { .path = "/gone.mp3", .status = 404 };
    struct wmp wmp;
    struct xbits_id items[5];

    wmp_begin(&wmp, harness);
    wmp.options.counts_pending = true;
    wmp_open_player(&wmp);
    for (size_t i = 0; i < 3; i++)
        items[i] = start_download(&wmp, UNKNOWN_ID, &wmp_mp3, BACKGROUND);
    items[3] = start_download(&wmp, UNKNOWN_ID, &gone, BACKGROUND);
    items[4] = start_download(&wmp, UNKNOWN_ID, &wmp_mp3, BACKGROUND);
    assert_int_equal(count_downloads(&wmp, UNKNOWN_ID), 5);
    assert_ok(xbits_download_item_pause(downloads(&wmp), &items[0]));
    assert_ok(xbits_download_item_cancel(downloads(&wmp), &items[1]));
    assert_int_equal(count_downloads(&wmp, UNKNOWN_ID), 4);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_downloads(&wmp, UNKNOWN_ID), 1);
    for (int32_t i = 0; i < 5; i++) {
        struct xbits_id at = download_at(&wmp, UNKNOWN_ID, i);

        assert_true(xbits_id_equal(&at, &items[i]));
    }
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "W21", new_collections_are_empty_and_differ),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.1", collections_are_visited_by_id_and_once),
    CONFORMANCE_TEST(0, "W23; wmp 2.1; errata 2.2", a_collection_nobody_made_is_empty),
    CONFORMANCE_TEST(0, "errata 2.2", a_collection_nobody_made_is_kept_from_its_first_start),
    CONFORMANCE_TEST(0, "W22, W23", items_are_numbered_from_0_in_the_order_of_their_starts),
    CONFORMANCE_TEST(0, "W23", an_index_outside_is_refused),
    CONFORMANCE_TEST(0, "W28", a_removed_item_is_cancelled_and_the_later_ones_shift),
    CONFORMANCE_TEST(0, "W28", the_last_item_is_removed_without_a_shift),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W28",
                     a_running_item_that_is_removed_leaves_nothing),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28", a_whole_item_that_is_removed_leaves_no_job),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28", what_was_filed_stays_when_its_item_is_removed),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W29",
                     clear_cancels_what_runs_and_empties_one_collection),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W29", a_cleared_collection_can_be_filled_again),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.2",
                     a_collection_is_own_items_and_adopted_jobs_by_age),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.5; errata 2.2", only_a_producers_item_has_fields),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28", a_removed_job_of_a_producer_is_cancelled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W28", a_removed_status_that_is_whole_is_out_for_this_session),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "errata 2.2",
                     pending_items_alone_may_be_counted),
};

const struct conformance_suite wmp_download_collections_suite =
    CONFORMANCE_SUITE("wmp download collections", tests);
