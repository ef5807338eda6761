/* SPDX-License-Identifier: MIT */
#include "store/library/song_path.h"

#include <string.h>

#define SEGMENT_UNITS   100
#define SEGMENT_BYTES   200
#define TRACK_DIGITS    5
#define REPLACEMENT     0xFFFD
#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

struct range {
    uint32_t first, last;
};

/* What no file system, no terminal and no reader should meet in a name. */
static const struct range dropped[] = {
    { 0x00, 0x1F },     { '"', '"' },       { '*', '*' },       { '/', '/' },
    { ':', ':' },       { '<', '<' },       { '>', '?' },       { '\\', '\\' },
    { '|', '|' },       { 0x7F, 0x9F },     { 0x061C, 0x061C }, { 0x200E, 0x200F },
    { 0x2028, 0x202E }, { 0x2066, 0x2069 }, { 0xFDD0, 0xFDEF }, { 0xFEFF, 0xFEFF },
};

static const struct range blanks[] = {
    { ' ', ' ' },       { 0xA0, 0xA0 },     { 0x1680, 0x1680 }, { 0x2000, 0x200A },
    { 0x202F, 0x202F }, { 0x205F, 0x205F }, { 0x3000, 0x3000 },
};

/* Names that mean something to Windows or to the library, in any case. An underscore behind the
 * stem, or behind it all, makes another one of them. */
enum match { MATCH_STEM, MATCH_PORT, MATCH_BEGINNING, MATCH_END };
static const struct taken_name {
    enum match match;
    const char *text;
} taken_names[] = {
    { MATCH_STEM, "con" },         { MATCH_STEM, "prn" },    { MATCH_STEM, "aux" },
    { MATCH_STEM, "nul" },         { MATCH_STEM, "conin$" }, { MATCH_STEM, "conout$" },
    { MATCH_PORT, "com" },         { MATCH_PORT, "lpt" },    { MATCH_BEGINNING, "library.db" },
    { MATCH_BEGINNING, ".xbits" }, { MATCH_END, ".part" },
};

static const char *const extensions[] = { ".wma", ".wmv", ".mp3", ".asf" };

/* A segment in the making: only the body gives way. The rest is ASCII. */
struct segment {
    struct text before;
    struct text body;
    struct text after;
};

static bool is_in(uint32_t character, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    }
    return false;
}

static bool is_blank(uint32_t character)
{
    return is_in(character, blanks, COUNT_OF(blanks));
}

/* The last two of each plane are noncharacters. */
static bool is_dropped(uint32_t character)
{
    return (character & 0xFFFE) == 0xFFFE || is_in(character, dropped, COUNT_OF(dropped));
}

/* The character of a sequence that text_sequence_length has measured. */
static uint32_t decode(const char *sequence, size_t length)
{
    static const unsigned char first_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    uint32_t character = (unsigned char)sequence[0] & first_bits[length];

    for (size_t i = 1; i < length; i++)
        character = character << 6 | ((unsigned char)sequence[i] & 0x3F);
    return character;
}

static void shorten(struct text *text, size_t length)
{
    if (length < text->length) {
        text->length = length;
        text->data[length] = '\0';
    }
}

/* Where the last character begins. */
static size_t last_place(const struct text *text)
{
    size_t place = text->length - 1;

    while (place > 0 && ((unsigned char)text->data[place] & 0xC0) == 0x80)
        place--;
    return place;
}

/* Windows would drop blanks and dots from the end of a name by itself, and find another one. */
static void strip_end(struct text *text)
{
    while (text->length > 0) {
        size_t place = last_place(text);
        uint32_t character = decode(text->data + place, text->length - place);

        if (character != '.' && !is_blank(character))
            return;
        shorten(text, place);
    }
}

