/* SPDX-License-Identifier: MIT */
#include "store/download/download_source.h"

#include <string.h>

#include "base/url_text.h"

#define COUNT_OF(table)   (sizeof(table) / sizeof((table)[0]))
#define NAME_BYTES        100
#define EXTENSION_MAXIMUM 16

static const char *const schemes[] = { "http://", "https://" };
static const char *const media[] = { ".asf", ".mp3", ".wma", ".wmv" };
/* Of what is no medium these stand for a program, whose answer can be one. */
static const char *const programs[] = { ".asp", ".aspx", ".ashx", ".axd", ".cfm", ".cgi",
                                        ".dll", ".do",   ".exe",  ".jsp", ".php", ".pl" };

static const char *find(const char *const *list, size_t count, const char *extension)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal_ignoring_case(list[i], extension))
            return list[i];
    }
    return NULL;
}

static xbits_result check_characters(const char *url)
{
    for (const char *c = url; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;

        if (byte > 0x7E || byte <= ' ')
            return xbits_fail(XBITS_E_INVALIDARG,
                              "the source URL has a byte 0x%02X at %zu: only the characters of "
                              "ASCII, without blanks, are allowed",
                              (unsigned)byte, (size_t)(c - url));
    }
    return XBITS_S_OK;
}

/* Where the host begins; NULL: no scheme that is allowed. */
static const char *host_of(const char *url)
{
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        if (text_starts_with_ignoring_case(url, schemes[i]))
            return url + strlen(schemes[i]);
    }
    return NULL;
}

static bool has_host(const char *authority)
{
    size_t length = strcspn(authority, "/?#");
    const char *at = memchr(authority, '@', length);
    const char *host = at != NULL ? at + 1 : authority;

    return host < authority + length && *host != ':';
}

/* The last part of the path, without query and fragment. */
static const char *last_part(const char *url, size_t *length_out)
{
    const char *host = host_of(url);
    const char *path = host != NULL ? host + strcspn(host, "/?#") : url;
    const char *end = path + strcspn(path, "?#");
    const char *name = end;

    while (name > path && name[-1] != '/')
        name--;
    *length_out = (size_t)(end - name);
    return name;
}

/* "" when there is none, or one that is too long to be any of ours. */
static const char *extension_of(const char *url, char extension[EXTENSION_MAXIMUM])
{
    size_t length = 0;
    const char *name = last_part(url, &length);
    size_t dot = length;

    while (dot > 0 && name[dot - 1] != '.')
        dot--;
    if (dot == 0 || dot == length)
        return "";
    text_copy_into(extension, EXTENSION_MAXIMUM, name + dot - 1);
    if (length - dot + 1 < EXTENSION_MAXIMUM)
        extension[length - dot + 1] = '\0';
    return extension;
}

static xbits_result check_address(const char *url)
{
    const char *host = host_of(url);

    TRY(check_characters(url));
    if (host == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the source URL \"%s\" is no http or https URL",
                          url_text(url).c);
    if (!has_host(host))
        return xbits_fail(XBITS_E_INVALIDARG, "the source URL \"%s\" has no host", url_text(url).c);
    return XBITS_S_OK;
}

xbits_result download_source_check(const char *url, const char **extension_out)
{
    char buffer[EXTENSION_MAXIMUM];
    const char *extension;
    const char *medium;

    TRY(check_address(url));
    extension = extension_of(url, buffer);
    medium = find(media, COUNT_OF(media), extension);
    if (medium == NULL && extension[0] != '\0' &&
        find(programs, COUNT_OF(programs), extension) == NULL) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the source URL ends in %s: only .asf, .mp3, .wma and .wmv are supported",
                          extension);
    }
    *extension_out = medium;
    return XBITS_S_OK;
}

bool download_source_is_medium(const char *extension)
{
    return find(media, COUNT_OF(media), extension) != NULL;
}

xbits_result download_source_name(const char *url, struct text *name)
{
    size_t length = 0;
    const char *part = last_part(url, &length);

    return text_append(name, part, length < NAME_BYTES ? length : NAME_BYTES);
}
