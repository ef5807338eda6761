/* SPDX-License-Identifier: MIT */
#include "job/backend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

struct trace_connection {
    struct backend_connection base;
    struct backend_connection *inner;
};

static struct backend_connection *inner_of(struct backend_connection *connection)
{
    return ((struct trace_connection *)connection)->inner;
}

/* Logs the outcome of a call on one job, or on none, and passes it on. */
static xbits_result told(struct backend_connection *inner, const struct xbits_id *job,
                         const char *call, xbits_result result)
{
    char id[XBITS_ID_TEXT_SIZE] = "";

    if (job != NULL)
        xbits_id_format(job, id);
    log_line(LOG_BACKEND, "%s: %s%s%s: %s", inner->backend->name, call, job == NULL ? "" : " ", id,
             xbits_result_name(result));
    return result;
}

#define CALL_SIZE 128

/* Numbers are shown; a text may be a secret. */
static void describe_set(char call[CALL_SIZE], const char *property,
                         const struct xbits_value *value)
{
    if (value->kind == XBITS_KIND_U32)
        snprintf(call, CALL_SIZE, "set %s = %" PRIu32, property, value->as.u32);
    else if (value->kind == XBITS_KIND_U64)
        snprintf(call, CALL_SIZE, "set %s = %" PRIu64, property, value->as.u64);
    else if (value->kind == XBITS_KIND_BOOL)
        snprintf(call, CALL_SIZE, "set %s = %s", property, value->as.boolean ? "yes" : "no");
    else
        snprintf(call, CALL_SIZE, "set %s", property);
}

static void trace_close(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    told(inner, NULL, "close", XBITS_S_OK);
    inner->backend->close(inner);
    free(connection);
}

static void trace_interrupt(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    told(inner, NULL, "interrupt", XBITS_S_OK);
    inner->backend->interrupt(inner);
}

/* The clock is read all the time: not logged. */
static uint64_t trace_now_ms(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    return inner->backend->now_ms(inner);
}

static int64_t trace_utc(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    return inner->backend->utc(inner);
}

static xbits_result trace_wake(struct backend_connection *connection)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, NULL, "wake", inner->backend->wake(inner));
}

static xbits_result trace_create_job(struct backend_connection *connection,
                                     const char *display_name, enum xbits_job_type type,
                                     struct xbits_id *id_out)
{
    struct backend_connection *inner = inner_of(connection);
    xbits_result result = inner->backend->create_job(inner, display_name, type, id_out);

    return told(inner, XBITS_SUCCEEDED(result) ? id_out : NULL, "create_job", result);
}

static xbits_result trace_hold_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "hold_job", inner->backend->hold_job(inner, id));
}

static void trace_release_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct backend_connection *inner = inner_of(connection);

    inner->backend->release_job(inner, id);
    told(inner, id, "release_job", XBITS_S_OK);
}

static xbits_result trace_read_jobs(struct backend_connection *connection,
                                    enum xbits_list_scope scope, xbits_job_visit *visit, void *user)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, NULL, "read_jobs", inner->backend->read_jobs(inner, scope, visit, user));
}

static xbits_result trace_read_job(struct backend_connection *connection, const struct xbits_id *id,
                                   xbits_job_visit *visit, void *user)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "read_job", inner->backend->read_job(inner, id, visit, user));
}

static xbits_result trace_ask(struct backend_connection *connection, const struct xbits_id *id,
                              enum backend_request request)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, backend_request_name(request), inner->backend->ask(inner, id, request));
}

static xbits_result trace_add_files(struct backend_connection *connection,
                                    const struct xbits_id *id, const struct xbits_file_spec *files,
                                    size_t count)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "add_files (%zu)", count);
    return told(inner, id, call, inner->backend->add_files(inner, id, files, count));
}

static xbits_result trace_read_files(struct backend_connection *connection,
                                     const struct xbits_id *id, uint32_t first, uint32_t count,
                                     xbits_file_visit *visit, void *user)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "read_files",
                inner->backend->read_files(inner, id, first, count, visit, user));
}

