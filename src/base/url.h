/* SPDX-License-Identifier: MIT */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/text.h"

/*
 * Addresses of pages and what they refer to: http, https and file (RFC 3986), as forgiving as
 * browsers are: blanks around are dropped, "\" is "/", what has to be escaped is escaped. What is
 * taken is normal: scheme and host in lower case, no port that is the scheme's own, no "." and ".."
 * in the path.
 */
#define URL_BYTES_MAXIMUM 8192

enum url_scheme { URL_HTTP, URL_HTTPS, URL_FILE };

struct url {
    enum url_scheme scheme;
    char *user;    /* "name:password"; NULL: none. */
    char *host;    /* "" of a file. An IPv6 address has its brackets. */
    uint16_t port; /* 0: the scheme's. */
    char *path;    /* Begins with "/". */
    char *query;   /* NULL: none; "" is one. */
    char *fragment;
};

/* Zeroed storage is fine. */
void url_dispose(struct url *url);
/* A reference as it stands in a page at base; base NULL: it has to be absolute. Results:
 * XBITS_S_OK; XBITS_E_INVALIDARG (its scheme, host or port; a control character; a file of another
 * computer; too long); XBITS_E_OUTOFMEMORY. */
xbits_result url_parse(const char *reference, const struct url *base, struct url *url_out);
/* Appends it. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result url_print(const struct url *url, struct text *text);
/* Both at once, of texts: base NULL or "" is none. Results: those of url_parse. */
xbits_result url_resolve(const char *base, const char *reference, struct text *url_out);

/* "%41" is "A". Results: XBITS_S_OK; XBITS_E_INVALIDARG (a "%" without two digits, a NUL);
 * XBITS_E_OUTOFMEMORY. */
xbits_result url_unescape(const char *escaped, struct text *text);

#endif
