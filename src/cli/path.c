/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/text.h"
#include "base/url_text.h"

#include <stdlib.h>
#include <string.h>

/* The last segment of the URL's path as it is written there: decoding "%2F" would leave the
 * directory. */
static xbits_result add_last_segment(struct text *text, const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *path = scheme ? scheme + 3 : url;
    const char *segment = NULL;
    size_t end = strcspn(path, "?#");

    for (size_t i = 0; i < end; i++) {
        if (path[i] == '/')
            segment = path + i + 1;
    }
    if (segment == NULL)
        return XBITS_S_OK;
    return text_append(text, segment, (size_t)(path + end - segment));
}

static bool is_file_name(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           strchr(name, '\\') == NULL;
}

xbits_result path_last_segment(const char *url, char **segment_out)
{
    struct text segment = { 0 };
    xbits_result result = add_last_segment(&segment, url);

    if (XBITS_SUCCEEDED(result))
        result = text_copy(is_file_name(text_c(&segment)) ? text_c(&segment) : "", segment_out);
    text_dispose(&segment);
    return result;
}

void path_drop_last_slashes(char *path)
{
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
}

static xbits_result fail_no_name(const char *url, const char *directory)
{
    struct text shown = { 0 };
    xbits_result result = url_text_add(&shown, url);

    if (XBITS_SUCCEEDED(result)) {
        result = xbits_fail(XBITS_E_INVALIDARG,
                            "%s is a directory, and %s does not end in a name for the file in it",
                            directory, text_c(&shown));
    }
    text_dispose(&shown);
    return result;
}

static xbits_result join_last_segment(const char *directory, const char *url, char **path_out)
{
    struct text joined = { 0 };
    char *name = NULL;
    xbits_result result;

    TRY(path_last_segment(url, &name));
    if (name[0] == '\0')
        result = fail_no_name(url, directory);
    else
        result = text_format(&joined, "%s/%s", directory, name);
    if (XBITS_SUCCEEDED(result))
        result = path_absolute(text_c(&joined), path_out);
    text_dispose(&joined);
    free(name);
    return result;
}

xbits_result path_for_download(const char *url, const char *file, char **path_out)
{
    if (strcmp(file, "-") == 0)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "a job cannot write to standard output; ./- is the file of that name");
    if (path_is_directory(file))
        return join_last_segment(file, url, path_out);
    return path_absolute(file, path_out);
}
