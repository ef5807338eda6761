/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include <stdlib.h>

/* Bytes that were gathered and not written are looked at so often. */
#define TRICKLE_MS 100
/* Progress wakes waiters so often; a state that moved does at once. */
#define TELL_MS 20
/* Without memory for a round nothing can be done but wait for some. */
#define STARVED_MS 100

/* An effect is answered by at most two happenings, and a transfer tells of progress once a round.
 */
static bool inbox_has_room(struct sim *sim)
{
    size_t needed = engine_pending_count(sim->engine) * 4 + 8;
    size_t capacity = sim->inbox_capacity > 0 ? sim->inbox_capacity : 64;
    struct happening *inbox;

    if (needed <= sim->inbox_capacity)
        return true;
    while (capacity < needed)
        capacity *= 2;
    inbox = realloc(sim->inbox, capacity * sizeof(*inbox));
    if (inbox == NULL)
        return false;
    sim->inbox = inbox;
    sim->inbox_capacity = capacity;
    return true;
}

static bool effects_have_room(struct sim *sim)
{
    size_t count = engine_effect_count(sim->engine);
    struct effect *effects;

    if (count <= sim->effect_capacity)
        return true;
    effects = realloc(sim->effects, 2 * count * sizeof(*effects));
    if (effects == NULL)
        return false;
    sim->effects = effects;
    sim->effect_capacity = 2 * count;
    return true;
}

static void read_inbox(struct sim *sim, const struct engine_now *now)
{
    for (size_t i = 0; i < sim->inbox_count; i++)
        engine_happened(sim->engine, &sim->inbox[i], now);
    sim->inbox_count = 0;
}

static void obey_origin_order(struct sim *sim)
{
    struct sim_origin_order *order = &sim->origin;
    const char *ini;
    xbits_result result;

    mutex_lock(sim->lock);
    ini = order->is_done ? NULL : order->ini;
    mutex_unlock(sim->lock);
    if (ini == NULL)
        return;
    /* Whoever gave the order waits for it, so its text stays. */
    result = sim->source->ops->set_origin(sim->source, ini);
    mutex_lock(sim->lock);
    order->result = result;
    if (XBITS_FAILED(result))
        order->error = *xbits_last_error();
    order->is_done = true;
    condition_broadcast(sim->changed);
    mutex_unlock(sim->lock);
}

static void carry_out(struct sim *sim, size_t count, uint64_t wait_ms)
{
    obey_origin_order(sim);
    for (size_t i = 0; i < count; i++)
        sim_perform(sim, &sim->effects[i]);
    /* What the disk answered goes first: it may be all that the network waits for. */
    if (sim->inbox_count > 0)
        return;
    if (sim_has_unflushed(sim) && wait_ms > TRICKLE_MS)
        wait_ms = TRICKLE_MS;
    sim->source->ops->poll(sim->source, sim->round_ms, wait_ms);
    sim_flush_fetches(sim, sim->round_ms);
}

