/* SPDX-License-Identifier: MIT */
#include "job/value.h"

#include <inttypes.h>

#include "base/text.h"
#include "base/url_text.h"

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static xbits_result print_bytes(const uint8_t *data, size_t size, struct text *text)
{
    for (size_t i = 0; i < size; i++)
        TRY(text_format(text, "%02x", data[i]));
    return XBITS_S_OK;
}

static xbits_result print_ranges(const struct xbits_value *value, struct text *text)
{
    for (size_t i = 0; i < value->as.ranges.count; i++) {
        const struct xbits_range *range = &value->as.ranges.list[i];

        TRY(text_format(text, "%s%" PRIu64 ":", i == 0 ? "" : ",", range->offset));
        if (range->length == XBITS_LENGTH_TO_EOF)
            TRY(text_add(text, "eof"));
        else
            TRY(text_format(text, "%" PRIu64, range->length));
    }
    return XBITS_S_OK;
}

static xbits_result add_proxies(struct text *text, const char *list)
{
    TRY(text_add(text, " "));
    return url_text_add_list(text, list);
}

static xbits_result print_proxy(const struct xbits_value *value, struct text *text)
{
    static const char *const usages[] = { "preconfig", "no-proxy", "override", "autodetect" };
    const uint32_t usage = value->as.proxy.usage;

    if (usage >= sizeof usages / sizeof usages[0])
        return text_format(text, "usage %" PRIu32, usage);
    TRY(text_add(text, usages[usage]));
    if (value->as.proxy.list != NULL)
        TRY(add_proxies(text, value->as.proxy.list));
    if (value->as.proxy.bypass != NULL)
        TRY(text_format(text, " except %s", value->as.proxy.bypass));
    return XBITS_S_OK;
}

static xbits_result print_command(const struct xbits_value *value, struct text *text)
{
    const char *parameters = or_empty(value->as.command.parameters);

    return text_format(text, "%s%s%s", or_empty(value->as.command.program),
                       parameters[0] == '\0' ? "" : " ", parameters);
}

static xbits_result print_certificate(const struct xbits_value *value, struct text *text)
{
    TRY(text_format(text, "%" PRIu32 " %s %s", value->as.certificate.location,
                    or_empty(value->as.certificate.store),
                    or_empty(value->as.certificate.subject)));
    if (!value->as.certificate.has_hash)
        return XBITS_S_OK;
    return print_bytes(value->as.certificate.hash, sizeof value->as.certificate.hash, text);
}

static xbits_result print_id(const struct xbits_value *value, struct text *text)
{
    char id[XBITS_ID_TEXT_SIZE];

    return text_add(text, xbits_id_format(&value->as.id, id));
}

xbits_result value_print(const struct xbits_value *value, struct text *text)
{
    switch (value->kind) {
    case XBITS_KIND_NONE:
        return XBITS_S_OK;
    case XBITS_KIND_BOOL:
        return text_add(text, value->as.boolean ? "yes" : "no");
    case XBITS_KIND_U32:
        return text_format(text, "%" PRIu32, value->as.u32);
    case XBITS_KIND_U64:
        return text_format(text, "%" PRIu64, value->as.u64);
    case XBITS_KIND_TEXT:
        return text_add(text, or_empty(value->as.text));
    case XBITS_KIND_ID:
        return print_id(value, text);
    case XBITS_KIND_BYTES:
        return print_bytes(value->as.bytes.data, value->as.bytes.size, text);
    case XBITS_KIND_RANGES:
        return print_ranges(value, text);
    case XBITS_KIND_PROXY:
        return print_proxy(value, text);
    case XBITS_KIND_COMMAND:
        return print_command(value, text);
    case XBITS_KIND_CERTIFICATE:
        return print_certificate(value, text);
    }
    return XBITS_S_OK;
}
