/* SPDX-License-Identifier: MIT */
#include "cli/open_manager.h"

#include "cli/configuration.h"

xbits_result open_manager(const struct global_values *global, struct xbits_manager **manager_out)
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
        result = xbits_manager_open(&options, manager_out);
    }
    configuration_dispose(&configuration);
    return result;
}
