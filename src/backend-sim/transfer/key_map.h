/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_KEY_MAP_H
#define TRANSFER_KEY_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/*
 * Transfers under way, found by key. The entry is the first member of what it stands for and stays
 * its owner's; a zeroed map is empty.
 */
struct key_entry {
    uint64_t key;
    struct key_entry *next;
};

struct key_map {
    struct key_entry **buckets;
    size_t bucket_count; /* A power of two, or 0. */
    size_t count;
};

void key_map_dispose(struct key_map *map);
/* The key is set and not in the map. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result key_map_add(struct key_map *map, struct key_entry *entry);
/* NULL: not there. */
struct key_entry *key_map_find(const struct key_map *map, uint64_t key);
struct key_entry *key_map_remove(struct key_map *map, uint64_t key);
/* Any entry, removed; NULL when the map is empty. */
struct key_entry *key_map_take(struct key_map *map);

#endif
