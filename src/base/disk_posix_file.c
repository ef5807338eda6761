/* SPDX-License-Identifier: MIT */
#include "base/disk_posix.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk_file.h"
#include "base/disk_platform.h"
#include "base/text.h"

/* Some systems refuse more in one call, all carry out less now and then. */
#define LARGEST_CALL ((size_t)1 << 30)

struct posix_file {
    struct disk_file base;
    int descriptor;
};

static int descriptor_of(const struct disk_file *file)
{
    return ((const struct posix_file *)file)->descriptor;
}

static xbits_result fail_kind(const char *path)
{
    return xbits_fail(XBITS_E_ACCESSDENIED, "%s is not a regular file", path);
}

static xbits_result fail_file(const struct disk_file *file, int error, const char *what)
{
    return xbits_fail_errno(error, "cannot %s %s", what, file->path);
}

static void free_file(struct posix_file *file)
{
    free(file->base.path);
    free(file);
}

static xbits_result new_file(const char *path, struct posix_file **file_out)
{
    struct posix_file *file = calloc(1, sizeof(*file));
    xbits_result result;

    if (file == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to open %s", path);
    result = text_copy(path, &file->base.path);
    if (XBITS_FAILED(result)) {
        free(file);
        return result;
    }
    *file_out = file;
    return XBITS_S_OK;
}

/* How a file is opened. */
struct way {
    int flags;
    unsigned mode;
    const char *what;
};

/* Looks before and after: to open a device can already do harm, and names can change in between. */
static xbits_result open_descriptor(const char *path, const struct way *way, int *descriptor_out)
{
    struct stat status;
    int descriptor;

    if ((way->flags & O_EXCL) == 0 && stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return fail_kind(path);
    descriptor = disk_posix_descriptor(path, way->flags, way->mode);
    if (descriptor < 0)
        return disk_posix_fail(errno, way->what, path);
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(descriptor);
        return fail_kind(path);
    }
    *descriptor_out = descriptor;
    return XBITS_S_OK;
}

/* All that can fail but the opening comes before it, so that no new file is left behind. */
static xbits_result open_as(const char *path, const struct way *way, struct posix_file **file_out)
{
    struct posix_file *file = NULL;
    xbits_result result;

    TRY(new_file(path, &file));
    result = open_descriptor(path, way, &file->descriptor);
    if (XBITS_FAILED(result)) {
        free_file(file);
        return result;
    }
    *file_out = file;
    return XBITS_S_OK;
}

xbits_result disk_posix_open(struct disk *disk, const char *path, enum disk_open how,
                             struct disk_file **file_out)
{
    static const struct way ways[] = {
        [DISK_CREATE_NEW] = { O_WRONLY | O_CREAT | O_EXCL, 0666, "create" },
        [DISK_OPEN_WRITE] = { O_WRONLY, 0, "write to" },
        [DISK_OPEN_READ] = { O_RDONLY, 0, "read" },
        [DISK_OPEN_UPDATE] = { O_RDWR | O_CREAT | O_NOFOLLOW, 0600, "update" },
    };
    struct posix_file *file = NULL;

    (void)disk;
    TRY(open_as(path, &ways[how], &file));
    *file_out = &file->base;
    return XBITS_S_OK;
}

static bool is_offset(uint64_t offset, uint64_t size)
{
    return offset <= INT64_MAX && size <= INT64_MAX - offset;
}

xbits_result disk_posix_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                 const void *bytes, size_t size)
{
    const char *next = bytes;

    (void)disk;
    if (!is_offset(offset, size))
        return fail_file(file, EFBIG, "write to");
    while (size > 0) {
        size_t part = size < LARGEST_CALL ? size : LARGEST_CALL;
        ssize_t written = pwrite(descriptor_of(file), next, part, (off_t)offset);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail_file(file, written < 0 ? errno : EIO, "write to");
        next += written;
        offset += (uint64_t)written;
        size -= (size_t)written;
    }
    return XBITS_S_OK;
}

xbits_result disk_posix_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                void *bytes, size_t size, size_t *size_out)
{
    char *next = bytes;
    size_t left = size;

    (void)disk;
    if (!is_offset(offset, size))
        return fail_file(file, EFBIG, "read");
    while (left > 0) {
        size_t part = left < LARGEST_CALL ? left : LARGEST_CALL;
        ssize_t got = pread(descriptor_of(file), next, part, (off_t)offset);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_file(file, errno, "read");
        if (got == 0)
            break;
        next += got;
        offset += (uint64_t)got;
        left -= (size_t)got;
    }
    *size_out = size - left;
    return XBITS_S_OK;
}

