/* SPDX-License-Identifier: MIT */
#define _DARWIN_C_SOURCE /* F_PREALLOCATE, F_FULLFSYNC, flock, renamex_np, st_mtimespec */
#include "base/disk_platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#define STAT_BLOCK_BYTES 512

/* Reserves behind what the file has already: in one piece when there is one, else in many. */
int disk_platform_reserve(int descriptor, uint64_t size)
{
    struct fstore store = { .fst_flags = F_ALLOCATECONTIG | F_ALLOCATEALL,
                            .fst_posmode = F_PEOFPOSMODE };
    struct stat status;
    uint64_t present;

    if (fstat(descriptor, &status) != 0)
        return errno;
    present = (uint64_t)status.st_blocks * STAT_BLOCK_BYTES;
    if (present >= size)
        return 0;
    store.fst_length = (off_t)(size - present);
    if (fcntl(descriptor, F_PREALLOCATE, &store) == 0)
        return 0;
    store.fst_flags = F_ALLOCATEALL;
    if (fcntl(descriptor, F_PREALLOCATE, &store) == 0)
        return 0;
    return errno == ENOTSUP || errno == EINVAL ? EOPNOTSUPP : errno;
}

/* The system has no such hint. */
void disk_platform_start_sync(int descriptor, uint64_t offset, uint64_t size)
{
    (void)descriptor;
    (void)offset;
    (void)size;
}

/* fsync() stops at the drive's cache here. Network volumes know nothing better, though. */
int disk_platform_sync(int descriptor)
{
    int result;

    if (fcntl(descriptor, F_FULLFSYNC) == 0)
        return 0;
    do
        result = fsync(descriptor);
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

/* The system has no call that only looks: the lock is shared for a moment. */
int disk_platform_is_locked(int descriptor, bool *is_locked_out)
{
    int result;

    do
        result = flock(descriptor, LOCK_SH | LOCK_NB);
    while (result != 0 && errno == EINTR);
    if (result != 0 && errno != EWOULDBLOCK)
        return errno;
    *is_locked_out = result != 0;
    if (result == 0)
        flock(descriptor, LOCK_UN);
    return 0;
}

int disk_platform_rename_new(const char *from, const char *to)
{
    if (renamex_np(from, to, RENAME_EXCL) == 0)
        return 0;
    return errno == ENOTSUP || errno == EINVAL || errno == ENOSYS ? EOPNOTSUPP : errno;
}

long disk_platform_modified_ns(const struct stat *status)
{
    return status->st_mtimespec.tv_nsec;
}
