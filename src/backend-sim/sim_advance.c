/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

/* How long a round may wait for a socket that is moving; real time, ended by whatever arrives. */
#define MOVING_WAIT_MS 50

/* Nobody who waits until nothing is left to wait for means the end of a job by inactivity. */
static uint64_t next_due_ms(struct sim *sim, const struct sim_goal *goal)
{
    uint64_t due_ms = sim->source->ops->next_due_ms(sim->source);

    if (sim->due_ms < due_ms)
        due_ms = sim->due_ms;
    if (!goal->to_idle && sim->inactive_ms < due_ms)
        due_ms = sim->inactive_ms;
    return due_ms;
}

/*
 * Nothing can happen at the present moment any more: jump to the next timer (ruling 6). False: the
 * goal is reached, as far as it can be.
 */
static bool jump(struct sim *sim, const struct sim_goal *goal, xbits_result *result_out)
{
    uint64_t due_ms = next_due_ms(sim, goal);

    *result_out = XBITS_S_OK;
    if (due_ms <= goal->until_ms && due_ms != UINT64_MAX) {
        clock_virtual_set(&sim->virtual_clock, due_ms);
        return true;
    }
    if (due_ms == UINT64_MAX && goal->to_idle)
        return false;
    if (goal->until_ms != UINT64_MAX)
        clock_virtual_set(&sim->virtual_clock, goal->until_ms);
    if (goal->to_idle)
        *result_out = XBITS_S_FALSE;
    return false;
}

static bool is_interrupted(struct sim_connection *connection, xbits_result *result_out)
{
    if (!connection->is_interrupted)
        return false;
    *result_out = xbits_fail(XBITS_E_ABORT, "the manager is being closed");
    return true;
}

static xbits_result pump_to(struct sim_connection *connection, const struct sim_goal *goal)
{
    struct sim *sim = connection->sim;
    xbits_result result = XBITS_S_OK;

    for (;;) {
        bool has_more = sim_round(sim, 0);

        if (is_interrupted(connection, &result))
            return result;
        if (sim_take_wake(connection))
            return XBITS_S_FALSE;
        if (goal->is_reached != NULL && goal->is_reached(connection, goal->user))
            return XBITS_S_OK;
        if (has_more || sim->has_work)
            continue;
        if (sim->source->ops->is_moving(sim->source)) {
            sim_round(sim, MOVING_WAIT_MS);
            continue;
        }
        if (next_due_ms(sim, goal) > clock_ms(sim->clock) && !jump(sim, goal, &result))
            return result;
    }
}

xbits_result sim_run_to(struct sim_connection *connection, const struct sim_goal *goal)
{
    struct sim *sim = connection->sim;
    xbits_result result;

    while (sim->is_pumping && !connection->is_interrupted)
        condition_wait(sim->changed, sim->lock);
    if (is_interrupted(connection, &result))
        return result;
    sim->is_pumping = true;
    result = pump_to(connection, goal);
    sim->is_pumping = false;
    condition_broadcast(sim->changed);
    return result;
}
