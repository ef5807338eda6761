/* SPDX-License-Identifier: MIT */
#ifndef BASE_RESULT_H
#define BASE_RESULT_H

#include "xbits/result.h"

#if defined(__MINGW32__)
#define BASE_PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined(__GNUC__)
#define BASE_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define BASE_PRINTF(text, first)
#endif

/*
 * The only ways to produce a failing result. Each keeps this thread's detail (xbits_last_error) and
 * returns its first argument, which must be a failure. The message is one sentence that names the
 * thing and the rule, without a full stop.
 */
xbits_result xbits_fail(xbits_result result, const char *format, ...) BASE_PRINTF(2, 3);
xbits_result xbits_fail_native(xbits_result result, enum xbits_error_domain domain,
                               int64_t native_code, const char *format, ...) BASE_PRINTF(4, 5);

/* Makes a failure that happened on another thread this thread's own. Returns error->result. */
xbits_result xbits_fail_again(const struct xbits_error *error);

/* Translates errno by the one table (error_errno.c): ENOSPC is ERROR_DISK_FULL's HRESULT. */
xbits_result xbits_fail_errno(int error_number, const char *format, ...) BASE_PRINTF(2, 3);
xbits_result result_from_errno(int error_number);

/* HRESULT_FROM_WIN32. */
#define RESULT_FROM_WIN32(code) ((xbits_result)(0x80070000u | ((unsigned)(code)&0xFFFFu)))
/* BG_E_HTTP_ERROR_nnn. */
#define RESULT_FROM_HTTP(status) ((xbits_result)(0x80190000u | ((unsigned)(status)&0xFFFFu)))

/* Leaves the function with a failing result; for code that owns nothing. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        xbits_result try_result = (call);                                                          \
        if (XBITS_FAILED(try_result))                                                              \
            return try_result;                                                                     \
    } while (0)

#endif
