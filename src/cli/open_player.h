/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_PLAYER_H
#define CLI_OPEN_PLAYER_H

#include "base/result.h"
#include "xbits/player.h"

/* Opens the user's Player as wanted says, whose directories are filled in: library as --library
 * has it, NULL: the user's own. Results: as user_directory, user_directory_library and
 * xbits_player_open. */
xbits_result open_player(struct xbits_manager *manager, const char *library,
                         const struct xbits_player_options *wanted,
                         struct xbits_player **player_out);

#endif
