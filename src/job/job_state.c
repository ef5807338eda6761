/* SPDX-License-Identifier: MIT */
#include "job/job_state.h"

#include <assert.h>

#define RUNNING (XBITS_IN(QUEUED) | XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING))
#define STOPPED                                                                                    \
    (XBITS_IN(SUSPENDED) | XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR) | XBITS_IN(TRANSFERRED))
#define OPEN      (RUNNING | STOPPED)
#define ON_A_TURN (XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING))

#define MOVE(from, types, trigger, to, source)                                                     \
    {                                                                                              \
        (from), TYPES_##types, TRIGGER_##trigger, XBITS_STATE_##to, source                         \
    }

/*
 * Every legal move. A state, type and trigger that no row names is refused. Guards that need more
 * than these three come before the table: Resume needs a file, and on a TRANSFERRED job without new
 * files it succeeds and moves nothing. A Complete that cannot rename moves no TRANSFERRED job. The
 * sources are sections of the BITS client specification and the pages of Microsoft's reference.
 */
static const struct job_move moves[] = {
    /* The caller asks. */
    MOVE(STOPPED, ANY, RESUME, QUEUED, "2.4, IBackgroundCopyJob::Resume"),
    MOVE(XBITS_IN(QUEUED), ANY, RESUME, QUEUED, "2.4, IBackgroundCopyJob::Resume"),
    MOVE(XBITS_IN(CONNECTING), ANY, RESUME, CONNECTING, "2.4, IBackgroundCopyJob::Resume"),
    MOVE(XBITS_IN(TRANSFERRING), ANY, RESUME, TRANSFERRING, "2.4, IBackgroundCopyJob::Resume"),
    MOVE(OPEN, ANY, SUSPEND, SUSPENDED, "2.3, Life Cycle of a BITS Job"),
    MOVE(OPEN, DOWNLOADS, COMPLETE, ACKNOWLEDGED, "2.5, IBackgroundCopyJob::Complete"),
    MOVE(XBITS_IN(TRANSFERRED), UPLOADS, COMPLETE, ACKNOWLEDGED,
         "2.5, IBackgroundCopyJob::Complete"),
    MOVE(OPEN, ANY, CANCEL, CANCELLED, "2.6, IBackgroundCopyJob::Cancel"),
    /* The caller judges the content. */
    MOVE(OPEN & ~XBITS_IN(ERROR), DOWNLOADS, CONTENT_REFUSED, ERROR,
         "8.11, IBackgroundCopyFile3::SetValidationState"),
    /* The engine reports. */
    MOVE(XBITS_IN(QUEUED), ANY, TURN_CAME, CONNECTING, "2.2, BG_JOB_STATE"),
    MOVE(XBITS_IN(CONNECTING), ANY, CONNECTED, TRANSFERRING, "2.2, BG_JOB_STATE"),
    MOVE(ON_A_TURN, ANY, TURN_ENDED, QUEUED, "2.2, Life Cycle of a BITS Job"),
    MOVE(RUNNING, ANY, ALL_TRANSFERRED, TRANSFERRED, "2.2, BG_JOB_STATE"),
    MOVE(RUNNING, ANY, TRANSIENT_FAILURE, TRANSIENT_ERROR, "2.2, BG_JOB_STATE"),
    MOVE(XBITS_IN(TRANSIENT_ERROR), ANY, RETRY_DUE, QUEUED,
         "2.8, IBackgroundCopyJob::SetMinimumRetryDelay"),
    MOVE(RUNNING | XBITS_IN(TRANSIENT_ERROR), ANY, FATAL_FAILURE, ERROR,
         "2.2, 2.7, 2.8, BG_JOB_STATE"),
    MOVE(OPEN & ~XBITS_IN(TRANSFERRED), DOWNLOADS, RENAME_FAILED, SUSPENDED,
         "2.5, IBackgroundCopyJob::Complete"),
    MOVE(OPEN, DOWNLOADS, RENAME_FAILED_WHOLE, TRANSFERRED, "2.5, IBackgroundCopyJob::Complete"),
    MOVE(XBITS_IN(TRANSFERRING), DOWNLOADS, RANGES_FILLED, SUSPENDED,
         "2.2, IBackgroundCopyFile6::RequestFileRanges"),
    MOVE(OPEN, ANY, INACTIVE, CANCELLED, "2.8, Group Policies: JobInactivityTimeout"),
};

#define MOVE_COUNT (sizeof moves / sizeof moves[0])

static const char *const trigger_names[JOB_TRIGGER_COUNT] = {
    [TRIGGER_RESUME] = "RESUME",
    [TRIGGER_SUSPEND] = "SUSPEND",
    [TRIGGER_COMPLETE] = "COMPLETE",
    [TRIGGER_CANCEL] = "CANCEL",
    [TRIGGER_CONTENT_REFUSED] = "CONTENT_REFUSED",
    [TRIGGER_TURN_CAME] = "TURN_CAME",
    [TRIGGER_CONNECTED] = "CONNECTED",
    [TRIGGER_TURN_ENDED] = "TURN_ENDED",
    [TRIGGER_ALL_TRANSFERRED] = "ALL_TRANSFERRED",
    [TRIGGER_TRANSIENT_FAILURE] = "TRANSIENT_FAILURE",
    [TRIGGER_RETRY_DUE] = "RETRY_DUE",
    [TRIGGER_FATAL_FAILURE] = "FATAL_FAILURE",
    [TRIGGER_RENAME_FAILED] = "RENAME_FAILED",
    [TRIGGER_RENAME_FAILED_WHOLE] = "RENAME_FAILED_WHOLE",
    [TRIGGER_RANGES_FILLED] = "RANGES_FILLED",
    [TRIGGER_INACTIVE] = "INACTIVE",
};

const struct job_move *job_move_at(size_t index)
{
    return index < MOVE_COUNT ? &moves[index] : NULL;
}

bool job_state_after(enum xbits_job_state state, enum xbits_job_type type, enum job_trigger trigger,
                     enum xbits_job_state *after_out)
{
    assert((unsigned)state < XBITS_STATE_COUNT && (unsigned)type < XBITS_TYPE_COUNT);
    for (size_t i = 0; i < MOVE_COUNT; i++) {
        const struct job_move *move = &moves[i];

        if (move->trigger == trigger && (move->type_set >> type & 1u) != 0 &&
            job_state_is_in(state, move->from_set)) {
            *after_out = move->to;
            return true;
        }
    }
    return false;
}

/* The states one move away from any state of the set, and the set itself. */
static unsigned step_from(unsigned set, enum xbits_job_type type)
{
    unsigned next = set;

    for (size_t i = 0; i < MOVE_COUNT; i++) {
        if ((moves[i].from_set & set) != 0 && (moves[i].type_set >> type & 1u) != 0)
            next |= 1u << moves[i].to;
    }
    return next;
}

bool job_state_is_reachable(enum xbits_job_state from, enum xbits_job_state to,
                            enum xbits_job_type type)
{
    unsigned seen = 1u << from;

    for (;;) {
        unsigned next = step_from(seen, type);

        if (next == seen)
            return job_state_is_in(to, seen);
        seen = next;
    }
}

const char *job_trigger_name(enum job_trigger trigger)
{
    return (unsigned)trigger < JOB_TRIGGER_COUNT ? trigger_names[trigger] : "unknown";
}
