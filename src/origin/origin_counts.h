/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_COUNTS_H
#define ORIGIN_ORIGIN_COUNTS_H

#include "base/result.h"

#include <stdint.h>

/*
 * How often each (path, method) was asked for. Clients choose both, so the first COUNTS_MAXIMUM
 * different pairs are told apart; later ones, and paths over COUNTS_PATH_MAXIMUM bytes, count in
 * the sum only. Not thread-safe.
 */
struct counts;
#define COUNTS_MAXIMUM      20000u
#define COUNTS_PATH_MAXIMUM 1024u

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result counts_new(struct counts **counts_out);
void counts_free(struct counts *counts);
void counts_add(struct counts *counts, const char *path, const char *method);
/* NULL: all. */
uint64_t counts_of(const struct counts *counts, const char *path, const char *method);

#endif