/* Of a run of blanks the first stays; none does at the beginning. */
static xbits_result add_clean(struct text *text, const char *raw)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    bool is_behind_blank = true;
    size_t length;

    for (; *raw != '\0'; raw += length > 0 ? length : 1) {
        uint32_t character;

        length = text_sequence_length(raw);
        character = length > 0 ? decode(raw, length) : REPLACEMENT;
        if (is_dropped(character) || (is_behind_blank && is_blank(character)))
            continue;
        is_behind_blank = is_blank(character);
        TRY(length > 0 ? text_append(text, raw, length) : text_add(text, replacement));
    }
    strip_end(text);
    return XBITS_S_OK;
}

/* Leaves whole characters, and so whole pairs of surrogates. */
static void cut(struct text *text, size_t units, size_t bytes)
{
    size_t place = 0;

    while (place < text->length) {
        size_t length = text_sequence_length(text->data + place);
        size_t width = length == 4 ? 2 : 1;

        if (width > units || place + length > bytes)
            break;
        units -= width;
        place += length;
    }
    shorten(text, place);
    strip_end(text);
}

/* Makes room for the rest of the segment and so many characters of ASCII more. */
static void fit(struct segment *segment, size_t more)
{
    size_t others = segment->before.length + segment->after.length + more;

    cut(&segment->body, SEGMENT_UNITS - others, SEGMENT_BYTES - others);
}

/* Windows overlooks blanks before the dot. */
static size_t stem_length(const char *name)
{
    size_t length = strcspn(name, ".");

    while (length > 0 && name[length - 1] == ' ')
        length--;
    return length;
}

/* COM1, and also COM with the digit of Latin-1 that is raised. */
static bool is_port_number(const char *text, size_t length)
{
    static const char raised[] = "\xC2\xB9\xC2\xB2\xC2\xB3";

    if (length == 1)
        return text[0] >= '0' && text[0] <= '9';
    for (size_t i = 0; length == 2 && raised[i] != '\0'; i += 2) {
        if (memcmp(text, raised + i, 2) == 0)
            return true;
    }
    return false;
}

static bool matches(const struct taken_name *taken, const char *name)
{
    size_t length = strlen(taken->text);
    bool begins = text_starts_with_ignoring_case(name, taken->text);

    switch (taken->match) {
    case MATCH_STEM:
        return begins && stem_length(name) == length;
    case MATCH_PORT:
        return begins && is_port_number(name + length, stem_length(name) - length);
    case MATCH_BEGINNING:
        return begins;
    case MATCH_END:
        return strlen(name) >= length &&
               text_equal_ignoring_case(name + strlen(name) - length, taken->text);
    }
    return false;
}

static const struct taken_name *find_taken(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(taken_names); i++) {
        if (matches(&taken_names[i], name))
            return &taken_names[i];
    }
    return NULL;
}

static xbits_result compose(const struct segment *segment, struct text *name)
{
    TRY(text_add(name, text_c(&segment->before)));
    TRY(text_add(name, text_c(&segment->body)));
    return text_add(name, text_c(&segment->after));
}

static xbits_result insert_underscore(struct text *text, size_t place)
{
    struct text longer = { 0 };
    xbits_result result = text_append(&longer, text->data, place);

    if (XBITS_SUCCEEDED(result))
        result = text_add(&longer, "_");
    if (XBITS_SUCCEEDED(result))
        result = text_add(&longer, text->data + place);
    if (XBITS_FAILED(result)) {
        text_dispose(&longer);
        return result;
    }
    text_dispose(text);
    *text = longer;
    return XBITS_S_OK;
}

/* A taken name has nothing before its body, and its stem ends in the body. */
static xbits_result compose_free(struct segment *segment, struct text *name)
{
    const struct taken_name *taken;

    TRY(compose(segment, name));
    while ((taken = find_taken(text_c(name))) != NULL) {
        fit(segment, 1);
        TRY(insert_underscore(&segment->body, taken->match == MATCH_END
                                                  ? segment->body.length
                                                  : stem_length(segment->body.data)));
        text_clear(name);
        TRY(compose(segment, name));
    }
    return XBITS_S_OK;
}

