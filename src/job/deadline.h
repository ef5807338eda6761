/* SPDX-License-Identifier: MIT */
#ifndef JOB_DEADLINE_H
#define JOB_DEADLINE_H

#include "job/backend.h"

/* The time of the connection's clock that is wait_ms from now; XBITS_FOREVER is never. */
static inline uint64_t deadline_after(struct backend_connection *connection, uint64_t wait_ms)
{
    const uint64_t now_ms = connection->backend->now_ms(connection);

    return wait_ms < XBITS_FOREVER - now_ms ? now_ms + wait_ms : XBITS_FOREVER;
}

#endif
