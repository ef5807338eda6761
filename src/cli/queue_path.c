/* SPDX-License-Identifier: MIT */
#include "cli/queue_path.h"

#include "cli/path.h"

static xbits_result named_path(const char *name, char **path_out)
{
    if (name[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "--queue is empty, and it takes a directory");
    TRY(path_absolute(name, path_out));
    path_drop_last_slashes(*path_out);
    return XBITS_S_OK;
}

xbits_result queue_path(const struct global_values *global, char **path_out)
{
    if (global->queue != NULL)
        return named_path(global->queue, path_out);
    TRY(path_user_queue(path_out));
    if (*path_out == NULL) {
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND,
                          "the user has no home directory for a queue; --queue DIR names a place");
    }
    return XBITS_S_OK;
}
