/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_MEDIA_FRONT_H
#define STORE_MEDIA_MEDIA_FRONT_H

#include "base/text.h"
#include "store/media/media.h"

/*
 * The front of a media file, in which its tags are: an ASF header or an ID3v2 tag, or nothing.
 * Pure functions over bytes in memory: no disk. Damage is XBITS_ERROR_INVALID_DATA here; the
 * message says where in the file.
 */

/* So many bytes tell what a file is and how long its front; all of them in a shorter file. */
#define MEDIA_HEAD_SIZE 30

enum media_format media_front_format(const void *head, size_t head_size);

/* Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA (also: larger than MEDIA_TAG_MAXIMUM or than the
 * file). */
xbits_result media_front_measure(const void *head, size_t head_size, uint64_t file_size,
                                 size_t *size_out);

/* The bytes of a front, borrowed, and of the file they are from. */
struct media_front {
    enum media_format format;
    const uint8_t *bytes;
    size_t size;
    uint64_t file_size;
};

/* Fills in zeroed tags, damage included, as media_read does. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result media_front_read(const struct media_front *front, struct media_tags *tags);

/* Appends another front with the distributor in it; an unknown one gets a tag as an MP3 does.
 * Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY. */
xbits_result media_front_write(const struct media_front *front, const char *distributor,
                               struct text *target);

/* Keeps this thread's last failure as the damage of tags that lose their values. Results:
 * XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result media_front_keep_damage(struct media_tags *tags);

#endif
