/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_PLATFORM_H
#define BASE_DISK_PLATFORM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* What disk_linux.c and disk_macos.c do each in their way. An int is 0 or an errno. */

/* Takes room for the first size bytes; the file may grow by it, its end is set by the caller.
 * EOPNOTSUPP when the file system cannot; never by writing zeros. */
int disk_platform_reserve(int descriptor, uint64_t size);

/* A hint to begin writing these bytes to the medium; it does not wait for them. */
void disk_platform_start_sync(int descriptor, uint64_t offset, uint64_t size);

/* Bytes, and what is needed to find them, are on the medium. */
int disk_platform_sync(int descriptor);

/* An exclusive lock of this open file, not of the process. EWOULDBLOCK when another has it. */
int disk_platform_lock(int descriptor);
/* Does another open file hold that lock? */
int disk_platform_is_locked(int descriptor, bool *is_locked_out);

/* Renames in one step to a name that nothing bears: EEXIST. EOPNOTSUPP when the file system, or the
 * system, has no such call. */
int disk_platform_rename_new(const char *from, const char *to);

/* Nanoseconds of the second in which the file was modified. */
long disk_platform_modified_ns(const struct stat *status);

#endif
