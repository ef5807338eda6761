/* SPDX-License-Identifier: MIT */
#ifndef BASE_LOCAL_PATH_H
#define BASE_LOCAL_PATH_H

#include <stdbool.h>

/* What a path of this machine looks like; a twin a platform. */
bool local_path_is_absolute(const char *path);
bool local_path_is_separator(char character);
/* For messages: what absolute paths begin with. */
extern const char local_path_form[];

#endif
