/* SPDX-License-Identifier: MIT */
#include "origin/origin_pace.h"

/* Over a tebibyte a second nothing needs holding back, and below it no product here wraps. */
#define RATE_MAXIMUM (UINT64_C(1) << 40)

uint64_t origin_pace(uint64_t rate, uint64_t elapsed_ms, uint64_t sent, uint64_t *wait_ms_out)
{
    *wait_ms_out = 0;
    if (rate == 0 || rate > RATE_MAXIMUM)
        return UINT64_MAX;

    const uint64_t ahead = rate < 20 ? 1 : rate / 20;
    const uint64_t due = elapsed_ms / 1000 * rate + elapsed_ms % 1000 * rate / 1000 + ahead;
    if (sent < due)
        return due - sent;

    /* Rounded up: a wait that ends too early ends in another. */
    const uint64_t due_ms = sent / rate * 1000 + (sent % rate * 1000 + rate - 1) / rate;
    *wait_ms_out = due_ms > elapsed_ms ? due_ms - elapsed_ms : 1;
    return 0;
}
