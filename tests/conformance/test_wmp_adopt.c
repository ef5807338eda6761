/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* Which jobs the Player takes up, and what it shows of them (wmp-store 1.2, 1.5). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void a_matching_job_is_an_item_of_its_collection(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    struct wmp_items items;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
    assert_int_equal(wmp.told_count, 1);
    assert_int_equal(last_told(&wmp, XBITS_NEWS_ADOPTED)->collection, WMP_SONG_ID);
    assert_string_equal(last_told(&wmp, XBITS_NEWS_ADOPTED)->title, "T");
    items = items_of(&wmp, WMP_SONG_ID);
    assert_int_equal(items.count, 1);
    assert_int_equal(items.list[0].collection, WMP_SONG_ID);
    assert_int_equal(items.list[0].kind, XBITS_WMP_JOB);
    assert_string_equal(items.list[0].title, "T");
    assert_string_equal(items.list[0].source_url, harness_url(harness, wmp_served.path));
    assert_true(items.list[0].creation == snapshot_of(job).times.creation);
    assert_false(items.list[0].is_filed);
    assert_int_equal(count_items(&wmp, WMP_SONG_ID + 1), 0);
}

/* An adopted job is told once, however often the queue is looked at. */
static void a_job_is_adopted_once(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
    assert_int_equal(wmp.told_count, 1);
    assert_int_equal(count_items(&wmp, 0), 1);
}

/* The queue is looked at every five seconds, not at each step. */
static void a_job_is_seen_within_a_period(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    player_pass(&wmp);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS - 1);
    assert_false(has_item(&wmp, job));
    run_player(&wmp, 1);

    assert_true(has_item(&wmp, job));
}

/* W6: a script sees a long. */
static void collections_4294967295_and_minus_1_are_one(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *unsigned_job;
    struct xbits_job *signed_job;

    wmp_begin_with_player(&wmp, harness);
    unsigned_job =
        convention_job(harness, "::WMP_JOB:1:4294967295:HarborTunes:A:B:1:T:1:1", "a.mp3");
    advance(harness, 1000);
    signed_job = convention_job(harness, "::WMP_JOB:1:-1:HarborTunes:A:B:2:U:1:1", "b.mp3");
    player_pass(&wmp);

    assert_int_equal(item_of(&wmp, unsigned_job).collection, -1);
    assert_int_equal(item_of(&wmp, signed_job).collection, -1);
    assert_int_equal(count_items(&wmp, -1), 2);
}

static void metadata_may_be_empty(struct harness *harness)
{
    static const char *const names[] = { "AlbumArtist", "Album",    "WM/TrackNumber",
                                         "Title",       "Duration", "UserRating" };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, "::WMP_JOB:1:7:HarborTunes::::::", "a.mp3");
    player_pass(&wmp);

    assert_true(has_item(&wmp, job));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(item_info(&wmp, job, names[i]), "");
    /* What there is nothing of is told by the job's own name. */
    assert_string_equal(item_of(&wmp, job).title, "a job");
}

static void the_four_endings_are_media_in_any_case(struct harness *harness)
{
    static const char *const names[] = { "a.WMA", "b.wmv", "c.Mp3", "d.asf", "e.exe.mp3" };
    struct xbits_job *jobs[COUNT(names)];
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(names); i++)
        jobs[i] = convention_job(harness, WMP_SONG, names[i]);
    player_pass(&wmp);

    for (size_t i = 0; i < COUNT(names); i++)
        assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, jobs[i]), 1);
}

/* A description whose title makes it so many units long. */
static const char *description_of_units(struct harness *harness, size_t units)
{
    static const char head[] = "::WMP_JOB:1:9:HarborTunes:A:B:3:";
    static const char tail[] = ":215:75";
    char *text = malloc(units + 1);

    assert_non_null(text);
    memset(text, 'x', units);
    memcpy(text, head, strlen(head));
    memcpy(text + units - strlen(tail), tail, strlen(tail) + 1);
    return harness_keep(harness, text);
}

