/* SPDX-License-Identifier: MIT */
#include "cli/player_version.h"

#include <string.h>

static const struct {
    const char *name;
    enum xbits_player_version version;
} versions[] = { { "wmp9", XBITS_PLAYER_WMP9 },
                 { "wmp10", XBITS_PLAYER_WMP10 },
                 { "wmp11", XBITS_PLAYER_WMP11 },
                 { "wmp12", XBITS_PLAYER_WMP12 } };

xbits_result player_version_read(const char *word, enum xbits_player_version *version_out)
{
    if (word == NULL) {
        *version_out = XBITS_PLAYER_WMP12;
        return XBITS_S_OK;
    }
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        if (strcmp(versions[i].name, word) == 0) {
            *version_out = versions[i].version;
            return XBITS_S_OK;
        }
    }
    return xbits_fail(XBITS_E_INVALIDARG,
                      "\"%.100s\" is no Player: use wmp9, wmp10, wmp11 or wmp12", word);
}
