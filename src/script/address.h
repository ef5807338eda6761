/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_ADDRESS_H
#define SCRIPT_ADDRESS_H

#include "base/text.h"

/* What location.* says of the address of a page. */
enum address_part {
    ADDRESS_PROTOCOL, /* "http:" */
    ADDRESS_HOST,     /* "name:81" */
    ADDRESS_HOSTNAME,
    ADDRESS_PORT, /* "81"; "" for the scheme's own. */
    ADDRESS_PATHNAME,
    ADDRESS_SEARCH, /* "?a=1", or "" */
    ADDRESS_HASH    /* "#b", or "" */
};

/* Appends it; nothing of what is no address. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result address_part(const char *url, enum address_part part, struct text *text);

/* What a page's reference means, where the page may follow it: one of the network leads to no file.
 * Appends it. Results: those of url_resolve; XBITS_E_ACCESSDENIED. */
xbits_result address_follow(const char *page_url, const char *reference, struct text *text);

#endif
