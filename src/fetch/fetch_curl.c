/* SPDX-License-Identifier: MIT */
#include "fetch/source.h"

#include <curl/curl.h>
#include <string.h>

#include "base/clock.h"
#include "base/url_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define REDIRECTS_MAXIMUM 10

/* As the jobs' results; what is not here has no cause that people could do something about. */
static const struct error_row {
    CURLcode code;
    xbits_result result;
} errors[] = {
    { CURLE_COULDNT_RESOLVE_HOST, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED },
    { CURLE_COULDNT_RESOLVE_PROXY, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED },
    { CURLE_COULDNT_CONNECT, XBITS_ERROR_WINHTTP_CANNOT_CONNECT },
    { CURLE_INTERFACE_FAILED, XBITS_ERROR_WINHTTP_CANNOT_CONNECT },
    { CURLE_PROXY, XBITS_ERROR_WINHTTP_CANNOT_CONNECT },
    { CURLE_OPERATION_TIMEDOUT, XBITS_ERROR_WINHTTP_TIMEOUT },
    { CURLE_RECV_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_SEND_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_GOT_NOTHING, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_PARTIAL_FILE, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_HTTP2, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_HTTP2_STREAM, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_WEIRD_SERVER_REPLY, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE },
    { CURLE_UNSUPPORTED_PROTOCOL, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE },
    { (CURLcode)100, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE }, /* TOO_LARGE, since 8.6. */
    { CURLE_URL_MALFORMAT, XBITS_ERROR_WINHTTP_INVALID_URL },
    { CURLE_PEER_FAILED_VERIFICATION, XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    { CURLE_SSL_CACERT_BADFILE, XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    { CURLE_SSL_INVALIDCERTSTATUS, XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    { CURLE_SSL_ISSUER_ERROR, XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    { CURLE_SSL_CONNECT_ERROR, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR },
    { CURLE_SSL_CIPHER, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR },
    { CURLE_SSL_CLIENTCERT, XBITS_ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED },
    { CURLE_OUT_OF_MEMORY, XBITS_E_OUTOFMEMORY },
};

static const struct error_row unknown = { CURLE_OK, XBITS_ERROR_WINHTTP_INTERNAL_ERROR };

static const struct error_row *find_row(CURLcode code)
{
    for (size_t i = 0; i < COUNT_OF(errors); i++) {
        if (errors[i].code == code)
            return &errors[i];
    }
    return &unknown;
}

/* One document: its request, and what came of it. */
struct trip {
    const struct fetch_request *request;
    const struct url *first;
    struct fetch_answer *answer;
    CURL *easy;
    uint64_t deadline_ms;
    char detail[CURL_ERROR_SIZE];
    xbits_result refusal; /* Of the body. */
};

static xbits_result raise_error(const struct trip *trip, CURLcode code)
{
    return xbits_fail_native(find_row(code)->result, XBITS_DOMAIN_CURL, (int64_t)code, "%s: %s",
                             url_text(text_c(&trip->answer->url)).c,
                             trip->detail[0] != '\0' ? trip->detail : curl_easy_strerror(code));
}

/* libcurl's; less than size ends the transfer. */
static size_t take_body(char *bytes, size_t one, size_t size, void *user)
{
    struct trip *trip = user;
    struct text *body = &trip->answer->body;

    (void)one;
    if (size > trip->request->maximum_bytes - body->length) {
        trip->refusal =
            xbits_fail(XBITS_ERROR_FILE_TOO_LARGE, "%s has more than %zu bytes",
                       url_text(text_c(&trip->answer->url)).c, trip->request->maximum_bytes);
        return 0;
    }
    trip->refusal = text_append(body, bytes, size);
    return XBITS_SUCCEEDED(trip->refusal) ? size : 0;
}

/* libcurl's, once a second at least; other than 0 ends the transfer. */
static int ask_whether_to_go_on(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct fetch_request *request = user;

    (void)a, (void)b, (void)c, (void)d;
    return request->is_given_up(request->user);
}

static CURLcode watch(const struct trip *trip)
{
    CURLcode code = curl_easy_setopt(trip->easy, CURLOPT_XFERINFOFUNCTION, ask_whether_to_go_on);

    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_XFERINFODATA, trip->request);
    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_NOPROGRESS, 0L);
    return code;
}

static CURLcode set_longs(CURL *easy)
{
    static const struct {
        CURLoption option;
        long value;
    } rows[] = {
        { CURLOPT_NOSIGNAL, 1 },
        { CURLOPT_FOLLOWLOCATION, 0 },
        { CURLOPT_HTTP_CONTENT_DECODING, 0 },
        { CURLOPT_SUPPRESS_CONNECT_HEADERS, 1 },
    };
    CURLcode code = CURLE_OK;

    for (size_t i = 0; code == CURLE_OK && i < COUNT_OF(rows); i++)
        code = curl_easy_setopt(easy, rows[i].option, rows[i].value);
    return code;
}

/* The proxy is always told: left alone libcurl would obey the environment. */
static CURLcode set_texts(const struct trip *trip)
{
    const struct {
        CURLoption option;
        const char *value;
    } rows[] = {
        { CURLOPT_PROTOCOLS_STR, "http,https" },
        { CURLOPT_USERAGENT, "xbits" },
        { CURLOPT_PROXY, trip->request->proxy },
        { CURLOPT_NOPROXY, "" },
    };
    CURLcode code = CURLE_OK;

    for (size_t i = 0; code == CURLE_OK && i < COUNT_OF(rows); i++)
        code = curl_easy_setopt(trip->easy, rows[i].option, rows[i].value);
    return code;
}

static xbits_result set_up(struct trip *trip)
{
    CURLcode code = set_longs(trip->easy);

    if (code == CURLE_OK)
        code = set_texts(trip);
    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_ERRORBUFFER, trip->detail);
    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_WRITEFUNCTION, take_body);
    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_WRITEDATA, trip);
    if (code == CURLE_OK && trip->request->is_given_up != NULL)
        code = watch(trip);
    return code == CURLE_OK ? XBITS_S_OK : raise_error(trip, code);
}

