/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "backend-sim/sim_calls.h"

uint64_t sim_now_ms(struct backend_connection *connection)
{
    struct sim *sim = sim_of(connection)->sim;
    uint64_t now_ms;

    mutex_lock(sim->lock);
    now_ms = clock_ms(sim->clock);
    mutex_unlock(sim->lock);
    return now_ms;
}

int64_t sim_utc(struct backend_connection *connection)
{
    struct sim *sim = sim_of(connection)->sim;
    int64_t utc;

    mutex_lock(sim->lock);
    utc = clock_utc(sim->clock);
    mutex_unlock(sim->lock);
    return utc;
}

/* Another process tells nobody what it wrote. */
static xbits_result await_look(struct sim *sim, uint64_t wait_ms)
{
    condition_wait_ms(sim->changed, sim->lock, wait_ms < SIM_LOOK_MS ? wait_ms : SIM_LOOK_MS);
    return sim_look(sim);
}

/* Real time passes by itself. */
static xbits_result await(struct sim_connection *connection, const struct sim_goal *goal)
{
    struct sim *sim = connection->sim;

    while (!goal->is_reached(connection, goal->user)) {
        uint64_t now_ms = clock_ms(sim->clock);

        if (connection->is_interrupted)
            return xbits_fail(XBITS_E_ABORT, "the manager is being closed");
        if (now_ms >= goal->until_ms || sim_take_wake(connection))
            return XBITS_S_FALSE;
        if (sim->access == XBITS_ACCESS_READ)
            TRY(await_look(sim, goal->until_ms - now_ms));
        else if (goal->until_ms == UINT64_MAX)
            condition_wait(sim->changed, sim->lock);
        else
            condition_wait_ms(sim->changed, sim->lock, goal->until_ms - now_ms);
    }
    return XBITS_S_OK;
}

/* A goal that knows afterwards whether it was reached. */
struct noted_goal {
    const struct sim_goal *goal;
    bool is_reached;
};

static bool note_reached(struct sim_connection *connection, void *user)
{
    struct noted_goal *noted = user;

    noted->is_reached = noted->goal->is_reached(connection, noted->goal->user);
    return noted->is_reached;
}

/* Virtual time passes in here, and stands when nothing is left that could happen. */
static xbits_result run_to(struct sim_connection *connection, const struct sim_goal *goal)
{
    struct noted_goal noted = { .goal = goal };
    struct sim_goal inner = { .until_ms = goal->until_ms,
                              .is_reached = note_reached,
                              .user = &noted };

    if (note_reached(connection, &noted))
        return XBITS_S_OK;
    if (goal->until_ms <= clock_ms(connection->sim->clock))
        return XBITS_S_FALSE;
    TRY(sim_run_to(connection, &inner));
    return noted.is_reached ? XBITS_S_OK : XBITS_S_FALSE;
}

/* The owner's time is another one: virtual time passes at once, but not for ever. */
static xbits_result look_for(struct sim_connection *connection, const struct sim_goal *goal)
{
    struct sim *sim = connection->sim;

    TRY(sim_look(sim));
    if (!sim->is_virtual || goal->until_ms == UINT64_MAX)
        return await(connection, goal);
    if (goal->is_reached(connection, goal->user))
        return XBITS_S_OK;
    if (goal->until_ms > clock_ms(sim->clock))
        clock_virtual_set(&sim->virtual_clock, goal->until_ms);
    return XBITS_S_FALSE;
}

xbits_result sim_wait_for(struct sim_connection *connection, const struct sim_goal *goal)
{
    if (connection->sim->access == XBITS_ACCESS_READ)
        return look_for(connection, goal);
    if (connection->sim->is_virtual)
        return run_to(connection, goal);
    return await(connection, goal);
}

struct reader {
    struct xbits_cursor *cursor;
    struct xbits_change *change;
};

static bool read_change(struct sim_connection *connection, void *user)
{
    const struct reader *reader = user;

    return engine_next_change(connection->sim->engine, reader->cursor, reader->change);
}