/* The first of the texts of which something is left; of the last there always is. */
static xbits_result choose_body(struct segment *segment, const char *const texts[])
{
    for (size_t i = 0; segment->body.length == 0; i++) {
        TRY(add_clean(&segment->body, texts[i]));
        fit(segment, 0);
    }
    return XBITS_S_OK;
}

/* "7/12" is the seventh of twelve. */
static xbits_result add_track(struct segment *segment, const char *track)
{
    char digits[TRACK_DIGITS + 1];
    size_t length = strcspn(track, "/");
    uint64_t number;

    if (length > TRACK_DIGITS)
        return XBITS_S_OK;
    memcpy(digits, track, length);
    digits[length] = '\0';
    if (!text_parse_u64(digits, UINT32_MAX, &number) || number == 0)
        return XBITS_S_OK;
    return text_format(&segment->before, "%02u ", (unsigned)number);
}

static const char *known(const char *text)
{
    return text != NULL ? text : "";
}

static const char *without_directories(const char *path)
{
    const char *name = path;

    for (; *path != '\0'; path++) {
        if (*path == '/' || *path == '\\')
            name = path + 1;
    }
    return name;
}

static bool is_extension(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(extensions); i++) {
        if (text_equal_ignoring_case(text, extensions[i]))
            return true;
    }
    return false;
}

static xbits_result make_file(const struct song_name *song, struct segment *segment)
{
    const char *file_name = without_directories(known(song->file_name));
    const char *dot = strrchr(file_name, '.');
    struct text stem = { 0 };
    const char *texts[3] = { known(song->title), "", "Unknown Title" };
    xbits_result result;

    TRY(add_track(segment, known(song->track_number)));
    if (dot != NULL && is_extension(dot))
        TRY(text_add(&segment->after, dot));
    result =
        text_append(&stem, file_name, dot != NULL ? (size_t)(dot - file_name) : strlen(file_name));
    texts[1] = text_c(&stem);
    if (XBITS_SUCCEEDED(result))
        result = choose_body(segment, texts);
    text_dispose(&stem);
    return result;
}

static xbits_result make_directory(struct segment *segment, const char *name, const char *otherwise)
{
    const char *texts[] = { known(name), otherwise };

    return choose_body(segment, texts);
}

static xbits_result make_part(const struct song_name *song, enum song_part part, unsigned copy,
                              struct segment *segment)
{
    if (copy > 1)
        TRY(text_format(&segment->after, " (%u)", copy));
    switch (part) {
    case SONG_PART_ARTIST:
        return make_directory(segment, song->artist, "Unknown Artist");
    case SONG_PART_ALBUM:
        return make_directory(segment, song->album, "Unknown Album");
    case SONG_PART_FILE:
        break;
    }
    return make_file(song, segment);
}

xbits_result song_path_segment(const struct song_name *name, enum song_part part, unsigned copy,
                               struct text *segment_out)
{
    struct segment segment = { 0 };
    struct text whole = { 0 };
    xbits_result result = make_part(name, part, copy, &segment);

    if (XBITS_SUCCEEDED(result))
        result = compose_free(&segment, &whole);
    if (XBITS_SUCCEEDED(result))
        result = text_add(segment_out, text_c(&whole));
    text_dispose(&whole);
    text_dispose(&segment.after);
    text_dispose(&segment.body);
    text_dispose(&segment.before);
    return result;
}

xbits_result song_path(const struct song_name *name, unsigned copy, struct text *path_out)
{
    struct text path = { 0 };
    xbits_result result = song_path_segment(name, SONG_PART_ARTIST, 1, &path);

    if (XBITS_SUCCEEDED(result))
        result = text_add(&path, "/");
    if (XBITS_SUCCEEDED(result))
        result = song_path_segment(name, SONG_PART_ALBUM, 1, &path);
    if (XBITS_SUCCEEDED(result))
        result = text_add(&path, "/");
    if (XBITS_SUCCEEDED(result))
        result = song_path_segment(name, SONG_PART_FILE, copy, &path);
    if (XBITS_SUCCEEDED(result))
        result = text_add(path_out, text_c(&path));
    text_dispose(&path);
    return result;
}
