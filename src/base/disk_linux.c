/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* fallocate, flock, sync_file_range */
#include "base/disk_platform.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int disk_platform_reserve(int descriptor, uint64_t size)
{
    int result;

    do
        result = fallocate(descriptor, 0, 0, (off_t)size);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return 0;
    return errno == ENOSYS ? EOPNOTSUPP : errno;
}

void disk_platform_start_sync(int descriptor, uint64_t offset, uint64_t size)
{
    (void)sync_file_range(descriptor, (off64_t)offset, (off64_t)size, SYNC_FILE_RANGE_WRITE);
}

int disk_platform_sync(int descriptor)
{
    int result;

    do
        result = fdatasync(descriptor);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int disk_platform_lock(int descriptor)
{
    int result;

    do
        result = flock(descriptor, LOCK_EX | LOCK_NB);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

long disk_platform_modified_ns(const struct stat *status)
{
    return status->st_mtim.tv_nsec;
}
