/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/location.h"

#include "base/text.h"

#include <curl/curl.h>
#include <string.h>

static bool is_web_url(const char *url)
{
    return text_starts_with_ignoring_case(url, "http://") ||
           text_starts_with_ignoring_case(url, "https://");
}

bool location_resolve(const char *base_url, const char *location, char *target, size_t size)
{
    const unsigned flags = CURLU_URLENCODE | CURLU_ALLOW_SPACE;
    CURLU *url = curl_url();
    char *resolved = NULL;
    bool is_usable;

    is_usable = url != NULL && location[0] != '\0' &&
                curl_url_set(url, CURLUPART_URL, base_url, flags) == CURLUE_OK &&
                curl_url_set(url, CURLUPART_URL, location, flags) == CURLUE_OK &&
                curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
                curl_url_get(url, CURLUPART_URL, &resolved, 0) == CURLUE_OK &&
                is_web_url(resolved) && strlen(resolved) < size;
    if (is_usable)
        memcpy(target, resolved, strlen(resolved) + 1);
    else
        target[0] = '\0';
    curl_free(resolved);
    curl_url_cleanup(url);
    return is_usable;
}
