/* SPDX-License-Identifier: MIT */
#include "wire/resource.h"

#include <string.h>

#define WORD_SIZE 8u

/* One word of the pattern: the finalizer of splitmix64, which spreads neighbouring numbers over all
 * bits, so that any word can be made without those before it. */
static uint64_t pattern_word(uint64_t seed, uint64_t index)
{
    uint64_t word =
        (seed + 1) * UINT64_C(0xD1342543DE82EF95) + index * UINT64_C(0x9E3779B97F4A7C15);

    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

/* Lowest byte first, whatever the machine. Without a loop it becomes one store where that is so. */
static void store_word(uint64_t word, unsigned char bytes[WORD_SIZE])
{
    bytes[0] = (unsigned char)word;
    bytes[1] = (unsigned char)(word >> 8);
    bytes[2] = (unsigned char)(word >> 16);
    bytes[3] = (unsigned char)(word >> 24);
    bytes[4] = (unsigned char)(word >> 32);
    bytes[5] = (unsigned char)(word >> 40);
    bytes[6] = (unsigned char)(word >> 48);
    bytes[7] = (unsigned char)(word >> 56);
}

/* Up to the end of one word. Returns how much. */
static size_t fill_part(uint64_t seed, uint64_t offset, unsigned char *target, size_t size)
{
    unsigned char word[WORD_SIZE];
    const size_t skipped = (size_t)(offset % WORD_SIZE);
    const size_t left = WORD_SIZE - skipped;
    const size_t length = left < size ? left : size;

    store_word(pattern_word(seed, offset / WORD_SIZE), word);
    memcpy(target, word + skipped, length);
    return length;
}

void resource_pattern(uint64_t seed, uint64_t offset, void *bytes, size_t size)
{
    unsigned char *target = bytes;
    size_t at = 0;

    if (offset % WORD_SIZE != 0)
        at = fill_part(seed, offset, target, size);
    for (; size - at >= WORD_SIZE; at += WORD_SIZE)
        store_word(pattern_word(seed, (offset + at) / WORD_SIZE), target + at);
    if (at < size)
        (void)fill_part(seed, offset + at, target + at, size - at);
}
