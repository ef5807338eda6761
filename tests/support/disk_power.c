/* SPDX-License-Identifier: MIT */
#include "support/disk_power.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk_file.h"
#include "base/text.h"
#include "base/thread.h"
#include "support/disk_power_medium.h"

struct power_disk {
    struct disk base;
    struct mutex *mutex; /* Guards all of it. */
    struct medium medium;
    uint64_t count;
    uint64_t ends; /* Every one is the end of a run, */
    uint64_t cuts; /* some are a new start of the system. */
    uint64_t left; /* Operations until the power goes; UINT64_MAX: it stays. */
    enum disk_power_end end;
    bool is_off;
};

struct power_file {
    struct disk_file base;
    struct inode *inode; /* Of the run that opened it. */
    uint64_t run;
    enum disk_open how;
    bool is_lock;
};

static struct power_disk *power_of(struct disk *disk)
{
    return (struct power_disk *)disk;
}

static void go_off(struct power_disk *power)
{
    power->is_off = true;
    power->left = UINT64_MAX;
    power->ends++;
    medium_close_all(&power->medium);
    if (power->end == DISK_POWER_CUT) {
        power->cuts++;
        medium_cut(&power->medium);
    }
}

static xbits_result fail_off(const char *path)
{
    return xbits_fail(XBITS_ERROR_NOT_READY, "the disk of %s has no power", path);
}

/* Takes the lock; a failure has given it back. */
static xbits_result begin(struct disk *disk, const char *path)
{
    mutex_lock(power_of(disk)->mutex);
    if (!power_of(disk)->is_off)
        return XBITS_S_OK;
    mutex_unlock(power_of(disk)->mutex);
    return fail_off(path);
}

/* As begin, for a file that is open: those of an earlier run are good for nothing. */
static xbits_result begin_file(struct disk *disk, const struct disk_file *file)
{
    TRY(begin(disk, file->path));
    if (((const struct power_file *)file)->run == power_of(disk)->ends)
        return XBITS_S_OK;
    mutex_unlock(power_of(disk)->mutex);
    return fail_off(file->path);
}

static xbits_result end(struct disk *disk, xbits_result result)
{
    mutex_unlock(power_of(disk)->mutex);
    return result;
}

/* The end of an operation that counts, when it was carried out: the last one before the power goes
 * has still happened. */
static xbits_result end_change(struct disk *disk, xbits_result result)
{
    struct power_disk *power = power_of(disk);

    if (XBITS_SUCCEEDED(result)) {
        power->count++;
        if (power->left != UINT64_MAX && --power->left == 0)
            go_off(power);
    }
    return end(disk, result);
}

static struct inode *inode_of(struct disk_file *file)
{
    return ((struct power_file *)file)->inode;
}

static xbits_result fail_missing(const char *path)
{
    return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "%s does not exist", path);
}

static xbits_result check_parent(struct power_disk *power, const char *path)
{
    char parent[1024];
    const struct inode *inode;

    text_copy_into(parent, directory_length(path) + 1, path);
    inode = medium_find(&power->medium, parent);
    if (inode != NULL && inode->is_directory)
        return XBITS_S_OK;
    return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "the directory %s does not exist", parent);
}

/* The inode to open, made where the way of opening makes one. */
static xbits_result find_or_make(struct power_disk *power, const char *path, enum disk_open how,
                                 struct inode **inode_out)
{
    struct inode *inode = medium_find(&power->medium, path);

    TRY(check_parent(power, path));
    if (inode != NULL && inode->is_directory)
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is not a regular file", path);
    if (inode != NULL && how == DISK_CREATE_NEW)
        return xbits_fail(XBITS_ERROR_FILE_EXISTS, "%s exists", path);
    if (inode == NULL && (how == DISK_OPEN_READ || how == DISK_OPEN_WRITE))
        return fail_missing(path);
    if (inode == NULL)
        inode = medium_create(&power->medium, path, false);
    *inode_out = inode;
    return XBITS_S_OK;
}

static struct disk_file *new_file(struct power_disk *power, const char *path, enum disk_open how,
                                  struct inode *inode)
{
    struct power_file *file = calloc(1, sizeof(*file));

