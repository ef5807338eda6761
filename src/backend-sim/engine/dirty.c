/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <assert.h>

/*
 * Jobs stand in one list until they were written down; of a job with thousands of files only those
 * that changed are, and files change one after another, so a range of them is enough.
 */
void job_dirty(struct engine *engine, struct engine_job *job)
{
    if (!engine->is_kept)
        return;
    engine->dirty_number++;
    if (!job->is_listed[LIST_DIRTY])
        list_append(&engine->dirty, job, LIST_DIRTY);
}

void file_dirty(struct engine_job *job, const struct engine_file *file)
{
    uint32_t index = (uint32_t)(file - job->files);

    if (job->dirty_first == job->dirty_end) {
        job->dirty_first = index;
        job->dirty_end = index + 1;
        return;
    }
    if (index < job->dirty_first)
        job->dirty_first = index;
    if (index >= job->dirty_end)
        job->dirty_end = index + 1;
}

/* The last owner may have given numbers that it did not live to write. */
#define UNWRITTEN_CHANGES (UINT64_C(1) << 20)

void engine_keep(struct engine *engine, const struct engine_numbers *used)
{
    assert(engine->job_count == 0);
    engine->is_kept = true;
    change_begin_after(engine, used->change + UNWRITTEN_CHANGES);
    engine->newest_serial = used->serial;
    engine->newest_event = used->event;
}

bool engine_has_dirty(const struct engine *engine)
{
    return engine->dirty.first != NULL || (engine->is_kept && engine->event_count > 0);
}

bool engine_take_pressing(struct engine *engine)
{
    bool is_pressing = engine->is_pressing;

    engine->is_pressing = false;
    return is_pressing;
}

uint64_t engine_dirty_number(const struct engine *engine)
{
    return engine->dirty_number;
}

static void mark_again(struct engine *engine, const struct job_record *record)
{
    struct engine_job *job = engine_find(engine, &record->id);

    if (job == NULL)
        return;
    for (size_t i = 0; i < record->file_count; i++)
        file_dirty(job, &job->files[record->files[i].number]);
    job_dirty(engine, job);
}

static void note_written(struct engine *engine, struct engine_job *job,
                         const struct job_record *record)
{
    job->is_written = true;
    job->files_written = (uint32_t)record->file_total;
    job_forget_if_over(engine, job);
}

static void forget_events(struct engine *engine, uint64_t up_to)
{
    size_t kept = 0;

    for (size_t i = 0; i < engine->event_count; i++) {
        if (engine->events[i].number > up_to)
            engine->events[kept++] = engine->events[i];
        else
            logged_event_dispose(&engine->events[i]);
    }
    engine->event_count = kept;
}

void engine_stored(struct engine *engine, const struct record_batch *batch, bool is_stored)
{
    for (size_t i = 0; i < batch->job_count; i++) {
        struct engine_job *job = engine_find(engine, &batch->jobs[i].id);

        if (job == NULL)
            continue;
        job->is_taken = false;
        if (is_stored)
            note_written(engine, job, &batch->jobs[i]);
        else
            mark_again(engine, &batch->jobs[i]);
    }
    if (is_stored && batch->event_count > 0)
        forget_events(engine, batch->events[batch->event_count - 1].number);
}
