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
                                       .local_name = (char *)rows[i].local_name };
        struct song song = { .tags = { .format = rows[i].format, .is_video = rows[i].is_video } };
        char *place = NULL;

        XBITS_INIT(&song.description);
        assert_ok(hand_over_place_find(fixture->library, &row, &song, &place));
        assert_string_equal(place, rows[i].place);
        free(place);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_content_says_where_an_item_goes_and_what_it_is_called,
                                        begin, end),
    };

    return run_tests("hand over place", tests);
}
