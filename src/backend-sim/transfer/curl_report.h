/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_CURL_REPORT_H
#define TRANSFER_CURL_REPORT_H

#include "backend-sim/transfer/curl_request.h"

/* From libcurl's callbacks to the listener. */

CURLcode curl_report_attach(struct curl_request *request);

/* What became of a request that libcurl is done with: tells the listener of a head that it has not
 * seen yet, and fills error_out unless the answer came whole. */
xbits_result curl_report_finish(struct curl_request *request, CURLcode code,
                                struct xbits_error *error_out);

#endif
