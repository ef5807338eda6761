/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/queue.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "base/text.h"

struct queue_lock {
    struct disk *disk;
    struct disk_file *file;
};

static xbits_result format_path(const char *directory, struct text *path)
{
    return text_format(path, "%s/lock", directory);
}

/* The number in the file, whoever wrote it; 0 when it is none. */
static uint64_t read_owner(struct disk *disk, const char *path)
{
    struct disk_file *file = NULL;
    char digits[32] = { 0 };
    uint64_t owner = 0;
    size_t size = 0;

    if (XBITS_FAILED(disk_open(disk, path, DISK_OPEN_READ, &file)))
        return 0;
    if (XBITS_FAILED(disk_read_at(disk, file, 0, digits, sizeof(digits) - 1, &size)))
        size = 0;
    (void)disk_close(disk, file);
    digits[size] = '\0';
    digits[strcspn(digits, "\n")] = '\0';
    return text_parse_u64(digits, UINT64_MAX, &owner) ? owner : 0;
}

static xbits_result fail_owned(struct disk *disk, const char *directory, const char *path)
{
    uint64_t owner = read_owner(disk, path);
    char who[40] = "another process";

    if (owner != 0)
        snprintf(who, sizeof(who), "process %" PRIu64, owner);
    return xbits_fail(XBITS_ERROR_LOCK_VIOLATION,
                      "the queue %s is in use by %s; stop that process (its jobs stay), or call "
                      "again when it has ended",
                      directory, who);
}

/*
 * The lock is what counts; the number only names its holder, 0 nobody. It is written over the last
 * one, which needs no space, and may fail: a full disk is for the database to tell.
 */
static void write_owner(struct queue_lock *lock, uint64_t owner)
{
    char digits[32];
    int length = snprintf(digits, sizeof(digits), "%" PRIu64 "\n", owner);

    (void)disk_write_at(lock->disk, lock->file, 0, digits, (size_t)length);
}

static xbits_result take(struct queue_lock *lock, const char *directory)
{
    struct text path = { 0 };
    xbits_result result = format_path(directory, &path);

    if (XBITS_SUCCEEDED(result))
        result = disk_make_directory(lock->disk, directory);
    if (XBITS_SUCCEEDED(result)) {
        result = disk_lock(lock->disk, text_c(&path), &lock->file);
        if (result == XBITS_ERROR_LOCK_VIOLATION)
            result = fail_owned(lock->disk, directory, text_c(&path));
    }
    if (XBITS_SUCCEEDED(result))
        write_owner(lock, process_id());
    text_dispose(&path);
    return result;
}

xbits_result queue_lock_take(struct disk *disk, const char *directory, struct queue_lock **lock_out)
{
    struct queue_lock *lock = calloc(1, sizeof(*lock));
    xbits_result result;

    if (lock == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the lock of %s", directory);
    lock->disk = disk;
    result = take(lock, directory);
    if (XBITS_FAILED(result)) {
        if (lock->file != NULL)
            (void)disk_close(disk, lock->file);
        free(lock);
        return result;
    }
    *lock_out = lock;
    return XBITS_S_OK;
}

/* The file stays: to remove it could take the name from under a new owner. */
void queue_lock_release(struct queue_lock *lock)
{
    if (lock == NULL)
        return;
    write_owner(lock, 0);
    (void)disk_close(lock->disk, lock->file);
    free(lock);
}

uint64_t queue_lock_owner(struct disk *disk, const char *directory)
{
    struct text path = { 0 };
    bool is_locked = false;
    uint64_t owner = 0;

    if (XBITS_SUCCEEDED(format_path(directory, &path)) &&
        XBITS_SUCCEEDED(disk_is_locked(disk, text_c(&path), &is_locked)) && is_locked)
        owner = read_owner(disk, text_c(&path));
    text_dispose(&path);
    return owner;
}
