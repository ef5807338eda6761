/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/media/build.h"

/* Either what was written, or nothing and a reason that says where; values NULL: or something else.
 * Returns: it was damaged. */
static bool check_sound(const struct text *bytes, const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    struct media_tags tags = build_read(bytes);
    bool is_damaged = tags.damage != NULL;

    if (is_damaged)
        assert_non_null(strstr(tags.damage, "byte "));
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (tags.values[i] != NULL) {
            assert_false(is_damaged);
            assert_true(text_is_utf8(tags.values[i]));
        }
        if (tags.values[i] != NULL && values != NULL) {
            assert_non_null(values[i]);
            assert_string_equal(tags.values[i], values[i]);
        }
    }
    media_tags_dispose(&tags);
    return is_damaged;
}

static uint64_t largest(const struct build_field *field)
{
    unsigned bits = (field->order == BUILD_SYNCHSAFE ? 7 : 8) * (unsigned)field->width;

    return bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

/* Sets a length to each wrong value. Returns how many of them were damage. */
static unsigned break_length(const struct build *build, const struct build_field *field)
{
    uint64_t right = build_get(&build->bytes, field);
    const uint64_t wrong[] = {
        0, 1, right - 1, right + 1, right + 2, largest(field), largest(field) / 2
    };
    unsigned damaged = 0;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct text bytes = { 0 };

        assert_ok(text_append(&bytes, build->bytes.data, build->bytes.length));
        build_set(&bytes, field, wrong[i]);
        damaged += check_sound(&bytes, field->is_border ? NULL : build_values);
        text_dispose(&bytes);
    }
    return damaged;
}

static void every_length_may_be_wrong(void **state)
{
    unsigned damaged = 0;
    unsigned lengths = 0;

    (void)state;
    for (size_t way = 0; way < BUILD_WAYS; way++) {
        struct build build = { 0 };

        build_file(&build, &build_ways[way], build_values);
        for (size_t i = 0; i < build.field_count; i++)
            damaged += break_length(&build, &build.fields[i]);
        lengths += (unsigned)build.field_count;
        build_dispose(&build);
    }
    print_message("%u lengths, %u damages\n", lengths, damaged);
    assert_true(damaged > 3 * lengths);
}

static void a_file_may_end_anywhere(void **state)
{
    (void)state;
    for (size_t way = 0; way < BUILD_WAYS; way++) {
        struct build build = { 0 };

        build_file(&build, &build_ways[way], build_values);
        for (size_t size = 0; size < build.bytes.length; size++) {
            struct text part = { build.bytes.data, size, 0 };
            bool has_tag = size >= 16 || (build_ways[way].format == MEDIA_MP3 && size >= 3);

            assert_int_equal(check_sound(&part, build_values), has_tag && size < build.front_size);
        }
        build_dispose(&build);
    }
}

/* Each byte of a front, in some ways: whatever comes, it is UTF-8 and of the right length. */
static void any_byte_may_be_wrong(void **state)
{
    (void)state;
    for (size_t way = 0; way < BUILD_WAYS; way++) {
        struct build build = { 0 };

        build_file(&build, &build_ways[way], build_values);
        for (size_t at = 0; at < build.front_size; at++) {
            char kept = build.bytes.data[at];
            struct media_tags tags;

            build.bytes.data[at] = (char)(kept ^ (1 << at % 8));
            tags = build_read(&build.bytes);
            for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
                assert_true(tags.values[i] == NULL || tags.damage == NULL);
                assert_true(tags.values[i] == NULL || text_is_utf8(tags.values[i]));
            }
            media_tags_dispose(&tags);
            build.bytes.data[at] = kept;
        }
        build_dispose(&build);
    }
}

static void damaged_id3_says_what_and_where(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *damage;
    } rows[] = {
        { "ID3\3\0\0", 6, "byte 6: the file ends in its ID3 header" },
        { "ID3\5\0\0\0\0\0\0", 10, "byte 3: nobody knows ID3v2.5.0" },
        { "ID3\1\0\0\0\0\0\0", 10, "byte 3: nobody knows ID3v2.1.0" },
        { "ID3\3\xFF\0\0\0\0\0", 10, "byte 3: nobody knows ID3v2.3.255" },
        { "ID3\3\0\x10\0\0\0\0", 10, "byte 5: ID3v2.3 has no flags 0x10" },
        { "ID3\2\0\x40\0\0\0\0", 10, "byte 5: the ID3 tag is compressed" },
        { "ID3\3\0\0\0\0\x80\0", 10, "byte 6: a byte of the ID3 tag's size has its high bit set" },
        { "ID3\3\0\0\0\0\0\1", 10, "byte 10: the file ends in its tag, which has 11 bytes" },
        { "ID3\3\0\0\x10\0\0\0", 10, "byte 0: the tag has 33554442 bytes" },
        { "ID3\4\0\x10\0\0\0\0"
          "XDI\4\0\x10\0\0\0\0",
          20, "byte 10: there is no ID3 footer" },
        { "ID3\3\0\x40\0\0\0\4\0\0\0\5", 14, "byte 10: the size of the extended ID3 header" },
        { "ID3\4\0\x40\0\0\0\6\0\0\0\5\1\0", 16, "byte 10: the size of the extended ID3 header" },
        { "ID3\4\0\0\0\0\0\13TIT2\0\0\0\x80\0\0A", 21, "byte 10: a byte of the size of TIT2" },
        { "ID3\3\0\0\0\0\0\13TIT2\0\0\0\2\0\0A", 21,
          "byte 10: TIT2 says it has 2 bytes, of which the tag has 1" },
        { "ID3\3\0\0\0\0\0\13tit2\0\0\0\1\0\0A", 21, "byte 10: this is no ID3 frame" },
        { "ID3\3\0\0\0\0\0\4TIT2", 14, "byte 10: this is no ID3 frame" },
        { "ID3\3\0\0\0\0\0\13TI\0"
          "2\0\0\0\1\0\0A",
          21, "byte 10: this is no ID3 frame" },
        /* The second frame is at byte 21 without, at 22 with its unsynchronisation. */
        { "ID3\3\0\x80\0\0\0\20TXXY\0\0\0\1\0\0\xFF\0tit2", 26, "byte 22: this is no ID3 frame" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct text bytes = { 0 };

        assert_ok(text_append(&bytes, rows[i].bytes, rows[i].size));
        build_assert_damage(&bytes, rows[i].damage);
        text_dispose(&bytes);
    }
}

