/* SPDX-License-Identifier: MIT */
#include "support/assert_result.h"

#include <string.h>

#include "base/result.h"

/* No code under test fails with these words. */
#define NOTHING_FAILED "nothing has failed since the assertion began"

void assert_result_begin(void)
{
    xbits_fail(XBITS_E_UNEXPECTED, NOTHING_FAILED);
}

static const char *last_message(void)
{
    return xbits_last_error()->message;
}

static void complain(xbits_result expected, xbits_result got, const char *call)
{
    print_error("%s\n  expected 0x%08X %s\n  got      0x%08X %s\n  message  %s\n", call,
                (unsigned)expected, xbits_result_name(expected), (unsigned)got,
                xbits_result_name(got), last_message());
}

void assert_result_at(xbits_result expected, xbits_result got, const char *call, const char *file,
                      int line)
{
    if (got == expected)
        return;
    complain(expected, got, call);
    _fail(file, line);
}

void assert_fails_at(xbits_result expected, xbits_result got, const char *call, const char *file,
                     int line)
{
    const struct xbits_error *error = xbits_last_error();
    bool is_told = error->result == got && error->message[0] != '\0' &&
                   strcmp(error->message, NOTHING_FAILED) != 0;

    if (got == expected && is_told)
        return;
    complain(expected, got, call);
    if (got == expected)
        print_error("  the failure was not born in xbits_fail: xbits_last_error() has 0x%08X\n",
                    (unsigned)error->result);
    _fail(file, line);
}

void assert_message_at(const char *part, const char *file, int line)
{
    if (strstr(last_message(), part) != NULL)
        return;
    print_error("the message \"%s\" does not contain \"%s\"\n", last_message(), part);
    _fail(file, line);
}
