/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_report.h"

#include "backend-sim/transfer/curl_error.h"
#include "backend-sim/transfer/curl_socket.h"

/* Keeps why the listener wants no more. True when it does. */
static bool keep_refusal(struct curl_request *request, xbits_result result)
{
    if (XBITS_SUCCEEDED(result))
        return !request->is_stopped;
    request->refusal = *xbits_last_error();
    request->refusal.result = result;
    return false;
}

static const char *effective_url(const struct curl_request *request)
{
    char *url = NULL;

    (void)curl_easy_getinfo(request->easy, CURLINFO_EFFECTIVE_URL, &url);
    return url == NULL ? "" : url;
}

#define LINE_MAXIMUM ((size_t)64 * 1024)

/* A head that cannot become an answer any more is refused at once, before it goes on for ever. */
static bool check_head(struct curl_request *request)
{
    if ((request->head.is_valid || request->head.version_major == 0) &&
        request->line.length <= LINE_MAXIMUM)
        return true;
    return keep_refusal(request,
                        xbits_fail(XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE,
                                   "the head of the server's answer is malformed or too long"));
}

/* Tells the listener of the head, once. True when it wants the body. */
static bool report_head(struct curl_request *request)
{
    const struct transfer_listener *listener = &request->common->listener;
    const struct answer *answer;

    request->was_reported = true;
    answer =
        answer_text_read(&request->common->answer_text, &request->head, effective_url(request));
    return keep_refusal(request, listener->headers(listener->user, request->entry.key, answer));
}

static bool is_blank_line(const char *line, size_t length)
{
    return length > 0 && (line[0] == '\r' || line[0] == '\n');
}

/* 100 Continue and its like are no answer yet. */
static bool is_interim(const struct http_head *head)
{
    return head->status / 100 == 1;
}

static size_t length_without_end(const char *line, size_t length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    return length;
}

static void flush_line(struct curl_request *request)
{
    if (request->line.length > 0)
        http_head_add_line(&request->head, request->line.data, request->line.length);
    text_clear(&request->line);
}

/* A line goes on in the next one when that begins with a blank (RFC 9112, 5.2): it is taken into
 * the head only when another one begins. */
static bool take_line(struct curl_request *request, const char *line, size_t length)
{
    bool goes_on = length > 0 && (line[0] == ' ' || line[0] == '\t');

    if (!goes_on)
        flush_line(request);
    return check_head(request) &&
           keep_refusal(request,
                        text_append(&request->line, line, length_without_end(line, length)));
}

static size_t on_header(char *line, size_t unit, size_t length, void *user)
{
    struct curl_request *request = user;

    (void)unit; /* Always 1. */
    curl_common_note_activity(request->common);
    if (request->is_stopped)
        return 0;
    if (request->was_reported)
        return length; /* A trailer. */
    if (!take_line(request, line, length))
        return 0;
    if (!is_blank_line(line, length))
        return length;
    http_head_add_line(&request->head, line, length);
    if (!check_head(request))
        return 0;
    if (is_interim(&request->head))
        return length;
    return report_head(request) ? length : 0;
}

static size_t on_body(char *bytes, size_t unit, size_t length, void *user)
{
    struct curl_request *request = user;
    const struct transfer_listener *listener = &request->common->listener;
    xbits_result result;

    (void)unit;
    curl_common_note_activity(request->common);
    if (request->is_stopped || (!request->was_reported && !report_head(request)))
        return 0;
    result = listener->body(listener->user, request->entry.key, bytes, length);
    return keep_refusal(request, result) ? length : 0;
}

static int on_socket(void *user, curl_socket_t socket, curlsocktype purpose)
{
    (void)purpose;
    curl_common_note_activity(user);
    curl_socket_close_on_exec(socket);
    return CURL_SOCKOPT_OK;
}

static int on_connected(void *user, char *remote_address, char *local_address, int remote_port,
                        int local_port)
{
    (void)remote_address;
    (void)local_address;
    (void)remote_port;
    (void)local_port;
    curl_common_note_activity(user);
    return CURL_PREREQFUNC_OK;
}

CURLcode curl_report_attach(struct curl_request *request)
{
    CURL *easy = request->easy;
    CURLcode codes[] = {
        curl_easy_setopt(easy, CURLOPT_PRIVATE, (void *)request),
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header),
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, request),
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body),
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, request),
        curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_socket),
        curl_easy_setopt(easy, CURLOPT_SOCKOPTDATA, request->common),
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_connected),
        curl_easy_setopt(easy, CURLOPT_PREREQDATA, request->common),
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i] != CURLE_OK)
            return codes[i];
    }
    return CURLE_OK;
}

/* An answer to HEAD without a status line is an error to libcurl; we tell of it as of one to GET,
 * and let the rules decide. */
static bool is_without_head(const struct curl_request *request, CURLcode code)
{
    return code == CURLE_WEIRD_SERVER_REPLY && request->head.version_major == 0;
}

xbits_result curl_report_finish(struct curl_request *request, CURLcode code,
                                struct xbits_error *error_out)
{
    curl_common_note_activity(request->common);
    flush_line(request);
    if (!request->was_reported && is_without_head(request, code))
        code = CURLE_OK;
    if (!request->was_reported && code == CURLE_OK)
        (void)report_head(request);
    if (XBITS_FAILED(request->refusal.result)) {
        *error_out = request->refusal;
        return error_out->result;
    }
    if (code == CURLE_OK)
        return XBITS_S_OK;
    (void)curl_error_raise(code, request->detail);
    *error_out = *xbits_last_error();
    return error_out->result;
}
