/* SPDX-License-Identifier: MIT */
#include "job/job.h"

#include <assert.h>

#include "base/argument.h"
#include "job/snapshot.h"

void job_lend_snapshot(struct xbits_job *job, const struct xbits_job_snapshot *copy,
                       struct xbits_job_snapshot *snapshot_out)
{
    const size_t size = snapshot_out->size;

    mutex_lock(job->mutex);
    xbits_job_snapshot_dispose(&job->snapshot);
    job->snapshot = *copy;
    mutex_unlock(job->mutex);
    *snapshot_out = *copy;
    snapshot_out->size = size;
    snapshot_out->owned = NULL;
}

struct copying {
    xbits_result result;
    struct xbits_job_snapshot copy;
};

static bool copy_visited(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct copying *copying = user;

    copying->result = xbits_job_snapshot_copy(snapshot, &copying->copy);
    return false;
}

/* The caller disposes the copy. */
static xbits_result read_copy(struct xbits_job *job, struct xbits_job_snapshot *copy_out)
{
    struct copying copying = { .result = XBITS_S_OK };
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->read_job(connection, &job->id, copy_visited, &copying);
    manager_leave(job->manager);
    if (XBITS_SUCCEEDED(result))
        result = copying.result;
    if (XBITS_FAILED(result)) {
        xbits_job_snapshot_dispose(&copying.copy);
        return result;
    }
    *copy_out = copying.copy;
    return XBITS_S_OK;
}

xbits_result xbits_job_read(struct xbits_job *job, struct xbits_job_snapshot *snapshot_out)
{
    struct xbits_job_snapshot copy;

    assert(job != NULL);
    TRY(argument_pointer("snapshot_out", snapshot_out));
    TRY(argument_struct("snapshot_out", snapshot_out->size, sizeof *snapshot_out));
    TRY(read_copy(job, &copy));
    job_lend_snapshot(job, &copy, snapshot_out);
    return XBITS_S_OK;
}

xbits_result xbits_job_get_error(struct xbits_job *job, struct xbits_job_error *error_out)
{
    struct xbits_job_snapshot snapshot;

    TRY(argument_pointer("error_out", error_out));
    XBITS_INIT(&snapshot);
    TRY(xbits_job_read(job, &snapshot));
    if (!snapshot.has_error)
        return xbits_fail(XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE,
                          "the job has no error: it is %s", xbits_state_name(snapshot.state));
    *error_out = snapshot.error;
    return XBITS_S_OK;
}
