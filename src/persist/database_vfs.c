/* SPDX-License-Identifier: MIT */
#include "persist/database_vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_SIZE 1024

struct database_vfs {
    sqlite3_vfs base;
    sqlite3_vfs *system; /* Has the time, chance, and files without a name. */
    struct disk *disk;
    struct xbits_error failure;
    char name[32];
};

struct vfs_file {
    sqlite3_file base;
    struct database_vfs *vfs;
    struct disk_file *file;
    const char *path;      /* SQLite's, which outlives the file. */
    bool has_durable_name; /* Or needs none. */
};

static struct database_vfs *vfs_of(sqlite3_vfs *vfs)
{
    return (struct database_vfs *)vfs;
}

/* SQLite's word for the disk's result; the disk's own is kept. */
static int answer(struct database_vfs *vfs, xbits_result result, int failure)
{
    static const struct {
        xbits_result result;
        int answer;
    } rows[] = {
        { XBITS_ERROR_DISK_FULL, SQLITE_FULL },
        { XBITS_ERROR_HANDLE_DISK_FULL, SQLITE_FULL },
        { XBITS_ERROR_DISK_QUOTA_EXCEEDED, SQLITE_FULL },
        { XBITS_E_OUTOFMEMORY, SQLITE_IOERR_NOMEM },
    };

    if (XBITS_SUCCEEDED(result))
        return SQLITE_OK;
    vfs->failure = *xbits_last_error();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].result == result)
            return rows[i].answer;
    }
    return failure;
}

static int vfs_close(sqlite3_file *base)
{
    struct vfs_file *file = (struct vfs_file *)base;

    return answer(file->vfs, disk_close(file->vfs->disk, file->file), SQLITE_IOERR_CLOSE);
}

static int vfs_read(sqlite3_file *base, void *bytes, int size, sqlite3_int64 offset)
{
    struct vfs_file *file = (struct vfs_file *)base;
    size_t got = 0;
    xbits_result result =
        disk_read_at(file->vfs->disk, file->file, (uint64_t)offset, bytes, (size_t)size, &got);

    if (XBITS_FAILED(result))
        return answer(file->vfs, result, SQLITE_IOERR_READ);
    if (got == (size_t)size)
        return SQLITE_OK;
    memset((char *)bytes + got, 0, (size_t)size - got);
    return SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *base, const void *bytes, int size, sqlite3_int64 offset)
{
    struct vfs_file *file = (struct vfs_file *)base;

    return answer(file->vfs,
                  disk_write_at(file->vfs->disk, file->file, (uint64_t)offset, bytes, (size_t)size),
                  SQLITE_IOERR_WRITE);
}

static int vfs_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct vfs_file *file = (struct vfs_file *)base;

    return answer(file->vfs, disk_truncate(file->vfs->disk, file->file, (uint64_t)size),
                  SQLITE_IOERR_TRUNCATE);
}

static int vfs_sync(sqlite3_file *base, int flags)
{
    struct vfs_file *file = (struct vfs_file *)base;
    int code = answer(file->vfs, disk_sync(file->vfs->disk, file->file), SQLITE_IOERR_FSYNC);

    (void)flags;
    if (code != SQLITE_OK || file->has_durable_name)
        return code;
    code = answer(file->vfs, disk_sync_name(file->vfs->disk, file->path), SQLITE_IOERR_DIR_FSYNC);
    file->has_durable_name = code == SQLITE_OK;
    return code;
}

static int vfs_file_size(sqlite3_file *base, sqlite3_int64 *size_out)
{
    struct vfs_file *file = (struct vfs_file *)base;
    struct disk_stat stat;
    int code = answer(file->vfs, disk_stat(file->vfs->disk, file->path, &stat), SQLITE_IOERR_FSTAT);

    if (code == SQLITE_OK)
        *size_out = (sqlite3_int64)stat.size;
    return code;
}

static int vfs_lock(sqlite3_file *base, int level)
{
    (void)base;
    (void)level;
    return SQLITE_OK;
}

static int vfs_check_lock(sqlite3_file *base, int *is_locked_out)
{
    (void)base;
    *is_locked_out = 0;
    return SQLITE_OK;
}

static int vfs_file_control(sqlite3_file *base, int operation, void *argument)
{
    (void)base;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

/* The same as SQLite's own file systems say of theirs, so that it writes the same way on both. */
static int vfs_sector_size(sqlite3_file *base)
{
    (void)base;
    return 4096;
}

static int vfs_characteristics(sqlite3_file *base)
{
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: no shared memory, no memory mapping. */
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = vfs_close,
    .xRead = vfs_read,
    .xWrite = vfs_write,
    .xTruncate = vfs_truncate,
    .xSync = vfs_sync,
    .xFileSize = vfs_file_size,
    .xLock = vfs_lock,
    .xUnlock = vfs_lock,
    .xCheckReservedLock = vfs_check_lock,
    .xFileControl = vfs_file_control,
    .xSectorSize = vfs_sector_size,
    .xDeviceCharacteristics = vfs_characteristics,
};

static xbits_result open_file(struct disk *disk, const char *path, int flags,
                              struct disk_file **file_out)
{
    struct disk_stat stat;

    if ((flags & SQLITE_OPEN_READONLY) != 0)
        return disk_open(disk, path, DISK_OPEN_READ, file_out);
    if ((flags & SQLITE_OPEN_EXCLUSIVE) != 0 && XBITS_SUCCEEDED(disk_stat(disk, path, &stat)))
        return xbits_fail(XBITS_ERROR_FILE_EXISTS, "%s exists", path);
    if ((flags & SQLITE_OPEN_CREATE) == 0)
        TRY(disk_stat(disk, path, &stat));
    return disk_open(disk, path, DISK_OPEN_UPDATE, file_out);
}

/* As on POSIX, where the names of new journals are made durable with their first sync, and the
 * name of a new database is left to whoever made it. */
static bool leaves_name_alone(int flags)
{
    return (flags & SQLITE_OPEN_CREATE) == 0 ||
           (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL)) == 0;
}

