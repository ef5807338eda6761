/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"
#include "unit/media/build.h"

static const struct build_id3 version_3 = { .version = 3 };
static const struct build_id3 version_4 = { .version = 4 };

/* Reads a tag of version 3 or 4 that the frames in between make. */
static size_t begin(struct build *build, const struct build_id3 *how)
{
    *build = (struct build){ 0 };
    return build_id3_header(build, how, 0);
}

static struct media_tags end(struct build *build, size_t at)
{
    struct media_tags tags;

    build_id3_end(build, at);
    tags = build_read(&build->bytes);
    build_dispose(build);
    return tags;
}

static void each_attribute_is_read_in_each_version_and_encoding(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILD_WAYS; i++) {
        struct build build = { 0 };
        struct media_tags tags;

        print_message("%s\n", build_ways[i].name);
        build_file(&build, &build_ways[i], build_values);
        tags = build_read(&build.bytes);
        assert_int_equal(tags.format, build_ways[i].format);
        build_assert_values(&tags, build_values);
        media_tags_dispose(&tags);
        build_dispose(&build);
    }
}

static void the_content_tells_the_format(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        enum media_format format;
    } rows[] = {
        { "", 0, MEDIA_UNKNOWN },
        { "ID", 2, MEDIA_UNKNOWN },
        { "RIFF\0\0\0\0WAVE", 12, MEDIA_UNKNOWN },
        { "\xFF\xFB\x90\x64", 4, MEDIA_MP3 },
        { "\xFF\xF3\x40\xC0", 4, MEDIA_MP3 },
        { "\xFF\xE3\x40\xC0", 4, MEDIA_MP3 },
        { "\xFF\xFE\x41\x00", 4, MEDIA_UNKNOWN }, /* UTF-16 */
        { "\xFF\xF1\x50\x80", 4, MEDIA_UNKNOWN }, /* AAC */
        { "\xFF\xFB\xF0\x64", 4, MEDIA_UNKNOWN }, /* No such bit rate. */
        { "\xFF\xFB", 2, MEDIA_UNKNOWN },
        { BUILD_ASF_HEADER, 15, MEDIA_UNKNOWN },
        { "ID3\3\0\0\0\0\0\0", 10, MEDIA_MP3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct build build = { 0 };
        struct media_tags tags;

        build_add(&build, rows[i].bytes, rows[i].size);
        tags = build_read(&build.bytes);
        assert_int_equal(tags.format, rows[i].format);
        assert_null(tags.damage);
        media_tags_dispose(&tags);
        build_dispose(&build);
    }
}

static void a_missing_file_is_the_disks_failure(void **state)
{
    struct disk *disk = build_disk();
    struct media_tags tags = { 0 };

    (void)state;
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, media_read(disk, "/music/none.mp3", &tags));

    media_tags_dispose(&tags);
    disk_power_free(disk);
}

static void private_frames_win_over_texts_of_the_same_name(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_id3_user_text(&build, &version_3, "WM/ContentDistributor", "TextTunes");
    build_id3_user_text(&build, &version_3, "WM/Provider", "TextTunes");
    build_id3_private(&build, 3, "WM/ContentDistributor", "HarborTunes");
    build_id3_private(&build, 3, "WM/ContentDistributor", "Other");

    tags = end(&build, at);

    assert_string_equal(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_PROVIDER], "TextTunes");
    media_tags_dispose(&tags);
}

static void a_track_of_several_is_the_track(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_4);

    (void)state;
    build_id3_text(&build, &version_4, "TRCK", "03/12");
    build_id3_text(&build, &version_4, "TCON", "(13)");
    build_id3_text(&build, &version_4, "TLEN", "soon");

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TRACK_NUMBER], "03");
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_GENRE], "(13)");
    assert_null(tags.values[XBITS_ATTRIBUTE_DURATION]);
    media_tags_dispose(&tags);
}

static void latin_1_and_broken_utf_8_become_utf_8(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_4);

    (void)state;
    build_id3_frame(&build, 4, "TIT2", "\0\xE9t\xE9\0rest", 9);
    build_id3_frame(&build, 4, "TPE1", "\3a\xC3\xA9\xFF\xC0\x80\xE2\x82", 9);
    build_id3_frame(&build, 4, "TALB", "\2\0A\xD8\0\0B", 7);

    tags = end(&build, at);

    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "\xC3\xA9t\xC3\xA9");
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_AUTHOR],
                        "a\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_ALBUM_TITLE], "A\xEF\xBF\xBD\x42");
    media_tags_dispose(&tags);
}

