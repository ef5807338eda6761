/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* Where a song goes, and what the library knows of it (wmp-store 9, errata 2.5). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define PLAIN_NODE "All Music"
#define STORE_NODE "All Music/Purchased Music/HarborTunes"

/* A media file in the making. */
struct media {
    unsigned char bytes[1024];
    size_t size;
};

static void put_bytes(struct media *media, const void *bytes, size_t size)
{
    assert_true(media->size + size <= sizeof media->bytes);
    memcpy(media->bytes + media->size, bytes, size);
    media->size += size;
}

static void put_little(struct media *media, uint64_t number, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        unsigned char byte = (unsigned char)(number >> (8 * i));

        put_bytes(media, &byte, 1);
    }
}

static void put_big(struct media *media, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        unsigned char byte = (unsigned char)(number >> shift);

        put_bytes(media, &byte, 1);
    }
}

/* With its NUL. */
static void put_utf16(struct media *media, const char *ascii)
{
    for (size_t i = 0; i <= strlen(ascii); i++)
        put_little(media, (unsigned char)ascii[i], 2);
}

static void put_frame(struct media *tag, const char *id, const struct media *data)
{
    put_bytes(tag, id, 4);
    put_big(tag, (uint32_t)data->size);
    put_little(tag, 0, 2);
    put_bytes(tag, data->bytes, data->size);
}

static void put_private_frame(struct media *tag, const char *owner, const char *value)
{
    struct media data = { .size = 0 };

    put_bytes(&data, owner, strlen(owner) + 1);
    put_utf16(&data, value);
    put_frame(tag, "PRIV", &data);
}

static void put_text_frame(struct media *tag, const char *id, const char *latin)
{
    struct media data = { .size = 0 };

    put_little(&data, 0, 1);
    put_bytes(&data, latin, strlen(latin));
    put_frame(tag, id, &data);
}

/* ID3v2.3 in front of some audio; extra_size makes the tag lie about its length. */
static struct media mp3_of(const struct media *frames, uint32_t extra_size)
{
    static const unsigned char audio[] = { 0xFF, 0xFB, 0x90, 0x64, 0, 0, 0, 0, 0, 0, 0, 0 };
    struct media media = { .size = 0 };
    uint32_t size = (uint32_t)frames->size + extra_size;

    put_bytes(&media, "ID3\x03\0\0", 6);
    /* Seven bits a byte. */
    put_big(&media, (size & 0x7F) | (size & 0x3F80) << 1 | (size & 0x1FC000) << 2 |
                        (size & 0xFE00000) << 3);
    put_bytes(&media, frames->bytes, frames->size);
    put_bytes(&media, audio, sizeof audio);
    return media;
}

/* A header with one Extended Content Description Object of one descriptor. */
static struct media asf_of(const char *name, const char *value)
{
    static const unsigned char header[] = { 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11,
                                            0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C };
    static const unsigned char extended[] = { 0x40, 0xA4, 0xD0, 0xD2, 0x07, 0xE3, 0xD2, 0x11,
                                              0x97, 0xF0, 0x00, 0xA0, 0xC9, 0x5E, 0xA8, 0x50 };
    size_t name_size = 2 * (strlen(name) + 1);
    size_t value_size = 2 * (strlen(value) + 1);
    size_t extended_size = 16 + 8 + 2 + 2 + name_size + 2 + 2 + value_size;
    struct media media = { .size = 0 };

    put_bytes(&media, header, sizeof header);
    put_little(&media, 30 + extended_size, 8);
    put_little(&media, 1, 4);
    put_little(&media, 0x0201, 2);
    put_bytes(&media, extended, sizeof extended);
    put_little(&media, extended_size, 8);
    put_little(&media, 1, 2);
    put_little(&media, name_size, 2);
    put_utf16(&media, name);
    put_little(&media, 0, 2);
    put_little(&media, value_size, 2);
    put_utf16(&media, value);
    return media;
}

