/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BIT(kind)  (UINT32_C(1) << (XBITS_NOTIFICATION_##kind))
#define STATE_BITS (BIT(JOB_TRANSFERRED) | BIT(JOB_ERROR))

static const struct {
    uint32_t flag;
    enum xbits_notification_kind kind;
} flag_kinds[] = {
    { XBITS_NOTIFY_JOB_TRANSFERRED, XBITS_NOTIFICATION_JOB_TRANSFERRED },
    { XBITS_NOTIFY_JOB_ERROR, XBITS_NOTIFICATION_JOB_ERROR },
    { XBITS_NOTIFY_JOB_MODIFICATION, XBITS_NOTIFICATION_JOB_MODIFICATION },
    { XBITS_NOTIFY_FILE_TRANSFERRED, XBITS_NOTIFICATION_FILE_TRANSFERRED },
};

uint32_t notify_wanted(const struct engine_job *job)
{
    uint32_t flags = notify_get_flags(job).as.u32;
    uint32_t wanted = 0;

    if ((flags & XBITS_NOTIFY_DISABLE) != 0)
        return 0;
    for (size_t i = 0; i < sizeof(flag_kinds) / sizeof(flag_kinds[0]); i++)
        if ((flags & flag_kinds[i].flag) != 0)
            wanted |= UINT32_C(1) << flag_kinds[i].kind;
    return wanted;
}

uint32_t notify_state_bit(const struct engine_job *job)
{
    if (job->state == XBITS_STATE_TRANSFERRED)
        return BIT(JOB_TRANSFERRED);
    return job->state == XBITS_STATE_ERROR ? BIT(JOB_ERROR) : 0;
}

static struct job_list *list_of(struct engine *engine, enum notify_place place)
{
    return place == PLACE_READY ? &engine->notify_ready : &engine->notify_delivered;
}

static void leave_place(struct engine *engine, struct engine_job *job)
{
    struct notify *notify = job->notify;
    struct job_list *list = list_of(engine, notify->place);

    if (notify->previous != NULL)
        notify->previous->notify->next = notify->next;
    else
        list->first = notify->next;
    if (notify->next != NULL)
        notify->next->notify->previous = notify->previous;
    else
        list->last = notify->previous;
    notify->place = PLACE_NONE;
}

void notify_list(struct engine *engine, struct engine_job *job, enum notify_place place)
{
    struct notify *notify = job->notify;
    struct job_list *list = list_of(engine, place);

    if (notify->place == place)
        return;
    if (notify->place != PLACE_NONE)
        leave_place(engine, job);
    if (place == PLACE_NONE)
        return;
    notify->place = place;
    notify->next = NULL;
    notify->previous = list->last;
    if (list->last != NULL)
        list->last->notify->next = job;
    else
        list->first = job;
    list->last = job;
    /* Somebody may be waiting for it. */
    engine->news_count++;
}

void notify_unlist(struct engine *engine, struct engine_job *job)
{
    if (job->notify != NULL)
        notify_list(engine, job, PLACE_NONE);
}

void notify_free(struct notify *notify)
{
    if (notify == NULL)
        return;
    xbits_value_dispose(&notify->command);
    free(notify);
}

uint64_t notify_wake_ms(const struct engine_job *job)
{
    return job->notify != NULL ? job->notify->wake_at_ms : NEVER;
}

static bool is_untold(const struct engine_file *file)
{
    return file->is_transferred && !file->is_told;
}

/* Files become whole in their order, so the search goes on where it ended. */
static bool find_untold(struct engine_job *job, uint32_t *file_out)
{
    struct notify *notify = job->notify;

    while (notify->first_untold < job->file_count && !is_untold(&job->files[notify->first_untold]))
        notify->first_untold++;
    *file_out = notify->first_untold;
    return notify->first_untold < job->file_count;
}

bool notify_next_event(struct engine_job *job, struct notify_event *event_out)
{
    uint32_t file = XBITS_FILE_NONE;
    uint32_t state_bit = notify_state_bit(job) & job->due;

    if ((job->due & BIT(FILE_TRANSFERRED)) != 0 && find_untold(job, &file))
        *event_out = (struct notify_event){ XBITS_NOTIFICATION_FILE_TRANSFERRED, file };
    else if (state_bit == BIT(JOB_TRANSFERRED))
        *event_out = (struct notify_event){ XBITS_NOTIFICATION_JOB_TRANSFERRED, XBITS_FILE_NONE };
    else if (state_bit == BIT(JOB_ERROR))
        *event_out = (struct notify_event){ XBITS_NOTIFICATION_JOB_ERROR, XBITS_FILE_NONE };
    else if (job->notify->has_modification)
        *event_out = (struct notify_event){ XBITS_NOTIFICATION_JOB_MODIFICATION, XBITS_FILE_NONE };
    else
        return false;
    return true;
}

static bool is_state_event(const struct notify_event *event)
{
    return (UINT32_C(1) << event->kind & STATE_BITS) != 0;
}

/* LocalSystem, LocalService, NetworkService: programs are not run for them (bits-client 7.6). */
static bool is_service(const char *sid)
{
    static const char *const services[] = { "S-1-5-18", "S-1-5-19", "S-1-5-20" };

    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
        if (strcmp(sid, services[i]) == 0)
            return true;
    return false;
}

bool notify_has_command(const struct engine_job *job)
{
    return job->notify->command.kind == XBITS_KIND_COMMAND && !is_service(job->owner);
}

/* Whether the command line is the one to tell: without a subscriber, or after it failed. */
static bool is_commands_turn(const struct engine_job *job, const struct notify_event *event)
{
    const struct notify *notify = job->notify;

    return is_state_event(event) && notify->command.kind == XBITS_KIND_COMMAND &&
           (notify->subscriber == NULL || notify->has_failed);
}

/* The log tells it once; the notification stays due for a subscriber. */
static void refuse_command(struct engine *engine, struct engine_job *job,
                           const struct engine_now *now)
{
    if (job->notify->was_refused)
        return;
    job->notify->was_refused = true;
    event_log(engine, job,
              &(struct event_line){ XBITS_EVENT_COMMAND_FAILED, XBITS_E_ACCESSDENIED,
                                    "commands are not run for service accounts" },
              now);
}

static void run_command(struct engine *engine, struct engine_job *job,
                        const struct notify_event *event)
{
    struct notify *notify = job->notify;

    notify_list(engine, job, PLACE_NONE);
    notify->is_commanding = true;
    notify->is_overtaken = false;
    notify->event = *event;
    /* The job has to outlive it, but nobody waits for a user's program. */
    effect_emit(engine, job, EFFECT_RUN_COMMAND, 0);
    engine->pending--;
}

static void wait_until(struct engine *engine, struct engine_job *job, uint64_t at_ms)
{
    notify_list(engine, job, PLACE_NONE);
    job->notify->wake_at_ms = at_ms;
    job_arm(engine, job);
}

static uint64_t due_at_ms(const struct notify *notify, const struct notify_event *event)
{
    if (event->kind == XBITS_NOTIFICATION_JOB_MODIFICATION &&
        notify->modification_at_ms > notify->retry_at_ms)
        return notify->modification_at_ms;
    return notify->retry_at_ms;
}

void notify_consider(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    struct notify *notify = job->notify;
    struct notify_event event;
    bool is_commands;

    if (notify == NULL || notify->delivery != 0 || notify->is_commanding ||
        !job->is_listed[LIST_OPEN])
        return;
    notify->wake_at_ms = NEVER;
    if (!notify_next_event(job, &event)) {
        notify_list(engine, job, PLACE_NONE);
        return;
    }
    is_commands = is_commands_turn(job, &event);
    if (is_commands && !notify_has_command(job)) {
        refuse_command(engine, job, now);
        is_commands = false;
    }
    if (!is_commands && notify->subscriber == NULL)
        notify_list(engine, job, PLACE_NONE);
    else if (now->ms < due_at_ms(notify, &event))
        wait_until(engine, job, due_at_ms(notify, &event));
    else if (!is_commands)
        notify_list(engine, job, PLACE_READY);
    else if (engine->is_running)
        run_command(engine, job, &event);
}

/* What it told of is over; an answer that still comes changes nothing. */
static void forget_state(struct engine_job *job)
{
    struct notify *notify = job->notify;

    job->due &= ~STATE_BITS;
    if (notify == NULL)
        return;
    notify->told &= ~STATE_BITS;
    notify->has_failed = false;
    notify->was_refused = false;
    if (is_state_event(&notify->event)) {
        notify->is_overtaken = true;
        notify->retry_at_ms = 0;
    }
}

/* No event comes after Complete and Cancel (bits-client 7.4). */
static void fall_silent(struct engine *engine, struct engine_job *job)
{
    job->due = 0;
    if (job->notify == NULL)
        return;
    notify_unlist(engine, job);
    job->notify->delivery = 0;
    job->notify->subscriber = NULL;
    job->notify->has_modification = false;
    job->notify->wake_at_ms = NEVER;
}

void notify_moved(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    uint32_t bit = notify_state_bit(job);

    forget_state(job);
    if (job_state_is_in(job->state, XBITS_STATES_FINAL)) {
        fall_silent(engine, job);
        return;
    }
    job->due |= bit & notify_wanted(job);
    /* Moves to these two states are no modification (bits-client 7.3). */
    if (bit != 0 && job->notify != NULL)
        job->notify->has_modification = false;
    notify_consider(engine, job, now);
}

void notify_modified(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    struct notify *notify = job->notify;

    if (notify == NULL || notify->subscriber == NULL || notify->has_modification ||
        (notify_wanted(job) & BIT(JOB_MODIFICATION)) == 0)
        return;
    notify->has_modification = true;
    notify_consider(engine, job, now);
}

/* What nobody asked for when it happened is not told later. */
void notify_file_done(struct engine *engine, struct engine_job *job, uint32_t file,
                      const struct engine_now *now)
{
    bool is_wanted = (notify_wanted(job) & BIT(FILE_TRANSFERRED)) != 0;

    job->files[file].is_told = !is_wanted;
    if (!is_wanted)
        return;
    job->due |= BIT(FILE_TRANSFERRED);
    if (file < job->notify->first_untold)
        job->notify->first_untold = file;
    notify_consider(engine, job, now);
}

/* A job that comes back in another state than it was written in has lost what it would tell. */
void notify_restored(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    job->due &= ~STATE_BITS | notify_state_bit(job);
    notify_consider(engine, job, now);
}

void notify_tick(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    if (now->ms >= notify_wake_ms(job))
        notify_consider(engine, job, now);
}

void notify_told(struct engine *engine, struct engine_job *job, const struct notify_event *event)
{
    uint32_t file = event->file;

    if (event->kind == XBITS_NOTIFICATION_JOB_MODIFICATION)
        return;
    if (event->kind == XBITS_NOTIFICATION_FILE_TRANSFERRED) {
        job->files[file].is_told = job->files[file].is_transferred;
        file_dirty(job, &job->files[file]);
        if (!find_untold(job, &file))
            job->due &= ~BIT(FILE_TRANSFERRED);
    } else {
        job->due &= ~(UINT32_C(1) << event->kind);
        job->notify->told |= UINT32_C(1) << event->kind;
    }
    job->notify->has_failed = false;
    change_touch(engine, job);
}

static void log_failure(struct engine *engine, struct engine_job *job,
                        const struct happening *happening, const struct engine_now *now)
{
    struct event_line line = { XBITS_EVENT_COMMAND_FAILED, happening->result, happening->text };
    char text[64];

    if (XBITS_SUCCEEDED(happening->result)) {
        snprintf(text, sizeof(text), "the notification command ended with status %d",
                 happening->exit_status);
        line = (struct event_line){ XBITS_EVENT_COMMAND_EXIT, happening->result, text };
    }
    event_log(engine, job, &line, now);
}

/* bits-client 7.6: after a failure the whole notification is repeated, the subscriber first. */
void notify_ran(struct engine *engine, struct happening *happening, const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    struct notify *notify = job->notify;
    bool is_success = XBITS_SUCCEEDED(happening->result) && happening->exit_status == 0;

    job->pending--;
    notify->is_commanding = false;
    notify->has_failed = false;
    if (!is_success)
        log_failure(engine, job, happening, now);
    if (job_state_is_in(job->state, XBITS_STATES_FINAL))
        return;
    if (is_success && !notify->is_overtaken)
        notify_told(engine, job, &notify->event);
    if (!is_success && !notify->is_overtaken)
        notify->retry_at_ms = now->ms + job->minimum_retry_delay_s * UINT64_C(1000);
    notify_consider(engine, job, now);
}
