/* SPDX-License-Identifier: MIT */
#include "store/store_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void store_list_dispose(struct store_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->keys[i]);
    free(list->keys);
    *list = (struct store_list){ 0 };
}

struct reading {
    struct store_list list;
    xbits_result result;
};

static xbits_result add(struct store_list *list, const char *key)
{
    if (list->count == list->capacity) {
        size_t larger = list->capacity == 0 ? 8 : list->capacity * 2;
        char **keys = realloc(list->keys, larger * sizeof *keys);

        if (keys == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu stores", larger);
        list->keys = keys;
        list->capacity = larger;
    }
    TRY(text_copy(key, &list->keys[list->count]));
    list->count++;
    return XBITS_S_OK;
}

/* xbits_store_visit */
static bool take_store(const struct xbits_store_info *store, void *user)
{
    struct reading *reading = user;

    reading->result = add(&reading->list, store->key);
    return XBITS_SUCCEEDED(reading->result);
}

xbits_result store_list_read(struct store_list *list, struct xbits_registry *registry)
{
    struct reading reading = { .result = XBITS_S_OK };
    xbits_result result = xbits_registry_visit_stores(registry, take_store, &reading);

    if (XBITS_SUCCEEDED(result))
        result = reading.result;
    if (XBITS_FAILED(result)) {
        store_list_dispose(&reading.list);
        return result;
    }
    store_list_dispose(list);
    *list = reading.list;
    return XBITS_S_OK;
}

static int compare_key(const void *key, const void *item)
{
    return strcmp(key, *(char *const *)item);
}

bool store_list_has(const struct store_list *list, const char *key)
{
    return list->count > 0 &&
           bsearch(key, list->keys, list->count, sizeof *list->keys, compare_key) != NULL;
}

const char *store_list_near(const struct store_list *list, const char *key)
{
    for (size_t i = 0; i < list->count; i++) {
        if (text_equal_ignoring_case(list->keys[i], key))
            return list->keys[i];
    }
    return NULL;
}