static bool may_have_cookies(const struct trip *trip, const struct url *url)
{
    const bool is_downgrade = trip->first->scheme == URL_HTTPS && url->scheme == URL_HTTP;

    return trip->request->cookies[0] != '\0' && strcmp(trip->first->host, url->host) == 0 &&
           !is_downgrade;
}

/* The time is that of all requests together. */
static long remaining_ms(const struct trip *trip)
{
    const uint64_t now = clock_ms(clock_system());
    const uint64_t left = now < trip->deadline_ms ? trip->deadline_ms - now : 1;

    return left < INT32_MAX ? (long)left : INT32_MAX;
}

static xbits_result aim(const struct trip *trip, const struct url *url)
{
    const char *cookies = may_have_cookies(trip, url) ? trip->request->cookies : NULL;
    CURLcode code = curl_easy_setopt(trip->easy, CURLOPT_URL, text_c(&trip->answer->url));

    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_COOKIE, cookies);
    if (code == CURLE_OK)
        code = curl_easy_setopt(trip->easy, CURLOPT_TIMEOUT_MS, remaining_ms(trip));
    return code == CURLE_OK ? XBITS_S_OK : raise_error(trip, code);
}

/* A header's value at an index; NULL: there are no more. Valid until the next request. */
static const char *header(const struct trip *trip, const char *name, size_t index)
{
    struct curl_header *found = NULL;

    return curl_easy_header(trip->easy, name, index, CURLH_HEADER, -1, &found) == CURLHE_OK
               ? found->value
               : NULL;
}

