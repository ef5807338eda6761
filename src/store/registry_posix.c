/* SPDX-License-Identifier: MIT */
#include "store/registry.h"
#include "store/registry_store.h"

/* There is no registry to be found here: a file stands in for it. */
xbits_result registry_open_system(const char *user_directory, struct xbits_registry **registry_out)
{
    return registry_open_on(user_directory, disk_system(), registry_out);
}
