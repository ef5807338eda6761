/* SPDX-License-Identifier: MIT */
#ifndef MEDIA_BUILD_H
#define MEDIA_BUILD_H

#include "base/text.h"
#include "store/media/media.h"

/*
 * Media files, made byte by byte for tests, and a disk in memory to put them on. What goes wrong
 * here fails the test.
 */

/* A length in a file. */
enum build_order { BUILD_LITTLE, BUILD_BIG, BUILD_SYNCHSAFE };
struct build_field {
    size_t at;
    size_t width;
    enum build_order order;
    bool is_border; /* Another value moves bytes from one text to the next. */
};

#define BUILD_FIELDS 96
struct build {
    struct text bytes;
    struct build_field fields[BUILD_FIELDS];
    size_t field_count;
    size_t front_size; /* The media is behind it. */
};
void build_dispose(struct build *build);

void build_add(struct build *build, const void *bytes, size_t size);
void build_number(struct build *build, enum build_order order, size_t width, uint64_t value);
/* As build_number, and remembers the field. Returns where it is. */
size_t build_length(struct build *build, enum build_order order, size_t width, uint64_t value);
void build_set(struct text *bytes, const struct build_field *field, uint64_t value);
uint64_t build_get(const struct text *bytes, const struct build_field *field);

/* Media of so many bytes, which begin as an MPEG frame does; the end of the front. */
void build_media(struct build *build, size_t size);

/* The texts of all attributes; NULL leaves one out. */
extern const char *const build_values[XBITS_ATTRIBUTE_COUNT];

/* ASF: objects are begun and ended; the header first and last. */
size_t build_object(struct build *build, const char *guid);
void build_end_object(struct build *build, size_t at);
#define BUILD_ASF_HEADER   "\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
#define BUILD_ASF_CONTENT  "\x33\x26\xB2\x75\x8E\x66\xCF\x11\xA6\xD9\x00\xAA\x00\x62\xCE\x6C"
#define BUILD_ASF_EXTENDED "\x40\xA4\xD0\xD2\x07\xE3\xD2\x11\x97\xF0\x00\xA0\xC9\x5E\xA8\x50"
#define BUILD_ASF_FILE     "\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65"
#define BUILD_ASF_STREAM   "\x91\x07\xDC\xB7\xB7\xA9\xCF\x11\x8E\xE6\x00\xC0\x0C\x20\x53\x65"
#define BUILD_ASF_OTHER    "\xB5\x03\xBF\x5F\x2E\xA9\xCF\x11\x8E\xE3\x00\xC0\x0C\x20\x53\x65"
#define BUILD_ASF_AUDIO    "\x40\x9E\x69\xF8\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B"
#define BUILD_ASF_VIDEO    "\xC0\xEF\x19\xBC\x4D\x5B\xCF\x11\xA8\xFD\x00\x80\x5F\x5C\x44\x2B"
size_t build_asf_header(struct build *build, uint64_t objects);
void build_asf_file_properties(struct build *build, uint64_t play_ms, uint64_t preroll_ms);
void build_asf_stream(struct build *build, const char *type_guid);
void build_asf_content(struct build *build, const char *title, const char *author);
void build_asf_descriptor(struct build *build, const char *name, unsigned type, const void *value,
                          size_t size);
void build_asf_string(struct build *build, const char *name, const char *value);
/* A whole file with the values and some media. */
void build_asf(struct build *build, const char *const values[XBITS_ATTRIBUTE_COUNT]);

/* ID3: how a tag is written. */
struct build_id3 {
    unsigned version;
    unsigned encoding;
    bool is_unsynchronised;
    bool has_extended_header;
    bool has_footer;
    size_t padding;
};
size_t build_id3_header(struct build *build, const struct build_id3 *how, unsigned flags);
void build_id3_end(struct build *build, size_t at);
void build_id3_frame(struct build *build, unsigned version, const char *id, const void *data,
                     size_t size);
void build_id3_text(struct build *build, const struct build_id3 *how, const char *id,
                    const char *value);
void build_id3_private(struct build *build, unsigned version, const char *owner, const char *value);
void build_id3_user_text(struct build *build, const struct build_id3 *how, const char *description,
                         const char *value);
void build_id3(struct build *build, const struct build_id3 *how,
               const char *const values[XBITS_ATTRIBUTE_COUNT]);

/* The ways to write a whole file. */
struct build_way {
    const char *name;
    enum media_format format;
    struct build_id3 id3; /* For MP3. */
};
#define BUILD_WAYS 14
extern const struct build_way build_ways[BUILD_WAYS];
void build_file(struct build *build, const struct build_way *way,
                const char *const values[XBITS_ATTRIBUTE_COUNT]);

/* Text as UTF-16LE with its NUL, without. */
void build_utf16(struct text *target, const char *ascii);
void build_utf16_bare(struct text *target, const char *ascii);

/* Files in memory. */
#define BUILD_PATH "/music/song.mp3"
struct disk *build_disk(void);
void build_store(struct disk *disk, const char *path, const struct text *bytes);
void build_load(struct disk *disk, const char *path, struct text *bytes);
void build_assert_file(struct disk *disk, const char *path, const struct text *bytes);
size_t build_file_count(struct disk *disk);

/* Reads bytes as a file; dispose the tags. */
struct media_tags build_read(const struct text *bytes);
void build_assert_values(const struct media_tags *tags,
                         const char *const values[XBITS_ATTRIBUTE_COUNT]);
/* Damaged, and the damage contains the text. */
void build_assert_damage(const struct text *bytes, const char *part);

#endif
