/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_proxy.h"

#include "base/text.h"
#include "base/url_text.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY_MAXIMUM 512

/* The first of the names that is set and not empty, or NULL. */
static const char *first_variable(const char *const names[])
{
    for (; *names != NULL; names++) {
        const char *value = getenv(*names);
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return NULL;
}

static xbits_result read_environment(struct curl_proxy *proxy)
{
    /* HTTP_PROXY in capitals is what a CGI's client can set with a "Proxy:" header: never read. */
    static const char *const http[] = { "http_proxy", "all_proxy", "ALL_PROXY", NULL };
    static const char *const https[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                         NULL };
    static const char *const bypass[] = { "no_proxy", "NO_PROXY", NULL };

    TRY(text_copy(first_variable(http), &proxy->http));
    TRY(text_copy(first_variable(https), &proxy->https));
    return text_copy(first_variable(bypass), &proxy->bypass);
}

static bool is_server(const char *text)
{
    CURLU *url = curl_url();
    bool is_valid =
        url != NULL && curl_url_set(url, CURLUPART_URL, text,
                                    CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;

    curl_url_cleanup(url);
    return is_valid;
}

static xbits_result take_first(char **place, const char *server)
{
    return *place != NULL ? XBITS_S_OK : text_copy(server, place);
}

static xbits_result read_entry(struct curl_proxy *proxy, const char *entry)
{
    const char *equals = strchr(entry, '=');
    const char *server = equals == NULL ? entry : equals + 1;
    bool is_for_http = equals == NULL || text_starts_with_ignoring_case(entry, "http=");
    bool is_for_https = equals == NULL || text_starts_with_ignoring_case(entry, "https=");

    if (!is_server(server))
        return xbits_fail(
            XBITS_BG_E_INVALID_PROXY_INFO,
            "the proxy \"%s\" is not of the form [protocol=][protocol://]server[:port]",
            url_text(entry).c);
    if (is_for_http)
        TRY(take_first(&proxy->http, server));
    return is_for_https ? take_first(&proxy->https, server) : XBITS_S_OK;
}

static xbits_result read_list(struct curl_proxy *proxy, const char *list)
{
    static const char blanks[] = " \t\r\n";
    char entry[ENTRY_MAXIMUM];

    for (list += strspn(list, blanks); *list != '\0'; list += strspn(list, blanks)) {
        size_t length = strcspn(list, blanks);

        if (length >= sizeof(entry))
            return xbits_fail(XBITS_BG_E_INVALID_PROXY_INFO,
                              "an entry of the proxy list has %zu bytes; %d are the limit", length,
                              ENTRY_MAXIMUM - 1);
        memcpy(entry, list, length);
        entry[length] = '\0';
        TRY(read_entry(proxy, entry));
        list += length;
    }
    return XBITS_S_OK;
}

xbits_result curl_proxy_init(struct curl_proxy *proxy, const char *text)
{
    xbits_result result = XBITS_S_OK;

    *proxy = (struct curl_proxy){ 0 };
    if (strcmp(text, "environment") == 0)
        result = read_environment(proxy);
    else if (strcmp(text, "direct") != 0)
        result = read_list(proxy, text);
    if (XBITS_FAILED(result))
        curl_proxy_dispose(proxy);
    return result;
}

void curl_proxy_dispose(struct curl_proxy *proxy)
{
    free(proxy->http);
    free(proxy->https);
    free(proxy->bypass);
    *proxy = (struct curl_proxy){ 0 };
}