static xbits_result trace_get_job_property(struct backend_connection *connection,
                                           const struct xbits_id *id,
                                           enum xbits_job_property property,
                                           struct xbits_value *value_out)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "get %s", xbits_job_property_name(property));
    return told(inner, id, call, inner->backend->get_job_property(inner, id, property, value_out));
}

static xbits_result trace_set_job_property(struct backend_connection *connection,
                                           const struct xbits_id *id,
                                           enum xbits_job_property property,
                                           const struct xbits_value *value)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    describe_set(call, xbits_job_property_name(property), value);
    return told(inner, id, call, inner->backend->set_job_property(inner, id, property, value));
}

static xbits_result trace_get_file_property(struct backend_connection *connection,
                                            const struct xbits_id *id, uint32_t file,
                                            enum xbits_file_property property,
                                            struct xbits_value *value_out)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "get %s of file %" PRIu32, xbits_file_property_name(property),
             file);
    return told(inner, id, call,
                inner->backend->get_file_property(inner, id, file, property, value_out));
}

static xbits_result trace_set_file_property(struct backend_connection *connection,
                                            const struct xbits_id *id, uint32_t file,
                                            enum xbits_file_property property,
                                            const struct xbits_value *value)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    describe_set(call, xbits_file_property_name(property), value);
    return told(inner, id, call,
                inner->backend->set_file_property(inner, id, file, property, value));
}

static xbits_result trace_act_on(struct backend_connection *connection, const struct xbits_id *id,
                                 uint32_t file, enum backend_act act,
                                 const struct xbits_value *value)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "act %d on file %" PRIu32, (int)act, file);
    return told(inner, id, call, inner->backend->act_on(inner, id, file, act, value));
}

static xbits_result trace_set_credentials(struct backend_connection *connection,
                                          const struct xbits_id *id,
                                          const struct backend_credentials *credentials)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "set_credentials",
                inner->backend->set_credentials(inner, id, credentials));
}

static xbits_result trace_remove_credentials(struct backend_connection *connection,
                                             const struct xbits_id *id, uint32_t target,
                                             uint32_t scheme)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "remove_credentials",
                inner->backend->remove_credentials(inner, id, target, scheme));
}

static xbits_result trace_take_ownership(struct backend_connection *connection,
                                         const struct xbits_id *id)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "take_ownership", inner->backend->take_ownership(inner, id));
}

static xbits_result trace_replace_remote_prefix(struct backend_connection *connection,
                                                const struct xbits_id *id, const char *old_prefix,
                                                const char *new_prefix)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "replace_remote_prefix",
                inner->backend->replace_remote_prefix(inner, id, old_prefix, new_prefix));
}

static xbits_result trace_read_reply(struct backend_connection *connection,
                                     const struct xbits_id *id, struct xbits_value *out)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, "read_reply", inner->backend->read_reply(inner, id, out));
}

static xbits_result trace_next_change(struct backend_connection *connection,
                                      struct xbits_cursor *cursor, uint64_t until_ms,
                                      struct xbits_change *change_out)
{
    struct backend_connection *inner = inner_of(connection);
    xbits_result result = inner->backend->next_change(inner, cursor, until_ms, change_out);

    return told(inner, result == XBITS_S_OK ? &change_out->id : NULL, "next_change", result);
}

static xbits_result trace_subscribe(struct backend_connection *connection,
                                    const struct xbits_id *id, bool subscribe)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, id, subscribe ? "subscribe" : "unsubscribe",
                inner->backend->subscribe(inner, id, subscribe));
}

static xbits_result trace_next_notification(struct backend_connection *connection,
                                            uint64_t until_ms,
                                            struct xbits_notification *notification_out)
{
    struct backend_connection *inner = inner_of(connection);
    xbits_result result = inner->backend->next_notification(inner, until_ms, notification_out);

