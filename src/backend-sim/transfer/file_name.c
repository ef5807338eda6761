/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/file_name.h"

#include "base/text.h"
#include "base/url_text.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "C:\" and "C:/" */
static bool has_drive(const char *name)
{
    return is_letter(name[0]) && name[1] == ':' && (name[2] == '\\' || name[2] == '/');
}

static bool is_share(const char *name)
{
    return text_starts_with(name, "\\\\") || text_starts_with(name, "//");
}

static bool is_file_url(const char *name)
{
    return text_starts_with_ignoring_case(name, "file:");
}

bool file_name_is_one(const char *remote_name)
{
    return remote_name[0] == '/' || is_share(remote_name) || has_drive(remote_name) ||
           is_file_url(remote_name);
}

static int hexadecimal(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *digit = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

    return digit == NULL ? -1 : (int)(digit - digits);
}

/* The byte that "%41" stands for; -1 when it is no such thing, or a NUL. */
static int escaped_byte(const char *escape)
{
    int high = hexadecimal(escape[1]);
    int low = high < 0 ? -1 : hexadecimal(escape[2]);

    return low < 0 || high + low == 0 ? -1 : 16 * high + low;
}

static xbits_result decode(const char *url, const char *escaped, struct text *path)
{
    for (size_t length; *escaped != '\0' && *escaped != '#'; escaped += length) {
        char byte;

        length = strcspn(escaped, "%#");
        if (length > 0) {
            TRY(text_append(path, escaped, length));
            continue;
        }
        if (escaped_byte(escaped) < 0)
            return xbits_fail(XBITS_E_INVALIDARG,
                              "\"%s\" has a %% that is not followed by two hexadecimal digits "
                              "of a byte that is not 0",
                              url_text(url).c);
        byte = (char)escaped_byte(escaped);
        length = 3;
        TRY(text_append(path, &byte, 1));
    }
    if (!text_is_utf8(text_c(path)))
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" does not name a file in UTF-8",
                          url_text(url).c);
    return XBITS_S_OK;
}

static xbits_result fail_share(const char *name)
{
    return xbits_fail(XBITS_ERROR_BAD_NETPATH,
                      "\"%s\" is on another computer, and shares cannot be reached from here",
                      url_text(name).c);
}

/* What follows the server, which may be missing, empty or this computer; NULL: it is another. */
static const char *skip_server(const char *rest)
{
    if (!text_starts_with(rest, "//"))
        return rest;
    rest += 2;
    if (text_starts_with_ignoring_case(rest, "localhost/"))
        rest += strlen("localhost");
    return rest[0] == '/' ? rest : NULL;
}

static xbits_result path_of_url(const char *url, struct text *path)
{
    const char *rest = skip_server(url + strlen("file:"));

    if (rest == NULL || is_share(rest))
        return fail_share(url);
    if (rest[0] != '/')
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" does not name a file from the root on",
                          url_text(url).c);
    /* "file:///C:/x" is "C:/x". */
    return decode(url, has_drive(rest + 1) ? rest + 1 : rest, path);
}

xbits_result file_name_to_path(const char *remote_name, char **path_out)
{
    struct text path = { 0 };
    char *taken = NULL;
    xbits_result result;

    if (is_file_url(remote_name))
        result = path_of_url(remote_name, &path);
    else if (is_share(remote_name))
        result = fail_share(remote_name);
    else
        result = text_add(&path, remote_name);
    if (XBITS_FAILED(result))
        goto cleanup;
    taken = text_take(&path);
    if (taken == NULL)
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a path");
    else
        *path_out = taken;

cleanup:
    text_dispose(&path);
    return result;
}
