/* SPDX-License-Identifier: MIT */
#include "cli/configuration_path.h"

#include "base/disk.h"
#include "base/text.h"
#include "cli/path.h"

#include <stdlib.h>

#define FILE_NAME "xbits.ini"

static bool exists(const char *path)
{
    struct disk_stat status;

    return XBITS_SUCCEEDED(disk_stat(disk_system(), path, &status));
}

/* A file somebody named: silence about a misspelt name would be read as agreement. */
static xbits_result named(const char *path, const char *who, char **path_out)
{
    char *absolute = NULL;

    TRY(path_absolute(path, &absolute));
    if (!exists(absolute)) {
        xbits_result result = xbits_fail(XBITS_ERROR_FILE_NOT_FOUND,
                                         "there is no file %s, which %s names", absolute, who);
        free(absolute);
        return result;
    }
    *path_out = absolute;
    return XBITS_S_OK;
}

/* Takes the path when it exists. */
static void keep_existing(struct text *path, char **path_out)
{
    if (*path_out == NULL && exists(text_c(path)))
        *path_out = text_take(path);
    text_dispose(path);
}

static xbits_result search(char **path_out)
{
    struct text path = { 0 };
    char *directory = NULL;

    TRY(path_user_configuration(&directory));
    if (directory != NULL) {
        xbits_result result = text_format(&path, "%s/xbits/" FILE_NAME, directory);

        free(directory);
        if (XBITS_FAILED(result)) {
            text_dispose(&path);
            return result;
        }
        keep_existing(&path, path_out);
    }
    TRY(text_add(&path, XBITS_SYSCONFDIR "/" FILE_NAME));
    keep_existing(&path, path_out);
    return XBITS_S_OK;
}

xbits_result configuration_path(const char *option, char **path_out)
{
    const char *variable = getenv("XBITS_CONFIG");

    if (option != NULL)
        return named(option, "--config", path_out);
    if (variable != NULL && variable[0] != '\0')
        return named(variable, "$XBITS_CONFIG", path_out);
    return search(path_out);
}
