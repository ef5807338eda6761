/* SPDX-License-Identifier: MIT */
#define _DARWIN_C_SOURCE /* sysctlbyname */
#include "base/boot_id.h"

#include <sys/sysctl.h>
#include <sys/types.h>

bool boot_id_read(char id[BOOT_ID_SIZE])
{
    size_t size = BOOT_ID_SIZE - 1;

    if (sysctlbyname("kern.bootsessionuuid", id, &size, NULL, 0) != 0 || size >= BOOT_ID_SIZE)
        return false;
    id[size] = '\0';
    return id[0] != '\0';
}
