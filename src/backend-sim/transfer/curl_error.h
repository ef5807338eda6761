/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_CURL_ERROR_H
#define TRANSFER_CURL_ERROR_H

#include <curl/curl.h>

#include "base/result.h"

/* The one border where libcurl's codes become ours (bits-client 5.5). detail is what libcurl says
 * about this case, or "". Raised; code is not CURLE_OK. */
xbits_result curl_error_raise(CURLcode code, const char *detail);

#endif
