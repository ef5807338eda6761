/* SPDX-License-Identifier: MIT */
#include "job/job.h"

#include <assert.h>
#include <stdlib.h>

#include "base/argument.h"
#include "job/snapshot.h"

static void free_job(struct xbits_job *job)
{
    xbits_job_snapshot_dispose(&job->snapshot);
    file_snapshot_dispose(&job->file);
    mutex_free(job->mutex);
    free(job);
}

static xbits_result new_job(struct xbits_manager *manager, struct xbits_job **job_out)
{
    struct xbits_job *job = calloc(1, sizeof *job);
    struct mutex *mutex = mutex_new();

    if (job == NULL || mutex == NULL) {
        mutex_free(mutex);
        free(job);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a job handle");
    }
    job->manager = manager;
    job->mutex = mutex;
    *job_out = job;
    return XBITS_S_OK;
}

/* The handle is made first: a job that nobody can hold must not stay behind. */
static xbits_result give_handle(struct xbits_job *job, xbits_result result,
                                struct xbits_job **job_out)
{
    if (XBITS_FAILED(result)) {
        free_job(job);
        return result;
    }
    manager_add_handle(job->manager, job);
    *job_out = job;
    return result;
}

static xbits_result create_held(struct xbits_job *job, const char *display_name,
                                enum xbits_job_type type)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->create_job(connection, display_name, type, &job->id);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_create(struct xbits_manager *manager, const char *display_name,
                              enum xbits_job_type type, struct xbits_job **job_out)
{
    struct xbits_job *job;

    TRY(argument_pointer("job_out", job_out));
    TRY(argument_text("the display name", display_name));
    TRY(new_job(manager, &job));
    return give_handle(job, create_held(job, display_name, type), job_out);
}

static xbits_result hold(struct xbits_job *job)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->hold_job(connection, &job->id);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_open(struct xbits_manager *manager, const struct xbits_id *id,
                            struct xbits_job **job_out)
{
    struct xbits_job *job;

    TRY(argument_pointer("job_out", job_out));
    TRY(argument_pointer("the id", id));
    TRY(new_job(manager, &job));
    job->id = *id;
    return give_handle(job, hold(job), job_out);
}

void xbits_job_close(struct xbits_job *job)
{
    struct backend_connection *connection;
    struct xbits_manager *manager;
    bool is_held;

    if (job == NULL)
        return;
    manager = job->manager;
    is_held = manager_remove_handle(manager, job);
    if (is_held && XBITS_SUCCEEDED(manager_enter(manager, &connection))) {
        connection->backend->release_job(connection, &job->id);
        manager_leave(manager);
    }
    free_job(job);
    manager_drop_reference(manager);
}

const struct xbits_id *xbits_job_id(const struct xbits_job *job)
{
    return &job->id;
}

static xbits_result check_files(const struct xbits_file_spec *files, size_t count)
{
    if (files == NULL || count == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "there is no file to add");
    for (size_t i = 0; i < count; i++) {
        TRY(argument_text("the remote name", files[i].remote_name));
        TRY(argument_text("the local name", files[i].local_name));
        if (files[i].ranges != NULL && count > 1)
            return xbits_fail(XBITS_E_INVALIDARG, "a file with ranges is added alone");
        if (files[i].ranges == NULL && files[i].range_count > 0)
            return xbits_fail(XBITS_E_INVALIDARG, "the ranges of a file are NULL");
    }
    return XBITS_S_OK;
}

xbits_result xbits_job_add_files(struct xbits_job *job, const struct xbits_file_spec *files,
                                 size_t count)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(check_files(files, count));
    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->add_files(connection, &job->id, files, count);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_add_file(struct xbits_job *job, const char *remote_name,
                                const char *local_name)
{
    const struct xbits_file_spec file = { .remote_name = remote_name, .local_name = local_name };

    return xbits_job_add_files(job, &file, 1);
}

static xbits_result ask(struct xbits_job *job, enum backend_request request)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->ask(connection, &job->id, request);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_resume(struct xbits_job *job)
{
    return ask(job, REQUEST_RESUME);
}

xbits_result xbits_job_suspend(struct xbits_job *job)
{
    return ask(job, REQUEST_SUSPEND);
}

xbits_result xbits_job_complete(struct xbits_job *job)
{
    return ask(job, REQUEST_COMPLETE);
}

xbits_result xbits_job_cancel(struct xbits_job *job)
{
    return ask(job, REQUEST_CANCEL);
}

xbits_result xbits_job_get(struct xbits_job *job, enum xbits_job_property property,
                           struct xbits_value *value_out)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(argument_pointer("value_out", value_out));
    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->get_job_property(connection, &job->id, property, value_out);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_set(struct xbits_job *job, enum xbits_job_property property,
                           const struct xbits_value *value)
{
    struct backend_connection *connection;
    xbits_result result;

    assert(job != NULL);
    TRY(argument_value(value));
    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->set_job_property(connection, &job->id, property, value);
    manager_leave(job->manager);
    return result;
}
