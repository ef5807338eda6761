/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_COOKIES_COOKIE_H
#define SCRIPT_COOKIES_COOKIE_H

#include "script/cookies/cookies.h"

/* One cookie of a jar; texts are on the heap. */
struct cookie {
    char *name;
    char *value;
    char *domain; /* Without a dot before it; "" of a page in a file. */
    char *path;
    int64_t expiry; /* FILETIME; when it has one. */
    bool has_expiry;
    bool is_host_only; /* Not for the hosts below its domain. */
    bool is_secure;
    bool is_http_only;
};
void cookie_dispose(struct cookie *cookie);

/* One line by the rules of RFC 6265, 5.2 and 5.3. Results: XBITS_S_OK; XBITS_S_FALSE (it is
 * refused); XBITS_E_OUTOFMEMORY. */
xbits_result cookie_parse(const struct cookie_place *place, const char *line, int64_t now,
                          struct cookie *cookie_out);
/* Does a page of this place have it? */
bool cookie_is_for(const struct cookie *cookie, const struct cookie_place *place);
/* Nothing in it could be taken for another cookie, or another line. */
bool cookie_is_sound(const struct cookie *cookie);

/* An expiry in whatever form (RFC 6265, 5.1.1). */
bool cookie_parse_date(const char *text, int64_t *filetime_out);

/* The jar takes it, in the place of its namesake if there is one. */
void cookie_jar_take(struct cookie_jar *jar, struct cookie *cookie);

/* Netscape's format. What cannot be read is dropped. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result cookie_file_read(struct cookie_jar *jar, const char *bytes, size_t size);
xbits_result cookie_file_add_line(const struct cookie *cookie, struct text *content);
extern const char cookie_file_head[];

#endif
