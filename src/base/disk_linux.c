/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* fallocate, F_OFD_SETLK, renameat2, sync_file_range */
#include "base/disk_platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

/* One byte stands for the file. Unlike flock() this kind can be looked at without taking it. */
static struct flock whole_lock(void)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };

    return lock;
}

int disk_platform_lock(int descriptor)
{
    struct flock lock = whole_lock();
    int result;

    do
        result = fcntl(descriptor, F_OFD_SETLK, &lock);
    while (result != 0 && errno == EINTR);
    if (result == 0)
        return 0;
    return errno == EACCES || errno == EAGAIN ? EWOULDBLOCK : errno;
}

int disk_platform_is_locked(int descriptor, bool *is_locked_out)
{
    struct flock lock = whole_lock();

    if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0)
        return errno;
    *is_locked_out = lock.l_type != F_UNLCK;
    return 0;
}

/* EINVAL: the file system knows plain renames only. */
int disk_platform_rename_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? EOPNOTSUPP : errno;
}

long disk_platform_modified_ns(const struct stat *status)
{
    return status->st_mtim.tv_nsec;
}
