/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/clock.h"
#include "base/text.h"
#include "job/value.h"

#include <stdlib.h>

/* Copies of what changed, so that they can be written without the lock. */
static xbits_result copy_or_none(const char *text, char **copy_out)
{
    if (text == NULL)
        return XBITS_S_OK;
    return text_copy(text, copy_out);
}

static xbits_result take_file(const struct engine_job *job, uint32_t index,
                              struct file_record *record)
{
    const struct engine_file *file = &job->files[index];

    *record = (struct file_record){
        .number = index,
        .modified = file->modified,
        .size = file->size,
        .written = file->position,
        .synced = file->synced < file->position ? file->synced : file->position,
        .received = file->received,
        .device = file->device,
        .inode = file->inode,
        .temporary_number = file->temporary_number,
        .has_temporary = file->temporary_name != NULL,
        .is_transferred = file->is_transferred,
        .is_published = file->is_published,
        .is_told = file->is_told,
    };
    TRY(text_copy(file->remote_name, &record->remote_name));
    TRY(text_copy(file->local_name, &record->local_name));
    TRY(copy_or_none(file->last_modified, &record->last_modified));
    return copy_or_none(file->response_headers, &record->response_headers);
}

/* Of a job that is over every file that still has a temporary one, else those that changed. */
static bool is_wanted(const struct engine_job *job, uint32_t index, bool is_over)
{
    if (is_over)
        return job->files[index].temporary_name != NULL;
    return index >= job->dirty_first && index < job->dirty_end;
}

static xbits_result take_files(const struct engine_job *job, struct job_record *record)
{
    uint32_t first = record->is_over ? 0 : job->dirty_first;
    uint32_t end = record->is_over ? job->file_count : job->dirty_end;

    record->file_total = job->file_count;
    record->is_shrunk = job->files_written > job->file_count;
    if (first == end)
        return XBITS_S_OK;
    record->files = calloc(end - first, sizeof(*record->files));
    if (record->files == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to write a job down");
    for (uint32_t i = first; i < end; i++)
        if (is_wanted(job, i, record->is_over))
            TRY(take_file(job, i, &record->files[record->file_count++]));
    return XBITS_S_OK;
}

static xbits_result take_properties(const struct engine_job *job, struct job_record *record)
{
    for (int i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        enum xbits_job_property property = (enum xbits_job_property)i;
        struct property_record *properties;
        struct xbits_value value;

        if (!property_is_kept(job, property, &value))
            continue;
        properties =
            realloc(record->properties, (record->property_count + 1) * sizeof(*properties));
        if (properties == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to write a job down");
        record->properties = properties;
        properties[record->property_count].property = property;
        TRY(value_copy(&value, &properties[record->property_count].value));
        record->property_count++;
    }
    return XBITS_S_OK;
}

static uint64_t retry_left_ms(const struct engine_job *job, const struct engine_now *now)
{
    if (job->retry_at_ms == NEVER)
        return UINT64_MAX;
    return job->retry_at_ms > now->ms ? job->retry_at_ms - now->ms : 0;
}

static int64_t no_progress_since(const struct engine_job *job, const struct engine_now *now)
{
    uint64_t passed_ms;

    if (job->no_progress_since_ms == NEVER)
        return 0;
    passed_ms = now->ms - job->no_progress_since_ms + job->no_progress_spent_ms;
    return now->utc - (int64_t)passed_ms * CLOCK_TICKS_PER_MS;
}

static uint64_t connected_ms(const struct engine_job *job, const struct engine_now *now)
{
    if (job->connected_since_ms == NEVER)
        return job->connected_ms;
    return job->connected_ms + (now->ms - job->connected_since_ms);
}

static void take_numbers(const struct engine_job *job, const struct engine_now *now,
                         struct job_record *record)
{
    *record = (struct job_record){
        .id = job->id,
        .serial = job->serial,
        .change = job->change,
        .is_over = job_state_is_in(job->state, XBITS_STATES_FINAL),
        .type = job->type,
        .priority = job->priority,
        .state = job->state,
        .state_since = job->state_since,
        .times = job->times,
        .integrity_level = job->integrity_level,
        .is_elevated = job->is_elevated,
        .was_resumed = job->was_resumed,
        .has_error = job->has_error,
        .error = job->error,
        .error_count = job->error_count,
        .retry_left_ms = retry_left_ms(job, now),
        .no_progress_since = no_progress_since(job, now),
        .connected_ms = connected_ms(job, now),
        .due = job->due,
    };
    record->error.protocol = NULL;
    record->error.message = NULL;
}

static xbits_result take_job(const struct engine_job *job, const struct engine_now *now,
                             struct job_record *record)
{
    take_numbers(job, now, record);
    TRY(text_copy(job->display_name, &record->display_name));
    TRY(text_copy(job->description != NULL ? job->description : "", &record->description));
    TRY(text_copy(job->owner, &record->owner));
    TRY(copy_or_none(job->error_text, &record->error_text));
    TRY(take_properties(job, record));
    return take_files(job, record);
}

static xbits_result take_jobs(struct engine *engine, const struct engine_now *now,
                              struct record_batch *batch)
{
    size_t count = 0;

    for (struct engine_job *job = engine->dirty.first; job != NULL;
         job = job->links[LIST_DIRTY].next)
        count++;
    batch->jobs = calloc(count + 1, sizeof(*batch->jobs));
    if (batch->jobs == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to write %zu jobs down", count);
    for (struct engine_job *job = engine->dirty.first; job != NULL;
         job = job->links[LIST_DIRTY].next)
        TRY(take_job(job, now, &batch->jobs[batch->job_count++]));
    return XBITS_S_OK;
}

static xbits_result take_events(const struct engine *engine, struct record_batch *batch)
{
    struct xbits_event event = { .number = 0 };

    batch->events = calloc(engine->event_count + 1, sizeof(*batch->events));
    if (batch->events == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to write %zu events down",
                          engine->event_count);
    while (engine_next_event(engine, event.number, &event))
        TRY(event_record_copy(&event, &batch->events[batch->event_count++]));
    return XBITS_S_OK;
}

static void unmark(struct engine *engine)
{
    struct engine_job *job;

    while ((job = engine->dirty.first) != NULL) {
        list_remove(&engine->dirty, job, LIST_DIRTY);
        job->dirty_first = 0;
        job->dirty_end = 0;
        job->is_taken = true;
    }
}

xbits_result engine_take_records(struct engine *engine, const struct engine_now *now,
                                 struct record_batch *batch_out)
{
    struct record_batch batch = { 0 };
    xbits_result result = take_jobs(engine, now, &batch);

    if (XBITS_SUCCEEDED(result))
        result = take_events(engine, &batch);
    if (XBITS_FAILED(result)) {
        record_batch_dispose(&batch);
        return result;
    }
    unmark(engine);
    *batch_out = batch;
    return XBITS_S_OK;
}
