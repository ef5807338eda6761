/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

/* Who only reads a queue: jobs come and go as their owner says, and nothing is decided. */
void engine_keep_nothing(struct engine *engine, uint64_t newest_change)
{
    change_begin_after(engine, newest_change);
}

void engine_look(struct engine *engine, bool is_running)
{
    engine->is_running = is_running;
    engine->look++;
}

void look_note(struct engine *engine, struct engine_job *job, uint64_t owners_change,
               enum xbits_job_state before)
{
    job->look = engine->look;
    if (job->seen_change == owners_change && job->state == before)
        return;
    job->seen_change = owners_change;
    change_touch(engine, job);
}

void engine_remove(struct engine *engine, const struct xbits_id *id, enum xbits_job_state state)
{
    struct engine_job *job = engine_find(engine, id);

    if (job == NULL || job_state_is_in(job->state, XBITS_STATES_FINAL))
        return;
    if (job->state == XBITS_STATE_QUEUED)
        schedule_dequeue(engine, job);
    job->state = state;
    list_remove(&engine->open, job, LIST_OPEN);
    list_remove(&engine->active, job, LIST_ACTIVE);
    engine->open_count--;
    change_touch(engine, job);
    job_forget_if_over(engine, job);
}

void engine_looked(struct engine *engine, bool is_whole)
{
    struct engine_job *next;

    for (struct engine_job *job = engine->open.first; is_whole && job != NULL; job = next) {
        next = job->links[LIST_OPEN].next;
        if (job->look != engine->look)
            engine_remove(engine, &job->id, XBITS_STATE_CANCELLED);
    }
    engine->news_count++;
}
