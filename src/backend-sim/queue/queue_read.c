/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <stdlib.h>
#include <string.h>

#include "job/file_rules.h"

/* How many files get room at once: a count in a damaged file may claim anything. */
#define FIRST_FILES 64

/* Rows of a child table beside the jobs that are read: of all jobs, in the same order, or of one
 * job at a time when only some are. Column 0 is the serial. */
struct children {
    struct statement *statement;
    bool is_whole;
    bool has_row;
};

struct reading {
    struct queue *queue;
    struct statement *jobs;
    struct children properties;
    struct children files;
};

static xbits_result begin_children(struct children *children, uint64_t serial)
{
    if (!children->is_whole) {
        statement_reset(children->statement);
        statement_bind_u64(children->statement, 1, serial);
        return statement_step(children->statement, &children->has_row);
    }
    /* Rows of a job that is not there are nobody's. */
    while (children->has_row && statement_u64(children->statement, 0) < serial)
        TRY(statement_step(children->statement, &children->has_row));
    return XBITS_S_OK;
}

static bool is_child(const struct children *children, uint64_t serial)
{
    return children->has_row && statement_u64(children->statement, 0) == serial;
}

static const char *type_name(unsigned value)
{
    return xbits_type_name((enum xbits_job_type)value);
}

static const char *priority_name(unsigned value)
{
    return xbits_priority_name((enum xbits_job_priority)value);
}

static const char *state_name(unsigned value)
{
    return xbits_state_name((enum xbits_job_state)value);
}

static const char *context_name(unsigned value)
{
    return xbits_context_name((enum xbits_error_context)value);
}

/* One of the names that an enumeration has. */
struct name_set {
    const char *(*name_of)(unsigned value);
    unsigned count;
    const char *what;
};

static xbits_result read_name(const struct reading *reading, int column, const struct name_set *set,
                              unsigned *value_out)
{
    const char *name = statement_text(reading->jobs, column);

    for (unsigned value = 0; name != NULL && value < set->count; value++) {
        if (strcmp(name, set->name_of(value)) == 0) {
            *value_out = value;
            return XBITS_S_OK;
        }
    }
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: \"%.40s\" is no %s", reading->queue->path,
                      name != NULL ? name : "", set->what);
}

static xbits_result read_names(const struct reading *reading, struct job_record *record)
{
    static const struct name_set types = { type_name, XBITS_TYPE_COUNT, "type of a job" };
    static const struct name_set priorities = { priority_name, XBITS_PRIORITY_COUNT, "priority" };
    static const struct name_set states = { state_name, XBITS_STATE_COUNT, "state" };
    unsigned value = 0;

    TRY(read_name(reading, 3, &types, &value));
    record->type = (enum xbits_job_type)value;
    TRY(read_name(reading, 4, &priorities, &value));
    record->priority = (enum xbits_job_priority)value;
    TRY(read_name(reading, 5, &states, &value));
    record->state = (enum xbits_job_state)value;
    return XBITS_S_OK;
}

static xbits_result read_u32(const struct reading *reading, int column, uint32_t *number_out)
{
    return queue_read_u32(reading->queue, reading->jobs, column, UINT32_MAX, number_out);
}

static xbits_result read_error(const struct reading *reading, struct job_record *record)
{
    static const struct name_set contexts = { context_name,
                                              XBITS_CONTEXT_SERVER_CERTIFICATE_CALLBACK + 1,
                                              "context of an error" };
    uint32_t result = 0;
    uint32_t http_status = 0;
    unsigned context = 0;

    TRY(statement_copy_text(reading->jobs, 20, &record->error_text));
    TRY(read_u32(reading, 21, &record->error_count));
    record->has_error = !statement_is_null(reading->jobs, 16);
    if (!record->has_error)
        return XBITS_S_OK;
    TRY(read_name(reading, 16, &contexts, &context));
    TRY(read_u32(reading, 17, &result));
    record->error.file = XBITS_FILE_NONE;
    if (!statement_is_null(reading->jobs, 18))
        TRY(read_u32(reading, 18, &record->error.file));
    TRY(queue_read_u32(reading->queue, reading->jobs, 19, INT32_MAX, &http_status));
    record->error.context = (enum xbits_error_context)context;
    record->error.result = (xbits_result)result;
    record->error.http_status = (int)http_status;
    return XBITS_S_OK;
}

