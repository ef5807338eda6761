/* SPDX-License-Identifier: MIT */
#ifndef CLI_ASSIGNMENT_H
#define CLI_ASSIGNMENT_H

#include <stddef.h>

#include "xbits/property.h"

/* A property and the value it is to have, as the command line says it. */
struct assignment {
    enum xbits_job_property property;
    struct xbits_value value; /* Borrows from the words and from copy. */
    char *copy;               /* NULL: nothing had to be taken apart. */
};

/* The property of this name. Results: XBITS_S_OK; XBITS_BG_E_UNKNOWN_PROPERTY_ID, with the name
 * that was probably meant. */
xbits_result assignment_property(const char *name, enum xbits_job_property *property_out);

/*
 * Reads the assignment at the head of words: a name and the words that its kind takes. Zeroed
 * storage in. Results: XBITS_S_OK, and in taken_out how many words it was; XBITS_E_INVALIDARG (a
 * word is missing or not of the kind); XBITS_BG_E_UNKNOWN_PROPERTY_ID; XBITS_E_OUTOFMEMORY. Dispose
 * in any case.
 */
xbits_result assignment_read(struct assignment *assignment, const char *const *words, size_t count,
                             size_t *taken_out);
void assignment_dispose(struct assignment *assignment);

#endif
