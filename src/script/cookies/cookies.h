/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_COOKIES_COOKIES_H
#define SCRIPT_COOKIES_COOKIES_H

#include "base/disk.h"
#include "base/text.h"

/*
 * The cookies of the pages that the Player shows (RFC 6265, as far as one browser of one user needs
 * it). Those with an expiry are kept in a file of Netscape's cookie format; the others are the
 * session's. Times are FILETIMEs, passed in. Of a page in a file the host is "".
 */
struct cookie_jar;

/* A cookie has at most 4,096 bytes, a host 50, the jar 1,000: the oldest go. */
#define COOKIE_BYTES_MAXIMUM 4096
#define COOKIES_A_HOST       50
#define COOKIES_MAXIMUM      1000

/* path NULL: nothing is kept. A line of the file that cannot be read is dropped. Results:
 * XBITS_S_OK; the disk's; XBITS_E_OUTOFMEMORY. */
xbits_result cookie_jar_open(struct disk *disk, const char *path, struct cookie_jar **jar_out);
void cookie_jar_close(struct cookie_jar *jar); /* Does not write. NULL is fine. */

/* Where a page stands: what decides which cookies are its own. */
struct cookie_place {
    const char *host; /* Lower case. */
    const char *path; /* "/" at least. */
    bool is_secure;
    bool is_script; /* document.cookie: neither reads nor writes what is HttpOnly. */
};

/* Takes one Set-Cookie line, or what was assigned to document.cookie: "name=value; expires=...".
 * What the rules refuse is ignored. A past expiry removes. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result cookie_jar_set(struct cookie_jar *jar, const struct cookie_place *place,
                            const char *line, int64_t now);
/* Appends "a=1; b=2", longer paths first, then in the order of being set. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result cookie_jar_get(struct cookie_jar *jar, const struct cookie_place *place, int64_t now,
                            struct text *line_out);
/* The session is over: those without expiry go. */
void cookie_jar_end_session(struct cookie_jar *jar);
/* Writes the file anew, whole or not at all, if something has changed. Results: XBITS_S_OK; the
 * disk's. */
xbits_result cookie_jar_save(struct cookie_jar *jar);

#endif
