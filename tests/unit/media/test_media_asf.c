/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/media/build.h"

/* A header with one Extended Content Description, ended by end_extended. */
struct extended {
    struct build build;
    size_t header;
    size_t object;
};

static void begin_extended(struct extended *extended, uint64_t count)
{
    memset(extended, 0, sizeof(*extended));
    extended->header = build_asf_header(&extended->build, 1);
    extended->object = build_object(&extended->build, BUILD_ASF_EXTENDED);
    build_length(&extended->build, BUILD_LITTLE, 2, count);
}

static struct media_tags end_extended(struct extended *extended)
{
    struct media_tags tags;

    build_end_object(&extended->build, extended->object);
    build_end_object(&extended->build, extended->header);
    tags = build_read(&extended->build.bytes);
    build_dispose(&extended->build);
    return tags;
}

static void each_attribute_is_read(void **state)
{
    struct build build = { 0 };
    struct media_tags tags;

    (void)state;
    build_asf(&build, build_values);

    tags = build_read(&build.bytes);

    assert_int_equal(tags.format, MEDIA_ASF);
    assert_false(tags.is_video);
    build_assert_values(&tags, build_values);
    media_tags_dispose(&tags);
    build_dispose(&build);
}

static void a_video_stream_makes_a_video(void **state)
{
    struct build build = { 0 };
    struct media_tags tags;
    size_t header = build_asf_header(&build, 2);

    (void)state;
    build_asf_stream(&build, BUILD_ASF_AUDIO);
    build_asf_stream(&build, BUILD_ASF_VIDEO);
    build_end_object(&build, header);

    tags = build_read(&build.bytes);

    assert_true(tags.is_video);
    assert_null(tags.damage);
    media_tags_dispose(&tags);
    build_dispose(&build);
}

static void numbers_become_text(void **state)
{
    static const struct {
        unsigned type;
        const char *bytes;
        size_t size;
        const char *expected;
    } rows[] = {
        { 2, "\1\0\0\0", 4, "1" },
        { 3, "\x39\x30\0\0", 4, "12345" },
        { 4, "\0\0\0\0\1\0\0\0", 8, "4294967296" },
        { 5, "\7\0", 2, "7" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct extended extended;
        struct media_tags tags;

        begin_extended(&extended, 1);
        build_asf_descriptor(&extended.build, "WM/TrackNumber", rows[i].type, rows[i].bytes,
                             rows[i].size);
        tags = end_extended(&extended);
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_TRACK_NUMBER], rows[i].expected);
        media_tags_dispose(&tags);
    }
}

static void a_track_of_several_is_the_track(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 1);
    build_asf_string(&extended.build, "WM/TrackNumber", "3/12");

    tags = end_extended(&extended);

    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TRACK_NUMBER], "3");
    media_tags_dispose(&tags);
}

static void an_id_of_sixteen_bytes_becomes_its_text(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 1);
    build_asf_descriptor(&extended.build, "WM/MediaClassPrimaryID", 1,
                         "\xBC\x7D\x60\xD1\x23\xE3\xE2\x4B\x86\xA1\x48\xA4\x2A\x28\x44\x1E", 16);

    tags = end_extended(&extended);

    assert_string_equal(tags.values[XBITS_ATTRIBUTE_MEDIA_CLASS],
                        "D1607DBC-E323-4BE2-86A1-48A42A28441E");
    media_tags_dispose(&tags);
}

static void bytes_that_mean_nothing_are_ignored(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 2);
    build_asf_descriptor(&extended.build, "WM/MediaClassPrimaryID", 1, "short", 5);
    build_asf_descriptor(&extended.build, "WM/Provider", 1, "blob", 4);

    tags = end_extended(&extended);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_MEDIA_CLASS]);
    assert_null(tags.values[XBITS_ATTRIBUTE_PROVIDER]);
    media_tags_dispose(&tags);
}

static void the_first_of_several_wins_and_empty_ones_do_not_count(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 3);
    build_asf_string(&extended.build, "WM/ContentDistributor", "");
    build_asf_string(&extended.build, "WM/ContentDistributor", "HarborTunes");
    build_asf_string(&extended.build, "WM/ContentDistributor", "Other");

    tags = end_extended(&extended);

    assert_string_equal(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    media_tags_dispose(&tags);
}

