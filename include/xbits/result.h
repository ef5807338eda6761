/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_H
#define XBITS_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xbits/export.h"
#include "xbits/result_list.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A result is an HRESULT with BITS's own numbers, on every platform: negative is failure. Several
 * successes are not zero (XBITS_BG_S_PARTIAL_COMPLETE), so test with XBITS_FAILED, never with != 0.
 */
typedef int32_t xbits_result;

#define XBITS_FAILED(result)    ((xbits_result)(result) < 0)
#define XBITS_SUCCEEDED(result) ((xbits_result)(result) >= 0)

/* XBITS_S_OK, XBITS_BG_E_NOT_FOUND ...: XBITS_ and Microsoft's full name. */
enum xbits_result_code {
#define XBITS_RESULT_ENUMERATOR(name, value, meaning) XBITS_##name = (int)(value),
    XBITS_RESULT_LIST(XBITS_RESULT_ENUMERATOR)
#undef XBITS_RESULT_ENUMERATOR
};

/* Where the native code of an error comes from. */
enum xbits_error_domain {
    XBITS_DOMAIN_NONE = 0,
    XBITS_DOMAIN_HRESULT = 1,
    XBITS_DOMAIN_CURL = 2,
    XBITS_DOMAIN_SQLITE = 3,
    XBITS_DOMAIN_ERRNO = 4,
    XBITS_DOMAIN_HTTP = 5
};

/* Why the most recent call of this thread failed. */
struct xbits_error {
    xbits_result result;
    enum xbits_error_domain domain;
    int64_t native_code; /* Meaningful in its domain only. */
    char message[512];   /* One sentence in UTF-8 that names the thing and the rule. */
};

/* One row of the result table. Every text is a constant; none is NULL. */
struct xbits_result_info {
    xbits_result result;
    const char *name;    /* Microsoft's name: "BG_E_NOT_FOUND". */
    const char *meaning; /* What it says, in one line. */
    const char *cause;   /* What usually leads to it. */
    const char *remedy;  /* What to do. */
};

/*
 * Detail of this thread's most recent failure. Never NULL; result is XBITS_S_OK before the first
 * failure. Borrowed; valid until the next failure in this thread.
 */
XBITS_API const struct xbits_error *xbits_last_error(void);

/* The row of a result, or NULL when the table has none. A status 0x8019nnnn always has a row's name
 * or none: use xbits_result_http_status for the number. */
XBITS_API const struct xbits_result_info *xbits_result_find(xbits_result result);

/* Number of rows, and the row at an index below it. */
XBITS_API size_t xbits_result_count(void);
XBITS_API const struct xbits_result_info *xbits_result_at(size_t index);

/* Microsoft's name ("BG_E_EMPTY"), or "unknown". Never NULL. */
XBITS_API const char *xbits_result_name(xbits_result result);

/* The one-line meaning, or a general sentence for a code without a row. Never NULL. */
XBITS_API const char *xbits_result_text(xbits_result result);

/*
 * Reads a code as people write it: 0x80200013, 80200013h, 80200013 (eight digits from 8 on are
 * hexadecimal), -2145386477, 2149580819, BG_E_EMPTY, XBITS_BG_E_EMPTY in either case, or an HTTP
 * status as "404" or "HTTP 404". Results: XBITS_S_OK; XBITS_E_INVALIDARG when the text is none of
 * these.
 */
XBITS_API xbits_result xbits_result_parse(const char *text, xbits_result *result_out);

/* 404 for 0x80190194; 0 when the result is not an HTTP status. */
XBITS_API int xbits_result_http_status(xbits_result result);

#ifdef __cplusplus
}
#endif

#endif