/* One object in a header; the sizes can be made wrong. */
static void assert_asf_damage(const char *guid, const char *body, size_t size, const char *damage)
{
    struct build build = { 0 };
    size_t header = build_asf_header(&build, 1);
    size_t object = build_object(&build, guid);

    build_add(&build, body, size);
    build_end_object(&build, object);
    build_end_object(&build, header);
    build_assert_damage(&build.bytes, damage);
    build_dispose(&build);
}

static void damaged_asf_says_what_and_where(void **state)
{
    static const struct {
        const char *guid;
        const char *body;
        size_t size;
        const char *damage;
    } rows[] = {
        { BUILD_ASF_CONTENT, "\0\0\0\0\0\0\0\0", 8, "byte 54: the Content Description is too" },
        { BUILD_ASF_CONTENT, "\0\0\2\0\0\0\0\0\0\0A", 11, "byte 56: a text reaches beyond" },
        { BUILD_ASF_EXTENDED, "\0", 1, "byte 54: there is no count" },
        { BUILD_ASF_EXTENDED, "\1\0\0", 3, "byte 56: an ASF descriptor has a name that reaches" },
        { BUILD_ASF_EXTENDED, "\1\0\1\0", 4, "byte 56: an ASF descriptor has a name that reaches" },
        { BUILD_ASF_EXTENDED, "\1\0\2\0A\0", 6, "byte 60: an ASF descriptor has no type" },
        { BUILD_ASF_EXTENDED, "\1\0\2\0A\0\0\0\4\0", 10,
          "byte 62: an ASF descriptor has a value that reaches" },
        { BUILD_ASF_FILE, "short", 5, "byte 54: the File Properties have 5 bytes" },
        { BUILD_ASF_STREAM, "short", 5, "byte 54: the Stream Properties have no type" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_asf_damage(rows[i].guid, rows[i].body, rows[i].size, rows[i].damage);
}

static void a_damaged_asf_header_says_what_and_where(void **state)
{
    static const struct {
        struct build_field field;
        uint64_t value;
        const char *damage;
    } rows[] = {
        { { 16, 8, BUILD_LITTLE, false }, 29, "byte 16: the ASF header says it has 29 bytes" },
        { { 16, 8, BUILD_LITTLE, false },
          UINT64_MAX,
          "byte 0: the tag has 18446744073709551615 bytes" },
        { { 16, 8, BUILD_LITTLE, false },
          4096,
          "byte 54: the file ends in its tag, which has 4096" },
        { { 16, 8, BUILD_LITTLE, false }, 53, "byte 30: there is no room for an ASF object" },
        { { 46, 8, BUILD_LITTLE, false }, 23, "byte 46: an ASF object says it has 23 bytes" },
        { { 46, 8, BUILD_LITTLE, false }, 25, "byte 46: an ASF object says it has 25 bytes" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct build build = { 0 };
        size_t header = build_asf_header(&build, 1);

        build_end_object(&build, build_object(&build, BUILD_ASF_OTHER));
        build_end_object(&build, header);
        build_set(&build.bytes, &rows[i].field, rows[i].value);
        build_assert_damage(&build.bytes, rows[i].damage);
        build_dispose(&build);
    }
}

/* Many small frames with their unsynchronisation undone take no time that grows with its square. */
static void a_large_tag_is_read_in_one_pass(void **state)
{
    static const struct build_id3 how = { .version = 2 };
    struct build build = { 0 };
    size_t at = build_id3_header(&build, &how, 0x80);
    struct media_tags tags;

    (void)state;
    for (int i = 0; i < 400000; i++)
        build_add(&build, "ZZZ\0\0\1\xFF\0", 8);
    build_add(&build, "TT2\0\0\6\0Title", 12);
    build_id3_end(&build, at);

    tags = build_read(&build.bytes);

    assert_null(tags.damage);
    assert_string_equal(tags.values[XBITS_ATTRIBUTE_TITLE], "Title");
    media_tags_dispose(&tags);
    build_dispose(&build);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_may_be_wrong),
        cmocka_unit_test(a_file_may_end_anywhere),
        cmocka_unit_test(any_byte_may_be_wrong),
        cmocka_unit_test(damaged_id3_says_what_and_where),
        cmocka_unit_test(damaged_asf_says_what_and_where),
        cmocka_unit_test(a_damaged_asf_header_says_what_and_where),
        cmocka_unit_test(a_large_tag_is_read_in_one_pass),
    };

    return run_tests("damaged tags", tests);
}
