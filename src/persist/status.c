/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "persist/internal.h"

/* One code of SQLite and the result that says the same. Extended codes stand before their primary
 * one, which is their lowest byte. */
static const struct status_row {
    int code;
    xbits_result result;
} status_rows[] = {
    { SQLITE_IOERR_NOMEM, XBITS_E_OUTOFMEMORY },
    { SQLITE_IOERR_CORRUPTFS, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_IOERR_DATA, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_CANTOPEN_SYMLINK, XBITS_E_ACCESSDENIED },
    { SQLITE_FULL, XBITS_ERROR_DISK_FULL },
    { SQLITE_CORRUPT, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_NOTADB, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_FORMAT, XBITS_BG_E_DATABASE_CORRUPT },
    /* A text, a row or a statement that is larger than anything of ours. */
    { SQLITE_TOOBIG, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_MISMATCH, XBITS_BG_E_DATABASE_CORRUPT },
    { SQLITE_READONLY, XBITS_E_ACCESSDENIED },
    { SQLITE_PERM, XBITS_E_ACCESSDENIED },
    { SQLITE_AUTH, XBITS_E_ACCESSDENIED },
    { SQLITE_CANTOPEN, XBITS_E_ACCESSDENIED },
    { SQLITE_IOERR, XBITS_ERROR_IO_DEVICE },
    { SQLITE_NOLFS, XBITS_ERROR_FILE_TOO_LARGE },
    { SQLITE_BUSY, XBITS_ERROR_BUSY },
    { SQLITE_LOCKED, XBITS_ERROR_BUSY },
    { SQLITE_PROTOCOL, XBITS_ERROR_BUSY },
    { SQLITE_NOMEM, XBITS_E_OUTOFMEMORY },
    { SQLITE_INTERRUPT, XBITS_E_ABORT },
    /* A table or a column is not there, or a rule of the schema forbids the row. */
    { SQLITE_ERROR, XBITS_E_UNEXPECTED },
    { SQLITE_CONSTRAINT, XBITS_E_UNEXPECTED },
    { 0, XBITS_E_FAIL }, /* The end, and what every other code becomes. */
};

static const struct status_row *find_row(int code)
{
    const struct status_row *row = status_rows;

    while (row->code != 0 && row->code != code)
        row++;
    return row;
}

xbits_result status_result(int code)
{
    const struct status_row *row = find_row(code);

    return row->code != 0 ? row->result : find_row(code & 0xFF)->result;
}

/* The codes with which SQLite says that the disk failed, which knows better what it was. */
static bool is_by_disk(int code)
{
    const int primary = code & 0xFF;

    return primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN || primary == SQLITE_FULL;
}

/* The disk's own result; XBITS_S_OK when it said nothing. */
static xbits_result disk_result(const struct database *database, int code)
{
    int error = database->handle != NULL ? sqlite3_system_errno(database->handle) : 0;

    if (!is_by_disk(code) || code == SQLITE_IOERR_NOMEM)
        return XBITS_S_OK;
    if (database->vfs != NULL)
        return database_vfs_failure(database->vfs)->result;
    /* What is missing was looked for by SQLite and is no reason. */
    return error != 0 && error != ENOENT ? result_from_errno(error) : XBITS_S_OK;
}

xbits_result status_fail(const struct database *database, int code, const char *what)
{
    const char *why =
        database->handle != NULL ? sqlite3_errmsg(database->handle) : sqlite3_errstr(code);
    xbits_result result = disk_result(database, code);

    if (database->vfs != NULL && XBITS_FAILED(result))
        why = database_vfs_failure(database->vfs)->message;
    return xbits_fail_native(XBITS_FAILED(result) ? result : status_result(code),
                             XBITS_DOMAIN_SQLITE, code, "cannot %s %s: %s", what, database->path,
                             why);
}
