/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_MEDIA_ROUND_H
#define FUZZ_MEDIA_ROUND_H

#include "fuzz/fuzz.h"

/*
 * Reads a media file, writes a distributor into it and reads it again. Values are UTF-8 and of the
 * right length, a damaged file has none; a writing is refused or read back, and changes nothing
 * else.
 */
void media_round(const uint8_t *data, size_t size);

/* The same over a copy that begins with these bytes. */
void media_round_as(const char *magic, size_t magic_size, const uint8_t *data, size_t size);

#endif
