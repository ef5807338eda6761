/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"
#include "unit/media/build.h"

#define DISTRIBUTOR "Gr\xC3\xBCne Quelle \xF0\x9F\x8E\xB5"
#define MEDIA_SIZE  70000 /* Copied in more than one piece. */

/* Values with another distributor, which may be NULL. */
struct expected {
    const char *values[XBITS_ATTRIBUTE_COUNT];
};

static struct expected with_distributor(const char *distributor)
{
    struct expected expected;

    memcpy(expected.values, build_values, sizeof(expected.values));
    expected.values[XBITS_ATTRIBUTE_DISTRIBUTOR] = distributor;
    return expected;
}

static void assert_tags(struct disk *disk, const char *path, const struct expected *expected)
{
    struct media_tags tags = { 0 };

    assert_ok(media_read(disk, path, &tags));
    build_assert_values(&tags, expected->values);
    media_tags_dispose(&tags);
}

static void assert_ends_with(const struct text *bytes, const char *end, size_t size)
{
    assert_true(bytes->length >= size);
    assert_memory_equal(bytes->data + bytes->length - size, end, size);
}

/* From an old distributor, which may be NULL, to the new one, and once more. */
static void write_and_check(const struct build_way *way, const char *old)
{
    struct expected before = with_distributor(old);
    struct expected after = with_distributor(DISTRIBUTOR);
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text once = { 0 };

    build_file(&build, way, before.values);
    build_store(disk, BUILD_PATH, &build.bytes);
    assert_tags(disk, BUILD_PATH, &before);

    assert_ok(media_write_distributor(disk, BUILD_PATH, DISTRIBUTOR));

    assert_tags(disk, BUILD_PATH, &after);
    assert_int_equal(build_file_count(disk), 1);
    build_load(disk, BUILD_PATH, &once);
    assert_ends_with(&once, build.bytes.data + build.front_size, 400);
    assert_ok(media_write_distributor(disk, BUILD_PATH, DISTRIBUTOR));
    build_assert_file(disk, BUILD_PATH, &once);
    text_dispose(&once);
    build_dispose(&build);
    disk_power_free(disk);
}

static void what_is_written_is_read_and_the_rest_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILD_WAYS; i++) {
        print_message("%s\n", build_ways[i].name);
        write_and_check(&build_ways[i], NULL);
        write_and_check(&build_ways[i], "HarborTunes Shop");
        write_and_check(&build_ways[i], "A distributor with a much longer name than the other one");
    }
}

