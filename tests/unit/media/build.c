/* SPDX-License-Identifier: MIT */
#include "unit/media/build.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

/* UserRating is in no file. */
const char *const build_values[XBITS_ATTRIBUTE_COUNT] = {
    [XBITS_ATTRIBUTE_TITLE] = "Lanterns",
    [XBITS_ATTRIBUTE_AUTHOR] = "The Ferrymen",
    [XBITS_ATTRIBUTE_ALBUM_ARTIST] = "Various Ferrymen",
    [XBITS_ATTRIBUTE_ALBUM_TITLE] = "Low Water",
    [XBITS_ATTRIBUTE_TRACK_NUMBER] = "3",
    [XBITS_ATTRIBUTE_GENRE] = "Folk",
    [XBITS_ATTRIBUTE_DURATION] = "215",
    [XBITS_ATTRIBUTE_PROVIDER] = "HarborTunes",
    [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HarborTunes Shop",
    [XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER] = "HT-000017",
    [XBITS_ATTRIBUTE_MEDIA_CLASS] = "D1607DBC-E323-4BE2-86A1-48A42A28441E",
};

#define MUSIC_CLASS "\xBC\x7D\x60\xD1\x23\xE3\xE2\x4B\x86\xA1\x48\xA4\x2A\x28\x44\x1E"

const struct build_way build_ways[BUILD_WAYS] = {
    { "ASF", MEDIA_ASF, { 0 } },
    { "ID3v2.2 Latin-1", MEDIA_MP3, { .version = 2, .encoding = 0, .padding = 10 } },
    { "ID3v2.2 UTF-16", MEDIA_MP3, { .version = 2, .encoding = 1 } },
    { "ID3v2.2 unsynchronised", MEDIA_MP3, { 2, 1, true, false, false, 20 } },
    { "ID3v2.3 Latin-1", MEDIA_MP3, { .version = 3, .encoding = 0, .padding = 300 } },
    { "ID3v2.3 UTF-16", MEDIA_MP3, { .version = 3, .encoding = 1 } },
    { "ID3v2.3 unsynchronised", MEDIA_MP3, { 3, 1, true, false, false, 20 } },
    { "ID3v2.3 extended", MEDIA_MP3, { 3, 1, false, true, false, 20 } },
    { "ID3v2.4 Latin-1", MEDIA_MP3, { .version = 4, .encoding = 0, .padding = 200 } },
    { "ID3v2.4 UTF-16", MEDIA_MP3, { .version = 4, .encoding = 1, .padding = 5 } },
    { "ID3v2.4 UTF-16BE", MEDIA_MP3, { .version = 4, .encoding = 2 } },
    { "ID3v2.4 UTF-8", MEDIA_MP3, { .version = 4, .encoding = 3 } },
    { "ID3v2.4 unsynchronised", MEDIA_MP3, { 4, 1, true, false, false, 20 } },
    { "ID3v2.4 extended with a footer", MEDIA_MP3, { 4, 3, false, true, true, 0 } },
};

void build_dispose(struct build *build)
{
    text_dispose(&build->bytes);
    *build = (struct build){ 0 };
}

void build_add(struct build *build, const void *bytes, size_t size)
{
    assert_ok(text_append(&build->bytes, bytes, size));
}

static uint64_t shift_of(const struct build_field *field, size_t i)
{
    switch (field->order) {
    case BUILD_LITTLE:
        return 8 * i;
    case BUILD_BIG:
        return 8 * (field->width - 1 - i);
    case BUILD_SYNCHSAFE:
        return 7 * (field->width - 1 - i);
    }
    return 0;
}

void build_set(struct text *bytes, const struct build_field *field, uint64_t value)
{
    unsigned mask = field->order == BUILD_SYNCHSAFE ? 0x7F : 0xFF;

    for (size_t i = 0; i < field->width; i++)
        bytes->data[field->at + i] = (char)(value >> shift_of(field, i) & mask);
}

uint64_t build_get(const struct text *bytes, const struct build_field *field)
{
    uint64_t value = 0;

    for (size_t i = 0; i < field->width; i++)
        value |= (uint64_t)(unsigned char)bytes->data[field->at + i] << shift_of(field, i);
    return value;
}

void build_number(struct build *build, enum build_order order, size_t width, uint64_t value)
{
    static const char zeros[8];
    struct build_field field = { .at = build->bytes.length, .width = width, .order = order };

    build_add(build, zeros, width);
    build_set(&build->bytes, &field, value);
}

size_t build_length(struct build *build, enum build_order order, size_t width, uint64_t value)
{
    struct build_field field = { .at = build->bytes.length, .width = width, .order = order };

    assert_true(build->field_count < BUILD_FIELDS);
    build->fields[build->field_count++] = field;
    build_number(build, order, width, value);
    return field.at;
}

void build_media(struct build *build, size_t size)
{
    static const char head[] = { '\xFF', '\xFB', '\x90', 0 };

    build->front_size = build->bytes.length;
    for (size_t i = 0; i < size; i++) {
        char byte = i < sizeof(head) ? head[i] : (char)(i * 31 + i / 251);

        build_add(build, &byte, 1);
    }
}

void build_utf16_bare(struct text *target, const char *ascii)
{
    for (; *ascii != '\0'; ascii++) {
        assert_ok(text_append(target, ascii, 1));
        assert_ok(text_append(target, "", 1));
    }
}

void build_utf16(struct text *target, const char *ascii)
{
    build_utf16_bare(target, ascii);
    assert_ok(text_append(target, "\0", 2));
}

struct disk *build_disk(void)
{
    struct disk *disk = disk_power_new(test_seed());

    assert_ok(disk_make_directory(disk, "/music"));
    return disk;
}

void build_store(struct disk *disk, const char *path, const struct text *bytes)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(disk, path, DISK_CREATE_NEW, &file));
    assert_ok(disk_write_at(disk, file, 0, text_c(bytes), bytes->length));
    assert_ok(disk_sync(disk, file));
    assert_ok(disk_close(disk, file));
    assert_ok(disk_sync_directory(disk, "/music"));
}

