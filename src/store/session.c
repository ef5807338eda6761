/* SPDX-License-Identifier: MIT */
#include "store/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/id.h"

enum query { QUERY_LIST, QUERY_REMEMBER, QUERY_FORGET, QUERY_COUNT };

static const char *const queries[QUERY_COUNT] = {
    [QUERY_LIST] = "SELECT job FROM adopted_job ORDER BY job",
    [QUERY_REMEMBER] = "INSERT OR REPLACE INTO adopted_job VALUES (?1, 1)",
    [QUERY_FORGET] = "DELETE FROM adopted_job WHERE job = ?1",
};

struct key {
    uint8_t bytes[ID_BYTES];
};

struct session {
    struct database *database;
    struct statement *statements[QUERY_COUNT];
    struct key *inherited; /* Sorted. */
    size_t inherited_count;
    bool is_writing;
};

void session_close(struct session *session)
{
    if (session == NULL)
        return;
    if (session->is_writing)
        database_roll_back(session->database);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        statement_free(session->statements[i]);
    free(session->inherited);
    free(session);
}

static xbits_result add_inherited(struct session *session, size_t *capacity)
{
    struct statement *statement = session->statements[QUERY_LIST];
    size_t size = 0;
    const void *bytes = statement_bytes(statement, 0, &size);

    if (size != ID_BYTES)
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: an id has %zu bytes",
                          database_path(session->database), size);
    if (session->inherited_count == *capacity) {
        size_t larger = *capacity == 0 ? 64 : *capacity * 2;
        struct key *keys = realloc(session->inherited, larger * sizeof *keys);

        if (keys == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu adopted jobs", larger);
        session->inherited = keys;
        *capacity = larger;
    }
    memcpy(session->inherited[session->inherited_count++].bytes, bytes, ID_BYTES);
    return XBITS_S_OK;
}

static xbits_result read_inherited(struct session *session)
{
    size_t capacity = 0;
    bool has_row = false;
    xbits_result result;

    do {
        result = statement_step(session->statements[QUERY_LIST], &has_row);
        if (XBITS_SUCCEEDED(result) && has_row)
            result = add_inherited(session, &capacity);
    } while (XBITS_SUCCEEDED(result) && has_row);
    statement_reset(session->statements[QUERY_LIST]);
    return result;
}

static xbits_result begin_session(struct session *session)
{
    for (size_t i = 0; i < QUERY_COUNT; i++)
        TRY(statement_prepare(session->database, queries[i], &session->statements[i]));
    TRY(read_inherited(session));
    return database_run(session->database, "UPDATE adopted_job SET is_present = 0");
}

xbits_result session_open(struct database *database, struct session **session_out)
{
    struct session *session = calloc(1, sizeof *session);
    xbits_result result;

    if (session == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a session");
    session->database = database;
    result = begin_session(session);
    if (XBITS_FAILED(result)) {
        session_close(session);
        return result;
    }
    *session_out = session;
    return XBITS_S_OK;
}

static int compare_keys(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct key));
}

bool session_has_inherited(const struct session *session, const struct xbits_id *job)
{
    struct key key;

    id_to_bytes(job, key.bytes);
    return session->inherited_count > 0 &&
           bsearch(&key, session->inherited, session->inherited_count, sizeof key, compare_keys) !=
               NULL;
}

static xbits_result begin(struct session *session)
{
    if (!session->is_writing)
        TRY(database_begin(session->database, false));
    session->is_writing = true;
    return XBITS_S_OK;
}

static xbits_result write_one(struct session *session, enum query query, const struct xbits_id *job)
{
    struct statement *statement = session->statements[query];
    struct key key;

    TRY(begin(session));
    id_to_bytes(job, key.bytes);
    statement_bind_bytes(statement, 1, key.bytes, sizeof key.bytes);
    return statement_run(statement);
}

xbits_result session_remember(struct session *session, const struct xbits_id *job)
{
    return write_one(session, QUERY_REMEMBER, job);
}

xbits_result session_forget(struct session *session, const struct xbits_id *job)
{
    return write_one(session, QUERY_FORGET, job);
}

xbits_result session_forget_others(struct session *session)
{
    TRY(begin(session));
    return database_run(session->database, "DELETE FROM adopted_job WHERE is_present = 0");
}

xbits_result session_commit(struct session *session)
{
    if (!session->is_writing)
        return XBITS_S_OK;
    session->is_writing = false;
    return database_commit(session->database);
}
