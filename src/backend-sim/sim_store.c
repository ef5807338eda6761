/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

/*
 * Writing down (ruling 9). Whoever needs a change on the medium and finds nobody writing takes all
 * that is dirty and writes it, so that callers who come meanwhile share the next commit. Progress
 * is written now and then by the rounds, and may be lost with the power, not with the process.
 */
#define STORE_MS    250
#define STORE_BYTES (UINT64_C(1) << 20)
/* How long the rounds leave a queue alone that a caller writes. */
#define BUSY_MS 2
/* A disk that refuses is asked again so often. */
#define STORE_AGAIN_MS 1000

void sim_take_queue(struct sim *sim)
{
    while (sim->queue_is_busy)
        condition_wait(sim->changed, sim->lock);
    sim->queue_is_busy = true;
}

void sim_give_queue(struct sim *sim)
{
    sim->queue_is_busy = false;
    condition_broadcast(sim->changed);
}

static xbits_result write_batch(struct sim *sim, struct record_batch *batch, bool is_durable)
{
    xbits_result result;

    mutex_unlock(sim->lock);
    result = queue_write(sim->queue, batch, is_durable);
    mutex_lock(sim->lock);
    engine_stored(sim->engine, batch, XBITS_SUCCEEDED(result));
    record_batch_dispose(batch);
    return result;
}

static xbits_result write_dirty(struct sim *sim, bool is_durable)
{
    struct record_batch batch = { 0 };
    struct engine_now now;
    uint64_t number;
    xbits_result result;

    sim_take_queue(sim);
    now = sim_now(sim);
    number = engine_dirty_number(sim->engine);
    result = engine_take_records(sim->engine, &now, &batch);
    if (XBITS_SUCCEEDED(result))
        result = write_batch(sim, &batch, is_durable);
    sim->stored_ms = now.ms;
    if (XBITS_SUCCEEDED(result)) {
        sim->stored_number = number;
        if (is_durable)
            sim->durable_number = number;
    } else {
        /* The next try is not before STORE_AGAIN_MS. */
        sim->stored_ms += STORE_AGAIN_MS - STORE_MS;
        log_line(LOG_ENGINE, "the queue could not be written: %s", xbits_last_error()->message);
    }
    sim_give_queue(sim);
    return result;
}

xbits_result sim_make_durable(struct sim *sim)
{
    uint64_t wanted = engine_dirty_number(sim->engine);

    if (sim->queue == NULL)
        return XBITS_S_OK;
    while (sim->durable_number < wanted) {
        if (sim->queue_is_busy)
            condition_wait(sim->changed, sim->lock);
        else
            TRY(write_dirty(sim, true));
    }
    return XBITS_S_OK;
}

static bool is_kept(const struct sim *sim)
{
    return sim->queue != NULL && sim->access != XBITS_ACCESS_READ;
}

uint64_t sim_store_due_ms(const struct sim *sim)
{
    if (!is_kept(sim) || engine_dirty_number(sim->engine) == sim->stored_number)
        return UINT64_MAX;
    /* Somebody writes, and will have written most of it in a moment. */
    if (sim->queue_is_busy)
        return clock_ms(sim->clock) + BUSY_MS;
    /* Virtual time may jump past any moment. */
    if (sim->is_virtual || sim->unstored_bytes >= STORE_BYTES)
        return 0;
    return sim->stored_ms + STORE_MS;
}

void sim_store(struct sim *sim)
{
    if (sim->queue_is_busy || sim_store_due_ms(sim) > clock_ms(sim->clock))
        return;
    sim->unstored_bytes = 0;
    (void)write_dirty(sim, false);
}

xbits_result sim_write_down(struct sim *sim)
{
    uint64_t wanted = engine_dirty_number(sim->engine);

    while (sim->stored_number < wanted) {
        if (sim->queue_is_busy)
            condition_wait(sim->changed, sim->lock);
        else
            TRY(write_dirty(sim, false));
    }
    return XBITS_S_OK;
}

struct taking {
    struct sim *sim;
    struct engine_now now;
};

static xbits_result take_back(void *user, struct job_record *record)
{
    struct taking *taking = user;

    if (queue_was_interrupted(taking->sim->queue) || queue_was_restarted(taking->sim->queue))
        sim_recover(taking->sim->disk, record);
    return engine_restore(taking->sim->engine, record, false, &taking->now);
}

static xbits_result load(struct sim *sim)
{
    struct taking taking = { sim, sim_now(sim) };
    struct engine_numbers used = {
        .change = queue_newest_change(sim->queue),
        .serial = queue_newest_serial(sim->queue),
        .event = queue_newest_event(sim->queue),
    };

    engine_keep(sim->engine, &used);
    TRY(queue_read_jobs(sim->queue, 0, take_back, &taking));
    return engine_restored(sim->engine, used.change);
}

static xbits_result open_owned(struct sim *sim, const struct queue_options *from)
{
    TRY(queue_lock_take(sim->disk, from->directory, &sim->owner_lock));
    TRY(queue_open(from, &sim->queue));
    TRY(load(sim));
    sim_delete_leftovers(sim);
    return XBITS_S_OK;
}

static xbits_result open_to_read(struct sim *sim, const struct queue_options *from)
{
    TRY(queue_open(from, &sim->queue));
    engine_keep_nothing(sim->engine, queue_newest_change(sim->queue));
    sim->is_behind = true;
    return sim_look(sim);
}

xbits_result sim_open_queue(struct sim *sim, const struct xbits_options *options)
{
    struct queue_options from = {
        .directory = options->queue,
        .disk = sim->disk,
        .is_read_only = options->access == XBITS_ACCESS_READ,
    };

    return from.is_read_only ? open_to_read(sim, &from) : open_owned(sim, &from);
}

void sim_close_queue(struct sim *sim, bool is_well)
{
    if (is_well)
        queue_close(sim->queue);
    else
        queue_abandon(sim->queue);
    queue_lock_release(sim->owner_lock);
    sim->queue = NULL;
    sim->owner_lock = NULL;
}
