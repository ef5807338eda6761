/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* What a page sees of an item, and what its pause, resume and cancel do (wmp-store 2.3, 2.4). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BACKGROUND XBITS_DOWNLOAD_BACKGROUND
#define REAL_TIME  XBITS_DOWNLOAD_REAL_TIME
#define COLLECTION 4711

static const char *const both_types[] = { BACKGROUND, REAL_TIME };

static const struct served stalled = { .path = "/stalled.mp3", .size = 5000, .stalls = true };

static struct xbits_id begun(struct wmp *wmp, struct harness *harness, const char *type)
{
    wmp_begin_with_player(wmp, harness);
    return start_download(wmp, COLLECTION, &wmp_mp3, type);
}

static void an_item_goes_from_downloading_over_processing_to_completed(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(both_types); i++) {
        struct xbits_id item = start_download(&wmp, COLLECTION, &wmp_mp3, both_types[i]);
        struct xbits_job *job = job_of(&wmp, &item);

        assert_download_state(&wmp, &item, DOWNLOADING);
        assert_reaches(job, TRANSFERRED);
        assert_download_state(&wmp, &item, PROCESSING);
        assert_int_equal(download_of(&wmp, &item).progress_bytes, wmp_mp3.size);
        run_player(&wmp, POLL_MS);

        assert_download_state(&wmp, &item, COMPLETED);
        assert_state(job, ACKNOWLEDGED);
        assert_false(has_job(&wmp, &item));
        assert_int_equal(download_of(&wmp, &item).size_bytes, wmp_mp3.size);
        assert_int_equal(download_of(&wmp, &item).progress_bytes, wmp_mp3.size);
        assert_string_equal(download_of(&wmp, &item).failure, "");
    }
}

static void size_and_progress_are_bytes(struct harness *harness)
{
    const struct served slow = {
        .path = "/slow.mp3", .size = 400000, .pattern = 3004, .rate = 2000000
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(both_types); i++) {
        struct xbits_id item = start_download(&wmp, COLLECTION, &slow, both_types[i]);
        struct xbits_job *job = job_of(&wmp, &item);
        struct xbits_download_item before;

        wait_for_bytes(harness, job, 1);
        before = download_of(&wmp, &item);
        assert_int_equal(before.size_bytes, slow.size);
        assert_in_range(before.progress_bytes, 1, slow.size);
        assert_reaches(job, TRANSFERRED);
        assert_true(download_of(&wmp, &item).progress_bytes >= before.progress_bytes);
        assert_int_equal(download_of(&wmp, &item).progress_bytes, slow.size);
    }
}

/* A script's long has 32 bits. */
static void a_size_beyond_31_bits_is_the_largest_long(struct harness *harness)
{
    static const struct {
        uint64_t size;
        int32_t shown;
    } rows[] = {
        { UINT64_C(2147483646), 2147483646 }, { UINT64_C(2147483647), INT32_MAX },
        { UINT64_C(2147483648), INT32_MAX },  { UINT64_C(4294967296), INT32_MAX },
        { UINT64_C(4294967297), INT32_MAX },
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct served large = { .path = "/large.wmv", .size = rows[i].size, .stalls = true };
        struct xbits_id item = start_download(&wmp, COLLECTION, &large, REAL_TIME);

        assert_reaches(job_of(&wmp, &item), TRANSFERRING);
        assert_int_equal(download_of(&wmp, &item).size_bytes, rows[i].shown);
        assert_int_equal(download_of(&wmp, &item).progress_bytes, 0);
        remove_download(&wmp, COLLECTION, 0);
    }
}

static void a_background_item_is_paused_and_resumed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item = begun(&wmp, harness, BACKGROUND);

    assert_ok(xbits_download_item_pause(downloads(&wmp), &item));
    assert_download_state(&wmp, &item, PAUSED);
    assert_ok(xbits_download_item_pause(downloads(&wmp), &item));
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &item, PAUSED);
    assert_state(job_of(&wmp, &item), SUSPENDED);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &item));
    assert_download_state(&wmp, &item, DOWNLOADING);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &item));
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static void a_real_time_item_is_not_to_be_interrupted(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item = begun(&wmp, harness, REAL_TIME);
    struct xbits_job *job = job_of(&wmp, &item);

    assert_ok(xbits_download_item_pause(downloads(&wmp), &item));
    assert_download_state(&wmp, &item, DOWNLOADING);
    assert_state_in(job, XBITS_STATES_ACTIVE);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &item));
    assert_download_state(&wmp, &item, DOWNLOADING);
    run_player(&wmp, MINUTE_MS);
    assert_ok(xbits_download_item_pause(downloads(&wmp), &item));

    assert_download_state(&wmp, &item, COMPLETED);
}

