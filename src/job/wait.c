/* SPDX-License-Identifier: MIT */
#include "job/job.h"

#include <assert.h>
#include <inttypes.h>

#include "base/argument.h"
#include "job/deadline.h"
#include "job/job_state.h"
#include "job/snapshot.h"

/* One wait. The copy is of the read that ended it, so that its fields agree with the answer. */
struct wait {
    struct backend_connection *connection;
    const struct xbits_id *id;
    uint32_t states;
    uint64_t until_ms;
    bool is_over;               /* The time is over: one last look. */
    enum xbits_job_state state; /* As last read. */
    xbits_result result;        /* Of the last copy. */
    struct xbits_job_snapshot copy;
};

static bool look(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct wait *wait = user;

    xbits_job_snapshot_dispose(&wait->copy);
    wait->state = snapshot->state;
    wait->result = xbits_job_snapshot_copy(snapshot, &wait->copy);
    return false;
}

static xbits_result read_now(struct wait *wait)
{
    struct backend_connection *connection = wait->connection;

    TRY(connection->backend->read_job(connection, wait->id, look, wait));
    return wait->result;
}

/* Waits for news of this job alone; S_FALSE when the time is over. */
static xbits_result next_news(const struct wait *wait, struct xbits_cursor *cursor,
                              uint64_t until_ms)
{
    struct backend_connection *connection = wait->connection;
    struct xbits_change change;
    xbits_result result;

    do {
        XBITS_INIT(&change);
        result = connection->backend->next_change(connection, cursor, until_ms, &change);
    } while (result == XBITS_S_OK && change.kind != XBITS_CHANGE_RESYNC &&
             !xbits_id_equal(&change.id, wait->id));
    return result;
}

static xbits_result time_out(const struct wait *wait)
{
    return xbits_fail(XBITS_ERROR_TIMEOUT, "the job is still %s when the time is over",
                      xbits_state_name(wait->state));
}

/*
 * The cursor is placed before the first look: what happens between a look and the next wait is
 * behind the cursor, so it is never missed.
 */
static xbits_result wait_for_state(struct wait *wait)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    xbits_result news = next_news(wait, &cursor, 0);

    for (;;) {
        TRY(news);
        TRY(read_now(wait));
        if (job_state_is_in(wait->state, wait->states))
            return XBITS_S_OK;
        if (job_state_is_in(wait->state, XBITS_STATES_FINAL))
            return xbits_fail(XBITS_BG_E_INVALID_STATE, "the job is %s and will not change again",
                              xbits_state_name(wait->state));
        if (wait->is_over)
            return time_out(wait);
        news = next_news(wait, &cursor, wait->until_ms);
        wait->is_over = news == XBITS_S_FALSE;
    }
}

xbits_result xbits_job_wait(struct xbits_job *job, uint32_t states, uint64_t timeout_ms,
                            struct xbits_job_snapshot *snapshot_out)
{
    struct wait wait = { .id = &job->id, .states = states };
    xbits_result result;

    if ((states & (XBITS_STATES_OPEN | XBITS_STATES_FINAL)) == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "there is no state in the set 0x%" PRIX32, states);
    if (snapshot_out != NULL)
        TRY(argument_struct("snapshot_out", snapshot_out->size, sizeof *snapshot_out));
    TRY(manager_enter(job->manager, &wait.connection));
    wait.until_ms = deadline_after(wait.connection, timeout_ms);
    result = wait_for_state(&wait);
    manager_leave(job->manager);

    if (snapshot_out != NULL && wait.copy.owned != NULL && result != XBITS_E_ABORT)
        job_lend_snapshot(job, &wait.copy, snapshot_out);
    else
        xbits_job_snapshot_dispose(&wait.copy);
    return result;
}
