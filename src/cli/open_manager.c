/* SPDX-License-Identifier: MIT */
#include "cli/open_manager.h"

#include "cli/configuration.h"
#include "cli/queue_path.h"

#include <inttypes.h>
#include <stdlib.h>

/* queue NULL: in memory. */
static xbits_result open_place(const struct global_values *global, const char *queue,
                               enum xbits_access access, struct xbits_manager **manager_out)
{
    struct configuration configuration = { 0 };
    struct xbits_options options;
    xbits_result result;

    result = configuration_load(&configuration, global);
    if (XBITS_SUCCEEDED(result)) {
        XBITS_INIT(&options);
        options.backend = global->backend;
        options.principal = global->principal;
        options.settings = (const char *const *)configuration.entries;
        options.queue = queue;
        options.access = access;
        result = xbits_manager_open(&options, manager_out);
    }
    configuration_dispose(&configuration);
    return result;
}

xbits_result open_manager(const struct global_values *global, struct xbits_manager **manager_out)
{
    if (global->queue != NULL)
        return open_queue(global, XBITS_ACCESS_RUN, manager_out);
    return open_place(global, NULL, XBITS_ACCESS_RUN, manager_out);
}

xbits_result open_queue(const struct global_values *global, enum xbits_access access,
                        struct xbits_manager **manager_out)
{
    char *path = NULL;
    xbits_result result;

    TRY(queue_path(global, &path));
    result = open_place(global, path, access, manager_out);
    free(path);
    return result;
}

void tell_owner(struct cli *cli, struct xbits_manager *manager)
{
    uint64_t process_id = 0;

    if (cli->global.is_quiet || xbits_manager_owner(manager, &process_id) != XBITS_S_OK)
        return;
    fprintf(cli->err, "xbits: the queue is run by process %" PRIu64 "\n", process_id);
}
