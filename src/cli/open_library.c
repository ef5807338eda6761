/* SPDX-License-Identifier: MIT */
#include "cli/open_library.h"

#include "base/result.h"
#include "cli/user_directory.h"

#include <stdlib.h>

xbits_result open_library(const char *option, enum xbits_library_access access,
                          struct xbits_library **library_out)
{
    char *directory = NULL;
    xbits_result result;

    TRY(user_directory_library(option, &directory));
    result = xbits_library_open(directory, access, library_out);
    free(directory);
    return result;
}

xbits_result open_library_if_there(const char *option, struct xbits_library **library_out)
{
    struct xbits_library *library = NULL;
    xbits_result result = open_library(option, XBITS_LIBRARY_READ, &library);

    if (result == XBITS_ERROR_FILE_NOT_FOUND) {
        *library_out = NULL;
        return XBITS_S_OK;
    }
    TRY(result);
    xbits_library_close(library);
    return open_library(option, XBITS_LIBRARY_EDIT, library_out);
}
