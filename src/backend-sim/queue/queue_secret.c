/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"

/*
 * A sealed row hides all of its property but the name: the columns of the row it would have been,
 * one behind the other, each as its size plus one in four bytes, 0 for NULL, and its bytes; of a
 * text with its NUL.
 */
enum { FIELD_KIND, FIELD_NUMBER, FIELD_TEXT, FIELD_DETAIL, FIELD_BYTES, FIELD_COUNT };
#define SIZE_BYTES   4
#define NUMBER_BYTES 8

static void write_number(uint64_t number, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(number >> (8 * (size - 1 - i)));
}

static uint64_t read_number(const uint8_t *bytes, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | bytes[i];
    return number;
}

static struct secret_bytes field_of(const char *text)
{
    return (struct secret_bytes){ text, text != NULL ? strlen(text) + 1 : 0 };
}

static xbits_result pack(const struct property_row *row, struct text *packed)
{
    uint8_t number[NUMBER_BYTES];
    struct secret_bytes fields[FIELD_COUNT] = {
        [FIELD_KIND] = field_of(row->kind),
        [FIELD_TEXT] = field_of(row->text),
        [FIELD_DETAIL] = field_of(row->detail),
        [FIELD_BYTES] = row->bytes,
    };

    write_number((uint64_t)row->number, number, sizeof(number));
    if (row->has_number)
        fields[FIELD_NUMBER] = (struct secret_bytes){ number, sizeof(number) };
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        uint8_t size[SIZE_BYTES] = { 0 };

        if (fields[i].data != NULL)
            write_number(fields[i].size + 1, size, sizeof(size));
        TRY(text_append(packed, (const char *)size, sizeof(size)));
        if (fields[i].data != NULL)
            TRY(text_append(packed, fields[i].data, fields[i].size));
    }
    return XBITS_S_OK;
}

static bool split(struct secret_bytes packed, struct secret_bytes fields[FIELD_COUNT])
{
    const uint8_t *next = packed.data;
    size_t left = packed.size;

    for (size_t i = 0; i < FIELD_COUNT; i++) {
        uint64_t size = left >= SIZE_BYTES ? read_number(next, SIZE_BYTES) : UINT64_MAX;

        if (size == UINT64_MAX || (size > 0 && size - 1 > left - SIZE_BYTES))
            return false;
        fields[i] = (struct secret_bytes){ 0 };
        if (size > 0)
            fields[i] = (struct secret_bytes){ next + SIZE_BYTES, (size_t)size - 1 };
        next += SIZE_BYTES + fields[i].size;
        left -= SIZE_BYTES + fields[i].size;
    }
    return left == 0;
}

static bool take_text(struct secret_bytes field, const char **text_out)
{
    const char *text = field.data;

    if (text != NULL &&
        (field.size == 0 || memchr(text, '\0', field.size) != text + field.size - 1))
        return false;
    *text_out = text;
    return true;
}

/* Borrows from what was packed. */
static bool unpack(struct secret_bytes packed, struct property_row *row)
{
    struct secret_bytes fields[FIELD_COUNT];
    const struct secret_bytes *number = &fields[FIELD_NUMBER];

    if (!split(packed, fields) || !take_text(fields[FIELD_KIND], &row->kind) ||
        !take_text(fields[FIELD_TEXT], &row->text) ||
        !take_text(fields[FIELD_DETAIL], &row->detail))
        return false;
    row->bytes = fields[FIELD_BYTES];
    row->has_number = number->data != NULL;
    if (row->has_number && number->size == NUMBER_BYTES)
        row->number = (int64_t)read_number(number->data, NUMBER_BYTES);
    return !row->has_number || number->size == NUMBER_BYTES;
}

/* Which row it is: the bytes of the job's id and the property's name. */
struct place {
    char bytes[ID_BYTES + 64];
    size_t size;
};

static struct secret_bytes place_of(const struct xbits_id *job, enum xbits_job_property property,
                                    struct place *place)
{
    const char *name = xbits_job_property_name(property);

    id_to_bytes(job, (uint8_t *)place->bytes);
    text_copy_into(place->bytes + ID_BYTES, sizeof(place->bytes) - ID_BYTES, name);
    place->size = ID_BYTES + strlen(place->bytes + ID_BYTES);
    return (struct secret_bytes){ place->bytes, place->size };
}

static void tell(const struct xbits_id *job, enum xbits_job_property property, const char *what,
                 const char *why)
{
    char id[XBITS_ID_TEXT_SIZE];

    log_line(LOG_ENGINE, "job %s: its %s %s: %s", xbits_id_format(job, id),
             xbits_job_property_name(property), what, why);
}

/* Until the key is mended nothing more is said: a job is written often. */
static void tell_unkept(struct queue *queue, const struct xbits_id *job,
                        enum xbits_job_property property)
{
    if (!queue->key.is_told)
        tell(job, property, "will not outlive this process", queue_key_reason(queue));
    queue->key.is_told = true;
}

xbits_result queue_seal_row(struct queue *queue, const struct xbits_id *job,
                            enum xbits_job_property property, const struct property_row *row,
                            struct secret_bytes *sealed_out)
{
    struct text packed = { 0 };
    struct place place;
    xbits_result result;

    TRY(queue_need_key(queue));
    if (queue->key.state != QUEUE_KEY_READ) {
        tell_unkept(queue, job, property);
        *sealed_out = (struct secret_bytes){ 0 };
        return XBITS_S_OK;
    }
    result = pack(row, &packed);
    if (XBITS_SUCCEEDED(result)) {
        result = secret_seal(&queue->key.key, place_of(job, property, &place),
                             (struct secret_bytes){ packed.data, packed.length }, sealed_out);
        secret_wipe(packed.data, packed.length);
    }
    text_dispose(&packed);
    return result;
}

xbits_result queue_lose_row(const struct xbits_id *job, enum xbits_job_property property,
                            const char *why)
{
    tell(job, property, "is lost", why);
    return XBITS_S_FALSE;
}

xbits_result queue_open_row(struct queue *queue, const struct xbits_id *job,
                            enum xbits_job_property property, struct property_row *row,
                            struct secret_bytes *plain_out)
{
    struct secret_bytes plain = { 0 };
    struct place place;
    xbits_result result;

    if (row->bytes.data == NULL)
        return queue_lose_row(job, property, "no key could be used when it was set");
    TRY(queue_find_key(queue));
    if (queue->key.state != QUEUE_KEY_READ)
        return queue_lose_row(job, property, queue_key_reason(queue));
    result = secret_open(&queue->key.key, place_of(job, property, &place), row->bytes, &plain);
    if (result == XBITS_E_OUTOFMEMORY)
        return result;
    if (XBITS_FAILED(result))
        return queue_lose_row(job, property, xbits_last_error()->message);
    if (!unpack(plain, row)) {
        secret_bytes_dispose(&plain);
        return queue_lose_row(job, property, "what was sealed is no property");
    }
    *plain_out = plain;
    return XBITS_S_OK;
}