    if (file == NULL || XBITS_FAILED(text_copy(path, &file->base.path)))
        abort();
    file->inode = inode;
    file->run = power->ends;
    file->how = how;
    inode->open_count++;
    return &file->base;
}

static xbits_result power_open(struct disk *disk, const char *path, enum disk_open how,
                               struct disk_file **file_out)
{
    struct power_disk *power = power_of(disk);
    struct inode *inode = NULL;
    bool is_new;
    xbits_result result;

    TRY(begin(disk, path));
    is_new = medium_find(&power->medium, path) == NULL;
    result = find_or_make(power, path, how, &inode);
    if (XBITS_SUCCEEDED(result))
        *file_out = new_file(power, path, how, inode);
    return is_new ? end_change(disk, result) : end(disk, result);
}

static xbits_result power_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    struct power_disk *power = power_of(disk);
    struct inode *inode = NULL;
    xbits_result result;

    TRY(begin(disk, path));
    result = find_or_make(power, path, DISK_OPEN_UPDATE, &inode);
    if (XBITS_SUCCEEDED(result) && inode->is_locked)
        result = xbits_fail(XBITS_ERROR_LOCK_VIOLATION, "%s is locked by somebody else", path);
    if (XBITS_SUCCEEDED(result)) {
        inode->is_locked = true;
        *file_out = new_file(power, path, DISK_OPEN_UPDATE, inode);
        ((struct power_file *)*file_out)->is_lock = true;
    }
    return end_change(disk, result);
}

static xbits_result check_writable(struct disk_file *file)
{
    if (((struct power_file *)file)->how != DISK_OPEN_READ)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "%s is open for reading only", file->path);
}

static xbits_result power_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                   const void *bytes, size_t size)
{
    xbits_result result;

    TRY(begin_file(disk, file));
    result = check_writable(file);
    if (XBITS_SUCCEEDED(result))
        inode_write(inode_of(file), offset, bytes, size);
    return end_change(disk, result);
}

static void power_read(const struct content *content, uint64_t offset, void *bytes, size_t *size)
{
    if (offset >= content->size)
        *size = 0;
    else if (*size > content->size - offset)
        *size = content->size - (size_t)offset;
    if (*size > 0)
        memcpy(bytes, content->bytes + offset, *size);
}

/* As POSIX has it, a file that is open for writing only cannot be read. */
static bool is_readable(const struct disk_file *file)
{
    enum disk_open how = ((const struct power_file *)file)->how;

    return how == DISK_OPEN_READ || how == DISK_OPEN_UPDATE;
}

static xbits_result power_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                  void *bytes, size_t size, size_t *size_out)
{
    TRY(begin_file(disk, file));
    if (!is_readable(file))
        return end(disk,
                   xbits_fail(XBITS_E_ACCESSDENIED, "%s is open for writing only", file->path));
    power_read(&inode_of(file)->seen, offset, bytes, &size);
    *size_out = size;
    return end(disk, XBITS_S_OK);
}

static xbits_result power_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    xbits_result result;

    TRY(begin_file(disk, file));
    result = check_writable(file);
    if (XBITS_SUCCEEDED(result))
        inode_set_length(inode_of(file), size);
    return end_change(disk, result);
}

static void power_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                             uint64_t size)
{
    (void)disk;
    (void)file;
    (void)offset;
    (void)size;
}

static xbits_result power_sync(struct disk *disk, struct disk_file *file)
{
    TRY(begin_file(disk, file));
    inode_sync(inode_of(file));
    return end_change(disk, XBITS_S_OK);
}

static xbits_result power_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    TRY(begin_file(disk, file));
    inode_of(file)->seen_modified = modified;
    return end_change(disk, XBITS_S_OK);
}

static xbits_result close_file(struct disk *disk, struct disk_file *file)
{
    TRY(begin_file(disk, file));
    inode_of(file)->open_count--;
    if (((struct power_file *)file)->is_lock)
        inode_of(file)->is_locked = false;
    return end(disk, XBITS_S_OK);
}

static xbits_result power_close(struct disk *disk, struct disk_file *file)
{
    xbits_result result = close_file(disk, file);

    free(file->path);
    free(file);
    return result;
}

