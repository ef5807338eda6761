/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "base/local_path.h"
#include "base/random.h"
#include "store/download/download_source.h"

#define COLUMNS                                                                                    \
    "number, collection, is_real_time, job, source_url, provider, directory, extension, created, " \
    "outcome, bytes_total, bytes_transferred, path, failure"

enum column {
    COLUMN_NUMBER,
    COLUMN_COLLECTION,
    COLUMN_IS_REAL_TIME,
    COLUMN_JOB,
    COLUMN_SOURCE_URL,
    COLUMN_PROVIDER,
    COLUMN_DIRECTORY,
    COLUMN_EXTENSION,
    COLUMN_CREATED,
    COLUMN_OUTCOME,
    COLUMN_BYTES_TOTAL,
    COLUMN_BYTES_TRANSFERRED,
    COLUMN_PATH,
    COLUMN_FAILURE
};

static xbits_result fail_damaged(struct database *database, const char *what)
{
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: %s", database_path(database), what);
}

static xbits_result read_job(struct database *database, struct statement *statement,
                             struct xbits_id *job)
{
    size_t size = 0;
    const void *bytes = statement_bytes(statement, COLUMN_JOB, &size);

    if (statement_is_null(statement, COLUMN_JOB))
        return XBITS_S_OK;
    if (size != ID_BYTES)
        return fail_damaged(database, "the job of an item is no id");
    id_from_bytes(bytes, job);
    return XBITS_S_OK;
}

static xbits_result read_numbers(struct database *database, struct statement *statement,
                                 struct download *download)
{
    int64_t collection = statement_i64(statement, COLUMN_COLLECTION);
    int64_t outcome = statement_i64(statement, COLUMN_OUTCOME);

    if (collection < INT32_MIN || collection > INT32_MAX || collection == 0)
        return fail_damaged(database, "an item has an impossible collection");
    if (outcome < DOWNLOAD_GOES_ON || outcome > DOWNLOAD_OVER)
        return fail_damaged(database, "an item has an impossible outcome");
    download->number = statement_i64(statement, COLUMN_NUMBER);
    download->collection = (int32_t)collection;
    download->is_real_time = statement_i64(statement, COLUMN_IS_REAL_TIME) != 0;
    download->created = statement_i64(statement, COLUMN_CREATED);
    download->outcome = (enum download_outcome)outcome;
    download->bytes_total = statement_u64(statement, COLUMN_BYTES_TOTAL);
    download->bytes_transferred = statement_u64(statement, COLUMN_BYTES_TRANSFERRED);
    return read_job(database, statement, &download->job_id);
}

