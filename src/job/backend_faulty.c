/* SPDX-License-Identifier: MIT */
#include "job/backend.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/thread.h"

struct planned_fault {
    struct planned_fault *next;
    char *slot;
    uint64_t nth;
    uint64_t calls; /* Of the slot since the fault was added. */
    bool after;
    xbits_result result;
};

struct faulty_connection {
    struct backend_connection base;
    struct backend_connection *inner;
    struct mutex *mutex; /* Guards the faults. */
    struct planned_fault *faults;
};

/* One call on its way, and what is planned for it. */
struct faulty_call {
    struct backend_connection *inner;
    const char *slot;
    bool fails_before;
    bool fails_after;
    xbits_result result;
};

static bool is_due(struct planned_fault *fault, const char *slot)
{
    if (strcmp(fault->slot, "*") != 0 && strcmp(fault->slot, slot) != 0)
        return false;
    fault->calls++;
    return fault->nth == 0 || fault->calls == fault->nth;
}

/* Every fault counts every call, also when an earlier one is due already. */
static struct faulty_call start(struct backend_connection *connection, const char *slot)
{
    struct faulty_connection *faulty = (struct faulty_connection *)connection;
    struct faulty_call call = { .inner = faulty->inner, .slot = slot };

    mutex_lock(faulty->mutex);
    for (struct planned_fault *fault = faulty->faults; fault != NULL; fault = fault->next) {
        if (!is_due(fault, slot) || call.fails_before || call.fails_after)
            continue;
        call.fails_before = !fault->after;
        call.fails_after = fault->after;
        call.result = fault->result;
    }
    mutex_unlock(faulty->mutex);
    return call;
}

static xbits_result fail_call(const struct faulty_call *call)
{
    return xbits_fail(call->result, "%s fails as planned, %s it was carried out", call->slot,
                      call->fails_after ? "after" : "before");
}

static xbits_result end(const struct faulty_call *call, xbits_result result)
{
    return call->fails_after ? fail_call(call) : result;
}

/* A value that the failing caller never sees is freed here. */
static xbits_result end_with_value(const struct faulty_call *call, xbits_result result,
                                   struct xbits_value *value, struct xbits_value *value_out)
{
    if (XBITS_FAILED(result))
        return result;
    if (call->fails_after) {
        xbits_value_dispose(value);
        return fail_call(call);
    }
    *value_out = *value;
    return result;
}

static void free_faults(struct faulty_connection *faulty)
{
    while (faulty->faults != NULL) {
        struct planned_fault *fault = faulty->faults;

        faulty->faults = fault->next;
        free(fault->slot);
        free(fault);
    }
}

static void faulty_close(struct backend_connection *connection)
{
    struct faulty_connection *faulty = (struct faulty_connection *)connection;

    faulty->inner->backend->close(faulty->inner);
    free_faults(faulty);
    mutex_free(faulty->mutex);
    free(faulty);
}

static struct backend_connection *inner_of(struct backend_connection *connection)
{
    return ((struct faulty_connection *)connection)->inner;
}

static void faulty_interrupt(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    inner->backend->interrupt(inner);
}

static uint64_t faulty_now_ms(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    return inner->backend->now_ms(inner);
}

static int64_t faulty_utc(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    return inner->backend->utc(inner);
}

static void faulty_release_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct backend_connection *inner = inner_of(connection);

    inner->backend->release_job(inner, id);
}

static xbits_result faulty_wake(struct backend_connection *connection)
{
    const struct faulty_call call = start(connection, "wake");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->wake(call.inner));
}

static xbits_result faulty_create_job(struct backend_connection *connection,
                                      const char *display_name, enum xbits_job_type type,
                                      struct xbits_id *id_out)
{
    const struct faulty_call call = start(connection, "create_job");
    struct xbits_id id;

    if (call.fails_before)
        return fail_call(&call);
    TRY(call.inner->backend->create_job(call.inner, display_name, type, &id));
    if (call.fails_after) {
        call.inner->backend->release_job(call.inner, &id);
        return fail_call(&call);
    }
    *id_out = id;
    return XBITS_S_OK;
}

static xbits_result faulty_hold_job(struct backend_connection *connection,
                                    const struct xbits_id *id)
{
    const struct faulty_call call = start(connection, "hold_job");

    if (call.fails_before)
        return fail_call(&call);
    TRY(call.inner->backend->hold_job(call.inner, id));
    if (call.fails_after)
        call.inner->backend->release_job(call.inner, id);
    return end(&call, XBITS_S_OK);
}

static xbits_result faulty_read_jobs(struct backend_connection *connection,
                                     enum xbits_list_scope scope, xbits_job_visit *visit,
                                     void *user)
{
    const struct faulty_call call = start(connection, "read_jobs");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->read_jobs(call.inner, scope, visit, user));
}

static xbits_result faulty_read_job(struct backend_connection *connection,
                                    const struct xbits_id *id, xbits_job_visit *visit, void *user)
{
    const struct faulty_call call = start(connection, "read_job");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->read_job(call.inner, id, visit, user));
}

