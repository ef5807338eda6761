/* SPDX-License-Identifier: MIT */
#include "job/manager.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/log.h"
#include "base/thread.h"
#include "job/job.h"

struct xbits_manager {
    const char *backend_name;
    struct backend_connection *connection; /* NULL once closed. */
    struct mutex *mutex;                   /* Guards what follows. */
    struct condition *idle;                /* No call is in the port. */
    size_t calls;                          /* Calls in the port right now. */
    size_t references;                     /* The caller's, and one a job handle. */
    struct xbits_job *handles;             /* Open ones. */
    bool is_closing;
};

static void free_manager(struct xbits_manager *manager)
{
    if (manager == NULL)
        return;
    condition_free(manager->idle);
    mutex_free(manager->mutex);
    free(manager);
}

static xbits_result new_manager(const char *backend_name, struct xbits_manager **manager_out)
{
    struct xbits_manager *manager = calloc(1, sizeof *manager);

    if (manager != NULL) {
        manager->mutex = mutex_new();
        manager->idle = condition_new();
    }
    if (manager == NULL || manager->mutex == NULL || manager->idle == NULL) {
        free_manager(manager);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a manager");
    }
    manager->backend_name = backend_name;
    manager->references = 1;
    *manager_out = manager;
    return XBITS_S_OK;
}

static xbits_result check_options(const struct xbits_options *options)
{
    TRY(argument_struct("xbits_options", options->size, sizeof *options));
    TRY(argument_optional_text("the backend's name", options->backend));
    TRY(argument_optional_text("the principal", options->principal));
    TRY(argument_optional_text("the source", options->source));
    TRY(argument_optional_text("the queue", options->queue));
    for (size_t i = 0; options->settings != NULL && options->settings[i] != NULL; i++)
        TRY(argument_text("a setting", options->settings[i]));
    if (options->clock != XBITS_CLOCK_SYSTEM && options->clock != XBITS_CLOCK_VIRTUAL)
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no clock", (int)options->clock);
    if ((unsigned)options->access > XBITS_ACCESS_READ)
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no access", (int)options->access);
    return XBITS_S_OK;
}

static xbits_result choose(const struct known_backend *known, size_t count, const char *name,
                           const struct known_backend **chosen_out)
{
    for (size_t i = 0; i < count; i++) {
        if (name != NULL && strcmp(known[i].info.name, name) != 0)
            continue;
        if (known[i].backend == NULL)
            return xbits_fail(XBITS_E_INVALIDARG, "the engine \"%s\" is not in this build",
                              known[i].info.name);
        *chosen_out = &known[i];
        return XBITS_S_OK;
    }
    return xbits_fail(XBITS_E_INVALIDARG, "there is no engine \"%s\"", name == NULL ? "" : name);
}

/* Opens a connection of the engine, with the trace around it when somebody wants one. */
static xbits_result connect_to(const struct backend *backend, const struct xbits_options *options,
                               struct backend_connection **connection_out)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(backend->open(options, &connection));
    if (!log_is_traced(LOG_BACKEND)) {
        *connection_out = connection;
        return XBITS_S_OK;
    }
    result = backend_trace_wrap(connection, connection_out);
    if (XBITS_FAILED(result))
        connection->backend->close(connection);
    return result;
}

xbits_result manager_open(const struct known_backend *known, size_t count,
                          const struct xbits_options *options, struct xbits_manager **manager_out)
{
    struct xbits_options defaults;
    struct xbits_manager *manager = NULL;
    const struct known_backend *chosen;
    xbits_result result;

    XBITS_INIT(&defaults);
    if (options == NULL)
        options = &defaults;
    TRY(argument_pointer("manager_out", manager_out));
    TRY(check_options(options));
    TRY(choose(known, count, options->backend, &chosen));
    TRY(new_manager(chosen->info.name, &manager));
    result = connect_to(chosen->backend, options, &manager->connection);
    if (XBITS_FAILED(result)) {
        free_manager(manager);
        return result;
    }
    *manager_out = manager;
    return XBITS_S_OK;
}

void manager_add_handle(struct xbits_manager *manager, struct xbits_job *job)
{
    mutex_lock(manager->mutex);
    manager->references++;
    job->next = manager->handles;
    if (job->next != NULL)
        job->next->previous = job;
    manager->handles = job;
    mutex_unlock(manager->mutex);
}

