/* SPDX-License-Identifier: MIT */
#include "xbits/notification.h"

#include "base/argument.h"
#include "job/deadline.h"
#include "job/job.h"

static xbits_result subscribe(struct xbits_job *job, bool subscribe)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(job->manager, &connection));
    result = connection->backend->subscribe(connection, &job->id, subscribe);
    manager_leave(job->manager);
    return result;
}

xbits_result xbits_job_subscribe(struct xbits_job *job)
{
    return subscribe(job, true);
}

xbits_result xbits_job_unsubscribe(struct xbits_job *job)
{
    return subscribe(job, false);
}

xbits_result xbits_manager_next_notification(struct xbits_manager *manager, uint64_t wait_ms,
                                             struct xbits_notification *notification_out)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(argument_pointer("notification_out", notification_out));
    TRY(argument_struct("notification_out", notification_out->size, sizeof *notification_out));
    TRY(manager_enter(manager, &connection));
    result = connection->backend->next_notification(connection, deadline_after(connection, wait_ms),
                                                    notification_out);
    manager_leave(manager);
    return result;
}

xbits_result xbits_notification_answer(struct xbits_manager *manager, uint64_t id,
                                       xbits_result answer)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(manager_enter(manager, &connection));
    result = connection->backend->answer_notification(connection, id, answer);
    manager_leave(manager);
    return result;
}
