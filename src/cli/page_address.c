/* SPDX-License-Identifier: MIT */
#include "cli/page_address.h"

#include "base/local_path.h"
#include "base/text.h"
#include "base/url.h"
#include "cli/path.h"

#include <stdlib.h>
#include <string.h>

/* "ftp://host/" is no file either. */
static bool is_url(const char *text)
{
    static const char scheme[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.";
    const size_t length = strspn(text, scheme);

    return (length > 0 && strncmp(text + length, "://", 3) == 0) ||
           text_starts_with_ignoring_case(text, "http:") ||
           text_starts_with_ignoring_case(text, "https:") ||
           text_starts_with_ignoring_case(text, "file:");
}

static xbits_result check_url(const char *text)
{
    struct url url = { 0 };
    const xbits_result result = url_parse(text, NULL, &url);

    url_dispose(&url);
    return result;
}

/* What a path of a URL may hold as it is (RFC 3986); "%" itself would be read as an escape. */
static bool is_plain(char character)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-._~!$&'()*+,;=:@/";

    return strchr(plain, character) != NULL;
}

static xbits_result add_byte(struct text *url, char byte)
{
    if (local_path_is_separator(byte))
        return text_add(url, "/");
    if (is_plain(byte))
        return text_append(url, &byte, 1);
    return text_format(url, "%%%02X", (unsigned)(unsigned char)byte);
}

static xbits_result add_path(struct text *url, const char *path)
{
    TRY(text_add(url, "file://"));
    /* A drive's letter is no host. */
    if (!local_path_is_separator(path[0]))
        TRY(text_add(url, "/"));
    for (; path[0] != '\0'; path++)
        TRY(add_byte(url, path[0]));
    return XBITS_S_OK;
}

xbits_result page_address(const char *page_or_url, char **url_out)
{
    struct text url = { 0 };
    char *path = NULL;
    xbits_result result;

    if (is_url(page_or_url)) {
        TRY(check_url(page_or_url));
        return text_copy(page_or_url, url_out);
    }
    TRY(path_absolute(page_or_url, &path));
    result = add_path(&url, path);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(text_c(&url), url_out);
    text_dispose(&url);
    free(path);
    return result;
}
