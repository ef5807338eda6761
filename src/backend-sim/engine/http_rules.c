/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/effect.h"

#include "base/text.h"

#include <string.h>

static bool is_success(int status)
{
    return status >= 200 && status <= 299;
}

/* BITS asks for the bytes as they are; a server that packs them all the same breaks every size. */
static bool is_encoded(const struct answer *answer)
{
    return answer->content_encoding[0] != '\0' &&
           !text_equal_ignoring_case(answer->content_encoding, "identity");
}

/* No file has more bytes than an offset into it can name; the sum of a job's sizes stays true. */
static bool is_possible(uint64_t size)
{
    return size == XBITS_SIZE_UNKNOWN || size <= INT64_MAX;
}

/* What both requests need before anything else is looked at. */
static xbits_result judge_status(const struct answer *answer)
{
    if (answer->version_major == 0)
        return XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT;
    if (!is_success(answer->status))
        return RESULT_FROM_HTTP(answer->status);
    if (is_encoded(answer) || !is_possible(answer->content_length))
        return XBITS_BG_E_INVALID_SERVER_RESPONSE;
    return XBITS_S_OK;
}

/* No Content and Reset Content describe no file, whatever length they tell. */
static bool tells_a_size(const struct answer *answer)
{
    return answer->content_length != XBITS_SIZE_UNKNOWN && answer->status != 204 &&
           answer->status != 205;
}

xbits_result http_judge_head(const struct answer *answer)
{
    xbits_result result = judge_status(answer);

    if (XBITS_SUCCEEDED(result) && !tells_a_size(answer))
        return XBITS_BG_E_MISSING_FILE_SIZE;
    return result;
}

static bool is_other_file(const struct answer *answer, const struct expectation *expected)
{
    /* Only what both answers told can differ. */
    return expected->last_modified[0] != '\0' && answer->last_modified[0] != '\0' &&
           strcmp(expected->last_modified, answer->last_modified) != 0;
}

static xbits_result judge_whole(const struct answer *answer, const struct expectation *expected)
{
    if (expected->has_range)
        return XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT;
    if (expected->size == XBITS_SIZE_UNKNOWN)
        return tells_a_size(answer) ? XBITS_S_OK : XBITS_BG_E_MISSING_FILE_SIZE;
    if (answer->content_length != XBITS_SIZE_UNKNOWN && answer->content_length != expected->size)
        return XBITS_BG_E_REMOTE_FILE_CHANGED;
    return XBITS_S_OK;
}

static bool says_its_length(const struct answer *answer)
{
    return answer->content_length == XBITS_SIZE_UNKNOWN ||
           answer->content_length == answer->range_last - answer->range_first + 1;
}

static xbits_result judge_part(const struct answer *answer, const struct expectation *expected)
{
    if (answer->is_multipart || !expected->has_range)
        return XBITS_BG_E_INVALID_SERVER_RESPONSE;
    if (!answer->has_content_range)
        return XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT;
    if (expected->size != XBITS_SIZE_UNKNOWN && answer->range_total != expected->size)
        return XBITS_BG_E_REMOTE_FILE_CHANGED;
    if (answer->range_first != expected->range_first || answer->range_last > expected->range_last ||
        !says_its_length(answer) || !is_possible(answer->range_total))
        return XBITS_BG_E_INVALID_SERVER_RESPONSE;
    return XBITS_S_OK;
}

xbits_result http_judge_get(const struct answer *answer, const struct expectation *expected)
{
    xbits_result result;

    /* The condition failed, or the range is past the end: what HEAD described is gone. */
    if (answer->status == 412 || (answer->status == 416 && expected->has_range))
        return XBITS_BG_E_REMOTE_FILE_CHANGED;
    result = judge_status(answer);
    if (XBITS_FAILED(result))
        return result;
    if (is_other_file(answer, expected))
        return XBITS_BG_E_REMOTE_FILE_CHANGED;
    if (answer->status == 206)
        return judge_part(answer, expected);
    return answer->status == 200 ? judge_whole(answer, expected)
                                 : XBITS_BG_E_INVALID_SERVER_RESPONSE;
}
