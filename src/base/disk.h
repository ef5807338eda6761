/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_H
#define BASE_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/boot_id.h"
#include "base/result.h"

/*
 * The disk, passed in: disk_posix.c, disk_win32.c, and disk_faulty.c that wraps one of them. Paths
 * are UTF-8 and absolute. Every call may block; none is made under a lock. Failures are HRESULTs of
 * the Win32 codes (0x80070002 not found, 0x80070003 path not found, 0x80070005 access denied,
 * 0x80070070 disk full, 0x80070050 exists, ...), set by xbits_fail_errno or its Windows twin,
 * message naming the path.
 */
struct disk_file; /* An open file; made and closed by the same disk. */

struct disk_stat {
    uint64_t size;
    int64_t modified; /* FILETIME UTC */
    uint64_t device;  /* With inode: the same for the same file. */
    uint64_t inode;
    bool is_directory;
    bool is_regular;
    bool is_link;      /* The name is a symbolic link to it. Not told on Windows. */
    bool is_read_only; /* No permission bit or attribute allows writing. */
    bool is_exposed;   /* Not for its owner alone: others have a permission. Not told on Windows. */
};

enum disk_open {
    DISK_CREATE_NEW, /* Write; fails with 0x80070050 when it exists; close-on-exec. */
    DISK_OPEN_WRITE, /* Write to an existing regular file. */
    DISK_OPEN_READ,
    DISK_OPEN_UPDATE /* Read and write, no symbolic link; made if missing, for its owner alone. */
};

struct disk {
    const struct disk_ops *ops;
};

struct disk_ops {
    xbits_result (*open)(struct disk *, const char *path, enum disk_open how,
                         struct disk_file **file_out);
    /* Writes all of it or fails. */
    xbits_result (*write_at)(struct disk *, struct disk_file *, uint64_t offset, const void *bytes,
                             size_t size);
    /* Reads up to size; fewer only at the end. */
    xbits_result (*read_at)(struct disk *, struct disk_file *, uint64_t offset, void *bytes,
                            size_t size, size_t *size_out);
    /* Makes room for size bytes and sets the length; fails with disk full early where it can. */
    xbits_result (*preallocate)(struct disk *, struct disk_file *, uint64_t size);
    xbits_result (*truncate)(struct disk *, struct disk_file *, uint64_t size);
    /* A hint: bytes that were written may go to the medium now, so that a later sync is short. */
    void (*start_sync)(struct disk *, struct disk_file *, uint64_t offset, uint64_t size);
    /* Bytes are on the medium when it returns. */
    xbits_result (*sync)(struct disk *, struct disk_file *);
    xbits_result (*set_modified)(struct disk *, struct disk_file *, int64_t modified);
    /* Frees the file in any case. */
    xbits_result (*close)(struct disk *, struct disk_file *);
    /* Replaces an existing target, atomically. */
    xbits_result (*rename)(struct disk *, const char *from, const char *to);
    /* As rename, but fails with 0x80070050 when anything bears the new name, atomically. Where the
     * file system has no such rename, whoever is killed in it can leave both names of the one file;
     * where it cannot do that either it fails with 0x80070032. */
    xbits_result (*rename_new)(struct disk *, const char *from, const char *to);
    xbits_result (*remove)(struct disk *, const char *path);
    /* Makes renames in the directory durable. A no-op where the platform has none. */
    xbits_result (*sync_directory)(struct disk *, const char *path);
    xbits_result (*stat)(struct disk *, const char *path, struct disk_stat *stat_out);
    /* Does anything bear the name? Unlike stat this sees a link that leads nowhere. */
    xbits_result (*is_taken)(struct disk *, const char *path, bool *is_taken_out);
    /* Gives a file the permissions of another one and, where that is allowed, its owner. On Windows
     * the directory's rules cover both. */
    xbits_result (*copy_permissions)(struct disk *, const char *from, const char *to);
    /* May a new file be made in this directory? 0x80070003 no such directory, 0x80070005 not
     * allowed. */
    xbits_result (*check_directory)(struct disk *, const char *path);
    /* Makes a directory and those on the way to it that are missing, durably and for their owner
     * alone. One that is there is fine; 0x8007010B when something else is. */
    xbits_result (*make_directory)(struct disk *, const char *path);
    /* An exclusive lock on a file, made if missing, held until close; 0x80070021 when another holds
     * it. */
    xbits_result (*lock)(struct disk *, const char *path, struct disk_file **file_out);
    /* Which start of the system this is, as boot_id_read: what was written and not synced before
     * another one may be gone. */
    bool (*boot_id)(struct disk *, char id_out[BOOT_ID_SIZE]);
    /* Does anybody hold that lock? Takes it from nobody; a file that is missing is not locked. */
    xbits_result (*is_locked)(struct disk *, const char *path, bool *is_locked_out);
};

