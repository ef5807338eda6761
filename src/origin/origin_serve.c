/* SPDX-License-Identifier: MIT */
#include "origin/origin_serve.h"

#include "origin/origin_files.h"
#include "origin/origin_journal.h"
#include "origin/origin_resources.h"

#include <stdlib.h>

/* Returns 200 with the subject filled, or the status that says why there is none. */
static int find_subject(struct origin *origin, const struct httpd_request *request,
                        struct origin_subject *subject)
{
    const char *path = httpd_path(request);

    if (path == NULL)
        return 400;
    if (resources_take(origin->resources, path, httpd_method(request), subject))
        return 200;
    if (origin->root == NULL)
        return 404;
    subject->resource.rules = origin->rules;
    subject->rate = origin->rate;
    return origin_files_find(origin->root, path, subject);
}

static void dispose_subject(struct origin *origin, struct origin_subject *subject)
{
    if (subject->made != NULL)
        resources_give_back(origin->resources, subject->made);
    if (subject->descriptor >= 0)
        origin_file_close(subject->descriptor);
}

/* One piece of a file and nothing to hold it back: the kernel sends it. */
static bool is_for_kernel(const struct origin_exchange *exchange)
{
    return exchange->subject.descriptor >= 0 && exchange->subject.rate == 0 &&
           exchange->answer.has_length && exchange->answer.range_count == 1;
}

static void send_body(struct origin_exchange *exchange, struct httpd_request *request)
{
    struct origin_subject *subject = &exchange->subject;
    const struct resource_answer *answer = &exchange->answer;

    if (subject->made != NULL)
        resources_begin_body(exchange->origin->resources, subject);
    if (is_for_kernel(exchange)) {
        const int descriptor = subject->descriptor;
        subject->descriptor = -1;
        httpd_answer_descriptor(request, answer->status, descriptor, answer->ranges[0].first,
                                answer->length);
        return;
    }
    /* The exchange is freed in origin_done, after the last read. */
    httpd_answer_stream(request, answer->status, answer->has_length ? answer->length : UINT64_MAX,
                        origin_body_read, exchange, NULL);
}

static void answer_request(struct origin_exchange *exchange, struct httpd_request *request)
{
    const struct resource_request asked = {
        .method = httpd_method(request),
        .range = httpd_header(request, "Range"),
        .if_range = httpd_header(request, "If-Range"),
        .if_unmodified_since = httpd_header(request, "If-Unmodified-Since"),
        .if_modified_since = httpd_header(request, "If-Modified-Since"),
        .if_match = httpd_header(request, "If-Match"),
        .if_none_match = httpd_header(request, "If-None-Match"),
    };
    const struct resource *resource = &exchange->subject.resource;
    struct resource_answer *answer = &exchange->answer;

    resource_decide(resource, &asked, answer);
    exchange->status = answer->status;
    for (size_t i = 0; i < answer->header_count; i++)
        httpd_add_header(request, answer->headers[i].name, answer->headers[i].value);
    if (resource->rules.is_http_1_0)
        httpd_use_http_1_0(request);
    if (answer->has_body)
        send_body(exchange, request);
    else
        httpd_answer_head(request, answer->status,
                          answer->has_length ? answer->length : UINT64_MAX);
}

void origin_handle(void *user, struct httpd_request *request)
{
    struct origin *origin = user;
    struct origin_exchange *exchange = calloc(1, sizeof *exchange);

    /* Unanswered, the request closes its connection. */
    if (exchange == NULL)
        return;
    exchange->origin = origin;
    exchange->subject.descriptor = -1;
    httpd_set_user(request, exchange);
    journal_begin(origin->journal, request, exchange);

    exchange->status = find_subject(origin, request, &exchange->subject);
    if (exchange->status == 200)
        answer_request(exchange, request);
    else
        httpd_answer(request, exchange->status, NULL, 0);
}

void origin_done(void *user, struct httpd_request *request, uint64_t body_bytes_sent,
                 bool was_sent_whole)
{
    struct origin *origin = user;
    struct origin_exchange *exchange = httpd_user(request);

    if (exchange == NULL)
        return;
    journal_end(origin->journal, request, exchange, body_bytes_sent, was_sent_whole);
    dispose_subject(origin, &exchange->subject);
    free(exchange);
}