void build_load(struct disk *disk, const char *path, struct text *bytes)
{
    struct disk_file *file = NULL;
    char piece[4096];
    size_t got = sizeof(piece);

    text_clear(bytes);
    assert_ok(disk_open(disk, path, DISK_OPEN_READ, &file));
    while (got == sizeof(piece)) {
        assert_ok(disk_read_at(disk, file, bytes->length, piece, sizeof(piece), &got));
        assert_ok(text_append(bytes, piece, got));
    }
    assert_ok(disk_close(disk, file));
}

/* disk_power_visit */
static void count_file(void *user, const char *path)
{
    (void)path;
    ++*(size_t *)user;
}

void build_assert_file(struct disk *disk, const char *path, const struct text *bytes)
{
    struct text now = { 0 };

    build_load(disk, path, &now);
    assert_int_equal(now.length, bytes->length);
    if (bytes->length > 0)
        assert_memory_equal(now.data, bytes->data, bytes->length);
    text_dispose(&now);
}

size_t build_file_count(struct disk *disk)
{
    size_t count = 0;

    disk_power_visit_files(disk, count_file, &count);
    return count;
}

struct media_tags build_read(const struct text *bytes)
{
    struct disk *disk = build_disk();
    struct media_tags tags = { 0 };

    build_store(disk, BUILD_PATH, bytes);
    assert_ok(media_read(disk, BUILD_PATH, &tags));
    disk_power_free(disk);
    return tags;
}

void build_assert_values(const struct media_tags *tags,
                         const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    if (tags->damage != NULL)
        print_message("damage: %s\n", tags->damage);
    assert_null(tags->damage);
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        const char *got = tags->values[i] == NULL ? "(none)" : tags->values[i];

        assert_string_equal(got, values[i] == NULL ? "(none)" : values[i]);
    }
}

void build_assert_damage(const struct text *bytes, const char *part)
{
    static const char *const none[XBITS_ATTRIBUTE_COUNT];
    struct media_tags tags = build_read(bytes);

    assert_non_null(tags.damage);
    if (strstr(tags.damage, part) == NULL)
        print_message("damage: %s\n", tags.damage);
    assert_non_null(strstr(tags.damage, part));
    assert_false(tags.is_video);
    free(tags.damage);
    tags.damage = NULL;
    build_assert_values(&tags, none);
    media_tags_dispose(&tags);
}

void build_file(struct build *build, const struct build_way *way,
                const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    if (way->format == MEDIA_ASF)
        build_asf(build, values);
    else
        build_id3(build, &way->id3, values);
}