static void an_empty_text_needs_no_order_of_bytes(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_id3_frame(&build, 3, "TIT2", "\1", 1);
    build_id3_frame(&build, 3, "TPE1", "\1\0\0", 3);
    build_id3_frame(&build, 3, "TALB", "\1\xFE\xFF\0A", 5);
    build_id3_frame(&build, 3, "TXXX", "\1\0\0\xFF\xFE\x41\0", 7);
    build_id3_frame(&build, 3, "TCON", "", 0);

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_TITLE]);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_ALBUM_TITLE], "A");
    media_tags_dispose(&tags);
}

/* A frame whose flags say that its data begins with more. */
static void add_flagged(struct build *build, unsigned version, unsigned flags, const char *front,
                        size_t front_size)
{
    build_add(build, "TIT2", 4);
    build_number(build, version == 4 ? BUILD_SYNCHSAFE : BUILD_BIG, 4, front_size + 6);
    build_number(build, BUILD_BIG, 2, flags);
    build_add(build, front, front_size);
    build_add(build, "\0Title", 6);
}

static void frames_that_cannot_be_read_are_skipped(void **state)
{
    static const struct {
        unsigned version;
        unsigned flags;
        const char *front;
        size_t front_size;
        const char *expected;
    } rows[] = {
        { 3, 0x0080, "\0\0\0\6", 4, "(none)" }, { 3, 0x0040, "\1", 1, "(none)" },
        { 3, 0x0020, "G", 1, "Title" },         { 3, 0xE000, "", 0, "Title" },
        { 4, 0x0009, "\0\0\0\6", 4, "(none)" }, { 4, 0x0004, "\1", 1, "(none)" },
        { 4, 0x0040, "G", 1, "Title" },         { 4, 0x0001, "\0\0\0\6", 4, "Title" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct build build;
        struct build_id3 how = { .version = rows[i].version };
        size_t at = begin(&build, &how);
        struct media_tags tags;
        const char *got;

        add_flagged(&build, rows[i].version, rows[i].flags, rows[i].front, rows[i].front_size);
        build_id3_text(&build, &how, "TPE1", "Author");
        tags = end(&build, at);
        got = tags.values[XBITS_ATTRIBUTE_TITLE];
        assert_null(tags.damage);
        assert_string_equal(got == NULL ? "(none)" : got, rows[i].expected);
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_AUTHOR], "Author");
        media_tags_dispose(&tags);
    }
}

static void identifiers_and_classes_that_are_no_text_are_ignored(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_id3_frame(&build, 3, "UFID", "x\0\1\2\3", 5);
    build_id3_frame(&build, 3, "PRIV", "WM/MediaClassPrimaryID\0short", 28);
    build_id3_frame(&build, 3, "PRIV", "somebody\0\1\2\3", 12);

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER]);
    assert_null(tags.values[XBITS_ATTRIBUTE_MEDIA_CLASS]);
    media_tags_dispose(&tags);
}

static void what_follows_the_first_nul_of_the_padding_is_ignored(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_id3_text(&build, &version_3, "TIT2", "Lanterns");
    build_add(&build, "\0\0junk", 6);
    build_id3_text(&build, &version_3, "TALB", "Low Water");

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "Lanterns");
    assert_null(tags.values[XBITS_ATTRIBUTE_ALBUM_TITLE]);
    media_tags_dispose(&tags);
}

/* The data of a title, read with another frame behind it. */
static void assert_title(const char *data, size_t size, const char *expected)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);
    const char *title;

    build_id3_frame(&build, 3, "TIT2", data, size);
    build_id3_text(&build, &version_3, "TPE1", "The Ferrymen");
    tags = end(&build, at);
    title = tags.values[XBITS_ATTRIBUTE_TITLE];
    assert_null(tags.damage);
    assert_string_equal(title == NULL ? "(none)" : title, expected);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_AUTHOR], "The Ferrymen");
    media_tags_dispose(&tags);
}

