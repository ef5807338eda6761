/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/local_path.h"
#include "base/text.h"

#include <stdlib.h>

xbits_result path_user_queue(char **out)
{
    const char *home = getenv("HOME");
    struct text text = { 0 };

    if (home == NULL || !local_path_is_absolute(home))
        return XBITS_S_OK;
    TRY(text_format(&text, "%s/Library/Application Support/xbits", home));
    *out = text_take(&text);
    return XBITS_S_OK;
}

/* There is one place for both. */
xbits_result path_user_data(char **out)
{
    return path_user_queue(out);
}
