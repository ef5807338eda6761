/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_CURL_REQUEST_H
#define TRANSFER_CURL_REQUEST_H

#include <curl/curl.h>

#include "backend-sim/transfer/answer_text.h"
#include "backend-sim/transfer/curl_proxy.h"
#include "backend-sim/transfer/key_map.h"
#include "backend-sim/transfer/transfer.h"
#include "base/text.h"

/* What the requests of one source have in common. */
struct curl_common {
    struct transfer_listener listener;
    struct curl_slist *headers; /* Those that are always the same. */
    char *user_agent;
    struct curl_proxy proxy;
    long buffer_bytes;
    bool is_active;            /* Since last_activity_ms was set. */
    uint64_t last_activity_ms; /* By clock_system(). */
    struct answer_text answer_text;
};

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_BG_E_INVALID_PROXY_INFO. dispose is safe after a
 * failure. */
xbits_result curl_common_init(struct curl_common *common, const struct transfer_options *options);
void curl_common_dispose(struct curl_common *common);
/* Something moved; tell sets the time of it. */
void curl_common_note_activity(struct curl_common *common);
void curl_common_tell_activity(struct curl_common *common);

/* One request: an easy handle and all that belongs to it. Used again and again. */
struct curl_request {
    struct key_entry entry; /* First. */
    struct curl_request *next;
    struct curl_common *common;
    CURL *easy;
    CURLU *url;
    struct curl_slist condition; /* If-Unmodified-Since, before the common headers. */
    char condition_text[96];
    char detail[CURL_ERROR_SIZE];
    struct text line;           /* A line of the head that the next one may continue. */
    struct http_head head;      /* What came so far. */
    bool is_added;              /* To the multi handle. */
    bool stood_in_line;         /* The listener hears when it is. */
    bool is_stopped;            /* Nobody wants to hear of it. */
    bool was_reported;          /* The listener has seen the head. */
    struct xbits_error refusal; /* The listener's; result is XBITS_S_OK without one. */
};

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; what libcurl refused. */
xbits_result curl_request_new(struct curl_common *common, struct curl_request **request_out);
void curl_request_free(struct curl_request *request);

/* Whose easy handle it is. */
struct curl_request *curl_request_of(CURL *easy);

/* Makes it ready to be sent. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; what is wrong with the URL.
 */
xbits_result curl_request_aim(struct curl_request *request, const struct transfer_request *wanted);
/* Forgets the answer, so that it can be aimed again. */
void curl_request_reset(struct curl_request *request);

#endif