/* The player files a job that fetched these bytes. */
static struct xbits_library_entry filed(struct wmp *wmp, const struct media *media,
                                        const char *local)
{
    struct harness *harness = wmp->harness;
    struct xbits_job *job = new_job(harness);
    char remote[TEMP_PATH_SIZE];

    temp_directory_write(&harness->directory, "source", media->bytes, media->size);
    snprintf(remote, sizeof remote, "file://%s/source", harness->directory.path);
    add_file(harness, job, remote, local);
    describe(job, WMP_SONG);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    run_player(wmp, POLL_MS);
    assert_item_state(wmp, job, COMPLETED);
    return only_entry(wmp);
}

static void an_mp3_with_a_distributor_is_under_its_store(struct harness *harness)
{
    struct media frames = { .size = 0 };
    struct media media;
    struct wmp wmp;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    put_private_frame(&frames, "WM/ContentDistributor", "HarborTunes");
    media = mp3_of(&frames, 0);
    entry = filed(&wmp, &media, "a.mp3");

    assert_string_equal(entry.node, STORE_NODE);
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    assert_string_equal(entry.path, harness_path(harness, WMP_PLACE));
    assert_int_equal(entries_of(&wmp, STORE_NODE).count, 1);
    assert_int_equal(count_told(&wmp, XBITS_NEWS_DAMAGED, NULL), 0);
}

static void an_asf_with_a_distributor_is_under_its_store(struct harness *harness)
{
    struct media media = asf_of("WM/ContentDistributor", "HarborTunes");
    struct wmp wmp;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    entry = filed(&wmp, &media, "a.WMA");

    assert_string_equal(entry.node, STORE_NODE);
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    assert_int_equal(count_told(&wmp, XBITS_NEWS_DAMAGED, NULL), 0);
}

static void a_file_without_a_distributor_is_under_no_store(struct harness *harness)
{
    struct media media = asf_of("WM/Provider", "HarborTunes");
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);

    assert_string_equal(filed(&wmp, &media, "a.wma").node, PLAIN_NODE);
    assert_int_equal(entries_of(&wmp, STORE_NODE).count, 0);
}

static void assert_filed_as_untagged(struct wmp *wmp, const struct media *media, const char *local)
{
    struct xbits_library_entry entry = filed(wmp, media, local);

    assert_string_equal(entry.node, PLAIN_NODE);
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_TITLE], "T");
    assert_true(entry.damage[0] != '\0');
    assert_true(entry.file_size == media->size);
    assert_int_equal(count_told(wmp, XBITS_NEWS_DAMAGED, NULL), 1);
    assert_int_equal(count_told(wmp, XBITS_NEWS_FILED, NULL), 1);
}

static void an_mp3_that_lies_about_its_tag_is_filed_as_untagged(struct harness *harness)
{
    struct media frames = { .size = 0 };
    struct media media;
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    put_private_frame(&frames, "WM/ContentDistributor", "HarborTunes");
    media = mp3_of(&frames, 0x0FFF0000);

    assert_filed_as_untagged(&wmp, &media, "a.mp3");
}

static void an_mp3_that_lies_about_a_frame_is_filed_as_untagged(struct harness *harness)
{
    struct media frames = { .size = 0 };
    struct media media;
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    put_private_frame(&frames, "WM/ContentDistributor", "HarborTunes");
    frames.bytes[4] = 0x7F;
    media = mp3_of(&frames, 0);

    assert_filed_as_untagged(&wmp, &media, "a.mp3");
}

static void an_asf_that_lies_about_an_object_is_filed_as_untagged(struct harness *harness)
{
    struct media media = asf_of("WM/ContentDistributor", "HarborTunes");
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    /* The size of the object in the header. */
    memset(media.bytes + 30 + 16, 0xFF, 8);

    assert_filed_as_untagged(&wmp, &media, "a.wma");
}

static void an_asf_that_lies_about_a_value_is_filed_as_untagged(struct harness *harness)
{
    struct media media = asf_of("WM/ContentDistributor", "HarborTunes");
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    /* The size of the descriptor's value. */
    memset(media.bytes + media.size - 2 * strlen("HarborTunes") - 2 - 2, 0xFF, 2);

    assert_filed_as_untagged(&wmp, &media, "a.wma");
}

