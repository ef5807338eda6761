/* SPDX-License-Identifier: MIT */
#include "job/backend.h"

#include "base/result.h"

static xbits_result refuse(const char *slot)
{
    return xbits_fail(XBITS_E_NOTIMPL, "this engine has no %s", slot);
}

static xbits_result no_open(const struct xbits_options *options,
                            struct backend_connection **connection_out)
{
    (void)options;
    (void)connection_out;
    return refuse("open");
}

static void no_close(struct backend_connection *connection)
{
    (void)connection;
}

static uint64_t no_now_ms(struct backend_connection *connection)
{
    (void)connection;
    return 0;
}

static int64_t no_utc(struct backend_connection *connection)
{
    (void)connection;
    return 0;
}

static xbits_result no_wake(struct backend_connection *connection)
{
    (void)connection;
    return refuse("wake");
}

static xbits_result no_create_job(struct backend_connection *connection, const char *display_name,
                                  enum xbits_job_type type, struct xbits_id *id_out)
{
    (void)connection;
    (void)display_name;
    (void)type;
    (void)id_out;
    return refuse("create_job");
}

static xbits_result no_hold_job(struct backend_connection *connection, const struct xbits_id *id)
{
    (void)connection;
    (void)id;
    return refuse("hold_job");
}

static void no_release_job(struct backend_connection *connection, const struct xbits_id *id)
{
    (void)connection;
    (void)id;
}

static xbits_result no_read_jobs(struct backend_connection *connection, enum xbits_list_scope scope,
                                 xbits_job_visit *visit, void *user)
{
    (void)connection;
    (void)scope;
    (void)visit;
    (void)user;
    return refuse("read_jobs");
}

static xbits_result no_read_job(struct backend_connection *connection, const struct xbits_id *id,
                                xbits_job_visit *visit, void *user)
{
    (void)connection;
    (void)id;
    (void)visit;
    (void)user;
    return refuse("read_job");
}

static xbits_result no_ask(struct backend_connection *connection, const struct xbits_id *id,
                           enum backend_request request)
{
    (void)connection;
    (void)id;
    return refuse(backend_request_name(request));
}

static xbits_result no_add_files(struct backend_connection *connection, const struct xbits_id *id,
                                 const struct xbits_file_spec *files, size_t count)
{
    (void)connection;
    (void)id;
    (void)files;
    (void)count;
    return refuse("add_files");
}

static xbits_result no_read_files(struct backend_connection *connection, const struct xbits_id *id,
                                  uint32_t first, uint32_t count, xbits_file_visit *visit,
                                  void *user)
{
    (void)connection;
    (void)id;
    (void)first;
    (void)count;
    (void)visit;
    (void)user;
    return refuse("read_files");
}

static xbits_result no_get_job_property(struct backend_connection *connection,
                                        const struct xbits_id *id, enum xbits_job_property property,
                                        struct xbits_value *value_out)
{
    (void)connection;
    (void)id;
    (void)property;
    (void)value_out;
    return refuse("get_job_property");
}

static xbits_result no_set_job_property(struct backend_connection *connection,
                                        const struct xbits_id *id, enum xbits_job_property property,
                                        const struct xbits_value *value)
{
    (void)connection;
    (void)id;
    (void)property;
    (void)value;
    return refuse("set_job_property");
}

static xbits_result no_get_file_property(struct backend_connection *connection,
                                         const struct xbits_id *id, uint32_t file,
                                         enum xbits_file_property property,
                                         struct xbits_value *value_out)
{
    (void)connection;
    (void)id;
    (void)file;
    (void)property;
    (void)value_out;
    return refuse("get_file_property");
}

static xbits_result no_set_file_property(struct backend_connection *connection,
                                         const struct xbits_id *id, uint32_t file,
                                         enum xbits_file_property property,
                                         const struct xbits_value *value)
{
    (void)connection;
    (void)id;
    (void)file;
    (void)property;
    (void)value;
    return refuse("set_file_property");
}

static xbits_result no_act_on(struct backend_connection *connection, const struct xbits_id *id,
                              uint32_t file, enum backend_act act, const struct xbits_value *value)
{
    (void)connection;
    (void)id;
    (void)file;
    (void)act;
    (void)value;
    return refuse("act_on");
}

static xbits_result no_set_credentials(struct backend_connection *connection,
                                       const struct xbits_id *id,
                                       const struct backend_credentials *credentials)
{
    (void)connection;
    (void)id;
    (void)credentials;
    return refuse("set_credentials");
}

static xbits_result no_remove_credentials(struct backend_connection *connection,
                                          const struct xbits_id *id, uint32_t target,
                                          uint32_t scheme)
{
    (void)connection;
    (void)id;
    (void)target;
    (void)scheme;
    return refuse("remove_credentials");
}

static xbits_result no_take_ownership(struct backend_connection *connection,
                                      const struct xbits_id *id)
{
    (void)connection;
    (void)id;
    return refuse("take_ownership");
}

static xbits_result no_replace_remote_prefix(struct backend_connection *connection,
                                             const struct xbits_id *id, const char *old_prefix,
                                             const char *new_prefix)
{
    (void)connection;
    (void)id;
    (void)old_prefix;
    (void)new_prefix;
    return refuse("replace_remote_prefix");
}

