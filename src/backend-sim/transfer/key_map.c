/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/key_map.h"

#include <stdlib.h>

#define FIRST_BUCKET_COUNT 16

/* Fibonacci hashing: keys are often consecutive or aligned. */
static size_t bucket_of(const struct key_map *map, uint64_t key)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);

    return (size_t)(hash >> 32) & (map->bucket_count - 1);
}

static void link_entry(struct key_map *map, struct key_entry *entry)
{
    struct key_entry **bucket = &map->buckets[bucket_of(map, entry->key)];

    entry->next = *bucket;
    *bucket = entry;
}

static xbits_result grow(struct key_map *map)
{
    size_t count = map->bucket_count == 0 ? FIRST_BUCKET_COUNT : 2 * map->bucket_count;
    struct key_map grown = { calloc(count, sizeof(*grown.buckets)), count, map->count };

    if (grown.buckets == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to keep track of %zu transfers", count);
    for (size_t i = 0; i < map->bucket_count; i++) {
        for (struct key_entry *entry = map->buckets[i], *next; entry != NULL; entry = next) {
            next = entry->next;
            link_entry(&grown, entry);
        }
    }
    free(map->buckets);
    *map = grown;
    return XBITS_S_OK;
}

void key_map_dispose(struct key_map *map)
{
    free(map->buckets);
    *map = (struct key_map){ 0 };
}

xbits_result key_map_add(struct key_map *map, struct key_entry *entry)
{
    if (map->count == map->bucket_count)
        TRY(grow(map));
    link_entry(map, entry);
    map->count++;
    return XBITS_S_OK;
}

/* The place that points at the key's entry, or at the NULL that ends its chain. */
static struct key_entry **place_of(const struct key_map *map, uint64_t key)
{
    struct key_entry **place = &map->buckets[bucket_of(map, key)];

    while (*place != NULL && (*place)->key != key)
        place = &(*place)->next;
    return place;
}

struct key_entry *key_map_find(const struct key_map *map, uint64_t key)
{
    return map->count == 0 ? NULL : *place_of(map, key);
}

static struct key_entry *unlink_entry(struct key_map *map, struct key_entry **place)
{
    struct key_entry *entry = *place;

    if (entry == NULL)
        return NULL;
    *place = entry->next;
    entry->next = NULL;
    map->count--;
    return entry;
}

struct key_entry *key_map_remove(struct key_map *map, uint64_t key)
{
    return map->count == 0 ? NULL : unlink_entry(map, place_of(map, key));
}

struct key_entry *key_map_take(struct key_map *map)
{
    for (size_t i = 0; map->count > 0 && i < map->bucket_count; i++) {
        if (map->buckets[i] != NULL)
            return unlink_entry(map, &map->buckets[i]);
    }
    return NULL;
}
