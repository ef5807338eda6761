/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <assert.h>
#include <string.h>

#define CONTINUATIONS_AT_MOST 3

/* The well-formed sequences, one row for each shape (Unicode, table 3-7): the second byte's range
 * keeps out overlong forms, surrogates and what lies beyond U+10FFFF. */
static const struct shape {
    unsigned char first_low, first_high;
    unsigned char second_low, second_high;
    size_t length;
} shapes[] = {
    { 0x00, 0x7F, 0x00, 0x00, 1 }, { 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 },
    { 0xE1, 0xEC, 0x80, 0xBF, 3 }, { 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
    { 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 }, { 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static bool has_shape(const unsigned char *bytes, const struct shape *shape)
{
    if (bytes[0] < shape->first_low || bytes[0] > shape->first_high)
        return false;
    if (shape->length == 1)
        return true;
    if (bytes[1] < shape->second_low || bytes[1] > shape->second_high)
        return false;
    /* The NUL is no continuation, so this never reads past the end. */
    for (size_t i = 2; i < shape->length; i++) {
        if (!is_continuation(bytes[i]))
            return false;
    }
    return true;
}

size_t text_sequence_length(const char *string)
{
    const unsigned char *bytes = (const unsigned char *)string;

    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        if (has_shape(bytes, &shapes[i]))
            return shapes[i].length;
    }
    return 0;
}

bool text_is_utf8(const char *string)
{
    while (*string != '\0') {
        size_t length = text_sequence_length(string);

        if (length == 0)
            return false;
        string += length;
    }
    return true;
}

size_t text_utf16_length(const char *string)
{
    size_t units = 0;

    assert(text_is_utf8(string));
    /* Each sequence is one unit, but one of four bytes is a pair of surrogates. */
    for (const unsigned char *byte = (const unsigned char *)string; *byte != '\0'; byte++) {
        if (!is_continuation(*byte))
            units += *byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

char *text_copy_into(char *target, size_t size, const char *string)
{
    size_t length = strlen(string);

    assert(size > 0);
    if (length >= size) {
        length = size - 1;
        for (int i = 0; i < CONTINUATIONS_AT_MOST && length > 0; i++) {
            if (!is_continuation((unsigned char)string[length]))
                break;
            length--;
        }
    }
    memcpy(target, string, length);
    target[length] = '\0';
    return target;
}

/* U+0000 to U+001F, U+007F to U+009F: some of them steer terminals. */
static bool is_control(const unsigned char *bytes, size_t length)
{
    if (length == 1)
        return bytes[0] < ' ' || bytes[0] == 0x7F;
    return length == 2 && bytes[0] == 0xC2 && bytes[1] < 0xA0;
}

char *text_make_printable(char *string)
{
    unsigned char *bytes = (unsigned char *)string;

    while (*bytes != '\0') {
        size_t length = text_sequence_length((const char *)bytes);

        if (length == 0 || is_control(bytes, length)) {
            length = length == 0 ? 1 : length;
            memset(bytes, '?', length);
        }
        bytes += length;
    }
    return string;
}