/* The manager's mutex is held. */
static bool take_out(struct xbits_manager *manager, struct xbits_job *job)
{
    bool is_listed = job->previous != NULL || manager->handles == job;

    if (!is_listed)
        return false;
    if (job->previous != NULL)
        job->previous->next = job->next;
    else
        manager->handles = job->next;
    if (job->next != NULL)
        job->next->previous = job->previous;
    job->next = NULL;
    job->previous = NULL;
    return true;
}

bool manager_remove_handle(struct xbits_manager *manager, struct xbits_job *job)
{
    bool was_listed;

    mutex_lock(manager->mutex);
    was_listed = take_out(manager, job);
    mutex_unlock(manager->mutex);
    return was_listed;
}

void manager_drop_reference(struct xbits_manager *manager)
{
    bool is_last;

    mutex_lock(manager->mutex);
    is_last = --manager->references == 0;
    mutex_unlock(manager->mutex);
    if (is_last)
        free_manager(manager);
}

xbits_result manager_enter(struct xbits_manager *manager,
                           struct backend_connection **connection_out)
{
    bool is_open;

    assert(manager != NULL);
    mutex_lock(manager->mutex);
    is_open = !manager->is_closing;
    if (is_open)
        manager->calls++;
    mutex_unlock(manager->mutex);
    if (!is_open)
        return xbits_fail(XBITS_E_ABORT, "the manager is closed");
    *connection_out = manager->connection;
    return XBITS_S_OK;
}

void manager_leave(struct xbits_manager *manager)
{
    mutex_lock(manager->mutex);
    assert(manager->calls > 0);
    if (--manager->calls == 0)
        condition_broadcast(manager->idle);
    mutex_unlock(manager->mutex);
}

/* Lets nobody in any more, wakes who waits inside, and waits until all have left. */
static void drain(struct xbits_manager *manager)
{
    mutex_lock(manager->mutex);
    manager->is_closing = true;
    mutex_unlock(manager->mutex);

    manager->connection->backend->interrupt(manager->connection);

    mutex_lock(manager->mutex);
    while (manager->calls > 0)
        condition_wait(manager->idle, manager->mutex);
    mutex_unlock(manager->mutex);
}

static bool take_first(struct xbits_manager *manager, struct xbits_id *id_out)
{
    struct xbits_job *job;

    mutex_lock(manager->mutex);
    job = manager->handles;
    if (job != NULL) {
        *id_out = job->id;
        (void)take_out(manager, job);
    }
    mutex_unlock(manager->mutex);
    return job != NULL;
}

/* An engine that others share must not keep jobs for who is gone. */
static void release_handles(struct xbits_manager *manager)
{
    struct xbits_id id;

    while (take_first(manager, &id))
        manager->connection->backend->release_job(manager->connection, &id);
}

void xbits_manager_close(struct xbits_manager *manager)
{
    if (manager == NULL)
        return;
    drain(manager);
    release_handles(manager);
    manager->connection->backend->close(manager->connection);
    manager->connection = NULL;
    manager_drop_reference(manager);
}

const char *xbits_manager_backend_name(const struct xbits_manager *manager)
{
    return manager->backend_name;
}

int64_t xbits_manager_time(struct xbits_manager *manager)
{
    struct backend_connection *connection;
    int64_t utc;

    if (XBITS_FAILED(manager_enter(manager, &connection)))
        return 0;
    utc = connection->backend->utc(connection);
    manager_leave(manager);
    return utc;
}

xbits_result xbits_manager_owner(struct xbits_manager *manager, uint64_t *process_id_out)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(argument_pointer("process_id_out", process_id_out));
    TRY(manager_enter(manager, &connection));
    result = connection->backend->read_owner(connection, process_id_out);
    manager_leave(manager);
    return result;
}

xbits_result xbits_manager_wake(struct xbits_manager *manager)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(manager, &connection));
    result = connection->backend->wake(connection);
    manager_leave(manager);
    return result;
}

xbits_result xbits_manager_visit_jobs(struct xbits_manager *manager, enum xbits_list_scope scope,
                                      xbits_job_visit *visit, void *user)
{
    struct backend_connection *connection;
    xbits_result result;

    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "visit is NULL");
    TRY(manager_enter(manager, &connection));
    result = connection->backend->read_jobs(connection, scope, visit, user);
    manager_leave(manager);
    return result;
}