xbits_result sim_next_change(struct backend_connection *connection, struct xbits_cursor *cursor,
                             uint64_t until_ms, struct xbits_change *change_out)
{
    struct sim *sim = sim_of(connection)->sim;
    struct reader reader = { .cursor = cursor, .change = change_out };
    struct sim_goal goal = { .until_ms = until_ms, .is_reached = read_change, .user = &reader };
    xbits_result result;

    mutex_lock(sim->lock);
    result = sim_wait_for(sim_of(connection), &goal);
    mutex_unlock(sim->lock);
    return result;
}

struct stopper {
    backend_stop *stop;
    void *user;
};

static bool ask_stopper(struct sim_connection *connection, void *user)
{
    const struct stopper *stopper = user;
    struct sim *sim = connection->sim;
    bool stops;

    /* The caller's own code: it may call us, and make rounds of its own. */
    sim->is_pumping = false;
    condition_broadcast(sim->changed);
    mutex_unlock(sim->lock);
    stops = stopper->stop(stopper->user);
    mutex_lock(sim->lock);
    while (sim->is_pumping)
        condition_wait(sim->changed, sim->lock);
    sim->is_pumping = true;
    return stops;
}

xbits_result sim_advance(struct backend_connection *connection, uint64_t until_ms, bool to_idle,
                         backend_stop *stop, void *user)
{
    struct sim *sim = sim_of(connection)->sim;
    struct stopper stopper = { stop, user };
    struct sim_goal goal = { .until_ms = until_ms,
                             .to_idle = to_idle,
                             .is_reached = stop != NULL ? ask_stopper : NULL,
                             .user = &stopper };
    xbits_result result;

    if (!sim->is_virtual)
        return xbits_fail(XBITS_E_NOTIMPL,
                          "the system clock cannot be advanced; open the manager with "
                          "XBITS_CLOCK_VIRTUAL");
    TRY(sim_may_change(sim_of(connection)));
    mutex_lock(sim->lock);
    result = sim_run_to(sim_of(connection), &goal);
    mutex_unlock(sim->lock);
    return result;
}

xbits_result sim_get_world_property(struct backend_connection *connection,
                                    enum xbits_world_property property,
                                    struct xbits_value *value_out)
{
    struct sim *sim = sim_of(connection)->sim;
    bool is_up;

    if (property == XBITS_WORLD_CLOCK) {
        *value_out = xbits_value_u64((uint64_t)sim_utc(connection));
        return XBITS_S_OK;
    }
    if (property != XBITS_WORLD_NETWORK)
        return xbits_fail(XBITS_E_NOTIMPL, "this engine does not tell its %s yet",
                          xbits_world_property_name(property));
    mutex_lock(sim->lock);
    is_up = engine_network_is_up(sim->engine);
    mutex_unlock(sim->lock);
    *value_out = xbits_value_bool(is_up);
    return XBITS_S_OK;
}

static xbits_result set_network(struct sim *sim, const struct xbits_value *value)
{
    struct engine_now now = sim_now(sim);

    if (value->kind != XBITS_KIND_BOOL)
        return xbits_fail(XBITS_E_INVALIDARG, "the network is there or not: a boolean");
    engine_set_network(sim->engine, value->as.boolean, &now);
    sim_touch(sim);
    return XBITS_S_OK;
}

static xbits_result set_origin(struct sim *sim, const struct xbits_value *value)
{
    if (value->kind != XBITS_KIND_TEXT || value->as.text == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the origin is described by INI text");
    return sim_order_origin(sim, value->as.text);
}

xbits_result sim_set_world_property(struct backend_connection *connection,
                                    enum xbits_world_property property,
                                    const struct xbits_value *value)
{
    static const struct {
        xbits_result (*set)(struct sim *sim, const struct xbits_value *value); /* Lock held. */
    } setters[XBITS_WORLD_PROPERTY_COUNT] = {
        [XBITS_WORLD_NETWORK] = { set_network },
        [XBITS_WORLD_ORIGIN] = { set_origin },
    };
    struct sim *sim = sim_of(connection)->sim;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    if ((unsigned)property >= XBITS_WORLD_PROPERTY_COUNT || setters[property].set == NULL)
        return xbits_fail(XBITS_E_NOTIMPL, "this engine's %s cannot be changed yet",
                          xbits_world_property_name(property));
    mutex_lock(sim->lock);
    result = setters[property].set(sim, value);
    mutex_unlock(sim->lock);
    return result;
}
