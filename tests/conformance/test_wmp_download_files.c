/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* Where downloads of pages go, and what they may be (wmp-store 2.5; errata 2.2). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define BACKGROUND XBITS_DOWNLOAD_BACKGROUND
#define REAL_TIME  XBITS_DOWNLOAD_REAL_TIME
#define COLLECTION 4711

#define UNKNOWN_ALBUM "library/Unknown Artist/Unknown Album/"

static const char *const both_types[] = { BACKGROUND, REAL_TIME };

static bool begins_with(const char *text, const char *head)
{
    return strncmp(text, head, strlen(head)) == 0;
}

static bool ends_with(const char *text, const char *tail)
{
    return strlen(text) >= strlen(tail) && strcmp(text + strlen(text) - strlen(tail), tail) == 0;
}

static struct xbits_download_item finished(struct wmp *wmp, const struct served *served,
                                           const char *type)
{
    struct xbits_id item = start_download(wmp, COLLECTION, served, type);

    run_player(wmp, MINUTE_MS);
    return download_of(wmp, &item);
}

static void assert_is_song(struct wmp *wmp, const struct xbits_download_item *item,
                           const char *extension)
{
    assert_int_equal(item->state, XBITS_DOWNLOAD_COMPLETED);
    assert_true(begins_with(item->path, harness_path(wmp->harness, UNKNOWN_ALBUM)));
    assert_true(ends_with(item->path, extension));
}

static void audio_goes_where_songs_go(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(both_types); i++) {
        struct xbits_download_item item = finished(&wmp, &wmp_mp3, both_types[i]);

        assert_is_song(&wmp, &item, ".mp3");
        assert_content(harness, item.path + strlen(harness->directory.path) + 1, &wmp_mp3);
        assert_int_equal(entries_of(&wmp, NULL).count, i + 1);
    }
    assert_int_equal(files_under(harness, "library/download"), 0);
    assert_int_equal(entries_in(harness), WMP_FILES);
}

static void a_song_of_a_page_is_an_entry(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_download_item item;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    item = finished(&wmp, &wmp_mp3, BACKGROUND);
    entry = only_entry(&wmp);

    assert_string_equal(entry.path, item.path);
    assert_int_equal(entry.kind, XBITS_MEDIA_AUDIO);
    assert_string_equal(entry.node, "All Music");
    assert_string_equal(entry.source_url, harness_url(harness, wmp_mp3.path));
    assert_true(entry.file_size == wmp_mp3.size);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_FILED, NULL), 1);
    assert_true(xbits_id_equal(&last_told(&wmp, XBITS_NEWS_FILED)->job, &item.id));
    assert_int_equal(last_told(&wmp, XBITS_NEWS_FILED)->collection, COLLECTION);
    assert_string_equal(last_told(&wmp, XBITS_NEWS_FILED)->text, item.path);
}

/* "<library>/download/<chance>/<type>/<name>.wmv". Returns what stands for chance. */
static const char *chance_of(struct wmp *wmp, const struct xbits_download_item *item,
                             const char *type)
{
    const char *base = harness_path(wmp->harness, "library/download/");
    const char *chance = item->path + strlen(base);
    size_t length;

    assert_true(begins_with(item->path, base));
    length = strcspn(chance, "/");
    assert_true(length > 0);
    assert_true(begins_with(chance + length + 1, type));
    assert_int_equal(chance[length + 1 + strlen(type)], '/');
    assert_null(strchr(chance + length + 1 + strlen(type) + 1, '/'));
    assert_true(ends_with(item->path, ".wmv"));
    return harness_keep(wmp->harness, strndup(chance, length));
}

static void video_stays_in_the_download_tree(struct harness *harness)
{
    const struct served film = { .path = "/film.wmv", .size = 4000, .pattern = 9 };
    struct wmp wmp;
    const char *chance[3];

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(chance); i++) {
        const char *type = both_types[i % 2];
        struct xbits_download_item item = finished(&wmp, &film, type);

        assert_int_equal(item.state, XBITS_DOWNLOAD_COMPLETED);
        chance[i] = chance_of(&wmp, &item, type);
        assert_content(harness, item.path + strlen(harness->directory.path) + 1, &film);
        wmp_close_player(&wmp);
        wmp_open_player(&wmp);
    }
    assert_string_equal(chance[0], chance[1]);
    assert_string_equal(chance[0], chance[2]);
    assert_int_equal(entries_of(&wmp, NULL).count, COUNT(chance));
    assert_int_equal(files_under(harness, "library/download"), COUNT(chance));
}

static void a_video_is_an_entry_of_its_kind(struct harness *harness)
{
    const struct served film = { .path = "/film.WMV", .size = 4000, .pattern = 9 };
    struct wmp wmp;
    struct xbits_download_item item;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    item = finished(&wmp, &film, BACKGROUND);
    entry = only_entry(&wmp);

    assert_string_equal(entry.path, item.path);
    assert_int_equal(entry.kind, XBITS_MEDIA_VIDEO);
    assert_string_equal(entry.node, "All Video");
    assert_string_equal(entry.source_url, harness_url(harness, film.path));
}

