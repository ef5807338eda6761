/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_LISTENERS_H
#define SCRIPT_LISTENERS_H

#include "script/document/dom.h"

/* Who listens to what. A handler is what an on* property or attribute holds: one for each event of
 * a target. Functions are kept and dropped by the owner. Zeroed storage has none. */
#define LISTENERS_MAXIMUM 20000

struct listener {
    dom_node target; /* NONE: the window. */
    const char *type;
    uint64_t function;
    bool is_handler;
};

struct listeners {
    struct listener *all;
    size_t count;
    size_t capacity;
};

void listeners_dispose(struct listeners *listeners);
/* Results: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES; XBITS_E_OUTOFMEMORY. */
xbits_result listeners_add(struct listeners *listeners, const struct listener *listener);
const struct listener *listeners_handler(const struct listeners *listeners, dom_node target,
                                         const char *type); /* NULL */
/* The next of this target and event from *index on, which goes past it; NULL. */
const struct listener *listeners_next(const struct listeners *listeners, dom_node target,
                                      const char *type, size_t *index);
/* false: there was none such. */
bool listeners_remove(struct listeners *listeners, const struct listener *listener);

#endif
