/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include "fetch/source.h"

#define MAXIMUM_BYTES 8388608
#define TIMEOUT_MS    30000

void fetch_answer_dispose(struct fetch_answer *answer)
{
    text_dispose(&answer->url);
    text_dispose(&answer->content_type);
    text_dispose(&answer->set_cookies);
    text_dispose(&answer->body);
    *answer = (struct fetch_answer){ 0 };
}

/* A line break would begin another header. */
static xbits_result check_cookies(const char *cookies)
{
    for (; *cookies != '\0'; cookies++) {
        if ((unsigned char)*cookies < ' ' || *cookies == 0x7F)
            return xbits_fail(XBITS_E_INVALIDARG, "the cookies have a control character");
    }
    return XBITS_S_OK;
}

static struct fetch_request complete(const struct fetch_request *request)
{
    struct fetch_request whole = *request;

    whole.cookies = request->cookies != NULL ? request->cookies : "";
    whole.proxy = request->proxy != NULL ? request->proxy : "";
    whole.maximum_bytes = request->maximum_bytes != 0 ? request->maximum_bytes : MAXIMUM_BYTES;
    whole.timeout_ms = request->timeout_ms != 0 ? request->timeout_ms : TIMEOUT_MS;
    return whole;
}

xbits_result fetch(const struct fetch_request *request, struct fetch_answer *answer)
{
    const struct fetch_request whole = complete(request);
    struct url url = { 0 };
    xbits_result result;

    fetch_answer_dispose(answer);
    TRY(check_cookies(whole.cookies));
    TRY(url_parse(whole.url, NULL, &url));
    result = url_print(&url, &answer->url);
    if (XBITS_SUCCEEDED(result))
        result = url.scheme == URL_FILE ? fetch_from_disk(&whole, &url, answer)
                                        : fetch_from_server(&whole, &url, answer);
    url_dispose(&url);
    return result;
}
