/* SPDX-License-Identifier: MIT */
#include "base/disk_posix.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/disk_platform.h"
#include "base/text.h"

/* O_NONBLOCK: opening a FIFO must not wait for its other end, which may never come. */
#define SAFE_FLAGS (O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

xbits_result disk_directory_of(const char *path, char **directory_out)
{
    const char *slash = strrchr(path, '/');
    char *directory;

    if (slash == NULL)
        return text_copy(".", directory_out);
    while (slash > path && slash[-1] == '/')
        slash--;
    TRY(text_copy(slash == path ? "/" : path, &directory));
    if (slash != path)
        directory[slash - path] = '\0';
    *directory_out = directory;
    return XBITS_S_OK;
}

/* Asked only on the way to a failure, whose message replaces one that is set in here. */
static bool has_directory(const char *path)
{
    struct stat status;
    char *directory;
    bool is_there;

    if (XBITS_FAILED(disk_directory_of(path, &directory)))
        return true;
    is_there = stat(directory, &status) == 0;
    free(directory);
    return is_there;
}

/* ENOENT is two failures on Windows: the file is missing, or a directory on the way to it. */
xbits_result disk_posix_fail(int error, const char *what, const char *path)
{
    if (error == ENOENT && !has_directory(path)) {
        return xbits_fail_native(XBITS_ERROR_PATH_NOT_FOUND, XBITS_DOMAIN_ERRNO, error,
                                 "cannot %s %s: its directory does not exist", what, path);
    }
    return xbits_fail_errno(error, "cannot %s %s", what, path);
}

int disk_posix_descriptor(const char *path, int flags, unsigned mode)
{
    int descriptor;

    do
        descriptor = open(path, flags | SAFE_FLAGS, (mode_t)mode);
    while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

static xbits_result fail_rename(int error, const char *from, const char *to)
{
    if (error == ENOENT && has_directory(from) && has_directory(to))
        return disk_posix_fail(error, "rename", from);
    if (error == ENOENT) {
        return xbits_fail_native(XBITS_ERROR_PATH_NOT_FOUND, XBITS_DOMAIN_ERRNO, error,
                                 "cannot rename %s to %s: a directory does not exist", from, to);
    }
    return xbits_fail_errno(error, "cannot rename %s to %s", from, to);
}

static xbits_result posix_rename(struct disk *disk, const char *from, const char *to)
{
    (void)disk;
    return rename(from, to) == 0 ? XBITS_S_OK : fail_rename(errno, from, to);
}

/* EPERM: so do systems call a file system without links. */
int disk_posix_rename_by_link(const char *from, const char *to)
{
    int error;

    if (linkat(AT_FDCWD, from, AT_FDCWD, to, 0) != 0)
        return errno == EPERM || errno == ENOSYS || errno == ENOTSUP ? EOPNOTSUPP : errno;
    if (unlink(from) == 0)
        return 0;
    error = errno;
    unlink(to);
    return error;
}

/* To look first whether the name is free, and then to rename, could replace what came in between.
 */
static xbits_result posix_rename_new(struct disk *disk, const char *from, const char *to)
{
    int error = disk_platform_rename_new(from, to);

    (void)disk;
    if (error == EOPNOTSUPP)
        error = disk_posix_rename_by_link(from, to);
    if (error == EOPNOTSUPP) {
        return xbits_fail_native(XBITS_ERROR_NOT_SUPPORTED, XBITS_DOMAIN_ERRNO, error,
                                 "cannot rename %s to %s: its file system has no way that is sure "
                                 "not to replace a file",
                                 from, to);
    }
    return error == 0 ? XBITS_S_OK : fail_rename(error, from, to);
}

static xbits_result posix_remove(struct disk *disk, const char *path)
{
    (void)disk;
    return unlink(path) == 0 ? XBITS_S_OK : disk_posix_fail(errno, "remove", path);
}

/* EINVAL: the file system keeps no directories that could be brought to the disk. */
static xbits_result posix_sync_directory(struct disk *disk, const char *path)
{
    int descriptor = disk_posix_descriptor(path, O_RDONLY | O_DIRECTORY, 0);
    int error = 0;

    (void)disk;
    if (descriptor < 0)
        return disk_posix_fail(errno, "open the directory", path);
    do
        error = fsync(descriptor) != 0 ? errno : 0;
    while (error == EINTR);
    if (error == EINVAL || error == EROFS)
        error = 0;
    close(descriptor);
    return error == 0 ? XBITS_S_OK : disk_posix_fail(error, "bring to the disk", path);
}

static xbits_result posix_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    struct stat status;
    bool is_link;

    (void)disk;
    if (lstat(path, &status) != 0)
        return disk_posix_fail(errno, "look at", path);
    is_link = S_ISLNK(status.st_mode);
    if (is_link && stat(path, &status) != 0)
        return disk_posix_fail(errno, "look at", path);
    *stat_out = (struct disk_stat){
        .size = (uint64_t)status.st_size,
        .modified = CLOCK_UNIX_EPOCH + (int64_t)status.st_mtime * CLOCK_TICKS_PER_S +
                    disk_platform_modified_ns(&status) / 100,
        .device = (uint64_t)status.st_dev,
        .inode = (uint64_t)status.st_ino,
        .is_directory = S_ISDIR(status.st_mode),
        .is_regular = S_ISREG(status.st_mode),
        .is_link = is_link,
        .is_read_only = (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0,
        .is_exposed = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0,
    };
    return XBITS_S_OK;
}

static xbits_result posix_is_taken(struct disk *disk, const char *path, bool *is_taken_out)
{
    struct stat status;
    bool is_taken = lstat(path, &status) == 0;

    (void)disk;
    if (!is_taken && errno != ENOENT && errno != ENOTDIR)
        return disk_posix_fail(errno, "look at", path);
    *is_taken_out = is_taken;
    return XBITS_S_OK;
}

/* Who may not give files away keeps his own; then no right goes with it that an owner's program
 * has. */
static xbits_result posix_copy_permissions(struct disk *disk, const char *from, const char *to)
{
    struct stat status;

    (void)disk;
    if (stat(from, &status) != 0)
        return disk_posix_fail(errno, "look at", from);
    if (chown(to, status.st_uid, status.st_gid) != 0 && errno != EPERM && errno != EINVAL)
        return disk_posix_fail(errno, "change the owner of", to);
    if (chmod(to, status.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) != 0)
        return disk_posix_fail(errno, "change the permissions of", to);
    return XBITS_S_OK;
}

static xbits_result fail_no_directory(int error, const char *path)
{
    return xbits_fail_native(XBITS_ERROR_PATH_NOT_FOUND, XBITS_DOMAIN_ERRNO, error,
                             "the directory %s does not exist", path);
}

static xbits_result posix_check_directory(struct disk *disk, const char *path)
{
    struct stat status;

    (void)disk;
    if (stat(path, &status) != 0) {
        return errno == ENOENT ? fail_no_directory(errno, path)
                               : xbits_fail_errno(errno, "cannot look at the directory %s", path);
    }
    if (!S_ISDIR(status.st_mode))
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "%s is not a directory", path);
    if (faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) != 0)
        return xbits_fail_errno(errno, "cannot make files in the directory %s", path);
    return XBITS_S_OK;
}

