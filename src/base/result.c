/* SPDX-License-Identifier: MIT */
#include "base/result.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

static _Thread_local struct xbits_error last_error;

/*
 * Formats aside first, because an argument may be the message that is being replaced, and leaves
 * errno as it was, because cleaning up follows. Messages quote names and lines from outside, which
 * must neither steer a terminal nor break a reader of UTF-8.
 */
BASE_PRINTF(2, 0)
static xbits_result keep(const struct xbits_error *reason, const char *format, va_list arguments)
{
    char message[4 * sizeof(last_error.message)];
    int saved_errno = errno;

    assert(XBITS_FAILED(reason->result));
    if (vsnprintf(message, sizeof(message), format, arguments) < 0)
        message[0] = '\0';
    text_make_printable(message);
    last_error = *reason;
    /* Handing on a success as a failure is our mistake; no caller may take it for a success. */
    if (!XBITS_FAILED(last_error.result))
        last_error.result = XBITS_E_UNEXPECTED;
    text_copy_into(last_error.message, sizeof(last_error.message), message);
    errno = saved_errno;
    return last_error.result;
}

xbits_result xbits_fail(xbits_result result, const char *format, ...)
{
    struct xbits_error reason = { .result = result, .domain = XBITS_DOMAIN_NONE };
    va_list arguments;

    va_start(arguments, format);
    result = keep(&reason, format, arguments);
    va_end(arguments);
    return result;
}

xbits_result xbits_fail_native(xbits_result result, enum xbits_error_domain domain,
                               int64_t native_code, const char *format, ...)
{
    struct xbits_error reason = { .result = result, .domain = domain, .native_code = native_code };
    va_list arguments;

    va_start(arguments, format);
    result = keep(&reason, format, arguments);
    va_end(arguments);
    return result;
}

xbits_result xbits_fail_again(const struct xbits_error *error)
{
    struct xbits_error copy = *error;

    return xbits_fail_native(copy.result, copy.domain, copy.native_code, "%s", copy.message);
}

const struct xbits_error *xbits_last_error(void)
{
    return &last_error;
}
