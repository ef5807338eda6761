/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_MEDIA_BYTES_H
#define STORE_MEDIA_MEDIA_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * Bytes that are read from their front, never past their end. Where the next one lies in the file
 * goes along, for the words about damage.
 */
struct media_bytes {
    const uint8_t *next;
    size_t left;
    uint64_t place;
};

/* Each leaves all as it is and answers false when there are not so many. */
bool media_bytes_take(struct media_bytes *bytes, size_t size, struct media_bytes *part_out);
bool media_bytes_skip(struct media_bytes *bytes, size_t size);
/* Of 1 to 8 bytes: the lowest first, the highest first. */
bool media_bytes_little(struct media_bytes *bytes, size_t width, uint64_t *out);
bool media_bytes_big(struct media_bytes *bytes, size_t width, uint64_t *out);

/* What is written is a text that may hold NULs. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result media_bytes_add(struct text *target, const struct media_bytes *bytes);
xbits_result media_bytes_add_little(struct text *target, uint64_t value, size_t width);
xbits_result media_bytes_add_big(struct text *target, uint64_t value, size_t width);
xbits_result media_bytes_add_zeros(struct text *target, size_t count);
/* Over what is there already. */
void media_bytes_set_little(struct text *target, size_t at, uint64_t value, size_t width);

#endif
