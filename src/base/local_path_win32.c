/* SPDX-License-Identifier: MIT */
#include "base/local_path.h"

const char local_path_form[] = "a drive like C:\\ or \\\\server\\share\\";

bool local_path_is_separator(char character)
{
    return character == '\\' || character == '/';
}

static bool is_letter(char character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* "\\?\" and "\\.\" name devices, not files (bits-client 1.15). */
static bool is_share(const char *path)
{
    return path[0] == '\\' && path[1] == '\\' && path[2] != '\0' && path[2] != '?' &&
           path[2] != '.' && !local_path_is_separator(path[2]);
}

bool local_path_is_absolute(const char *path)
{
    const bool has_drive = is_letter(path[0]) && path[1] == ':' && local_path_is_separator(path[2]);

    return has_drive || is_share(path);
}
