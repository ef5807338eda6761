/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_SERVE_H
#define ORIGIN_ORIGIN_SERVE_H

#include "httpd/httpd.h"
#include "origin/origin.h"

struct origin {
    struct resource_rules rules; /* Of the directory's files. */
    uint64_t rate;
    struct origin_root *root; /* NULL: no directory. */
    struct resources *resources;
    struct journal *journal;
    struct httpd *httpd;
};

/* What httpd calls; user is the origin. */
void origin_handle(void *user, struct httpd_request *request);
void origin_done(void *user, struct httpd_request *request, uint64_t body_bytes_sent,
                 bool was_sent_whole);

#endif
