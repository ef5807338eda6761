/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "xbits/convention.h"

bool xbits_wmp_is_media_name(const char *local_name)
{
    static const char *const endings[] = { ".wma", ".wmv", ".mp3", ".asf" };
    const char *ending = local_name == NULL ? NULL : strrchr(local_name, '.');

    if (ending == NULL)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (text_equal_ignoring_case(ending, endings[i]))
            return true;
    }
    return false;
}
