/* SPDX-License-Identifier: MIT */
#ifndef WIRE_RESOURCE_H
#define WIRE_RESOURCE_H

#include "wire/http_range.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How a static web server answers, as one pure function: the origin (real sockets) and the scripted
 * source (no sockets) both play what it decides, so a rule tested on one holds on the other.
 */

/* How a resource misbehaves; zeroed: not at all. A header over 255 bytes is left
 * out, a Content-Range is cut. */
struct resource_rules {
    bool no_ranges;       /* Range is ignored: 200 with all of it. */
    bool no_length;       /* No Content-Length, HEAD included. */
    bool no_validators;   /* Neither ETag nor Last-Modified. */
    int status;           /* Not 0: answered instead, to HEAD and GET, with an empty body. */
    int head_status;      /* Not 0: answered to HEAD only. */
    const char *location; /* Goes with a 3xx status; NULL: none. */
    bool is_http_1_0;     /* The status line says HTTP/1.0. */
    const char *wrong_content_range; /* Sent in place of the true one; NULL: the true one. */
    const char *retry_after;         /* NULL: none. */
};

struct resource {
    uint64_t size;
    int64_t modified; /* FILETIME; 0: unknown, no Last-Modified. */
    const char *etag; /* With its quotes, or NULL. */
    const char *content_type;
    struct resource_rules rules;
};

struct resource_request {
    const char *method; /* "GET", "HEAD", anything else is 405 with Allow. */
    const char *range;  /* Header values, or NULL. */
    const char *if_range;
    const char *if_unmodified_since;
    const char *if_modified_since;
    const char *if_match;
    const char *if_none_match;
};

#define RESOURCE_HEADERS_MAXIMUM 12
struct resource_answer {
    int status;
    bool has_body; /* False for HEAD, 304, 412, 416 and fixed statuses. */
    struct http_range ranges[HTTP_RANGE_MAXIMUM]; /* What the body is made of, in this order. */
    size_t range_count;
    bool is_multipart; /* multipart/byteranges with `boundary`. */
    char boundary[40];
    bool has_length;
    uint64_t
        length; /* Of the body as sent (multipart framing included); the resource's for HEAD. */
    struct {
        const char *name;
        char value[256];
    } headers[RESOURCE_HEADERS_MAXIMUM]; /* All but Content-Length, Date and Connection. */
    size_t header_count;
};

/* Preconditions in the order of RFC 9110 13.2.2. */
void resource_decide(const struct resource *resource, const struct resource_request *request,
                     struct resource_answer *answer_out);

/* The text that precedes part `index` of a multipart body, or ends it (index == range_count).
 * Returns its length; writes at most size bytes with the NUL. */
size_t resource_part_head(const struct resource *resource, const struct resource_answer *answer,
                          size_t index, char *text, size_t size);

/* Deterministic content: byte at `offset` of pattern `seed`, filled into bytes. Eight bytes from
 * different places or seeds are as good as never equal, so a misplaced block is seen. */
void resource_pattern(uint64_t seed, uint64_t offset, void *bytes, size_t size);

#endif
