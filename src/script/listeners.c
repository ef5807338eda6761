/* SPDX-License-Identifier: MIT */
#include "script/listeners.h"

#include <stdlib.h>
#include <string.h>

void listeners_dispose(struct listeners *listeners)
{
    free(listeners->all);
    *listeners = (struct listeners){ 0 };
}

xbits_result listeners_add(struct listeners *listeners, const struct listener *listener)
{
    if (listeners->count >= LISTENERS_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "the page has %d handlers already",
                          LISTENERS_MAXIMUM);
    if (listeners->count == listeners->capacity) {
        size_t capacity = listeners->capacity == 0 ? 16 : listeners->capacity * 2;
        struct listener *all = realloc(listeners->all, capacity * sizeof *all);

        if (all == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a handler");
        listeners->all = all;
        listeners->capacity = capacity;
    }
    listeners->all[listeners->count++] = *listener;
    return XBITS_S_OK;
}

const struct listener *listeners_next(const struct listeners *listeners, dom_node target,
                                      const char *type, size_t *index)
{
    while (*index < listeners->count) {
        const struct listener *listener = &listeners->all[(*index)++];

        if (listener->target == target && strcmp(listener->type, type) == 0)
            return listener;
    }
    return NULL;
}

const struct listener *listeners_handler(const struct listeners *listeners, dom_node target,
                                         const char *type)
{
    const struct listener *listener;
    size_t index = 0;

    do
        listener = listeners_next(listeners, target, type, &index);
    while (listener != NULL && !listener->is_handler);
    return listener;
}

bool listeners_remove(struct listeners *listeners, const struct listener *listener)
{
    for (size_t i = 0; i < listeners->count; i++) {
        const struct listener *at = &listeners->all[i];

        if (at->target != listener->target || at->is_handler != listener->is_handler ||
            at->function != listener->function || strcmp(at->type, listener->type) != 0)
            continue;
        memmove(&listeners->all[i], &listeners->all[i + 1],
                (--listeners->count - i) * sizeof *listeners->all);
        return true;
    }
    return false;
}
