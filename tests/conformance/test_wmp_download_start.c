/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* startDownload: what it takes, and the job underneath (wmp-store 2.5; errata 2.2). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BACKGROUND XBITS_DOWNLOAD_BACKGROUND
#define REAL_TIME  XBITS_DOWNLOAD_REAL_TIME
#define COLLECTION 4711

static const struct served stalled = { .path = "/stalled.mp3", .size = 5000, .stalls = true };

static void an_item_is_what_was_asked_for(struct harness *harness)
{
    static const char *const types[] = { BACKGROUND, REAL_TIME };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(types); i++) {
        struct xbits_id started = start_download(&wmp, COLLECTION, &wmp_mp3, types[i]);
        struct xbits_id found = download_at(&wmp, COLLECTION, (int32_t)i);
        struct xbits_download_item item = download_of(&wmp, &started);

        assert_true(xbits_id_equal(&started, &found));
        assert_true(xbits_id_equal(&started, &item.id));
        assert_int_equal(item.collection, COLLECTION);
        assert_string_equal(item.source_url, harness_url(harness, wmp_mp3.path));
        assert_string_equal(item.type, types[i]);
        assert_int_equal(item.state, XBITS_DOWNLOAD_DOWNLOADING);
        assert_int_equal(item.size_bytes, -1);
        assert_int_equal(item.progress_bytes, -1);
        assert_true(item.is_own);
        assert_string_equal(item.path, "");
        assert_string_equal(item.failure, "");
    }
}

/* A start that is refused leaves neither item nor job. */
static void assert_refused(struct wmp *wmp, int32_t collection, const char *url, const char *type)
{
    struct xbits_download_spec spec;
    struct xbits_id untouched = { .data1 = 7 };

    XBITS_INIT(&spec);
    spec.collection = collection;
    spec.provider = WMP_STORE;
    spec.source_url = url;
    spec.type = type;
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_download_collection_start(downloads(wmp), &spec, &untouched));
    assert_int_equal(untouched.data1, 7);
    assert_int_equal(count_downloads(wmp, collection), 0);
    assert_int_equal(jobs_in_queue(wmp->harness), 0);
    assert_int_equal(files_under(wmp->harness, "library/download"), 0);
}

static void there_are_two_types_written_just_so(struct harness *harness)
{
    static const char *const types[] = {
        "",           "realtime",     "real-time",  "Real Time",  "REAL TIME",
        "real  time", "real time ",   " real time", "Background", "BACKGROUND",
        "back",       "background\n", "0",          "\xFF",       "real\xC2\xA0time",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(types); i++)
        assert_refused(&wmp, COLLECTION, harness_url(harness, wmp_mp3.path), types[i]);
    assert_refused(&wmp, COLLECTION, harness_url(harness, wmp_mp3.path), NULL);
}

static void an_address_is_plain_http(struct harness *harness)
{
    static const char *const urls[] = {
        "",
        "song.mp3",
        "/song.mp3",
        "//origin.test/song.mp3",
        "ftp://origin.test/song.mp3",
        "file:///etc/song.mp3",
        "javascript:song.mp3",
        "http://",
        "http:/song.mp3",
        "http://origin.test/s\xC3\xB6ng.mp3",
        "http://origin.test/song.mp3?name=\xE6\xAD\x8C",
        "http://\xC3\xB6rigin.test/song.mp3",
        "http://origin.test/song\xFF.mp3",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(urls); i++)
        assert_refused(&wmp, COLLECTION, urls[i], BACKGROUND);
    assert_refused(&wmp, COLLECTION, NULL, BACKGROUND);
    assert_false(has_collection(&wmp, COLLECTION));
}

static void what_is_no_media_is_refused(struct harness *harness)
{
    static const char *const paths[] = {
        "/song.ogg",         "/song.OGG", "/song.wav",         "/song.zip",
        "/song.mp3.zip",     "/song.m4a", "/song.ogg?a=b.mp3", "/song.ogg#a.mp3",
        "/a.mp3/b/song.ogg", "/song.mp4", "/song.mp3x",
    };
    static const char *const types[] = { BACKGROUND, REAL_TIME };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(paths); i++)
        for (size_t k = 0; k < COUNT(types); k++)
            assert_refused(&wmp, COLLECTION, harness_url(harness, paths[i]), types[k]);
}

