/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_POSIX_H
#define BASE_DISK_POSIX_H

#include "base/disk.h"

/* The operations of disk_posix_file.c on open files; disk_posix.c has those on names and the
 * table. */
xbits_result disk_posix_open(struct disk *disk, const char *path, enum disk_open how,
                             struct disk_file **file_out);
xbits_result disk_posix_lock(struct disk *disk, const char *path, struct disk_file **file_out);
xbits_result disk_posix_is_locked(struct disk *disk, const char *path, bool *is_locked_out);
xbits_result disk_posix_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                 const void *bytes, size_t size);
xbits_result disk_posix_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                void *bytes, size_t size, size_t *size_out);
void disk_posix_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                           uint64_t size);
xbits_result disk_posix_preallocate(struct disk *disk, struct disk_file *file, uint64_t size);
xbits_result disk_posix_truncate(struct disk *disk, struct disk_file *file, uint64_t size);
xbits_result disk_posix_sync(struct disk *disk, struct disk_file *file);
xbits_result disk_posix_set_modified(struct disk *disk, struct disk_file *file, int64_t modified);
xbits_result disk_posix_close(struct disk *disk, struct disk_file *file);

/* Renames to a name that nothing bears by linking, where disk_platform_rename_new cannot: in two
 * steps, of which only the first can meet somebody. 0 or an errno, then with the old name alone;
 * EOPNOTSUPP when the file system has no links either. */
int disk_posix_rename_by_link(const char *from, const char *to);

/* open() that waits for nobody and is not inherited; -1 and errno. */
int disk_posix_descriptor(const char *path, int flags, unsigned mode);

/* "cannot <what> <path>: ...", and the right one of Windows' two codes for ENOENT. */
xbits_result disk_posix_fail(int error, const char *what, const char *path);

#endif