static xbits_result no_read_reply(struct backend_connection *connection, const struct xbits_id *id,
                                  struct xbits_value *out)
{
    (void)connection;
    (void)id;
    (void)out;
    return refuse("read_reply");
}

static xbits_result no_next_change(struct backend_connection *connection,
                                   struct xbits_cursor *cursor, uint64_t until_ms,
                                   struct xbits_change *change_out)
{
    (void)connection;
    (void)cursor;
    (void)until_ms;
    (void)change_out;
    return refuse("next_change");
}

static xbits_result no_subscribe(struct backend_connection *connection, const struct xbits_id *id,
                                 bool subscribe)
{
    (void)connection;
    (void)id;
    (void)subscribe;
    return refuse("subscribe");
}

static xbits_result no_next_notification(struct backend_connection *connection, uint64_t until_ms,
                                         struct xbits_notification *notification_out)
{
    (void)connection;
    (void)until_ms;
    (void)notification_out;
    return refuse("next_notification");
}

static xbits_result no_answer_notification(struct backend_connection *connection, uint64_t id,
                                           xbits_result answer)
{
    (void)connection;
    (void)id;
    (void)answer;
    return refuse("answer_notification");
}

static xbits_result no_read_events(struct backend_connection *connection, uint64_t after,
                                   xbits_event_visit *visit, void *user)
{
    (void)connection;
    (void)after;
    (void)visit;
    (void)user;
    return refuse("read_events");
}

static xbits_result no_read_owner(struct backend_connection *connection, uint64_t *process_id_out)
{
    (void)connection;
    (void)process_id_out;
    return refuse("read_owner");
}

static xbits_result no_get_world_property(struct backend_connection *connection,
                                          enum xbits_world_property property,
                                          struct xbits_value *value_out)
{
    (void)connection;
    (void)property;
    (void)value_out;
    return refuse("get_world_property");
}

static xbits_result no_set_world_property(struct backend_connection *connection,
                                          enum xbits_world_property property,
                                          const struct xbits_value *value)
{
    (void)connection;
    (void)property;
    (void)value;
    return refuse("set_world_property");
}

static xbits_result no_advance(struct backend_connection *connection, uint64_t until_ms,
                               bool to_idle, backend_stop *stop, void *user)
{
    (void)connection;
    (void)until_ms;
    (void)to_idle;
    (void)stop;
    (void)user;
    return refuse("advance");
}

const struct backend backend_not_implemented = {
    .name = "none",
    .summary = "Nothing at all",
    .open = no_open,
    .close = no_close,
    .interrupt = no_close,
    .now_ms = no_now_ms,
    .utc = no_utc,
    .wake = no_wake,
    .create_job = no_create_job,
    .hold_job = no_hold_job,
    .release_job = no_release_job,
    .read_jobs = no_read_jobs,
    .read_job = no_read_job,
    .ask = no_ask,
    .add_files = no_add_files,
    .read_files = no_read_files,
    .get_job_property = no_get_job_property,
    .set_job_property = no_set_job_property,
    .get_file_property = no_get_file_property,
    .set_file_property = no_set_file_property,
    .act_on = no_act_on,
    .set_credentials = no_set_credentials,
    .remove_credentials = no_remove_credentials,
    .take_ownership = no_take_ownership,
    .replace_remote_prefix = no_replace_remote_prefix,
    .read_reply = no_read_reply,
    .next_change = no_next_change,
    .subscribe = no_subscribe,
    .next_notification = no_next_notification,
    .answer_notification = no_answer_notification,
    .read_events = no_read_events,
    .read_owner = no_read_owner,
    .get_world_property = no_get_world_property,
    .set_world_property = no_set_world_property,
    .advance = no_advance,
};

struct backend backend_complete(struct backend backend)
{
    const struct backend *none = &backend_not_implemented;

#define FILL(slot) backend.slot = backend.slot != NULL ? backend.slot : none->slot
    FILL(name);
    FILL(summary);
    FILL(open);
    FILL(close);
    FILL(interrupt);
    FILL(now_ms);
    FILL(utc);
    FILL(wake);
    FILL(create_job);
    FILL(hold_job);
    FILL(release_job);
    FILL(read_jobs);
    FILL(read_job);
    FILL(ask);
    FILL(add_files);
    FILL(read_files);
    FILL(get_job_property);
    FILL(set_job_property);
    FILL(get_file_property);
    FILL(set_file_property);
    FILL(act_on);
    FILL(set_credentials);
    FILL(remove_credentials);
    FILL(take_ownership);
    FILL(replace_remote_prefix);
    FILL(read_reply);
    FILL(next_change);
    FILL(subscribe);
    FILL(next_notification);
    FILL(answer_notification);
    FILL(read_events);
    FILL(read_owner);
    FILL(get_world_property);
    FILL(set_world_property);
    FILL(advance);
#undef FILL
    return backend;
}

const char *backend_request_name(enum backend_request request)
{
    static const char *const names[BACKEND_REQUEST_COUNT] = {
        [REQUEST_RESUME] = "Resume",
        [REQUEST_SUSPEND] = "Suspend",
        [REQUEST_COMPLETE] = "Complete",
        [REQUEST_CANCEL] = "Cancel",
    };

    return (unsigned)request < BACKEND_REQUEST_COUNT ? names[request] : "unknown";
}
