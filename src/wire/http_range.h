/* SPDX-License-Identifier: MIT */
#ifndef WIRE_HTTP_RANGE_H
#define WIRE_HTTP_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* RFC 9110 ranges: pure text, nothing is trusted. */

/* One resolved byte range: first <= last. */
struct http_range {
    uint64_t first;
    uint64_t last;
};

/* "bytes 0-99/1000" and "bytes 0-99/" followed by a star (total UINT64_MAX); false when malformed
 * or inconsistent. */
bool http_content_range_parse(const char *text, struct http_range *range_out, uint64_t *total_out);

enum http_range_verdict {
    HTTP_RANGE_NONE,            /* No usable Range header: answer 200. */
    HTTP_RANGE_SATISFIABLE,     /* 206 with the ranges. */
    HTTP_RANGE_NOT_SATISFIABLE, /* 416 */
};
#define HTTP_RANGE_MAXIMUM 16 /* More ranges in one request are answered with the whole body. */

/* Resolves a Range header's value against a size: clips ends, drops ranges past the end, resolves
 * suffixes ("-500"), keeps the order. */
enum http_range_verdict http_range_resolve(const char *header, uint64_t size,
                                           struct http_range ranges[HTTP_RANGE_MAXIMUM],
                                           size_t *count_out);

#endif