static int set_length(int descriptor, off_t length)
{
    int result;

    do
        result = ftruncate(descriptor, length);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

void disk_posix_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                           uint64_t size)
{
    (void)disk;
    disk_platform_start_sync(descriptor_of(file), offset, size);
}

xbits_result disk_posix_preallocate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    int descriptor = descriptor_of(file);
    struct stat before;
    int error;

    (void)disk;
    if (!is_offset(0, size))
        return fail_file(file, EFBIG, "make room for");
    if (fstat(descriptor, &before) != 0)
        return fail_file(file, errno, "look at");
    error = size > 0 ? disk_platform_reserve(descriptor, size) : 0;
    if (error == 0 || error == EOPNOTSUPP)
        error = set_length(descriptor, (off_t)size);
    if (error == 0)
        return XBITS_S_OK;
    /* A file system may have taken what there was before it noticed that it was too little. */
    set_length(descriptor, before.st_size);
    return xbits_fail_errno(error, "cannot make room for the %llu bytes of %s",
                            (unsigned long long)size, file->path);
}

xbits_result disk_posix_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    int error = is_offset(0, size) ? set_length(descriptor_of(file), (off_t)size) : EFBIG;

    (void)disk;
    return error == 0 ? XBITS_S_OK : fail_file(file, error, "set the length of");
}

xbits_result disk_posix_sync(struct disk *disk, struct disk_file *file)
{
    int error = disk_platform_sync(descriptor_of(file));

    (void)disk;
    return error == 0 ? XBITS_S_OK : fail_file(file, error, "bring to the disk");
}

/* Rounds down, also before 1970. False when time_t is too small for it. */
static bool to_timespec(int64_t filetime, struct timespec *time_out)
{
    int64_t ticks = filetime - CLOCK_UNIX_EPOCH;
    int64_t seconds = ticks / CLOCK_TICKS_PER_S;
    int64_t rest = ticks % CLOCK_TICKS_PER_S;

    if (rest < 0) {
        rest += CLOCK_TICKS_PER_S;
        seconds--;
    }
    time_out->tv_sec = (time_t)seconds;
    time_out->tv_nsec = (long)(rest * 100);
    return time_out->tv_sec == seconds;
}

xbits_result disk_posix_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { 0 } };

    (void)disk;
    if (modified < 0 || !to_timespec(modified, &times[1]))
        return fail_file(file, EINVAL, "set the time of");
    if (futimens(descriptor_of(file), times) != 0)
        return fail_file(file, errno, "set the time of");
    return XBITS_S_OK;
}

/* After EINTR the descriptor is gone (Linux) or soon will be: another close could hit a stranger.
 */
xbits_result disk_posix_close(struct disk *disk, struct disk_file *file)
{
    int error = close(descriptor_of(file)) == 0 || errno == EINTR ? 0 : errno;
    xbits_result result = error == 0 ? XBITS_S_OK : fail_file(file, error, "close");

    (void)disk;
    free_file((struct posix_file *)file);
    return result;
}

xbits_result disk_posix_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    /* Its holder writes into it: it is never the file behind a link. */
    static const struct way way = { O_RDWR | O_CREAT | O_NOFOLLOW, 0600, "lock" };
    struct posix_file *file = NULL;
    int error;

    TRY(open_as(path, &way, &file));
    error = disk_platform_lock(file->descriptor);
    if (error == 0) {
        *file_out = &file->base;
        return XBITS_S_OK;
    }
    disk_posix_close(disk, &file->base);
    if (error != EWOULDBLOCK)
        return xbits_fail_errno(error, "cannot lock %s", path);
    return xbits_fail_native(XBITS_ERROR_LOCK_VIOLATION, XBITS_DOMAIN_ERRNO, error,
                             "%s is locked by somebody else", path);
}

xbits_result disk_posix_is_locked(struct disk *disk, const char *path, bool *is_locked_out)
{
    static const struct way way = { O_RDONLY, 0, "look at" };
    int descriptor = -1;
    xbits_result result = open_descriptor(path, &way, &descriptor);
    int error;

    (void)disk;
    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND) {
        *is_locked_out = false;
        return XBITS_S_OK;
    }
    TRY(result);
    error = disk_platform_is_locked(descriptor, is_locked_out);
    close(descriptor);
    return error == 0 ? XBITS_S_OK : xbits_fail_errno(error, "cannot look at the lock %s", path);
}
