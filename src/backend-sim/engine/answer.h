/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_ANSWER_H
#define ENGINE_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "xbits/value.h"

/* What a server said, reduced to what the rules look at. Texts are "" when absent, never NULL. */
struct answer {
    int version_major; /* 0 for an answer without an HTTP status line; 1.1 for "file". */
    int version_minor;
    int status;              /* file: 200 or 206; its failures come as results. */
    uint64_t content_length; /* XBITS_SIZE_UNKNOWN: not told. */
    bool has_content_range;  /* A well-formed Content-Range with a known total. */
    uint64_t range_first;
    uint64_t range_last;
    uint64_t range_total;
    bool is_multipart;            /* multipart/byteranges */
    const char *content_encoding; /* "" or what it says, "identity" included. */
    const char *last_modified;    /* The header's own text. */
    const char *etag;
    const char *location;     /* Of a redirect, made absolute; "" when unusable. */
    const char *header_block; /* Status line and headers, CRLF. */
};

/* A copy in one heap block, freed with free(). Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result answer_copy(const struct answer *answer, struct answer **copy_out);

enum transfer_method { METHOD_HEAD, METHOD_GET };

/* One request, as the engine wants it made. */
struct transfer_request {
    uint64_t key; /* Unique; names the transfer in every call and report. */
    enum transfer_method method;
    const char *url;
    bool has_range; /* Range: bytes=first-last */
    uint64_t range_first;
    uint64_t range_last;
    uint64_t expected;               /* Bytes of the answer's body; 0: none, or not known. */
    const char *if_unmodified_since; /* NULL: no such header. */
    uint32_t security_flags;         /* TLS bits of BG_SSL_*. */
    bool is_direct;                  /* Without the configured proxy. */
};

#endif
