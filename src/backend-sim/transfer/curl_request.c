/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_request.h"

#include "backend-sim/transfer/curl_error.h"
#include "backend-sim/transfer/curl_report.h"
#include "base/clock.h"
#include "base/url_text.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define BUFFER_MINIMUM 1024
#define BUFFER_MAXIMUM CURL_MAX_READ_SIZE
#define SMALL_BUFFER   16384
#define HEAD_ROOM      4096

/* BG_SSL_*: bits of transfer_request.security_flags. */
#define SSL_ENABLE_CRL_CHECK  0x01u
#define SSL_IGNORE_CN_INVALID 0x02u
/* All that is about the chain: IGNORE_DATE_INVALID, IGNORE_UNKNOWN_CA, IGNORE_WRONG_USAGE. */
#define SSL_IGNORE_CHAIN 0x1Cu

struct long_option {
    CURLoption option;
    long value;
};

struct text_option {
    CURLoption option;
    const char *value;
};

static CURLcode set_longs(CURL *easy, const struct long_option *options, size_t count)
{
    CURLcode code = CURLE_OK;

    for (size_t i = 0; code == CURLE_OK && i < count; i++)
        code = curl_easy_setopt(easy, options[i].option, options[i].value);
    return code;
}

static CURLcode set_texts(CURL *easy, const struct text_option *options, size_t count)
{
    CURLcode code = CURLE_OK;

    for (size_t i = 0; code == CURLE_OK && i < count; i++)
        code = curl_easy_setopt(easy, options[i].option, options[i].value);
    return code;
}

static xbits_result raise_setup(CURLcode code)
{
    return code == CURLE_OK ? XBITS_S_OK : curl_error_raise(code, "");
}

/* The headers of bits-client 8.2 that never change. libcurl adds Host, User-Agent and Range. */
static xbits_result make_headers(struct curl_slist **headers_out)
{
    static const char *const lines[] = { "Connection: Keep-Alive", "Accept: */*",
                                         "Accept-Encoding: identity" };
    struct curl_slist *headers = NULL;

    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        struct curl_slist *longer = curl_slist_append(headers, lines[i]);
        if (longer == NULL) {
            curl_slist_free_all(headers);
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the headers of a request");
        }
        headers = longer;
    }
    *headers_out = headers;
    return XBITS_S_OK;
}

static long clamp_buffer(size_t bytes)
{
    if (bytes < BUFFER_MINIMUM)
        return BUFFER_MINIMUM;
    return bytes > BUFFER_MAXIMUM ? BUFFER_MAXIMUM : (long)bytes;
}

xbits_result curl_common_init(struct curl_common *common, const struct transfer_options *options)
{
    *common = (struct curl_common){
        .listener = options->listener,
        .buffer_bytes = clamp_buffer(options->buffer_bytes),
    };
    TRY(curl_proxy_init(&common->proxy, options->proxy));
    TRY(text_copy(options->user_agent, &common->user_agent));
    return make_headers(&common->headers);
}

void curl_common_dispose(struct curl_common *common)
{
    curl_slist_free_all(common->headers);
    free(common->user_agent);
    curl_proxy_dispose(&common->proxy);
}

/* The clock is read once for all that a poll brings. */
void curl_common_note_activity(struct curl_common *common)
{
    common->is_active = true;
}

void curl_common_tell_activity(struct curl_common *common)
{
    if (common->is_active)
        common->last_activity_ms = clock_ms(clock_system());
    common->is_active = false;
}

/* All timers are the engine's, on its clock; libcurl's own are off or as long as they can be. By
 * default it speaks HTTP/1.1 to http servers and HTTP/2 to https servers that offer it. */
