/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_HASH_H
#define ORIGIN_ORIGIN_HASH_H

#include <stdint.h>

/* FNV-1a. */
static inline uint64_t origin_hash(const char *text)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    return hash;
}

#endif
