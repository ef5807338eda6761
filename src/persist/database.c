/* SPDX-License-Identifier: MIT */
#include "persist/database.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "persist/internal.h"

/* No text or row of ours is longer; a length in a hostile file may claim anything. */
#define LARGEST_VALUE (64 << 20)

/* Another process gives a new file its mode in less. */
#define PAUSE_MS 5

/* What a connection is told first. SQLite counts pages of 4 KiB, its cache in KiB when negative:
 * the log is moved into the file every 16 MiB, so that it stays a small part of a commit. */
#define SETTINGS_OF_ALL                                                                            \
    "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"              \
    "PRAGMA mmap_size=0; PRAGMA cache_size=-8192;"
#define SETTINGS_OF_OWNER                                                                          \
    "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4096;"                                     \
    "PRAGMA journal_size_limit=16777216;"

const char *database_path(const struct database *database)
{
    return database->path;
}

xbits_result database_run(struct database *database, const char *sql)
{
    int code = sqlite3_exec(database->handle, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? XBITS_S_OK : status_fail(database, code, "use");
}

xbits_result database_number(struct database *database, const char *sql, int64_t *number_out)
{
    struct statement *statement = NULL;
    bool has_row = false;
    xbits_result result;

    TRY(statement_prepare(database, sql, &statement));
    result = statement_step(statement, &has_row);
    if (XBITS_SUCCEEDED(result))
        *number_out = has_row ? statement_i64(statement, 0) : 0;
    statement_free(statement);
    return result;
}

static xbits_result make_file(const struct database_options *options)
{
    struct disk_file *file = NULL;

    TRY(disk_open(options->disk, options->path, DISK_OPEN_UPDATE, &file));
    TRY(disk_close(options->disk, file));
    return disk_sync_name(options->disk, options->path);
}

/* SQLite would follow a link, and would make the file for everybody to read. A file that is there
 * is not opened here: to close it would drop the locks that SQLite holds on it in this process. */
static xbits_result look_at_file(const struct database_options *options)
{
    struct disk_stat status = { 0 };
    xbits_result result = disk_stat(options->disk, options->path, &status);

    if (result == XBITS_ERROR_FILE_NOT_FOUND && !options->is_read_only)
        return make_file(options);
    TRY(result);
    if (status.is_link || !status.is_regular) {
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is %s: it is not opened", options->path,
                          status.is_link ? "a symbolic link" : "no regular file");
    }
    return XBITS_S_OK;
}

/* Nothing in the file may make this process do anything but read and write rows. */
static int distrust(sqlite3 *handle)
{
    static const struct {
        int option;
        int value;
    } switches[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },        { SQLITE_DBCONFIG_DQS_DML, 0 },
    };
    static const struct {
        int limit;
        int value;
    } limits[] = {
        { SQLITE_LIMIT_LENGTH, LARGEST_VALUE }, { SQLITE_LIMIT_SQL_LENGTH, 100000 },
        { SQLITE_LIMIT_COLUMN, 100 },           { SQLITE_LIMIT_EXPR_DEPTH, 50 },
        { SQLITE_LIMIT_ATTACHED, 0 },           { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    };
    int code = SQLITE_OK;

    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]) && code == SQLITE_OK; i++)
        code = sqlite3_db_config(handle, switches[i].option, switches[i].value, NULL);
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
        sqlite3_limit(handle, limits[i].limit, limits[i].value);
    return code;
}