static CURLcode set_fixed(struct curl_request *request)
{
    const struct long_option longs[] = {
        { CURLOPT_NOSIGNAL, 1 },
        { CURLOPT_CONNECTTIMEOUT_MS, INT_MAX },
        { CURLOPT_FOLLOWLOCATION, 0 },
        { CURLOPT_HTTP09_ALLOWED, 1 }, /* Seen as an answer without a version, judged above. */
        { CURLOPT_HTTP_CONTENT_DECODING, 0 },
        { CURLOPT_SUPPRESS_CONNECT_HEADERS, 1 },
    };
    const struct text_option texts[] = {
        { CURLOPT_PROTOCOLS_STR, "http,https" },
        { CURLOPT_USERAGENT, request->common->user_agent },
    };
    CURLcode code = set_longs(request->easy, longs, COUNT_OF(longs));

    if (code == CURLE_OK)
        code = set_texts(request->easy, texts, COUNT_OF(texts));
    if (code == CURLE_OK)
        code = curl_easy_setopt(request->easy, CURLOPT_ERRORBUFFER, request->detail);
    if (code == CURLE_OK)
        code = curl_easy_setopt(request->easy, CURLOPT_CURLU, request->url);
    return code;
}

xbits_result curl_request_new(struct curl_common *common, struct curl_request **request_out)
{
    struct curl_request *request = calloc(1, sizeof(*request));
    xbits_result result;

    if (request == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a request");
    request->common = common;
    request->easy = curl_easy_init();
    request->url = curl_url();
    http_head_init(&request->head);
    if (request->easy == NULL || request->url == NULL) {
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a request");
        goto cleanup;
    }
    result = raise_setup(set_fixed(request));
    if (XBITS_SUCCEEDED(result))
        result = raise_setup(curl_report_attach(request));

cleanup:
    if (XBITS_FAILED(result))
        curl_request_free(request);
    else
        *request_out = request;
    return result;
}

void curl_request_free(struct curl_request *request)
{
    if (request == NULL)
        return;
    curl_easy_cleanup(request->easy);
    curl_url_cleanup(request->url);
    http_head_dispose(&request->head);
    text_dispose(&request->line);
    free(request);
}

struct curl_request *curl_request_of(CURL *easy)
{
    char *request = NULL;

    (void)curl_easy_getinfo(easy, CURLINFO_PRIVATE, &request);
    return (struct curl_request *)(void *)request;
}

void curl_request_reset(struct curl_request *request)
{
    http_head_dispose(&request->head);
    text_clear(&request->line);
    request->detail[0] = '\0';
    request->is_stopped = false;
    request->was_reported = false;
    request->refusal.result = XBITS_S_OK;
}

/* Spaces and bytes beyond ASCII are escaped, as WinHTTP does; the fragment stays here. */
static xbits_result aim_url(struct curl_request *request, const char *url)
{
    CURLUcode code;

    if (!text_starts_with_ignoring_case(url, "http://") &&
        !text_starts_with_ignoring_case(url, "https://"))
        return xbits_fail(XBITS_ERROR_WINHTTP_UNRECOGNIZED_SCHEME,
                          "the URL \"%s\" is neither http nor https", url_text(url).c);
    code = curl_url_set(request->url, CURLUPART_URL, url, CURLU_URLENCODE | CURLU_ALLOW_SPACE);
    if (code == CURLUE_OUT_OF_MEMORY)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a URL");
    if (code != CURLUE_OK)
        return xbits_fail(XBITS_ERROR_WINHTTP_INVALID_URL, "the URL is malformed: %s",
                          curl_url_strerror(code));
    return XBITS_S_OK;
}

/* Revocation needs lists that libcurl does not fetch: to go on would be to skip the check. */
static xbits_result check_security(const struct transfer_request *wanted, bool is_https)
{
    if (is_https && (wanted->security_flags & SSL_ENABLE_CRL_CHECK) != 0)
        return xbits_fail(XBITS_ERROR_WINHTTP_SECURE_CERT_REV_FAILED,
                          "it cannot be checked here if a certificate is revoked, and the job's "
                          "security flags ask for it");
    return XBITS_S_OK;
}

/*
 * libcurl can check the chain of a certificate as a whole or not at all. It is left unchecked only
 * when all of its faults are to be ignored; one flag of the three alone changes nothing.
 */
static CURLcode set_security(CURL *easy, uint32_t flags)
{
    const struct long_option longs[] = {
        { CURLOPT_SSL_VERIFYPEER, (flags & SSL_IGNORE_CHAIN) != SSL_IGNORE_CHAIN },
        { CURLOPT_SSL_VERIFYHOST, (flags & SSL_IGNORE_CN_INVALID) != 0 ? 0 : 2 },
    };

    return set_longs(easy, longs, COUNT_OF(longs));
}

static CURLcode set_proxy(const struct curl_request *request, bool is_https, bool is_direct)
{
    const struct curl_proxy *proxy = &request->common->proxy;
    const char *configured = is_https ? proxy->https : proxy->http;
    const char *server = is_direct ? NULL : configured;
    const struct text_option texts[] = {
        { CURLOPT_PROXY, server == NULL ? "" : server },
        { CURLOPT_NOPROXY, proxy->bypass == NULL ? "" : proxy->bypass },
    };

    return set_texts(request->easy, texts, COUNT_OF(texts));
}

static CURLcode set_range(CURL *easy, const struct transfer_request *wanted)
{
    char range[48];

    if (!wanted->has_range)
        return curl_easy_setopt(easy, CURLOPT_RANGE, NULL);
    snprintf(range, sizeof(range), "%" PRIu64 "-%" PRIu64, wanted->range_first, wanted->range_last);
    return curl_easy_setopt(easy, CURLOPT_RANGE, range);
}

/* libcurl allocates the buffer anew for each request: no larger than what can come, and large
 * enough to bring a small file with its head at once. */
static CURLcode set_buffer(const struct curl_request *request,
                           const struct transfer_request *wanted)
{
    uint64_t bytes = (uint64_t)request->common->buffer_bytes;
    uint64_t expected = bytes;

    if (wanted->method == METHOD_HEAD)
        expected = 0;
    else if (wanted->expected > 0)
        expected = wanted->expected;
    expected = expected + HEAD_ROOM > SMALL_BUFFER ? expected + HEAD_ROOM : SMALL_BUFFER;
    if (bytes > expected)
        bytes = expected;
    return curl_easy_setopt(request->easy, CURLOPT_BUFFERSIZE, (long)bytes);
}

/* The condition is a list node of our own before the common list: no copy a request. */
static CURLcode set_headers(struct curl_request *request, const struct transfer_request *wanted)
{
    struct curl_slist *headers = request->common->headers;

    if (wanted->if_unmodified_since != NULL) {
        snprintf(request->condition_text, sizeof(request->condition_text),
                 "If-Unmodified-Since: %s", wanted->if_unmodified_since);
        request->condition = (struct curl_slist){ request->condition_text, headers };
        headers = &request->condition;
    }
    return curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, headers);
}

static CURLcode set_method(CURL *easy, enum transfer_method method)
{
    switch (method) {
    case METHOD_HEAD:
        return curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    case METHOD_GET:
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    return CURLE_BAD_FUNCTION_ARGUMENT;
}

xbits_result curl_request_aim(struct curl_request *request, const struct transfer_request *wanted)
{
    bool is_https = text_starts_with_ignoring_case(wanted->url, "https:");
    CURLcode code;

    TRY(aim_url(request, wanted->url));
    TRY(check_security(wanted, is_https));
    request->entry.key = wanted->key;
    code = set_method(request->easy, wanted->method);
    if (code == CURLE_OK)
        code = set_range(request->easy, wanted);
    if (code == CURLE_OK)
        code = set_buffer(request, wanted);
    if (code == CURLE_OK)
        code = set_headers(request, wanted);
    if (code == CURLE_OK)
        code = set_proxy(request, is_https, wanted->is_direct);
    if (code == CURLE_OK)
        code = set_security(request->easy, wanted->security_flags);
    return raise_setup(code);
}
