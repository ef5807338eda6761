/* SPDX-License-Identifier: MIT */
#include "store/external/navigation_url.h"

#include <string.h>

#include "base/argument.h"
#include "base/url_text.h"

static xbits_result fail_long(const char *what, const char *url)
{
    return xbits_fail(XBITS_E_INVALIDARG, "%s is longer than %d bytes: %s", what,
                      XBITS_SHELL_URL_MAXIMUM, url_text(url).c);
}

/* What stands after "scheme:" and the slashes; NULL: no scheme that is shown. */
static const char *after_scheme(const char *url)
{
    static const char *const schemes[] = { "http://", "https://", "file://" };

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (text_starts_with_ignoring_case(url, schemes[i]))
            return url + strlen(schemes[i]);
    }
    return NULL;
}

static bool has_blank_or_control(const char *url)
{
    for (; *url != '\0'; url++) {
        if ((unsigned char)*url <= ' ' || *url == 0x7F)
            return true;
    }
    return false;
}

xbits_result navigation_url_check(const char *what, const char *url)
{
    const char *rest;

    TRY(argument_text(what, url));
    rest = after_scheme(url);
    if (rest == NULL || *rest == '\0') {
        return xbits_fail(XBITS_E_INVALIDARG, "%s must be an http, https or file URL: %s", what,
                          url_text(url).c);
    }
    if (has_blank_or_control(url)) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s has a blank or a control character in it: %s",
                          what, url_text(url).c);
    }
    return strlen(url) > XBITS_SHELL_URL_MAXIMUM ? fail_long(what, url) : XBITS_S_OK;
}

/* RFC 3986, 3.4, and the percent sign: what is encoded already stays so. */
static bool is_query_character(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z') ||
           strchr("-._~!$&'()*+,;=:@/?%", character) != NULL;
}

static xbits_result add_parameters(struct text *url, const char *parameters)
{
    for (const char *next = parameters; *next != '\0'; next++) {
        if (is_query_character(*next))
            TRY(text_append(url, next, 1));
        else
            TRY(text_format(url, "%%%02X", (unsigned)(unsigned char)*next));
    }
    return XBITS_S_OK;
}

static const char *separator_after(const char *head, size_t length)
{
    if (memchr(head, '?', length) == NULL)
        return "?";
    return head[length - 1] == '?' || head[length - 1] == '&' ? "" : "&";
}

xbits_result navigation_url_join(const char *base, const char *parameters, struct text *url)
{
    size_t head = strcspn(base, "#");

    TRY(argument_text("the parameters", parameters));
    if (strlen(base) + strlen(parameters) > XBITS_SHELL_URL_MAXIMUM)
        return fail_long("the address with its parameters", base);
    TRY(text_append(url, base, head));
    if (parameters[0] != '\0') {
        TRY(text_add(url, separator_after(base, head)));
        TRY(add_parameters(url, parameters));
    }
    TRY(text_add(url, base + head));
    if (url->length > XBITS_SHELL_URL_MAXIMUM)
        return fail_long("the address with its parameters", base);
    return XBITS_S_OK;
}
