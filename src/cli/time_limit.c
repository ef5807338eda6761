/* SPDX-License-Identifier: MIT */
#include "cli/time_limit.h"

#include "base/clock.h"
#include "xbits/manager.h"

struct time_limit time_limit_start(uint64_t limit_s)
{
    return (struct time_limit){ .started_ms = clock_ms(clock_system()), .limit_s = limit_s };
}

uint64_t time_limit_left_ms(const struct time_limit *limit)
{
    uint64_t passed_ms = clock_ms(clock_system()) - limit->started_ms;
    uint64_t limit_ms = limit->limit_s * 1000;

    if (limit->limit_s == 0)
        return XBITS_FOREVER;
    return passed_ms < limit_ms ? limit_ms - passed_ms : 0;
}
