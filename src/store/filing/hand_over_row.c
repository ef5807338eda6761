/* SPDX-License-Identifier: MIT */
#include "store/filing/hand_over_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"

#define COLUMNS "job, description, source_url, local_name, place, device, inode, file_size, began"

static void bind_song(struct statement *statement, const struct hand_over *song)
{
    statement_bind_text(statement, 2, song->description);
    statement_bind_text(statement, 3, song->source_url);
    statement_bind_text(statement, 4, song->local_name);
    statement_bind_text(statement, 5, song->place);
    statement_bind_u64(statement, 6, song->device);
    statement_bind_u64(statement, 7, song->inode);
    statement_bind_u64(statement, 8, song->file_size);
    statement_bind_i64(statement, 9, song->began);
}

xbits_result hand_over_row_put(struct xbits_library *library, const struct hand_over *song)
{
    static const char sql[] = "INSERT OR REPLACE INTO hand_over (" COLUMNS
                              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    uint8_t bytes[ID_BYTES];
    struct statement *statement = NULL;
    xbits_result result;

    id_to_bytes(&song->job, bytes);
    TRY(database_begin(library->database, true));
    result = statement_prepare(library->database, sql, &statement);
    if (XBITS_SUCCEEDED(result)) {
        statement_bind_bytes(statement, 1, bytes, sizeof bytes);
        bind_song(statement, song);
        result = statement_run(statement);
    }
    statement_free(statement);
    if (XBITS_SUCCEEDED(result))
        return database_commit(library->database);
    database_roll_back(library->database);
    return result;
}

/* The table may be another's, in which they can be missing. */
static xbits_result read_texts(struct xbits_library *library, struct statement *statement,
                               struct hand_over *song)
{
    TRY(statement_copy_text(statement, 1, &song->description));
    TRY(statement_copy_text(statement, 2, &song->source_url));
    TRY(statement_copy_text(statement, 3, &song->local_name));
    TRY(statement_copy_text(statement, 4, &song->place));
    if (song->description != NULL && song->source_url != NULL && song->local_name != NULL)
        return XBITS_S_OK;
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT,
                      "%s: a song on its way has no description, source or local name",
                      database_path(library->database));
}

static xbits_result read_row(struct xbits_library *library, struct statement *statement,
                             struct hand_over *song, bool *has_row_out)
{
    TRY(statement_step(statement, has_row_out));
    if (!*has_row_out)
        return XBITS_S_OK;
    TRY(read_texts(library, statement, song));
    song->device = statement_u64(statement, 5);
    song->inode = statement_u64(statement, 6);
    song->file_size = statement_u64(statement, 7);
    song->began = statement_i64(statement, 8);
    return XBITS_S_OK;
}

xbits_result hand_over_row_get(struct xbits_library *library, const struct xbits_id *job,
                               struct hand_over *song, bool *has_row_out)
{
    uint8_t bytes[ID_BYTES];
    struct statement *statement = NULL;
    xbits_result result;

    song->job = *job;
    id_to_bytes(job, bytes);
    TRY(statement_prepare(library->database, "SELECT " COLUMNS " FROM hand_over WHERE job = ?1",
                          &statement));
    statement_bind_bytes(statement, 1, bytes, sizeof bytes);
    result = read_row(library, statement, song, has_row_out);
    statement_free(statement);
    return result;
}

xbits_result hand_over_row_delete(struct xbits_library *library, const struct xbits_id *job)
{
    uint8_t bytes[ID_BYTES];
    struct statement *statement = NULL;
    xbits_result result;

    id_to_bytes(job, bytes);
    TRY(statement_prepare(library->database, "DELETE FROM hand_over WHERE job = ?1", &statement));
    statement_bind_bytes(statement, 1, bytes, sizeof bytes);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

/* Grows the list by what the row says. */
static xbits_result add_job(struct xbits_library *library, struct statement *statement,
                            struct xbits_id **jobs, size_t *count)
{
    struct xbits_id *larger = realloc(*jobs, (*count + 1) * sizeof **jobs);
    size_t size = 0;
    const void *bytes = statement_bytes(statement, 0, &size);

    if (larger == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu songs", *count + 1);
    *jobs = larger;
    if (size != ID_BYTES)
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: an id has %zu bytes",
                          database_path(library->database), size);
    id_from_bytes(bytes, &larger[(*count)++]);
    return XBITS_S_OK;
}

xbits_result hand_over_list(struct xbits_library *library, struct xbits_id **jobs_out,
                            size_t *count_out)
{
    struct statement *statement = NULL;
    struct xbits_id *jobs = NULL;
    bool has_row = false;
    size_t count = 0;
    xbits_result result;

    TRY(statement_prepare(library->database, "SELECT job FROM hand_over ORDER BY began, job",
                          &statement));
    do {
        result = statement_step(statement, &has_row);
        if (XBITS_SUCCEEDED(result) && has_row)
            result = add_job(library, statement, &jobs, &count);
    } while (XBITS_SUCCEEDED(result) && has_row);
    statement_free(statement);
    if (XBITS_FAILED(result)) {
        free(jobs);
        return result;
    }
    *jobs_out = jobs;
    *count_out = count;
    return XBITS_S_OK;
}
