/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "backend-sim/sim_calls.h"
#include "base/process.h"

#include <stdlib.h>

/* Lines that were read and wait for their visitor, who runs without the lock. */
struct lines {
    struct event_record *events;
    size_t count;
    size_t capacity;
};

static xbits_result keep(void *user, struct event_record *record)
{
    struct lines *lines = user;
    size_t capacity = lines->capacity > 0 ? lines->capacity * 2 : 64;
    struct event_record *events = lines->events;

    if (lines->count == lines->capacity) {
        events = realloc(events, capacity * sizeof(*events));
        if (events == NULL) {
            event_record_dispose(record);
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read the event log");
        }
        lines->events = events;
        lines->capacity = capacity;
    }
    lines->events[lines->count++] = *record;
    *record = (struct event_record){ 0 };
    return XBITS_S_OK;
}

/* What is in memory alone is written first: the file then has all. */
static xbits_result read_file(struct sim *sim, uint64_t after, struct lines *lines)
{
    xbits_result result;

    if (sim->access != XBITS_ACCESS_READ)
        TRY(sim_write_down(sim));
    sim_take_queue(sim);
    mutex_unlock(sim->lock);
    result = queue_read_events(sim->queue, after, keep, lines);
    mutex_lock(sim->lock);
    sim_give_queue(sim);
    return result;
}

static xbits_result read_memory(struct sim *sim, uint64_t after, struct lines *lines)
{
    struct xbits_event event = { .number = after };

    while (engine_next_event(sim->engine, event.number, &event)) {
        struct event_record record;

        TRY(event_record_copy(&event, &record));
        TRY(keep(lines, &record));
    }
    return XBITS_S_OK;
}

static void show(struct lines *lines, xbits_event_visit *visit, void *user)
{
    bool goes_on = true;

    for (size_t i = 0; i < lines->count; i++) {
        struct event_record *record = &lines->events[i];
        struct xbits_event event;

        XBITS_INIT(&event);
        event.number = record->number;
        event.time = record->time;
        event.id = record->id;
        event.job = record->job;
        event.display_name = record->display_name;
        event.result = record->result;
        event.text = record->text;
        goes_on = goes_on && visit(&event, user);
        event_record_dispose(record);
    }
    free(lines->events);
}

xbits_result sim_read_events(struct backend_connection *connection, uint64_t after,
                             xbits_event_visit *visit, void *user)
{
    struct sim *sim = sim_of(connection)->sim;
    struct lines lines = { 0 };
    xbits_result result;

    mutex_lock(sim->lock);
    if (sim->queue != NULL)
        result = read_file(sim, after, &lines);
    else
        result = read_memory(sim, after, &lines);
    mutex_unlock(sim->lock);
    show(&lines, visit, user);
    return result;
}

xbits_result sim_read_owner(struct backend_connection *connection, uint64_t *process_id_out)
{
    struct sim *sim = sim_of(connection)->sim;
    uint64_t owner = process_id();

    mutex_lock(sim->lock);
    if (sim->access == XBITS_ACCESS_READ)
        owner = queue_lock_owner(sim->disk, sim->place);
    else if (sim->access == XBITS_ACCESS_EDIT)
        owner = 0;
    mutex_unlock(sim->lock);
    *process_id_out = owner;
    return owner != 0 ? XBITS_S_OK : XBITS_S_FALSE;
}