static uint64_t earlier(uint64_t a_ms, uint64_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

static uint64_t wait_until_due(const struct sim *sim, uint64_t now_ms, uint64_t wait_ms)
{
    uint64_t due_ms = earlier(sim->due_ms, sim_store_due_ms(sim));
    uint64_t left_ms = due_ms > now_ms ? due_ms - now_ms : 0;

    return wait_ms < left_ms ? wait_ms : left_ms;
}

static bool has_untold(const struct sim *sim)
{
    return engine_newest_change(sim->engine) != sim->told_change;
}

/* A waiter that is woken for every step of a small file takes more time than the file. */
static void tell_waiters(struct sim *sim, uint64_t now_ms)
{
    bool is_news = engine_news_count(sim->engine) != sim->told_news;
    bool is_due = sim->is_virtual || now_ms - sim->told_ms >= TELL_MS;

    if (!is_news && !(is_due && has_untold(sim)))
        return;
    sim->told_change = engine_newest_change(sim->engine);
    sim->told_news = engine_news_count(sim->engine);
    sim->told_ms = now_ms;
    condition_broadcast(sim->changed);
}

/*
 * Files are deleted after it is on the medium that their job is over. A disk that is too full to
 * say so gets the space first.
 */
static void write_down(struct sim *sim, size_t effect_count)
{
    bool is_pressing = engine_take_pressing(sim->engine);

    for (size_t i = 0; i < effect_count && !is_pressing; i++)
        is_pressing = sim->effects[i].kind == EFFECT_REMOVE;
    if (is_pressing)
        (void)sim_make_durable(sim);
    else
        sim_store(sim);
}

bool sim_round(struct sim *sim, uint64_t wait_ms)
{
    struct engine_now now = sim_now(sim);
    size_t count;

    sim->has_work = false;
    sim->round_ms = now.ms;
    read_inbox(sim, &now);
    sim->due_ms = engine_step(sim->engine, &now);
    sim->inactive_ms = engine_inactive_ms(sim->engine, &now);
    tell_waiters(sim, now.ms);
    if (!inbox_has_room(sim) || !effects_have_room(sim)) {
        condition_wait_ms(sim->work, sim->lock, STARVED_MS);
        return true;
    }
    count = engine_effect_count(sim->engine);
    engine_take_effects(sim->engine, sim->effects);
    write_down(sim, count);
    wait_ms = wait_until_due(sim, now.ms, wait_ms);
    if (has_untold(sim) && wait_ms > TELL_MS)
        wait_ms = TELL_MS;
    mutex_unlock(sim->lock);
    carry_out(sim, count, wait_ms);
    mutex_lock(sim->lock);
    return sim->inbox_count > 0;
}

void sim_touch(struct sim *sim)
{
    sim->has_work = true;
    condition_broadcast(sim->work);
    condition_broadcast(sim->changed);
    sim_wake(sim);
}

void sim_wake(struct sim *sim)
{
    if (sim->source != NULL)
        sim->source->ops->wake(sim->source);
}

/* One step of waiting for something that the rounds bring about. */
static void let_work(struct sim *sim)
{
    if (!sim->is_virtual || sim->is_pumping) {
        condition_wait(sim->changed, sim->lock);
        return;
    }
    sim->is_pumping = true;
    sim_round(sim, 0);
    sim->is_pumping = false;
    condition_broadcast(sim->changed);
}

void sim_await_answer(struct sim *sim, const struct engine_job *job)
{
    while (!engine_has_answer(job))
        let_work(sim);
}

void sim_await_idle(struct sim *sim, const struct engine_job *job)
{
    while (engine_is_busy(job))
        let_work(sim);
}

void sim_await_quiet(struct sim *sim)
{
    while (engine_pending_count(sim->engine) > 0 || sim->inbox_count > 0)
        let_work(sim);
}

xbits_result sim_order_origin(struct sim *sim, const char *ini)
{
    struct sim_origin_order *order = &sim->origin;
    struct sim_origin_order done;

    while (order->ini != NULL)
        let_work(sim);
    *order = (struct sim_origin_order){ .ini = ini };
    sim_touch(sim);
    while (!order->is_done)
        let_work(sim);
    done = *order;
    *order = (struct sim_origin_order){ 0 };
    condition_broadcast(sim->changed);
    return XBITS_FAILED(done.result) ? xbits_fail_again(&done.error) : XBITS_S_OK;
}

static void sleep_until(struct sim *sim, uint64_t due_ms)
{
    uint64_t now_ms = clock_ms(sim->clock);

    if (due_ms == UINT64_MAX)
        condition_wait(sim->work, sim->lock);
    else if (due_ms > now_ms)
        condition_wait_ms(sim->work, sim->lock, due_ms - now_ms);
}

/*
 * The worker waits for sockets in the source's poll. Without any, or for a source that goes by the
 * clock, it sleeps here until a timer or a call.
 */
static void rest(struct sim *sim)
{
    uint64_t source_due_ms = sim->source->ops->next_due_ms(sim->source);
    bool has_sockets = source_due_ms == UINT64_MAX && sim->source->ops->count(sim->source) > 0;
    uint64_t due_ms = earlier(source_due_ms, earlier(sim->due_ms, sim->inactive_ms));

    due_ms = earlier(due_ms, sim_store_due_ms(sim));
    if (has_untold(sim) && sim->told_ms + TELL_MS < due_ms)
        due_ms = sim->told_ms + TELL_MS;
    if (!has_sockets)
        sleep_until(sim, due_ms);
}

void sim_work(void *user)
{
    struct sim *sim = user;
    bool has_more = true;

    mutex_lock(sim->lock);
    while (!sim->is_ending) {
        if (!has_more && !sim->has_work)
            rest(sim);
        if (!sim->is_ending)
            has_more = sim_round(sim, UINT64_MAX);
    }
    mutex_unlock(sim->lock);
}
