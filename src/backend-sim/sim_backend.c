/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "backend-sim/sim.h"
#include "backend-sim/sim_calls.h"

#include <stdlib.h>

xbits_result sim_backend_open_on(const struct xbits_options *options, struct disk *disk,
                                 struct backend_connection **connection_out)
{
    struct sim_connection *connection = calloc(1, sizeof(*connection));
    xbits_result result;

    if (connection == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a connection");
    connection->slots = backend_complete(sim_backend);
    connection->base.backend = &connection->slots;
    connection->is_reader = options->access == XBITS_ACCESS_READ;
    result = sim_principal_init(options->principal, connection);
    if (XBITS_SUCCEEDED(result))
        result = sim_attach(options, disk, &connection->sim);
    if (XBITS_FAILED(result)) {
        free(connection);
        return result;
    }
    *connection_out = &connection->base;
    return XBITS_S_OK;
}

static xbits_result open_on_system(const struct xbits_options *options,
                                   struct backend_connection **connection_out)
{
    return sim_backend_open_on(options, disk_system(), connection_out);
}

static xbits_result wake(struct backend_connection *connection)
{
    struct sim *sim = sim_of(connection)->sim;

    mutex_lock(sim->lock);
    sim_of(connection)->is_woken = true;
    condition_broadcast(sim->changed);
    sim_wake(sim);
    mutex_unlock(sim->lock);
    return XBITS_S_OK;
}

bool sim_take_wake(struct sim_connection *connection)
{
    bool is_woken = connection->is_woken;

    connection->is_woken = false;
    return is_woken;
}

static void interrupt(struct backend_connection *connection)
{
    struct sim *sim = sim_of(connection)->sim;

    mutex_lock(sim->lock);
    sim_of(connection)->is_interrupted = true;
    condition_broadcast(sim->changed);
    sim_wake(sim);
    mutex_unlock(sim->lock);
}

xbits_result sim_may_change(const struct sim_connection *connection)
{
    if (!connection->is_reader)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "the queue %s was opened to be read",
                      connection->sim->place);
}

static void close_connection(struct backend_connection *connection)
{
    sim_detach(sim_of(connection)->sim, sim_of(connection));
    free(sim_of(connection));
}

const struct backend sim_backend = {
    .name = "sim",
    .summary = "BITS, emulated on libcurl",
    .open = open_on_system,
    .close = close_connection,
    .interrupt = interrupt,
    .wake = wake,
    .now_ms = sim_now_ms,
    .utc = sim_utc,
    .create_job = sim_create_job,
    .hold_job = sim_hold_job,
    .release_job = sim_release_job,
    .read_jobs = sim_read_jobs,
    .read_job = sim_read_job,
    .ask = sim_ask,
    .add_files = sim_add_files,
    .read_files = sim_read_files,
    .get_job_property = sim_get_job_property,
    .set_job_property = sim_set_job_property,
    .get_file_property = sim_get_file_property,
    .set_file_property = sim_set_file_property,
    .next_change = sim_next_change,
    .subscribe = sim_subscribe,
    .next_notification = sim_next_notification,
    .answer_notification = sim_answer_notification,
    .read_events = sim_read_events,
    .read_owner = sim_read_owner,
    .get_world_property = sim_get_world_property,
    .set_world_property = sim_set_world_property,
    .advance = sim_advance,
};
