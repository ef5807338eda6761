/* SPDX-License-Identifier: MIT */
#ifndef CLI_CONFIGURATION_PATH_H
#define CLI_CONFIGURATION_PATH_H

#include "base/result.h"

/*
 * The configuration file to read: `option` (--config) when it is not NULL, else what the search
 * finds; NULL in *path_out when there is none. A file that was named, by the option or by
 * $XBITS_CONFIG, has to exist.
 * Results: XBITS_S_OK; 0x80070002 XBITS_ERROR_FILE_NOT_FOUND; XBITS_E_OUTOFMEMORY; the file
 * system's.
 */
xbits_result configuration_path(const char *option, char **path_out);

#endif