/* SQLITE_OPEN_NOFOLLOW refuses links on the way, too, which a home directory may well have. */
static xbits_result open_handle(struct database *database, const char *name, int flags,
                                uint32_t busy_ms)
{
    int code = sqlite3_open_v2(name, &database->handle,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                               database->vfs != NULL ? database_vfs_name(database->vfs) : NULL);

    if (code == SQLITE_OK)
        code = distrust(database->handle);
    if (code == SQLITE_OK && database->vfs != NULL)
        code = sqlite3_exec(database->handle, "PRAGMA locking_mode=EXCLUSIVE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(database->handle, (int)busy_ms);
    if (code != SQLITE_OK)
        return status_fail(database, code, "open");
    return database_run(database, SETTINGS_OF_ALL);
}

static void close_handle(struct database *database)
{
    statement_free_idle(database);
    sqlite3_close(database->handle);
    database->handle = NULL;
}

/* Of those who give a new file its mode at once, SQLite lets one wait and turns the others away. */
static xbits_result use_log(struct database *database, uint32_t busy_ms)
{
    const uint64_t began_ms = clock_ms(clock_system());
    xbits_result result = database_run(database, "PRAGMA journal_mode=WAL");

    while (result == XBITS_ERROR_BUSY && clock_ms(clock_system()) - began_ms < busy_ms) {
        sqlite3_sleep(PAUSE_MS);
        result = database_run(database, "PRAGMA journal_mode=WAL");
    }
    return result;
}

static xbits_result open_to_write(struct database *database, uint32_t busy_ms)
{
    TRY(open_handle(database, database->path, SQLITE_OPEN_READWRITE, busy_ms));
    database->is_durable = true;
    TRY(use_log(database, busy_ms));
    return database_run(database, SETTINGS_OF_OWNER);
}

/* "file:<path>?immutable=1". */
static xbits_result format_immutable(const char *path, struct text *uri)
{
    TRY(text_add(uri, "file:"));
    for (const char *place = path; *place != '\0'; place++) {
        if (strchr("%?#", *place) != NULL)
            TRY(text_format(uri, "%%%02X", (unsigned)*place));
        else
            TRY(text_append(uri, place, 1));
    }
    return text_add(uri, "?immutable=1");
}

static xbits_result open_immutable(struct database *database, uint32_t busy_ms)
{
    struct text uri = { 0 };
    xbits_result result = format_immutable(database->path, &uri);

    if (XBITS_SUCCEEDED(result)) {
        result =
            open_handle(database, text_c(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, busy_ms);
    }
    text_dispose(&uri);
    return result;
}

static bool has_log(const struct database_options *options)
{
    struct text path = { 0 };
    struct disk_stat status = { 0 };
    bool is_there = XBITS_SUCCEEDED(text_format(&path, "%s-wal", options->path)) &&
                    XBITS_SUCCEEDED(disk_stat(options->disk, text_c(&path), &status)) &&
                    status.size > 0;

    text_dispose(&path);
    return is_there;
}

/*
 * A reader in WAL mode needs the shared memory file (-shm), and makes it when no owner is there.
 * Where it cannot, and there is no log, the file alone says everything.
 */
static xbits_result open_to_read(struct database *database, const struct database_options *options)
{
    int64_t ignored = 0;
    xbits_result result =
        open_handle(database, database->path, SQLITE_OPEN_READONLY, options->busy_ms);

    if (XBITS_SUCCEEDED(result))
        result = database_number(database, "SELECT count(*) FROM sqlite_schema", &ignored);
    if (XBITS_SUCCEEDED(result) || result == XBITS_BG_E_DATABASE_CORRUPT || has_log(options))
        return result;
    close_handle(database);
    return open_immutable(database, options->busy_ms);
}

static xbits_result prepare(struct database *database)
{
    TRY(statement_prepare(database, database->is_read_only ? "BEGIN" : "BEGIN IMMEDIATE",
                          &database->begin));
    TRY(statement_prepare(database, "COMMIT", &database->commit));
    return statement_prepare(database, "PRAGMA data_version", &database->version);
}

xbits_result database_open(const struct database_options *options, struct database **database_out)
{
    struct database *database;
    xbits_result result;

    TRY(look_at_file(options));
    database = calloc(1, sizeof(*database));
    if (database == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to open %s", options->path);
    database->is_read_only = options->is_read_only;
    result = text_copy(options->path, &database->path);
    if (XBITS_SUCCEEDED(result) && options->disk != disk_system())
        result = database_vfs_new(options->disk, &database->vfs);
    if (XBITS_SUCCEEDED(result)) {
        result = options->is_read_only ? open_to_read(database, options)
                                       : open_to_write(database, options->busy_ms);
    }
    if (XBITS_SUCCEEDED(result))
        result = prepare(database);
    if (XBITS_FAILED(result)) {
        database_close(database);
        return result;
    }
    *database_out = database;
    return XBITS_S_OK;
}

void database_close(struct database *database)
{
    if (database == NULL)
        return;
    statement_free(database->begin);
    statement_free(database->commit);
    statement_free(database->version);
    close_handle(database);
    database_vfs_free(database->vfs);
    free(database->path);
    free(database);
}

xbits_result database_begin(struct database *database, bool is_durable)
{
    /* To change it costs a statement, and cannot be done inside a transaction. */
    if (is_durable != database->is_durable) {
        TRY(database_run(database,
                         is_durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
        database->is_durable = is_durable;
    }
    return statement_run(database->begin);
}

xbits_result database_begin_reading(struct database *database)
{
    return database_run(database, "BEGIN");
}

xbits_result database_commit(struct database *database)
{
    xbits_result result = statement_run(database->commit);

    if (XBITS_FAILED(result))
        database_roll_back(database);
    return result;
}

/* After some failures SQLite has rolled back already. */
void database_roll_back(struct database *database)
{
    if (sqlite3_get_autocommit(database->handle) == 0)
        sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
}

xbits_result database_version(struct database *database, uint64_t *version_out)
{
    bool has_row = false;

    TRY(statement_step(database->version, &has_row));
    if (has_row)
        *version_out = statement_u64(database->version, 0);
    statement_reset(database->version);
    return XBITS_S_OK;
}

xbits_result database_checkpoint(struct database *database)
{
    int code =
        sqlite3_wal_checkpoint_v2(database->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    return code == SQLITE_OK ? XBITS_S_OK : status_fail(database, code, "bring up to date");
}

xbits_result database_check(struct database *database)
{
    struct statement *statement = NULL;
    bool has_row = false;
    const char *finding;
    xbits_result result;

    TRY(statement_prepare(database, "PRAGMA integrity_check(1)", &statement));
    result = statement_step(statement, &has_row);
    finding = XBITS_SUCCEEDED(result) && has_row ? statement_text(statement, 0) : NULL;
    if (XBITS_SUCCEEDED(result) && (finding == NULL || strcmp(finding, "ok") != 0)) {
        result = xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s is damaged: %s", database->path,
                            finding != NULL ? finding : "its check gave no answer");
    }
    statement_free(statement);
    return result;
}
