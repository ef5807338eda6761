/* SPDX-License-Identifier: MIT */
#ifndef HTTPD_HTTPD_INTERNAL_H
#define HTTPD_HTTPD_INTERNAL_H

#include "httpd/httpd.h"
#include "httpd/httpd_pacer.h"

#include <microhttpd.h>

/* Shared by the files of this layer only. */

struct httpd {
    struct httpd_options options; /* Its address is not kept. */
    struct MHD_Daemon *daemon;
    struct pacer *pacer;
    uint16_t port;
};

struct httpd_field {
    char *name;
    char *value;
};

struct httpd_request {
    struct httpd *httpd;
    struct MHD_Connection *connection;
    const char *method; /* libmicrohttpd's; as long-lived as the request. */
    const char *version;
    char *target;
    char *path; /* NULL: the target cannot be decoded. */
    void *user;
    struct httpd_field *fields; /* Headers of the answer. */
    size_t field_count;
    enum MHD_ResponseFlags flags;
    bool has_failed;  /* Out of memory on the way: the answer would be another. */
    bool was_seen;    /* Its head is known. */
    bool was_handled; /* handle was called, so done is due. */
    bool was_answered;
    bool is_body_counted; /* By us, not by the kernel. */
    uint64_t body_length; /* As announced; not for counted bodies. */
    uint64_t body_sent;
    struct pacer_entry waiting;
    bool has_waited;
};

/* NULL when out of memory. */
struct httpd_request *httpd_request_new(struct httpd *httpd, const char *target,
                                        struct MHD_Connection *connection);
void httpd_request_free(struct httpd_request *request);

#endif
