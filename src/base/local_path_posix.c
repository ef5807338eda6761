/* SPDX-License-Identifier: MIT */
#include "base/local_path.h"

const char local_path_form[] = "/";

bool local_path_is_absolute(const char *path)
{
    return path[0] == '/';
}

bool local_path_is_separator(char character)
{
    return character == '/';
}