static void a_cancelled_item_stays_and_can_be_read(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(both_types); i++) {
        struct xbits_id item = start_download(&wmp, COLLECTION, &stalled, both_types[i]);
        struct xbits_download_item read;

        assert_reaches(job_of(&wmp, &item), TRANSFERRING);
        assert_ok(xbits_download_item_cancel(downloads(&wmp), &item));
        assert_download_state(&wmp, &item, CANCELED);
        assert_false(has_job(&wmp, &item));
        run_player(&wmp, MINUTE_MS);
        read = download_of(&wmp, &item);

        assert_int_equal(read.state, XBITS_DOWNLOAD_CANCELED);
        assert_string_equal(read.source_url, harness_url(harness, stalled.path));
        assert_string_equal(read.type, both_types[i]);
        assert_string_equal(read.failure, "");
        assert_string_equal(read.path, "");
        assert_int_equal(count_downloads(&wmp, COLLECTION), i + 1);
    }
    assert_int_equal(files_under(harness, "library/download"), 0);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

static void a_paused_item_can_be_cancelled(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item = begun(&wmp, harness, BACKGROUND);

    assert_ok(xbits_download_item_pause(downloads(&wmp), &item));
    assert_ok(xbits_download_item_cancel(downloads(&wmp), &item));

    assert_download_state(&wmp, &item, CANCELED);
    assert_int_equal(jobs_in_queue(harness), 0);
}

typedef xbits_result act(struct xbits_download_manager *manager, const struct xbits_id *item);

static act *const acts[] = { xbits_download_item_pause, xbits_download_item_resume,
                             xbits_download_item_cancel };

static void what_is_over_takes_no_notice(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id completed;
    struct xbits_id cancelled;

    completed = begun(&wmp, harness, BACKGROUND);
    run_player(&wmp, MINUTE_MS);
    cancelled = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    assert_ok(xbits_download_item_cancel(downloads(&wmp), &cancelled));
    for (size_t i = 0; i < COUNT(acts); i++) {
        assert_ok(acts[i](downloads(&wmp), &completed));
        assert_ok(acts[i](downloads(&wmp), &cancelled));
        run_player(&wmp, POLL_MS);

        assert_download_state(&wmp, &completed, COMPLETED);
        assert_download_state(&wmp, &cancelled, CANCELED);
    }
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
    assert_int_equal(jobs_in_queue(harness), 0);
}

static void what_is_no_item_is_not_found(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id ids[3] = { { .data1 = 0xDEAD }, { .data1 = 0 } };
    struct xbits_download_item read;
    const char *text = NULL;

    wmp_begin_with_player(&wmp, harness);
    /* A job that is nobody's item. */
    ids[2] = *xbits_job_id(new_job(harness));
    player_pass(&wmp);
    XBITS_INIT(&read);
    for (size_t i = 0; i < COUNT(ids); i++) {
        assert_fails(XBITS_BG_E_NOT_FOUND,
                     xbits_download_item_read(downloads(&wmp), &ids[i], &read));
        assert_fails(XBITS_BG_E_NOT_FOUND,
                     xbits_download_item_info(downloads(&wmp), &ids[i], "Title", &text));
        for (size_t k = 0; k < COUNT(acts); k++)
            assert_fails(XBITS_BG_E_NOT_FOUND, acts[k](downloads(&wmp), &ids[i]));
    }
    assert_int_equal(jobs_in_queue(harness), 1);
}

