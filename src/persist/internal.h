/* SPDX-License-Identifier: MIT */
#ifndef PERSIST_INTERNAL_H
#define PERSIST_INTERNAL_H

#include <sqlite3.h>

#include "persist/database.h"
#include "persist/database_vfs.h"

struct database {
    sqlite3 *handle;
    struct database_vfs *vfs; /* NULL on the machine's own disk. */
    char *path;
    bool is_read_only;
    bool is_durable; /* What PRAGMA synchronous is set to. */
    struct statement *begin;
    struct statement *commit;
    struct statement *version;
    struct statement *idle; /* Freed by their callers, for the next who prepare the same. */
    size_t idle_count;
};

void statement_free_idle(struct database *database);

/* The result for an extended code of SQLite. */
xbits_result status_result(int code);
/* "cannot <what> <path>: <why>". The reason is the disk's where it has one, else SQLite's for its
 * newest call. */
xbits_result status_fail(const struct database *database, int code, const char *what);

#endif
