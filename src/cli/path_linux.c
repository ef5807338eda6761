/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/local_path.h"
#include "base/text.h"

#include <stdlib.h>

/* "xbits" in the directory that a variable of the XDG Base Directory Specification names, else in
 * its default place in the home directory; a relative one is to be ignored. */
static xbits_result base_directory(const char *variable, const char *place, char **out)
{
    const char *directory = getenv(variable);
    const char *home = getenv("HOME");
    struct text text = { 0 };

    if (directory != NULL && local_path_is_absolute(directory))
        TRY(text_format(&text, "%s/xbits", directory));
    else if (home != NULL && local_path_is_absolute(home))
        TRY(text_format(&text, "%s/%s/xbits", home, place));
    else
        return XBITS_S_OK;
    *out = text_take(&text);
    return XBITS_S_OK;
}

xbits_result path_user_queue(char **out)
{
    return base_directory("XDG_STATE_HOME", ".local/state", out);
}

xbits_result path_user_data(char **out)
{
    return base_directory("XDG_DATA_HOME", ".local/share", out);
}