/* The table may be another's, in which texts can be missing. */
static xbits_result read_texts(struct database *database, struct statement *statement,
                               struct download *download)
{
    TRY(statement_copy_text(statement, COLUMN_SOURCE_URL, &download->source_url));
    TRY(statement_copy_text(statement, COLUMN_PROVIDER, &download->provider));
    TRY(statement_copy_text(statement, COLUMN_DIRECTORY, &download->directory));
    TRY(statement_copy_text(statement, COLUMN_EXTENSION, &download->extension));
    TRY(statement_copy_text(statement, COLUMN_PATH, &download->path));
    TRY(statement_copy_text(statement, COLUMN_FAILURE, &download->failure));
    if (download->source_url == NULL || download->directory == NULL || download->extension == NULL)
        return fail_damaged(database, "an item has no source or file");
    return XBITS_S_OK;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* What lies there is moved into the library: a row of somebody else must not name what is none of
 * ours. Of which library it is does not matter. */
static xbits_result check_place(const struct downloads *downloads, const struct download *download)
{
    struct text place = { 0 };
    xbits_result result = download_add_place(downloads, download, &place);

    if (XBITS_SUCCEEDED(result) && (!local_path_is_absolute(download->directory) ||
                                    !ends_in(download->directory, text_c(&place)) ||
                                    !download_source_is_medium(download->extension)))
        result = fail_damaged(downloads->options.database, "an item has an impossible file");
    text_dispose(&place);
    return result;
}

static xbits_result read_item(struct downloads *downloads, struct statement *statement)
{
    struct database *database = downloads->options.database;
    struct download *download;
    xbits_result result;

    TRY(downloads_reserve(downloads));
    download = calloc(1, sizeof *download);
    if (download == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a download");
    result = read_numbers(database, statement, download);
    if (XBITS_SUCCEEDED(result))
        result = read_texts(database, statement, download);
    if (XBITS_SUCCEEDED(result))
        result = check_place(downloads, download);
    if (XBITS_SUCCEEDED(result))
        result = download_name_file(download);
    if (XBITS_FAILED(result)) {
        download_free(download);
        return result;
    }
    downloads_append_unsorted(downloads, download);
    return XBITS_S_OK;
}

static xbits_result read_collection(struct downloads *downloads, struct statement *statement)
{
    int64_t id = statement_i64(statement, 0);

    if (id < INT32_MIN || id > INT32_MAX || id == 0)
        return fail_damaged(downloads->options.database, "a collection has an impossible id");
    return downloads_note_collection(downloads, (int32_t)id);
}

static xbits_result read_tree(struct downloads *downloads, struct statement *statement)
{
    const char *name = statement_text(statement, 0);

    /* It becomes a part of a path. */
    if (name == NULL || strlen(name) != DOWNLOAD_TREE_SIZE - 1 ||
        strspn(name, "0123456789abcdef") != DOWNLOAD_TREE_SIZE - 1)
        return fail_damaged(downloads->options.database, "the download tree has another name");
    memcpy(downloads->tree, name, DOWNLOAD_TREE_SIZE);
    return XBITS_S_OK;
}

static const struct reading {
    const char *sql;
    xbits_result (*take)(struct downloads *downloads, struct statement *statement);
} readings[] = {
    { "SELECT name FROM download_tree", read_tree }, /* An item's directory is in it. */
    { "SELECT " COLUMNS " FROM item ORDER BY number", read_item },
    { "SELECT id FROM collection ORDER BY id", read_collection },
};

static xbits_result read_all(struct downloads *downloads, const struct reading *reading)
{
    struct statement *statement = NULL;
    bool has_row = false;
    xbits_result result;

    TRY(statement_prepare(downloads->options.database, reading->sql, &statement));
    do {
        result = statement_step(statement, &has_row);
        if (XBITS_SUCCEEDED(result) && has_row)
            result = reading->take(downloads, statement);
    } while (XBITS_SUCCEEDED(result) && has_row);
    statement_free(statement);
    return result;
}

xbits_result download_rows_read(struct downloads *downloads)
{
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        TRY(read_all(downloads, &readings[i]));
    downloads_sort(downloads);
    return XBITS_S_OK;
}

/* Ends a transaction as its work went. */
static xbits_result end_writing(struct database *database, xbits_result result)
{
    if (XBITS_SUCCEEDED(result))
        return database_commit(database);
    database_roll_back(database);
    return result;
}

static xbits_result run_with_number(struct database *database, const char *sql, int64_t number)
{
    struct statement *statement = NULL;
    xbits_result result;

    TRY(statement_prepare(database, sql, &statement));
    statement_bind_i64(statement, 1, number);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

static xbits_result insert_collection(struct downloads *downloads, int32_t collection)
{
    return run_with_number(downloads->options.database,
                           "INSERT OR IGNORE INTO collection VALUES (?1)", collection);
}

static xbits_result insert_item(struct downloads *downloads, struct download *download)
{
    static const char sql[] =
        "INSERT INTO item (collection, is_real_time, source_url, provider, directory, extension, "
        "created, outcome, bytes_total, bytes_transferred) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, -1, 0) RETURNING number";
    struct statement *statement = NULL;
    bool has_row = false;
    xbits_result result;

    TRY(statement_prepare(downloads->options.database, sql, &statement));
    statement_bind_i64(statement, 1, download->collection);
    statement_bind_i64(statement, 2, download->is_real_time);
    statement_bind_text(statement, 3, download->source_url);
    statement_bind_text(statement, 4, download->provider);
    statement_bind_text(statement, 5, download->directory);
    statement_bind_text(statement, 6, download->extension);
    statement_bind_i64(statement, 7, download->created);
    result = statement_step(statement, &has_row);
    if (XBITS_SUCCEEDED(result))
        download->number = statement_i64(statement, 0);
    statement_free(statement);
    return result;
}

xbits_result download_row_reserve(struct downloads *downloads, struct download *download,
                                  bool *is_new_collection_out)
{
    struct database *database = downloads->options.database;
    bool is_new = !downloads_has_collection(downloads, download->collection);
    xbits_result result;

    TRY(database_begin(database, true));
    result = insert_item(downloads, download);
    if (XBITS_SUCCEEDED(result))
        result = insert_collection(downloads, download->collection);
    TRY(end_writing(database, result));
    *is_new_collection_out = is_new;
    return XBITS_S_OK;
}

static xbits_result set_job(struct database *database, const struct download *download)
{
    struct statement *statement = NULL;
    uint8_t bytes[ID_BYTES];
    xbits_result result;

    TRY(statement_prepare(database, "UPDATE item SET job = ?2 WHERE number = ?1", &statement));
    id_to_bytes(&download->job_id, bytes);
    statement_bind_i64(statement, 1, download->number);
    statement_bind_bytes(statement, 2, bytes, sizeof bytes);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

xbits_result download_row_set_job(struct downloads *downloads, const struct download *download)
{
    struct database *database = downloads->options.database;

    TRY(database_begin(database, true));
    return end_writing(database, set_job(database, download));
}

static xbits_result put_outcome(struct database *database, const struct download *download)
{
    static const char sql[] = "UPDATE item SET outcome = ?2, bytes_total = ?3, bytes_transferred = "
                              "?4, path = ?5, failure = ?6 WHERE number = ?1";
    struct statement *statement = NULL;
    xbits_result result;

    TRY(statement_prepare(database, sql, &statement));
    statement_bind_i64(statement, 1, download->number);
    statement_bind_i64(statement, 2, download->outcome);
    statement_bind_u64(statement, 3, download->bytes_total);
    statement_bind_u64(statement, 4, download->bytes_transferred);
    statement_bind_text(statement, 5, download->path);
    statement_bind_text(statement, 6, download->failure);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

xbits_result download_row_put_outcome(struct downloads *downloads, const struct download *download)
{
    struct database *database = downloads->options.database;

    TRY(database_begin(database, false));
    return end_writing(database, put_outcome(database, download));
}

xbits_result download_row_delete(struct downloads *downloads, int64_t number, int32_t collection)
{
    struct database *database = downloads->options.database;
    xbits_result result;

    TRY(database_begin(database, true));
    result = run_with_number(database, "DELETE FROM item WHERE number = ?1", number);
    if (XBITS_SUCCEEDED(result) && collection != 0)
        result = run_with_number(database, "DELETE FROM collection WHERE id = ?1", collection);
    return end_writing(database, result);
}

xbits_result download_row_forget(struct downloads *downloads, int64_t number)
{
    struct database *database = downloads->options.database;

    TRY(database_begin(database, false));
    return end_writing(database,
                       run_with_number(database, "DELETE FROM item WHERE number = ?1", number));
}

xbits_result download_row_keep_collection(struct downloads *downloads, int32_t collection)
{
    struct database *database = downloads->options.database;

    TRY(database_begin(database, true));
    return end_writing(database, insert_collection(downloads, collection));
}

static xbits_result insert_tree(struct database *database, const char *name)
{
    struct statement *statement = NULL;
    xbits_result result;

    TRY(statement_prepare(database, "INSERT INTO download_tree VALUES (?1)", &statement));
    statement_bind_text(statement, 1, name);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

xbits_result download_row_name_tree(struct downloads *downloads)
{
    struct database *database = downloads->options.database;
    uint8_t bytes[(DOWNLOAD_TREE_SIZE - 1) / 2];
    char name[DOWNLOAD_TREE_SIZE];

    if (downloads->tree[0] != '\0')
        return XBITS_S_OK;
    TRY(random_system(bytes, sizeof bytes));
    for (size_t i = 0; i < sizeof bytes; i++)
        (void)snprintf(name + 2 * i, 3, "%02x", (unsigned)bytes[i]);
    TRY(database_begin(database, true));
    TRY(end_writing(database, insert_tree(database, name)));
    memcpy(downloads->tree, name, sizeof name);
    return XBITS_S_OK;
}
