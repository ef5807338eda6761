/* SPDX-License-Identifier: MIT */
#ifndef CLI_QUEUE_PATH_H
#define CLI_QUEUE_PATH_H

#include "cli/cli.h"

/*
 * The absolute directory of the queue that the global options name: --queue DIR, else the user's
 * own place. Results: XBITS_S_OK; XBITS_E_INVALIDARG (--queue is empty); 0x80070003
 * XBITS_ERROR_PATH_NOT_FOUND (the environment names no place); XBITS_E_OUTOFMEMORY; the file
 * system's.
 */
xbits_result queue_path(const struct global_values *global, char **path_out);

#endif
