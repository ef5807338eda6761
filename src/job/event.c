/* SPDX-License-Identifier: MIT */
#include "xbits/event.h"

#include "base/argument.h"
#include "base/result.h"
#include "job/manager.h"

static const struct {
    enum xbits_event_id id;
    const char *name;
} names[] = {
    { XBITS_EVENT_RESUMED, "RESUMED" },
    { XBITS_EVENT_SUSPENDED, "SUSPENDED" },
    { XBITS_EVENT_CREATED, "CREATED" },
    { XBITS_EVENT_COMPLETED, "COMPLETED" },
    { XBITS_EVENT_CANCELLED, "CANCELLED" },
    { XBITS_EVENT_STARTED, "STARTED" },
    { XBITS_EVENT_STOPPED, "STOPPED" },
    { XBITS_EVENT_STOPPED_ERROR, "STOPPED_ERROR" },
    { XBITS_EVENT_COMMAND_FAILED, "COMMAND_FAILED" },
    { XBITS_EVENT_COMMAND_EXIT, "COMMAND_EXIT" },
};

const char *xbits_event_name(enum xbits_event_id id)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].id == id)
            return names[i].name;
    }
    return "unknown";
}

xbits_result xbits_manager_visit_events(struct xbits_manager *manager, uint64_t after,
                                        xbits_event_visit *visit, void *user)
{
    struct backend_connection *connection;
    xbits_result result;

    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "visit is NULL");
    TRY(manager_enter(manager, &connection));
    result = connection->backend->read_events(connection, after, visit, user);
    manager_leave(manager);
    return result;
}
