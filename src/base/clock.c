/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

static uint64_t virtual_monotonic_ms(struct clock *clock)
{
    return ((struct clock_virtual *)clock)->now_ms;
}

static int64_t virtual_utc(struct clock *clock)
{
    const struct clock_virtual *self = (const struct clock_virtual *)clock;

    uint64_t most_ms = (uint64_t)((INT64_MAX - self->utc_offset) / CLOCK_TICKS_PER_MS);

    /* Whoever waits for ever on a virtual clock gets there. */
    if (self->now_ms > most_ms)
        return INT64_MAX;
    return self->utc_offset + (int64_t)self->now_ms * CLOCK_TICKS_PER_MS;
}

void clock_virtual_init(struct clock_virtual *clock, int64_t start_utc)
{
    *clock = (struct clock_virtual){
        .base = { .monotonic_ms = virtual_monotonic_ms, .utc = virtual_utc },
        .utc_offset = start_utc,
    };
}

void clock_virtual_set(struct clock_virtual *clock, uint64_t now_ms)
{
    if (now_ms > clock->now_ms)
        clock->now_ms = now_ms;
}

void clock_virtual_jump_utc(struct clock_virtual *clock, int64_t ticks)
{
    clock->utc_offset += ticks;
}