size_t build_object(struct build *build, const char *guid)
{
    size_t at = build->bytes.length;

    build_add(build, guid, 16);
    build_length(build, BUILD_LITTLE, 8, 0);
    return at;
}

void build_end_object(struct build *build, size_t at)
{
    struct build_field field = { at + 16, 8, BUILD_LITTLE, false };

    build_set(&build->bytes, &field, build->bytes.length - at);
}

size_t build_asf_header(struct build *build, uint64_t objects)
{
    size_t at = build_object(build, BUILD_ASF_HEADER);

    build_length(build, BUILD_LITTLE, 4, objects);
    build_number(build, BUILD_LITTLE, 2, 0x0201);
    return at;
}

void build_asf_file_properties(struct build *build, uint64_t play_ms, uint64_t preroll_ms)
{
    size_t at = build_object(build, BUILD_ASF_FILE);

    build_add(build, BUILD_ASF_OTHER, 16); /* The file's own id. */
    build_number(build, BUILD_LITTLE, 8, 4711);
    build_number(build, BUILD_LITTLE, 8, 0);
    build_number(build, BUILD_LITTLE, 8, 1);
    build_number(build, BUILD_LITTLE, 8, play_ms * 10000);
    build_number(build, BUILD_LITTLE, 8, play_ms * 10000);
    build_number(build, BUILD_LITTLE, 8, preroll_ms);
    for (int i = 0; i < 4; i++)
        build_number(build, BUILD_LITTLE, 4, i == 0 ? 2 : 3200);
    build_end_object(build, at);
}

void build_asf_stream(struct build *build, const char *type_guid)
{
    size_t at = build_object(build, BUILD_ASF_STREAM);

    build_add(build, type_guid, 16);
    for (int i = 0; i < 38; i++)
        build_number(build, BUILD_LITTLE, 1, 0);
    build_end_object(build, at);
}

void build_asf_content(struct build *build, const char *title, const char *author)
{
    const char *const texts[5] = { title, author, "Copyright 2004", NULL, NULL };
    size_t at = build_object(build, BUILD_ASF_CONTENT);
    struct text bytes = { 0 };

    for (int i = 0; i < 5; i++) {
        size_t before = bytes.length;

        if (texts[i] != NULL)
            build_utf16(&bytes, texts[i]);
        build_length(build, BUILD_LITTLE, 2, bytes.length - before);
        build->fields[build->field_count - 1].is_border = true;
    }
    build_add(build, text_c(&bytes), bytes.length);
    build_end_object(build, at);
    text_dispose(&bytes);
}

void build_asf_descriptor(struct build *build, const char *name, unsigned type, const void *value,
                          size_t size)
{
    struct text bytes = { 0 };

    build_utf16(&bytes, name);
    build_length(build, BUILD_LITTLE, 2, bytes.length);
    build_add(build, text_c(&bytes), bytes.length);
    build_number(build, BUILD_LITTLE, 2, type);
    build_length(build, BUILD_LITTLE, 2, size);
    build_add(build, value, size);
    text_dispose(&bytes);
}

void build_asf_string(struct build *build, const char *name, const char *value)
{
    struct text bytes = { 0 };

    build_utf16(&bytes, value);
    build_asf_descriptor(build, name, 0, text_c(&bytes), bytes.length);
    text_dispose(&bytes);
}

/* What is not in the Content Description or the File Properties. */
static bool has_descriptor(int attribute, const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    return values[attribute] != NULL && attribute != XBITS_ATTRIBUTE_TITLE &&
           attribute != XBITS_ATTRIBUTE_AUTHOR && attribute != XBITS_ATTRIBUTE_DURATION;
}

static void build_asf_extended(struct build *build, const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    size_t at = build_object(build, BUILD_ASF_EXTENDED);
    size_t count = 2;

    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        count += has_descriptor(i, values);
    build_length(build, BUILD_LITTLE, 2, count);
    build_asf_descriptor(build, "IsVBR", 2, "\1\0\0\0", 4);
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (has_descriptor(i, values))
            build_asf_string(build, xbits_attribute_name((enum xbits_attribute)i), values[i]);
    }
    build_asf_string(build, "WM/Mood", "Calm");
    build_end_object(build, at);
}

