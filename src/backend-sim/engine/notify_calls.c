/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/notify.h"

#include <inttypes.h>

/* "At most four outstanding callbacks per user" (bits-client 7.4). */
#define DELIVERED_MAXIMUM 4

/* BITS repeats a failed callback after a time it does not name; a minute is its pace elsewhere, and
 * bits-client 7.5 takes it. */
#define REPEAT_MS UINT64_C(60000)

/* What it has and did not answer is due again. */
static void end_registration(struct engine *engine, struct engine_job *job)
{
    struct notify *notify = job->notify;

    notify_list(engine, job, PLACE_NONE);
    notify->subscriber = NULL;
    notify->delivery = 0;
    notify->has_failed = false;
    notify->has_modification = false;
    notify->retry_at_ms = 0;
}

/* A new registration is told the state that still holds, even if an earlier one was
 * (IBackgroundCopyCallback page). */
static void renew_state(struct engine *engine, struct engine_job *job)
{
    uint32_t bit = notify_state_bit(job) & notify_wanted(job);

    job->notify->told = 0;
    if ((job->due & bit) == bit)
        return;
    job->due |= bit;
    change_touch(engine, job);
}

xbits_result engine_subscribe(struct engine *engine, struct engine_job *job, const void *subscriber,
                              const struct engine_now *now)
{
    if (job_state_is_in(job->state, XBITS_STATES_FINAL))
        return xbits_fail(XBITS_BG_E_INVALID_STATE, "a job that is %s notifies nobody",
                          xbits_state_name(job->state));
    TRY(notify_need(job));
    if (job->notify->subscriber == subscriber)
        return XBITS_S_OK;
    end_registration(engine, job);
    job->notify->subscriber = subscriber;
    renew_state(engine, job);
    notify_consider(engine, job, now);
    return XBITS_S_OK;
}

xbits_result engine_unsubscribe(struct engine *engine, struct engine_job *job,
                                const void *subscriber, const struct engine_now *now)
{
    if (job->notify == NULL || job->notify->subscriber != subscriber)
        return XBITS_S_FALSE;
    end_registration(engine, job);
    notify_consider(engine, job, now);
    return XBITS_S_OK;
}

void engine_unsubscribe_all(struct engine *engine, const void *subscriber,
                            const struct engine_now *now)
{
    for (struct engine_job *job = engine->open.first; job != NULL; job = job->links[LIST_OPEN].next)
        (void)engine_unsubscribe(engine, job, subscriber, now);
}

/* Every owner has one text. */
static unsigned delivered_to(const struct engine *engine, const char *owner)
{
    unsigned count = 0;

    for (const struct engine_job *job = engine->notify_delivered.first; job != NULL;
         job = job->notify->next)
        count += job->owner == owner;
    return count;
}

static struct engine_job *first_ready(const struct engine *engine, const void *subscriber)
{
    struct engine_job *job = engine->notify_ready.first;

    while (job != NULL && (job->notify->subscriber != subscriber ||
                           delivered_to(engine, job->owner) >= DELIVERED_MAXIMUM))
        job = job->notify->next;
    return job;
}

bool engine_next_notification(struct engine *engine, const void *subscriber,
                              const struct engine_now *now,
                              struct xbits_notification *notification_out)
{
    struct engine_job *job = first_ready(engine, subscriber);
    struct notify *notify;

    if (job == NULL)
        return false;
    notify = job->notify;
    /* Every change makes the job be considered again, so what was ready still is. */
    (void)notify_next_event(job, &notify->event);
    notify->delivery = ++engine->newest_delivery;
    notify->is_overtaken = false;
    notify_list(engine, job, PLACE_DELIVERED);
    if (notify->event.kind == XBITS_NOTIFICATION_JOB_MODIFICATION) {
        notify->has_modification = false;
        notify->modification_at_ms = now->ms + notify->interval_ms;
    }
    notification_out->id = notify->delivery;
    notification_out->kind = notify->event.kind;
    notification_out->job = job->id;
    notification_out->file = notify->event.file;
    return true;
}

static struct engine_job *find_delivery(const struct engine *engine, const void *subscriber,
                                        uint64_t id)
{
    struct engine_job *job = engine->notify_delivered.first;

    while (job != NULL && (job->notify->delivery != id || job->notify->subscriber != subscriber))
        job = job->notify->next;
    return job;
}

/* A command line that is run is next; else the same is tried again. */
static void note_failure(struct engine_job *job, const struct engine_now *now)
{
    struct notify *notify = job->notify;

    if (notify->event.kind == XBITS_NOTIFICATION_JOB_MODIFICATION)
        return;
    notify->has_failed = notify->event.kind != XBITS_NOTIFICATION_FILE_TRANSFERRED;
    if (!notify->has_failed || !notify_has_command(job))
        notify->retry_at_ms = now->ms + REPEAT_MS;
}

xbits_result engine_answer_notification(struct engine *engine, const void *subscriber, uint64_t id,
                                        xbits_result answer, const struct engine_now *now)
{
    struct engine_job *job = find_delivery(engine, subscriber, id);
    struct notify *notify;

    if (job == NULL)
        return xbits_fail(XBITS_BG_E_NOT_FOUND,
                          "no notification %" PRIu64 " awaits an answer of this manager", id);
    notify = job->notify;
    notify->delivery = 0;
    notify_list(engine, job, PLACE_NONE);
    if (!notify->is_overtaken && XBITS_SUCCEEDED(answer))
        notify_told(engine, job, &notify->event);
    else if (!notify->is_overtaken)
        note_failure(job, now);
    notify_consider(engine, job, now);
    return XBITS_S_OK;
}

const struct xbits_value *engine_command(const struct engine_job *job)
{
    return &job->notify->command;
}
