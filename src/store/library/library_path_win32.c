/* SPDX-License-Identifier: MIT */
#include "store/library/library_path.h"

const char library_path_form[] = "a drive like C:\\ or \\\\server\\share\\";

bool library_path_is_separator(char character)
{
    return character == '\\' || character == '/';
}

static bool is_letter(char character)
{
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
}

/* "\\?\" and "\\.\" name devices, not files. */
static bool is_share(const char *path)
{
    return path[0] == '\\' && path[1] == '\\' && path[2] != '\0' && path[2] != '?' &&
           path[2] != '.' && !library_path_is_separator(path[2]);
}

bool library_path_is_absolute(const char *path)
{
    const bool has_drive =
        is_letter(path[0]) && path[1] == ':' && library_path_is_separator(path[2]);

    return has_drive || is_share(path);
}
