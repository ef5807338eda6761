/* SPDX-License-Identifier: MIT */
#ifndef JOB_STATE_H
#define JOB_STATE_H

#include "xbits/snapshot.h"

/* What can happen to a job. The first four are the caller's requests, in the port's order. */
enum job_trigger {
    TRIGGER_RESUME,
    TRIGGER_SUSPEND,
    TRIGGER_COMPLETE,
    TRIGGER_CANCEL,
    TRIGGER_CONTENT_REFUSED, /* SetValidationState(FALSE), data from the origin */
    TRIGGER_TURN_CAME,
    TRIGGER_CONNECTED,
    TRIGGER_TURN_ENDED,
    TRIGGER_ALL_TRANSFERRED,
    TRIGGER_TRANSIENT_FAILURE,
    TRIGGER_RETRY_DUE,
    TRIGGER_FATAL_FAILURE,
    TRIGGER_RENAME_FAILED, /* Complete could not publish a file, and not every file is whole */
    TRIGGER_RENAME_FAILED_WHOLE, /* ... and every file is */
    TRIGGER_RANGES_FILLED,       /* on-demand: all asked for, file not whole */
    TRIGGER_INACTIVE             /* JobInactivityTimeout */
};
#define JOB_TRIGGER_COUNT 16

#define TYPE_BIT(type)  (1u << (XBITS_TYPE_##type))
#define TYPES_DOWNLOADS TYPE_BIT(DOWNLOAD)
#define TYPES_UPLOADS   (TYPE_BIT(UPLOAD) | TYPE_BIT(UPLOAD_REPLY))
#define TYPES_ANY       (TYPES_DOWNLOADS | TYPES_UPLOADS)

/* A legal move: in these states, for these types, this trigger leads there. */
struct job_move {
    unsigned from_set;
    unsigned type_set;
    enum job_trigger trigger;
    enum xbits_job_state to;
    const char *source; /* Section of the spec or page the row comes from. */
};

/* The table, for the simulator, the suite's oracle and docs/job-states.md. */
const struct job_move *job_move_at(size_t index); /* NULL past the last. */

/* False: not legal there (BG_E_INVALID_STATE when a caller asked). */
bool job_state_after(enum xbits_job_state state, enum xbits_job_type type, enum job_trigger trigger,
                     enum xbits_job_state *after_out);

/* Can a reader that last saw `from` see `to` next, any number of moves later? */
bool job_state_is_reachable(enum xbits_job_state from, enum xbits_job_state to,
                            enum xbits_job_type type);

static inline bool job_state_is_in(enum xbits_job_state state, uint32_t set)
{
    return (set >> state & 1u) != 0;
}

const char *job_trigger_name(enum job_trigger trigger); /* "TURN_CAME" */

#endif
