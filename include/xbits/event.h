/* SPDX-License-Identifier: MIT */
#ifndef XBITS_EVENT_H
#define XBITS_EVENT_H

#include "xbits/manager.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The event log of a queue: what happened to its jobs, with the numbers of Windows' log
 * Microsoft-Windows-Bits-Client/Operational. It is kept with the queue, jobs that are gone
 * included; the oldest of more than 10,000 events are dropped.
 */
enum xbits_event_id {
    XBITS_EVENT_RESUMED = 1,
    XBITS_EVENT_SUSPENDED = 2,
    XBITS_EVENT_CREATED = 3,
    XBITS_EVENT_COMPLETED = 4,
    XBITS_EVENT_CANCELLED = 5,
    XBITS_EVENT_STARTED = 59,        /* A transfer began; text is its URL. */
    XBITS_EVENT_STOPPED = 60,        /* It ended well or was interrupted; result says how. */
    XBITS_EVENT_STOPPED_ERROR = 61,  /* It failed: result and text. */
    XBITS_EVENT_COMMAND_FAILED = 63, /* The notification command could not be started. */
    XBITS_EVENT_COMMAND_EXIT = 64    /* It ended with another status than 0, which is in text. */
};

struct xbits_event {
    size_t size;     /* Set by XBITS_INIT. */
    uint64_t number; /* Its place in the log: rises by one from event to event. */
    int64_t time;    /* FILETIME UTC */
    enum xbits_event_id id;
    struct xbits_id job;
    const char *display_name; /* The job's, as it was then. */
    xbits_result result;
    const char *text; /* "" or a sentence. */
};

/* Called for each event; texts are valid until it returns. False ends the visit. */
typedef bool xbits_event_visit(const struct xbits_event *event, void *user);

/*
 * Visits the events after the one with number `after` (0: from the oldest), in their order.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (visit is NULL); XBITS_E_NOTIMPL (the engine keeps no
 * log); XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_manager_visit_events(struct xbits_manager *manager, uint64_t after,
                                                  xbits_event_visit *visit, void *user);

/* "RESUMED"; "unknown" for another number. */
XBITS_API const char *xbits_event_name(enum xbits_event_id id);

#ifdef __cplusplus
}
#endif

#endif
