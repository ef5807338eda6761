/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <stdlib.h>

/* A binary heap of jobs by what falls due first; a job knows its place. */
static bool is_before(const struct engine_job *a, const struct engine_job *b)
{
    if (a->timer_due_ms != b->timer_due_ms)
        return a->timer_due_ms < b->timer_due_ms;
    /* The order of equal timers must not depend on addresses: the same seed, the same trace. */
    return a->serial < b->serial;
}

static void place(struct engine *engine, size_t index, struct engine_job *job)
{
    engine->timers[index] = job;
    job->timer_index = index;
}

static void sift_up(struct engine *engine, struct engine_job *job)
{
    size_t index = job->timer_index;

    while (index > 0 && is_before(job, engine->timers[(index - 1) / 2])) {
        place(engine, index, engine->timers[(index - 1) / 2]);
        index = (index - 1) / 2;
    }
    place(engine, index, job);
}

static void sift_down(struct engine *engine, struct engine_job *job)
{
    size_t index = job->timer_index;

    for (;;) {
        size_t child = index * 2 + 1;

        if (child + 1 < engine->timer_count &&
            is_before(engine->timers[child + 1], engine->timers[child]))
            child++;
        if (child >= engine->timer_count || !is_before(engine->timers[child], job))
            break;
        place(engine, index, engine->timers[child]);
        index = child;
    }
    place(engine, index, job);
}

static void take_out(struct engine *engine, struct engine_job *job)
{
    struct engine_job *last = engine->timers[--engine->timer_count];
    size_t index = job->timer_index;

    job->timer_index = SIZE_MAX;
    if (last == job)
        return;
    place(engine, index, last);
    sift_up(engine, last);
    sift_down(engine, last);
}

xbits_result timers_reserve(struct engine *engine, size_t job_count)
{
    size_t capacity = engine->timer_capacity > 0 ? engine->timer_capacity : 64;
    struct engine_job **timers;

    while (capacity < job_count)
        capacity *= 2;
    if (capacity == engine->timer_capacity)
        return XBITS_S_OK;
    timers = realloc(engine->timers, capacity * sizeof(struct engine_job *));
    if (timers == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the timers of %zu jobs", job_count);
    engine->timers = timers;
    engine->timer_capacity = capacity;
    return XBITS_S_OK;
}

void timer_set(struct engine *engine, struct engine_job *job, uint64_t due_ms)
{
    if (due_ms == NEVER) {
        if (job->timer_index != SIZE_MAX)
            take_out(engine, job);
        return;
    }
    /* A timer that is set while it runs is moved by its job's tick: most are put off byte by byte.
     */
    if (job->timer_index != SIZE_MAX && due_ms >= job->timer_due_ms)
        return;
    job->timer_due_ms = due_ms;
    if (job->timer_index == SIZE_MAX)
        job->timer_index = engine->timer_count++;
    sift_up(engine, job);
}

struct engine_job *timers_due(struct engine *engine, uint64_t now_ms)
{
    struct engine_job *job;

    if (engine->timer_count == 0 || engine->timers[0]->timer_due_ms > now_ms)
        return NULL;
    job = engine->timers[0];
    take_out(engine, job);
    return job;
}

uint64_t timers_next(const struct engine *engine)
{
    return engine->timer_count > 0 ? engine->timers[0]->timer_due_ms : NEVER;
}
