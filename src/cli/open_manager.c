/* SPDX-License-Identifier: MIT */
#include "cli/open_manager.h"

#include "base/clock.h"
#include "base/thread.h"
#include "cli/configuration.h"
#include "cli/queue_path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is to be opened, and how. */
struct place {
    const struct global_values *global;
    const char *queue; /* NULL: in memory. */
    enum xbits_access access;
    struct queue_world world;
};

static xbits_result open_place(const struct place *place, struct xbits_manager **manager_out)
{
    struct configuration configuration = { 0 };
    struct xbits_options options;
    xbits_result result;

    result = configuration_load(&configuration, place->global);
    if (XBITS_SUCCEEDED(result)) {
        XBITS_INIT(&options);
        options.backend = place->global->backend;
        options.principal = place->global->principal;
        options.settings = (const char *const *)configuration.entries;
        options.queue = place->queue;
        options.access = place->access;
        options.source = place->world.is_script ? "script" : NULL;
        if (place->world.is_virtual) {
            options.clock = XBITS_CLOCK_VIRTUAL;
            options.clock_start = clock_utc(clock_system());
        }
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

static xbits_result open_patiently(const struct place *place, struct xbits_manager **manager_out)
{
    struct patience patience = { .mutex = mutex_new(),
                                 .nothing = condition_new(),
                                 .began_ms = clock_ms(clock_system()) };
    bool can_wait = patience.mutex != NULL && patience.nothing != NULL;
    xbits_result result;

    do {
        result = open_place(place, manager_out);
    } while (result == XBITS_ERROR_LOCK_VIOLATION && can_wait && pause_for_owner(&patience));
    condition_free(patience.nothing);
    mutex_free(patience.mutex);
    return result;
}

static xbits_result open_in_directory(struct place *place, struct xbits_manager **manager_out)
{
    char *path = NULL;
    xbits_result result;

    TRY(queue_path(place->global, &path));
    place->queue = path;
    result = open_patiently(place, manager_out);
    free(path);
    return result;
}

xbits_result open_manager(const struct global_values *global, struct xbits_manager **manager_out)
{
    struct place place = { .global = global, .access = XBITS_ACCESS_RUN };

    return global->queue != NULL ? open_in_directory(&place, manager_out)
                                 : open_place(&place, manager_out);
}

xbits_result open_queue(const struct global_values *global, enum xbits_access access,
                        struct xbits_manager **manager_out)
{
    struct place place = { .global = global, .access = access };

    return open_in_directory(&place, manager_out);
}

xbits_result open_queue_in(const struct global_values *global, struct queue_world world,
                           struct xbits_manager **manager_out)
{
    struct place place = { .global = global, .access = XBITS_ACCESS_RUN, .world = world };

    return global->queue != NULL || !world.is_script ? open_in_directory(&place, manager_out)
                                                     : open_place(&place, manager_out);
}

void tell_owner(struct cli *cli, struct xbits_manager *manager)
{
    uint64_t process_id = 0;

    if (cli->global.is_quiet || xbits_manager_owner(manager, &process_id) != XBITS_S_OK)
        return;
    fprintf(cli->err, "xbits: the queue is run by process %" PRIu64 "\n", process_id);
}
