/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_MANAGER_H
#define CLI_OPEN_MANAGER_H

#include "cli/cli.h"
#include "xbits/manager.h"

/* Opens the queue that the global options and the configuration ask for: the one in --queue, else
 * one in memory. Results: as configuration_load and xbits_manager_open. */
xbits_result open_manager(const struct global_values *global, struct xbits_manager **manager_out);

/* Opens the queue in a directory: --queue DIR, else the user's own (ruling 31). Results as
 * open_manager. */
xbits_result open_queue(const struct global_values *global, enum xbits_access access,
                        struct xbits_manager **manager_out);

#endif