static void text_without_its_order_of_bytes_is_little_endian_unless_plainly_not(void **state)
{
    (void)state;
    assert_title("\1A\0b\0", 5, "Ab");
    assert_title("\1\0A\0b", 5, "Ab");
    assert_title("\1\0A\0b\0\0\xE9\0", 9, "Ab");
    assert_title("\1\x6C\x6F", 3, "\xE6\xBD\xAC");
    assert_title("\1A\0\0\1", 5, "A\xC4\x80");
}

static void an_odd_text_is_that_frames_affair(void **state)
{
    (void)state;
    /* No such encoding, half a NUL, half a character. */
    assert_title("\4A", 2, "(none)");
    assert_title("\1\xFF\xFE\x41\0\0", 6, "A");
    assert_title("\1\xFF\xFE\0", 4, "(none)");
    assert_title("\2\0A\0", 4, "A");
    assert_title("\1\xFF\xFE\x41\0B", 6, "(none)");
    assert_title("\1A", 2, "(none)");
}

static void a_private_frame_without_an_end_of_its_name_says_nothing(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_id3_frame(&build, 3, "PRIV", "WM/Provider", 11);
    build_id3_frame(&build, 3, "PRIV", "", 0);
    build_id3_frame(&build, 3, "UFID", "HT-000017", 9);
    build_id3_private(&build, 3, "WM/ContentDistributor", "HarborTunes");

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_PROVIDER]);
    assert_null(tags.values[XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER]);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    media_tags_dispose(&tags);
}

static void a_frame_that_is_shorter_than_its_flags_need_says_nothing(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_4);

    (void)state;
    build_add(&build, "TIT2\0\0\0\3\0\1\0\0\0", 13);
    build_id3_text(&build, &version_4, "TPE1", "The Ferrymen");

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_TITLE]);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_AUTHOR], "The Ferrymen");
    media_tags_dispose(&tags);
}

static void frames_of_three_letters_are_known_in_later_versions(void **state)
{
    struct build build;
    struct media_tags tags;
    size_t at = begin(&build, &version_3);

    (void)state;
    build_add(&build, "TT2\0\0\0\0\6\0\0\0Title", 16);
    build_add(&build,
              "TCP \0\0\0\2\0\0\0"
              "1",
              12);
    build_id3_text(&build, &version_3, "TPE1", "The Ferrymen");

    tags = end(&build, at);

    assert_null(tags.damage);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "Title");
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_AUTHOR], "The Ferrymen");
    media_tags_dispose(&tags);
}

static void values_are_one_line(void **state)
{
    (void)state;
    assert_title("\0One\r\n\ttwo", 10, "One two");
    assert_title("\0\nOne two\x1B\n", 11, "One two");
    assert_title("\3One\x7F\xC2\x85two\xC2\xA0", 12, "One two\xC2\xA0");
    assert_title("\0\r\n", 3, "(none)");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attribute_is_read_in_each_version_and_encoding),
        cmocka_unit_test(the_content_tells_the_format),
        cmocka_unit_test(a_missing_file_is_the_disks_failure),
        cmocka_unit_test(private_frames_win_over_texts_of_the_same_name),
        cmocka_unit_test(a_track_of_several_is_the_track),
        cmocka_unit_test(latin_1_and_broken_utf_8_become_utf_8),
        cmocka_unit_test(an_empty_text_needs_no_order_of_bytes),
        cmocka_unit_test(frames_that_cannot_be_read_are_skipped),
        cmocka_unit_test(identifiers_and_classes_that_are_no_text_are_ignored),
        cmocka_unit_test(what_follows_the_first_nul_of_the_padding_is_ignored),
        cmocka_unit_test(text_without_its_order_of_bytes_is_little_endian_unless_plainly_not),
        cmocka_unit_test(an_odd_text_is_that_frames_affair),
        cmocka_unit_test(a_private_frame_without_an_end_of_its_name_says_nothing),
        cmocka_unit_test(a_frame_that_is_shorter_than_its_flags_need_says_nothing),
        cmocka_unit_test(frames_of_three_letters_are_known_in_later_versions),
        cmocka_unit_test(values_are_one_line),
    };

    return run_tests("tags in MP3", tests);
}
