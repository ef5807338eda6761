/* SPDX-License-Identifier: MIT */
#include "cli/open_manager.h"

#include "base/clock.h"
#include "base/thread.h"
#include "cli/configuration.h"
#include "cli/queue_path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

/*
 * A verb owns a queue for a moment, and verbs may well meet: an owner gets a moment to go, and the
 * queue PATIENCE_MS while its owners go and others come, as the failure names them. Whoever stays
 * is a process that runs the queue.
 */
#define PATIENCE_MS 5000
#define MOMENT_MS   500
#define PAUSE_MS    10

struct patience {
    struct mutex *mutex;
    struct condition *nothing; /* Never signalled: to wait for it is to pause. */
    uint64_t began_ms;
    uint64_t met_ms;            /* When the present owner was met. */
    struct xbits_error refusal; /* Its message names the owner. */
};

/* False when the time is over. */
static bool pause_for_owner(struct patience *patience)
{
    uint64_t now_ms = clock_ms(clock_system());

    if (strcmp(patience->refusal.message, xbits_last_error()->message) != 0) {
        patience->refusal = *xbits_last_error();
        patience->met_ms = now_ms;
    }
    if (now_ms - patience->met_ms >= MOMENT_MS || now_ms - patience->began_ms >= PATIENCE_MS)
        return false;
    mutex_lock(patience->mutex);
    (void)condition_wait_ms(patience->nothing, patience->mutex, PAUSE_MS);
    mutex_unlock(patience->mutex);
    return true;
}

static xbits_result open_patiently(const struct global_values *global, const char *queue,
                                   enum xbits_access access, struct xbits_manager **manager_out)
{
    struct patience patience = { .mutex = mutex_new(),
                                 .nothing = condition_new(),
                                 .began_ms = clock_ms(clock_system()) };
    bool can_wait = patience.mutex != NULL && patience.nothing != NULL;
    xbits_result result;

    do {
        result = open_place(global, queue, access, manager_out);
    } while (result == XBITS_ERROR_LOCK_VIOLATION && can_wait && pause_for_owner(&patience));
    condition_free(patience.nothing);
    mutex_free(patience.mutex);
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
    result = open_patiently(global, path, access, manager_out);
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
