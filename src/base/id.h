/* SPDX-License-Identifier: MIT */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "xbits/id.h"

/* The bytes of an id in the order in which its text has them: what is stored. */
#define ID_BYTES 16
void id_to_bytes(const struct xbits_id *id, uint8_t bytes[ID_BYTES]);
void id_from_bytes(const uint8_t bytes[ID_BYTES], struct xbits_id *id_out);

/* Below 0, 0 or above: the order of their texts and bytes. */
int id_compare(const struct xbits_id *a, const struct xbits_id *b);

#endif
