/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/clock.h"
#include "job/file_rules.h"

#include <stdlib.h>

/* A record moves its texts into the job; what a job is beyond its record begins anew. */
static void take_text(char **from, char **to)
{
    free(*to);
    *to = *from;
    *from = NULL;
}

static xbits_result restore_file(struct engine_file *file, struct file_record *record)
{
    *file = (struct engine_file){
        .modified = record->modified,
        .size = record->size,
        .position = record->written,
        .synced = record->synced,
        .received = record->received,
        .device = record->device,
        .inode = record->inode,
        .temporary_number = record->temporary_number,
        .is_transferred = record->is_transferred,
        .is_published = record->is_published,
        .is_told = record->is_told,
        .may_exist = true,
    };
    take_text(&record->remote_name, &file->remote_name);
    take_text(&record->local_name, &file->local_name);
    take_text(&record->last_modified, &file->last_modified);
    take_text(&record->response_headers, &file->response_headers);
    if (!record->has_temporary)
        return XBITS_S_OK;
    return temporary_name_of(file->local_name, file->temporary_number, &file->temporary_name);
}

static void add_up(struct engine_job *job, const struct engine_file *file)
{
    job->bytes_transferred += file->position;
    job->files_transferred += file->is_transferred;
    if (file->size == XBITS_SIZE_UNKNOWN)
        job->files_unknown++;
    else
        job->bytes_known += file->size;
}

static xbits_result restore_files(struct engine *engine, struct engine_job *job,
                                  struct job_record *record)
{
    if (record->file_count == 0)
        return XBITS_S_OK;
    job->files = calloc(record->file_count, sizeof(*job->files));
    if (job->files == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu files", record->file_count);
    job->file_capacity = (uint32_t)record->file_count;
    for (size_t i = 0; i < record->file_count; i++) {
        job->file_count++;
        engine->file_count++;
        TRY(restore_file(&job->files[i], &record->files[i]));
        add_up(job, &job->files[i]);
    }
    return XBITS_S_OK;
}

static void restore_numbers(struct engine_job *job, const struct job_record *record,
                            const struct engine_now *now)
{
    job->serial = record->serial;
    job->type = record->type;
    job->priority = record->priority;
    job->state_since = record->state_since;
    job->times = record->times;
    job->integrity_level = record->integrity_level;
    job->is_elevated = record->is_elevated;
    job->was_resumed = record->was_resumed;
    job->error_count = record->error_count;
    job->due = record->due;
    job->connected_ms = record->connected_ms;
    job->retry_at_ms =
        record->retry_left_ms == UINT64_MAX ? NEVER : now->ms + record->retry_left_ms;
    if (record->no_progress_since == 0)
        return;
    job->no_progress_since_ms = now->ms;
    if (now->utc > record->no_progress_since)
        job->no_progress_spent_ms =
            (uint64_t)(now->utc - record->no_progress_since) / CLOCK_TICKS_PER_MS;
}

static void restore_error(struct engine_job *job, struct job_record *record)
{
    job->has_error = record->has_error;
    job->error = record->error;
    take_text(&record->error_text, &job->error_text);
    if (record->has_error && record->error.file < job->file_count)
        job->error.protocol =
            remote_protocol_name(remote_protocol_of(job->files[record->error.file].remote_name));
}

static xbits_result restore_properties(struct engine *engine, struct engine_job *job,
                                       struct job_record *record, const struct engine_now *now)
{
    for (size_t i = 0; i < record->property_count; i++)
        TRY(property_restore(engine, job, record->properties[i].property,
                             &record->properties[i].value, now));
    return XBITS_S_OK;
}

/* Of a record, whose texts are the job's by now; and the state that the job had before. */
struct written {
    enum xbits_job_state state;
    enum xbits_job_state before;
    uint64_t change;
    bool is_mended;
};

/* A turn ends with the process that gave it; what was lost since makes the job go on. A job that
 * got more files when it was TRANSFERRED lacks them, too, and still waits for its Resume. */
static enum xbits_job_state state_after_restart(const struct engine_job *job,
                                                const struct written *written, bool is_active)
{
    if (!is_active && job_state_is_in(written->state, XBITS_STATES_ACTIVE))
        return XBITS_STATE_QUEUED;
    if (written->state == XBITS_STATE_TRANSFERRED && written->is_mended &&
        job->type == XBITS_TYPE_DOWNLOAD && job->files_transferred < job->file_count)
        return XBITS_STATE_QUEUED;
    return written->state;
}

static xbits_result fill(struct engine *engine, struct engine_job *job, struct job_record *record,
                         const struct engine_now *now)
{
    take_text(&record->display_name, &job->display_name);
    if (record->description != NULL && record->description[0] != '\0')
        take_text(&record->description, &job->description);
    TRY(engine_owner(engine, record->owner, &job->owner));
    restore_numbers(job, record, now);
    TRY(restore_files(engine, job, record));
    restore_error(job, record);
    return restore_properties(engine, job, record, now);
}

/* *job is the one that was there before, or NULL. */
static xbits_result place(struct engine *engine, const struct job_record *record,
                          struct engine_job **job_inout)
{
    struct engine_job *job = *job_inout;
    xbits_result result;

    TRY(effects_reserve(engine, 1, record->file_count));
    if (job != NULL) {
        engine->file_count -= job->file_count;
        job_empty(engine, job);
        return XBITS_S_OK;
    }
    job = job_new();
    if (job == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for one more job");
    job->id = record->id;
    result = jobs_insert(engine, job);
    if (XBITS_FAILED(result)) {
        job_free(job);
        return result;
    }
    *job_inout = job;
    return XBITS_S_OK;
}

static void mark(struct engine *engine, struct engine_job *job)
{
    if (job->file_count > 0) {
        file_dirty(job, &job->files[0]);
        file_dirty(job, &job->files[job->file_count - 1]);
    }
    job_dirty(engine, job);
}

static void note(struct engine *engine, struct engine_job *job, const struct written *written)
{
    if (!engine->is_kept) {
        look_note(engine, job, written->change, written->before);
        return;
    }
    job->change = written->change;
    job->is_written = true;
    job->files_written = job->file_count;
    if (written->is_mended)
        mark(engine, job);
    else if (job->state != written->state)
        job_dirty(engine, job);
}

xbits_result engine_restore(struct engine *engine, struct job_record *record, bool is_active,
                            const struct engine_now *now)
{
    uint64_t newest_serial = engine->newest_serial;
    struct engine_job *job = engine_find(engine, &record->id);
    const struct written written = {
        .state = record->state,
        .change = record->change,
        .is_mended = record->is_mended,
        .before = job != NULL ? job->state : XBITS_STATE_CANCELLED,
    };
    xbits_result result = place(engine, record, &job);

    if (XBITS_SUCCEEDED(result)) {
        result = fill(engine, job, record, now);
        engine->newest_serial = newest_serial > job->serial ? newest_serial : job->serial;
        job_restore_state(engine, job, state_after_restart(job, &written, is_active), now);
        note(engine, job, &written);
    }
    job_record_dispose(record);
    return result;
}
