/* SPDX-License-Identifier: MIT */
#ifndef CLI_STATE_SET_H
#define CLI_STATE_SET_H

#include <stdint.h>

#include "base/result.h"

/* Reads names of states with commas between them: "QUEUED,error". Results: XBITS_S_OK;
 * XBITS_E_INVALIDARG (a name that is none; it names the right ones); XBITS_E_OUTOFMEMORY. */
xbits_result state_set_parse(const char *names, uint32_t *states_out);

#endif