static xbits_result faulty_ask(struct backend_connection *connection, const struct xbits_id *id,
                               enum backend_request request)
{
    const struct faulty_call call = start(connection, "ask");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->ask(call.inner, id, request));
}

static xbits_result faulty_add_files(struct backend_connection *connection,
                                     const struct xbits_id *id, const struct xbits_file_spec *files,
                                     size_t count)
{
    const struct faulty_call call = start(connection, "add_files");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->add_files(call.inner, id, files, count));
}

static xbits_result faulty_read_files(struct backend_connection *connection,
                                      const struct xbits_id *id, uint32_t first, uint32_t count,
                                      xbits_file_visit *visit, void *user)
{
    const struct faulty_call call = start(connection, "read_files");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->read_files(call.inner, id, first, count, visit, user));
}

static xbits_result faulty_get_job_property(struct backend_connection *connection,
                                            const struct xbits_id *id,
                                            enum xbits_job_property property,
                                            struct xbits_value *value_out)
{
    const struct faulty_call call = start(connection, "get_job_property");
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    if (call.fails_before)
        return fail_call(&call);
    result = call.inner->backend->get_job_property(call.inner, id, property, &value);
    return end_with_value(&call, result, &value, value_out);
}

static xbits_result faulty_set_job_property(struct backend_connection *connection,
                                            const struct xbits_id *id,
                                            enum xbits_job_property property,
                                            const struct xbits_value *value)
{
    const struct faulty_call call = start(connection, "set_job_property");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->set_job_property(call.inner, id, property, value));
}

static xbits_result faulty_get_file_property(struct backend_connection *connection,
                                             const struct xbits_id *id, uint32_t file,
                                             enum xbits_file_property property,
                                             struct xbits_value *value_out)
{
    const struct faulty_call call = start(connection, "get_file_property");
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    if (call.fails_before)
        return fail_call(&call);
    result = call.inner->backend->get_file_property(call.inner, id, file, property, &value);
    return end_with_value(&call, result, &value, value_out);
}

static xbits_result faulty_set_file_property(struct backend_connection *connection,
                                             const struct xbits_id *id, uint32_t file,
                                             enum xbits_file_property property,
                                             const struct xbits_value *value)
{
    const struct faulty_call call = start(connection, "set_file_property");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call,
               call.inner->backend->set_file_property(call.inner, id, file, property, value));
}

static xbits_result faulty_act_on(struct backend_connection *connection, const struct xbits_id *id,
                                  uint32_t file, enum backend_act act,
                                  const struct xbits_value *value)
{
    const struct faulty_call call = start(connection, "act_on");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->act_on(call.inner, id, file, act, value));
}

static xbits_result faulty_set_credentials(struct backend_connection *connection,
                                           const struct xbits_id *id,
                                           const struct backend_credentials *credentials)
{
    const struct faulty_call call = start(connection, "set_credentials");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->set_credentials(call.inner, id, credentials));
}

static xbits_result faulty_remove_credentials(struct backend_connection *connection,
                                              const struct xbits_id *id, uint32_t target,
                                              uint32_t scheme)
{
    const struct faulty_call call = start(connection, "remove_credentials");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->remove_credentials(call.inner, id, target, scheme));
}

static xbits_result faulty_take_ownership(struct backend_connection *connection,
                                          const struct xbits_id *id)
{
    const struct faulty_call call = start(connection, "take_ownership");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->take_ownership(call.inner, id));
}

static xbits_result faulty_replace_remote_prefix(struct backend_connection *connection,
                                                 const struct xbits_id *id, const char *old_prefix,
                                                 const char *new_prefix)
{
    const struct faulty_call call = start(connection, "replace_remote_prefix");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call,
               call.inner->backend->replace_remote_prefix(call.inner, id, old_prefix, new_prefix));
}

static xbits_result faulty_read_reply(struct backend_connection *connection,
                                      const struct xbits_id *id, struct xbits_value *out)
{
    const struct faulty_call call = start(connection, "read_reply");
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    if (call.fails_before)
        return fail_call(&call);
    result = call.inner->backend->read_reply(call.inner, id, &value);
    return end_with_value(&call, result, &value, out);
}

static xbits_result faulty_next_change(struct backend_connection *connection,
                                       struct xbits_cursor *cursor, uint64_t until_ms,
                                       struct xbits_change *change_out)
{
    const struct faulty_call call = start(connection, "next_change");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->next_change(call.inner, cursor, until_ms, change_out));
}

static xbits_result faulty_subscribe(struct backend_connection *connection,
                                     const struct xbits_id *id, bool subscribe)
{
    const struct faulty_call call = start(connection, "subscribe");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->subscribe(call.inner, id, subscribe));
}

static xbits_result faulty_next_notification(struct backend_connection *connection,
                                             uint64_t until_ms,
                                             struct xbits_notification *notification_out)
{
    const struct faulty_call call = start(connection, "next_notification");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call,
               call.inner->backend->next_notification(call.inner, until_ms, notification_out));
}

