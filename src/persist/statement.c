/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "persist/internal.h"

/* Few, for each is compared with what is asked for. */
#define IDLE_MAXIMUM 16

struct statement {
    struct database *database;
    sqlite3_stmt *handle;
    int failure;            /* The first binding that failed since the last reset. */
    struct statement *next; /* In the list of idle ones. */
};

static xbits_result fail(struct statement *statement, int code)
{
    return status_fail(statement->database, code,
                       sqlite3_stmt_readonly(statement->handle) ? "read" : "write");
}

/* To translate a text takes SQLite longer than to run it. */
static struct statement *take_idle(struct database *database, const char *sql)
{
    struct statement **place = &database->idle;
    struct statement *statement;

    while (*place != NULL && strcmp(sqlite3_sql((*place)->handle), sql) != 0)
        place = &(*place)->next;
    statement = *place;
    if (statement != NULL) {
        *place = statement->next;
        database->idle_count--;
    }
    return statement;
}

xbits_result statement_prepare(struct database *database, const char *sql,
                               struct statement **statement_out)
{
    struct statement *statement = take_idle(database, sql);
    int code;

    if (statement != NULL) {
        *statement_out = statement;
        return XBITS_S_OK;
    }
    statement = calloc(1, sizeof(*statement));
    if (statement == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read %s", database->path);
    statement->database = database;
    code = sqlite3_prepare_v3(database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                              &statement->handle, NULL);
    if (code != SQLITE_OK) {
        free(statement);
        return status_fail(database, code, "use");
    }
    *statement_out = statement;
    return XBITS_S_OK;
}

static void finalize(struct statement *statement)
{
    sqlite3_finalize(statement->handle);
    free(statement);
}

static void drop_oldest(struct database *database)
{
    struct statement **place = &database->idle;

    while ((*place)->next != NULL)
        place = &(*place)->next;
    finalize(*place);
    *place = NULL;
    database->idle_count--;
}

/* What was bound is its caller's, and gone soon. */
void statement_free(struct statement *statement)
{
    struct database *database;

    if (statement == NULL)
        return;
    database = statement->database;
    if (database->idle_count == IDLE_MAXIMUM)
        drop_oldest(database);
    statement_reset(statement);
    sqlite3_clear_bindings(statement->handle);
    statement->next = database->idle;
    database->idle = statement;
    database->idle_count++;
}

void statement_free_idle(struct database *database)
{
    for (struct statement *next; database->idle != NULL; database->idle = next) {
        next = database->idle->next;
        finalize(database->idle);
    }
    database->idle_count = 0;
}

static void note(struct statement *statement, int code)
{
    if (statement->failure == SQLITE_OK)
        statement->failure = code;
}

void statement_bind_i64(struct statement *statement, int place, int64_t value)
{
    note(statement, sqlite3_bind_int64(statement->handle, place, value));
}

void statement_bind_u64(struct statement *statement, int place, uint64_t value)
{
    statement_bind_i64(statement, place, (int64_t)value);
}

void statement_bind_text(struct statement *statement, int place, const char *value)
{
    note(statement, sqlite3_bind_text(statement->handle, place, value, -1, SQLITE_STATIC));
}

void statement_bind_bytes(struct statement *statement, int place, const void *value, size_t size)
{
    note(statement,
         sqlite3_bind_blob64(statement->handle, place, size > 0 ? value : "", size, SQLITE_STATIC));
}

void statement_bind_null(struct statement *statement, int place)
{
    note(statement, sqlite3_bind_null(statement->handle, place));
}

void statement_reset(struct statement *statement)
{
    sqlite3_reset(statement->handle);
    statement->failure = SQLITE_OK;
}

xbits_result statement_step(struct statement *statement, bool *has_row_out)
{
    int code = statement->failure;
    xbits_result result;

    if (code == SQLITE_OK)
        code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        *has_row_out = code == SQLITE_ROW;
        return XBITS_S_OK;
    }
    result = fail(statement, code);
    statement_reset(statement);
    return result;
}

xbits_result statement_run(struct statement *statement)
{
    bool has_row = true;

    while (has_row)
        TRY(statement_step(statement, &has_row));
    statement_reset(statement);
    return XBITS_S_OK;
}

bool statement_is_null(struct statement *statement, int column)
{
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

int64_t statement_i64(struct statement *statement, int column)
{
    return sqlite3_column_int64(statement->handle, column);
}

uint64_t statement_u64(struct statement *statement, int column)
{
    return (uint64_t)sqlite3_column_int64(statement->handle, column);
}

const char *statement_text(struct statement *statement, int column)
{
    return (const char *)sqlite3_column_text(statement->handle, column);
}

const void *statement_bytes(struct statement *statement, int column, size_t *size_out)
{
    const void *bytes = sqlite3_column_blob(statement->handle, column);

    *size_out = (size_t)sqlite3_column_bytes(statement->handle, column);
    return bytes;
}

xbits_result statement_copy_text(struct statement *statement, int column, char **text_out)
{
    const char *text = statement_text(statement, column);
    const char *path = statement->database->path;
    size_t size;
    char *copy;

    if (text == NULL && statement_is_null(statement, column)) {
        *text_out = NULL;
        return XBITS_S_OK;
    }
    size = (size_t)sqlite3_column_bytes(statement->handle, column) + 1;
    copy = text != NULL ? malloc(size) : NULL;
    if (copy == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a text of %s", path);
    memcpy(copy, text, size);
    if (!text_is_utf8(copy)) {
        free(copy);
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s has a text that is no UTF-8", path);
    }
    *text_out = copy;
    return XBITS_S_OK;
}
