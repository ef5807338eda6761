/* SPDX-License-Identifier: MIT */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Time is passed in. Two readings: monotonic for timers, UTC for what people see. */
struct clock {
    uint64_t (*monotonic_ms)(struct clock *clock); /* Never goes back; starts anywhere. */
    int64_t (*utc)(struct clock *clock);           /* FILETIME: 100 ns since 1601-01-01 UTC. */
};

#define CLOCK_TICKS_PER_MS  INT64_C(10000)
#define CLOCK_TICKS_PER_S   INT64_C(10000000)
#define CLOCK_UNIX_EPOCH    INT64_C(116444736000000000) /* 1970-01-01 as FILETIME. */
#define CLOCK_VIRTUAL_START INT64_C(134116992000000000) /* 2026-01-01 as FILETIME. */

static inline uint64_t clock_ms(struct clock *clock)
{
    return clock->monotonic_ms(clock);
}
static inline int64_t clock_utc(struct clock *clock)
{
    return clock->utc(clock);
}

/* The machine's. Shared, never freed. */
struct clock *clock_system(void);

/* Stands still until told; both readings move together, utc can also jump alone. Not thread-safe:
 * its owner guards it. */
struct clock_virtual {
    struct clock base;
    uint64_t now_ms;
    int64_t utc_offset; /* utc = utc_offset + now_ms in ticks */
};
void clock_virtual_init(struct clock_virtual *clock, int64_t start_utc);
void clock_virtual_set(struct clock_virtual *clock,
                       uint64_t now_ms); /* Never back: ignored then. */
void clock_virtual_jump_utc(struct clock_virtual *clock, int64_t ticks);

/* "2026-11-21T09:30:00Z", and "Sat, 21 Nov 2026 09:30:00 GMT" (HTTP) and back; false when it is not
 * such a date. 100 ns below the second are dropped. */
char *clock_format_utc(int64_t filetime, char text[32]);
char *clock_format_http(int64_t filetime, char text[32]);
bool clock_parse_http(const char *text, int64_t *filetime_out);

#endif
