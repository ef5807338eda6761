/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/text.h"
#include "persist/internal.h"

static xbits_result fail_stranger(const struct database *database,
                                  const struct database_schema *schema)
{
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s is no %s of xbits", database->path,
                      schema->what);
}

/* An empty file is ours when it may be written: it is what was made when it was missing. */
static xbits_result check_kind(struct database *database, const struct database_schema *schema,
                               int64_t version)
{
    int64_t application_id = 0;
    int64_t foreign_count = 0;

    TRY(database_number(database, "PRAGMA application_id", &application_id));
    TRY(database_number(database,
                        version == 0 ? "SELECT count(*) FROM sqlite_schema"
                                     : "SELECT count(*) FROM sqlite_schema WHERE type IN "
                                       "('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'",
                        &foreign_count));
    if (version == 0 && application_id == 0 && foreign_count == 0) {
        if (!database->is_read_only)
            return XBITS_S_OK;
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "%s is empty: there is no %s in it yet",
                          database->path, schema->what);
    }
    if (version <= 0 || application_id != schema->application_id || foreign_count != 0)
        return fail_stranger(database, schema);
    return XBITS_S_OK;
}

/* All of a step or nothing: the version is part of its transaction. */
static xbits_result take_step(struct database *database, const struct database_schema *schema,
                              size_t step)
{
    struct text mark = { 0 };
    xbits_result result;

    TRY(database_begin(database, true));
    result = database_run(database, schema->scripts[step]);
    if (XBITS_SUCCEEDED(result)) {
        result = text_format(&mark, "PRAGMA application_id=%" PRIu32 "; PRAGMA user_version=%zu",
                             schema->application_id, step + 1);
    }
    if (XBITS_SUCCEEDED(result))
        result = database_run(database, text_c(&mark));
    if (XBITS_SUCCEEDED(result))
        result = database_commit(database);
    else
        database_roll_back(database);
    text_dispose(&mark);
    return result;
}

static xbits_result fail_revision(const struct database *database,
                                  const struct database_schema *schema, int64_t version)
{
    return xbits_fail(XBITS_ERROR_REVISION_MISMATCH,
                      "the %s %s has version %" PRId64 ", this program knows %s %zu", schema->what,
                      database->path, version, database->is_read_only ? "how to read" : "up to",
                      schema->script_count);
}

xbits_result database_migrate(struct database *database, const struct database_schema *schema)
{
    int64_t version = 0;

    TRY(database_number(database, "PRAGMA user_version", &version));
    TRY(check_kind(database, schema, version));
    if (version > (int64_t)schema->script_count ||
        (database->is_read_only && version != (int64_t)schema->script_count))
        return fail_revision(database, schema, version);
    for (size_t step = (size_t)version; step < schema->script_count; step++)
        TRY(take_step(database, schema, step));
    return XBITS_S_OK;
}
