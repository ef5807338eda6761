/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/text.h"

#include <stdlib.h>

xbits_result path_user_queue(char **out)
{
    const char *directory = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    struct text text = { 0 };

    /* A relative XDG_STATE_HOME is to be ignored (XDG Base Directory Specification). */
    if (directory != NULL && directory[0] == '/')
        TRY(text_format(&text, "%s/xbits", directory));
    else if (home != NULL && home[0] == '/')
        TRY(text_format(&text, "%s/.local/state/xbits", home));
    else
        return XBITS_S_OK;
    *out = text_take(&text);
    return XBITS_S_OK;
}