static xbits_result faulty_answer_notification(struct backend_connection *connection, uint64_t id,
                                               xbits_result answer)
{
    const struct faulty_call call = start(connection, "answer_notification");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->answer_notification(call.inner, id, answer));
}

static xbits_result faulty_read_events(struct backend_connection *connection, uint64_t after,
                                       xbits_event_visit *visit, void *user)
{
    const struct faulty_call call = start(connection, "read_events");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->read_events(call.inner, after, visit, user));
}

static xbits_result faulty_read_owner(struct backend_connection *connection,
                                      uint64_t *process_id_out)
{
    const struct faulty_call call = start(connection, "read_owner");
    uint64_t process_id = 0;
    xbits_result result;

    if (call.fails_before)
        return fail_call(&call);
    result = end(&call, call.inner->backend->read_owner(call.inner, &process_id));
    if (XBITS_SUCCEEDED(result))
        *process_id_out = process_id;
    return result;
}

static xbits_result faulty_get_world_property(struct backend_connection *connection,
                                              enum xbits_world_property property,
                                              struct xbits_value *value_out)
{
    const struct faulty_call call = start(connection, "get_world_property");
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    if (call.fails_before)
        return fail_call(&call);
    result = call.inner->backend->get_world_property(call.inner, property, &value);
    return end_with_value(&call, result, &value, value_out);
}

static xbits_result faulty_set_world_property(struct backend_connection *connection,
                                              enum xbits_world_property property,
                                              const struct xbits_value *value)
{
    const struct faulty_call call = start(connection, "set_world_property");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->set_world_property(call.inner, property, value));
}

static xbits_result faulty_advance(struct backend_connection *connection, uint64_t until_ms,
                                   bool to_idle, backend_stop *stop, void *user)
{
    const struct faulty_call call = start(connection, "advance");

    if (call.fails_before)
        return fail_call(&call);
    return end(&call, call.inner->backend->advance(call.inner, until_ms, to_idle, stop, user));
}

/* Faults are put around an open connection: this opens none itself. */
static xbits_result faulty_open(const struct xbits_options *options,
                                struct backend_connection **connection_out)
{
    return backend_not_implemented.open(options, connection_out);
}

static const struct backend faulty_backend = {
    .name = "faulty",
    .summary = "Fails calls of another engine on purpose",
    .open = faulty_open,
    .close = faulty_close,
    .interrupt = faulty_interrupt,
    .wake = faulty_wake,
    .now_ms = faulty_now_ms,
    .utc = faulty_utc,
    .create_job = faulty_create_job,
    .hold_job = faulty_hold_job,
    .release_job = faulty_release_job,
    .read_jobs = faulty_read_jobs,
    .read_job = faulty_read_job,
    .ask = faulty_ask,
    .add_files = faulty_add_files,
    .read_files = faulty_read_files,
    .get_job_property = faulty_get_job_property,
    .set_job_property = faulty_set_job_property,
    .get_file_property = faulty_get_file_property,
    .set_file_property = faulty_set_file_property,
    .act_on = faulty_act_on,
    .set_credentials = faulty_set_credentials,
    .remove_credentials = faulty_remove_credentials,
    .take_ownership = faulty_take_ownership,
    .replace_remote_prefix = faulty_replace_remote_prefix,
    .read_reply = faulty_read_reply,
    .next_change = faulty_next_change,
    .subscribe = faulty_subscribe,
    .next_notification = faulty_next_notification,
    .answer_notification = faulty_answer_notification,
    .read_events = faulty_read_events,
    .read_owner = faulty_read_owner,
    .get_world_property = faulty_get_world_property,
    .set_world_property = faulty_set_world_property,
    .advance = faulty_advance,
};

xbits_result backend_faulty_wrap(struct backend_connection *inner,
                                 struct backend_connection **connection_out)
{
    struct faulty_connection *faulty = calloc(1, sizeof *faulty);
    struct mutex *mutex = mutex_new();

    if (faulty == NULL || mutex == NULL) {
        mutex_free(mutex);
        free(faulty);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to plan faults of %s",
                          inner->backend->name);
    }
    faulty->base.backend = &faulty_backend;
    faulty->inner = inner;
    faulty->mutex = mutex;
    *connection_out = &faulty->base;
    return XBITS_S_OK;
}

xbits_result backend_faulty_add(struct backend_connection *connection,
                                const struct backend_fault *fault)
{
    struct faulty_connection *faulty = (struct faulty_connection *)connection;
    struct planned_fault *planned = calloc(1, sizeof *planned);
    xbits_result result;

    assert(connection->backend == &faulty_backend && XBITS_FAILED(fault->result));
    if (planned == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to plan a fault of %s", fault->slot);
    result = text_copy(fault->slot, &planned->slot);
    if (XBITS_FAILED(result)) {
        free(planned);
        return result;
    }
    planned->nth = fault->nth;
    planned->after = fault->after;
    planned->result = fault->result;

    mutex_lock(faulty->mutex);
    planned->next = faulty->faults;
    faulty->faults = planned;
    mutex_unlock(faulty->mutex);
    return XBITS_S_OK;
}
