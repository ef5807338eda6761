/* SPDX-License-Identifier: MIT */
#include "store/filing/song.h"

#include <string.h>

#include "base/text.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define JOB "::WMP_JOB:1:7:HarborTunes:job artist:job album:3:job title:215:75"

/* What the job says of each attribute; NULL: nothing (errata 2.5; 9.2). */
static const char *const of_job[XBITS_ATTRIBUTE_COUNT] = {
    [XBITS_ATTRIBUTE_TITLE] = "job title",       [XBITS_ATTRIBUTE_ALBUM_ARTIST] = "job artist",
    [XBITS_ATTRIBUTE_ALBUM_TITLE] = "job album", [XBITS_ATTRIBUTE_TRACK_NUMBER] = "3",
    [XBITS_ATTRIBUTE_DURATION] = "215",          [XBITS_ATTRIBUTE_USER_RATING] = "75",
    [XBITS_ATTRIBUTE_PROVIDER] = "HarborTunes",
};

static int begin(void **state)
{
    static struct song song;

    song = (struct song){ 0 };
    XBITS_INIT(&song.description);
    *state = &song;
    return 0;
}

static int end(void **state)
{
    song_dispose(*state);
    return 0;
}

static void describe(struct song *song, const char *text)
{
    assert_ok(xbits_wmp_description_parse(text, XBITS_WMP_STRICT, &song->description, NULL));
}

static void tag(struct song *song, enum xbits_attribute attribute, const char *value)
{
    assert_ok(text_replace(&song->tags.values[attribute], value));
}

static void assert_attribute(const struct song *song, size_t attribute, const char *value)
{
    const char *attributes[XBITS_ATTRIBUTE_COUNT];

    song_attributes(song, attributes);
    if (value == NULL)
        assert_null(attributes[attribute]);
    else
        assert_string_equal(attributes[attribute], value);
}

static void without_tags_the_job_says_what_it_can(void **state)
{
    struct song *song = *state;

    describe(song, JOB);

    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        assert_attribute(song, i, of_job[i]);
}

static void each_tag_comes_before_what_the_job_says(void **state)
{
    struct song *song = *state;

    describe(song, JOB);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        tag(song, (enum xbits_attribute)i, "tag");
        for (size_t j = 0; j < XBITS_ATTRIBUTE_COUNT; j++)
            assert_attribute(song, j, j <= i ? "tag" : of_job[j]);
    }
}

static void an_empty_tag_says_nothing(void **state)
{
    struct song *song = *state;

    describe(song, JOB);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        tag(song, (enum xbits_attribute)i, "");
        assert_attribute(song, i, of_job[i] != NULL ? of_job[i] : "");
    }
}

static void a_provider_is_no_distributor(void **state)
{
    struct song *song = *state;

    describe(song, JOB);
    assert_attribute(song, XBITS_ATTRIBUTE_DISTRIBUTOR, NULL);
    tag(song, XBITS_ATTRIBUTE_PROVIDER, "the file's provider");

    assert_attribute(song, XBITS_ATTRIBUTE_DISTRIBUTOR, NULL);
    assert_attribute(song, XBITS_ATTRIBUTE_PROVIDER, "the file's provider");
}

static void assert_name(const struct song *song, const char *artist, const char *title)
{
    struct song_name name = song_name_of(song, "/files/stem.mp3");

    assert_string_equal(name.artist, artist);
    assert_string_equal(name.title, title);
    assert_string_equal(name.file_name, "/files/stem.mp3");
}

static void the_artist_is_of_the_album_then_of_the_song_then_of_the_job(void **state)
{
    struct song *song = *state;

    assert_name(song, "", "");
    describe(song, JOB);
    assert_name(song, "job artist", "job title");
    tag(song, XBITS_ATTRIBUTE_AUTHOR, "");
    assert_name(song, "job artist", "job title");
    tag(song, XBITS_ATTRIBUTE_AUTHOR, "author");
    assert_name(song, "author", "job title");
    tag(song, XBITS_ATTRIBUTE_ALBUM_ARTIST, "");
    assert_name(song, "author", "job title");
    tag(song, XBITS_ATTRIBUTE_ALBUM_ARTIST, "album artist");
    tag(song, XBITS_ATTRIBUTE_TITLE, "title");

    assert_name(song, "album artist", "title");
}

