/* SPDX-License-Identifier: MIT */
#ifndef WIRE_HTTP_HEAD_H
#define WIRE_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The head of an HTTP answer, collected line by line. Limits: 64 KiB in all; what is over ends with
 * is_valid false. Header names are compared without case; of a repeated header the last one counts.
 */
struct http_head {
    bool is_valid;     /* A status line was seen and nothing was malformed. */
    int version_major; /* 0: no status line (HTTP/0.9 or garbage). */
    int version_minor;
    int status;
    bool has_content_length;
    uint64_t content_length;
    char *block; /* Every line with CRLF; heap, NULL before the first line. */
    size_t block_length;
};

void http_head_init(struct http_head *head);
void http_head_dispose(struct http_head *head);
/* One line as it came, with or without its line end. A new status line starts over (100 Continue).
 */
void http_head_add_line(struct http_head *head, const char *line, size_t length);
/* Copies the value of the last header of that name, trimmed, into value; "" and false without one
 * or when it does not fit. */
bool http_head_find(const struct http_head *head, const char *name, char *value, size_t value_size);

#endif
