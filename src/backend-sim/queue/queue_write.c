/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include "base/text.h"

static void bind_error(struct statement *statement, const struct job_record *record)
{
    const struct xbits_job_error *error = &record->error;

    if (!record->has_error) {
        for (int place = 17; place <= 20; place++)
            statement_bind_null(statement, place);
    } else {
        statement_bind_text(statement, 17, xbits_context_name(error->context));
        statement_bind_i64(statement, 18, (uint32_t)error->result);
        statement_bind_i64(statement, 19, error->file);
        if (error->file == XBITS_FILE_NONE)
            statement_bind_null(statement, 19);
        statement_bind_i64(statement, 20, error->http_status);
    }
    statement_bind_text(statement, 21, record->error_text);
    statement_bind_i64(statement, 22, record->error_count);
}

static void bind_job(struct statement *statement, const struct job_record *record)
{
    statement_bind_u64(statement, 1, record->serial);
    statement_bind_u64(statement, 3, record->change);
    statement_bind_text(statement, 4, xbits_type_name(record->type));
    statement_bind_text(statement, 5, xbits_priority_name(record->priority));
    statement_bind_text(statement, 6, xbits_state_name(record->state));
    statement_bind_i64(statement, 7, record->state_since);
    statement_bind_i64(statement, 8, record->times.creation);
    statement_bind_i64(statement, 9, record->times.modification);
    statement_bind_i64(statement, 10, record->times.transfer_completion);
    statement_bind_text(statement, 11, record->display_name);
    statement_bind_text(statement, 12, record->description);
    statement_bind_text(statement, 13, record->owner);
    statement_bind_i64(statement, 14, record->integrity_level);
    statement_bind_i64(statement, 15, record->is_elevated);
    statement_bind_i64(statement, 16, record->was_resumed);
    bind_error(statement, record);
    statement_bind_u64(statement, 23, record->retry_left_ms);
    if (record->retry_left_ms == UINT64_MAX)
        statement_bind_null(statement, 23);
    statement_bind_i64(statement, 24, record->no_progress_since);
    statement_bind_u64(statement, 25, record->connected_ms);
    statement_bind_i64(statement, 26, record->due);
    statement_bind_u64(statement, 27, record->file_total);
}

static xbits_result run_on(struct queue *queue, enum queue_query query, uint64_t serial)
{
    struct statement *statement = queue_use(queue, query);

    statement_bind_u64(statement, 1, serial);
    return statement_run(statement);
}

static xbits_result put_properties(struct queue *queue, const struct job_record *record)
{
    TRY(run_on(queue, QUEUE_DELETE_PROPERTIES, record->serial));
    for (size_t i = 0; i < record->property_count; i++)
        TRY(queue_put_property(queue, record, &record->properties[i]));
    return XBITS_S_OK;
}

static xbits_result put_file(struct queue *queue, uint64_t serial, const struct file_record *file)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_FILE);

    statement_bind_u64(statement, 1, serial);
    statement_bind_i64(statement, 2, file->number);
    statement_bind_text(statement, 3, file->remote_name);
    statement_bind_text(statement, 4, file->local_name);
    statement_bind_text(statement, 5, file->last_modified);
    statement_bind_text(statement, 6, file->response_headers);
    statement_bind_i64(statement, 7, file->modified);
    statement_bind_u64(statement, 8, file->size);
    if (file->size == XBITS_SIZE_UNKNOWN)
        statement_bind_null(statement, 8);
    statement_bind_u64(statement, 9, file->written);
    statement_bind_u64(statement, 10, file->synced);
    statement_bind_u64(statement, 11, file->received);
    statement_bind_u64(statement, 12, file->device);
    statement_bind_u64(statement, 13, file->inode);
    statement_bind_i64(statement, 14, file->temporary_number);
    statement_bind_i64(statement, 15, file->has_temporary);
    statement_bind_i64(statement, 16, file->is_transferred);
    statement_bind_i64(statement, 17, file->is_published);
    statement_bind_i64(statement, 18, file->is_told);
    return statement_run(statement);
}

