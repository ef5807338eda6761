/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "job/value.h"

static xbits_result print_into(const struct xbits_value *value, struct text *storage)
{
    char id[XBITS_ID_TEXT_SIZE];

    if (value->kind == XBITS_KIND_ID)
        return text_add(storage, xbits_id_format(&value->as.id, id));
    for (size_t i = 0; i < value->as.ranges.count; i++) {
        const struct xbits_range *range = &value->as.ranges.list[i];

        TRY(text_format(storage, "%s%" PRIu64 ":", i == 0 ? "" : ",", range->offset));
        TRY(range->length == XBITS_LENGTH_TO_EOF ? text_add(storage, "eof")
                                                 : text_format(storage, "%" PRIu64, range->length));
    }
    return XBITS_S_OK;
}

static void set_number(struct property_row *row, int64_t number)
{
    row->has_number = true;
    row->number = number;
}

static void set_certificate(struct property_row *row, const struct xbits_value *value)
{
    set_number(row, value->as.certificate.location);
    row->text = value->as.certificate.store;
    row->detail = value->as.certificate.subject;
    if (value->as.certificate.has_hash) {
        row->bytes =
            (struct secret_bytes){ value->as.certificate.hash, sizeof(value->as.certificate.hash) };
    }
}

static void set_bytes(struct property_row *row, const struct xbits_value *value)
{
    /* NULL is how a row has none: an empty value has a place all the same. */
    row->bytes.data = value->as.bytes.data != NULL ? (const void *)value->as.bytes.data : "";
    row->bytes.size = value->as.bytes.size;
}

static void set_plain(struct property_row *row, const struct xbits_value *value)
{
    switch (value->kind) {
    case XBITS_KIND_BOOL:
        set_number(row, value->as.boolean);
        break;
    case XBITS_KIND_U32:
        set_number(row, value->as.u32);
        break;
    case XBITS_KIND_U64:
        set_number(row, (int64_t)value->as.u64);
        break;
    case XBITS_KIND_TEXT:
        row->text = value->as.text;
        break;
    case XBITS_KIND_BYTES:
        set_bytes(row, value);
        break;
    case XBITS_KIND_PROXY:
        set_number(row, value->as.proxy.usage);
        row->text = value->as.proxy.list;
        row->detail = value->as.proxy.bypass;
        break;
    case XBITS_KIND_COMMAND:
        row->text = value->as.command.program;
        row->detail = value->as.command.parameters;
        break;
    case XBITS_KIND_CERTIFICATE:
        set_certificate(row, value);
        break;
    case XBITS_KIND_NONE:
    case XBITS_KIND_ID:
    case XBITS_KIND_RANGES:
        break;
    }
}

xbits_result queue_row_of(const struct xbits_value *value, struct text *storage,
                          struct property_row *row_out)
{
    struct property_row row = { .kind = value_kind_name(value->kind) };

    if (value->kind == XBITS_KIND_ID || value->kind == XBITS_KIND_RANGES) {
        TRY(print_into(value, storage));
        row.text = text_c(storage);
    }
    set_plain(&row, value);
    *row_out = row;
    return XBITS_S_OK;
}

/* One number up to the delimiter; the place behind it, or NULL. */
static const char *take_number(const char *place, char delimiter, uint64_t *number_out)
{
    char digits[24] = { 0 };
    size_t length = 0;

    while (place[length] != delimiter && place[length] != '\0')
        length++;
    if (length >= sizeof(digits))
        return NULL;
    memcpy(digits, place, length);
    if (strcmp(digits, "eof") == 0)
        *number_out = XBITS_LENGTH_TO_EOF;
    else if (!text_parse_u64(digits, UINT64_MAX, number_out))
        return NULL;
    return place[length] == '\0' ? place + length : place + length + 1;
}

/* The list as print_into wrote it; a comma more than the ranges need is found as a bad number. */
static bool parse_ranges(const char *text, struct xbits_range *list, size_t *count_out)
{
    const char *place = text;
    size_t count = 0;

    while (place != NULL && *place != '\0') {
        place = take_number(place, ':', &list[count].offset);
        if (place != NULL)
            place = take_number(place, ',', &list[count].length);
        count++;
    }
    *count_out = count;
    return place != NULL;
}

static size_t most_ranges(const char *text)
{
    size_t count = 1;

    for (; *text != '\0'; text++)
        count += *text == ',' || *text == ':' ? 1 : 0;
    return count;
}

