/* SPDX-License-Identifier: MIT */
#include "xbits/sim.h"

#include "base/argument.h"
#include "base/result.h"
#include "job/deadline.h"
#include "job/manager.h"

xbits_result xbits_sim_advance(struct xbits_manager *manager, uint64_t ms)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(manager, &connection));
    result =
        connection->backend->advance(connection, deadline_after(connection, ms), false, NULL, NULL);
    manager_leave(manager);
    return result;
}

xbits_result xbits_sim_run(struct xbits_manager *manager, uint64_t limit_ms,
                           uint64_t *elapsed_ms_out)
{
    return xbits_sim_run_until(manager, limit_ms, NULL, NULL, elapsed_ms_out);
}

xbits_result xbits_sim_run_until(struct xbits_manager *manager, uint64_t limit_ms,
                                 xbits_sim_stop *stop, void *user, uint64_t *elapsed_ms_out)
{
    struct backend_connection *connection;
    uint64_t started_ms;
    uint64_t ended_ms;
    xbits_result result;

    TRY(manager_enter(manager, &connection));
    started_ms = connection->backend->now_ms(connection);
    result = connection->backend->advance(connection, deadline_after(connection, limit_ms), true,
                                          stop, user);
    ended_ms = connection->backend->now_ms(connection);
    manager_leave(manager);
    if (XBITS_SUCCEEDED(result) && elapsed_ms_out != NULL)
        *elapsed_ms_out = ended_ms - started_ms;
    return result;
}

static xbits_result set_world(struct xbits_manager *manager, enum xbits_world_property property,
                              const struct xbits_value *value)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(manager, &connection));
    result = connection->backend->set_world_property(connection, property, value);
    manager_leave(manager);
    return result;
}

xbits_result xbits_sim_set_network(struct xbits_manager *manager, bool is_up)
{
    const struct xbits_value value = xbits_value_bool(is_up);

    return set_world(manager, XBITS_WORLD_NETWORK, &value);
}

xbits_result xbits_sim_set_origin(struct xbits_manager *manager, const char *ini)
{
    struct xbits_value value;

    TRY(argument_text("the origin", ini));
    value = xbits_value_text(ini);
    return set_world(manager, XBITS_WORLD_ORIGIN, &value);
}