static xbits_result check_names(struct power_disk *power, const char *from, const char *to)
{
    const struct inode *source = medium_find(&power->medium, from);
    const struct inode *target = medium_find(&power->medium, to);

    TRY(check_parent(power, from));
    TRY(check_parent(power, to));
    if (source == NULL)
        return fail_missing(from);
    if (source->is_directory || (target != NULL && target->is_directory))
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is not a regular file",
                          source->is_directory ? from : to);
    return XBITS_S_OK;
}

static xbits_result power_rename(struct disk *disk, const char *from, const char *to)
{
    xbits_result result;

    TRY(begin(disk, from));
    result = check_names(power_of(disk), from, to);
    if (XBITS_SUCCEEDED(result) && strcmp(from, to) != 0)
        medium_rename(&power_of(disk)->medium, from, to);
    return end_change(disk, result);
}

static xbits_result check_new_name(struct power_disk *power, const char *from, const char *to)
{
    if (medium_find(&power->medium, from) != NULL && medium_find(&power->medium, to) != NULL)
        return xbits_fail(XBITS_ERROR_FILE_EXISTS, "%s exists", to);
    return check_names(power, from, to);
}

/* What can be lost of it is the same as of a rename, for it is one. */
static xbits_result power_rename_new(struct disk *disk, const char *from, const char *to)
{
    xbits_result result;

    TRY(begin(disk, from));
    result = check_new_name(power_of(disk), from, to);
    if (XBITS_SUCCEEDED(result))
        medium_rename(&power_of(disk)->medium, from, to);
    return end_change(disk, result);
}

static xbits_result power_remove(struct disk *disk, const char *path)
{
    xbits_result result;

    TRY(begin(disk, path));
    result = check_names(power_of(disk), path, path);
    if (XBITS_SUCCEEDED(result))
        medium_remove(&power_of(disk)->medium, path);
    return end_change(disk, result);
}

static xbits_result check_is_directory(struct power_disk *power, const char *path,
                                       xbits_result missing)
{
    const struct inode *inode = medium_find(&power->medium, path);

    if (inode != NULL && inode->is_directory)
        return XBITS_S_OK;
    return xbits_fail(missing, "%s is not a directory", path);
}

static xbits_result power_sync_directory(struct disk *disk, const char *path)
{
    xbits_result result;

    TRY(begin(disk, path));
    result = check_is_directory(power_of(disk), path, XBITS_ERROR_FILE_NOT_FOUND);
    if (XBITS_SUCCEEDED(result))
        medium_sync_directory(&power_of(disk)->medium, path);
    return end_change(disk, result);
}

static xbits_result power_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    const struct inode *inode;

    TRY(begin(disk, path));
    inode = medium_find(&power_of(disk)->medium, path);
    if (inode == NULL) {
        xbits_result result = check_parent(power_of(disk), path);

        return end(disk, XBITS_FAILED(result) ? result : fail_missing(path));
    }
    *stat_out = (struct disk_stat){
        .size = inode->seen.size,
        .modified = inode->seen_modified,
        .device = 1,
        .inode = inode->number,
        .is_directory = inode->is_directory,
        .is_regular = !inode->is_directory,
    };
    return end(disk, XBITS_S_OK);
}

static xbits_result power_is_taken(struct disk *disk, const char *path, bool *is_taken_out)
{
    TRY(begin(disk, path));
    *is_taken_out = medium_find(&power_of(disk)->medium, path) != NULL;
    return end(disk, XBITS_S_OK);
}

/* It has none. */
static xbits_result power_copy_permissions(struct disk *disk, const char *from, const char *to)
{
    (void)to;
    TRY(begin(disk, from));
    return end(disk, XBITS_S_OK);
}

static xbits_result power_check_directory(struct disk *disk, const char *path)
{
    TRY(begin(disk, path));
    return end(disk, check_is_directory(power_of(disk), path, XBITS_ERROR_PATH_NOT_FOUND));
}

