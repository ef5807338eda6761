/* SPDX-License-Identifier: MIT */
#include "cli/open_player.h"

#include "cli/user_directory.h"

#include <stdlib.h>

xbits_result open_player(struct xbits_manager *manager, const char *library,
                         const struct xbits_player_options *wanted,
                         struct xbits_player **player_out)
{
    struct xbits_player_options options = *wanted;
    char *directory = NULL;
    char *songs = NULL;
    xbits_result result;

    result = user_directory(&directory);
    if (XBITS_SUCCEEDED(result))
        result = user_directory_library(library, &songs);
    if (XBITS_SUCCEEDED(result)) {
        options.user_directory = directory;
        options.library = songs;
        result = xbits_player_open(manager, &options, player_out);
    }
    free(songs);
    free(directory);
    return result;
}