static void a_description_has_1024_units_at_most(struct harness *harness)
{
    struct xbits_value longer = xbits_value_text(description_of_units(harness, 1025));
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, description_of_units(harness, 1024), "a.mp3");
    player_pass(&wmp);

    assert_true(has_item(&wmp, job));
    assert_int_equal(strlen(item_info(&wmp, job, "Title")), 1024 - 32 - 7);
    assert_fails((xbits_result)0x80200021u, xbits_job_set(job, XBITS_JOB_DESCRIPTION, &longer));
}

static void any_character_comes_back_as_it_was(struct harness *harness)
{
    /* A clef beyond the basic plane, Hebrew and Arabic with marks of direction, a joined emoji. */
    static const char artist[] = "\xF0\x9D\x84\x9E \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D";
    static const char album[] = "\xE2\x80\xAE\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85\xE2\x80\xAC";
    static const char title[] = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\xA4 e\xCC\x81";
    char text[512];
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    snprintf(text, sizeof text, "::WMP_JOB:1:7:HarborTunes:%s:%s:3:%s:215:75", artist, album,
             title);
    job = convention_job(harness, text, "a.mp3");
    player_pass(&wmp);

    assert_string_equal(item_info(&wmp, job, "AlbumArtist"), artist);
    assert_string_equal(item_info(&wmp, job, "Album"), album);
    assert_string_equal(item_info(&wmp, job, "Title"), title);
    assert_string_equal(item_of(&wmp, job).title, title);
}

static void the_seven_names_read_their_fields(struct harness *harness)
{
    static const struct {
        const char *name;
        const char *text;
    } rows[] = {
        { "AlbumArtist", "A" },     { "Album", "B" },       { "Duration", "0215" },
        { "Title", " T " },         { "UserRating", "75" }, { "WM/Provider", "HarborTunes" },
        { "WM/TrackNumber", "03" },
    };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, "::WMP_JOB:1:7:HarborTunes:A:B:03: T :0215:75", "a.mp3");
    player_pass(&wmp);

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(item_info(&wmp, job, rows[i].name), rows[i].text);
}

static void another_name_reads_as_nothing(struct harness *harness)
{
    static const char *const names[] = { "",       "album",       "AlbumTitle", "Provider",
                                         "Rating", "TrackNumber", "ServiceId",  "WM/AlbumTitle",
                                         "Title ", "serviceId",   "WMP_JOB" };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    player_pass(&wmp);

    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(item_info(&wmp, job, names[i]), "");
}

static void a_lenient_player_bears_a_colon_where_one_reading_is_left(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    wmp.options.mode = XBITS_WMP_LENIENT;
    wmp_open_player(&wmp);
    job = convention_job(harness, "::WMP_JOB:1:7:HarborTunes:A:B:3:T: live:215:75", "a.mp3");
    player_pass(&wmp);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
    assert_string_equal(item_info(&wmp, job, "AlbumArtist"), "A");
    assert_string_equal(item_info(&wmp, job, "WM/TrackNumber"), "3");
    assert_string_equal(item_info(&wmp, job, "Title"), "T: live");
    assert_string_equal(item_info(&wmp, job, "Duration"), "215");
}

static void a_lenient_player_bears_the_case_of_a_store(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    wmp.options.mode = XBITS_WMP_LENIENT;
    wmp_open_player(&wmp);
    job = convention_job(harness, "::WMP_JOB:1:7:harbortunes:A:B:3:T:215:75", "a.mp3");
    player_pass(&wmp);

    assert_true(has_item(&wmp, job));
    assert_string_equal(item_info(&wmp, job, "WM/Provider"), "harbortunes");
}

