/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_CURL_PROXY_H
#define TRANSFER_CURL_PROXY_H

#include "base/result.h"

/*
 * Which proxy a request takes. libcurl is always told, also "none": left alone it would obey the
 * environment of whoever runs the program. A zeroed one is direct.
 */
struct curl_proxy {
    char *http; /* For http URLs; NULL: direct. */
    char *https;
    char *bypass; /* In libcurl's syntax; NULL: nothing. */
};

/*
 * text is "direct"; "environment", which is read once, here; or a list in BITS's syntax, entries
 * [proto=][proto://]server[:port] with blanks between them (bits-client 9.4). The first entry for a
 * protocol counts. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_BG_E_INVALID_PROXY_INFO.
 */
xbits_result curl_proxy_init(struct curl_proxy *proxy, const char *text);
void curl_proxy_dispose(struct curl_proxy *proxy);

#endif
