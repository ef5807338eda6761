/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* Which jobs the Player never touches, and what it says of them (wmp-store 1.2, 1.4). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* All are whole and wait for somebody to complete them: none of the player's business. */
static void assert_all_are_ignored(struct wmp *wmp, const char *const *texts, size_t count)
{
    struct xbits_job *jobs[16];

    assert_true(count <= COUNT(jobs));
    for (size_t i = 0; i < count; i++)
        jobs[i] = transferred_song(wmp->harness, texts[i], "a.mp3");
    run_player(wmp, 10 * POLL_MS);

    assert_int_equal(count_items(wmp, 0), 0);
    for (size_t i = 0; i < count; i++) {
        assert_untouched(wmp, jobs[i]);
        if (count_told(wmp, XBITS_NEWS_IGNORED, jobs[i]) != 1)
            fail_msg("\"%s\" is told %zu times", texts[i],
                     count_told(wmp, XBITS_NEWS_IGNORED, jobs[i]));
    }
    assert_int_equal(wmp->told_count, count);
}

static void a_service_id_is_a_number_of_32_bits_and_not_0(struct harness *harness)
{
    static const char *const texts[] = {
        "::WMP_JOB:1:0:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1::HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1:abc:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1:4294967296:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1:-2147483649:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1:12 :HarborTunes:A:B:3:T:215:75",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    assert_all_are_ignored(&wmp, texts, COUNT(texts));
}

static void a_provider_is_the_key_of_an_installed_store(struct harness *harness)
{
    static const char *const texts[] = {
        "::WMP_JOB:1:7:QuaySongs:A:B:3:T:215:75",
        "::WMP_JOB:1:7::A:B:3:T:215:75",
        "::WMP_JOB:1:7:harbortunes:A:B:3:T:215:75",
        "::WMP_JOB:1:7:HarborTunes :A:B:3:T:215:75",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    assert_all_are_ignored(&wmp, texts, COUNT(texts));
}

/* Judged again because the stores are others, ignored for the same reason: no news. */
static void an_ignored_job_is_told_once_whatever_stores_come(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, "::WMP_JOB:1:7:QuaySongs:A:B:3:T:215:75", "a.mp3");
    run_player(&wmp, POLL_MS);
    install_store(&wmp, "PierMusic");
    run_player(&wmp, POLL_MS);
    set_refresh_download(&wmp, 2);
    run_player(&wmp, POLL_MS);

    assert_int_equal(count_told(&wmp, XBITS_NEWS_IGNORED, job), 1);
    assert_int_equal(wmp.told_count, 1);
}

static void a_near_miss_of_a_store_is_explained(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    convention_job(harness, "::WMP_JOB:1:7:harbortunes:A:B:3:T:215:75", "a.mp3");
    player_pass(&wmp);

    assert_non_null(strstr(last_told(&wmp, XBITS_NEWS_IGNORED)->text, "harbortunes"));
    assert_non_null(strstr(last_told(&wmp, XBITS_NEWS_IGNORED)->text, "HarborTunes"));
    assert_non_null(strstr(last_told(&wmp, XBITS_NEWS_IGNORED)->text, "case"));
}

static void the_form_is_exact(struct harness *harness)
{
    static const char *const texts[] = {
        "::WMP_JOB:1:7:HarborTunes:A:B:3:T:215",
        "::WMP_JOB:1:7:HarborTunes:A:B:3:T:215:75:9",
        "::WMP_JOB:2:7:HarborTunes:A:B:3:T:215:75",
        "::wmp_job:1:7:HarborTunes:A:B:3:T:215:75",
        " ::WMP_JOB:1:7:HarborTunes:A:B:3:T:215:75",
        ":WMP_JOB:1:7:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOBS:1:7:HarborTunes:A:B:3:T:215:75",
        "::Wmp_Status:1:7:HarborTunes:A:B:3:T:215:75",
        "::WMP_JOB:1:7:HarborTunes:A:B:three:T:215:75",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    assert_all_are_ignored(&wmp, texts, COUNT(texts));
}

static void a_strict_player_refuses_a_colon_in_a_title(struct harness *harness)
{
    static const char *const texts[] = { "::WMP_JOB:1:7:HarborTunes:A:B:3:T: live:215:75" };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    assert_all_are_ignored(&wmp, texts, COUNT(texts));
}

static void a_lenient_player_refuses_what_can_be_read_in_two_ways(struct harness *harness)
{
    static const char *const texts[] = {
        "::WMP_JOB:1:7:HarborTunes:A:B:3:4:T:215:75",
        "::WMP_JOB:1:7:HarborTunes:A:B:C:3:T:215:75",
        "::WMP_JOB:1:7:HarborTunes:A:B:C:D:T:215:75",
        "::WMP_JOB:1:7:HarborTunes:A:B:3:T:215",
    };
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    wmp.options.mode = XBITS_WMP_LENIENT;
    wmp_open_player(&wmp);
    assert_all_are_ignored(&wmp, texts, COUNT(texts));
}

static void a_job_of_two_files_is_never_completed(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    add_file(harness, job, wmp_served.path, "b.mp3");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_false(has_item(&wmp, job));
    assert_int_equal(count_told(&wmp, XBITS_NEWS_IGNORED, job), 1);
    assert_int_equal(wmp.told_count, 1);
}

static void another_ending_is_no_media(struct harness *harness)
{
    static const char *const names[] = { "a.wav",  "b.exe", "c.mp3.exe", "d",
                                         "e.mp3.", "mp3",   "f.mp3 " };
    struct xbits_job *jobs[COUNT(names)];
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(names); i++)
        jobs[i] = transferred_song(harness, WMP_SONG, names[i]);
    run_player(&wmp, MINUTE_MS);

    assert_int_equal(count_items(&wmp, 0), 0);
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_untouched(&wmp, jobs[i]);
        assert_int_equal(count_told(&wmp, XBITS_NEWS_IGNORED, jobs[i]), 1);
    }
    assert_int_equal(wmp.told_count, COUNT(names));
}

