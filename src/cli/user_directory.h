/* SPDX-License-Identifier: MIT */
#ifndef CLI_USER_DIRECTORY_H
#define CLI_USER_DIRECTORY_H

#include "base/result.h"

/*
 * The absolute directory of what the Player keeps of its user: $XBITS_USER_DIR, else
 * path_user_data. It need not be there. Results: XBITS_S_OK; XBITS_E_INVALIDARG ($XBITS_USER_DIR is
 * no absolute path, or not UTF-8); 0x80070003 XBITS_ERROR_PATH_NOT_FOUND (the environment names no
 * place); XBITS_E_OUTOFMEMORY.
 */
xbits_result user_directory(char **path_out);

/*
 * The absolute directory of the library that a verb means: option (--library DIR), or, when that is
 * NULL, "library" in the user directory. Results: as user_directory and path_absolute;
 * XBITS_E_INVALIDARG (the option is empty).
 */
xbits_result user_directory_library(const char *option, char **path_out);

#endif
