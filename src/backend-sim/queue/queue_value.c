/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "job/value.h"

/* Places in QUEUE_PUT_PROPERTY; columns of what is read count from 0. */
enum { PLACE_NAME = 2, PLACE_KIND, PLACE_NUMBER, PLACE_TEXT, PLACE_DETAIL, PLACE_BYTES };
#define COLUMN(place) ((place)-1)

static const char *const kind_names[] = {
    [XBITS_KIND_NONE] = "none",
    [XBITS_KIND_BOOL] = "bool",
    [XBITS_KIND_U32] = "u32",
    [XBITS_KIND_U64] = "u64",
    [XBITS_KIND_TEXT] = "text",
    [XBITS_KIND_ID] = "id",
    [XBITS_KIND_BYTES] = "bytes",
    [XBITS_KIND_RANGES] = "ranges",
    [XBITS_KIND_PROXY] = "proxy",
    [XBITS_KIND_COMMAND] = "command",
    [XBITS_KIND_CERTIFICATE] = "certificate",
};
#define KIND_COUNT (sizeof(kind_names) / sizeof(kind_names[0]))

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

static void bind_plain(struct statement *statement, const struct xbits_value *value)
{
    switch (value->kind) {
    case XBITS_KIND_BOOL:
        statement_bind_i64(statement, PLACE_NUMBER, value->as.boolean);
        break;
    case XBITS_KIND_U32:
        statement_bind_i64(statement, PLACE_NUMBER, value->as.u32);
        break;
    case XBITS_KIND_U64:
        statement_bind_u64(statement, PLACE_NUMBER, value->as.u64);
        break;
    case XBITS_KIND_TEXT:
        statement_bind_text(statement, PLACE_TEXT, value->as.text);
        break;
    case XBITS_KIND_BYTES:
        statement_bind_bytes(statement, PLACE_BYTES, value->as.bytes.data, value->as.bytes.size);
        break;
    case XBITS_KIND_PROXY:
        statement_bind_i64(statement, PLACE_NUMBER, value->as.proxy.usage);
        statement_bind_text(statement, PLACE_TEXT, value->as.proxy.list);
        statement_bind_text(statement, PLACE_DETAIL, value->as.proxy.bypass);
        break;
    case XBITS_KIND_COMMAND:
        statement_bind_text(statement, PLACE_TEXT, value->as.command.program);
        statement_bind_text(statement, PLACE_DETAIL, value->as.command.parameters);
        break;
    case XBITS_KIND_CERTIFICATE:
        statement_bind_i64(statement, PLACE_NUMBER, value->as.certificate.location);
        statement_bind_text(statement, PLACE_TEXT, value->as.certificate.store);
        statement_bind_text(statement, PLACE_DETAIL, value->as.certificate.subject);
        if (value->as.certificate.has_hash) {
            statement_bind_bytes(statement, PLACE_BYTES, value->as.certificate.hash,
                                 sizeof(value->as.certificate.hash));
        }
        break;
    case XBITS_KIND_NONE:
    case XBITS_KIND_ID:
    case XBITS_KIND_RANGES:
        break;
    }
}

xbits_result queue_bind_property(struct statement *statement,
                                 const struct property_record *property, struct text *detail)
{
    const struct xbits_value *value = &property->value;

    for (int place = PLACE_NUMBER; place <= PLACE_BYTES; place++)
        statement_bind_null(statement, place);
    statement_bind_text(statement, PLACE_NAME, xbits_job_property_name(property->property));
    statement_bind_text(statement, PLACE_KIND, kind_names[value->kind]);
    if (value->kind == XBITS_KIND_ID || value->kind == XBITS_KIND_RANGES) {
        TRY(print_into(value, detail));
        statement_bind_text(statement, PLACE_TEXT, text_c(detail));
    }
    bind_plain(statement, value);
    return XBITS_S_OK;
}

static xbits_result fail_value(struct queue *queue, struct statement *statement)
{
    const char *name = statement_text(statement, COLUMN(PLACE_NAME));

    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: the property \"%.60s\" has no such value",
                      queue->path, name != NULL ? name : "");
}

static bool find_kind(const char *name, enum xbits_kind *kind_out)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (name != NULL && strcmp(name, kind_names[i]) == 0) {
            *kind_out = (enum xbits_kind)i;
            return true;
        }
    }
    return false;
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
static bool read_ranges(struct statement *statement, struct xbits_value *value,
                        struct xbits_range **list_out)
{
    const char *text = statement_text(statement, COLUMN(PLACE_TEXT));
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
static bool read_texts(struct statement *statement, struct xbits_value *value)
{
    const char *text = statement_text(statement, COLUMN(PLACE_TEXT));
    const char *detail = statement_text(statement, COLUMN(PLACE_DETAIL));

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

static bool read_certificate(struct statement *statement, struct xbits_value *value)
{
    const void *hash;
    size_t size = 0;

    value->as.certificate.store = statement_text(statement, COLUMN(PLACE_TEXT));
    value->as.certificate.subject = statement_text(statement, COLUMN(PLACE_DETAIL));
    if (statement_is_null(statement, COLUMN(PLACE_BYTES)))
        return true;
    hash = statement_bytes(statement, COLUMN(PLACE_BYTES), &size);
    if (size != sizeof(value->as.certificate.hash))
        return false;
    memcpy(value->as.certificate.hash, hash, size);
    value->as.certificate.has_hash = true;
    return true;
}

static bool read_number(struct statement *statement, struct xbits_value *value)
{
    int64_t number = statement_i64(statement, COLUMN(PLACE_NUMBER));

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

static bool read_value(struct statement *statement, struct xbits_value *value,
                       struct xbits_range **ranges_out)
{
    switch (value->kind) {
    case XBITS_KIND_NONE:
        return true;
    case XBITS_KIND_BOOL:
    case XBITS_KIND_U32:
    case XBITS_KIND_U64:
        return read_number(statement, value);
    case XBITS_KIND_TEXT:
    case XBITS_KIND_ID:
    case XBITS_KIND_COMMAND:
        return read_texts(statement, value);
    case XBITS_KIND_PROXY:
        return read_number(statement, value) && read_texts(statement, value);
    case XBITS_KIND_BYTES:
        value->as.bytes.data =
            statement_bytes(statement, COLUMN(PLACE_BYTES), &value->as.bytes.size);
        return true;
    case XBITS_KIND_RANGES:
        return read_ranges(statement, value, ranges_out);
    case XBITS_KIND_CERTIFICATE:
        return read_number(statement, value) && read_certificate(statement, value);
    }
    return false;
}

xbits_result queue_read_property(struct queue *queue, struct statement *statement,
                                 struct property_record *property_out)
{
    const char *name = statement_text(statement, COLUMN(PLACE_NAME));
    struct xbits_value value = { 0 };
    struct xbits_range *ranges = NULL;
    xbits_result result;

    if (name == NULL || XBITS_FAILED(xbits_job_property_parse(name, &property_out->property)) ||
        !find_kind(statement_text(statement, COLUMN(PLACE_KIND)), &value.kind))
        return fail_value(queue, statement);
    result = read_value(statement, &value, &ranges) ? value_copy(&value, &property_out->value)
                                                    : fail_value(queue, statement);
    free(ranges);
    return result;
}
