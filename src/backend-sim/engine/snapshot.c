/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/clock.h"

#include <string.h>

static const char *text_or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static enum xbits_waiting_for transient_waits_for(const struct engine *engine,
                                                  const struct engine_job *job)
{
    if (job->retry_at_ms != NEVER)
        return XBITS_WAITING_RETRY_DELAY;
    /* Who only reads the queue knows of the network what the job's error says. */
    if (!engine->network_is_up || job->error.result == XBITS_BG_E_NETWORK_DISCONNECTED)
        return XBITS_WAITING_NETWORK;
    return XBITS_WAITING_NOTHING;
}

static enum xbits_waiting_for waits_for(const struct engine *engine, const struct engine_job *job)
{
    if (!engine->is_running &&
        job_state_is_in(job->state, XBITS_IN(QUEUED) | XBITS_IN(TRANSIENT_ERROR)))
        return XBITS_WAITING_OWNER;
    switch (job->state) {
    case XBITS_STATE_QUEUED:
        return XBITS_WAITING_TURN;
    case XBITS_STATE_CONNECTING:
        return XBITS_WAITING_SERVER;
    case XBITS_STATE_SUSPENDED:
        return job->file_count == 0 ? XBITS_WAITING_FILES : XBITS_WAITING_RESUME;
    case XBITS_STATE_ERROR:
        return XBITS_WAITING_REPAIR;
    case XBITS_STATE_TRANSIENT_ERROR:
        return transient_waits_for(engine, job);
    case XBITS_STATE_TRANSFERRED:
        return XBITS_WAITING_COMPLETE;
    case XBITS_STATE_TRANSFERRING:
    case XBITS_STATE_ACKNOWLEDGED:
    case XBITS_STATE_CANCELLED:
        break;
    }
    return XBITS_WAITING_NOTHING;
}

static int64_t waits_until(const struct engine_job *job, const struct engine_now *now)
{
    uint64_t left_ms;

    if (job->state != XBITS_STATE_TRANSIENT_ERROR || job->retry_at_ms == NEVER)
        return 0;
    left_ms = job->retry_at_ms > now->ms ? job->retry_at_ms - now->ms : 0;
    return now->utc + (int64_t)left_ms * CLOCK_TICKS_PER_MS;
}

static struct xbits_job_progress progress_of(const struct engine_job *job)
{
    return (struct xbits_job_progress){
        .bytes_total = job->files_unknown > 0 ? XBITS_SIZE_UNKNOWN : job->bytes_known,
        .bytes_transferred = job->bytes_transferred,
        .files_total = job->file_count,
        .files_transferred = job->files_transferred,
    };
}

void engine_read(const struct engine *engine, const struct engine_job *job,
                 const struct engine_now *now, struct xbits_job_snapshot *snapshot_out)
{
    XBITS_INIT(snapshot_out);
    snapshot_out->known = XBITS_KNOWS_ALL;
    snapshot_out->id = job->id;
    snapshot_out->type = job->type;
    snapshot_out->priority = job->priority;
    snapshot_out->state = job->state;
    snapshot_out->waiting_for = waits_for(engine, job);
    snapshot_out->waiting_until = waits_until(job, now);
    snapshot_out->state_since = job->state_since;
    snapshot_out->progress = progress_of(job);
    snapshot_out->times = job->times;
    snapshot_out->has_error = job->has_error;
    snapshot_out->error = job->error;
    snapshot_out->error.message = text_or_empty(job->error_text);
    snapshot_out->error.protocol = text_or_empty(job->error.protocol);
    snapshot_out->display_name = job->display_name;
    snapshot_out->description = text_or_empty(job->description);
    snapshot_out->owner = job->owner;
}

bool engine_read_file(const struct engine *engine, const struct engine_job *job, uint32_t file,
                      struct xbits_file_snapshot *snapshot_out)
{
    const struct engine_file *from;

    if (file >= job->file_count)
        return false;
    from = &job->files[file];
    XBITS_INIT(snapshot_out);
    snapshot_out->index = file;
    snapshot_out->remote_name = from->remote_name;
    snapshot_out->local_name = from->local_name;
    snapshot_out->temporary_name = text_or_empty(from->temporary_name);
    snapshot_out->bytes_total = from->size;
    snapshot_out->bytes_transferred = from->position;
    snapshot_out->is_transferred = from->is_transferred;
    snapshot_out->is_completed = from->is_published;
    if (settings_flag(engine->settings, SETTING_QUIRK_COMPLETED_WHEN_TRANSFERRED))
        snapshot_out->is_completed = from->is_transferred;
    return true;
}

enum xbits_job_type engine_job_type(const struct engine_job *job)
{
    return job->type;
}

const struct xbits_id *engine_job_id(const struct engine_job *job)
{
    return &job->id;
}

bool engine_is_owner(const struct engine_job *job, const char *sid)
{
    return strcmp(job->owner, sid) == 0;
}

uint32_t engine_file_count(const struct engine_job *job)
{
    return job->file_count;
}

bool engine_is_final(const struct engine_job *job)
{
    return job_state_is_in(job->state, XBITS_STATES_FINAL);
}
