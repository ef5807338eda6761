/* SPDX-License-Identifier: MIT */
#include "store/download/store_database.h"

#include "base/text.h"

#define BUSY_MS 5000

static const char version_1[] =
    "CREATE TABLE adopted_job (\n"
    "  job BLOB PRIMARY KEY, -- hex(job): the digits of {...}\n"
    "  is_present INTEGER NOT NULL -- 1: adopted by the newest session\n"
    ") STRICT, WITHOUT ROWID;\n";

static const char version_2[] =
    "CREATE TABLE collection (\n"
    "  id INTEGER PRIMARY KEY -- 1 to 2147483647; also the service id of its items\n"
    ") STRICT;\n"
    "CREATE TABLE item (\n"
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice: its file's name\n"
    "  collection INTEGER NOT NULL,\n"
    "  is_real_time INTEGER NOT NULL,\n"
    "  job BLOB UNIQUE, -- hex(job): the digits of {...}; NULL: reserved for a job that begins\n"
    "  source_url TEXT NOT NULL, -- as the page passed it\n"
    "  provider TEXT, -- the store that was active\n"
    "  directory TEXT NOT NULL, -- where its file comes to lie, as <number><extension>\n"
    "  extension TEXT NOT NULL,\n"
    "  created INTEGER NOT NULL, -- datetime(created/10000000 - 11644473600, 'unixepoch')\n"
    "  outcome INTEGER NOT NULL, -- 0: goes on, 1: filed, 2: cancelled or failed\n"
    "  bytes_total INTEGER NOT NULL, -- this and the next: when it was over; -1: not known\n"
    "  bytes_transferred INTEGER NOT NULL,\n"
    "  path TEXT, -- where it was filed\n"
    "  failure TEXT -- why it failed\n"
    ") STRICT;\n"
    "CREATE TABLE download_tree (\n"
    "  name TEXT NOT NULL -- the directory below download/, by chance, for all items\n"
    ") STRICT;\n";

static const char *const scripts[] = { version_1, version_2 };

static const struct database_schema schema = {
    .what = "store database",
    .application_id = 0x58425354, /* "XBST" */
    .scripts = scripts,
    .script_count = sizeof(scripts) / sizeof(scripts[0]),
};

static const char probe_item[] =
    "SELECT number, collection, is_real_time, job, source_url, provider, directory, extension, "
    "created, outcome, bytes_total, bytes_transferred, path, failure FROM item";

/* All tables with all columns: one that is missing is found at the opening. */
static const char *const probes[] = {
    "SELECT job, is_present FROM adopted_job",
    "SELECT id FROM collection",
    "SELECT name FROM download_tree",
    probe_item,
};

static xbits_result check_tables(struct database *database)
{
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        struct statement *statement = NULL;
        xbits_result result = statement_prepare(database, probes[i], &statement);

        statement_free(statement);
        if (result == XBITS_E_UNEXPECTED) {
            struct xbits_error why = *xbits_last_error();

            return xbits_fail_native(XBITS_BG_E_DATABASE_CORRUPT, why.domain, why.native_code,
                                     "it has other tables than a store database: %s", why.message);
        }
        TRY(result);
    }
    return XBITS_S_OK;
}

/* The first version had no items. */
static xbits_result migrate(struct database *database, bool is_read_only)
{
    xbits_result result = database_migrate(database, &schema);
    struct xbits_error why = *xbits_last_error();
    int64_t version = 0;

    if (result != XBITS_ERROR_REVISION_MISMATCH || !is_read_only)
        return result;
    TRY(database_number(database, "PRAGMA user_version", &version));
    if (version == 1)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "%s has no downloads yet",
                          database_path(database));
    return xbits_fail_again(&why);
}

static xbits_result open_at(const char *path, struct disk *disk, bool is_read_only,
                            struct database **database_out)
{
    const struct database_options options = {
        .path = path, .disk = disk, .is_read_only = is_read_only, .busy_ms = BUSY_MS
    };
    struct database *database = NULL;
    xbits_result result;

    TRY(database_open(&options, &database));
    result = migrate(database, is_read_only);
    if (XBITS_SUCCEEDED(result))
        result = check_tables(database);
    if (XBITS_FAILED(result)) {
        database_close(database);
        return result;
    }
    *database_out = database;
    return XBITS_S_OK;
}

xbits_result store_database_open(const char *user_directory, struct disk *disk, bool is_read_only,
                                 struct database **database_out)
{
    struct text path = { 0 };
    xbits_result result = text_format(&path, "%s/store.db", user_directory);

    if (XBITS_SUCCEEDED(result))
        result = open_at(text_c(&path), disk, is_read_only, database_out);
    text_dispose(&path);
    return result;
}
