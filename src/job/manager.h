/* SPDX-License-Identifier: MIT */
#ifndef JOB_MANAGER_H
#define JOB_MANAGER_H

#include "job/backend.h"

/* One engine that xbits knows; src/backends.c lists them. */
struct known_backend {
    struct xbits_backend_info info;
    const struct backend *backend; /* NULL: not in this build. */
};

/* xbits_manager_open, choosing by name; a NULL name is the first of the list. */
xbits_result manager_open(const struct known_backend *known, size_t count,
                          const struct xbits_options *options, struct xbits_manager **manager_out);

/* Every call of the port stands between these two; closing waits for the last one to leave.
 * Results: XBITS_S_OK; XBITS_E_ABORT (closing or closed). */
xbits_result manager_enter(struct xbits_manager *manager,
                           struct backend_connection **connection_out);
void manager_leave(struct xbits_manager *manager);

/* A job handle keeps the manager's memory, not its connection, until it is closed itself: what is
 * open when the manager closes is released then. True: the job is still held. */
void manager_add_handle(struct xbits_manager *manager, struct xbits_job *job);
bool manager_remove_handle(struct xbits_manager *manager, struct xbits_job *job);
void manager_drop_reference(struct xbits_manager *manager);

#endif
