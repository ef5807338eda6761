/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <string.h>

#include "base/text.h"
#include "job/job_property.h"

/* Places in QUEUE_PUT_PROPERTY; columns of what is read count from 0. */
enum { PLACE_NAME = 2, PLACE_KIND, PLACE_NUMBER, PLACE_TEXT, PLACE_DETAIL, PLACE_BYTES };
#define COLUMN(place) ((place)-1)

/* The kind of a row whose bytes are all of another row; NULL: what could not be sealed. */
static const char sealed_kind[] = "sealed";

static void bind_row(struct statement *statement, enum xbits_job_property property,
                     const struct property_row *row)
{
    for (int place = PLACE_NUMBER; place <= PLACE_BYTES; place++)
        statement_bind_null(statement, place);
    statement_bind_text(statement, PLACE_NAME, xbits_job_property_name(property));
    statement_bind_text(statement, PLACE_KIND, row->kind);
    statement_bind_text(statement, PLACE_TEXT, row->text);
    statement_bind_text(statement, PLACE_DETAIL, row->detail);
    if (row->has_number)
        statement_bind_i64(statement, PLACE_NUMBER, row->number);
    if (row->bytes.data != NULL)
        statement_bind_bytes(statement, PLACE_BYTES, row->bytes.data, row->bytes.size);
}

static xbits_result put_sealed(struct queue *queue, const struct job_record *record,
                               const struct property_record *property,
                               const struct property_row *row)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_PROPERTY);
    struct property_row hidden = { .kind = sealed_kind };
    xbits_result result;

    TRY(queue_seal_row(queue, &record->id, property->property, row, &hidden.bytes));
    bind_row(statement, property->property, &hidden);
    result = statement_run(statement);
    secret_bytes_dispose(&hidden.bytes);
    return result;
}

static xbits_result put_row(struct queue *queue, const struct job_record *record,
                            const struct property_record *property, const struct property_row *row)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_PROPERTY);

    statement_bind_u64(statement, 1, record->serial);
    if (job_property_rules(property->property)->is_secret)
        return put_sealed(queue, record, property, row);
    bind_row(statement, property->property, row);
    return statement_run(statement);
}

xbits_result queue_put_property(struct queue *queue, const struct job_record *record,
                                const struct property_record *property)
{
    struct property_row row = { 0 };
    struct text storage = { 0 };
    xbits_result result = queue_row_of(&property->value, &storage, &row);

    if (XBITS_SUCCEEDED(result))
        result = put_row(queue, record, property, &row);
    text_dispose(&storage);
    return result;
}

static struct property_row read_row(struct statement *statement)
{
    struct property_row row = {
        .kind = statement_text(statement, COLUMN(PLACE_KIND)),
        .has_number = !statement_is_null(statement, COLUMN(PLACE_NUMBER)),
        .number = statement_i64(statement, COLUMN(PLACE_NUMBER)),
        .text = statement_text(statement, COLUMN(PLACE_TEXT)),
        .detail = statement_text(statement, COLUMN(PLACE_DETAIL)),
    };

    if (!statement_is_null(statement, COLUMN(PLACE_BYTES)))
        row.bytes.data = statement_bytes(statement, COLUMN(PLACE_BYTES), &row.bytes.size);
    return row;
}

static xbits_result fail_value(const struct queue *queue, const char *name)
{
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: the property \"%.60s\" has no such value",
                      queue->path, name != NULL ? name : "");
}

static xbits_result take_sealed(struct queue *queue, const struct xbits_id *job,
                                struct property_row *row, struct property_record *property_out)
{
    const enum xbits_job_property property = property_out->property;
    struct secret_bytes plain = { 0 };
    xbits_result result = queue_open_row(queue, job, property, row, &plain);

    if (result != XBITS_S_OK)
        return result;
    result = queue_value_of(row, &property_out->value);
    secret_bytes_dispose(&plain);
    return result == XBITS_S_FALSE ? queue_lose_row(job, property, "what was sealed is no property")
                                   : result;
}

xbits_result queue_read_property(struct queue *queue, struct statement *statement,
                                 const struct xbits_id *job, struct property_record *property_out)
{
    const char *name = statement_text(statement, COLUMN(PLACE_NAME));
    struct property_row row = read_row(statement);
    xbits_result result;

    if (name == NULL || row.kind == NULL ||
        XBITS_FAILED(xbits_job_property_parse(name, &property_out->property)))
        return fail_value(queue, name);
    if (strcmp(row.kind, sealed_kind) == 0)
        return take_sealed(queue, job, &row, property_out);
    /* Whoever has no key could have put it there. */
    if (job_property_rules(property_out->property)->is_secret)
        return queue_lose_row(job, property_out->property, "it is not sealed");
    result = queue_value_of(&row, &property_out->value);
    return result == XBITS_S_FALSE ? fail_value(queue, name) : result;
}
