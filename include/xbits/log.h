/* SPDX-License-Identifier: MIT */
#ifndef XBITS_LOG_H
#define XBITS_LOG_H

#include "xbits/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The library prints nothing unless the environment variable XBITS_TRACE names scopes (a comma list
 * of engine, backend, store, http, bits, disk, config, or all): then lines go to stderr. The last
 * 512 lines of every scope are kept and can be read at any time.
 */

/* Reads the kept lines, oldest first; line is valid until visit returns. False ends it. */
typedef bool xbits_log_visit(const char *line, void *user);
XBITS_API void xbits_log_read(xbits_log_visit *visit, void *user);

/* As XBITS_TRACE, at run time; "" turns all off. Results: XBITS_S_OK; XBITS_E_INVALIDARG (scope).
 */
XBITS_API xbits_result xbits_log_trace(const char *scopes);

#ifdef __cplusplus
}
#endif

#endif