static int vfs_open(sqlite3_vfs *base, const char *path, sqlite3_file *opened, int flags,
                    int *flags_out)
{
    struct database_vfs *vfs = vfs_of(base);
    struct vfs_file *file = (struct vfs_file *)opened;
    int code;

    /* A file without a name ends with its database: it need not be on this disk. */
    if (path == NULL)
        return vfs->system->xOpen(vfs->system, NULL, opened, flags, flags_out);
    memset(file, 0, sizeof(*file));
    file->vfs = vfs;
    file->path = path;
    file->has_durable_name = leaves_name_alone(flags);
    code = answer(vfs, open_file(vfs->disk, path, flags, &file->file), SQLITE_CANTOPEN);
    if (code != SQLITE_OK)
        return code;
    file->base.pMethods = &methods;
    if (flags_out != NULL)
        *flags_out = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *base, const char *path, int syncs_directory)
{
    struct database_vfs *vfs = vfs_of(base);
    xbits_result result = disk_remove(vfs->disk, path);

    if (result == XBITS_ERROR_FILE_NOT_FOUND)
        return SQLITE_IOERR_DELETE_NOENT;
    if (XBITS_FAILED(result) || syncs_directory == 0)
        return answer(vfs, result, SQLITE_IOERR_DELETE);
    return answer(vfs, disk_sync_name(vfs->disk, path), SQLITE_IOERR_DIR_FSYNC);
}

/* An empty journal is none: SQLite's own file systems say so, too. */
static int vfs_access(sqlite3_vfs *base, const char *path, int question, int *answer_out)
{
    struct database_vfs *vfs = vfs_of(base);
    struct disk_stat stat = { 0 };
    xbits_result result = disk_stat(vfs->disk, path, &stat);

    *answer_out = 0;
    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND)
        return SQLITE_OK;
    if (XBITS_FAILED(result))
        return answer(vfs, result, SQLITE_IOERR_ACCESS);
    *answer_out =
        question == SQLITE_ACCESS_EXISTS ? !stat.is_regular || stat.size > 0 : !stat.is_read_only;
    return SQLITE_OK;
}

/* The disk's paths are absolute already. */
static int vfs_full_path(sqlite3_vfs *base, const char *path, int size, char *path_out)
{
    (void)base;
    if (strlen(path) >= (size_t)size)
        return SQLITE_CANTOPEN;
    memcpy(path_out, path, strlen(path) + 1);
    return SQLITE_OK;
}

static int vfs_randomness(sqlite3_vfs *base, int size, char *bytes)
{
    return vfs_of(base)->system->xRandomness(vfs_of(base)->system, size, bytes);
}

static int vfs_sleep(sqlite3_vfs *base, int us)
{
    return vfs_of(base)->system->xSleep(vfs_of(base)->system, us);
}

static int vfs_time(sqlite3_vfs *base, double *time_out)
{
    return vfs_of(base)->system->xCurrentTime(vfs_of(base)->system, time_out);
}

static int vfs_last_error(sqlite3_vfs *base, int size, char *text)
{
    (void)size;
    (void)text;
    return vfs_of(base)->failure.domain == XBITS_DOMAIN_ERRNO
               ? (int)vfs_of(base)->failure.native_code
               : 0;
}

static int largest_file(const sqlite3_vfs *system)
{
    int own = (int)sizeof(struct vfs_file);

    return system->szOsFile > own ? system->szOsFile : own;
}

xbits_result database_vfs_new(struct disk *disk, struct database_vfs **vfs_out)
{
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    struct database_vfs *vfs = system != NULL ? calloc(1, sizeof(*vfs)) : NULL;

    if (vfs == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a database's file system");
    vfs->system = system;
    vfs->disk = disk;
    snprintf(vfs->name, sizeof(vfs->name), "xbits-%p", (void *)vfs);
    vfs->base = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = largest_file(system),
        .mxPathname = PATH_SIZE,
        .zName = vfs->name,
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_randomness,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
    };
    if (sqlite3_vfs_register(&vfs->base, 0) != SQLITE_OK) {
        free(vfs);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a database's file system");
    }
    *vfs_out = vfs;
    return XBITS_S_OK;
}

void database_vfs_free(struct database_vfs *vfs)
{
    if (vfs == NULL)
        return;
    sqlite3_vfs_unregister(&vfs->base);
    free(vfs);
}

const char *database_vfs_name(const struct database_vfs *vfs)
{
    return vfs->name;
}

const struct xbits_error *database_vfs_failure(const struct database_vfs *vfs)
{
    return &vfs->failure;
}
