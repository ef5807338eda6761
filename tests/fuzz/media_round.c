/* SPDX-License-Identifier: MIT */
#include "fuzz/media_round.h"

#include "base/text.h"
#include "store/media/media_front.h"

#include <stdlib.h>
#include <string.h>

#define DISTRIBUTOR "Quelle \xC3\xBC\xF0\x9F\x8E\xB5"

/* What media_file_open does, from memory. */
static xbits_result load(const void *data, size_t size, struct media_front *front)
{
    size_t head_size = size < MEDIA_HEAD_SIZE ? size : MEDIA_HEAD_SIZE;
    size_t front_size = 0;

    front->format = media_front_format(data, head_size);
    front->file_size = size;
    TRY(media_front_measure(data, head_size, size, &front_size));
    FUZZ_CHECK(front_size <= size);
    front->bytes = front_size == 0 ? NULL : data;
    front->size = front_size;
    return XBITS_S_OK;
}

static bool is_one_line(const char *value)
{
    const unsigned char *byte = (const unsigned char *)value;

    for (; *byte != '\0'; byte++) {
        if (*byte < ' ' || *byte == 0x7F || (byte[0] == 0xC2 && byte[1] < 0xA0))
            return false;
    }
    return true;
}

static void check_tags(const struct media_tags *tags)
{
    FUZZ_CHECK(tags->damage == NULL || text_is_utf8(tags->damage));
    FUZZ_CHECK(tags->damage == NULL || strstr(tags->damage, "byte ") != NULL);
    FUZZ_CHECK(tags->damage == NULL || !tags->is_video);
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        const char *value = tags->values[i];

        FUZZ_CHECK(value == NULL || tags->damage == NULL);
        FUZZ_CHECK(value == NULL || (text_is_utf8(value) && is_one_line(value)));
        FUZZ_CHECK(value == NULL || (value[0] != '\0' && strlen(value) <= MEDIA_VALUE_MAXIMUM));
    }
}

static void read_front(const struct media_front *front, struct media_tags *tags)
{
    FUZZ_CHECK(XBITS_SUCCEEDED(media_front_read(front, tags)));
    check_tags(tags);
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_written(const struct text *file, size_t front_size,
                          const struct media_tags *before)
{
    struct media_front front = { 0 };
    struct media_tags after = { 0 };

    FUZZ_CHECK(XBITS_SUCCEEDED(load(file->data, file->length, &front)));
    FUZZ_CHECK(front.size == front_size);
    read_front(&front, &after);
    FUZZ_CHECK(after.damage == NULL);
    FUZZ_CHECK(after.is_video == before->is_video);
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        bool is_new = i == XBITS_ATTRIBUTE_DISTRIBUTOR;

        FUZZ_CHECK(is_same(after.values[i], is_new ? DISTRIBUTOR : before->values[i]));
    }
    media_tags_dispose(&after);
}

void media_round(const uint8_t *data, size_t size)
{
    struct media_front front = { 0 };
    struct media_tags tags = { 0 };
    struct text file = { 0 };
    size_t front_size;

    if (XBITS_FAILED(load(data, size, &front)))
        return;
    read_front(&front, &tags);
    if (XBITS_SUCCEEDED(media_front_write(&front, DISTRIBUTOR, &file))) {
        FUZZ_CHECK(tags.damage == NULL);
        front_size = file.length;
        FUZZ_CHECK(XBITS_SUCCEEDED(
            text_append(&file, (const char *)data + front.size, size - front.size)));
        check_written(&file, front_size, &tags);
    }
    text_dispose(&file);
    media_tags_dispose(&tags);
}

void media_round_as(const char *magic, size_t magic_size, const uint8_t *data, size_t size)
{
    uint8_t *copy;

    if (size < magic_size)
        return;
    copy = malloc(size);
    FUZZ_CHECK(copy != NULL);
    memcpy(copy, data, size);
    memcpy(copy, magic, magic_size);
    media_round(copy, size);
    free(copy);
}
