/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <stdlib.h>
#include <string.h>

#include "base/disk_file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/thread.h"

/* As faults and counts name them. */
enum operation {
    OPEN,
    WRITE_AT,
    READ_AT,
    PREALLOCATE,
    TRUNCATE,
    SYNC,
    SET_MODIFIED,
    CLOSE,
    RENAME,
    REMOVE,
    SYNC_DIRECTORY,
    STAT,
    CHECK_DIRECTORY,
    LOCK,
    OPERATION_COUNT
};

static const char *const operation_names[OPERATION_COUNT] = {
    [OPEN] = "open",
    [WRITE_AT] = "write_at",
    [READ_AT] = "read_at",
    [PREALLOCATE] = "preallocate",
    [TRUNCATE] = "truncate",
    [SYNC] = "sync",
    [SET_MODIFIED] = "set_modified",
    [CLOSE] = "close",
    [RENAME] = "rename",
    [REMOVE] = "remove",
    [SYNC_DIRECTORY] = "sync_directory",
    [STAT] = "stat",
    [CHECK_DIRECTORY] = "check_directory",
    [LOCK] = "lock",
};

struct fault {
    struct fault *next;
    char *operation;
    char *path_part;
    uint64_t nth;
    uint64_t seen; /* Calls that fitted. */
    enum disk_fault_kind kind;
    xbits_result result;
};

struct faulty_disk {
    struct disk base;
    struct disk *inner;
    struct mutex *mutex; /* Guards what follows. */
    struct fault *faults;
    uint64_t counts[OPERATION_COUNT];
};

struct faulty_file {
    struct disk_file base;
    struct disk_file *inner;
};

/* What is to become of a call; decided before it is carried out. */
struct verdict {
    bool is_fault;
    enum disk_fault_kind kind;
    xbits_result result;
};

static struct disk *inner_disk(struct disk *disk)
{
    return ((struct faulty_disk *)disk)->inner;
}

static struct disk_file *inner_file(struct disk_file *file)
{
    return ((struct faulty_file *)file)->inner;
}

static bool fault_matches(const struct fault *fault, enum operation operation, const char *path,
                          const char *second_path)
{
    if (strcmp(fault->operation, "*") != 0 &&
        strcmp(fault->operation, operation_names[operation]) != 0)
        return false;
    return strstr(path, fault->path_part) != NULL ||
           (second_path != NULL && strstr(second_path, fault->path_part) != NULL);
}

/* Counts the call, also for faults behind the one that strikes. */
static struct verdict judge_locked(struct faulty_disk *self, enum operation operation,
                                   const char *path, const char *second_path)
{
    struct verdict verdict = { 0 };

    self->counts[operation]++;
    for (struct fault *fault = self->faults; fault != NULL; fault = fault->next) {
        if (!fault_matches(fault, operation, path, second_path))
            continue;
        fault->seen++;
        if (!verdict.is_fault && (fault->nth == 0 || fault->nth == fault->seen))
            verdict = (struct verdict){ true, fault->kind, fault->result };
    }
    return verdict;
}

/* The failure that was ordered, if one was. A crash before the call happens in here. */
static xbits_result begin(struct disk *disk, enum operation operation, const char *path,
                          const char *second_path, struct verdict *verdict_out)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    struct verdict verdict;

    mutex_lock(self->mutex);
    verdict = judge_locked(self, operation, path, second_path);
    mutex_unlock(self->mutex);
    *verdict_out = verdict;
    if (!verdict.is_fault)
        return XBITS_S_OK;
    log_line(LOG_DISK, "fault: %s %s", operation_names[operation], path);
    if (verdict.kind == DISK_FAULT_CRASH_BEFORE)
        _Exit(DISK_FAULT_EXIT_STATUS);
    if (verdict.kind == DISK_FAULT_CRASH_AFTER)
        return XBITS_S_OK;
    return xbits_fail(verdict.result, "%s of %s was made to fail", operation_names[operation],
                      path);
}

