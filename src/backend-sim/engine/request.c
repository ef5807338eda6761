/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <assert.h>

static xbits_result refuse(const struct engine_job *job, enum backend_request request)
{
    return xbits_fail(XBITS_BG_E_INVALID_STATE, "%s is not allowed while the job is %s",
                      backend_request_name(request), xbits_state_name(job->state));
}

static bool is_all_transferred(const struct engine_job *job)
{
    return job->files_transferred == job->file_count;
}

static xbits_result resume(struct engine *engine, struct engine_job *job,
                           const struct engine_now *now)
{
    bool is_done = job->state == XBITS_STATE_TRANSFERRED && is_all_transferred(job);

    if (job->file_count == 0 ||
        (is_done && settings_flag(engine->settings, SETTING_QUIRK_RESUME_DONE_IS_EMPTY)))
        return xbits_fail(XBITS_BG_E_EMPTY, "the job \"%s\" has no files to transfer",
                          job->display_name);
    if (is_done || job_state_is_in(job->state, XBITS_STATES_ACTIVE))
        return XBITS_S_OK;
    job->is_retry = job->state == XBITS_STATE_TRANSIENT_ERROR;
    job->was_resumed = true;
    job->connected_ms = 0;
    job->no_progress_since_ms = NEVER;
    job_move(engine, job, TRIGGER_RESUME, now);
    return XBITS_S_OK;
}

static xbits_result suspend(struct engine *engine, struct engine_job *job,
                            const struct engine_now *now)
{
    run_stop(engine, job);
    job_move(engine, job, TRIGGER_SUSPEND, now);
    operation_begin(engine, job, OPERATION_SUSPEND, now);
    return XBITS_S_OK;
}

static xbits_result complete(struct engine *engine, struct engine_job *job,
                             const struct engine_now *now)
{
    operation_begin(engine, job, OPERATION_COMPLETE, now);
    return XBITS_S_OK;
}

static xbits_result cancel(struct engine *engine, struct engine_job *job,
                           const struct engine_now *now)
{
    operation_begin(engine, job, OPERATION_CANCEL, now);
    return XBITS_S_OK;
}

static const struct {
    enum job_trigger trigger;
    xbits_result (*make)(struct engine *engine, struct engine_job *job,
                         const struct engine_now *now);
} requests[BACKEND_REQUEST_COUNT] = {
    [REQUEST_RESUME] = { TRIGGER_RESUME, resume },
    [REQUEST_SUSPEND] = { TRIGGER_SUSPEND, suspend },
    [REQUEST_COMPLETE] = { TRIGGER_COMPLETE, complete },
    [REQUEST_CANCEL] = { TRIGGER_CANCEL, cancel },
};

xbits_result engine_ask(struct engine *engine, struct engine_job *job, enum backend_request request,
                        const struct engine_now *now)
{
    enum xbits_job_state after;

    assert(!engine_is_busy(job));
    if (!job_state_after(job->state, job->type, requests[request].trigger, &after))
        return refuse(job, request);
    return requests[request].make(engine, job, now);
}