/* The place is the author's, but the column has what the job says of the album's artist. */
static void an_author_is_no_album_artist(void **state)
{
    struct song *song = *state;

    describe(song, JOB);
    tag(song, XBITS_ATTRIBUTE_AUTHOR, "author");

    assert_attribute(song, XBITS_ATTRIBUTE_ALBUM_ARTIST, "job artist");
    assert_attribute(song, XBITS_ATTRIBUTE_AUTHOR, "author");
}

static void a_place_is_made_of_tags_and_of_the_job(void **state)
{
    static const char *const places[] = { "job artist/job album/03 job title.mp3",
                                          "job artist/job album/07 job title.mp3",
                                          "job artist/album/07 job title.mp3" };
    struct song *song = *state;

    describe(song, JOB);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct text place = { 0 };
        struct song_name name;

        if (i == 1)
            tag(song, XBITS_ATTRIBUTE_TRACK_NUMBER, "7");
        if (i == 2)
            tag(song, XBITS_ATTRIBUTE_ALBUM_TITLE, "album");
        name = song_name_of(song, "/files/stem.mp3");
        assert_ok(song_path(&name, 1, &place));
        assert_string_equal(text_c(&place), places[i]);
        text_dispose(&place);
    }
}

static void nothing_known_is_a_place_by_the_files_name(void **state)
{
    struct song *song = *state;
    struct song_name name = song_name_of(song, "/files/stem.mp3");
    struct text place = { 0 };

    assert_ok(song_path(&name, 1, &place));

    assert_string_equal(text_c(&place), "Unknown Artist/Unknown Album/stem.mp3");
    text_dispose(&place);
}

static void write_file(struct disk *disk, const char *path, const char *content)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(disk, path, DISK_CREATE_NEW, &file));
    assert_ok(disk_write_at(disk, file, 0, content, strlen(content)));
    assert_ok(disk_close(disk, file));
}

static void a_description_that_cannot_be_read_says_nothing(void **state)
{
    static const char *const texts[] = { "", "nonsense", "::WMP_JOB:1:0:P:A:B:1:T:2:3", "\xFF",
                                         "::WMP_JOB:2:7:P:A:B:1:T:2:3" };
    struct disk *disk = disk_power_new(1);

    (void)state;
    write_file(disk, "/song.mp3", "no media");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct song song = { 0 };

        assert_ok(song_read(disk, "/song.mp3", texts[i], &song));
        for (size_t j = 0; j < XBITS_ATTRIBUTE_COUNT; j++) {
            const char *attributes[XBITS_ATTRIBUTE_COUNT];

            song_attributes(&song, attributes);
            assert_true(attributes[j] == NULL || attributes[j][0] == '\0');
        }
        song_dispose(&song);
    }
    disk_power_free(disk);
}

/* As the player reads it that has adopted the job. */
static void a_colon_in_the_title_is_borne(void **state)
{
    struct song *song = *state;
    struct disk *disk = disk_power_new(1);

    write_file(disk, "/song.mp3", "no media");
    assert_ok(song_read(disk, "/song.mp3", "::WMP_JOB:1:7:P:A:B:3:One: Two:215:75", song));

    assert_attribute(song, XBITS_ATTRIBUTE_TITLE, "One: Two");
    disk_power_free(disk);
}

static void a_file_that_is_not_there_is_a_failure(void **state)
{
    struct song *song = *state;
    struct disk *disk = disk_power_new(1);

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, song_read(disk, "/song.mp3", JOB, song));

    disk_power_free(disk);
}

#define SONG_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        SONG_TEST(without_tags_the_job_says_what_it_can),
        SONG_TEST(each_tag_comes_before_what_the_job_says),
        SONG_TEST(an_empty_tag_says_nothing),
        SONG_TEST(a_provider_is_no_distributor),
        SONG_TEST(the_artist_is_of_the_album_then_of_the_song_then_of_the_job),
        SONG_TEST(an_author_is_no_album_artist),
        SONG_TEST(a_place_is_made_of_tags_and_of_the_job),
        SONG_TEST(nothing_known_is_a_place_by_the_files_name),
        SONG_TEST(a_description_that_cannot_be_read_says_nothing),
        SONG_TEST(a_colon_in_the_title_is_borne),
        SONG_TEST(a_file_that_is_not_there_is_a_failure),
    };

    return run_tests("song", tests);
}
