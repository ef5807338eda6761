/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

/*
 * After an owner that was killed the files tell how far it came: a rename or a new file may have
 * happened and not be written down yet, and what was written down may not have reached the medium.
 * After a power cut that holds for one that closed its queue, too: names of files come late.
 */
static void forget_bytes(struct file_record *file)
{
    file->has_temporary = false;
    file->is_transferred = false;
    file->written = 0;
    file->synced = 0;
}

/* A file keeps its inode when it gets its name; another one there is somebody else's. */
static bool bears(struct disk *disk, const struct file_record *file, const char *name)
{
    struct disk_stat stat;

    return file->is_transferred && file->inode != 0 &&
           XBITS_SUCCEEDED(disk_stat(disk, name, &stat)) && stat.inode == file->inode &&
           stat.device == file->device;
}

static bool mend(struct disk *disk, struct file_record *file, const char *temporary_name)
{
    struct disk_stat stat;
    bool is_there = XBITS_SUCCEEDED(disk_stat(disk, temporary_name, &stat)) && stat.is_regular;

    if (is_there == file->has_temporary && (!is_there || stat.size >= file->written))
        return false;
    if (is_there && !file->has_temporary) {
        file->has_temporary = true;
        file->written = 0;
        file->synced = 0;
    } else if (is_there) {
        forget_bytes(file);
        file->has_temporary = true;
    } else if (bears(disk, file, file->local_name)) {
        file->has_temporary = false;
        file->is_published = true;
    } else {
        forget_bytes(file);
    }
    return true;
}

/* A Complete that failed may be written down and its rename be lost with the power; and if the
 * temporary name was not on the medium either, the whole file. */
static bool has_lost_its_name(struct disk *disk, const struct file_record *file,
                              const char *temporary_name)
{
    struct disk_stat stat;

    if (!file->is_published)
        return false;
    if (bears(disk, file, temporary_name) ||
        disk_stat(disk, file->local_name, &stat) == XBITS_ERROR_FILE_NOT_FOUND)
        return true;
    /* An older file of that name is none of ours. */
    return file->is_transferred && file->inode != 0 && !bears(disk, file, file->local_name);
}

static bool mend_named(struct disk *disk, struct file_record *file, const char *temporary_name)
{
    bool is_mended = has_lost_its_name(disk, file, temporary_name);

    if (is_mended) {
        file->is_published = false;
        file->has_temporary = true;
    }
    if (file->is_published)
        return false;
    if (mend(disk, file, temporary_name))
        is_mended = true;
    /* Without transfer.sync a file can be whole before it is on the medium. */
    if (file->is_transferred && !file->is_published && file->written < file->size) {
        file->is_transferred = false;
        is_mended = true;
    }
    return is_mended;
}

static bool mend_file(struct disk *disk, struct file_record *file)
{
    char *temporary_name;
    bool is_mended;

    if (XBITS_FAILED(temporary_name_of(file->local_name, file->temporary_number, &temporary_name)))
        return false;
    is_mended = mend_named(disk, file, temporary_name);
    free(temporary_name);
    return is_mended;
}

void sim_recover(struct disk *disk, struct job_record *record)
{
    for (size_t i = 0; i < record->file_count; i++)
        if (mend_file(disk, &record->files[i]))
            record->is_mended = true;
    if (record->is_mended)
        log_line(LOG_ENGINE,
                 "job %08x is not as its queue knew it: the owner or the power was cut off",
                 (unsigned)record->id.data1);
}

struct leftovers {
    char **paths;
    size_t count;
};

static xbits_result keep_path(void *user, const char *path)
{
    struct leftovers *leftovers = user;
    char **paths = realloc(leftovers->paths, (leftovers->count + 1) * sizeof(char *));

    if (paths == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to list files to delete");
    leftovers->paths = paths;
    TRY(text_copy(path, &paths[leftovers->count]));
    leftovers->count++;
    return XBITS_S_OK;
}

static xbits_result delete_durably(struct disk *disk, const char *path)
{
    xbits_result result = disk_remove(disk, path);

    if (result == XBITS_ERROR_PATH_NOT_FOUND)
        return XBITS_S_OK;
    /* One that is gone may still come back with the power. */
    if (XBITS_FAILED(result) && result != XBITS_ERROR_FILE_NOT_FOUND)
        return result;
    return disk_sync_name(disk, path);
}

/* One that cannot be deleted is tried again when the queue is opened next. What only a damaged
 * queue can name is nobody's temporary file, and stays. */
void sim_delete_leftovers(struct sim *sim)
{
    struct leftovers leftovers = { 0 };

    (void)queue_read_leftovers(sim->queue, keep_path, &leftovers);
    for (size_t i = 0; i < leftovers.count; i++) {
        if (is_temporary_name(leftovers.paths[i]) &&
            XBITS_SUCCEEDED(delete_durably(sim->disk, leftovers.paths[i])))
            (void)queue_forget_leftover(sim->queue, leftovers.paths[i]);
        free(leftovers.paths[i]);
    }
    free(leftovers.paths);
}
