/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_MANAGER_H
#define CLI_OPEN_MANAGER_H

#include "cli/cli.h"
#include "xbits/manager.h"

/* Opens the queue that the global options and the configuration ask for: the one in --queue, to run
 * it, else one in memory. Results: as queue_path, configuration_load and xbits_manager_open. */
xbits_result open_manager(const struct global_values *global, struct xbits_manager **manager_out);

/* Opens the queue in a directory: --queue DIR, else the user's own (ruling 31). Whoever wants to
 * own it waits a moment for other verbs that do. Results as open_manager. */
xbits_result open_queue(const struct global_values *global, enum xbits_access access,
                        struct xbits_manager **manager_out);

/* Opens the same directory to run it on the virtual clock, from the present time on. With the
 * in-memory origin it is --queue alone, else a queue in memory: what the user's own queue downloads
 * is not to be sought in a fiction. Results as open_manager. */
struct queue_world {
    bool is_virtual;
    bool is_script; /* Downloads come from the in-memory origin. */
};
xbits_result open_queue_in(const struct global_values *global, struct queue_world world,
                           struct xbits_manager **manager_out);

/* What a verb that only reads says first: which process runs the queue, if one does. */
void tell_owner(struct cli *cli, struct xbits_manager *manager);

#endif
