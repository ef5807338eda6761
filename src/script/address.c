/* SPDX-License-Identifier: MIT */
#include "script/address.h"

#include "base/url.h"

static const char *const protocols[] = {
    [URL_HTTP] = "http:",
    [URL_HTTPS] = "https:",
    [URL_FILE] = "file:",
};

static xbits_result add_after(struct text *text, const char *mark, const char *piece)
{
    return piece == NULL || piece[0] == '\0' ? XBITS_S_OK : text_format(text, "%s%s", mark, piece);
}

static xbits_result add_part(const struct url *url, enum address_part part, struct text *text)
{
    switch (part) {
    case ADDRESS_PROTOCOL:
        return text_add(text, protocols[url->scheme]);
    case ADDRESS_HOST:
        TRY(text_add(text, url->host));
        return url->port == 0 ? XBITS_S_OK : text_format(text, ":%u", (unsigned)url->port);
    case ADDRESS_HOSTNAME:
        return text_add(text, url->host);
    case ADDRESS_PORT:
        return url->port == 0 ? XBITS_S_OK : text_format(text, "%u", (unsigned)url->port);
    case ADDRESS_PATHNAME:
        return text_add(text, url->path);
    case ADDRESS_SEARCH:
        return add_after(text, "?", url->query);
    case ADDRESS_HASH:
        return add_after(text, "#", url->fragment);
    }
    return XBITS_S_OK;
}

xbits_result address_part(const char *url, enum address_part part, struct text *text)
{
    struct url parsed = { 0 };
    xbits_result result = url_parse(url, NULL, &parsed);

    if (result == XBITS_E_INVALIDARG)
        return XBITS_S_OK;
    if (XBITS_SUCCEEDED(result))
        result = add_part(&parsed, part, text);
    url_dispose(&parsed);
    return result;
}

static bool is_file(const char *url)
{
    return text_starts_with_ignoring_case(url, "file:");
}

xbits_result address_follow(const char *page_url, const char *reference, struct text *text)
{
    struct text url = { 0 };
    xbits_result result = url_resolve(page_url, reference, &url);

    if (XBITS_SUCCEEDED(result) && is_file(text_c(&url)) && !is_file(page_url))
        result = xbits_fail(XBITS_E_ACCESSDENIED, "a page of the network leads to no file");
    if (XBITS_SUCCEEDED(result))
        result = text_add(text, text_c(&url));
    text_dispose(&url);
    return result;
}
