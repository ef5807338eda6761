/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <time.h>

static uint64_t system_monotonic_ms(struct clock *clock)
{
    struct timespec now = { 0 };

    (void)clock;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int64_t system_utc(struct clock *clock)
{
    struct timespec now = { 0 };

    (void)clock;
    clock_gettime(CLOCK_REALTIME, &now);
    return CLOCK_UNIX_EPOCH + (int64_t)now.tv_sec * CLOCK_TICKS_PER_S + now.tv_nsec / 100;
}

struct clock *clock_system(void)
{
    /* Nobody writes to it; it is not const because a virtual clock would not be. */
    static struct clock machine = { .monotonic_ms = system_monotonic_ms, .utc = system_utc };

    return &machine;
}
