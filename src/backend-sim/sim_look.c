/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

/*
 * A queue that is only read: the engine holds what the database says, and is told what its owner
 * wrote since. Nothing runs here.
 */
struct looking {
    struct sim *sim;
    struct engine_now now;
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

xbits_result sim_look(struct sim *sim)
{
    struct looking looking = { sim, sim_now(sim) };
    bool is_other;

    if (sim->access != XBITS_ACCESS_READ)
        return XBITS_S_OK;
    is_other = has_other_owner(sim);

    if (!queue_has_news(sim->queue) && !is_other && sim->seen_change != 0)
        return XBITS_S_OK;
    engine_look(sim->engine, sim->owner != 0);
    TRY(queue_read_jobs(sim->queue, sim->seen_change, take_job, &looking));
    TRY(queue_read_events(sim->queue, sim->seen_event, take_end, &looking));
    sim->seen_change = queue_newest_change(sim->queue);
    return engine_restored(sim->engine, sim->seen_change);
}