static void the_sizes_in_an_asf_header_follow(void **state)
{
    static const struct build_field header_size = { 16, 8, BUILD_LITTLE, false };
    static const struct build_field count = { 24, 4, BUILD_LITTLE, false };
    static const struct build_field file_size = { 30 + 40, 8, BUILD_LITTLE, false };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text now = { 0 };

    (void)state;
    build_asf(&build, with_distributor(NULL).values);
    build_store(disk, "/music/song.wma", &build.bytes);

    assert_ok(media_write_distributor(disk, "/music/song.wma", "HarborTunes"));

    build_load(disk, "/music/song.wma", &now);
    assert_int_equal(build_get(&now, &file_size), now.length);
    assert_int_equal(build_get(&now, &header_size), now.length - 400);
    assert_int_equal(build_get(&now, &count), 5);
    /* Up to the Extended Content Description all is as it was, but for these two sizes. */
    build_set(&now, &header_size, build_get(&build.bytes, &header_size));
    build_set(&now, &file_size, build_get(&build.bytes, &file_size));
    assert_memory_equal(now.data, build.bytes.data, 30 + 104 + 37);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

static void an_asf_header_without_descriptors_gets_some(void **state)
{
    static const struct build_field count = { 24, 4, BUILD_LITTLE, false };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    size_t header = build_asf_header(&build, 1);
    struct text now = { 0 };
    struct media_tags tags = { 0 };

    (void)state;
    build_asf_stream(&build, BUILD_ASF_VIDEO);
    build_end_object(&build, header);
    build_media(&build, 100);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HarborTunes"));

    assert_ok(media_read(disk, BUILD_PATH, &tags));
    assert_null(tags.damage);
    assert_true(tags.is_video);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    build_load(disk, BUILD_PATH, &now);
    assert_int_equal(build_get(&now, &count), 2);
    media_tags_dispose(&tags);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

/* The bytes as Windows writes them. */
static void a_bare_mp3_gets_a_tag_in_front(void **state)
{
    static const char tag[] = "ID3\3\0\0\0\0\0\46"
                              "PRIV\0\0\0\34\0\0"
                              "WM/ContentDistributor\0H\0T\0\0\0\0";
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text now = { 0 };

    (void)state;
    build_media(&build, MEDIA_SIZE);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HT"));

    build_load(disk, BUILD_PATH, &now);
    assert_int_equal(now.length, MEDIA_SIZE + 48);
    assert_memory_equal(now.data, tag, 48);
    assert_ends_with(&now, build.bytes.data, MEDIA_SIZE);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

static void padding_is_used_before_a_file_grows(void **state)
{
    static const struct build_way way = { "", MEDIA_MP3, { .version = 3, .padding = 200 } };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text now = { 0 };

    (void)state;
    build_file(&build, &way, with_distributor(NULL).values);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HarborTunes"));

    build_load(disk, BUILD_PATH, &now);
    assert_int_equal(now.length, build.bytes.length);
    assert_memory_equal(now.data, build.bytes.data, build.front_size - 200);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

static void older_texts_of_the_name_are_removed(void **state)
{
    static const struct build_id3 how = { .version = 3 };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text now = { 0 };
    size_t at = build_id3_header(&build, &how, 0);

    (void)state;
    build_id3_user_text(&build, &how, "WM/ContentDistributor", "Stale");
    build_id3_user_text(&build, &how, "Mood", "Calm");
    build_id3_private(&build, 3, "WM/ContentDistributor", "Stale");
    build_id3_private(&build, 3, "WM/ContentDistributor", "Stale");
    build_id3_end(&build, at);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HT"));

    build_load(disk, BUILD_PATH, &now);
    assert_memory_equal(now.data + 10, "TXXX\0\0\0\12\0\0\0Mood\0CalmPRIV\0\0\0\34\0\0WM/", 33);
    for (size_t i = 10 + 20 + 38; i < now.length; i++)
        assert_int_equal(now.data[i], 0);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

/* A wrong count is set right, and bytes in the way of what is added go behind it. */
static void an_untidy_asf_header_keeps_its_bytes(void **state)
{
    static const struct build_field count = { 24, 4, BUILD_LITTLE, false };
    static const struct build_field size = { 16, 8, BUILD_LITTLE, false };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    size_t header = build_asf_header(&build, 0);
    struct expected expected = { .values = { [XBITS_ATTRIBUTE_TITLE] = "Lanterns",
                                             [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HarborTunes" } };
    struct text now = { 0 };

    (void)state;
    build_asf_content(&build, "Lanterns", NULL);
    build_add(&build, "junk", 4);
    build_end_object(&build, header);
    build_media(&build, 100);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HarborTunes"));

    assert_tags(disk, BUILD_PATH, &expected);
    build_load(disk, BUILD_PATH, &now);
    assert_int_equal(build_get(&now, &count), 2);
    assert_int_equal(build_get(&now, &size), now.length - 100);
    assert_memory_equal(now.data + 30, build.bytes.data + 30, build.front_size - 30 - 4);
    assert_ends_with(&now, build.bytes.data + build.front_size - 4, 104);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

/* A text that cannot be read and an id of three letters are copied; what is behind the padding's
 * first NUL goes. */
static void odd_frames_are_copied_as_they_are(void **state)
{
    static const char frames[] = "TCP \0\0\0\2\0\0\0001"
                                 "TS2\0\0\0\0\2\0\0\0A"
                                 "TIT2\0\0\0\2\0\0\4A"
                                 "PRIV\0\0\0\1\0\0A";
    static const struct build_id3 how = { .version = 3 };
    struct expected expected = { .values = { [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HT" } };
    struct disk *disk = build_disk();
    struct build build = { 0 };
    struct text now = { 0 };
    size_t at = build_id3_header(&build, &how, 0);

    (void)state;
    build_add(&build, frames, sizeof(frames) - 1);
    build_add(&build, "\0junk behind the padding that is longer than what is added here", 62);
    build_id3_end(&build, at);
    build_media(&build, 100);
    build_store(disk, BUILD_PATH, &build.bytes);

    assert_ok(media_write_distributor(disk, BUILD_PATH, "HT"));

    assert_tags(disk, BUILD_PATH, &expected);
    build_load(disk, BUILD_PATH, &now);
    assert_int_equal(now.length, build.bytes.length);
    assert_memory_equal(now.data, build.bytes.data, 10 + sizeof(frames) - 1);
    for (size_t i = 10 + sizeof(frames) - 1 + 38; i < build.front_size; i++)
        assert_int_equal(now.data[i], 0);
    text_dispose(&now);
    build_dispose(&build);
    disk_power_free(disk);
}

/* The file stays as it is, and nothing is left beside it. */
static void assert_refused(const char *path, const struct text *bytes, const char *distributor,
                           xbits_result expected, const char *message)
{
    struct disk *disk = build_disk();

    build_store(disk, path, bytes);

    assert_fails(expected, media_write_distributor(disk, path, distributor));
    assert_message(message);

    build_assert_file(disk, path, bytes);
    assert_int_equal(build_file_count(disk), 1);
    disk_power_free(disk);
}

static void unknown_content_needs_the_name_of_an_mp3(void **state)
{
    struct disk *disk = build_disk();
    struct text bytes = { 0 };
    struct expected expected = { .values = { [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HT" } };

    (void)state;
    assert_ok(text_add(&bytes, "junk"));
    build_store(disk, "/music/junk.MP3", &bytes);
    assert_ok(media_write_distributor(disk, "/music/junk.MP3", "HT"));
    assert_tags(disk, "/music/junk.MP3", &expected);

    assert_refused("/music/junk.wma", &bytes, "HT", XBITS_E_INVALIDARG, "neither ASF nor MP3");
    text_dispose(&bytes);
    disk_power_free(disk);
}

static void damaged_files_are_not_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < BUILD_WAYS; i++) {
        struct build build = { 0 };

        build_file(&build, &build_ways[i], build_values);
        build.bytes.length = build.front_size - 1;
        assert_refused(BUILD_PATH, &build.bytes, "HT", XBITS_ERROR_INVALID_DATA,
                       "song.mp3 is damaged: byte");
        /* A length inside that is wrong. */
        build.bytes.length = build.front_size;
        build_set(&build.bytes, &build.fields[0], 13);
        assert_refused(BUILD_PATH, &build.bytes, "HT", XBITS_ERROR_INVALID_DATA,
                       "song.mp3 is damaged: byte");
        build_dispose(&build);
    }
}

static void a_distributor_is_a_short_text_without_controls(void **state)
{
    static const struct {
        const char *distributor;
        const char *message;
    } rows[] = {
        { NULL, "is NULL" },    { "", "is empty" },         { "a\nb", "control" },
        { "a\x7F", "control" }, { "a\xC2\x85", "control" }, { "a\xFF", "UTF-8" },
    };
    struct text bytes = { 0 };
    struct text name = { 0 };

    (void)state;
    assert_ok(text_add(&bytes, "junk"));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_refused(BUILD_PATH, &bytes, rows[i].distributor, XBITS_E_INVALIDARG,
                       rows[i].message);
    for (int i = 0; i < 128; i++)
        assert_ok(text_add(&name, "\xF0\x9F\x8E\xB5"));
    assert_ok(text_add(&name, "x"));
    assert_refused(BUILD_PATH, &bytes, text_c(&name), XBITS_E_INVALIDARG, "256 UTF-16 units");
    text_dispose(&bytes);
    text_dispose(&name);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_and_the_rest_stays),
        cmocka_unit_test(the_sizes_in_an_asf_header_follow),
        cmocka_unit_test(an_asf_header_without_descriptors_gets_some),
        cmocka_unit_test(a_bare_mp3_gets_a_tag_in_front),
        cmocka_unit_test(padding_is_used_before_a_file_grows),
        cmocka_unit_test(older_texts_of_the_name_are_removed),
        cmocka_unit_test(an_untidy_asf_header_keeps_its_bytes),
        cmocka_unit_test(odd_frames_are_copied_as_they_are),
        cmocka_unit_test(unknown_content_needs_the_name_of_an_mp3),
        cmocka_unit_test(damaged_files_are_not_written),
        cmocka_unit_test(a_distributor_is_a_short_text_without_controls),
    };

    return run_tests("writing tags", tests);
}
