/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_NAMES_H
#define SCRIPT_DOCUMENT_NAMES_H

#include "base/result.h"

/* Names, each kept once: equal ones have the same address, which stays until the end. */
struct names {
    char **slots;
    size_t capacity; /* A power of two, or 0. */
    size_t count;
};

#define NAMES_MAXIMUM     20000
#define NAME_LENGTH_LIMIT 256

void names_dispose(struct names *names);
/* NULL: nobody has kept it. */
const char *names_find(const struct names *names, const char *name);
/* Results: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES (too many, or too long);
 * XBITS_E_OUTOFMEMORY. */
xbits_result names_keep(struct names *names, const char *name, const char **kept_out);

#endif
