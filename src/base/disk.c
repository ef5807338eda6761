/* SPDX-License-Identifier: MIT */
#include "base/disk.h"

#include <stdlib.h>

xbits_result disk_open(struct disk *disk, const char *path, enum disk_open how,
                       struct disk_file **file_out)
{
    return disk->ops->open(disk, path, how, file_out);
}

xbits_result disk_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                           const void *bytes, size_t size)
{
    return disk->ops->write_at(disk, file, offset, bytes, size);
}

xbits_result disk_read_at(struct disk *disk, struct disk_file *file, uint64_t offset, void *bytes,
                          size_t size, size_t *size_out)
{
    return disk->ops->read_at(disk, file, offset, bytes, size, size_out);
}

xbits_result disk_preallocate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    return disk->ops->preallocate(disk, file, size);
}

xbits_result disk_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    return disk->ops->truncate(disk, file, size);
}

void disk_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset, uint64_t size)
{
    disk->ops->start_sync(disk, file, offset, size);
}

xbits_result disk_sync(struct disk *disk, struct disk_file *file)
{
    return disk->ops->sync(disk, file);
}

xbits_result disk_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    return disk->ops->set_modified(disk, file, modified);
}

xbits_result disk_close(struct disk *disk, struct disk_file *file)
{
    return disk->ops->close(disk, file);
}

xbits_result disk_rename(struct disk *disk, const char *from, const char *to)
{
    return disk->ops->rename(disk, from, to);
}

xbits_result disk_rename_new(struct disk *disk, const char *from, const char *to)
{
    return disk->ops->rename_new(disk, from, to);
}

xbits_result disk_remove(struct disk *disk, const char *path)
{
    return disk->ops->remove(disk, path);
}

xbits_result disk_sync_directory(struct disk *disk, const char *path)
{
    return disk->ops->sync_directory(disk, path);
}

xbits_result disk_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    return disk->ops->stat(disk, path, stat_out);
}

xbits_result disk_is_taken(struct disk *disk, const char *path, bool *is_taken_out)
{
    return disk->ops->is_taken(disk, path, is_taken_out);
}

xbits_result disk_copy_permissions(struct disk *disk, const char *from, const char *to)
{
    return disk->ops->copy_permissions(disk, from, to);
}

xbits_result disk_check_directory(struct disk *disk, const char *path)
{
    return disk->ops->check_directory(disk, path);
}

xbits_result disk_make_directory(struct disk *disk, const char *path)
{
    return disk->ops->make_directory(disk, path);
}

xbits_result disk_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    return disk->ops->lock(disk, path, file_out);
}

xbits_result disk_is_locked(struct disk *disk, const char *path, bool *is_locked_out)
{
    return disk->ops->is_locked(disk, path, is_locked_out);
}

bool disk_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE])
{
    return disk->ops->boot_id(disk, id_out);
}

xbits_result disk_sync_name(struct disk *disk, const char *path)
{
    char *directory = NULL;
    xbits_result result;

    TRY(disk_directory_of(path, &directory));
    result = disk_sync_directory(disk, directory);
    free(directory);
    return result;
}