static xbits_result read_job(const struct reading *reading, struct job_record *record)
{
    struct statement *jobs = reading->jobs;
    uint32_t file_total = 0;

    TRY(queue_read_count(reading->queue, jobs, 0, &record->serial));
    TRY(queue_read_id(reading->queue, jobs, 1, &record->id));
    TRY(queue_read_count(reading->queue, jobs, 2, &record->change));
    TRY(read_names(reading, record));
    record->state_since = statement_i64(jobs, 6);
    record->times.creation = statement_i64(jobs, 7);
    record->times.modification = statement_i64(jobs, 8);
    record->times.transfer_completion = statement_i64(jobs, 9);
    TRY(statement_copy_text(jobs, 10, &record->display_name));
    TRY(statement_copy_text(jobs, 11, &record->description));
    TRY(statement_copy_text(jobs, 12, &record->owner));
    TRY(read_u32(reading, 13, &record->integrity_level));
    record->is_elevated = statement_i64(jobs, 14) != 0;
    record->was_resumed = statement_i64(jobs, 15) != 0;
    TRY(read_error(reading, record));
    record->retry_left_ms = statement_is_null(jobs, 22) ? UINT64_MAX : statement_u64(jobs, 22);
    record->no_progress_since = statement_i64(jobs, 23);
    record->connected_ms = statement_u64(jobs, 24);
    TRY(read_u32(reading, 25, &record->due));
    TRY(queue_read_u32(reading->queue, jobs, 26, INT32_MAX, &file_total));
    record->file_total = file_total;
    return XBITS_S_OK;
}

static xbits_result fail_memory(const struct reading *reading)
{
    return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a job of %s", reading->queue->path);
}

static xbits_result read_properties(struct reading *reading, struct job_record *record)
{
    struct children *children = &reading->properties;

    TRY(begin_children(children, record->serial));
    while (is_child(children, record->serial)) {
        size_t count = record->property_count;
        struct property_record *longer = realloc(record->properties, (count + 1) * sizeof(*longer));
        xbits_result result;

        if (longer == NULL)
            return fail_memory(reading);
        record->properties = longer;
        longer[count] = (struct property_record){ 0 };
        result =
            queue_read_property(reading->queue, children->statement, &record->id, &longer[count]);
        TRY(result);
        record->property_count = count + (result == XBITS_S_OK ? 1 : 0);
        TRY(statement_step(children->statement, &children->has_row));
    }
    return XBITS_S_OK;
}

/* The marks of before a restart are worth less; the owner has them corrected in the database. */
static void read_marks(const struct queue *queue, struct statement *files, struct file_record *file)
{
    file->size = statement_is_null(files, 7) ? XBITS_SIZE_UNKNOWN : statement_u64(files, 7);
    file->written = statement_u64(files, 8);
    file->synced = statement_u64(files, 9);
    file->received = statement_u64(files, 10);
    if (queue->is_read_only && queue->was_restarted && file->written > file->synced)
        file->written = file->synced;
}

/* A file is written where its record says: never to a place that no caller could have named. */
static xbits_result check_place(const struct reading *reading, const char *local_name)
{
    static const struct name_quirks none = { .long_paths = true };

    if (local_name != NULL && XBITS_SUCCEEDED(rule_local_name_with(local_name, none)))
        return XBITS_S_OK;
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: \"%.200s\" is no place for a file",
                      reading->queue->path, local_name != NULL ? local_name : "");
}

static xbits_result read_file(const struct reading *reading, struct file_record *file)
{
    struct statement *files = reading->files.statement;

    TRY(queue_read_u32(reading->queue, files, 1, UINT32_MAX, &file->number));
    TRY(statement_copy_text(files, 2, &file->remote_name));
    TRY(statement_copy_text(files, 3, &file->local_name));
    TRY(check_place(reading, file->local_name));
    TRY(statement_copy_text(files, 4, &file->last_modified));
    TRY(statement_copy_text(files, 5, &file->response_headers));
    file->modified = statement_i64(files, 6);
    read_marks(reading->queue, files, file);
    file->device = statement_u64(files, 11);
    file->inode = statement_u64(files, 12);
    TRY(queue_read_u32(reading->queue, files, 13, UINT32_MAX, &file->temporary_number));
    file->has_temporary = statement_i64(files, 14) != 0;
    file->is_transferred = statement_i64(files, 15) != 0;
    file->is_published = statement_i64(files, 16) != 0;
    file->is_told = statement_i64(files, 17) != 0;
    return XBITS_S_OK;
}