static void jobs_of_one_service_id_are_one_collection_by_age(struct harness *harness)
{
    static const char *const titles[] = { "first", "second", "third", "fourth" };
    struct wmp wmp;
    struct wmp_items items;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(titles); i++) {
        char text[128];
        char local[16];

        snprintf(text, sizeof text, "::WMP_JOB:1:7:HarborTunes:A:B::%s::", titles[i]);
        snprintf(local, sizeof local, "%zu.mp3", i);
        convention_job(harness, text, local);
        advance(harness, 1000);
    }
    convention_job(harness, WMP_SONG, "other.mp3");
    player_pass(&wmp);

    items = items_of(&wmp, 7);
    assert_int_equal(items.count, COUNT(titles));
    for (size_t i = 0; i < COUNT(titles); i++)
        assert_string_equal(items.list[i].title, titles[i]);
    assert_int_equal(count_items(&wmp, 0), COUNT(titles) + 1);
}

/* Any store that is installed will do, not the active one alone. */
static void a_store_that_is_installed_later_is_known_at_once(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, "::WMP_JOB:1:7:QuaySongs:A:B:3:T:215:75", "a.mp3");
    run_player(&wmp, POLL_MS);
    assert_false(has_item(&wmp, job));
    install_store(&wmp, "QuaySongs");
    run_player(&wmp, 1000);

    assert_true(has_item(&wmp, job));
    assert_int_equal(count_told(&wmp, XBITS_NEWS_IGNORED, job), 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
}

/* A producer adds the file last: nothing is said of a job that is not ready yet. */
static void a_job_without_its_file_is_waited_for(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_served);
    job = new_job(harness);
    describe(job, WMP_SONG);
    run_player(&wmp, POLL_MS);
    assert_int_equal(wmp.told_count, 0);
    add_file(harness, job, wmp_served.path, "a.mp3");
    run_player(&wmp, POLL_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_ADOPTED, job), 1);
}

static void an_item_shows_how_far_its_job_is(struct harness *harness)
{
    const struct served slow = { .path = "/slow", .size = 100000, .rate = 2000, .latency_ms = 500 };
    struct wmp wmp;
    struct xbits_job *job;
    struct xbits_player_item item;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &slow);
    job = new_download(harness, slow.path, "a.mp3");
    describe(job, WMP_STATUS);
    assert_ok(xbits_job_resume(job));
    player_pass(&wmp);
    assert_item_state(&wmp, job, DOWNLOADING);
    assert_true(item_of(&wmp, job).bytes_total == XBITS_SIZE_UNKNOWN);
    run_player(&wmp, 4 * POLL_MS);
    item = item_of(&wmp, job);

    assert_int_equal(item.state, XBITS_DOWNLOAD_DOWNLOADING);
    assert_int_equal(item.job_state, XBITS_STATE_TRANSFERRING);
    assert_int_equal(item.bytes_total, slow.size);
    assert_in_range(item.bytes_transferred, 1, slow.size - 1);
    assert_true(item.can_go_on);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W1; wmp 1.4", a_matching_job_is_an_item_of_its_collection),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W1", a_job_is_adopted_once),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4", a_job_is_seen_within_a_period),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W6", collections_4294967295_and_minus_1_are_one),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W10", metadata_may_be_empty),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W12", the_four_endings_are_media_in_any_case),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W13", a_description_has_1024_units_at_most),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W14", any_character_comes_back_as_it_was),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W15", the_seven_names_read_their_fields),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W15", another_name_reads_as_nothing),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W9", a_lenient_player_bears_a_colon_where_one_reading_is_left),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W7", a_lenient_player_bears_the_case_of_a_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", jobs_of_one_service_id_are_one_collection_by_age),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_store_that_is_installed_later_is_known_at_once),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.3", a_job_without_its_file_is_waited_for),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_DELAY_ANSWERS, "wmp 1.4, 2.3",
                     an_item_shows_how_far_its_job_is),
};

const struct conformance_suite wmp_adopt_suite = CONFORMANCE_SUITE("wmp adopt", tests);
