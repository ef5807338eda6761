/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_REGISTRY_H
#define CLI_OPEN_REGISTRY_H

#include "xbits/registry.h"

/* Opens the registry of the user directory. Results: as user_directory and xbits_registry_open. */
xbits_result open_registry(struct xbits_registry **registry_out);

#endif
