/* SPDX-License-Identifier: MIT */
#include "cli/open_registry.h"

#include "base/result.h"
#include "cli/user_directory.h"

#include <stdlib.h>

xbits_result open_registry(struct xbits_registry **registry_out)
{
    char *directory = NULL;
    xbits_result result;

    TRY(user_directory(&directory));
    result = xbits_registry_open(directory, registry_out);
    free(directory);
    return result;
}