/* Names are exact: this is a store's key, not a word. */
static void a_name_in_another_case_is_another_name(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 1);
    build_asf_string(&extended.build, "wm/contentdistributor", "HarborTunes");

    tags = end_extended(&extended);

    assert_null(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR]);
    media_tags_dispose(&tags);
}

static void text_becomes_valid_utf8(void **state)
{
    static const struct {
        const char *units;
        size_t size;
        const char *expected;
    } rows[] = {
        { "\xE9\x00\x00\x00", 4, "\xC3\xA9" },
        { "\xAC\x20", 2, "\xE2\x82\xAC" }, /* No NUL at the end. */
        { "\x3C\xD8\xB5\xDF", 4, "\xF0\x9F\x8E\xB5" },
        { "\x3C\xD8\x41\x00", 4, "\xEF\xBF\xBD\x41" },
        { "\xB5\xDF\x41\x00", 4, "\xEF\xBF\xBD\x41" },
        { "\x41\x00\x3C\xD8", 4, "\x41\xEF\xBF\xBD" },
        { "\x41\x00\x00\x00\x42\x00", 6, "A" }, /* Ends at its NUL. */
        { "\xFF\xFF\x41\x00", 4, "\xEF\xBF\xBF\x41" },
        { "\x41\x00\x00", 3, "A" }, /* Half a NUL. */
        { "\x41\x00\x0D\x00\x0A\x00\x42\x00\x9B\x00", 10, "A B" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct extended extended;
        struct media_tags tags;

        begin_extended(&extended, 1);
        build_asf_descriptor(&extended.build, "WM/Genre", 0, rows[i].units, rows[i].size);
        tags = end_extended(&extended);
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_GENRE], rows[i].expected);
        media_tags_dispose(&tags);
    }
}

static void long_values_are_cut_at_a_character(void **state)
{
    struct extended extended;
    struct media_tags tags;
    struct text value = { 0 };

    (void)state;
    for (int i = 0; i < 3000; i++)
        assert_ok(text_append(&value, "\xAC\x20", 2));
    begin_extended(&extended, 1);
    build_asf_descriptor(&extended.build, "WM/Genre", 0, value.data, value.length);

    tags = end_extended(&extended);

    assert_int_equal(strlen(tags.values[XBITS_ATTRIBUTE_GENRE]), MEDIA_VALUE_MAXIMUM / 3 * 3);
    assert_true(text_is_utf8(tags.values[XBITS_ATTRIBUTE_GENRE]));
    media_tags_dispose(&tags);
    text_dispose(&value);
}

static void the_duration_is_without_preroll_and_not_told_of_a_broadcast(void **state)
{
    static const struct {
        uint64_t play_ms;
        uint64_t preroll_ms;
        unsigned flags;
        const char *expected;
    } rows[] = {
        { 215999, 0, 2, "215" },     { 218000, 3000, 2, "215" }, { 218000, 3000, 3, "(none)" },
        { 3000, 3000, 2, "(none)" }, { 3400, 3000, 0, "0" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct build build = { 0 };
        size_t header = build_asf_header(&build, 1);
        struct build_field flags = { 30 + 24 + 64, 4, BUILD_LITTLE, false };
        struct media_tags tags;
        const char *got;

        build_asf_file_properties(&build, rows[i].play_ms, rows[i].preroll_ms);
        build_end_object(&build, header);
        build_set(&build.bytes, &flags, rows[i].flags);
        tags = build_read(&build.bytes);
        got = tags.values[XBITS_ATTRIBUTE_DURATION];
        assert_string_equal(got == NULL ? "(none)" : got, rows[i].expected);
        media_tags_dispose(&tags);
        build_dispose(&build);
    }
}

static void every_attribute_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(xbits_attribute_name(XBITS_ATTRIBUTE_ALBUM_TITLE), "WM/AlbumTitle");
    assert_string_equal(xbits_attribute_name(XBITS_ATTRIBUTE_USER_RATING), "UserRating");
    assert_string_equal(xbits_attribute_name((enum xbits_attribute)XBITS_ATTRIBUTE_COUNT),
                        "unknown");
}

