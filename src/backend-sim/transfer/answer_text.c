/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/answer_text.h"

#include "backend-sim/transfer/location.h"
#include "base/text.h"
#include "wire/http_range.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A body in several frames has no length of its own, whatever else was said (RFC 9112, 6.3). */
static uint64_t content_length_of(const struct http_head *head)
{
    char encoding[64];

    if (!head->has_content_length ||
        http_head_find(head, "Transfer-Encoding", encoding, sizeof(encoding)))
        return XBITS_SIZE_UNKNOWN;
    return head->content_length;
}

static void read_content_range(const struct http_head *head, struct answer *answer)
{
    struct http_range range;
    uint64_t total;
    char value[128];

    if (!http_head_find(head, "Content-Range", value, sizeof(value)) ||
        !http_content_range_parse(value, &range, &total) || total == UINT64_MAX)
        return;
    answer->has_content_range = true;
    answer->range_first = range.first;
    answer->range_last = range.last;
    answer->range_total = total;
}

static bool is_multipart(const struct http_head *head)
{
    char value[256];

    return http_head_find(head, "Content-Type", value, sizeof(value)) &&
           text_starts_with_ignoring_case(value, "multipart/byteranges");
}

static void read_location(struct answer_text *text, const struct http_head *head,
                          const char *base_url)
{
    char location[sizeof(text->location)];

    text->location[0] = '\0';
    if (head->status / 100 == 3 && http_head_find(head, "Location", location, sizeof(location)))
        location_resolve(base_url, location, text->location, sizeof(text->location));
}

const struct answer *answer_text_read(struct answer_text *text, const struct http_head *head,
                                      const char *base_url)
{
    struct answer *answer = &text->answer;

    *answer = (struct answer){
        .version_major = head->version_major,
        .version_minor = head->version_minor,
        .status = head->status,
        .content_length = content_length_of(head),
        .is_multipart = is_multipart(head),
        .content_encoding = text->content_encoding,
        .last_modified = text->last_modified,
        .etag = text->etag,
        .location = text->location,
        .header_block = head->block == NULL ? "" : head->block,
    };
    http_head_find(head, "Content-Encoding", text->content_encoding,
                   sizeof(text->content_encoding));
    http_head_find(head, "Last-Modified", text->last_modified, sizeof(text->last_modified));
    http_head_find(head, "ETag", text->etag, sizeof(text->etag));
    read_content_range(head, answer);
    read_location(text, head, base_url);
    return answer;
}

static void add_field(struct http_head *head, const char *name, const char *value)
{
    char line[512];
    int length = snprintf(line, sizeof(line), "%s: %s", name, value);

    if (length > 0 && (size_t)length < sizeof(line))
        http_head_add_line(head, line, (size_t)length);
}

void answer_text_write_head(const struct resource_answer *decision, bool is_http_1_0,
                            struct http_head *head)
{
    char line[32];

    snprintf(line, sizeof(line), "HTTP/1.%d %d ", is_http_1_0 ? 0 : 1, decision->status);
    http_head_add_line(head, line, strlen(line));
    for (size_t i = 0; i < decision->header_count; i++)
        add_field(head, decision->headers[i].name, decision->headers[i].value);
    if (decision->has_length) {
        snprintf(line, sizeof(line), "%" PRIu64, decision->length);
        add_field(head, "Content-Length", line);
    }
}
