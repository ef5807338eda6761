/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_TIMERS_H
#define SCRIPT_TIMERS_H

#include "base/result.h"

/* The timers of a page, on the time that is passed in. Zeroed storage has none. */
#define TIMERS_MAXIMUM   1000
#define TIMER_MINIMUM_MS 10

/* What a timer does: a function, or a text that is run. */
struct timer_work {
    uint64_t function;
    char *source; /* Heap; NULL: it is the function. */
};

struct timer {
    unsigned id; /* From 1, never used again. */
    uint64_t due_ms;
    uint32_t interval_ms; /* 0: once. */
    struct timer_work work;
};

struct timers {
    struct timer *all;
    size_t count;
    unsigned last_id;
};

void timers_dispose(struct timers *timers); /* Functions are the owner's to drop. */
/* Takes the work. Results: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES (too many);
 * XBITS_E_OUTOFMEMORY. */
xbits_result timers_add(struct timers *timers, const struct timer *timer, unsigned *id_out);
/* false: there is no such timer. The work is the caller's. */
bool timers_clear(struct timers *timers, unsigned id, struct timer_work *work_out);
/*
 * The timer that is due first, of those up to last_id; false: none is. One of once is taken out and
 * its work is the caller's; of an interval it is borrowed, and it is due next when one interval has
 * passed: those that were missed are not made up for.
 */
bool timers_take_due(struct timers *timers, uint64_t now_ms, unsigned last_id,
                     struct timer *timer_out);
uint64_t timers_next_due(const struct timers *timers); /* UINT64_MAX: there are none. */

#endif
