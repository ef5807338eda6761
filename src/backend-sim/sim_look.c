/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

/*
 * A queue that is only read: the engine holds what the database says, and is told what its owner
 * wrote since. Nothing runs here.
 */
struct looking {
    struct sim *sim;
    struct engine_now now;
    bool is_whole; /* Every job is read, not only those that changed. */
};

static xbits_result take_job(void *user, struct job_record *record)
{
    struct looking *looking = user;

    return engine_restore(looking->sim->engine, record, looking->sim->owner != 0, &looking->now);
}

/* Jobs that ended are told of by the event log: they have no rows any more. */
static xbits_result take_end(void *user, struct event_record *record)
{
    struct looking *looking = user;
    struct sim *sim = looking->sim;

    /* The log drops its oldest lines: who ended meanwhile is found out by who is left. */
    if (record->number > sim->seen_event + 1)
        looking->is_whole = true;
    sim->seen_event = record->number;
    if (record->id == XBITS_EVENT_COMPLETED)
        engine_remove(sim->engine, &record->job, XBITS_STATE_ACKNOWLEDGED);
    if (record->id == XBITS_EVENT_CANCELLED)
        engine_remove(sim->engine, &record->job, XBITS_STATE_CANCELLED);
    event_record_dispose(record);
    return XBITS_S_OK;
}

/* With another owner, or none any more, active jobs are something else. */
static bool has_other_owner(struct sim *sim)
{
    uint64_t owner = queue_lock_owner(sim->disk, sim->place);

    if (owner == sim->owner)
        return false;
    sim->owner = owner;
    sim->seen_change = 0;
    return true;
}

/* Ends are read first: a job that ends after that is told of by the next look. */
static xbits_result catch_up(struct sim *sim)
{
    struct looking looking = { sim, sim_now(sim), sim->seen_change == 0 };
    bool is_first = sim->seen_change == 0 && sim->seen_event == 0;

    engine_look(sim->engine, sim->owner != 0);
    if (!is_first)
        TRY(queue_read_events(sim->queue, sim->seen_event, take_end, &looking));
    TRY(queue_read_jobs(sim->queue, looking.is_whole ? 0 : sim->seen_change, take_job, &looking));
    sim->seen_change = queue_newest_change(sim->queue);
    if (is_first)
        sim->seen_event = queue_newest_event(sim->queue);
    engine_looked(sim->engine, looking.is_whole);
    return XBITS_S_OK;
}

xbits_result sim_look(struct sim *sim)
{
    if (sim->access != XBITS_ACCESS_READ)
        return XBITS_S_OK;
    while (sim->queue_is_busy)
        condition_wait(sim->changed, sim->lock);
    if (has_other_owner(sim) || queue_has_news(sim->queue))
        sim->is_behind = true;
    if (!sim->is_behind)
        return XBITS_S_OK;
    TRY(catch_up(sim));
    sim->is_behind = false;
    return XBITS_S_OK;
}
