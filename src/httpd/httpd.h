/* SPDX-License-Identifier: MIT */
#ifndef HTTPD_HTTPD_H
#define HTTPD_HTTPD_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The one way to run libmicrohttpd: listens on a loopback or given address, calls `handle` for each
 * request once its head is read, and sends what it answers. Threads are the server's own; handle
 * may run on several at once.
 */
struct httpd;
struct httpd_request; /* Valid during handle and until the answer was sent. */

#define HTTPD_BYTES_UNKNOWN UINT64_MAX

struct httpd_options {
    const char *address; /* "127.0.0.1" (NULL), "::1", or an address to bind. */
    uint16_t port;       /* 0: the system picks one. */
    uint32_t threads;    /* 0: 2 */
    void (*handle)(void *user, struct httpd_request *request);
    /* After the answer was sent or the connection broke; NULL: not wanted. Bytes are those given to
     * the system; HTTPD_BYTES_UNKNOWN when the kernel was sending a descriptor and did not end. */
    void (*done)(void *user, struct httpd_request *request, uint64_t body_bytes_sent,
                 bool was_sent_whole);
    void *user;
};
xbits_result httpd_start(const struct httpd_options *options, struct httpd **httpd_out);
uint16_t httpd_port(const struct httpd *httpd);
void httpd_stop(struct httpd *httpd);

const char *httpd_method(const struct httpd_request *request);
/* Decoded, "/" first, no query. NULL: the target cannot be decoded (a broken escape, a NUL, "*").
 */
const char *httpd_path(const struct httpd_request *request);
const char *httpd_target(const struct httpd_request *request);  /* As sent, query included. */
const char *httpd_version(const struct httpd_request *request); /* "HTTP/1.1" */
const char *httpd_header(const struct httpd_request *request, const char *name); /* NULL: absent. */
typedef void httpd_header_visit(const char *name, const char *value, void *user);
void httpd_visit_headers(const struct httpd_request *request, httpd_header_visit *visit,
                         void *user);
void httpd_set_user(struct httpd_request *request, void *user);
void *httpd_user(const struct httpd_request *request);

/* Headers are added before one of the answers; each request is answered exactly once, in handle.
 * One that is not answered, also for want of memory, closes the connection. */
void httpd_add_header(struct httpd_request *request, const char *name, const char *value);
/* The status line of the answer says HTTP/1.0, and nothing of 1.1 is used. */
void httpd_use_http_1_0(struct httpd_request *request);
void httpd_answer(struct httpd_request *request, int status, const void *body, size_t size);
/* length is announced but no body sent: the answer to HEAD. UINT64_MAX: no Content-Length. */
void httpd_answer_head(struct httpd_request *request, int status, uint64_t length);
/*
 * A body made on demand. read returns the bytes written, 0 at the end, HTTPD_READ_BREAK to break
 * the connection, or HTTPD_READ_AGAIN: nothing yet, ask again in so many milliseconds (or sooner).
 * length UINT64_MAX: chunked or until close. read is not called after done; free_user is called
 * once, in any case, and may be after it.
 */
#define HTTPD_READ_BREAK     INT64_C(-1)
#define HTTPD_READ_AGAIN(ms) (HTTPD_READ_BREAK - (int64_t)(ms)) /* ms is not 0. */
typedef int64_t httpd_read(void *user, uint64_t offset, void *bytes, size_t size);
void httpd_answer_stream(struct httpd_request *request, int status, uint64_t length,
                         httpd_read *read, void *user, void (*free_user)(void *user));
/* A piece of an open file, sent by the kernel where it can (sendfile). Owns the descriptor. */
void httpd_answer_descriptor(struct httpd_request *request, int status, int descriptor,
                             uint64_t offset, uint64_t length);

#endif
