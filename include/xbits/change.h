/* SPDX-License-Identifier: MIT */
#ifndef XBITS_CHANGE_H
#define XBITS_CHANGE_H

#include "xbits/manager.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Changes say *that* a job is other than when this reader last looked; reading it says how. They
 * are coalesced per job and independent of notification flags.
 */
enum xbits_change_kind {
    XBITS_CHANGE_JOB = 1,   /* The job named by id was created or changed. */
    XBITS_CHANGE_GONE = 2,  /* The job named by id is final and forgotten. */
    XBITS_CHANGE_RESYNC = 3 /* The reader fell behind: list the jobs again. */
};

struct xbits_change {
    size_t size; /* Set by XBITS_INIT. */
    enum xbits_change_kind kind;
    struct xbits_id id;
    enum xbits_job_state state;
};

/* One reader's place. Zero: before everything, so each present job comes once.
 * XBITS_CURSOR_NOW: after everything so far; the first call puts the newest place there. A place
 * from before the queue was opened has fallen behind. */
struct xbits_cursor {
    uint64_t position;
};
#define XBITS_CURSOR_NOW UINT64_MAX

/*
 * Waits at most wait_ms of the manager's clock for a change after the cursor and moves the cursor
 * past it. wait_ms 0 only looks.
 * Results: XBITS_S_OK; XBITS_S_FALSE (nothing new); XBITS_E_INVALIDARG (NULL, or XBITS_INIT was
 * forgotten); XBITS_E_ABORT (manager closing).
 */
XBITS_API xbits_result xbits_manager_next_change(struct xbits_manager *manager,
                                                 struct xbits_cursor *cursor, uint64_t wait_ms,
                                                 struct xbits_change *change_out);

#ifdef __cplusplus
}
#endif

#endif
