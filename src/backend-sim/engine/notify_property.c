/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/notify.h"

#include "job/value.h"

#include <stdlib.h>

static struct xbits_value default_of(enum xbits_job_property property)
{
    return job_property_rules(property)->default_value;
}

xbits_result notify_need(struct engine_job *job)
{
    if (job->notify != NULL)
        return XBITS_S_OK;
    job->notify = calloc(1, sizeof(*job->notify));
    if (job->notify == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the notifications of a job");
    job->notify->flags = default_of(XBITS_JOB_NOTIFY_FLAGS).as.u32;
    job->notify->interval_ms = default_of(XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS).as.u32;
    job->notify->wake_at_ms = NEVER;
    return XBITS_S_OK;
}

struct xbits_value notify_get_flags(const struct engine_job *job)
{
    if (job->notify == NULL)
        return default_of(XBITS_JOB_NOTIFY_FLAGS);
    return xbits_value_u32(job->notify->flags);
}

static void tell_no_file(struct engine_job *job)
{
    for (uint32_t i = job->notify->first_untold; i < job->file_count; i++) {
        struct engine_file *file = &job->files[i];

        if (!file->is_transferred || file->is_told)
            continue;
        file->is_told = true;
        file_dirty(job, file);
    }
}

/* A flag that comes late tells what is still true: the state, if it was not told; no past file. */
xbits_result notify_set_flags(struct engine *engine, struct engine_job *job,
                              const struct xbits_value *value, const struct engine_now *now)
{
    const uint32_t file_bit = UINT32_C(1) << XBITS_NOTIFICATION_FILE_TRANSFERRED;
    uint32_t before = notify_wanted(job);
    uint32_t wanted;

    TRY(notify_need(job));
    job->notify->flags = value->as.u32;
    wanted = notify_wanted(job);
    if ((job->due & file_bit & ~wanted) != 0)
        tell_no_file(job);
    job->due &= wanted;
    job->due |= notify_state_bit(job) & wanted & ~before & ~job->notify->told;
    if ((wanted & UINT32_C(1) << XBITS_NOTIFICATION_JOB_MODIFICATION) == 0)
        job->notify->has_modification = false;
    notify_consider(engine, job, now);
    return XBITS_S_OK;
}

struct xbits_value notify_get_command(const struct engine_job *job)
{
    if (job->notify == NULL)
        return default_of(XBITS_JOB_NOTIFY_COMMAND_LINE);
    return job->notify->command;
}

/* What is due already runs it at once. */
xbits_result notify_set_command(struct engine *engine, struct engine_job *job,
                                const struct xbits_value *value, const struct engine_now *now)
{
    struct xbits_value copy;

    TRY(notify_need(job));
    TRY(value_copy(value, &copy));
    xbits_value_dispose(&job->notify->command);
    job->notify->command = copy;
    job->notify->was_refused = false;
    if (job->notify->subscriber == NULL)
        job->notify->retry_at_ms = 0;
    notify_consider(engine, job, now);
    return XBITS_S_OK;
}

struct xbits_value notify_get_clsid(const struct engine_job *job)
{
    struct xbits_value value = default_of(XBITS_JOB_NOTIFICATION_CLSID);

    if (job->notify != NULL)
        value.as.id = job->notify->clsid;
    return value;
}

xbits_result notify_set_clsid(struct engine *engine, struct engine_job *job,
                              const struct xbits_value *value, const struct engine_now *now)
{
    (void)engine;
    (void)now;
    TRY(notify_need(job));
    job->notify->clsid = value->as.id;
    return XBITS_S_OK;
}

struct xbits_value notify_get_interval(const struct engine_job *job)
{
    if (job->notify == NULL)
        return default_of(XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS);
    return xbits_value_u32(job->notify->interval_ms);
}

xbits_result notify_set_interval(struct engine *engine, struct engine_job *job,
                                 const struct xbits_value *value, const struct engine_now *now)
{
    (void)engine;
    (void)now;
    TRY(notify_need(job));
    job->notify->interval_ms = value->as.u32;
    return XBITS_S_OK;
}
