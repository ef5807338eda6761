/* SPDX-License-Identifier: MIT */
#include "base/boot_id.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool boot_id_read(char id[BOOT_ID_SIZE])
{
    int descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t size;

    if (descriptor < 0)
        return false;
    do
        size = read(descriptor, id, BOOT_ID_SIZE - 1);
    while (size < 0 && errno == EINTR);
    close(descriptor);
    if (size <= 0)
        return false;
    id[size] = '\0';
    id[strcspn(id, "\n")] = '\0';
    return id[0] != '\0';
}
