/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_SUBJECT_H
#define ORIGIN_ORIGIN_SUBJECT_H

#include "origin/origin.h"
#include "wire/resource.h"

/* What one request is about, as it is for this request: a file of the directory or a resource made
 * up by a test. */
struct origin_made;
struct origin_subject {
    struct resource resource; /* Its texts belong to the origin, to made or to this struct. */
    struct origin_made *made; /* Held; NULL: a file. */
    int descriptor;           /* Owned; -1: no file, or given away. */
    char etag[64];            /* A file's. */
    uint64_t pattern;         /* A made-up resource's content: its seed, or its bytes. */
    const char *body;
    uint64_t rate;
    uint64_t cut_after;
    bool stalls;
};

/* One request from its head to the end of its answer. */
struct origin_exchange {
    struct origin *origin;
    uint64_t index; /* In the journal. */
    int64_t arrived;
    int status;
    struct origin_subject subject;
    struct resource_answer answer;
    bool is_body_begun;
    uint64_t body_begun_ms;
};

/* Reads the body of the answer at an offset: an httpd_read whose user is the exchange. */
int64_t origin_body_read(void *user, uint64_t offset, void *bytes, size_t size);

#endif