static void tags_win_over_what_the_job_says(struct harness *harness)
{
    struct media frames = { .size = 0 };
    struct media media;
    struct wmp wmp;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    put_text_frame(&frames, "TPE2", "Quartet");
    put_text_frame(&frames, "TIT2", "Rain");
    media = mp3_of(&frames, 0);
    entry = filed(&wmp, &media, "a.mp3");

    assert_string_equal(entry.path, harness_path(harness, "library/Quartet/B/03 Rain.mp3"));
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_ALBUM_ARTIST], "Quartet");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_TITLE], "Rain");
    assert_string_equal(entry.attributes[XBITS_ATTRIBUTE_ALBUM_TITLE], "B");
}

static void a_file_that_is_there_keeps_its_name(struct harness *harness)
{
    const struct served old = { .path = "", .text = "the old song" };
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    make_directories(harness, "library/A/B");
    write_file(harness, WMP_PLACE, old.text);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);

    assert_content(harness, WMP_PLACE, &old);
    assert_content(harness, "library/A/B/03 T (2).mp3", &wmp_served);
    assert_string_equal(only_entry(&wmp).path, harness_path(harness, "library/A/B/03 T (2).mp3"));
}

static void the_same_song_twice_is_two_files(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    (void)transferred_song(harness, WMP_SONG, "b.mp3");
    run_player(&wmp, POLL_MS);

    assert_content(harness, WMP_PLACE, &wmp_served);
    assert_content(harness, "library/A/B/03 T (2).mp3", &wmp_served);
    assert_int_equal(entries_of(&wmp, NULL).count, 2);
}

#define X50  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X500 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50
#define HEAD "::WMP_JOB:1:7:HarborTunes:"

/* A name that any system bears, and that leads nowhere else. */
static void assert_is_harmless(const char *segment, size_t length)
{
    assert_in_range(length, 1, 255);
    assert_true(segment[0] != ' ');
    assert_true(segment[length - 1] != '.' && segment[length - 1] != ' ');
    assert_false(length == 3 && strncmp(segment, "CON", 3) == 0);
    assert_false(strncmp(segment, "NUL.", 4) == 0 || strncmp(segment, "AUX.", 4) == 0);
    for (size_t i = 0; i < length; i++)
        assert_true((unsigned char)segment[i] >= ' ' && segment[i] != '\\' && segment[i] != 0x7F);
}

static bool is_link(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return S_ISLNK(status.st_mode);
}

/* Below the library there are two real directories and a real file. */
static void assert_is_under(struct harness *harness, const char *base, const char *path)
{
    size_t segments = 0;
    size_t place = strlen(base);

    assert_int_equal(strncmp(path, base, place), 0);
    while (path[place] != '\0') {
        size_t length = strcspn(path + place + 1, "/");
        char *shorter = strndup(path, place + 1 + length);

        assert_int_equal(path[place], '/');
        assert_is_harmless(path + place + 1, length);
        assert_false(is_link(harness_keep(harness, shorter)));
        place += 1 + length;
        segments++;
    }
    assert_int_equal(segments, 3);
}

static void hostile_metadata_stays_in_the_library(struct harness *harness)
{
    static const char *const texts[] = {
        HEAD "..\\..\\x:..:1:../../x:1:1",
        HEAD "..:..:1:..:1:1",
        HEAD "/etc:/:1:/:1:1",
        HEAD "CON:nul:1:AUX:1:1",
        HEAD "CON::: NUL::",
        HEAD X500 ":B:1:T:1:1",
        HEAD "A:" X500 ":1:T:1:1",
        HEAD "A:B:1:" X500 ":1:1",
        HEAD "\x01\x1B[2J:\x7F\r\n:1:a\tb\n:1:1",
        HEAD ".xbits:library.db:1:library.db-wal:1:1",
        HEAD " . . :...:1: . :1:1",
        HEAD "A\xE2\x80\xAE"
             "B:\xC2\x85:1:\xE2\x80\xA8:1:1",
    };
    struct xbits_job *jobs[COUNT(texts)];
    struct wmp wmp;
    struct wmp_entries entries;

    wmp_begin_with_player(&wmp, harness);
    for (size_t i = 0; i < COUNT(texts); i++) {
        char local[16];

        snprintf(local, sizeof local, "%zu.mp3", i);
        jobs[i] = transferred_song(harness, texts[i], local);
    }
    run_player(&wmp, POLL_MS);

    for (size_t i = 0; i < COUNT(texts); i++)
        assert_item_state(&wmp, jobs[i], COMPLETED);
    entries = entries_of(&wmp, NULL);
    assert_int_equal(entries.count, COUNT(texts));
    for (size_t i = 0; i < entries.count; i++)
        assert_is_under(harness, wmp.options.library, entries.list[i].path);
    assert_int_equal(entries_in(harness), WMP_FILES);
}