void build_asf(struct build *build, const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    size_t header = build_asf_header(build, 5);
    size_t other;

    build_asf_file_properties(build, 218500, 3000);
    other = build_object(build, BUILD_ASF_OTHER);
    build_add(build, "kept as it is", 13);
    build_end_object(build, other);
    build_asf_content(build, values[XBITS_ATTRIBUTE_TITLE], values[XBITS_ATTRIBUTE_AUTHOR]);
    build_asf_extended(build, values);
    build_asf_stream(build, BUILD_ASF_AUDIO);
    build_end_object(build, header);
    build_media(build, 400);
}

size_t build_id3_header(struct build *build, const struct build_id3 *how, unsigned flags)
{
    size_t at = build->bytes.length;

    build_add(build, "ID3", 3);
    build_number(build, BUILD_LITTLE, 1, how->version);
    build_number(build, BUILD_LITTLE, 1, 0);
    build_number(build, BUILD_LITTLE, 1, flags);
    build_length(build, BUILD_SYNCHSAFE, 4, 0);
    return at;
}

void build_id3_end(struct build *build, size_t at)
{
    struct build_field field = { at + 6, 4, BUILD_SYNCHSAFE, false };

    build_set(&build->bytes, &field, build->bytes.length - at - 10);
}

void build_id3_frame(struct build *build, unsigned version, const char *id, const void *data,
                     size_t size)
{
    build_add(build, id, strlen(id));
    build_length(build, version == 4 ? BUILD_SYNCHSAFE : BUILD_BIG, version == 2 ? 3 : 4, size);
    if (version > 2)
        build_number(build, BUILD_BIG, 2, 0);
    build_add(build, data, size);
}

/* ASCII in an encoding, without its end. */
static void encode(struct text *target, unsigned encoding, const char *value)
{
    if (encoding == 1)
        assert_ok(text_append(target, "\xFF\xFE", 2));
    if (encoding == 1)
        build_utf16_bare(target, value);
    for (; encoding == 2 && *value != '\0'; value++) {
        assert_ok(text_append(target, "", 1));
        assert_ok(text_append(target, value, 1));
    }
    if (encoding == 0 || encoding == 3)
        assert_ok(text_add(target, value));
}

void build_id3_text(struct build *build, const struct build_id3 *how, const char *id,
                    const char *value)
{
    struct text data = { 0 };
    char encoding = (char)how->encoding;

    assert_ok(text_append(&data, &encoding, 1));
    encode(&data, how->encoding, value);
    build_id3_frame(build, how->version, id, text_c(&data), data.length);
    text_dispose(&data);
}

void build_id3_user_text(struct build *build, const struct build_id3 *how, const char *description,
                         const char *value)
{
    struct text data = { 0 };
    char encoding = (char)how->encoding;
    size_t unit = how->encoding == 1 || how->encoding == 2 ? 2 : 1;

    assert_ok(text_append(&data, &encoding, 1));
    encode(&data, how->encoding, description);
    assert_ok(text_append(&data, "\0", unit));
    encode(&data, how->encoding, value);
    build_id3_frame(build, how->version, how->version == 2 ? "TXX" : "TXXX", text_c(&data),
                    data.length);
    text_dispose(&data);
}

void build_id3_private(struct build *build, unsigned version, const char *owner, const char *value)
{
    struct text data = { 0 };

    assert_ok(text_append(&data, owner, strlen(owner) + 1));
    build_utf16(&data, value);
    build_id3_frame(build, version, "PRIV", text_c(&data), data.length);
    text_dispose(&data);
}

static void build_id3_identifier(struct build *build, unsigned version, const char *value)
{
    struct text data = { 0 };

    assert_ok(text_append(&data, "harbortunes.example", 20));
    assert_ok(text_add(&data, value));
    build_id3_frame(build, version, version == 2 ? "UFI" : "UFID", text_c(&data), data.length);
    text_dispose(&data);
}

/* Those without a frame of their own. */
static void build_id3_named(struct build *build, const struct build_id3 *how, int attribute,
                            const char *value)
{
    const char *name = xbits_attribute_name((enum xbits_attribute)attribute);

    if (how->version == 2)
        build_id3_user_text(build, how, name, value);
    else if (attribute == XBITS_ATTRIBUTE_MEDIA_CLASS)
        build_id3_frame(build, how->version, "PRIV", "WM/MediaClassPrimaryID\0" MUSIC_CLASS, 39);
    else
        build_id3_private(build, how->version, name, value);
}

