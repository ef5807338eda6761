/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <windows.h>

static uint64_t system_monotonic_ms(struct clock *clock)
{
    (void)clock;
    return GetTickCount64();
}

static int64_t system_utc(struct clock *clock)
{
    FILETIME now;

    (void)clock;
    GetSystemTimeAsFileTime(&now);
    return (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
}

struct clock *clock_system(void)
{
    /* Nobody writes to it; it is not const because a virtual clock would not be. */
    static struct clock machine = { .monotonic_ms = system_monotonic_ms, .utc = system_utc };

    return &machine;
}
