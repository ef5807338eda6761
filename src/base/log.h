/* SPDX-License-Identifier: MIT */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/result.h"
#include "xbits/log.h"

/* The scopes XBITS_TRACE turns on by name. */
enum log_scope {
    LOG_ENGINE,
    LOG_BACKEND,
    LOG_STORE,
    LOG_HTTP,
    LOG_BITS,
    LOG_DISK,
    LOG_CONFIG,
    LOG_SCOPE_COUNT
};

/*
 * Adds a line "scope: text" to the ring of the last 512, and to stderr when the scope is traced.
 * Any thread. Cheap enough for every state change, not for every byte.
 */
void log_line(enum log_scope scope, const char *format, ...) BASE_PRINTF(2, 3);

/* True when somebody traces the scope: guard for arguments that are dear to make. */
bool log_is_traced(enum log_scope scope);

#endif