/* With what is missing on the way, each made durable before the next, as the port promises. */
static xbits_result make_directories(struct power_disk *power, const char *path)
{
    struct inode *inode = medium_find(&power->medium, path);
    char parent[1024];

    if (inode != NULL)
        return check_is_directory(power, path, XBITS_ERROR_DIRECTORY);
    text_copy_into(parent, directory_length(path) + 1, path);
    TRY(make_directories(power, parent));
    medium_create(&power->medium, path, true);
    medium_sync_directory(&power->medium, parent);
    return XBITS_S_OK;
}

static xbits_result power_make_directory(struct disk *disk, const char *path)
{
    TRY(begin(disk, path));
    return end_change(disk, make_directories(power_of(disk), path));
}

static xbits_result power_is_locked(struct disk *disk, const char *path, bool *is_locked_out)
{
    const struct inode *inode;

    TRY(begin(disk, path));
    inode = medium_find(&power_of(disk)->medium, path);
    *is_locked_out = inode != NULL && inode->is_locked;
    return end(disk, XBITS_S_OK);
}

/* A kill is no new start of the system. */
static bool power_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE])
{
    mutex_lock(power_of(disk)->mutex);
    snprintf(id_out, BOOT_ID_SIZE, "start-%llu", (unsigned long long)power_of(disk)->cuts);
    mutex_unlock(power_of(disk)->mutex);
    return true;
}

static const struct disk_ops power_ops = {
    .open = power_open,
    .write_at = power_write_at,
    .read_at = power_read_at,
    .preallocate = power_truncate,
    .start_sync = power_start_sync,
    .truncate = power_truncate,
    .sync = power_sync,
    .set_modified = power_set_modified,
    .close = power_close,
    .rename = power_rename,
    .rename_new = power_rename_new,
    .remove = power_remove,
    .sync_directory = power_sync_directory,
    .stat = power_stat,
    .is_taken = power_is_taken,
    .copy_permissions = power_copy_permissions,
    .check_directory = power_check_directory,
    .make_directory = power_make_directory,
    .lock = power_lock,
    .is_locked = power_is_locked,
    .boot_id = power_boot_id,
};

struct disk *disk_power_new(uint64_t seed)
{
    struct power_disk *power = calloc(1, sizeof(*power));

    if (power == NULL)
        abort();
    power->mutex = mutex_new();
    if (power->mutex == NULL)
        abort();
    power->base.ops = &power_ops;
    power->left = UINT64_MAX;
    medium_init(&power->medium, seed);
    return &power->base;
}

void disk_power_free(struct disk *disk)
{
    struct power_disk *power = power_of(disk);

    if (power == NULL)
        return;
    medium_dispose(&power->medium);
    mutex_free(power->mutex);
    free(power);
}

uint64_t disk_power_count(struct disk *disk)
{
    uint64_t count;

    mutex_lock(power_of(disk)->mutex);
    count = power_of(disk)->count;
    mutex_unlock(power_of(disk)->mutex);
    return count;
}

void disk_power_end_after(struct disk *disk, uint64_t operations, enum disk_power_end end_kind)
{
    struct power_disk *power = power_of(disk);

    mutex_lock(power->mutex);
    power->end = end_kind;
    power->left = operations;
    if (operations == 0 && !power->is_off)
        go_off(power);
    mutex_unlock(power->mutex);
}

bool disk_power_is_off(struct disk *disk)
{
    bool is_off;

    mutex_lock(power_of(disk)->mutex);
    is_off = power_of(disk)->is_off;
    mutex_unlock(power_of(disk)->mutex);
    return is_off;
}

void disk_power_restore(struct disk *disk)
{
    struct power_disk *power = power_of(disk);

    mutex_lock(power->mutex);
    power->is_off = false;
    power->left = UINT64_MAX;
    mutex_unlock(power->mutex);
}

void disk_power_visit_files(struct disk *disk, disk_power_visit *visit, void *user)
{
    struct power_disk *power = power_of(disk);

    mutex_lock(power->mutex);
    for (size_t i = 0; i < power->medium.seen.count; i++) {
        if (!power->medium.seen.names[i].inode->is_directory)
            visit(user, power->medium.seen.names[i].path);
    }
    mutex_unlock(power->mutex);
}
