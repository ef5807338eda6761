/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <assert.h>

void random_init(struct random *random, uint64_t seed)
{
    random->state = seed;
}

/* SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators): any seed is a
 * good one, and its whole state is one number. */
uint64_t random_next(struct random *random)
{
    uint64_t bits;

    random->state += UINT64_C(0x9E3779B97F4A7C15);
    bits = random->state;
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94D049BB133111EB);
    return bits ^ (bits >> 31);
}

/* Numbers below 2^64 mod bound are drawn again: without them every remainder is equally likely. */
uint64_t random_below(struct random *random, uint64_t bound)
{
    uint64_t surplus;
    uint64_t number;

    assert(bound != 0);
    surplus = (UINT64_MAX - bound + 1) % bound;
    do
        number = random_next(random);
    while (number < surplus);
    return number % bound;
}

xbits_result random_new_id(struct xbits_id *id_out)
{
    struct xbits_id id;

    TRY(random_system(&id, sizeof(id)));
    /* RFC 9562, 5.4: version 4, and the variant in the two upper bits of the ninth byte. */
    id.data3 = (uint16_t)((id.data3 & 0x0FFF) | 0x4000);
    id.data4[0] = (uint8_t)((id.data4[0] & 0x3F) | 0x80);
    *id_out = id;
    return XBITS_S_OK;
}