static void media_and_what_may_be_media_is_taken(struct harness *harness)
{
    static const char *const paths[] = {
        "/song.mp3", "/song.MP3",           "/song.Wma",       "/song.wmv",        "/song.asf",
        "/song",     "/a.b/c.d/e",          "/song.exe.mp3",   "/song.mp3?a=b.c",  "/get.asp?id=7",
        "/get.ASPX", "/get.php?file=a.ogg", "/get?file=a.exe", "/a.ogg/song?b=/c", "/s%20ng.mp3",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct xbits_id item;

        assert_ok(try_download(&wmp, COLLECTION, paths[i], BACKGROUND, &item));
        assert_string_equal(download_of(&wmp, &item).source_url, harness_url(harness, paths[i]));
    }
    assert_int_equal(count_downloads(&wmp, COLLECTION), COUNT(paths));
}

static void no_collection_is_number_0(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);

    assert_refused(&wmp, 0, harness_url(harness, wmp_mp3.path), BACKGROUND);
}

/* What a job refuses, an item does; the bound is the job's. */
static void an_address_that_no_job_takes_leaves_no_item(struct harness *harness)
{
    static char url[4000];
    struct wmp wmp;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    memset(url, 'a', sizeof url - 1);
    memcpy(url, "http://origin.test/", strlen("http://origin.test/"));
    memcpy(url + sizeof url - 5, ".mp3", 4);

    assert_true(XBITS_FAILED(try_download(&wmp, COLLECTION, url, BACKGROUND, &item)));
    assert_int_equal(count_downloads(&wmp, COLLECTION), 0);
    assert_int_equal(jobs_in_queue(harness), 0);
    wmp_close_player(&wmp);
    wmp_open_player(&wmp);
    player_pass(&wmp);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 0);
}

/* Errata 2.2: STATUS, so that no other Player completes it. */
static void a_background_item_is_a_status_of_its_collection(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;
    struct xbits_job *job;
    struct xbits_file_snapshot file;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, BACKGROUND);
    job = job_of(&wmp, &item);
    file = file_of(job, 0);

    assert_string_equal(snapshot_of(job).description, "::WMP_STATUS:1:4711:HarborTunes::::::");
    assert_int_equal(get_u32(job, XBITS_JOB_PRIORITY), XBITS_PRIORITY_NORMAL);
    assert_int_equal(get_u32(job, XBITS_JOB_SECURITY_FLAGS) & XBITS_REDIRECT_POLICY_MASK,
                     XBITS_REDIRECT_DISALLOW);
    assert_int_equal(snapshot_of(job).progress.files_total, 1);
    assert_non_null(strstr(file.local_name, "/library/download/"));
    assert_non_null(strstr(file.local_name, "/background/"));
    assert_non_null(strstr(file.local_name, ".mp3"));
    run_player(&wmp, POLL_MS - 1);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, NULL), 0);
}

static void a_real_time_item_is_a_foreground_job_without_a_description(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id item;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    item = start_download(&wmp, COLLECTION, &wmp_mp3, REAL_TIME);
    job = job_of(&wmp, &item);

    assert_null(strstr(snapshot_of(job).description, "::WMP"));
    assert_int_equal(get_u32(job, XBITS_JOB_PRIORITY), XBITS_PRIORITY_FOREGROUND);
    assert_int_equal(get_u32(job, XBITS_JOB_SECURITY_FLAGS) & XBITS_REDIRECT_POLICY_MASK,
                     XBITS_REDIRECT_DISALLOW);
    assert_non_null(strstr(file_of(job, 0).local_name, "/real time/"));
}

/* A page of no store downloads all the same. */
static void an_item_of_no_store_downloads(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_download_spec spec;
    struct xbits_id item;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_mp3);
    XBITS_INIT(&spec);
    spec.collection = COLLECTION;
    spec.source_url = harness_url(harness, wmp_mp3.path);
    spec.type = BACKGROUND;
    assert_ok(xbits_download_collection_start(downloads(&wmp), &spec, &item));
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item, COMPLETED);
    assert_int_equal(count_downloads(&wmp, COLLECTION), 1);
}