static void an_item_in_error_is_canceled_until_it_is_resumed(struct harness *harness)
{
    const struct served gone = { .path = "/song.mp3", .status = 404 };
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &gone, BACKGROUND);
    assert_reaches(job_of(&wmp, &item), ERROR);
    assert_download_state(&wmp, &item, CANCELED);
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &item, CANCELED);
    assert_true(download_of(&wmp, &item).failure[0] != '\0');
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, NULL), 1);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    harness_serve(harness, &wmp_mp3);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &item));
    assert_download_state(&wmp, &item, DOWNLOADING);
    assert_string_equal(download_of(&wmp, &item).failure, "");
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static void a_real_time_item_in_error_stays_canceled(struct harness *harness)
{
    const struct served gone = { .path = "/song.mp3", .status = 404 };
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &gone, REAL_TIME);
    run_player(&wmp, MINUTE_MS);
    assert_download_state(&wmp, &item, CANCELED);
    harness_serve(harness, &wmp_mp3);
    assert_ok(xbits_download_item_resume(downloads(&wmp), &item));
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, CANCELED);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

static void an_item_in_error_can_be_cancelled(struct harness *harness)
{
    const struct served gone = { .path = "/song.mp3", .status = 404 };
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &gone, BACKGROUND);
    run_player(&wmp, MINUTE_MS);
    assert_ok(xbits_download_item_cancel(downloads(&wmp), &item));

    assert_download_state(&wmp, &item, CANCELED);
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
}

static void an_item_that_is_tried_again_still_downloads(struct harness *harness)
{
    const struct served busy = { .path = "/song.mp3", .status = 503 };
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &busy, BACKGROUND);
    assert_reaches(job_of(&wmp, &item), TRANSIENT_ERROR);
    player_pass(&wmp);
    assert_download_state(&wmp, &item, DOWNLOADING);
    assert_string_equal(download_of(&wmp, &item).failure, "");
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FAILED, NULL), 0);
    harness_serve(harness, &wmp_mp3);
    run_player(&wmp, RETRY_DELAY_MS + MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
}

static void an_item_that_somebody_else_cancels_is_canceled(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(both_types); i++) {
        struct xbits_id item = start_download(&wmp, COLLECTION, &wmp_mp3, both_types[i]);

        assert_ok(xbits_job_cancel(job_of(&wmp, &item)));
        assert_download_state(&wmp, &item, CANCELED);
        run_player(&wmp, MINUTE_MS);

        assert_download_state(&wmp, &item, CANCELED);
        assert_int_equal(count_downloads(&wmp, COLLECTION), i + 1);
        assert_int_equal(count_told(&wmp, XBITS_NEWS_ENDED, NULL), i + 1);
    }
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

/* Its file is at a name that nobody else has, so it is known to be the page's. */
static void an_item_that_somebody_else_completes_is_filed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item = begun(&wmp, harness, BACKGROUND);
    struct xbits_job *job = job_of(&wmp, &item);

    assert_reaches(job, TRANSFERRED);
    assert_ok(xbits_job_complete(job));
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_string_equal(only_entry(&wmp).path, download_of(&wmp, &item).path);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), 1);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

/* It has no text for another Player to go by; it is followed by its id. */
static void an_item_whose_description_somebody_changes_is_followed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item = begun(&wmp, harness, BACKGROUND);

    describe(job_of(&wmp, &item), WMP_SONG);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(download_of(&wmp, &item).collection, COLLECTION);
    assert_int_equal(count_downloads(&wmp, WMP_SONG_ID), 0);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.4",
                     an_item_goes_from_downloading_over_processing_to_completed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W22", size_and_progress_are_bytes),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "W22; wmp 2.3", a_size_beyond_31_bits_is_the_largest_long),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W27", a_background_item_is_paused_and_resumed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W27", a_real_time_item_is_not_to_be_interrupted),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W28",
                     a_cancelled_item_stays_and_can_be_read),
    CONFORMANCE_TEST(0, "W27, W28", a_paused_item_can_be_cancelled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W27, W28", what_is_over_takes_no_notice),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W23", what_is_no_item_is_not_found),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W27; errata 2.1",
                     an_item_in_error_is_canceled_until_it_is_resumed),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W27; errata 2.1",
                     a_real_time_item_in_error_stays_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W28", an_item_in_error_can_be_cancelled),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "errata 2.1",
                     an_item_that_is_tried_again_still_downloads),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1", an_item_that_somebody_else_cancels_is_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.1", an_item_that_somebody_else_completes_is_filed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.2",
                     an_item_whose_description_somebody_changes_is_followed),
};

const struct conformance_suite wmp_download_states_suite =
    CONFORMANCE_SUITE("wmp download states", tests);
