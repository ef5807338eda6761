/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include "job/job_state.h"

static void subscribe(struct kept *kept)
{
    struct kept_job *job = kept_pick(kept);
    bool is_final;
    xbits_result result;

    if (job == NULL)
        return;
    is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);
    result = xbits_job_subscribe(job->handle);
    trace(&kept->core, "job %u: subscribed by %d: %s", job->number, (int)job->caller,
          xbits_result_name(result));
    claim(&kept->core, result == (is_final ? XBITS_BG_E_INVALID_STATE : XBITS_S_OK),
          "job %u in %s: subscribing answered %s", job->number, xbits_state_name(job->state),
          xbits_result_name(result));
    if (XBITS_SUCCEEDED(result))
        job->subscriber = (int)job->caller;
}

static void unsubscribe(struct kept *kept)
{
    struct kept_job *job = kept_pick(kept);
    bool is_mine;
    xbits_result result;

    if (job == NULL || job_state_is_in(job->state, XBITS_STATES_FINAL))
        return;
    is_mine = job->subscriber == (int)job->caller;
    result = xbits_job_unsubscribe(job->handle);
    trace(&kept->core, "job %u: unsubscribed: %s", job->number, xbits_result_name(result));
    claim(&kept->core, result == (is_mine ? XBITS_S_OK : XBITS_S_FALSE),
          "job %u: unsubscribing answered %s", job->number, xbits_result_name(result));
    if (is_mine)
        job->subscriber = -1;
}

/* What is delivered tells of what is: the subscriber's job, in the state it speaks of. */
static void check_told(struct kept *kept, enum kept_caller caller,
                       const struct xbits_notification *told)
{
    struct simulation *simulation = &kept->core;
    struct kept_job *job = kept_find(kept, &told->job);
    enum xbits_job_state state;

    if (!claim(simulation, job != NULL && job->handle != NULL, "told of a job that nobody knows"))
        return;
    state = kept_read(kept, job).state;
    trace(simulation, "told %d of job %u in %s", (int)told->kind, job->number,
          xbits_state_name(state));
    claim(simulation, job->subscriber == (int)caller, "job %u: told to another", job->number);
    if (told->kind == XBITS_NOTIFICATION_JOB_TRANSFERRED)
        claim(simulation, state == XBITS_STATE_TRANSFERRED, "job %u is %s, told as TRANSFERRED",
              job->number, xbits_state_name(state));
    if (told->kind == XBITS_NOTIFICATION_JOB_ERROR)
        claim(simulation, state == XBITS_STATE_ERROR, "job %u is %s, told as ERROR", job->number,
              xbits_state_name(state));
    claim(simulation,
          told->kind != XBITS_NOTIFICATION_FILE_TRANSFERRED || told->file < job->file_count,
          "job %u: told of a file that it has not", job->number);
}

static bool is_awaited(const struct kept *kept, size_t caller, const struct kept_delivery *delivery)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        const struct kept_job *job = &kept->jobs[i];

        if (job->is_used && xbits_id_equal(&job->id, &delivery->job))
            return job->subscriber == (int)caller &&
                   !job_state_is_in(job->state, XBITS_STATES_FINAL);
    }
    return false;
}

static void keep_delivery(struct kept *kept, enum kept_caller caller,
                          const struct xbits_notification *told)
{
    struct kept_delivery *place = NULL;

    for (size_t i = 0; i < KEPT_DELIVERED; i++) {
        struct kept_delivery *delivery = &kept->delivered[caller][i];

        if (delivery->id != 0 && !is_awaited(kept, caller, delivery))
            delivery->id = 0;
        if (delivery->id == 0)
            place = delivery;
    }
    if (claim(&kept->core, place != NULL, "more is delivered than can be unanswered"))
        *place = (struct kept_delivery){ told->id, told->job, told->kind };
}

static bool listen(struct kept *kept, enum kept_caller caller)
{
    struct xbits_notification told;
    xbits_result result;

    XBITS_INIT(&told);
    result = xbits_manager_next_notification(kept->managers[caller], 0, &told);
    claim(&kept->core, XBITS_SUCCEEDED(result), "no notification can be read: %s",
          xbits_last_error()->message);
    if (result != XBITS_S_OK)
        return false;
    check_told(kept, caller, &told);
    keep_delivery(kept, caller, &told);
    return true;
}

static void answer(struct kept *kept, enum kept_caller caller, struct kept_delivery *delivery,
                   xbits_result how)
{
    xbits_result result = xbits_notification_answer(kept->managers[caller], delivery->id, how);
    struct kept_job *job = kept_find(kept, &delivery->job);

    trace(&kept->core, "answered %s: %s", xbits_result_name(how), xbits_result_name(result));
    claim(&kept->core, result == XBITS_S_OK || result == XBITS_BG_E_NOT_FOUND,
          "an answer is answered by %s", xbits_result_name(result));
    if (job != NULL && how == XBITS_S_OK && delivery->kind == XBITS_NOTIFICATION_JOB_TRANSFERRED)
        job->was_told = true;
    delivery->id = 0;
}

void kept_notify_operation(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    enum kept_caller caller = (enum kept_caller)pick(simulation, CALLER_COUNT);
    uint32_t choice = pick(simulation, 8);

    if (choice < 3) {
        subscribe(kept);
        return;
    }
    if (choice == 3) {
        unsubscribe(kept);
        return;
    }
    while (listen(kept, caller))
        continue;
    for (size_t i = 0; i < KEPT_DELIVERED; i++) {
        if (kept->delivered[caller][i].id != 0 && pick(simulation, 3) > 0)
            answer(kept, caller, &kept->delivered[caller][i],
                   pick(simulation, 3) > 0 ? XBITS_S_OK : XBITS_E_FAIL);
    }
}

static void answer_all(struct kept *kept, enum kept_caller caller)
{
    for (size_t i = 0; i < KEPT_DELIVERED; i++) {
        if (kept->delivered[caller][i].id != 0)
            answer(kept, caller, &kept->delivered[caller][i], XBITS_S_OK);
    }
}

/* As a program does that was started anew. */
static void listen_to_all(struct kept *kept)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        struct kept_job *job = &kept->jobs[i];

        if (!job->is_used || job->handle == NULL || job_state_is_in(job->state, XBITS_STATES_FINAL))
            continue;
        claim(&kept->core, xbits_job_subscribe(job->handle) == XBITS_S_OK,
              "job %u cannot be subscribed to", job->number);
        job->subscriber = (int)job->caller;
    }
    for (int caller = 0; caller < CALLER_COUNT; caller++) {
        while (!has_failed(&kept->core) && listen(kept, (enum kept_caller)caller))
            answer_all(kept, (enum kept_caller)caller);
    }
}

void kept_check_due(struct kept *kept)
{
    kept_reopen(kept, XBITS_ACCESS_RUN);
    listen_to_all(kept);
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        const struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->handle != NULL && job->state == XBITS_STATE_TRANSFERRED &&
            job->values[KEPT_NOTIFY_FLAGS].known == kept_defaults[KEPT_NOTIFY_FLAGS])
            claim(&kept->core, job->was_told, "job %u is TRANSFERRED and nobody was told",
                  job->number);
    }
}