static xbits_result cut_files(struct queue *queue, const struct job_record *record)
{
    struct statement *statement = queue_use(queue, QUEUE_CUT_FILES);

    statement_bind_u64(statement, 1, record->serial);
    statement_bind_u64(statement, 2, record->file_total);
    return statement_run(statement);
}

static void bind_id(struct statement *statement, int place, const struct xbits_id *id,
                    uint8_t bytes[ID_BYTES])
{
    id_to_bytes(id, bytes);
    statement_bind_bytes(statement, place, bytes, ID_BYTES);
}

static xbits_result put_job(struct queue *queue, const struct job_record *record)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_JOB);
    struct statement *leftovers = queue_use(queue, QUEUE_DELETE_JOB_LEFTOVERS);
    uint8_t id[ID_BYTES];

    bind_job(statement, record);
    bind_id(statement, 2, &record->id, id);
    TRY(statement_run(statement));
    TRY(put_properties(queue, record));
    for (size_t i = 0; i < record->file_count; i++)
        TRY(put_file(queue, record->serial, &record->files[i]));
    if (record->is_shrunk)
        TRY(cut_files(queue, record));
    bind_id(leftovers, 1, &record->id, id);
    return statement_run(leftovers);
}

static xbits_result find_serial(struct queue *queue, const struct xbits_id *id,
                                uint64_t *serial_out)
{
    struct statement *statement = queue_use(queue, QUEUE_FIND_JOB);
    uint8_t bytes[ID_BYTES];
    bool has_row = false;

    bind_id(statement, 1, id, bytes);
    TRY(statement_step(statement, &has_row));
    *serial_out = has_row ? statement_u64(statement, 0) : 0;
    statement_reset(statement);
    return XBITS_S_OK;
}

static xbits_result end_job(struct queue *queue, const struct job_record *record)
{
    uint64_t serial = 0;

    TRY(find_serial(queue, &record->id, &serial));
    TRY(queue_leave_files(queue, record, serial));
    TRY(run_on(queue, QUEUE_DELETE_PROPERTIES, serial));
    TRY(run_on(queue, QUEUE_DELETE_FILES, serial));
    return run_on(queue, QUEUE_DELETE_JOB, serial);
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static xbits_result write_numbers(struct queue *queue, const struct queue_numbers *numbers)
{
    struct statement *statement = queue_use(queue, QUEUE_WRITE_NUMBERS);

    statement_bind_u64(statement, 1, numbers->change);
    statement_bind_u64(statement, 2, numbers->serial);
    statement_bind_u64(statement, 3, numbers->event);
    return statement_run(statement);
}

static xbits_result write_batch(struct queue *queue, const struct record_batch *batch,
                                struct queue_numbers *numbers)
{
    for (size_t i = 0; i < batch->job_count; i++) {
        const struct job_record *record = &batch->jobs[i];

        TRY(record->is_over ? end_job(queue, record) : put_job(queue, record));
        numbers->change = larger(numbers->change, record->change);
        numbers->serial = larger(numbers->serial, record->serial);
    }
    TRY(queue_write_events(queue, batch));
    for (size_t i = 0; i < batch->event_count; i++)
        numbers->event = larger(numbers->event, batch->events[i].number);
    return write_numbers(queue, numbers);
}

/* An empty batch is written too when it must be durable: so are all before it then. SQLite syncs
 * nothing for a commit that changes no byte; this one raises meta.commits. */
xbits_result queue_write(struct queue *queue, const struct record_batch *batch, bool is_durable)
{
    struct queue_numbers numbers = queue->newest;
    xbits_result result;

    TRY(queue_check_use(queue));
    if (batch->job_count == 0 && batch->event_count == 0 && !is_durable)
        return XBITS_S_OK;
    TRY(database_begin(queue->database, is_durable));
    result = write_batch(queue, batch, &numbers);
    if (XBITS_SUCCEEDED(result))
        result = database_commit(queue->database);
    else
        database_roll_back(queue->database);
    if (XBITS_SUCCEEDED(result))
        queue->newest = numbers;
    return result == XBITS_BG_E_DATABASE_CORRUPT ? queue_set_aside(queue) : result;
}