static xbits_result make_parents(struct disk *disk, const char *path)
{
    char *parent = NULL;
    xbits_result result;

    TRY(disk_directory_of(path, &parent));
    /* The root and "." are their own parents. */
    result = strcmp(parent, path) == 0 ? fail_no_directory(ENOENT, path)
                                       : disk_make_directory(disk, parent);
    free(parent);
    return result;
}

/* A new name is durable when the directory that holds it is. */
static xbits_result sync_parent(struct disk *disk, const char *path)
{
    char *parent = NULL;
    xbits_result result;

    TRY(disk_directory_of(path, &parent));
    result = posix_sync_directory(disk, parent);
    free(parent);
    return result;
}

/* What is there decides, not the error: a directory on a read-only volume is fine. */
static xbits_result accept_directory(int error, const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return xbits_fail_errno(error, "cannot make the directory %s", path);
    if (!S_ISDIR(status.st_mode))
        return xbits_fail(XBITS_ERROR_DIRECTORY, "%s is there and is not a directory", path);
    return XBITS_S_OK;
}

static xbits_result posix_make_directory(struct disk *disk, const char *path)
{
    if (mkdir(path, 0700) == 0)
        return sync_parent(disk, path);
    if (errno != ENOENT)
        return accept_directory(errno, path);
    TRY(make_parents(disk, path));
    return mkdir(path, 0700) == 0 ? sync_parent(disk, path) : accept_directory(errno, path);
}

static bool posix_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE])
{
    (void)disk;
    return boot_id_read(id_out);
}

static const struct disk_ops posix_ops = {
    .open = disk_posix_open,
    .write_at = disk_posix_write_at,
    .read_at = disk_posix_read_at,
    .preallocate = disk_posix_preallocate,
    .start_sync = disk_posix_start_sync,
    .truncate = disk_posix_truncate,
    .sync = disk_posix_sync,
    .set_modified = disk_posix_set_modified,
    .close = disk_posix_close,
    .rename = posix_rename,
    .rename_new = posix_rename_new,
    .remove = posix_remove,
    .sync_directory = posix_sync_directory,
    .stat = posix_stat,
    .is_taken = posix_is_taken,
    .copy_permissions = posix_copy_permissions,
    .check_directory = posix_check_directory,
    .make_directory = posix_make_directory,
    .lock = disk_posix_lock,
    .boot_id = posix_boot_id,
    .is_locked = disk_posix_is_locked,
};

struct disk *disk_system(void)
{
    /* Nobody writes to it; it is not const because a faulty disk would not be. */
    static struct disk machine = { &posix_ops };

    return &machine;
}