static void what_has_no_ending_is_told_by_its_content(struct harness *harness)
{
    static const char *const paths[] = { "/song", "/get.php?id=1", "/get.asp", "/a.b/get?x=y.wmv" };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const struct served song = { .path = paths[i], .size = 3000, .pattern = wmp_mp3.pattern };
        struct xbits_download_item item = finished(&wmp, &song, BACKGROUND);

        assert_is_song(&wmp, &item, ".mp3");
        assert_string_equal(item.source_url, harness_url(harness, paths[i]));
    }
    assert_int_equal(entries_of(&wmp, NULL).count, COUNT(paths));
}

static void what_turns_out_to_be_no_media_is_canceled(struct harness *harness)
{
    static const struct served pages[] = {
        { .path = "/get.php?id=1", .text = "<!DOCTYPE html><title>Sorry</title>" },
        { .path = "/song", .text = "MZ and a program" },
        { .path = "/void", .size = 0 },
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(pages); i++) {
        for (size_t k = 0; k < COUNT(both_types); k++) {
            struct xbits_download_item item = finished(&wmp, &pages[i], both_types[k]);

            assert_int_equal(item.state, XBITS_DOWNLOAD_CANCELED);
            assert_true(item.failure[0] != '\0');
            assert_string_equal(item.path, "");
        }
    }
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

#define ASF_HEADER                                                                                 \
    0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C
#define ASF_STREAM                                                                                 \
    0x91, 0x07, 0xDC, 0xB7, 0xB7, 0xA9, 0xCF, 0x11, 0x8E, 0xE6, 0x00, 0xC0, 0x0C, 0x20, 0x53, 0x65
#define ASF_AUDIO                                                                                  \
    0x40, 0x9E, 0x69, 0xF8, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B
#define ASF_VIDEO                                                                                  \
    0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B

/* A header of 108 bytes with the properties of one stream, of 78: its type, and nothing set. */
#define ASF_OF(type)                                                                               \
    {                                                                                              \
        ASF_HEADER, 108, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, ASF_STREAM, 78, 0, 0, 0, 0, 0, 0,  \
            0, type                                                                                \
    }
#define ASF_SIZE 108

static const unsigned char asf_audio[ASF_SIZE] = ASF_OF(ASF_AUDIO);
static const unsigned char asf_video[ASF_SIZE] = ASF_OF(ASF_VIDEO);

/* Errata 2.2: the name's ending is corrected by what the file is. */
static void an_asf_is_audio_or_video_by_its_streams(struct harness *harness)
{
    static const struct {
        const char *path;
        const unsigned char *bytes;
        const char *ending;
        enum xbits_media_kind kind;
    } rows[] = {
        { "/a", asf_audio, ".wma", XBITS_MEDIA_AUDIO },
        { "/b", asf_video, ".wmv", XBITS_MEDIA_VIDEO },
        { "/c.asf", asf_audio, ".asf", XBITS_MEDIA_AUDIO },
        { "/d.asf", asf_video, ".asf", XBITS_MEDIA_VIDEO },
        { "/e.wmv", asf_video, ".wmv", XBITS_MEDIA_VIDEO },
        { "/f.wma", asf_audio, ".wma", XBITS_MEDIA_AUDIO },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct served asf = { .path = rows[i].path,
                                    .size = ASF_SIZE,
                                    .bytes = rows[i].bytes };
        struct wmp wmp;
        struct xbits_download_item item;
        struct wmp_entries entries;
        bool is_video = rows[i].kind == XBITS_MEDIA_VIDEO;

        wmp_begin_with_player(&wmp, harness);
        item = finished(&wmp, &asf, BACKGROUND);
        entries = entries_of(&wmp, is_video ? "All Video" : "All Music");
        wmp_close_player(&wmp);

        assert_int_equal(item.state, XBITS_DOWNLOAD_COMPLETED);
        assert_true(ends_with(item.path, rows[i].ending));
        assert_int_equal(begins_with(item.path, harness_path(harness, "library/download/")),
                         is_video);
        assert_true(entries.count > 0);
        assert_int_equal(entries.list[0].kind, rows[i].kind);
    }
}

static void a_redirect_is_never_followed(struct harness *harness)
{
    static const int statuses[] = { 301, 302, 303, 307 };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_mp3);
    for (size_t i = 0; i < COUNT(statuses); i++) {
        for (size_t k = 0; k < COUNT(both_types); k++) {
            const struct served from = { .path = "/from.mp3",
                                         .status = statuses[i],
                                         .location = harness_url(harness, wmp_mp3.path) };
            struct xbits_download_item item = finished(&wmp, &from, both_types[k]);

            assert_int_equal(item.state, XBITS_DOWNLOAD_CANCELED);
            assert_true(item.failure[0] != '\0');
            assert_string_equal(item.source_url, harness_url(harness, from.path));
        }
    }
    assert_int_equal(count_downloads(&wmp, COLLECTION), 2 * COUNT(statuses));
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

/* A job learns its new address from a redirect that it does not follow; a page must not. */
static void resume_does_not_follow_a_redirect_either(struct harness *harness)
{
    const struct served from = { .path = "/from.mp3",
                                 .status = 302,
                                 .location = harness_url(harness, wmp_mp3.path) };
    struct wmp wmp;
    struct xbits_download_item item;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_mp3);
    item = finished(&wmp, &from, BACKGROUND);
    assert_int_equal(item.state, XBITS_DOWNLOAD_CANCELED);
    (void)xbits_download_item_resume(downloads(&wmp), &item.id);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &item.id, CANCELED);
    assert_string_equal(download_of(&wmp, &item.id).source_url, harness_url(harness, from.path));
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

