/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <limits.h>
#include <windows.h>

#include <bcrypt.h>

xbits_result random_system(void *bytes, size_t size)
{
    UCHAR *next = bytes;

    while (size > 0) {
        ULONG part = size < ULONG_MAX ? (ULONG)size : ULONG_MAX;
        NTSTATUS status = BCryptGenRandom(NULL, next, part, BCRYPT_USE_SYSTEM_PREFERRED_RNG);

        if (status < 0) {
            return xbits_fail_native(XBITS_E_FAIL, XBITS_DOMAIN_HRESULT, status,
                                     "the system gives no random bytes");
        }
        next += part;
        size -= part;
    }
    return XBITS_S_OK;
}
