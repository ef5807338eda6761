/* SPDX-License-Identifier: MIT */
#include "xbits/file.h"

#include <assert.h>
#include <inttypes.h>

#include "base/argument.h"
#include "job/job.h"
#include "job/snapshot.h"

static xbits_result visit_files(struct xbits_job *job, uint32_t first, uint32_t count,
                                xbits_file_visit *visit, void *user)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->read_files(connection, &job->id, first, count, visit, user);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_visit_files(struct xbits_job *job, xbits_file_visit *visit, void *user)
{
    assert(job != NULL);
    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "visit is NULL");
    return visit_files(job, 0, XBITS_FILE_NONE, visit, user);
}

struct copying {
    bool is_found;
    xbits_result result;
    struct xbits_file_snapshot copy;
};

static bool copy_visited(const struct xbits_file_snapshot *snapshot, void *user)
{
    struct copying *copying = user;

    copying->is_found = true;
    copying->result = file_snapshot_copy(snapshot, &copying->copy);
    return false;
}

static xbits_result read_copy(struct xbits_job *job, uint32_t file,
                              struct xbits_file_snapshot *copy_out)
{
    struct copying copying = { .result = XBITS_S_OK };
    xbits_result result = visit_files(job, file, 1, copy_visited, &copying);

    if (XBITS_SUCCEEDED(result))
        result = copying.result;
    if (XBITS_FAILED(result)) {
        file_snapshot_dispose(&copying.copy);
        return result;
    }
    if (!copying.is_found)
        return xbits_fail(XBITS_BG_E_FILE_NOT_AVAILABLE, "the job has no file %" PRIu32, file);
    *copy_out = copying.copy;
    return XBITS_S_OK;
}

void job_lend_file(struct xbits_job *job, const struct xbits_file_snapshot *copy,
                   struct xbits_file_snapshot *snapshot_out)
{
    const size_t size = snapshot_out->size;

    mutex_lock(job->mutex);
    file_snapshot_dispose(&job->file);
    job->file = *copy;
    mutex_unlock(job->mutex);
    *snapshot_out = *copy;
    snapshot_out->size = size;
    snapshot_out->owned = NULL;
}

xbits_result xbits_job_read_file(struct xbits_job *job, uint32_t file,
                                 struct xbits_file_snapshot *snapshot_out)
{
    struct xbits_file_snapshot copy;

    assert(job != NULL);
    TRY(argument_pointer("snapshot_out", snapshot_out));
    TRY(argument_struct("snapshot_out", snapshot_out->size, sizeof *snapshot_out));
    TRY(read_copy(job, file, &copy));
    job_lend_file(job, &copy, snapshot_out);
    return XBITS_S_OK;
}

xbits_result xbits_job_get_file(struct xbits_job *job, uint32_t file,
                                enum xbits_file_property property, struct xbits_value *value_out)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(argument_pointer("value_out", value_out));
    TRY(manager_enter(job->manager, &connection));
    result =
        connection->backend->get_file_property(connection, &job->id, file, property, value_out);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_set_file(struct xbits_job *job, uint32_t file,
                                enum xbits_file_property property, const struct xbits_value *value)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(argument_value(value));
    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->set_file_property(connection, &job->id, file, property, value);
    manager_leave(job->manager);
    return result;
}
