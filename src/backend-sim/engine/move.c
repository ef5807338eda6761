/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"

#include "base/log.h"
#include "base/url_text.h"

#define CONNECTED (XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING))

void job_modified(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    job->times.modification = now->utc;
    list_remove(&engine->active, job, LIST_ACTIVE);
    if (!job_state_is_in(job->state, XBITS_STATES_FINAL))
        list_append(&engine->active, job, LIST_ACTIVE);
    change_touch(engine, job);
    notify_modified(engine, job, now);
}

static void leave(struct engine *engine, struct engine_job *job, enum xbits_job_state to,
                  const struct engine_now *now)
{
    bool stays_connected = job_state_is_in(job->state, CONNECTED) && job_state_is_in(to, CONNECTED);

    if (job->state == XBITS_STATE_QUEUED)
        schedule_dequeue(engine, job);
    if (job->state == XBITS_STATE_TRANSIENT_ERROR)
        job->retry_at_ms = NEVER;
    if (!stays_connected && job->connected_since_ms != NEVER) {
        job->connected_ms += now->ms - job->connected_since_ms;
        job->connected_since_ms = NEVER;
        schedule_turn_over(engine, job);
    }
}

/* What each trigger writes into the event log; 0: nothing. */
static const enum xbits_event_id events[JOB_TRIGGER_COUNT] = {
    [TRIGGER_RESUME] = XBITS_EVENT_RESUMED,
    [TRIGGER_SUSPEND] = XBITS_EVENT_SUSPENDED,
    [TRIGGER_COMPLETE] = XBITS_EVENT_COMPLETED,
    [TRIGGER_CANCEL] = XBITS_EVENT_CANCELLED,
    [TRIGGER_CONTENT_REFUSED] = XBITS_EVENT_STOPPED_ERROR,
    [TRIGGER_TURN_CAME] = XBITS_EVENT_STARTED,
    [TRIGGER_TURN_ENDED] = XBITS_EVENT_STOPPED,
    [TRIGGER_ALL_TRANSFERRED] = XBITS_EVENT_STOPPED,
    [TRIGGER_TRANSIENT_FAILURE] = XBITS_EVENT_STOPPED_ERROR,
    [TRIGGER_FATAL_FAILURE] = XBITS_EVENT_STOPPED_ERROR,
    [TRIGGER_INACTIVE] = XBITS_EVENT_CANCELLED,
};

static void log_event(struct engine *engine, const struct engine_job *job, enum job_trigger trigger,
                      const struct engine_now *now)
{
    struct event_line line = { .id = events[trigger] };
    struct url_text url;

    if (line.id == 0)
        return;
    if (line.id == XBITS_EVENT_STOPPED_ERROR) {
        line.result = job->error.result;
        line.text = job->error_text;
    }
    if (trigger == TRIGGER_TURN_CAME && job->current < job->file_count) {
        url = url_text(job->files[job->current].remote_name);
        line.text = url.c;
    }
    if (trigger == TRIGGER_INACTIVE)
        line.text = "nothing happened to it for as long as policy.JobInactivityTimeout allows";
    event_log(engine, job, &line, now);
}

static bool error_ends(const struct engine *engine, const struct engine_job *job)
{
    /* GetError answers until the job is TRANSFERRING again (GetError page). */
    if (settings_flag(engine->settings, SETTING_QUIRK_ERROR_CLEARED_BY_LEAVING))
        return !job_state_is_in(job->state, XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR));
    return job_state_is_in(job->state,
                           XBITS_IN(TRANSFERRING) | XBITS_IN(TRANSFERRED) | XBITS_STATES_FINAL);
}

static void enter(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    if (job->state == XBITS_STATE_QUEUED)
        schedule_enqueue(engine, job);
    if (job_state_is_in(job->state, CONNECTED) && job->connected_since_ms == NEVER)
        job->connected_since_ms = now->ms;
    if (job->state == XBITS_STATE_TRANSFERRED)
        job->times.transfer_completion = now->utc;
    if (job_state_is_in(job->state, XBITS_STATES_FINAL)) {
        list_remove(&engine->open, job, LIST_OPEN);
        engine->open_count--;
    }
    if (error_ends(engine, job))
        job_clear_error(job);
}

bool job_move(struct engine *engine, struct engine_job *job, enum job_trigger trigger,
              const struct engine_now *now)
{
    enum xbits_job_state to;

    if (!job_state_after(job->state, job->type, trigger, &to))
        return false;
    if (to == job->state)
        return true;
    log_line(LOG_ENGINE, "job %08x %s -%s-> %s", (unsigned)job->id.data1,
             xbits_state_name(job->state), job_trigger_name(trigger), xbits_state_name(to));
    leave(engine, job, to, now);
    job->state = to;
    job->state_since = now->utc;
    engine->news_count++;
    log_event(engine, job, trigger, now);
    enter(engine, job, now);
    job_modified(engine, job, now);
    job_arm(engine, job);
    notify_moved(engine, job, now);
    return true;
}

void job_restore_state(struct engine *engine, struct engine_job *job, enum xbits_job_state state,
                       const struct engine_now *now)
{
    job->state = state;
    if (state == XBITS_STATE_QUEUED)
        schedule_enqueue(engine, job);
    if (job_state_is_in(state, CONNECTED))
        job->connected_since_ms = now->ms;
    job_find_current(job);
    job_arm(engine, job);
    notify_restored(engine, job, now);
}
