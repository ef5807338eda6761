/* SPDX-License-Identifier: MIT */
#ifndef FETCH_FETCH_H
#define FETCH_FETCH_H

#include "base/text.h"

/* One document for people or the Player, a page or a script: a plain GET, not a job. */
struct fetch_request {
    const char *url; /* http:, https: or file: */
    /* The Cookie header; NULL or "": none. Sent to the first host alone, and not from https to
     * http. */
    const char *cookies;
    size_t maximum_bytes; /* Of the body; 0: 8 MiB. */
    uint32_t timeout_ms;  /* Of all of it; 0: 30,000. */
    const char *proxy;    /* "server:port"; NULL or "": none, whatever the environment says. */
    /* Asked now and then while a server is waited for; true ends it. NULL: never. */
    bool (*is_given_up)(void *user);
    void *user;
};

struct fetch_answer {
    struct text url; /* After redirects: at most 10, to http and https alone. */
    struct text content_type;
    struct text set_cookies; /* Set-Cookie lines of the last answer, each ends in a newline. */
    struct text body;
    long status; /* 200; of a file 0. */
};

/*
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (no such kind of address, a cookie that is none);
 * XBITS_ERROR_FILE_NOT_FOUND (no such file, or 404); XBITS_BG_E_HTTP_ERROR_* (another status than
 * 2xx); XBITS_ERROR_FILE_TOO_LARGE (over maximum_bytes); XBITS_E_ACCESSDENIED (a directory, a
 * device); XBITS_ERROR_WINHTTP_REDIRECT_FAILED; XBITS_E_ABORT (it was given up); the network's, as
 * a job's would be; the disk's; XBITS_E_OUTOFMEMORY. What the answer held goes; on failure it holds
 * what came until then. Dispose in any case.
 */
xbits_result fetch(const struct fetch_request *request, struct fetch_answer *answer);
void fetch_answer_dispose(struct fetch_answer *answer);

#endif
