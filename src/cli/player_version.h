/* SPDX-License-Identifier: MIT */
#ifndef CLI_PLAYER_VERSION_H
#define CLI_PLAYER_VERSION_H

#include "base/result.h"
#include "xbits/player.h"

/* The option of a verb that is the Player; values has a text `version`. */
#define PLAYER_OPTION(values)                                                                      \
    {                                                                                              \
        .name = "player", .kind = OPTION_TEXT, .value_name = "VERSION",                            \
        .summary = "the Player to be: wmp9, wmp10, wmp11 or wmp12 (the default)",                  \
        .offset = offsetof(values, version)                                                        \
    }

/* "wmp11"; NULL is the default. Results: XBITS_S_OK; XBITS_E_INVALIDARG. */
xbits_result player_version_read(const char *word, enum xbits_player_version *version_out);

#endif
