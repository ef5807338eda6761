/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_WIN32_H
#define BASE_DISK_WIN32_H

#include <wchar.h>

#include "base/disk.h"

/* The operations of disk_win32_file.c on open files; disk_win32.c has those on names and the
 * table. */
xbits_result disk_win32_open(struct disk *disk, const char *path, enum disk_open how,
                             struct disk_file **file_out);
xbits_result disk_win32_lock(struct disk *disk, const char *path, struct disk_file **file_out);
xbits_result disk_win32_is_locked(struct disk *disk, const char *path, bool *is_locked_out);
xbits_result disk_win32_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                 const void *bytes, size_t size);
xbits_result disk_win32_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                void *bytes, size_t size, size_t *size_out);
void disk_win32_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                           uint64_t size);
xbits_result disk_win32_preallocate(struct disk *disk, struct disk_file *file, uint64_t size);
xbits_result disk_win32_truncate(struct disk *disk, struct disk_file *file, uint64_t size);
xbits_result disk_win32_sync(struct disk *disk, struct disk_file *file);
xbits_result disk_win32_set_modified(struct disk *disk, struct disk_file *file, int64_t modified);
xbits_result disk_win32_close(struct disk *disk, struct disk_file *file);

/* The path as Windows takes it, in a new block. Results: XBITS_S_OK;
 * XBITS_ERROR_NO_UNICODE_TRANSLATION; XBITS_E_OUTOFMEMORY. */
xbits_result disk_win32_path(const char *path, wchar_t **wide_out);

/* "cannot <what> <path>: error <code>", as HRESULT_FROM_WIN32. */
xbits_result disk_win32_fail(unsigned long code, const char *what, const char *path);

#endif
