/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "backend-sim/sim_calls.h"

/* The subscriber is the connection: what it has not answered is due again when it closes. */
static xbits_result subscribe(struct sim_connection *connection, const struct xbits_id *id,
                              bool subscribe)
{
    struct engine *engine = connection->sim->engine;
    struct engine_now now = sim_now(connection->sim);
    struct engine_job *job = engine_find(engine, id);
    char text[XBITS_ID_TEXT_SIZE];

    if (job == NULL)
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no job %s", xbits_id_format(id, text));
    TRY(engine_may_change(job, &connection->principal));
    if (subscribe)
        return engine_subscribe(engine, job, connection, &now);
    return engine_unsubscribe(engine, job, connection, &now);
}

xbits_result sim_subscribe(struct backend_connection *connection, const struct xbits_id *id,
                           bool is_wanted)
{
    struct sim *sim = sim_of(connection)->sim;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    mutex_lock(sim->lock);
    result = subscribe(sim_of(connection), id, is_wanted);
    if (XBITS_SUCCEEDED(result))
        sim_touch(sim);
    mutex_unlock(sim->lock);
    return result;
}

static bool read_notification(struct sim_connection *connection, void *user)
{
    struct engine_now now = sim_now(connection->sim);

    return engine_next_notification(connection->sim->engine, connection, &now, user);
}

xbits_result sim_next_notification(struct backend_connection *connection, uint64_t until_ms,
                                   struct xbits_notification *notification_out)
{
    struct sim *sim = sim_of(connection)->sim;
    struct sim_goal goal = { .until_ms = until_ms,
                             .is_reached = read_notification,
                             .user = notification_out };
    xbits_result result;

    mutex_lock(sim->lock);
    result = sim_wait_for(sim_of(connection), &goal);
    mutex_unlock(sim->lock);
    return result;
}

xbits_result sim_answer_notification(struct backend_connection *connection, uint64_t id,
                                     xbits_result answer)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_now now;
    xbits_result result;

    mutex_lock(sim->lock);
    now = sim_now(sim);
    result = engine_answer_notification(sim->engine, connection, id, answer, &now);
    if (XBITS_SUCCEEDED(result)) {
        sim_touch(sim);
        /* An answer that could not be written down yet is at worst asked for once more. */
        (void)sim_make_durable(sim);
    }
    mutex_unlock(sim->lock);
    return result;
}
