/* SPDX-License-Identifier: MIT */
#include "xbits/change.h"

#include "base/argument.h"
#include "base/result.h"
#include "job/deadline.h"
#include "job/manager.h"

xbits_result xbits_manager_next_change(struct xbits_manager *manager, struct xbits_cursor *cursor,
                                       uint64_t wait_ms, struct xbits_change *change_out)
{
    struct backend_connection *connection;
    xbits_result result;

    TRY(argument_pointer("cursor", cursor));
    TRY(argument_pointer("change_out", change_out));
    TRY(argument_struct("change_out", change_out->size, sizeof *change_out));
    TRY(manager_enter(manager, &connection));
    result = connection->backend->next_change(connection, cursor,
                                              deadline_after(connection, wait_ms), change_out);
    manager_leave(manager);
    return result;
}
