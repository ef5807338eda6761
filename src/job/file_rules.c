/* SPDX-License-Identifier: MIT */
#include "job/file_rules.h"

#include <string.h>

#include "base/local_path.h"
#include "base/text.h"
#include "base/url_text.h"

xbits_result rule_display_name(const char *display_name)
{
    size_t length;

    if (display_name == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the display name is NULL");
    if (!text_is_utf8(display_name))
        return xbits_fail(XBITS_E_INVALIDARG, "the display name is not UTF-8");
    length = text_utf16_length(display_name);
    if (length > RULE_DISPLAY_NAME_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "the display name has %zu characters: at most %u",
                          length, RULE_DISPLAY_NAME_MAXIMUM);
    return XBITS_S_OK;
}

static const struct scheme {
    const char *prefix;
    enum remote_protocol protocol;
} schemes[] = {
    { "http://", REMOTE_HTTP },
    { "https://", REMOTE_HTTPS },
    { "file://", REMOTE_FILE },
};

static const struct scheme *scheme_of(const char *remote_name)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (text_starts_with_ignoring_case(remote_name, schemes[i].prefix))
            return &schemes[i];
    }
    return NULL;
}

static bool is_http(const struct scheme *scheme)
{
    return scheme != NULL && scheme->protocol != REMOTE_FILE;
}

static bool is_share(const char *remote_name)
{
    return remote_name[0] == '\\' && remote_name[1] == '\\' && remote_name[2] != '\0' &&
           strchr("\\?.", remote_name[2]) == NULL;
}

/* "file:///a/b" and "file://localhost/a/b" are this machine's; any other host is a share's. */
static bool names_other_host(const char *file_url)
{
    const char *host = file_url + strlen("file://");

    return host[0] != '/' && !text_starts_with_ignoring_case(host, "localhost/");
}

enum remote_protocol remote_protocol_of(const char *remote_name)
{
    const struct scheme *scheme = scheme_of(remote_name);

    if (is_http(scheme))
        return scheme->protocol;
    if (scheme != NULL)
        return names_other_host(remote_name) ? REMOTE_SHARE : REMOTE_FILE;
    return is_share(remote_name) ? REMOTE_SHARE : REMOTE_FILE;
}

const char *remote_protocol_name(enum remote_protocol protocol)
{
    return protocol == REMOTE_HTTP || protocol == REMOTE_HTTPS ? "http" : "file";
}

/* BITS escapes nothing: what RFC 3986 does not allow in a URL is the caller's to escape. */
static bool is_url_character(char character)
{
    return character > ' ' && character < 0x7F && strchr("\"<>\\^`{|}", character) == NULL;
}

static xbits_result check_url_characters(const char *url)
{
    for (const char *c = url; *c != '\0'; c++) {
        if (!is_url_character(*c))
            return xbits_fail(XBITS_E_INVALIDARG,
                              "the URL %s has a character that must be escaped at position %zu",
                              url_text(url).c, (size_t)(c - url) + 1);
    }
    return XBITS_S_OK;
}

/* The port of "host:port"; the brackets of an IPv6 address hold colons of their own. */
static bool has_good_port(const char *host, size_t length)
{
    const char *end = host + length;
    const char *colon = end;
    unsigned port = 0;

    while (colon > host && colon[-1] != ':' && colon[-1] != ']')
        colon--;
    if (colon == host || colon[-1] == ']')
        return colon == host || colon == end;
    for (const char *c = colon; c < end; c++) {
        if (*c < '0' || *c > '9')
            return false;
        port = port * 10 + (unsigned)(*c - '0');
        if (port > 65535)
            return false;
    }
    return true;
}

/* What stands between "//" and the path: [user@]host[:port]. */
static xbits_result check_authority(const char *url, const char *authority, size_t length)
{
    const char *host = authority;

    for (size_t i = 0; i < length; i++) {
        if (authority[i] == '@')
            host = authority + i + 1;
    }
    length -= (size_t)(host - authority);
    if (length == 0 || host[0] == ':')
        return xbits_fail(XBITS_E_INVALIDARG, "the URL %s names no host", url_text(url).c);
    if (host[0] == '[' && memchr(host, ']', length) == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the URL %s does not close its address with ]",
                          url_text(url).c);
    if (!has_good_port(host, length))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the URL %s has no port from 0 to 65535 after its :", url_text(url).c);
    return XBITS_S_OK;
}

static xbits_result check_segments(const char *url, const char *path)
{
    const size_t path_length = strcspn(path, "?#");
    size_t length = 0;

    for (size_t i = 0; i < path_length; i++) {
        length = path[i] == '/' ? 0 : length + 1;
        if (length > RULE_SEGMENT_MAXIMUM)
            return xbits_fail(XBITS_E_INVALIDARG,
                              "a part between slashes of %s has more than %u characters",
                              url_text(url).c, RULE_SEGMENT_MAXIMUM);
    }
    return XBITS_S_OK;
}

static xbits_result check_http(const char *url, const char *authority)
{
    const size_t length = strcspn(authority, "/?#");

    TRY(check_url_characters(url));
    TRY(check_authority(url, authority, length));
    return check_segments(url, authority + length);
}

static xbits_result check_file_url(const char *url)
{
    const char *authority = url + strlen("file://");

    if (strchr(authority, '/') == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the URL %s names no path", url_text(url).c);
    TRY(check_url_characters(url));
    if (strpbrk(url, "*?") != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the URL %s has a wildcard: * and ? are not allowed",
                          url_text(url).c);
    return check_segments(url, authority);
}

static xbits_result check_remote_path(const char *path)
{
    if (!is_share(path) && !local_path_is_absolute(path))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the remote name %s is neither an http, https or file URL nor an "
                          "absolute path",
                          url_text(path).c);
    if (strpbrk(path, "*?") != NULL)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the remote name %s has a wildcard: * and ? are not allowed",
                          url_text(path).c);
    return XBITS_S_OK;
}

/* Any text "word://", so that the message can say what is wrong with it. */
static bool has_foreign_scheme(const char *remote_name)
{
    const char *colon = strstr(remote_name, "://");

    return colon != NULL && colon > remote_name &&
           strcspn(remote_name, "/\\") > (size_t)(colon - remote_name);
}

static xbits_result check_length(const char *remote_name)
{
    size_t length;

    if (remote_name == NULL || remote_name[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the remote name is empty");
    if (!text_is_utf8(remote_name))
        return xbits_fail(XBITS_E_INVALIDARG, "the remote name is not UTF-8");
    length = text_utf16_length(remote_name);
    if (length > RULE_REMOTE_NAME_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "the remote name has %zu characters: at most %u",
                          length, RULE_REMOTE_NAME_MAXIMUM);
    return XBITS_S_OK;
}

xbits_result rule_remote_name(const char *remote_name, enum xbits_job_type type)
{
    const struct scheme *scheme;

    TRY(check_length(remote_name));
    scheme = scheme_of(remote_name);
    if (type != XBITS_TYPE_DOWNLOAD && !is_http(scheme))
        return xbits_fail(XBITS_E_INVALIDARG, "an upload goes to an http or https URL, not to %s",
                          url_text(remote_name).c);
    if (is_http(scheme))
        return check_http(remote_name, remote_name + strlen(scheme->prefix));
    if (scheme != NULL)
        return check_file_url(remote_name);
    if (has_foreign_scheme(remote_name))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the scheme of %s is unknown: BITS speaks http, https and file",
                          url_text(remote_name).c);
    return check_remote_path(remote_name);
}
