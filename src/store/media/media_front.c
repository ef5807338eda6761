/* SPDX-License-Identifier: MIT */
#include "store/media/media_front.h"

#include <inttypes.h>
#include <stdlib.h>

#include "store/media/asf.h"
#include "store/media/id3.h"

/* The head of an audio frame of MPEG 1, 2 or 2.5, layer II or III. The fields besides the sync tell
 * it from UTF-16 and from AAC. */
static bool is_mpeg_frame(const struct media_bytes *head)
{
    const uint8_t *bytes = head->next;
    unsigned layer;

    if (head->left < 3 || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0)
        return false;
    layer = bytes[1] >> 1 & 3;
    return (bytes[1] >> 3 & 3) != 1 && (layer == 1 || layer == 2) && bytes[2] >> 4 != 15 &&
           (bytes[2] >> 2 & 3) != 3;
}

static xbits_result measure_nothing(struct media_bytes head, uint64_t *size_out)
{
    (void)head;
    *size_out = 0;
    return XBITS_S_OK;
}

static xbits_result read_nothing(struct media_bytes front, struct media_tags *tags)
{
    (void)front;
    (void)tags;
    return XBITS_S_OK;
}

static xbits_result write_id3(struct media_bytes front, const char *distributor, uint64_t rest_size,
                              struct text *target)
{
    (void)rest_size;
    return id3_write(front, distributor, target);
}

/* How fronts are told apart, and what reads and writes them; the last is for all others. */
static const struct kind {
    bool (*is_it)(const struct media_bytes *head);
    enum media_format format;
    xbits_result (*measure)(struct media_bytes head, uint64_t *size_out);
    xbits_result (*read)(struct media_bytes front, struct media_tags *tags);
    xbits_result (*write)(struct media_bytes front, const char *distributor, uint64_t rest_size,
                          struct text *target);
} kinds[] = {
    { asf_is_header, MEDIA_ASF, asf_measure, asf_read, asf_write },
    { id3_is_tag, MEDIA_MP3, id3_measure, id3_read, write_id3 },
    { is_mpeg_frame, MEDIA_MP3, measure_nothing, read_nothing, write_id3 },
    { NULL, MEDIA_UNKNOWN, measure_nothing, read_nothing, write_id3 },
};

static const struct kind *kind_of(const void *bytes, size_t size)
{
    struct media_bytes head = { bytes, size, 0 };
    const struct kind *kind = kinds;

    while (kind->is_it != NULL && !kind->is_it(&head))
        kind++;
    return kind;
}

enum media_format media_front_format(const void *head, size_t head_size)
{
    return kind_of(head, head_size)->format;
}

xbits_result media_front_measure(const void *head, size_t head_size, uint64_t file_size,
                                 size_t *size_out)
{
    struct media_bytes bytes = { head, head_size, 0 };
    uint64_t size = 0;

    TRY(kind_of(head, head_size)->measure(bytes, &size));
    if (size > MEDIA_TAG_MAXIMUM)
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte 0: the tag has %" PRIu64 " bytes, and %u are read at most", size,
                          MEDIA_TAG_MAXIMUM);
    if (size > file_size)
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": the file ends in its tag, which has %" PRIu64 " bytes",
                          file_size, size);
    *size_out = (size_t)size;
    return XBITS_S_OK;
}

static void free_values(struct media_tags *tags)
{
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        free(tags->values[i]);
        tags->values[i] = NULL;
    }
}

void media_tags_dispose(struct media_tags *tags)
{
    free_values(tags);
    free(tags->damage);
    *tags = (struct media_tags){ 0 };
}

xbits_result media_front_keep_damage(struct media_tags *tags)
{
    free_values(tags);
    tags->is_video = false;
    return text_replace(&tags->damage, xbits_last_error()->message);
}

xbits_result media_front_read(const struct media_front *front, struct media_tags *tags)
{
    struct media_bytes bytes = { front->bytes, front->size, 0 };
    xbits_result result = kind_of(front->bytes, front->size)->read(bytes, tags);

    tags->format = front->format;
    return result == XBITS_ERROR_INVALID_DATA ? media_front_keep_damage(tags) : result;
}

/* What cannot be read is not written either. */
static xbits_result check_readable(const struct kind *kind, struct media_bytes bytes)
{
    struct media_tags tags = { 0 };
    xbits_result result = kind->read(bytes, &tags);

    media_tags_dispose(&tags);
    return result;
}

xbits_result media_front_write(const struct media_front *front, const char *distributor,
                               struct text *target)
{
    const struct kind *kind = kind_of(front->bytes, front->size);
    struct media_bytes bytes = { front->bytes, front->size, 0 };
    size_t before = target->length;

    TRY(check_readable(kind, bytes));
    TRY(kind->write(bytes, distributor, front->file_size - front->size, target));
    if (target->length - before > MEDIA_TAG_MAXIMUM)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "the tag would have more than %u bytes",
                          MEDIA_TAG_MAXIMUM);
    return XBITS_S_OK;
}