static xbits_result fail_files(const struct reading *reading, const struct job_record *record)
{
    char id[XBITS_ID_TEXT_SIZE];

    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: the job %s has not the %zu files it says",
                      reading->queue->path, xbits_id_format(&record->id, id), record->file_total);
}

/* Room for one more file. */
static xbits_result grow_files(const struct reading *reading, struct job_record *record,
                               size_t *capacity)
{
    size_t larger = *capacity == 0 ? FIRST_FILES : *capacity * 2;
    struct file_record *files;

    if (record->file_count < *capacity)
        return XBITS_S_OK;
    if (larger > record->file_total)
        larger = record->file_total;
    files = realloc(record->files, larger * sizeof(*files));
    if (files == NULL)
        return fail_memory(reading);
    record->files = files;
    *capacity = larger;
    return XBITS_S_OK;
}

static xbits_result read_files(struct reading *reading, struct job_record *record)
{
    struct children *children = &reading->files;
    size_t capacity = 0;

    TRY(begin_children(children, record->serial));
    while (is_child(children, record->serial)) {
        struct file_record *file;

        if (record->file_count == record->file_total)
            return fail_files(reading, record);
        TRY(grow_files(reading, record, &capacity));
        file = &record->files[record->file_count++];
        *file = (struct file_record){ 0 };
        TRY(read_file(reading, file));
        if (file->number != record->file_count - 1)
            return fail_files(reading, record);
        TRY(statement_step(children->statement, &children->has_row));
    }
    return record->file_count == record->file_total ? XBITS_S_OK : fail_files(reading, record);
}

static xbits_result read_record(struct reading *reading, struct job_record *record)
{
    TRY(read_job(reading, record));
    TRY(read_properties(reading, record));
    return read_files(reading, record);
}

static xbits_result visit_jobs(struct reading *reading, queue_job_visit *visit, void *user)
{
    bool has_row = false;

    TRY(statement_step(reading->jobs, &has_row));
    while (has_row) {
        struct job_record record = { 0 };
        xbits_result result = read_record(reading, &record);

        if (XBITS_FAILED(result)) {
            job_record_dispose(&record);
            return result;
        }
        TRY(visit(user, &record));
        TRY(statement_step(reading->jobs, &has_row));
    }
    return XBITS_S_OK;
}

static xbits_result begin_whole(struct children *children)
{
    return children->is_whole ? statement_step(children->statement, &children->has_row)
                              : XBITS_S_OK;
}

xbits_result queue_read_jobs(struct queue *queue, uint64_t after_change, queue_job_visit *visit,
                             void *user)
{
    const bool is_whole = after_change == 0;
    struct reading reading = { .queue = queue };
    xbits_result result;

    TRY(queue_begin_reading(queue));
    /* The owner of what is looked at may have made one since. */
    if (queue->is_read_only)
        queue_forget_key(queue);
    reading.jobs = queue_use(queue, is_whole ? QUEUE_READ_JOBS : QUEUE_READ_CHANGED_JOBS);
    reading.properties.statement =
        queue_use(queue, is_whole ? QUEUE_READ_PROPERTIES : QUEUE_READ_JOB_PROPERTIES);
    reading.files.statement = queue_use(queue, is_whole ? QUEUE_READ_FILES : QUEUE_READ_JOB_FILES);
    reading.properties.is_whole = reading.files.is_whole = is_whole;
    if (!is_whole)
        statement_bind_u64(reading.jobs, 1, after_change);
    result = begin_whole(&reading.properties);
    if (XBITS_SUCCEEDED(result))
        result = begin_whole(&reading.files);
    if (XBITS_SUCCEEDED(result))
        result = visit_jobs(&reading, visit, user);
    statement_reset(reading.jobs);
    statement_reset(reading.properties.statement);
    statement_reset(reading.files.statement);
    return queue_end_reading(queue, result);
}
