/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include <string.h>

/* The first job of a fake; tests create it before they call slots that need one. */
static const struct xbits_id first = { .data1 = 1 };

static bool stop_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    (void)user;
    return false;
}

static bool stop_file(const struct xbits_file_snapshot *snapshot, void *user)
{
    (void)snapshot;
    (void)user;
    return false;
}

static xbits_result wake(struct backend_connection *to)
{
    return to->backend->wake(to);
}

static xbits_result create_job(struct backend_connection *to)
{
    struct xbits_id id;

    return to->backend->create_job(to, "another", XBITS_TYPE_DOWNLOAD, &id);
}

static xbits_result hold_job(struct backend_connection *to)
{
    return to->backend->hold_job(to, &first);
}

static xbits_result read_jobs(struct backend_connection *to)
{
    return to->backend->read_jobs(to, XBITS_SCOPE_MINE, stop_job, NULL);
}

static xbits_result read_job(struct backend_connection *to)
{
    return to->backend->read_job(to, &first, stop_job, NULL);
}

static xbits_result ask(struct backend_connection *to)
{
    return to->backend->ask(to, &first, REQUEST_RESUME);
}

static xbits_result add_files(struct backend_connection *to)
{
    const struct xbits_file_spec file = { .remote_name = "http://a/b", .local_name = "/tmp/b" };

    return to->backend->add_files(to, &first, &file, 1);
}

static xbits_result read_files(struct backend_connection *to)
{
    return to->backend->read_files(to, &first, 0, 1, stop_file, NULL);
}

static xbits_result dispose(xbits_result result, struct xbits_value *value)
{
    xbits_value_dispose(value);
    return result;
}

static xbits_result get_job_property(struct backend_connection *to)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };

    return dispose(to->backend->get_job_property(to, &first, XBITS_JOB_OWNER, &value), &value);
}

static xbits_result set_job_property(struct backend_connection *to)
{
    const struct xbits_value value = xbits_value_u32(1);

    return to->backend->set_job_property(to, &first, XBITS_JOB_PRIORITY, &value);
}

static xbits_result get_file_property(struct backend_connection *to)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };

    return dispose(to->backend->get_file_property(to, &first, 0, XBITS_FILE_LOCAL_NAME, &value),
                   &value);
}

static xbits_result set_file_property(struct backend_connection *to)
{
    const struct xbits_value value = xbits_value_text("secret");

    return to->backend->set_file_property(to, &first, 0, XBITS_FILE_REMOTE_NAME, &value);
}

static xbits_result act_on(struct backend_connection *to)
{
    const struct xbits_value value = xbits_value_bool(true);

    return to->backend->act_on(to, &first, 0, ACT_SET_VALIDATION_STATE, &value);
}

static xbits_result set_credentials(struct backend_connection *to)
{
    const struct backend_credentials credentials = { 1, 1, "me", "secret" };

    return to->backend->set_credentials(to, &first, &credentials);
}

static xbits_result remove_credentials(struct backend_connection *to)
{
    return to->backend->remove_credentials(to, &first, 1, 1);
}

static xbits_result take_ownership(struct backend_connection *to)
{
    return to->backend->take_ownership(to, &first);
}

static xbits_result replace_remote_prefix(struct backend_connection *to)
{
    return to->backend->replace_remote_prefix(to, &first, "http://a", "http://b");
}

static xbits_result read_reply(struct backend_connection *to)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };

    return dispose(to->backend->read_reply(to, &first, &value), &value);
}

static xbits_result next_change(struct backend_connection *to)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    XBITS_INIT(&change);
    return to->backend->next_change(to, &cursor, 0, &change);
}

static xbits_result subscribe(struct backend_connection *to)
{
    return to->backend->subscribe(to, &first, true);
}

static xbits_result next_notification(struct backend_connection *to)
{
    struct xbits_notification notification;

    XBITS_INIT(&notification);
    return to->backend->next_notification(to, 0, &notification);
}

static xbits_result answer_notification(struct backend_connection *to)
{
    return to->backend->answer_notification(to, 1, XBITS_S_OK);
}

static bool see_event(const struct xbits_event *event, void *user)
{
    (void)event;
    (void)user;
    return false;
}

static xbits_result read_events(struct backend_connection *to)
{
    return to->backend->read_events(to, 0, see_event, NULL);
}

static xbits_result read_owner(struct backend_connection *to)
{
    uint64_t process_id;

    return to->backend->read_owner(to, &process_id);
}

static xbits_result get_world_property(struct backend_connection *to)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };

    return dispose(to->backend->get_world_property(to, XBITS_WORLD_NETWORK, &value), &value);
}

static xbits_result set_world_property(struct backend_connection *to)
{
    const struct xbits_value value = xbits_value_bool(false);

    return to->backend->set_world_property(to, XBITS_WORLD_NETWORK, &value);
}

static xbits_result advance(struct backend_connection *to)
{
    return to->backend->advance(to, 2000, false, NULL, NULL);
}

static const struct slot {
    const char *name;
    xbits_result (*call)(struct backend_connection *to);
} slots[] = {
    { "wake", wake },
    { "create_job", create_job },
    { "hold_job", hold_job },
    { "read_jobs", read_jobs },
    { "read_job", read_job },
    { "ask", ask },
    { "add_files", add_files },
    { "read_files", read_files },
    { "get_job_property", get_job_property },
    { "set_job_property", set_job_property },
    { "get_file_property", get_file_property },
    { "set_file_property", set_file_property },
    { "act_on", act_on },
    { "set_credentials", set_credentials },
    { "remove_credentials", remove_credentials },
    { "take_ownership", take_ownership },
    { "replace_remote_prefix", replace_remote_prefix },
    { "read_reply", read_reply },
    { "next_change", next_change },
    { "subscribe", subscribe },
    { "next_notification", next_notification },
    { "answer_notification", answer_notification },
    { "read_events", read_events },
    { "read_owner", read_owner },
    { "get_world_property", get_world_property },
    { "set_world_property", set_world_property },
    { "advance", advance },
};

#define SLOT_COUNT (sizeof slots / sizeof slots[0])

const char *fake_slot_at(size_t index)
{
    return index < SLOT_COUNT ? slots[index].name : NULL;
}

xbits_result fake_call_slot(struct backend_connection *connection, size_t index)
{
    return slots[index].call(connection);
}