    return told(inner, result == XBITS_S_OK ? &notification_out->job : NULL, "next_notification",
                result);
}

static xbits_result trace_answer_notification(struct backend_connection *connection, uint64_t id,
                                              xbits_result answer)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "answer %" PRIu64 " with %s", id, xbits_result_name(answer));
    return told(inner, NULL, call, inner->backend->answer_notification(inner, id, answer));
}

static xbits_result trace_read_events(struct backend_connection *connection, uint64_t after,
                                      xbits_event_visit *visit, void *user)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, NULL, "read_events", inner->backend->read_events(inner, after, visit, user));
}

static xbits_result trace_read_owner(struct backend_connection *connection,
                                     uint64_t *process_id_out)
{
    struct backend_connection *inner = inner_of(connection);

    return told(inner, NULL, "read_owner", inner->backend->read_owner(inner, process_id_out));
}

static xbits_result trace_get_world_property(struct backend_connection *connection,
                                             enum xbits_world_property property,
                                             struct xbits_value *value_out)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "get %s", xbits_world_property_name(property));
    return told(inner, NULL, call, inner->backend->get_world_property(inner, property, value_out));
}

static xbits_result trace_set_world_property(struct backend_connection *connection,
                                             enum xbits_world_property property,
                                             const struct xbits_value *value)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    describe_set(call, xbits_world_property_name(property), value);
    return told(inner, NULL, call, inner->backend->set_world_property(inner, property, value));
}

static xbits_result trace_advance(struct backend_connection *connection, uint64_t until_ms,
                                  bool to_idle, backend_stop *stop, void *user)
{
    struct backend_connection *inner = inner_of(connection);
    char call[CALL_SIZE];

    snprintf(call, sizeof call, "advance to %" PRIu64 "%s", until_ms, to_idle ? " or idle" : "");
    return told(inner, NULL, call, inner->backend->advance(inner, until_ms, to_idle, stop, user));
}

/* A trace is put around an open connection: it opens none itself. */
static xbits_result trace_open(const struct xbits_options *options,
                               struct backend_connection **connection_out)
{
    return backend_not_implemented.open(options, connection_out);
}

static const struct backend trace_backend = {
    .name = "trace",
    .summary = "Logs every call of another engine",
    .open = trace_open,
    .close = trace_close,
    .interrupt = trace_interrupt,
    .wake = trace_wake,
    .now_ms = trace_now_ms,
    .utc = trace_utc,
    .create_job = trace_create_job,
    .hold_job = trace_hold_job,
    .release_job = trace_release_job,
    .read_jobs = trace_read_jobs,
    .read_job = trace_read_job,
    .ask = trace_ask,
    .add_files = trace_add_files,
    .read_files = trace_read_files,
    .get_job_property = trace_get_job_property,
    .set_job_property = trace_set_job_property,
    .get_file_property = trace_get_file_property,
    .set_file_property = trace_set_file_property,
    .act_on = trace_act_on,
    .set_credentials = trace_set_credentials,
    .remove_credentials = trace_remove_credentials,
    .take_ownership = trace_take_ownership,
    .replace_remote_prefix = trace_replace_remote_prefix,
    .read_reply = trace_read_reply,
    .next_change = trace_next_change,
    .subscribe = trace_subscribe,
    .next_notification = trace_next_notification,
    .answer_notification = trace_answer_notification,
    .read_events = trace_read_events,
    .read_owner = trace_read_owner,
    .get_world_property = trace_get_world_property,
    .set_world_property = trace_set_world_property,
    .advance = trace_advance,
};

xbits_result backend_trace_wrap(struct backend_connection *inner,
                                struct backend_connection **connection_out)
{
    struct trace_connection *trace = malloc(sizeof *trace);

    if (trace == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to trace %s", inner->backend->name);
    *trace = (struct trace_connection){ .base.backend = &trace_backend, .inner = inner };
    *connection_out = &trace->base;
    return XBITS_S_OK;
}
