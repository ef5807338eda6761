/* SPDX-License-Identifier: MIT */
#ifndef STORE_EXTERNAL_NAVIGATION_URL_H
#define STORE_EXTERNAL_NAVIGATION_URL_H

#include "base/text.h"
#include "xbits/shell.h"

/* An absolute http, https or file URL without blanks and control characters, and not too long.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG, naming what it is. */
xbits_result navigation_url_check(const char *what, const char *url);

/*
 * Writes into an empty text the base with the parameters at the end of its query, before its
 * fragment. What a query cannot hold is percent-encoded: parameters are a page's and can change
 * neither host, path nor fragment. Results: XBITS_S_OK; XBITS_E_INVALIDARG (not UTF-8, too long);
 * XBITS_E_OUTOFMEMORY.
 */
xbits_result navigation_url_join(const char *base, const char *parameters, struct text *url);

#endif