static void a_count_of_objects_may_be_wrong(void **state)
{
    (void)state;
    for (uint64_t count = 0; count < 5; count++) {
        struct build build = { 0 };
        struct media_tags tags;
        size_t header = build_asf_header(&build, count);

        build_asf_stream(&build, BUILD_ASF_VIDEO);
        build_asf_content(&build, "Lanterns", "The Ferrymen");
        build_end_object(&build, header);
        tags = build_read(&build.bytes);
        assert_null(tags.damage);
        assert_true(tags.is_video);
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "Lanterns");
        media_tags_dispose(&tags);
        build_dispose(&build);
    }
}

static void a_count_of_descriptors_may_be_too_high(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 3);
    build_asf_string(&extended.build, "WM/Genre", "Folk");

    tags = end_extended(&extended);

    assert_null(tags.damage);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_GENRE], "Folk");
    media_tags_dispose(&tags);
}

/* Bytes in each place where a few too many may be. */
static void build_trailing(struct build *build, const char *bytes, size_t size)
{
    size_t header = build_asf_header(build, 2);
    size_t object = build_object(build, BUILD_ASF_CONTENT);

    build_add(build, "\4\0\0\0\0\0\0\0\0\0L\0\0\0", 14);
    build_add(build, bytes, size);
    build_end_object(build, object);
    object = build_object(build, BUILD_ASF_EXTENDED);
    build_length(build, BUILD_LITTLE, 2, 1);
    build_asf_string(build, "WM/Genre", "Folk");
    build_add(build, bytes, size);
    build_end_object(build, object);
    build_add(build, bytes, size);
    build_end_object(build, header);
}

static void bytes_behind_the_last_of_all_are_ignored(void **state)
{
    static const char bytes[40] = "\1";

    (void)state;
    for (size_t size = 0; size <= sizeof(bytes); size++) {
        struct build build = { 0 };
        struct media_tags tags;

        build_trailing(&build, bytes, size);
        tags = build_read(&build.bytes);
        assert_null(tags.damage);
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "L");
        assert_string_equal(tags.values[XBITS_ATTRIBUTE_GENRE], "Folk");
        media_tags_dispose(&tags);
        build_dispose(&build);
    }
}

static void odd_descriptors_say_nothing_and_the_others_do(void **state)
{
    struct extended extended;
    struct media_tags tags;

    (void)state;
    begin_extended(&extended, 7);
    build_asf_descriptor(&extended.build, "WM/TrackNumber", 3, "\1\0", 2);
    build_asf_descriptor(&extended.build, "WM/TrackNumber", 5, "", 0);
    build_asf_descriptor(&extended.build, "WM/TrackNumber", 6, "\1\0\0\0", 4);
    build_asf_descriptor(&extended.build, "WM/TrackNumber", 0xFFFF, "\1\0\0\0", 4);
    build_asf_descriptor(&extended.build, "WM/Genre", 0, "F", 1);
    build_add(&extended.build, "\3\0A\0B\0\0\0\0", 9);
    build_asf_string(&extended.build, "WM/Genre", "Folk");

    tags = end_extended(&extended);

    assert_null(tags.damage);
    assert_null(tags.values[XBITS_ATTRIBUTE_TRACK_NUMBER]);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_GENRE], "Folk");
    media_tags_dispose(&tags);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attribute_is_read),
        cmocka_unit_test(a_video_stream_makes_a_video),
        cmocka_unit_test(numbers_become_text),
        cmocka_unit_test(a_track_of_several_is_the_track),
        cmocka_unit_test(an_id_of_sixteen_bytes_becomes_its_text),
        cmocka_unit_test(bytes_that_mean_nothing_are_ignored),
        cmocka_unit_test(the_first_of_several_wins_and_empty_ones_do_not_count),
        cmocka_unit_test(a_name_in_another_case_is_another_name),
        cmocka_unit_test(text_becomes_valid_utf8),
        cmocka_unit_test(long_values_are_cut_at_a_character),
        cmocka_unit_test(the_duration_is_without_preroll_and_not_told_of_a_broadcast),
        cmocka_unit_test(every_attribute_has_a_name),
        cmocka_unit_test(a_count_of_objects_may_be_wrong),
        cmocka_unit_test(a_count_of_descriptors_may_be_too_high),
        cmocka_unit_test(bytes_behind_the_last_of_all_are_ignored),
        cmocka_unit_test(odd_descriptors_say_nothing_and_the_others_do),
    };

    return run_tests("tags in ASF", tests);
}
