/* SPDX-License-Identifier: MIT */
#include "store/filing/hand_over_place.h"

#include <stdlib.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define MUSIC "/music"
#define TREE  "download/tree/background"

static const char status[] = "::WMP_STATUS:1:4711:HarborTunes::::::";
static const char song_job[] = "::WMP_JOB:1:4711:HarborTunes:Artist:Album:3:Title:215:75";

struct fixture {
    struct disk *disk;
    struct xbits_library *library;
};

static int begin(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .disk = disk_power_new(1) };
    *state = &fixture;
    return XBITS_FAILED(library_open_on(MUSIC, XBITS_LIBRARY_EDIT, fixture.disk, &fixture.library));
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    xbits_library_close(fixture->library);
    disk_power_free(fixture->disk);
    return 0;
}

static void make_file(struct fixture *fixture, const char *path)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(fixture->disk, path, DISK_OPEN_UPDATE, &file));
    assert_ok(disk_close(fixture->disk, file));
}

static void the_content_says_where_an_item_goes_and_what_it_is_called(void **state)
{
    static const struct {
        const char *description;
        const char *local_name;
        enum media_format format;
        bool is_video;
        const char *place;
    } rows[] = {
        { status, MUSIC "/" TREE "/1.mp3", MEDIA_MP3, false, "Unknown Artist/Unknown Album/1.mp3" },
        { status, MUSIC "/" TREE "/1.wma", MEDIA_MP3, false, "Unknown Artist/Unknown Album/1.mp3" },
        { status, MUSIC "/" TREE "/1.mp3", MEDIA_ASF, false, "Unknown Artist/Unknown Album/1.wma" },
        { status, MUSIC "/" TREE "/1.asf", MEDIA_ASF, false, "Unknown Artist/Unknown Album/1.asf" },
        { status, MUSIC "/" TREE "/1.mp3", MEDIA_UNKNOWN, false,
          "Unknown Artist/Unknown Album/1.mp3" },
        { status, MUSIC "/" TREE "/1.wmv", MEDIA_ASF, true, TREE "/1.wmv" },
        { status, MUSIC "/" TREE "/1.mp3", MEDIA_ASF, true, TREE "/1.wmv" },
        { status, MUSIC "/" TREE "/1.asf", MEDIA_ASF, true, TREE "/1.asf" },
        { status, MUSIC "/" TREE "/1.wmv", MEDIA_UNKNOWN, false, TREE "/1.wmv" },
        { status, MUSIC "/" TREE "/taken.wmv", MEDIA_ASF, true, TREE "/taken (2).wmv" },
        { status, "/elsewhere/1.wmv", MEDIA_ASF, true, "Unknown Artist/Unknown Album/1.wmv" },
        { song_job, "/elsewhere/1.wmv", MEDIA_ASF, true, "Unknown Artist/Unknown Album/1.wmv" },
        { song_job, "/elsewhere/1.wma", MEDIA_MP3, false, "Unknown Artist/Unknown Album/1.wma" },
    };
    struct fixture *fixture = *state;

    assert_ok(disk_make_directory(fixture->disk, MUSIC "/" TREE));
    make_file(fixture, MUSIC "/" TREE "/taken.wmv");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct hand_over row = { .description = (char *)rows[i].description,
                                       .local_name = (char *)rows[i].local_name,
                                       .source_url = (char *)"http://host/" };
        struct song song = { .tags = { .format = rows[i].format, .is_video = rows[i].is_video } };
        char *place = NULL;

        XBITS_INIT(&song.description);
        assert_ok(hand_over_place_find(fixture->library, &row, &song, &place));
        assert_string_equal(place, rows[i].place);
        free(place);
    }
}

static void an_item_without_a_title_is_called_as_its_address_says(void **state)
{
    static const struct {
        const char *source_url;
        const char *title; /* Of the file's tags; NULL: none. */
        const char *file;
    } rows[] = {
        { "http://host/songs/ebb.mp3", NULL, "ebb.mp3" },
        { "http://host/songs/ebb", NULL, "ebb.mp3" },
        { "http://host/songs/ebb.mp3?id=flow#neap", NULL, "ebb.mp3" },
        { "http://user:***@host/Low%20Water.v2.MP3", NULL, "Low Water.v2.mp3" },
        { "http://host/get.asp?id=5", NULL, "get.mp3" },
        { "http://host/S%C3%BAl.mp3", NULL, "S\xC3\xBAl.mp3" },
        { "http://host/S%FAl.mp3", NULL, "S\xEF\xBF\xBDl.mp3" },
        { "http://host/a%2F..%5Cb%0A.mp3", NULL, "a..b.mp3" },
        { "http://host/con.mp3", NULL, "con_.mp3" },
        { "http://host/ebb.mp3", "Ebb", "Ebb.mp3" },
        { "http://host/", NULL, "7.mp3" },
        { "http://host", NULL, "7.mp3" },
        { "http://host/.mp3", NULL, "7.mp3" },
        { "http://host/%2e%2f%20.mp3", NULL, "7.mp3" },
        { "http://host/%00.mp3", NULL, "7.mp3" },
        { "no address", NULL, "7.mp3" },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct hand_over row = { .description = (char *)status,
                                       .local_name = (char *)MUSIC "/" TREE "/7.mp3",
                                       .source_url = (char *)rows[i].source_url };
        struct song song = { .tags = { .format = MEDIA_MP3 } };
        struct text place = { 0 };
        char *found = NULL;

        XBITS_INIT(&song.description);
        song.tags.values[XBITS_ATTRIBUTE_TITLE] = (char *)rows[i].title;
        assert_ok(text_format(&place, "Unknown Artist/Unknown Album/%s", rows[i].file));
        assert_ok(hand_over_place_find(fixture->library, &row, &song, &found));
        assert_string_equal(found, text_c(&place));
        free(found);
        text_dispose(&place);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_content_says_where_an_item_goes_and_what_it_is_called,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_item_without_a_title_is_called_as_its_address_says,
                                        begin, end),
    };

    return run_tests("hand over place", tests);
}
