/* SPDX-License-Identifier: MIT */
#include "store/media/media_text.h"

#include <assert.h>
#include <string.h>

#include "base/id.h"
#include "store/media/media.h"

#define REPLACEMENT  0xFFFDu
#define SEQUENCE_MAX 4

static size_t unit_size(enum media_encoding encoding)
{
    return encoding == MEDIA_UTF16LE || encoding == MEDIA_UTF16BE ? 2 : 1;
}

void media_text_take(struct media_bytes *bytes, enum media_encoding encoding,
                     struct media_bytes *text_out)
{
    static const uint8_t nul[2];
    size_t unit = unit_size(encoding);
    size_t length = 0;

    while (bytes->left - length >= unit && memcmp(bytes->next + length, nul, unit) != 0)
        length += unit;
    (void)media_bytes_take(bytes, length, text_out);
    if (bytes->left > 0 && bytes->left < unit && bytes->next[0] != 0)
        text_out->left = 0;
    (void)media_bytes_skip(bytes, bytes->left < unit ? bytes->left : unit);
}

static size_t put_sequence(uint32_t character, char sequence[SEQUENCE_MAX])
{
    static const struct {
        uint32_t end;
        unsigned char first;
    } shapes[] = { { 0x80, 0x00 }, { 0x800, 0xC0 }, { 0x10000, 0xE0 }, { 0x110000, 0xF0 } };
    size_t more = 0;

    assert(character < 0x110000);
    while (character >= shapes[more].end)
        more++;
    for (size_t i = more; i > 0; i--) {
        sequence[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    sequence[0] = (char)(shapes[more].first | character);
    return more + 1;
}

static bool take_unit(struct media_bytes *source, enum media_encoding encoding, uint64_t *out)
{
    return encoding == MEDIA_UTF16BE ? media_bytes_big(source, 2, out)
                                     : media_bytes_little(source, unit_size(encoding), out);
}

static bool is_high(uint64_t unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(uint64_t unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* One surrogate makes no character, two in order do. */
static uint32_t take_character(struct media_bytes *source, enum media_encoding encoding)
{
    struct media_bytes after;
    uint64_t unit = REPLACEMENT;
    uint64_t low = 0;

    if (!take_unit(source, encoding, &unit))
        (void)media_bytes_skip(source, source->left);
    if (is_low(unit))
        return REPLACEMENT;
    if (!is_high(unit))
        return (uint32_t)unit;
    after = *source;
    if (!take_unit(&after, encoding, &low) || !is_low(low))
        return REPLACEMENT;
    *source = after;
    return 0x10000 + ((uint32_t)(unit - 0xD800) << 10 | (uint32_t)(low - 0xDC00));
}

/* The next one as it is, when it is one. */
static size_t take_sequence(struct media_bytes *source, char sequence[SEQUENCE_MAX])
{
    char window[SEQUENCE_MAX + 1] = "";
    size_t size = source->left < SEQUENCE_MAX ? source->left : SEQUENCE_MAX;
    size_t length;

    memcpy(window, source->next, size);
    length = text_sequence_length(window);
    (void)media_bytes_skip(source, length == 0 ? 1 : length);
    if (length == 0)
        return put_sequence(REPLACEMENT, sequence);
    memcpy(sequence, window, length);
    return length;
}

xbits_result media_text_decode(const struct media_bytes *source, enum media_encoding encoding,
                               struct text *target)
{
    struct media_bytes rest = *source;
    size_t room = MEDIA_VALUE_MAXIMUM;

    while (rest.left > 0) {
        char sequence[SEQUENCE_MAX];
        size_t length = encoding == MEDIA_UTF8
                            ? take_sequence(&rest, sequence)
                            : put_sequence(take_character(&rest, encoding), sequence);

        if (length > room)
            return XBITS_S_OK;
        TRY(text_append(target, sequence, length));
        room -= length;
    }
    return XBITS_S_OK;
}

/* U+0000 to U+001F, U+007F to U+009F. */
size_t media_text_control_length(const char *string)
{
    const unsigned char *bytes = (const unsigned char *)string;

    if (bytes[0] < ' ' || bytes[0] == 0x7F)
        return 1;
    return bytes[0] == 0xC2 && bytes[1] < 0xA0 ? 2 : 0;
}

void media_text_make_line(struct text *text)
{
    size_t from = 0;
    size_t to = 0;
    bool is_gap = false;

    while (from < text->length) {
        size_t control_length = media_text_control_length(text->data + from);

        from += control_length;
        if (control_length > 0) {
            is_gap = to > 0;
            continue;
        }
        if (is_gap)
            text->data[to++] = ' ';
        is_gap = false;
        text->data[to++] = text->data[from++];
    }
    if (to < text->length)
        text->data[to] = '\0';
    text->length = to;
}

xbits_result media_text_add_guid(struct text *target, const struct media_bytes *guid)
{
    struct media_bytes rest = *guid;
    struct xbits_id id = { 0 };
    char form[XBITS_ID_TEXT_SIZE];
    uint64_t parts[3] = { 0 };

    if (guid->left != ID_BYTES)
        return XBITS_S_OK;
    (void)media_bytes_little(&rest, 4, &parts[0]);
    (void)media_bytes_little(&rest, 2, &parts[1]);
    (void)media_bytes_little(&rest, 2, &parts[2]);
    id.data1 = (uint32_t)parts[0];
    id.data2 = (uint16_t)parts[1];
    id.data3 = (uint16_t)parts[2];
    memcpy(id.data4, rest.next, sizeof(id.data4));
    xbits_id_format(&id, form);
    return text_append(target, form + 1, strlen(form) - 2);
}

/* Well-formed UTF-8 only. */
static uint32_t character_at(const char *string, size_t length)
{
    static const unsigned char masks[SEQUENCE_MAX + 1] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    uint32_t character = (unsigned char)string[0] & masks[length];

    for (size_t i = 1; i < length; i++)
        character = character << 6 | ((unsigned char)string[i] & 0x3F);
    return character;
}

xbits_result media_text_add_utf16(struct text *target, const char *string)
{
    assert(text_is_utf8(string));
    while (*string != '\0') {
        size_t length = text_sequence_length(string);
        uint32_t character = character_at(string, length);

        if (character >= 0x10000) {
            character -= 0x10000;
            TRY(media_bytes_add_little(target, 0xD800 + (character >> 10), 2));
            character = 0xDC00 + (character & 0x3FF);
        }
        TRY(media_bytes_add_little(target, character, 2));
        string += length;
    }
    return media_bytes_add_little(target, 0, 2);
}
