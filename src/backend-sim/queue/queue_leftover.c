/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static xbits_result put_leftover(struct queue *queue, const struct xbits_id *job, const char *path)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_LEFTOVER);
    uint8_t id[ID_BYTES];

    id_to_bytes(job, id);
    statement_bind_bytes(statement, 1, id, sizeof(id));
    statement_bind_text(statement, 2, path);
    return statement_run(statement);
}

static xbits_result delete_leftover(struct queue *queue, const char *path)
{
    struct statement *statement = queue_use(queue, QUEUE_DELETE_LEFTOVER);

    statement_bind_text(statement, 1, path);
    return statement_run(statement);
}

/* What became of one file's temporary one. */
static xbits_result settle_file(struct queue *queue, const struct xbits_id *job,
                                const char *local_name, uint32_t number, bool has_temporary)
{
    char *path = NULL;
    xbits_result result;

    if (local_name == NULL) {
        return has_temporary ? xbits_fail(XBITS_E_INVALIDARG,
                                          "a file of a job that is over has no local name")
                             : XBITS_S_OK;
    }
    TRY(temporary_name_of(local_name, number, &path));
    result = has_temporary ? put_leftover(queue, job, path) : delete_leftover(queue, path);
    free(path);
    return result;
}

static bool has_file(const struct job_record *record, uint32_t number)
{
    size_t first = 0;
    size_t end = record->file_count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;

        if (record->files[middle].number == number)
            return true;
        if (record->files[middle].number < number)
            first = middle + 1;
        else
            end = middle;
    }
    return false;
}

/* Files that did not change since they were written are not in the record. */
static xbits_result settle_unchanged(struct queue *queue, const struct job_record *record,
                                     struct statement *files)
{
    bool has_row = false;

    TRY(statement_step(files, &has_row));
    while (has_row) {
        uint32_t number = 0;
        uint32_t temporary_number = 0;

        TRY(queue_read_u32(queue, files, 0, UINT32_MAX, &number));
        TRY(queue_read_u32(queue, files, 2, UINT32_MAX, &temporary_number));
        if (!has_file(record, number)) {
            TRY(settle_file(queue, &record->id, statement_text(files, 1), temporary_number, true));
        }
        TRY(statement_step(files, &has_row));
    }
    return XBITS_S_OK;
}

xbits_result queue_leave_files(struct queue *queue, const struct job_record *record,
                               uint64_t serial)
{
    struct statement *files = queue_use(queue, QUEUE_READ_TEMPORARY_FILES);
    xbits_result result;

    for (size_t i = 0; i < record->file_count; i++) {
        const struct file_record *file = &record->files[i];

        TRY(settle_file(queue, &record->id, file->local_name, file->temporary_number,
                        file->has_temporary));
    }
    statement_bind_u64(files, 1, serial);
    result = settle_unchanged(queue, record, files);
    statement_reset(files);
    return result;
}

static xbits_result visit_leftovers(struct statement *statement, queue_leftover_visit *visit,
                                    void *user)
{
    bool has_row = false;

    TRY(statement_step(statement, &has_row));
    while (has_row) {
        char *path = NULL;
        xbits_result result;

        TRY(statement_copy_text(statement, 0, &path));
        result = visit(user, path);
        free(path);
        TRY(result);
        TRY(statement_step(statement, &has_row));
    }
    return XBITS_S_OK;
}

xbits_result queue_read_leftovers(struct queue *queue, queue_leftover_visit *visit, void *user)
{
    struct statement *statement;
    xbits_result result;

    TRY(queue_begin_reading(queue));
    statement = queue_use(queue, QUEUE_READ_LEFTOVERS);
    result = visit_leftovers(statement, visit, user);
    statement_reset(statement);
    return queue_end_reading(queue, result);
}

/* Not durable: one that comes back after a power cut names a file that is not there. */
xbits_result queue_forget_leftover(struct queue *queue, const char *path)
{
    xbits_result result;

    TRY(queue_check_use(queue));
    TRY(database_begin(queue->database, false));
    result = delete_leftover(queue, path);
    if (XBITS_SUCCEEDED(result))
        return database_commit(queue->database);
    database_roll_back(queue->database);
    return result;
}
