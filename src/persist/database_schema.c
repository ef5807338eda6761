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

static xbits_result fail_revision(const struct database *database,
                                  const struct database_schema *schema, int64_t version)
{
    return xbits_fail(XBITS_ERROR_REVISION_MISMATCH,
                      "the %s %s has version %" PRId64 ", this program knows %s %zu", schema->what,
                      database->path, version, database->is_read_only ? "how to read" : "up to",
                      schema->script_count);
}

/* Inside a transaction, for what is seen apart need never have been true together. */
static xbits_result look(struct database *database, const struct database_schema *schema,
                         int64_t *version_out)
{
    int64_t version = 0;

    TRY(database_number(database, "PRAGMA user_version", &version));
    TRY(check_kind(database, schema, version));
    if (version > (int64_t)schema->script_count ||
        (database->is_read_only && version != (int64_t)schema->script_count))
        return fail_revision(database, schema, version);
    *version_out = version;
    return XBITS_S_OK;
}

/* What is up to date is opened without waiting for a writer. */
static xbits_result look_while_others_write(struct database *database,
                                            const struct database_schema *schema,
                                            int64_t *version_out)
{
    xbits_result result;

    TRY(database_begin_reading(database));
    result = look(database, schema, version_out);
    database_roll_back(database);
    return result;
}

static xbits_result run_script(struct database *database, const struct database_schema *schema,
                               size_t step)
{
    struct text mark = { 0 };
    xbits_result result;

    TRY(database_run(database, schema->scripts[step]));
    result = text_format(&mark, "PRAGMA application_id=%" PRIu32 "; PRAGMA user_version=%zu",
                         schema->application_id, step + 1);
    if (XBITS_SUCCEEDED(result))
        result = database_run(database, text_c(&mark));
    text_dispose(&mark);
    return result;
}

/* All of a step or nothing: the version is part of its transaction. Another connection may have
 * taken the step since the last look. */
static xbits_result take_step(struct database *database, const struct database_schema *schema,
                              int64_t *version_out)
{
    int64_t version = 0;
    xbits_result result;

    TRY(database_begin(database, true));
    result = look(database, schema, &version);
    if (XBITS_SUCCEEDED(result) && version < (int64_t)schema->script_count)
        result = run_script(database, schema, (size_t)version++);
    if (XBITS_FAILED(result)) {
        database_roll_back(database);
        return result;
    }
    TRY(database_commit(database));
    *version_out = version;
    return XBITS_S_OK;
}

xbits_result database_migrate(struct database *database, const struct database_schema *schema)
{
    int64_t version = 0;

    TRY(look_while_others_write(database, schema, &version));
    while (version < (int64_t)schema->script_count)
        TRY(take_step(database, schema, &version));
    return XBITS_S_OK;
}
