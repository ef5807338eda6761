/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_LIBRARY_H
#define CLI_OPEN_LIBRARY_H

#include "xbits/library.h"

/* Opens the library that option (--library DIR) names, NULL: the user's. Results: as
 * user_directory_library and xbits_library_open. */
xbits_result open_library(const char *option, enum xbits_library_access access,
                          struct xbits_library **library_out);

/* The same to edit it, if it is there: else NULL in *out, and none is made. */
xbits_result open_library_if_there(const char *option, struct xbits_library **library_out);

#endif
