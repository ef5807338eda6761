/* SPDX-License-Identifier: MIT */
#include "cli/user_directory.h"

#include "base/local_path.h"
#include "base/text.h"
#include "cli/path.h"

#include <stdlib.h>

static xbits_result check_variable(const char *value)
{
    if (!text_is_utf8(value))
        return xbits_fail(XBITS_E_INVALIDARG, "$XBITS_USER_DIR is not UTF-8");
    if (!local_path_is_absolute(value)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "$XBITS_USER_DIR is \"%.300s\", and it takes an absolute path", value);
    }
    return XBITS_S_OK;
}

static xbits_result take_variable(const char *value, char **path_out)
{
    TRY(check_variable(value));
    TRY(text_copy(value, path_out));
    path_drop_last_slashes(*path_out);
    return XBITS_S_OK;
}

xbits_result user_directory(char **path_out)
{
    const char *variable = getenv("XBITS_USER_DIR");

    if (variable != NULL && variable[0] != '\0')
        return take_variable(variable, path_out);
    TRY(path_user_data(path_out));
    if (*path_out == NULL) {
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND,
                          "the user has no home directory; $XBITS_USER_DIR names a place");
    }
    return XBITS_S_OK;
}

static xbits_result named_library(const char *option, char **path_out)
{
    if (option[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "--library is empty, and it takes a directory");
    TRY(path_absolute(option, path_out));
    path_drop_last_slashes(*path_out);
    return XBITS_S_OK;
}

xbits_result user_directory_library(const char *option, char **path_out)
{
    struct text path = { 0 };
    char *directory = NULL;
    xbits_result result;

    if (option != NULL)
        return named_library(option, path_out);
    TRY(user_directory(&directory));
    result = text_format(&path, "%s/library", directory);
    free(directory);
    if (XBITS_SUCCEEDED(result))
        result = path_absolute(text_c(&path), path_out);
    text_dispose(&path);
    return result;
}
