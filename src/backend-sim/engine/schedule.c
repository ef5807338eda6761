/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

/*
 * bits-client 4.1: every FOREGROUND job runs at once, and one background job beside them, of the
 * most urgent level that has one. A more urgent one takes the turn away; within a level it is first
 * come, first served.
 */
void schedule_enqueue(struct engine *engine, struct engine_job *job)
{
    list_append(&engine->turns[job->priority], job, LIST_TURN);
}

void schedule_dequeue(struct engine *engine, struct engine_job *job)
{
    list_remove(&engine->turns[job->priority], job, LIST_TURN);
}

void schedule_turn_over(struct engine *engine, struct engine_job *job)
{
    if (engine->background == job)
        engine->background = NULL;
}

/* What still stops from its last run, or waits to be completed, has to wait. */
static bool can_run(const struct engine_job *job)
{
    return !job->is_running && job->operation.kind == OPERATION_NONE;
}

static struct engine_job *first_runnable(const struct job_list *list)
{
    struct engine_job *job = list->first;

    while (job != NULL && !can_run(job))
        job = job->links[LIST_TURN].next;
    return job;
}

static struct engine_job *next_background(const struct engine *engine)
{
    for (int level = XBITS_PRIORITY_HIGH; level <= XBITS_PRIORITY_LOW; level++) {
        struct engine_job *job = first_runnable(&engine->turns[level]);

        if (job != NULL)
            return job;
    }
    return NULL;
}

static void end_turn(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    run_stop(engine, job);
    job_move(engine, job, TRIGGER_TURN_ENDED, now);
}

static void schedule_background(struct engine *engine, const struct engine_now *now)
{
    struct engine_job *next = next_background(engine);

    if (next == NULL)
        return;
    if (engine->background != NULL) {
        if (next->priority >= engine->background->priority)
            return;
        end_turn(engine, engine->background, now);
    }
    engine->background = next;
    run_start(engine, next, now);
    /* A job without work is through its turn at once. */
    if (!next->is_running && engine->background == next)
        engine->background = NULL;
}

void schedule(struct engine *engine, const struct engine_now *now)
{
    struct engine_job *job;

    if (!engine->network_is_up)
        return;
    while ((job = first_runnable(&engine->turns[XBITS_PRIORITY_FOREGROUND])) != NULL)
        run_start(engine, job, now);
    do {
        schedule_background(engine, now);
    } while (engine->background == NULL && next_background(engine) != NULL);
}

void schedule_reprioritise(struct engine *engine, struct engine_job *job,
                           enum xbits_job_priority priority, const struct engine_now *now)
{
    bool is_queued = job->state == XBITS_STATE_QUEUED;
    bool has_turn = job_state_is_in(job->state, XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING));

    if (is_queued)
        schedule_dequeue(engine, job);
    job->priority = priority;
    if (is_queued)
        schedule_enqueue(engine, job);
    if (!has_turn)
        return;
    schedule_turn_over(engine, job);
    if (priority == XBITS_PRIORITY_FOREGROUND)
        return;
    if (engine->background == NULL)
        engine->background = job;
    else
        end_turn(engine, job, now);
}
