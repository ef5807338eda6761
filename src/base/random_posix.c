/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <errno.h>
#include <stddef.h>
#include <sys/random.h>

/* getentropy() gives no more in one call. */
#define LARGEST_CALL 256

xbits_result random_system(void *bytes, size_t size)
{
    char *next = bytes;

    while (size > 0) {
        size_t part = size < LARGEST_CALL ? size : LARGEST_CALL;

        if (getentropy(next, part) != 0)
            return xbits_fail_errno(errno, "the system gives no random bytes");
        next += part;
        size -= part;
    }
    return XBITS_S_OK;
}
