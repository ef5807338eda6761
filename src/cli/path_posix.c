/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/local_path.h"
#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Grows with the path: no platform's PATH_MAX is the truth. */
static xbits_result current_directory(char **directory_out)
{
    for (size_t size = 256;; size *= 2) {
        char *directory = malloc(size);

        if (directory == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the current directory's name");
        if (getcwd(directory, size) != NULL) {
            *directory_out = directory;
            return XBITS_S_OK;
        }
        free(directory);
        if (errno != ERANGE)
            return xbits_fail_errno(errno, "the current directory cannot be found");
    }
}

static xbits_result make_absolute(struct text *text, const char *path)
{
    char *directory = NULL;
    xbits_result result;

    if (local_path_is_absolute(path))
        return text_add(text, path);
    TRY(current_directory(&directory));
    result = text_format(text, "%s/%s", strcmp(directory, "/") == 0 ? "" : directory, path);
    free(directory);
    return result;
}

/* Replaces the directory part of an absolute path by what it resolves to, if it does. */
static xbits_result resolve_directory(struct text *path)
{
    struct text resolved = { 0 };
    char *name = strrchr(path->data, '/') + 1;
    char *directory;
    xbits_result result;

    TRY(text_append(&resolved, path->data, (size_t)(name - path->data)));
    directory = realpath(text_c(&resolved), NULL);
    text_clear(&resolved);
    if (directory == NULL) {
        text_dispose(&resolved);
        return XBITS_S_OK;
    }
    result = text_format(&resolved, "%s/%s", strcmp(directory, "/") == 0 ? "" : directory, name);
    free(directory);
    if (XBITS_FAILED(result)) {
        text_dispose(&resolved);
        return result;
    }
    text_dispose(path);
    *path = resolved;
    return XBITS_S_OK;
}

xbits_result path_absolute(const char *path, char **absolute_out)
{
    struct text text = { 0 };
    xbits_result result;

    if (path[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the name of the file is empty");
    result = make_absolute(&text, path);
    if (XBITS_SUCCEEDED(result))
        result = resolve_directory(&text);
    if (XBITS_SUCCEEDED(result)) {
        *absolute_out = text_take(&text);
        if (*absolute_out == NULL)
            result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the path of %s", path);
    }
    text_dispose(&text);
    return result;
}

bool path_is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

xbits_result path_user_configuration(char **out)
{
    const char *directory = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    struct text text = { 0 };

    /* A relative XDG_CONFIG_HOME is to be ignored (XDG Base Directory Specification). */
    if (directory != NULL && local_path_is_absolute(directory))
        return text_copy(directory, out);
    if (home == NULL || !local_path_is_absolute(home))
        return XBITS_S_OK;
    TRY(text_format(&text, "%s/.config", home));
    *out = text_take(&text);
    return XBITS_S_OK;
}
