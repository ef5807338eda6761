/* SPDX-License-Identifier: MIT */
#ifndef XBITS_NOTIFICATION_H
#define XBITS_NOTIFICATION_H

#include "xbits/job.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Notifications are what IBackgroundCopyCallback tells: chosen by XBITS_JOB_NOTIFY_FLAGS, in order,
 * each due until it is answered, also across a restart (SetNotifyInterface page). To follow a job's
 * progress use changes (xbits/change.h): they are cheaper and never lost.
 */
enum xbits_notification_kind {
    XBITS_NOTIFICATION_JOB_TRANSFERRED = 0,
    XBITS_NOTIFICATION_JOB_ERROR = 1,
    XBITS_NOTIFICATION_JOB_MODIFICATION = 2,
    XBITS_NOTIFICATION_FILE_TRANSFERRED = 3,
    XBITS_NOTIFICATION_FILE_RANGES_TRANSFERRED = 4,
    XBITS_NOTIFICATION_SERVER_CERTIFICATE = 5
};

struct xbits_notification {
    size_t size; /* Set by XBITS_INIT. */
    uint64_t id; /* What xbits_notification_answer takes. */
    enum xbits_notification_kind kind;
    struct xbits_id job;
    uint32_t file; /* FILE_TRANSFERRED: which; else XBITS_FILE_NONE. */
};

/*
 * Makes this manager the subscriber of the job (SetNotifyInterface), in place of another one; it
 * stays so until unsubscribe, or until the manager closes. What is due already is delivered at
 * once. Results: XBITS_S_OK; XBITS_BG_E_INVALID_STATE (final); XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_job_subscribe(struct xbits_job *job);

/* Results: XBITS_S_OK; XBITS_S_FALSE (was not the subscriber); XBITS_E_ABORT. */
XBITS_API xbits_result xbits_job_unsubscribe(struct xbits_job *job);

/*
 * Waits at most wait_ms of the manager's clock for a notification of a job that this manager
 * subscribed to. At most four are delivered and unanswered at a time. Results: XBITS_S_OK;
 * XBITS_S_FALSE (none); XBITS_E_INVALIDARG; XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_manager_next_notification(struct xbits_manager *manager,
                                                       uint64_t wait_ms,
                                                       struct xbits_notification *notification_out);

/*
 * Answers a delivered notification. A success ends it; a failure makes the job's command line run
 * instead, or without one makes it due again after 60 s of the manager's clock. Results:
 * XBITS_S_OK; XBITS_BG_E_NOT_FOUND (no such notification is awaiting an answer of this manager, or
 * its job is gone); XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_notification_answer(struct xbits_manager *manager, uint64_t id,
                                                 xbits_result answer);

#ifdef __cplusplus
}
#endif

#endif
