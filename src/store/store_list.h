/* SPDX-License-Identifier: MIT */
#ifndef STORE_STORE_LIST_H
#define STORE_STORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "xbits/registry.h"

/* The keys of the stores that are installed, in order. Zeroed storage is an empty list. */
struct store_list {
    char **keys;
    size_t count;
    size_t capacity;
};

/* Reads them anew. Results: XBITS_S_OK; as xbits_registry_visit_stores. */
xbits_result store_list_read(struct store_list *list, struct xbits_registry *registry);
void store_list_dispose(struct store_list *list);

bool store_list_has(const struct store_list *list, const char *key);
/* The key that is the same in another case, or NULL. */
const char *store_list_near(const struct store_list *list, const char *key);

#endif