static struct xbits_job *song_of_another(struct harness *harness, struct xbits_manager *other)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_create(other, "theirs", XBITS_TYPE_DOWNLOAD, &job));
    harness_keep_job(harness, job);
    harness_serve(harness, &wmp_served);
    add_file(harness, job, wmp_served.path, "theirs.mp3");
    describe(job, WMP_SONG);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    return job;
}

static void the_job_of_another_user_is_not_touched(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *theirs;
    struct xbits_job *mine;

    harness_share(harness);
    wmp_begin_with_player(&wmp, harness);
    theirs = song_of_another(harness, harness_open_other(harness, "service"));
    mine = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_state(theirs, TRANSFERRED);
    assert_false(has_item(&wmp, theirs));
    assert_state(mine, ACKNOWLEDGED);
    assert_int_equal(count_items(&wmp, 0), 1);
    assert_int_equal(entries_of(&wmp, NULL).count, 1);
}

/* A service may do all to everybody's jobs, and its Player still takes its own. */
static void the_player_of_a_service_takes_its_own_jobs(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *theirs;
    struct xbits_manager *user;

    harness_share(harness);
    wmp_begin(&wmp, harness);
    theirs = transferred_song(harness, WMP_SONG, "a.mp3");
    user = harness->manager;
    harness->manager = harness_open_other(harness, "service");
    wmp_open_player(&wmp);
    harness->manager = user;
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, theirs);
    assert_int_equal(wmp.told_count, 0);
}

static void windows_media_player_9_knows_no_convention(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *text = "untouched";

    wmp_begin(&wmp, harness);
    wmp.options.version = XBITS_PLAYER_WMP9;
    wmp_open_player(&wmp);
    job = transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_int_equal(wmp.told_count, 0);
    assert_int_equal(count_items(&wmp, 0), 0);
    assert_fails(XBITS_E_NOTIMPL,
                 xbits_player_item_info(wmp.player, xbits_job_id(job), "Title", &text));
    assert_string_equal(text, "untouched");
}

static void later_versions_know_it(struct harness *harness)
{
    static const enum xbits_player_version versions[] = { XBITS_PLAYER_WMP10, XBITS_PLAYER_WMP11,
                                                          XBITS_PLAYER_WMP12 };
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin(&wmp, harness);
    job = convention_job(harness, WMP_SONG, "a.mp3");
    for (size_t i = 0; i < COUNT(versions); i++) {
        wmp.options.version = versions[i];
        wmp_open_player(&wmp);
        player_pass(&wmp);
        assert_true(has_item(&wmp, job));
        wmp_close_player(&wmp);
    }
}

/* Jobs of other programs are nobody's news. */
static void a_job_that_does_not_mean_the_convention_is_not_mentioned(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    job = transferred_song(harness, "nightly: 1:2:3:4:5:6:7:8:9:10", "a.mp3");
    (void)new_download(harness, "/b", "b.mp3");
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_int_equal(wmp.told_count, 0);
}

static void what_is_no_item_has_no_calls(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_job *job;
    const char *text = "untouched";

    wmp_begin_with_player(&wmp, harness);
    job = convention_job(harness, "::WMP_JOB:1:0:HarborTunes:A:B:3:T:215:75", "a.mp3");
    player_pass(&wmp);

    assert_fails(XBITS_BG_E_NOT_FOUND,
                 xbits_player_item_info(wmp.player, xbits_job_id(job), "Title", &text));
    assert_string_equal(text, "untouched");
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_player_resume_item(wmp.player, xbits_job_id(job)));
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_player_pause_item(wmp.player, xbits_job_id(job)));
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_player_cancel_item(wmp.player, xbits_job_id(job)));
    assert_state(job, SUSPENDED);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W5", a_service_id_is_a_number_of_32_bits_and_not_0),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W7", a_provider_is_the_key_of_an_installed_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W7", a_near_miss_of_a_store_is_explained),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W7", an_ignored_job_is_told_once_whatever_stores_come),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W8", the_form_is_exact),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W9", a_strict_player_refuses_a_colon_in_a_title),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W9", a_lenient_player_refuses_what_can_be_read_in_two_ways),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W11", a_job_of_two_files_is_never_completed),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W12", another_ending_is_no_media),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W17", the_job_of_another_user_is_not_touched),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W17", the_player_of_a_service_takes_its_own_jobs),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W48", windows_media_player_9_knows_no_convention),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W48; errata 2.6", later_versions_know_it),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.4",
                     a_job_that_does_not_mean_the_convention_is_not_mentioned),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.5", what_is_no_item_has_no_calls),
};

const struct conformance_suite wmp_refuse_suite = CONFORMANCE_SUITE("wmp refuse", tests);
