/* SPDX-License-Identifier: MIT */
#include "wire/resource.h"

#include "base/clock.h"
#include "base/text.h"
#include "wire/resource_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *resource_content_type(const struct resource *resource)
{
    return resource->content_type != NULL ? resource->content_type : "application/octet-stream";
}

void resource_content_range(const struct resource *resource, const struct http_range *range,
                            char *text, size_t size)
{
    if (resource->rules.wrong_content_range != NULL)
        (void)text_copy_into(text, size, resource->rules.wrong_content_range);
    else
        (void)snprintf(text, size, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, range->first,
                       range->last, resource->size);
}

/* A text that does not fit is left out: half a header says something else. */
static void add_header(struct resource_answer *answer, const char *name, const char *value)
{
    if (value == NULL || strlen(value) >= sizeof answer->headers[0].value ||
        answer->header_count == RESOURCE_HEADERS_MAXIMUM)
        return;
    answer->headers[answer->header_count].name = name;
    (void)text_copy_into(answer->headers[answer->header_count].value,
                         sizeof answer->headers[0].value, value);
    answer->header_count++;
}

static void add_validators(const struct resource *resource, struct resource_answer *answer)
{
    const struct resource_validators validators = resource_validators(resource);
    char date[32];

    add_header(answer, "ETag", validators.etag);
    if (validators.modified != 0)
        add_header(answer, "Last-Modified", clock_format_http(validators.modified, date));
}

/* An answer without a body. 204 and 304 say no length: for them it would be that of a body they do
 * not have (RFC 9110 8.6). */
static void answer_empty(const struct resource *resource, int status,
                         struct resource_answer *answer)
{
    answer->status = status;
    answer->has_length = status != 204 && status != 304 && !resource->rules.no_length;
    answer->length = 0;
}

static void answer_fixed(const struct resource *resource, int status,
                         struct resource_answer *answer)
{
    answer_empty(resource, status, answer);
    if (status >= 300 && status < 400)
        add_header(answer, "Location", resource->rules.location);
    add_header(answer, "Retry-After", resource->rules.retry_after);
}

static void answer_not_satisfiable(const struct resource *resource, struct resource_answer *answer)
{
    char text[64];

    answer_empty(resource, 416, answer);
    (void)snprintf(text, sizeof text, "bytes */%" PRIu64, resource->size);
    add_header(answer, "Content-Range", text);
    add_validators(resource, answer);
}

static void answer_whole(const struct resource *resource, struct resource_answer *answer)
{
    answer->status = 200;
    answer->length = resource->size;
    if (resource->size > 0) {
        answer->ranges[0] = (struct http_range){ 0, resource->size - 1 };
        answer->range_count = 1;
    }
    add_header(answer, "Content-Type", resource_content_type(resource));
}

static void answer_part(const struct resource *resource, struct resource_answer *answer)
{
    char text[256];

    answer->status = 206;
    if (answer->range_count > 1) {
        resource_begin_multipart(resource, answer);
        (void)snprintf(text, sizeof text, "multipart/byteranges; boundary=%s", answer->boundary);
        add_header(answer, "Content-Type", text);
        return;
    }
    answer->length = answer->ranges[0].last - answer->ranges[0].first + 1;
    add_header(answer, "Content-Type", resource_content_type(resource));
    resource_content_range(resource, &answer->ranges[0], text, sizeof text);
    add_header(answer, "Content-Range", text);
}

static void answer_content(const struct resource *resource, const struct resource_request *request,
                           struct resource_answer *answer)
{
    enum http_range_verdict verdict = HTTP_RANGE_NONE;

    if (resource_range_applies(resource, request))
        verdict = http_range_resolve(request->range, resource->size, answer->ranges,
                                     &answer->range_count);
    switch (verdict) {
    case HTTP_RANGE_NOT_SATISFIABLE:
        answer_not_satisfiable(resource, answer);
        return;
    case HTTP_RANGE_SATISFIABLE:
        answer_part(resource, answer);
        break;
    case HTTP_RANGE_NONE:
        answer_whole(resource, answer);
        break;
    }
    answer->has_body = strcmp(request->method, "GET") == 0;
    answer->has_length = !resource->rules.no_length;
    add_validators(resource, answer);
    if (!resource->rules.no_ranges)
        add_header(answer, "Accept-Ranges", "bytes");
}

/* The status to answer whatever is asked, or 0. */
static int fixed_status(const struct resource_rules *rules, bool is_head)
{
    return is_head && rules->head_status != 0 ? rules->head_status : rules->status;
}

void resource_decide(const struct resource *resource, const struct resource_request *request,
                     struct resource_answer *answer_out)
{
    const bool is_head = strcmp(request->method, "HEAD") == 0;
    const int fixed = fixed_status(&resource->rules, is_head);

    memset(answer_out, 0, sizeof *answer_out);
    if (!is_head && strcmp(request->method, "GET") != 0) {
        answer_empty(resource, 405, answer_out);
        add_header(answer_out, "Allow", "GET, HEAD");
        return;
    }
    if (fixed != 0) {
        answer_fixed(resource, fixed, answer_out);
        return;
    }

    const int status = resource_check_conditions(resource, request);
    if (status == 200) {
        answer_content(resource, request, answer_out);
        return;
    }
    answer_empty(resource, status, answer_out);
    add_validators(resource, answer_out);
}