static void build_id3_frames(struct build *build, const struct build_id3 *how,
                             const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    static const char *const ids[XBITS_ATTRIBUTE_COUNT][2] = {
        [XBITS_ATTRIBUTE_TITLE] = { "TT2", "TIT2" },
        [XBITS_ATTRIBUTE_AUTHOR] = { "TP1", "TPE1" },
        [XBITS_ATTRIBUTE_ALBUM_ARTIST] = { "TP2", "TPE2" },
        [XBITS_ATTRIBUTE_ALBUM_TITLE] = { "TAL", "TALB" },
        [XBITS_ATTRIBUTE_TRACK_NUMBER] = { "TRK", "TRCK" },
        [XBITS_ATTRIBUTE_GENRE] = { "TCO", "TCON" },
        [XBITS_ATTRIBUTE_DURATION] = { "TLE", "TLEN" },
    };

    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (values[i] == NULL)
            continue;
        if (i == XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER)
            build_id3_identifier(build, how->version, values[i]);
        else if (ids[i][0] == NULL)
            build_id3_named(build, how, i, values[i]);
        else
            build_id3_text(build, how, ids[i][how->version > 2],
                           i == XBITS_ATTRIBUTE_DURATION ? "215500" : values[i]);
    }
    build_id3_frame(build, how->version, how->version == 2 ? "PIC" : "APIC",
                    "\0\xFF\xE0\xFF\0x\xFF", 7);
}

/* Puts a NUL behind each 0xFF that looks like a sync, or has one behind it. */
static void unsynchronise(const struct text *plain, size_t from, struct text *target)
{
    for (size_t i = from; i < plain->length; i++) {
        const unsigned char *byte = (const unsigned char *)plain->data + i;
        bool is_last = i + 1 == plain->length;

        assert_ok(text_append(target, plain->data + i, 1));
        if (byte[0] == 0xFF && (is_last || byte[1] == 0 || byte[1] >= 0xE0))
            assert_ok(text_append(target, "", 1));
    }
}

/* In version 4 each frame by itself; the lengths of the others are not remembered any more. */
static void unsynchronise_frames(struct build *build, size_t from, unsigned version)
{
    struct build old = *build;
    struct text area = { 0 };
    size_t frame = from;

    build->bytes = (struct text){ 0 };
    build->field_count = 1;
    build_add(build, old.bytes.data, from);
    while (version == 4 && frame < old.bytes.length) {
        struct build_field field = { frame + 4, 4, BUILD_SYNCHSAFE, false };
        size_t end = frame + 10 + (size_t)build_get(&old.bytes, &field);
        struct text whole = { old.bytes.data, end, 0 };

        text_clear(&area);
        unsynchronise(&whole, frame + 10, &area);
        build_add(build, old.bytes.data + frame, 4);
        build_length(build, BUILD_SYNCHSAFE, 4, area.length);
        build_number(build, BUILD_BIG, 2, 2);
        build_add(build, text_c(&area), area.length);
        frame = end;
    }
    if (version < 4) {
        unsynchronise(&old.bytes, from, &area);
        build_add(build, text_c(&area), area.length);
    }
    text_dispose(&area);
    text_dispose(&old.bytes);
}

static void build_id3_extended_header(struct build *build, unsigned version)
{
    if (version == 3) {
        build_length(build, BUILD_BIG, 4, 6);
        build_add(build, "\0\0\0\0\0\0", 6);
    } else {
        build_length(build, BUILD_SYNCHSAFE, 4, 6);
        build_add(build, "\1\0", 2);
    }
}

void build_id3(struct build *build, const struct build_id3 *how,
               const char *const values[XBITS_ATTRIBUTE_COUNT])
{
    unsigned flags = (how->is_unsynchronised ? 0x80u : 0) | (how->has_extended_header ? 0x40u : 0) |
                     (how->has_footer ? 0x10u : 0);
    size_t at = build_id3_header(build, how, flags);

    if (how->has_extended_header)
        build_id3_extended_header(build, how->version);
    build_id3_frames(build, how, values);
    if (how->is_unsynchronised)
        unsynchronise_frames(build, at + 10, how->version);
    for (size_t i = 0; i < how->padding; i++)
        build_number(build, BUILD_LITTLE, 1, 0);
    build_id3_end(build, at);
    if (how->has_footer) {
        char footer[10] = "3DI";

        memcpy(footer + 3, build->bytes.data + at + 3, 7);
        build_add(build, footer, sizeof(footer));
    }
    build_media(build, 400);
}