/* The list is borrowed by the value: the caller frees it after the copy. */
static bool read_ranges(const struct property_row *row, struct xbits_value *value,
                        struct xbits_range **list_out)
{
    const char *text = row->text;
    struct xbits_range *list;
    size_t count = 0;

    if (text == NULL)
        return false;
    list = calloc(most_ranges(text), sizeof(*list));
    if (list == NULL || !parse_ranges(text, list, &count)) {
        free(list);
        return false;
    }
    *list_out = list;
    value->as.ranges.list = list;
    value->as.ranges.count = count;
    return true;
}

/* Borrows from the row. False: it is no such value. */
static bool read_texts(const struct property_row *row, struct xbits_value *value)
{
    const char *text = row->text;
    const char *detail = row->detail;

    if ((text != NULL && !text_is_utf8(text)) || (detail != NULL && !text_is_utf8(detail)))
        return false;
    if (value->kind == XBITS_KIND_TEXT) {
        value->as.text = text;
        return text != NULL;
    }
    if (value->kind == XBITS_KIND_ID)
        return text != NULL && XBITS_SUCCEEDED(xbits_id_parse(text, &value->as.id));
    if (value->kind == XBITS_KIND_COMMAND) {
        value->as.command.program = text;
        value->as.command.parameters = detail;
        return true;
    }
    value->as.proxy.list = text;
    value->as.proxy.bypass = detail;
    return true;
}

static bool read_certificate(const struct property_row *row, struct xbits_value *value)
{
    value->as.certificate.store = row->text;
    value->as.certificate.subject = row->detail;
    if (row->bytes.data == NULL)
        return true;
    if (row->bytes.size != sizeof(value->as.certificate.hash))
        return false;
    memcpy(value->as.certificate.hash, row->bytes.data, row->bytes.size);
    value->as.certificate.has_hash = true;
    return true;
}

static bool read_number(const struct property_row *row, struct xbits_value *value)
{
    const int64_t number = row->number;

    if (value->kind == XBITS_KIND_U64) {
        value->as.u64 = (uint64_t)number;
        return true;
    }
    if (number < 0 || number > (value->kind == XBITS_KIND_BOOL ? 1 : (int64_t)UINT32_MAX))
        return false;
    switch (value->kind) {
    case XBITS_KIND_BOOL:
        value->as.boolean = number != 0;
        break;
    case XBITS_KIND_U32:
        value->as.u32 = (uint32_t)number;
        break;
    case XBITS_KIND_PROXY:
        value->as.proxy.usage = (uint32_t)number;
        break;
    case XBITS_KIND_CERTIFICATE:
        value->as.certificate.location = (uint32_t)number;
        break;
    case XBITS_KIND_NONE:
    case XBITS_KIND_U64:
    case XBITS_KIND_TEXT:
    case XBITS_KIND_ID:
    case XBITS_KIND_BYTES:
    case XBITS_KIND_RANGES:
    case XBITS_KIND_COMMAND:
        break;
    }
    return true;
}

static bool read_value(const struct property_row *row, struct xbits_value *value,
                       struct xbits_range **ranges_out)
{
    switch (value->kind) {
    case XBITS_KIND_NONE:
        return true;
    case XBITS_KIND_BOOL:
    case XBITS_KIND_U32:
    case XBITS_KIND_U64:
        return read_number(row, value);
    case XBITS_KIND_TEXT:
    case XBITS_KIND_ID:
    case XBITS_KIND_COMMAND:
        return read_texts(row, value);
    case XBITS_KIND_PROXY:
        return read_number(row, value) && read_texts(row, value);
    case XBITS_KIND_BYTES:
        value->as.bytes.data = row->bytes.data;
        value->as.bytes.size = row->bytes.size;
        return true;
    case XBITS_KIND_RANGES:
        return read_ranges(row, value, ranges_out);
    case XBITS_KIND_CERTIFICATE:
        return read_number(row, value) && read_certificate(row, value);
    }
    return false;
}

xbits_result queue_value_of(const struct property_row *row, struct xbits_value *value_out)
{
    struct xbits_value value = { 0 };
    struct xbits_range *ranges = NULL;
    xbits_result result = XBITS_S_FALSE;

    if (row->kind != NULL && value_kind_parse(row->kind, &value.kind) &&
        read_value(row, &value, &ranges))
        result = value_copy(&value, value_out);
    free(ranges);
    return result;
}
