/* SPDX-License-Identifier: MIT */
#ifndef PERSIST_DATABASE_VFS_H
#define PERSIST_DATABASE_VFS_H

#include "base/disk.h"

/*
 * SQLite's file system over a disk that is passed in, for a database that is not on disk_system().
 * It has no shared memory and its locks hold nobody off: the database is opened with
 * locking_mode=EXCLUSIVE before anything else, and its owner has a lock file. A file that SQLite
 * makes has no durable name until somebody syncs its directory; SQLite does for journals and WAL.
 */
struct database_vfs;

/* Registers it with SQLite under a name of its own. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result database_vfs_new(struct disk *disk, struct database_vfs **vfs_out);
/* Every database on it must have been closed. NULL is fine. */
void database_vfs_free(struct database_vfs *vfs);

/* For sqlite3_open_v2. */
const char *database_vfs_name(const struct database_vfs *vfs);

/* What the disk said when SQLite last answered SQLITE_FULL, SQLITE_CANTOPEN or an SQLITE_IOERR;
 * its result is XBITS_S_OK when the disk never failed. */
const struct xbits_error *database_vfs_failure(const struct database_vfs *vfs);

#endif
