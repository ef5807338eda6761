/* SPDX-License-Identifier: MIT */
#ifndef CLI_TIME_LIMIT_H
#define CLI_TIME_LIMIT_H

#include <stdint.h>

/* What is left of a verb's --timeout. */
struct time_limit {
    uint64_t started_ms; /* Monotonic. */
    uint64_t limit_s;    /* 0: none. */
};

struct time_limit time_limit_start(uint64_t limit_s);

/* XBITS_FOREVER without a limit. */
uint64_t time_limit_left_ms(const struct time_limit *limit);

#endif
