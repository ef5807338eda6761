/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <stdlib.h>

#include "base/disk_fault.h"
#include "base/disk_file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/thread.h"

struct faulty_disk {
    struct disk base;
    struct disk *inner;
    struct mutex *mutex; /* Guards the faults. */
    struct disk_fault_list faults;
};

struct faulty_file {
    struct disk_file base;
    struct disk_file *inner;
};

static struct disk *inner_disk(struct disk *disk)
{
    return ((struct faulty_disk *)disk)->inner;
}

static struct disk_file *inner_file(struct disk_file *file)
{
    return ((struct faulty_file *)file)->inner;
}

/* The failure that was ordered, if one was. A crash before the call happens in here. */
static xbits_result begin(struct disk *disk, enum disk_operation operation, const char *path,
                          const char *second_path, struct disk_verdict *verdict_out)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    struct disk_verdict verdict;

    mutex_lock(self->mutex);
    verdict = disk_fault_judge(&self->faults, operation, path, second_path);
    mutex_unlock(self->mutex);
    *verdict_out = verdict;
    if (!verdict.is_fault)
        return XBITS_S_OK;
    log_line(LOG_DISK, "fault: %s %s", disk_operation_name(operation), path);
    if (verdict.kind == DISK_FAULT_CRASH_BEFORE)
        _Exit(DISK_FAULT_EXIT_STATUS);
    if (verdict.kind == DISK_FAULT_CRASH_AFTER)
        return XBITS_S_OK;
    return xbits_fail(verdict.result, "%s of %s was made to fail", disk_operation_name(operation),
                      path);
}

/* A crash after the call happens in here. */
static xbits_result end(const struct disk_verdict *verdict, xbits_result result)
{
    if (verdict->is_fault && verdict->kind == DISK_FAULT_CRASH_AFTER)
        _Exit(DISK_FAULT_EXIT_STATUS);
    return result;
}

static void free_file(struct faulty_file *file)
{
    if (file == NULL)
        return;
    free(file->base.path);
    free(file);
}

static xbits_result new_file(const char *path, struct faulty_file **file_out)
{
    struct faulty_file *file = calloc(1, sizeof(*file));
    xbits_result result;

    if (file == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to open %s", path);
    result = text_copy(path, &file->base.path);
    if (XBITS_FAILED(result)) {
        free_file(file);
        return result;
    }
    *file_out = file;
    return XBITS_S_OK;
}

/* Hands over the file when the call that was to open it succeeded. */
static xbits_result take_opened(struct faulty_file *file, xbits_result result,
                                struct disk_file **file_out)
{
    if (XBITS_FAILED(result))
        free_file(file);
    else
        *file_out = &file->base;
    return result;
}

static xbits_result faulty_open(struct disk *disk, const char *path, enum disk_open how,
                                struct disk_file **file_out)
{
    struct disk_verdict verdict;
    struct faulty_file *file;

    TRY(begin(disk, DISK_OPEN, path, NULL, &verdict));
    TRY(new_file(path, &file));
    return take_opened(file, end(&verdict, disk_open(inner_disk(disk), path, how, &file->inner)),
                       file_out);
}

static xbits_result faulty_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    struct disk_verdict verdict;
    struct faulty_file *file;

    TRY(begin(disk, DISK_LOCK, path, NULL, &verdict));
    TRY(new_file(path, &file));
    return take_opened(file, end(&verdict, disk_lock(inner_disk(disk), path, &file->inner)),
                       file_out);
}

static xbits_result faulty_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                    const void *bytes, size_t size)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_WRITE_AT, file->path, NULL, &verdict));
    return end(&verdict, disk_write_at(inner_disk(disk), inner_file(file), offset, bytes, size));
}

static xbits_result faulty_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                   void *bytes, size_t size, size_t *size_out)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_READ_AT, file->path, NULL, &verdict));
    return end(&verdict,
               disk_read_at(inner_disk(disk), inner_file(file), offset, bytes, size, size_out));
}

static xbits_result faulty_preallocate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_PREALLOCATE, file->path, NULL, &verdict));
    return end(&verdict, disk_preallocate(inner_disk(disk), inner_file(file), size));
}

static xbits_result faulty_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_TRUNCATE, file->path, NULL, &verdict));
    return end(&verdict, disk_truncate(inner_disk(disk), inner_file(file), size));
}

static void faulty_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                              uint64_t size)
{
    disk_start_sync(inner_disk(disk), inner_file(file), offset, size);
}

static xbits_result faulty_sync(struct disk *disk, struct disk_file *file)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_SYNC, file->path, NULL, &verdict));
    return end(&verdict, disk_sync(inner_disk(disk), inner_file(file)));
}

static xbits_result faulty_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_SET_MODIFIED, file->path, NULL, &verdict));
    return end(&verdict, disk_set_modified(inner_disk(disk), inner_file(file), modified));
}

