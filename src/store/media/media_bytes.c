/* SPDX-License-Identifier: MIT */
#include "store/media/media_bytes.h"

#include <assert.h>

#define WIDTH_MAXIMUM 8

bool media_bytes_take(struct media_bytes *bytes, size_t size, struct media_bytes *part_out)
{
    struct media_bytes part = { bytes->next, size, bytes->place };

    if (!media_bytes_skip(bytes, size))
        return false;
    *part_out = part;
    return true;
}

bool media_bytes_skip(struct media_bytes *bytes, size_t size)
{
    if (size > bytes->left)
        return false;
    if (size > 0)
        bytes->next += size;
    bytes->left -= size;
    bytes->place += size;
    return true;
}

bool media_bytes_little(struct media_bytes *bytes, size_t width, uint64_t *out)
{
    struct media_bytes part;
    uint64_t value = 0;

    assert(width <= WIDTH_MAXIMUM);
    if (!media_bytes_take(bytes, width, &part))
        return false;
    for (size_t i = width; i > 0; i--)
        value = value << 8 | part.next[i - 1];
    *out = value;
    return true;
}

bool media_bytes_big(struct media_bytes *bytes, size_t width, uint64_t *out)
{
    struct media_bytes part;
    uint64_t value = 0;

    assert(width <= WIDTH_MAXIMUM);
    if (!media_bytes_take(bytes, width, &part))
        return false;
    for (size_t i = 0; i < width; i++)
        value = value << 8 | part.next[i];
    *out = value;
    return true;
}

xbits_result media_bytes_add(struct text *target, const struct media_bytes *bytes)
{
    return text_append(target, (const char *)bytes->next, bytes->left);
}

xbits_result media_bytes_add_little(struct text *target, uint64_t value, size_t width)
{
    static const char zeros[WIDTH_MAXIMUM];
    size_t at = target->length;

    assert(width <= WIDTH_MAXIMUM);
    TRY(text_append(target, zeros, width));
    media_bytes_set_little(target, at, value, width);
    return XBITS_S_OK;
}

xbits_result media_bytes_add_big(struct text *target, uint64_t value, size_t width)
{
    char bytes[WIDTH_MAXIMUM];

    assert(width <= WIDTH_MAXIMUM);
    for (size_t i = 0; i < width; i++)
        bytes[i] = (char)(value >> 8 * (width - 1 - i) & 0xFF);
    return text_append(target, bytes, width);
}

xbits_result media_bytes_add_zeros(struct text *target, size_t count)
{
    static const char zeros[256];

    while (count > 0) {
        size_t part = count < sizeof(zeros) ? count : sizeof(zeros);

        TRY(text_append(target, zeros, part));
        count -= part;
    }
    return XBITS_S_OK;
}

void media_bytes_set_little(struct text *target, size_t at, uint64_t value, size_t width)
{
    assert(at + width <= target->length);
    for (size_t i = 0; i < width; i++)
        target->data[at + i] = (char)(value >> 8 * i & 0xFF);
}
