/* SPDX-License-Identifier: MIT */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/result.h"
#include "xbits/id.h"

/* Two randoms. This one is seeded, repeatable and never used for ids or keys (order, temporary
 * names). */
struct random {
    uint64_t state;
};
void random_init(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
/* Below bound, which is not 0. */
uint64_t random_below(struct random *random, uint64_t bound);

/* The system's: for GUIDs, session ids and keys. Results: XBITS_S_OK; the system's failure. */
xbits_result random_system(void *bytes, size_t size);
/* A version 4 GUID from the system's random. */
xbits_result random_new_id(struct xbits_id *id_out);

#endif