/* BITS tries 308 again, at the address that it has learned: while no Player runs nobody hinders it.
 */
static void redirect_while_no_player_runs_brings_nothing(struct harness *harness)
{
    const struct served from = { .path = "/from.mp3",
                                 .status = 308,
                                 .location = harness_url(harness, wmp_mp3.path) };
    struct wmp wmp;
    struct xbits_id id;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_mp3);
    id = start_download(&wmp, COLLECTION, &from, BACKGROUND);
    wmp_close_player(&wmp);
    advance(harness, 60 * MINUTE_MS);
    wmp_open_player(&wmp);
    run_player(&wmp, MINUTE_MS);

    assert_download_state(&wmp, &id, CANCELED);
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_int_equal(files_under(harness, "library/download"), 0);
}

/* Nor where a number leads that came later than the Player; one answer is the end of an item. */
static void nobody_asks_where_a_redirect_leads(struct harness *harness)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };
    struct seen_request seen;
    struct wmp wmp;
    size_t count = 0;

    wmp_begin_with_player(&wmp, harness);
    harness_serve(harness, &wmp_mp3);
    for (size_t i = 0; i < COUNT(statuses); i++) {
        const struct served from = { .path = "/from.mp3",
                                     .status = statuses[i],
                                     .location = harness_url(harness, wmp_mp3.path) };

        assert_int_equal(finished(&wmp, &from, BACKGROUND).state, XBITS_DOWNLOAD_CANCELED);
        assert_int_equal(finished(&wmp, &from, REAL_TIME).state, XBITS_DOWNLOAD_CANCELED);
    }
    run_player(&wmp, 60 * MINUTE_MS);
    for (; harness->request_at(harness, count, &seen); count++)
        assert_string_equal(seen.target, "/from.mp3");

    assert_int_equal(count, 2 * COUNT(statuses));
    assert_int_equal(entries_of(&wmp, NULL).count, 0);
}

/* Two files of one name on different servers, as often as one likes. */
static void songs_of_one_name_are_two_files(struct harness *harness)
{
    const struct served other = { .path = "/b/song.mp3", .size = 2000, .pattern = 10585 };
    struct wmp wmp;
    struct xbits_download_item first;
    struct xbits_download_item second;

    wmp_begin_with_player(&wmp, harness);
    first = finished(&wmp, &wmp_mp3, BACKGROUND);
    second = finished(&wmp, &other, BACKGROUND);

    assert_string_not_equal(first.path, second.path);
    assert_content(harness, first.path + strlen(harness->directory.path) + 1, &wmp_mp3);
    assert_content(harness, second.path + strlen(harness->directory.path) + 1, &other);
}

static void hostile_names_stay_in_the_library(struct harness *harness)
{
    static const char *const paths[] = {
        "/..%2F..%2Fx.mp3", "/%2e%2e.mp3",     "/CON.mp3", "/a%00b.mp3",
        "/..\\..\\x.mp3",   "/a;rm%20-rf.mp3", "/%0A.mp3", "/nul.wmv",
    };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(paths); i++) {
        const struct served song = { .path = paths[i], .size = 100, .pattern = 3004 };
        struct xbits_id item;

        if (XBITS_FAILED(try_download(&wmp, COLLECTION, song.path, BACKGROUND, &item)))
            continue;
        run_player(&wmp, MINUTE_MS);
        assert_null(strstr(download_of(&wmp, &item).path, ".."));
    }
    assert_int_equal(entries_in(harness), WMP_FILES);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.5; errata 2.2", audio_goes_where_songs_go),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.5", a_song_of_a_page_is_an_entry),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.5; errata 2.2", video_stays_in_the_download_tree),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 2.5", a_video_is_an_entry_of_its_kind),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W26; errata 2.2", what_has_no_ending_is_told_by_its_content),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W26; wmp 2.5", what_turns_out_to_be_no_media_is_canceled),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_BYTES, "W26; wmp 2.5; errata 2.2",
                     an_asf_is_audio_or_video_by_its_streams),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W25", a_redirect_is_never_followed),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W25",
                     resume_does_not_follow_a_redirect_either),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "W25",
                     redirect_while_no_player_runs_brings_nothing),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SEE_REQUESTS, "W25", nobody_asks_where_a_redirect_leads),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W19", songs_of_one_name_are_two_files),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W20", hostile_names_stay_in_the_library),
};

const struct conformance_suite wmp_download_files_suite =
    CONFORMANCE_SUITE("wmp download files", tests);
