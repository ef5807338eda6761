/* SPDX-License-Identifier: MIT */
#include "script/timers.h"

#include <stdlib.h>

void timers_dispose(struct timers *timers)
{
    for (size_t i = 0; i < timers->count; i++)
        free(timers->all[i].work.source);
    free(timers->all);
    *timers = (struct timers){ 0 };
}

xbits_result timers_add(struct timers *timers, const struct timer *timer, unsigned *id_out)
{
    struct timer *all;

    if (timers->count >= TIMERS_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "the page has %d timers already",
                          TIMERS_MAXIMUM);
    all = realloc(timers->all, (timers->count + 1) * sizeof *all);
    if (all == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a timer");
    timers->all = all;
    all[timers->count] = *timer;
    all[timers->count++].id = ++timers->last_id;
    *id_out = timers->last_id;
    return XBITS_S_OK;
}

static void take_out(struct timers *timers, size_t index)
{
    for (; index + 1 < timers->count; index++)
        timers->all[index] = timers->all[index + 1];
    timers->count--;
}

bool timers_clear(struct timers *timers, unsigned id, struct timer_work *work_out)
{
    for (size_t i = 0; i < timers->count; i++) {
        if (timers->all[i].id != id)
            continue;
        *work_out = timers->all[i].work;
        take_out(timers, i);
        return true;
    }
    return false;
}

bool timers_take_due(struct timers *timers, uint64_t now_ms, unsigned last_id,
                     struct timer *timer_out)
{
    struct timer *first = NULL;

    /* They stand in the order of their making, which decides between equal ones. */
    for (size_t i = 0; i < timers->count; i++) {
        struct timer *timer = &timers->all[i];

        if (timer->due_ms <= now_ms && timer->id <= last_id &&
            (first == NULL || timer->due_ms < first->due_ms))
            first = timer;
    }
    if (first == NULL)
        return false;
    *timer_out = *first;
    if (first->interval_ms == 0) {
        take_out(timers, (size_t)(first - timers->all));
        return true;
    }
    first->due_ms += first->interval_ms;
    if (first->due_ms <= now_ms)
        first->due_ms = now_ms + first->interval_ms;
    return true;
}

uint64_t timers_next_due(const struct timers *timers)
{
    uint64_t next = UINT64_MAX;

    for (size_t i = 0; i < timers->count; i++)
        if (timers->all[i].due_ms < next)
            next = timers->all[i].due_ms;
    return next;
}
