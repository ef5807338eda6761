/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIBRARY_LIBRARY_PATH_H
#define STORE_LIBRARY_LIBRARY_PATH_H

#include <stdbool.h>

/* What a path of this machine looks like, by the rules of job/local_path.h; a twin a platform. */
bool library_path_is_absolute(const char *path);
bool library_path_is_separator(char character);
/* For messages: what absolute paths begin with. */
extern const char library_path_form[];

#endif
