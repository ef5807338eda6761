/* SPDX-License-Identifier: MIT */
#include "store/library/library_path.h"

const char library_path_form[] = "/";

bool library_path_is_absolute(const char *path)
{
    return path[0] == '/';
}

bool library_path_is_separator(char character)
{
    return character == '/';
}
