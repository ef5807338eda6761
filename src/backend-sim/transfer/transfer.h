/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_TRANSFER_H
#define TRANSFER_TRANSFER_H

#include <stddef.h>

#include "backend-sim/engine/answer.h"
#include "base/result.h"

/*
 * The second port: where bytes come from. A source makes single requests and reports what happens;
 * it follows no redirect, repeats nothing, keeps no timer of its own that could end a transfer, and
 * knows neither jobs nor files. Everything except wake() is called from one thread at a time; the
 * listener is called only from inside poll().
 */
struct transfer_source {
    const struct transfer_source_ops *ops;
};

/* Called from poll(). A failing result from headers or body ends the transfer: then ended() follows
 * with that same result. After ended() the key is free. */
struct transfer_listener {
    void *user;
    /* A request that stood in line is made now. */
    void (*begun)(void *user, uint64_t key);
    xbits_result (*headers)(void *user, uint64_t key, const struct answer *answer);
    xbits_result (*body)(void *user, uint64_t key, const void *bytes, size_t size);
    /* S_OK: the answer came whole. error is borrowed; its native code and message are for people.
     */
    void (*ended)(void *user, uint64_t key, xbits_result result, const struct xbits_error *error);
};

struct transfer_source_ops {
    /* Texts of the request are borrowed for the call. Failures to start are raised here and no
     * ended() follows. S_FALSE: so many are under way that it stands in line until begun(). */
    xbits_result (*start)(struct transfer_source *, const struct transfer_request *request);
    /* Ends it without a report; unknown keys are ignored. */
    void (*stop)(struct transfer_source *, uint64_t key);
    /* Moves bytes and reports; waits at most wait_ms of real time for something to happen. */
    void (*poll)(struct transfer_source *, uint64_t now_ms, uint64_t wait_ms);
    /* Ends a poll that waits, from any thread. */
    void (*wake)(struct transfer_source *);
    /* Virtual time at which poll has something to do; UINT64_MAX: not by time. */
    uint64_t (*next_due_ms)(struct transfer_source *);
    /* Real sockets: something moved within the last 200 ms of real time. Virtual time stands still.
     */
    bool (*is_moving)(struct transfer_source *);
    /* Number of transfers under way. */
    size_t (*count)(struct transfer_source *);
    /* Replaces the in-memory origin; XBITS_E_NOTIMPL where there is none. */
    xbits_result (*set_origin)(struct transfer_source *, const char *ini);
    void (*free)(struct transfer_source *);
};

struct transfer_options {
    struct transfer_listener listener;
    const char *user_agent;
    const char *proxy;   /* "direct", "environment" or a list. */
    size_t buffer_bytes; /* Receive buffer. */
    struct disk *disk;   /* For file:// */
};

/* Real sockets, through libcurl multi. */
xbits_result transfer_curl_new(const struct transfer_options *options,
                               struct transfer_source **source_out);
/* The in-memory origin: no sockets, no threads; the same calls give the same reports. */
xbits_result transfer_script_new(const struct transfer_options *options,
                                 struct transfer_source **source_out);
/* file:// and plain paths, read through the disk port. */
xbits_result transfer_file_new(const struct transfer_options *options,
                               struct transfer_source **source_out);
/* One source out of two: file names go to `files`, all else to `rest`. Owns both. */
xbits_result transfer_route_new(struct transfer_source *files, struct transfer_source *rest,
                                struct transfer_source **source_out);

#endif