/* A crash after the call happens in here. */
static xbits_result end(const struct verdict *verdict, xbits_result result)
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
    struct verdict verdict;
    struct faulty_file *file;

    TRY(begin(disk, OPEN, path, NULL, &verdict));
    TRY(new_file(path, &file));
    return take_opened(file, end(&verdict, disk_open(inner_disk(disk), path, how, &file->inner)),
                       file_out);
}

static xbits_result faulty_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    struct verdict verdict;
    struct faulty_file *file;

    TRY(begin(disk, LOCK, path, NULL, &verdict));
    TRY(new_file(path, &file));
    return take_opened(file, end(&verdict, disk_lock(inner_disk(disk), path, &file->inner)),
                       file_out);
}

static xbits_result faulty_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                    const void *bytes, size_t size)
{
    struct verdict verdict;

    TRY(begin(disk, WRITE_AT, file->path, NULL, &verdict));
    return end(&verdict, disk_write_at(inner_disk(disk), inner_file(file), offset, bytes, size));
}

static xbits_result faulty_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                   void *bytes, size_t size, size_t *size_out)
{
    struct verdict verdict;

    TRY(begin(disk, READ_AT, file->path, NULL, &verdict));
    return end(&verdict,
               disk_read_at(inner_disk(disk), inner_file(file), offset, bytes, size, size_out));
}

static xbits_result faulty_preallocate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    struct verdict verdict;

    TRY(begin(disk, PREALLOCATE, file->path, NULL, &verdict));
    return end(&verdict, disk_preallocate(inner_disk(disk), inner_file(file), size));
}

static xbits_result faulty_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    struct verdict verdict;

    TRY(begin(disk, TRUNCATE, file->path, NULL, &verdict));
    return end(&verdict, disk_truncate(inner_disk(disk), inner_file(file), size));
}

static xbits_result faulty_sync(struct disk *disk, struct disk_file *file)
{
    struct verdict verdict;

    TRY(begin(disk, SYNC, file->path, NULL, &verdict));
    return end(&verdict, disk_sync(inner_disk(disk), inner_file(file)));
}

static xbits_result faulty_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    struct verdict verdict;

    TRY(begin(disk, SET_MODIFIED, file->path, NULL, &verdict));
    return end(&verdict, disk_set_modified(inner_disk(disk), inner_file(file), modified));
}

/* The file is closed in any case, as the contract says; the ordered failure comes on top. */
static xbits_result faulty_close(struct disk *disk, struct disk_file *file)
{
    struct verdict verdict;
    xbits_result ordered = begin(disk, CLOSE, file->path, NULL, &verdict);
    struct xbits_error order = *xbits_last_error();
    xbits_result closed = end(&verdict, disk_close(inner_disk(disk), inner_file(file)));

    free_file((struct faulty_file *)file);
    return XBITS_FAILED(ordered) ? xbits_fail_again(&order) : closed;
}

static xbits_result faulty_rename(struct disk *disk, const char *from, const char *to)
{
    struct verdict verdict;

    TRY(begin(disk, RENAME, from, to, &verdict));
    return end(&verdict, disk_rename(inner_disk(disk), from, to));
}

static xbits_result faulty_remove(struct disk *disk, const char *path)
{
    struct verdict verdict;

    TRY(begin(disk, REMOVE, path, NULL, &verdict));
    return end(&verdict, disk_remove(inner_disk(disk), path));
}

static xbits_result faulty_sync_directory(struct disk *disk, const char *path)
{
    struct verdict verdict;

    TRY(begin(disk, SYNC_DIRECTORY, path, NULL, &verdict));
    return end(&verdict, disk_sync_directory(inner_disk(disk), path));
}

static xbits_result faulty_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    struct verdict verdict;

    TRY(begin(disk, STAT, path, NULL, &verdict));
    return end(&verdict, disk_stat(inner_disk(disk), path, stat_out));
}

