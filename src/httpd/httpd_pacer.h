/* SPDX-License-Identifier: MIT */
#ifndef HTTPD_HTTPD_PACER_H
#define HTTPD_HTTPD_PACER_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

struct MHD_Connection;

/*
 * Connections that have nothing to send for a while. A suspended connection costs no thread and no
 * wake-up of its server's threads; one thread, asleep until the earliest is due, resumes them all.
 * The other ways are a thread for each connection, which a thousand slow clients make dear, and a
 * reader that answers "nothing yet", which libmicrohttpd asks again at once.
 */
struct pacer;

/* A connection's place in the queue; zeroed: it is in none. */
struct pacer_entry {
    struct MHD_Connection *connection;
    uint64_t due_ms;
    struct pacer_entry *earlier;
    struct pacer_entry *later;
};

xbits_result pacer_new(struct pacer **pacer_out);
/* Resumes every connection and lets none wait from now on: what must come before MHD_stop_daemon.
 */
void pacer_stop(struct pacer *pacer);
/* After MHD_stop_daemon. NULL is fine. */
void pacer_free(struct pacer *pacer);

/* Suspends the connection for wait_ms; called from its content reader. False when stopping. */
bool pacer_wait(struct pacer *pacer, struct pacer_entry *entry, uint64_t wait_ms);

#endif
