/* SPDX-License-Identifier: MIT */
#include "origin/origin_rules.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_MAXIMUM 255

xbits_result origin_check_header(const char *what, const char *text)
{
    if (text == NULL)
        return XBITS_S_OK;
    if (strlen(text) > HEADER_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "the %s is over %d bytes long", what, HEADER_MAXIMUM);
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            return xbits_fail(XBITS_E_INVALIDARG, "the %s has a control character", what);
    }
    return XBITS_S_OK;
}

/* 1xx is no final answer. */
static xbits_result check_status(const char *what, int status)
{
    if (status != 0 && (status < 200 || status > 999))
        return xbits_fail(XBITS_E_INVALIDARG, "the %s %d is not between 200 and 999", what, status);
    return XBITS_S_OK;
}

static xbits_result check_rules(const struct resource_rules *rules)
{
    TRY(check_status("status", rules->status));
    TRY(check_status("status for HEAD", rules->head_status));
    TRY(origin_check_header("location", rules->location));
    TRY(origin_check_header("wrong content range", rules->wrong_content_range));
    return origin_check_header("retry-after", rules->retry_after);
}

static xbits_result copy_text(const char *text, const char **copy_out)
{
    char *copy;

    TRY(text_copy(text, &copy));
    *copy_out = copy;
    return XBITS_S_OK;
}

static xbits_result copy_texts(const struct resource_rules *rules, struct resource_rules *copy)
{
    TRY(copy_text(rules->location, &copy->location));
    TRY(copy_text(rules->wrong_content_range, &copy->wrong_content_range));
    return copy_text(rules->retry_after, &copy->retry_after);
}

xbits_result origin_rules_copy(const struct resource_rules *rules, struct resource_rules *copy_out)
{
    struct resource_rules copy = *rules;

    TRY(check_rules(rules));
    copy.location = NULL;
    copy.wrong_content_range = NULL;
    copy.retry_after = NULL;
    xbits_result result = copy_texts(rules, &copy);
    if (XBITS_FAILED(result))
        origin_rules_dispose(&copy);
    else
        *copy_out = copy;
    return result;
}

void origin_rules_dispose(struct resource_rules *copy)
{
    origin_text_free(copy->location);
    origin_text_free(copy->wrong_content_range);
    origin_text_free(copy->retry_after);
    *copy = (struct resource_rules){ 0 };
}

void origin_text_free(const char *text)
{
    free((char *)text);
}