/* The machine's disk. Shared, never freed. */
struct disk *disk_system(void);

/* Forwarders, so that callers read disk_rename(disk, ...). */
xbits_result disk_open(struct disk *disk, const char *path, enum disk_open how,
                       struct disk_file **file_out);
xbits_result disk_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                           const void *bytes, size_t size);
xbits_result disk_read_at(struct disk *disk, struct disk_file *file, uint64_t offset, void *bytes,
                          size_t size, size_t *size_out);
xbits_result disk_preallocate(struct disk *disk, struct disk_file *file, uint64_t size);
xbits_result disk_truncate(struct disk *disk, struct disk_file *file, uint64_t size);
void disk_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset, uint64_t size);
xbits_result disk_sync(struct disk *disk, struct disk_file *file);
xbits_result disk_set_modified(struct disk *disk, struct disk_file *file, int64_t modified);
xbits_result disk_close(struct disk *disk, struct disk_file *file);
xbits_result disk_rename(struct disk *disk, const char *from, const char *to);
xbits_result disk_rename_new(struct disk *disk, const char *from, const char *to);
xbits_result disk_remove(struct disk *disk, const char *path);
xbits_result disk_sync_directory(struct disk *disk, const char *path);
xbits_result disk_stat(struct disk *disk, const char *path, struct disk_stat *stat_out);
xbits_result disk_is_taken(struct disk *disk, const char *path, bool *is_taken_out);
xbits_result disk_copy_permissions(struct disk *disk, const char *from, const char *to);
xbits_result disk_check_directory(struct disk *disk, const char *path);
xbits_result disk_make_directory(struct disk *disk, const char *path);
xbits_result disk_lock(struct disk *disk, const char *path, struct disk_file **file_out);
bool disk_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE]);
xbits_result disk_is_locked(struct disk *disk, const char *path, bool *is_locked_out);

/* "/a/b/c" -> "/a/b" in a new text, "/" for "/c", "." for "c". Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result disk_directory_of(const char *path, char **directory_out);
/* Makes the name itself durable: sync_directory of the directory that it is in. */
xbits_result disk_sync_name(struct disk *disk, const char *path);

/*
 * A disk that fails on purpose. A fault says: the nth call (from 1; 0 is every call) of an
 * operation ("write_at", "rename", "*") on a path that contains a text ("" is any) fails with a
 * result; it can also end the process before or after the call is carried out, for crash tests.
 * A close that fails has closed.
 */
enum disk_fault_kind { DISK_FAULT_FAIL, DISK_FAULT_CRASH_BEFORE, DISK_FAULT_CRASH_AFTER };
struct disk_fault {
    const char *operation;
    const char *path_part;
    uint64_t nth;
    enum disk_fault_kind kind;
    xbits_result result;
};
/* A crash ends the process at once with this exit status. */
#define DISK_FAULT_EXIT_STATUS 86

/* Any thread, as the inner disk. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result disk_faulty_new(struct disk *inner, struct disk **disk_out);
void disk_faulty_free(struct disk *disk);
/* The texts are copied. Of two faults that fit, the one added first strikes. Results: XBITS_S_OK;
 * XBITS_E_INVALIDARG (no such operation, or no failing result); XBITS_E_OUTOFMEMORY. */
xbits_result disk_faulty_add(struct disk *disk, const struct disk_fault *fault);
void disk_faulty_clear(struct disk *disk);
/* Calls of the operation ("*": of all) since the disk was made. */
uint64_t disk_faulty_count(struct disk *disk, const char *operation);

#endif