/* A file's own name comes from a producer, too. */
static void hostile_tags_stay_in_the_library(struct harness *harness)
{
    struct media frames = { .size = 0 };
    struct media media;
    struct wmp wmp;
    struct xbits_library_entry entry;

    wmp_begin_with_player(&wmp, harness);
    put_text_frame(&frames, "TPE2", "..");
    put_text_frame(&frames, "TALB", "../../..");
    put_text_frame(&frames, "TIT2", "/../CON");
    put_private_frame(&frames, "WM/ContentDistributor", "../HarborTunes");
    media = mp3_of(&frames, 0);
    entry = filed(&wmp, &media, "a.mp3");

    assert_is_under(harness, wmp.options.library, entry.path);
    assert_string_equal(entry.node, "All Music/Purchased Music/../HarborTunes");
}

static void an_auto_playlist_is_under_its_store(struct harness *harness)
{
    struct wmp wmp;
    struct xbits_library *library = NULL;
    struct wmp_entries entries;
    int64_t number = 0;

    wmp_begin_with_player(&wmp, harness);
    write_file(harness, "auto.wpl", "<smil/>");
    assert_ok(xbits_library_open(wmp.options.library, XBITS_LIBRARY_EDIT, &library));
    assert_ok(xbits_library_add_playlist(library, harness_path(harness, "auto.wpl"), WMP_STORE,
                                         true, &number));
    xbits_library_close(library);

    entries = entries_of(&wmp, "All Music/Purchased Music/" WMP_STORE);
    assert_int_equal(entries.count, 1);
    assert_int_equal(entries.list[0].kind, XBITS_MEDIA_PLAYLIST);
    assert_int_equal(entries_of(&wmp, "All Playlists").count, 0);
    assert_true(file_exists(harness, "auto.wpl"));
}

static void a_link_in_the_library_leads_no_song_out_of_it(struct harness *harness)
{
    struct wmp wmp;

    wmp_begin_with_player(&wmp, harness);
    make_directories(harness, "outside");
    assert_int_equal(symlink(harness_path(harness, "outside"), harness_path(harness, "library/A")),
                     0);
    (void)transferred_song(harness, WMP_SONG, "a.mp3");
    run_player(&wmp, POLL_MS);

    assert_false(file_exists(harness, "outside/B"));
    assert_is_under(harness, wmp.options.library, only_entry(&wmp).path);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40; wmp 9.1", an_mp3_with_a_distributor_is_under_its_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40; wmp 9.1", an_asf_with_a_distributor_is_under_its_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40; wmp 9.2", a_file_without_a_distributor_is_under_no_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40", an_mp3_that_lies_about_its_tag_is_filed_as_untagged),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40", an_mp3_that_lies_about_a_frame_is_filed_as_untagged),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40", an_asf_that_lies_about_an_object_is_filed_as_untagged),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W40", an_asf_that_lies_about_a_value_is_filed_as_untagged),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 9.2; errata 2.5", tags_win_over_what_the_job_says),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W19", a_file_that_is_there_keeps_its_name),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W19", the_same_song_twice_is_two_files),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W20; wmp 9.3", hostile_metadata_stays_in_the_library),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W20; wmp 9.3", hostile_tags_stay_in_the_library),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W45", an_auto_playlist_is_under_its_store),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "W20; wmp 9.3", a_link_in_the_library_leads_no_song_out_of_it),
};

const struct conformance_suite wmp_library_suite = CONFORMANCE_SUITE("wmp library", tests);