/* The file is closed in any case, as the contract says; the ordered failure comes on top. */
static xbits_result faulty_close(struct disk *disk, struct disk_file *file)
{
    struct disk_verdict verdict;
    xbits_result ordered = begin(disk, DISK_CLOSE, file->path, NULL, &verdict);
    struct xbits_error order = *xbits_last_error();
    xbits_result closed = end(&verdict, disk_close(inner_disk(disk), inner_file(file)));

    free_file((struct faulty_file *)file);
    return XBITS_FAILED(ordered) ? xbits_fail_again(&order) : closed;
}

static xbits_result faulty_rename(struct disk *disk, const char *from, const char *to)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_RENAME, from, to, &verdict));
    return end(&verdict, disk_rename(inner_disk(disk), from, to));
}

static xbits_result faulty_rename_new(struct disk *disk, const char *from, const char *to)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_RENAME_NEW, from, to, &verdict));
    return end(&verdict, disk_rename_new(inner_disk(disk), from, to));
}

static xbits_result faulty_remove(struct disk *disk, const char *path)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_REMOVE, path, NULL, &verdict));
    return end(&verdict, disk_remove(inner_disk(disk), path));
}

static xbits_result faulty_sync_directory(struct disk *disk, const char *path)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_SYNC_DIRECTORY, path, NULL, &verdict));
    return end(&verdict, disk_sync_directory(inner_disk(disk), path));
}

static xbits_result faulty_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_STAT, path, NULL, &verdict));
    return end(&verdict, disk_stat(inner_disk(disk), path, stat_out));
}

static xbits_result faulty_is_taken(struct disk *disk, const char *path, bool *is_taken_out)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_IS_TAKEN, path, NULL, &verdict));
    return end(&verdict, disk_is_taken(inner_disk(disk), path, is_taken_out));
}

static xbits_result faulty_copy_permissions(struct disk *disk, const char *from, const char *to)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_COPY_PERMISSIONS, from, to, &verdict));
    return end(&verdict, disk_copy_permissions(inner_disk(disk), from, to));
}

static xbits_result faulty_check_directory(struct disk *disk, const char *path)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_CHECK_DIRECTORY, path, NULL, &verdict));
    return end(&verdict, disk_check_directory(inner_disk(disk), path));
}

static xbits_result faulty_make_directory(struct disk *disk, const char *path)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_MAKE_DIRECTORY, path, NULL, &verdict));
    return end(&verdict, disk_make_directory(inner_disk(disk), path));
}

static xbits_result faulty_is_locked(struct disk *disk, const char *path, bool *is_locked_out)
{
    struct disk_verdict verdict;

    TRY(begin(disk, DISK_IS_LOCKED, path, NULL, &verdict));
    return end(&verdict, disk_is_locked(inner_disk(disk), path, is_locked_out));
}

static bool faulty_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE])
{
    return disk_boot_id(inner_disk(disk), id_out);
}

static const struct disk_ops faulty_ops = {
    .open = faulty_open,
    .write_at = faulty_write_at,
    .read_at = faulty_read_at,
    .preallocate = faulty_preallocate,
    .start_sync = faulty_start_sync,
    .truncate = faulty_truncate,
    .sync = faulty_sync,
    .set_modified = faulty_set_modified,
    .close = faulty_close,
    .rename = faulty_rename,
    .rename_new = faulty_rename_new,
    .remove = faulty_remove,
    .sync_directory = faulty_sync_directory,
    .stat = faulty_stat,
    .is_taken = faulty_is_taken,
    .copy_permissions = faulty_copy_permissions,
    .check_directory = faulty_check_directory,
    .make_directory = faulty_make_directory,
    .lock = faulty_lock,
    .boot_id = faulty_boot_id,
    .is_locked = faulty_is_locked,
};

xbits_result disk_faulty_new(struct disk *inner, struct disk **disk_out)
{
    struct faulty_disk *self = calloc(1, sizeof(*self));

    if (self != NULL)
        self->mutex = mutex_new();
    if (self == NULL || self->mutex == NULL) {
        free(self);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a faulty disk");
    }
    self->base.ops = &faulty_ops;
    self->inner = inner;
    *disk_out = &self->base;
    return XBITS_S_OK;
}

void disk_faulty_clear(struct disk *disk)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;

    mutex_lock(self->mutex);
    disk_fault_clear(&self->faults);
    mutex_unlock(self->mutex);
}

void disk_faulty_free(struct disk *disk)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;

    if (self == NULL)
        return;
    disk_fault_clear(&self->faults);
    mutex_free(self->mutex);
    free(self);
}

xbits_result disk_faulty_add(struct disk *disk, const struct disk_fault *fault)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    struct disk_fault_node *node = NULL;

    TRY(disk_fault_new(fault, &node));
    mutex_lock(self->mutex);
    disk_fault_take(&self->faults, node);
    mutex_unlock(self->mutex);
    return XBITS_S_OK;
}

uint64_t disk_faulty_count(struct disk *disk, const char *operation)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    uint64_t count;

    mutex_lock(self->mutex);
    count = disk_fault_count(&self->faults, operation);
    mutex_unlock(self->mutex);
    return count;
}
