/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/local_path.h"

#include <string.h>

/*
 * Every queue that this process has open (ruling 1): managers that name the same one share its
 * engine. The lock is held while one is opened or closed, so that nobody finds it half done.
 */
static struct sim *open_sims;

bool sim_is_in_memory(const char *place)
{
    return strncmp(place, "memory:", strlen("memory:")) == 0;
}

static bool is_same(const struct sim *sim, const char *place, const struct disk_stat *stat)
{
    if (sim_is_in_memory(place) || sim_is_in_memory(sim->place))
        return strcmp(sim->place, place) == 0;
    return sim->device == stat->device && sim->inode == stat->inode;
}

static struct sim *find(const char *place, struct disk *disk, const struct disk_stat *stat)
{
    struct sim *sim = open_sims;

    while (sim != NULL && (sim->disk != disk || !is_same(sim, place, stat)))
        sim = sim->next_open;
    return sim;
}

static xbits_result join(struct sim *sim, enum xbits_access access)
{
    xbits_result result = XBITS_S_OK;

    mutex_lock(sim->lock);
    if (access == XBITS_ACCESS_RUN && sim->access == XBITS_ACCESS_EDIT)
        result = sim_start(sim);
    mutex_unlock(sim->lock);
    if (XBITS_SUCCEEDED(result))
        sim->connections++;
    return result;
}

static void enter(struct sim *sim, const struct disk_stat *stat)
{
    sim->device = stat->device;
    sim->inode = stat->inode;
    sim->is_shared = true;
    sim->connections = 1;
    sim->next_open = open_sims;
    open_sims = sim;
}

static xbits_result check_place(const char *place)
{
    if (sim_is_in_memory(place))
        return XBITS_S_OK;
    if (!local_path_is_absolute(place))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the queue \"%s\" is neither an absolute directory nor memory:NAME",
                          place);
    return XBITS_S_OK;
}

static xbits_result attach_shared(const struct xbits_options *options, struct disk *disk,
                                  struct sim **sim_out)
{
    struct disk_stat stat = { 0 };
    struct sim *sim;

    /* A directory that is missing is made when the queue is opened, and then has its number. */
    (void)disk_stat(disk, options->queue, &stat);
    sim = find(options->queue, disk, &stat);
    if (sim != NULL) {
        TRY(join(sim, options->access));
        *sim_out = sim;
        return XBITS_S_OK;
    }
    TRY(sim_new(options, disk, &sim));
    if (sim->access != XBITS_ACCESS_READ) {
        (void)disk_stat(disk, options->queue, &stat);
        enter(sim, &stat);
    }
    *sim_out = sim;
    return XBITS_S_OK;
}

xbits_result sim_attach(const struct xbits_options *options, struct disk *disk,
                        struct sim **sim_out)
{
    xbits_result result;

    if (options->queue == NULL)
        return sim_new(options, disk, sim_out);
    TRY(check_place(options->queue));
    mutex_lock(mutex_of_registry());
    result = attach_shared(options, disk, sim_out);
    mutex_unlock(mutex_of_registry());
    return result;
}

static void leave(struct sim *sim)
{
    struct sim **place = &open_sims;

    while (*place != NULL && *place != sim)
        place = &(*place)->next_open;
    if (*place != NULL)
        *place = sim->next_open;
}

/* Others go on with the queue: what this one was told and did not answer is theirs again. */
static void unsubscribe_all(struct sim *sim, const struct sim_connection *connection)
{
    struct engine_now now;

    mutex_lock(sim->lock);
    now = sim_now(sim);
    engine_unsubscribe_all(sim->engine, connection, &now);
    sim_touch(sim);
    mutex_unlock(sim->lock);
}

void sim_detach(struct sim *sim, const struct sim_connection *connection)
{
    if (!sim->is_shared) {
        sim_free(sim);
        return;
    }
    mutex_lock(mutex_of_registry());
    if (--sim->connections == 0) {
        leave(sim);
        sim_free(sim);
    } else {
        unsubscribe_all(sim, connection);
    }
    mutex_unlock(mutex_of_registry());
}