static xbits_result faulty_check_directory(struct disk *disk, const char *path)
{
    struct verdict verdict;

    TRY(begin(disk, CHECK_DIRECTORY, path, NULL, &verdict));
    return end(&verdict, disk_check_directory(inner_disk(disk), path));
}

static const struct disk_ops faulty_ops = {
    .open = faulty_open,
    .write_at = faulty_write_at,
    .read_at = faulty_read_at,
    .preallocate = faulty_preallocate,
    .truncate = faulty_truncate,
    .sync = faulty_sync,
    .set_modified = faulty_set_modified,
    .close = faulty_close,
    .rename = faulty_rename,
    .remove = faulty_remove,
    .sync_directory = faulty_sync_directory,
    .stat = faulty_stat,
    .check_directory = faulty_check_directory,
    .lock = faulty_lock,
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

static void free_fault(struct fault *fault)
{
    free(fault->operation);
    free(fault->path_part);
    free(fault);
}

void disk_faulty_clear(struct disk *disk)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    struct fault *fault;

    mutex_lock(self->mutex);
    while ((fault = self->faults) != NULL) {
        self->faults = fault->next;
        free_fault(fault);
    }
    mutex_unlock(self->mutex);
}

void disk_faulty_free(struct disk *disk)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;

    if (self == NULL)
        return;
    disk_faulty_clear(disk);
    mutex_free(self->mutex);
    free(self);
}

/* OPERATION_COUNT for "*" and for what is no operation. */
static enum operation find_operation(const char *name)
{
    unsigned operation = 0;

    while (operation < OPERATION_COUNT && strcmp(operation_names[operation], name) != 0)
        operation++;
    return (enum operation)operation;
}

/* At the end of the list: of two faults that fit, the first one added strikes. */
static void append_fault(struct faulty_disk *self, struct fault *fault)
{
    struct fault **place = &self->faults;

    mutex_lock(self->mutex);
    while (*place != NULL)
        place = &(*place)->next;
    *place = fault;
    mutex_unlock(self->mutex);
}

static xbits_result new_fault(const struct disk_fault *rule, struct fault **fault_out)
{
    struct fault *fault = calloc(1, sizeof(*fault));
    xbits_result result;

    if (fault == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a fault");
    fault->nth = rule->nth;
    fault->kind = rule->kind;
    fault->result = rule->result;
    result = text_copy(rule->operation, &fault->operation);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(rule->path_part, &fault->path_part);
    if (XBITS_FAILED(result)) {
        free_fault(fault);
        return result;
    }
    *fault_out = fault;
    return XBITS_S_OK;
}

xbits_result disk_faulty_add(struct disk *disk, const struct disk_fault *rule)
{
    struct fault *fault = NULL;

    if (strcmp(rule->operation, "*") != 0 && find_operation(rule->operation) == OPERATION_COUNT)
        return xbits_fail(XBITS_E_INVALIDARG, "a disk has no operation \"%s\"", rule->operation);
    if (rule->kind == DISK_FAULT_FAIL && !XBITS_FAILED(rule->result))
        return xbits_fail(XBITS_E_INVALIDARG, "a fault of \"%s\" needs a failing result",
                          rule->operation);
    TRY(new_fault(rule, &fault));
    append_fault((struct faulty_disk *)disk, fault);
    return XBITS_S_OK;
}

uint64_t disk_faulty_count(struct disk *disk, const char *operation)
{
    struct faulty_disk *self = (struct faulty_disk *)disk;
    uint64_t count = 0;

    mutex_lock(self->mutex);
    for (unsigned i = 0; i < OPERATION_COUNT; i++) {
        if (strcmp(operation, "*") == 0 || strcmp(operation, operation_names[i]) == 0)
            count += self->counts[i];
    }
    mutex_unlock(self->mutex);
    return count;
}