static xbits_result take_headers(const struct trip *trip)
{
    struct fetch_answer *answer = trip->answer;
    const char *type = header(trip, "Content-Type", 0);
    const char *cookie;

    (void)curl_easy_getinfo(trip->easy, CURLINFO_RESPONSE_CODE, &answer->status);
    TRY(text_add(&answer->content_type, type != NULL ? type : ""));
    for (size_t i = 0; (cookie = header(trip, "Set-Cookie", i)) != NULL; i++)
        TRY(text_format(&answer->set_cookies, "%s\n", cookie));
    return XBITS_S_OK;
}

static xbits_result ask(struct trip *trip, const struct url *url)
{
    CURLcode code;

    text_clear(&trip->answer->content_type);
    text_clear(&trip->answer->set_cookies);
    text_clear(&trip->answer->body);
    TRY(aim(trip, url));
    code = curl_easy_perform(trip->easy);
    TRY(trip->refusal);
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return xbits_fail(XBITS_E_ABORT, "%s: given up", url_text(text_c(&trip->answer->url)).c);
    if (code != CURLE_OK)
        return raise_error(trip, code);
    return take_headers(trip);
}

/* Where the answer leads; NULL: nowhere. */
static const char *next_place(const struct trip *trip)
{
    static const long redirects[] = { 301, 302, 303, 307, 308 };

    for (size_t i = 0; i < COUNT_OF(redirects); i++) {
        if (trip->answer->status == redirects[i])
            return header(trip, "Location", 0);
    }
    return NULL;
}

/* A server must not be able to send anybody to a local file. */
static xbits_result follow(struct trip *trip, const char *location, struct url *url)
{
    struct url next = { 0 };
    xbits_result result = url_parse(location, url, &next);

    if (result == XBITS_E_INVALIDARG || next.scheme == URL_FILE) {
        url_dispose(&next);
        return xbits_fail(XBITS_ERROR_WINHTTP_REDIRECT_FAILED,
                          "%s redirects to \"%s\", which is no address of a server",
                          url_text(text_c(&trip->answer->url)).c, url_text(location).c);
    }
    TRY(result);
    url_dispose(url);
    *url = next;
    text_clear(&trip->answer->url);
    return url_print(url, &trip->answer->url);
}

static xbits_result judge(const struct trip *trip)
{
    const long status = trip->answer->status;
    const struct url_text url = url_text(text_c(&trip->answer->url));

    if (status >= 200 && status < 300)
        return XBITS_S_OK;
    if (status == 404)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "%s: HTTP 404", url.c);
    return xbits_fail(RESULT_FROM_HTTP(status), "%s: HTTP %ld", url.c, status);
}

static xbits_result travel(struct trip *trip, struct url *url)
{
    for (int i = 0; i <= REDIRECTS_MAXIMUM; i++) {
        const char *location;

        TRY(ask(trip, url));
        location = next_place(trip);
        if (location == NULL)
            return judge(trip);
        TRY(follow(trip, location, url));
    }
    return xbits_fail(XBITS_ERROR_WINHTTP_REDIRECT_FAILED, "%s: more than %d redirects",
                      url_text(trip->request->url).c, REDIRECTS_MAXIMUM);
}

static xbits_result travel_with(struct trip *trip)
{
    struct url url = { 0 };
    xbits_result result = set_up(trip);

    if (XBITS_SUCCEEDED(result))
        result = url_parse(text_c(&trip->answer->url), NULL, &url);
    if (XBITS_SUCCEEDED(result))
        result = travel(trip, &url);
    url_dispose(&url);
    return result;
}

/* curl_global_init counts its callers, and is safe from any thread since libcurl 7.84. */
xbits_result fetch_from_server(const struct fetch_request *request, const struct url *url,
                               struct fetch_answer *answer)
{
    struct trip trip = { .request = request, .first = url, .answer = answer };
    const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    xbits_result result;

    if (code != CURLE_OK)
        return raise_error(&trip, code);
    trip.deadline_ms = clock_ms(clock_system()) + request->timeout_ms;
    trip.easy = curl_easy_init();
    result = trip.easy != NULL ? travel_with(&trip)
                               : xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a request");
    curl_easy_cleanup(trip.easy);
    curl_global_cleanup();
    return result;
}