static void real_time_runs_at_once_and_background_one_by_one(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_id background[2];
    struct xbits_id real_time[3];
    struct xbits_job *second;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < 2; i++)
        background[i] = start_download(&wmp, COLLECTION, &stalled, BACKGROUND);
    for (size_t i = 0; i < 3; i++)
        real_time[i] = start_download(&wmp, COLLECTION, &stalled, REAL_TIME);
    second = job_of(&wmp, &background[1]);
    const struct expected_state expected[] = {
        { job_of(&wmp, &background[0]), XBITS_IN(TRANSFERRING) },
        { job_of(&wmp, &real_time[0]), XBITS_IN(TRANSFERRING) },
        { job_of(&wmp, &real_time[1]), XBITS_IN(TRANSFERRING) },
        { job_of(&wmp, &real_time[2]), XBITS_IN(TRANSFERRING) },
    };
    wait_for_all(harness, expected, COUNT(expected));

    assert_state(second, QUEUED);
    assert_download_state(&wmp, &background[1], DOWNLOADING);
    assert_int_equal(download_of(&wmp, &background[1]).size_bytes, -1);
    assert_int_equal(download_of(&wmp, &background[1]).progress_bytes, -1);
    assert_int_equal(download_of(&wmp, &background[0]).size_bytes, 5000);
    assert_int_equal(download_of(&wmp, &real_time[2]).size_bytes, 5000);
    /* The turn goes to the next one. */
    assert_ok(xbits_download_item_pause(downloads(&wmp), &background[0]));
    assert_reaches(second, TRANSFERRING);
}

static void many_items_of_both_types_all_arrive(struct harness *harness)
{
    struct xbits_id items[10];
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(items); i++)
        items[i] = start_download(&wmp, COLLECTION, &wmp_mp3, i % 2 == 0 ? BACKGROUND : REAL_TIME);
    run_player(&wmp, MINUTE_MS);

    for (size_t i = 0; i < COUNT(items); i++)
        assert_download_state(&wmp, &items[i], COMPLETED);
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(entries_of(&wmp, NULL).count, COUNT(items));
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), COUNT(items));
    assert_int_equal(files_under(harness, "library/download"), 0);
}

static void a_call_without_its_arguments_is_refused(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_download_manager *manager;
    struct xbits_download_spec zeroed = { .size = 0 };
    struct xbits_download_item unset = { .size = 0 };
    struct xbits_id item = { .data1 = 1 };
    int32_t number = 0;

    wmp_begin_with_player(&wmp, harness);
    manager = downloads(&wmp);

    assert_null(xbits_player_download_manager(NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_manager_create_collection(NULL, &number));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_manager_create_collection(manager, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_manager_visit_collections(manager, NULL, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_count(NULL, 1, &number));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_count(manager, 1, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_item(manager, 1, 0, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_start(manager, NULL, &item));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_start(manager, &zeroed, &item));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_remove(NULL, 1, 0));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_collection_clear(NULL, 1));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_read(manager, NULL, &unset));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_read(manager, &item, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_read(manager, &item, &unset));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_pause(manager, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_resume(NULL, &item));
    assert_fails(XBITS_E_INVALIDARG, xbits_download_item_cancel(manager, NULL));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "W22; wmp 2.3", an_item_is_what_was_asked_for),
    CONFORMANCE_TEST(0, "W24", there_are_two_types_written_just_so),
    CONFORMANCE_TEST(0, "wmp 2.5; errata 2.2", an_address_is_plain_http),
    CONFORMANCE_TEST(0, "W26", what_is_no_media_is_refused),
    CONFORMANCE_TEST(0, "W26; wmp 2.5", media_and_what_may_be_media_is_taken),
    CONFORMANCE_TEST(0, "wmp 2.2", no_collection_is_number_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.5", an_address_that_no_job_takes_leaves_no_item),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.2", a_background_item_is_a_status_of_its_collection),
    CONFORMANCE_TEST(0, "W24; errata 2.2",
                     a_real_time_item_is_a_foreground_job_without_a_description),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "errata 2.2", an_item_of_no_store_downloads),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W55; errata 2.2",
                     real_time_runs_at_once_and_background_one_by_one),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W55", many_items_of_both_types_all_arrive),
    CONFORMANCE_TEST(0, "wmp 2", a_call_without_its_arguments_is_refused),
};

const struct conformance_suite wmp_download_start_suite =
    CONFORMANCE_SUITE("wmp download start", tests);
