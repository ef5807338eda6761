/* SPDX-License-Identifier: MIT */
#ifndef CLI_SECONDS_H
#define CLI_SECONDS_H

#include "base/result.h"

#include <stdint.h>

/* Reads seconds as a user writes them, such as 60, 2.5 or .25, down to a millisecond and up to
 * SECONDS_MAXIMUM. Results: XBITS_S_OK; XBITS_E_INVALIDARG. */
#define SECONDS_MAXIMUM 1000000000
xbits_result seconds_parse(const char *word, uint64_t *ms_out);

#endif
