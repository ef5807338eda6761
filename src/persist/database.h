/* SPDX-License-Identifier: MIT */
#ifndef PERSIST_DATABASE_H
#define PERSIST_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/disk.h"

/*
 * One connection to a database file: SQLite in WAL mode, behind functions that speak results and
 * name the file. One thread at a time. A file from outside is not trusted: no trigger or view of
 * it runs, and what cannot be ours is XBITS_BG_E_DATABASE_CORRUPT.
 *
 * Besides what is named, every call can answer XBITS_ERROR_DISK_FULL; XBITS_ERROR_IO_DEVICE;
 * XBITS_E_ACCESSDENIED; XBITS_BG_E_DATABASE_CORRUPT; XBITS_ERROR_BUSY (another connection was in
 * the way longer than busy_ms); XBITS_E_OUTOFMEMORY.
 */
struct database;
struct statement;

struct database_options {
    const char *path; /* Absolute. */
    struct disk *disk;
    bool is_read_only;
    uint32_t busy_ms; /* How long a call waits for another connection. */
};

/*
 * Opens the file; whoever may write makes it if missing, durably and for its owner alone. A reader
 * of a directory that cannot be written reads the file as it is, without the news of an owner.
 * Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND (a reader); XBITS_E_ACCESSDENIED (also: the name
 * is a symbolic link, or no regular file).
 */
xbits_result database_open(const struct database_options *options, struct database **database_out);
/* The last connection moves the log (-wal) into the file and removes it. NULL is fine; statements
 * were freed before. */
void database_close(struct database *database);
const char *database_path(const struct database *database);

/* Runs statements that give no rows. */
xbits_result database_run(struct database *database, const char *sql);
/* The number in the first column of the first row; 0 when there is none. */
xbits_result database_number(struct database *database, const char *sql, int64_t *number_out);

/* A transaction that writes. is_durable: when its commit returns, it and all before it are on the
 * medium; else they survive the end of the process, not a power cut. */
xbits_result database_begin(struct database *database, bool is_durable);
/* On failure nothing is written and the transaction is over. */
xbits_result database_commit(struct database *database);
void database_roll_back(struct database *database); /* Keeps the thread's last error. */
/* A view of one moment over several statements, until database_commit. */
xbits_result database_begin_reading(struct database *database);

/* Another number after another connection wrote. */
xbits_result database_version(struct database *database, uint64_t *version_out);
/* Moves what it can of the log into the file. */
xbits_result database_checkpoint(struct database *database);
/* Reads all of it, indexes against their tables (100,000 jobs: 0.15 s; without the indexes it would
 * be half): XBITS_BG_E_DATABASE_CORRUPT, message with the first finding. */
xbits_result database_check(struct database *database);

/* What a database of ours is: every script brings it from one version to the next. */
struct database_schema {
    const char *what;        /* "queue", for messages. */
    uint32_t application_id; /* PRAGMA application_id. */
    const char *const *scripts;
    size_t script_count; /* The current version. */
};

/*
 * Brings the database to the current version, each step in a durable transaction; a reader only
 * compares. Results: XBITS_S_OK; XBITS_BG_E_DATABASE_CORRUPT (not ours); XBITS_ERROR_REVISION_
 * MISMATCH (a newer version; of a reader also an older one).
 */
xbits_result database_migrate(struct database *database, const struct database_schema *schema);

/* The text must live as long as the statement. The database keeps the newest of those that were
 * freed: to prepare the same text again costs little. */
xbits_result statement_prepare(struct database *database, const char *sql,
                               struct statement **statement_out);
void statement_free(struct statement *statement); /* NULL is fine. */

/* Places count from 1. Texts and bytes are borrowed until the statement was run or reset. A failure
 * is told by the next step. */
void statement_bind_i64(struct statement *statement, int place, int64_t value);
void statement_bind_u64(struct statement *statement, int place, uint64_t value); /* Same bits. */
void statement_bind_text(struct statement *statement, int place, const char *value); /* Or NULL. */
void statement_bind_bytes(struct statement *statement, int place, const void *value, size_t size);
void statement_bind_null(struct statement *statement, int place);

/* Goes to the next row. On failure the statement is reset. */
xbits_result statement_step(struct statement *statement, bool *has_row_out);
/* For statements that give no rows: steps to the end and resets. */
xbits_result statement_run(struct statement *statement);
void statement_reset(struct statement *statement);

/* Columns count from 0; what they give is borrowed until the next step. */
bool statement_is_null(struct statement *statement, int column);
int64_t statement_i64(struct statement *statement, int column);
uint64_t statement_u64(struct statement *statement, int column);
const char *statement_text(struct statement *statement, int column); /* NULL for NULL. */
const void *statement_bytes(struct statement *statement, int column, size_t *size_out);
/* A new text, NULL for NULL. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_BG_E_DATABASE_CORRUPT
 * (no UTF-8). */
xbits_result statement_copy_text(struct statement *statement, int column, char **text_out);

#endif
