/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "store/media/asf.h"
#include "store/media/media_text.h"

struct reading {
    struct media_tags *tags;
    struct attribute_values values;
};

static xbits_result keep(struct reading *reading, enum xbits_attribute attribute,
                         struct text *value)
{
    return attribute_keep(&reading->values, attribute, ATTRIBUTE_FROM_FRAME, value);
}

static xbits_result keep_string(struct reading *reading, enum xbits_attribute attribute,
                                struct media_bytes bytes)
{
    struct media_bytes part;
    struct text value = { 0 };
    xbits_result result;

    media_text_take(&bytes, MEDIA_UTF16LE, &part);
    result = media_text_decode(&part, MEDIA_UTF16LE, &value);
    if (XBITS_SUCCEEDED(result))
        result = keep(reading, attribute, &value);
    text_dispose(&value);
    return result;
}

static xbits_result keep_number(struct reading *reading, enum xbits_attribute attribute,
                                uint64_t number)
{
    struct text value = { 0 };
    xbits_result result = text_format(&value, "%" PRIu64, number);

    if (XBITS_SUCCEEDED(result))
        result = keep(reading, attribute, &value);
    text_dispose(&value);
    return result;
}

/* A Content Description begins with the lengths of five texts that follow it. */
static xbits_result read_content_description(struct media_bytes body, struct reading *reading)
{
    static const enum xbits_attribute attributes[] = { XBITS_ATTRIBUTE_TITLE,
                                                       XBITS_ATTRIBUTE_AUTHOR };
    const size_t count = 5;
    struct media_bytes lengths = { 0 };
    uint64_t place = body.place;

    if (!media_bytes_take(&body, 2 * count, &lengths)) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": the Content Description is too short", place);
    }
    for (size_t i = 0; i < count; i++) {
        struct media_bytes part = { 0 };
        uint64_t length = 0;

        place = lengths.place;
        (void)media_bytes_little(&lengths, 2, &length);
        if (!media_bytes_take(&body, (size_t)length, &part)) {
            return xbits_fail(XBITS_ERROR_INVALID_DATA,
                              "byte %" PRIu64 ": a text reaches beyond the Content Description",
                              place);
        }
        if (i < sizeof(attributes) / sizeof(attributes[0]))
            TRY(keep_string(reading, attributes[i], part));
    }
    return XBITS_S_OK;
}

/* An id of sixteen bytes becomes its text; other bytes are nothing we know. */
static xbits_result keep_bytes(struct reading *reading, const struct asf_descriptor *descriptor)
{
    struct text value = { 0 };
    xbits_result result;

    if (descriptor->attribute != XBITS_ATTRIBUTE_MEDIA_CLASS)
        return XBITS_S_OK;
    result = media_text_add_guid(&value, &descriptor->value);
    if (XBITS_SUCCEEDED(result))
        result = keep(reading, descriptor->attribute, &value);
    text_dispose(&value);
    return result;
}

/* asf_visit_descriptor. A number of another size than its type has says nothing. */
static xbits_result read_descriptor(const struct asf_descriptor *descriptor, void *user)
{
    static const size_t widths[] = {
        [ASF_BOOL] = 4, [ASF_DWORD] = 4, [ASF_QWORD] = 8, [ASF_WORD] = 2
    };
    struct media_bytes value = descriptor->value;
    uint64_t number = 0;

    if (!descriptor->is_known)
        return XBITS_S_OK;
    if (descriptor->type == ASF_STRING)
        return keep_string(user, descriptor->attribute, value);
    if (descriptor->type == ASF_BYTES)
        return keep_bytes(user, descriptor);
    if (descriptor->type > ASF_WORD || value.left != widths[descriptor->type])
        return XBITS_S_OK;
    (void)media_bytes_little(&value, value.left, &number);
    return keep_number(user, descriptor->attribute, number);
}

static uint64_t field(struct media_bytes body, size_t at, size_t width)
{
    uint64_t value = 0;

    (void)media_bytes_skip(&body, at);
    (void)media_bytes_little(&body, width, &value);
    return value;
}

/* The play duration, of 100 ns, contains the preroll, of milliseconds. A broadcast has none. */
static xbits_result read_file_properties(struct media_bytes body, struct reading *reading)
{
    uint64_t duration_ms;
    uint64_t preroll_ms;

    if (body.left < ASF_FILE_PROPERTIES_SIZE) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": the File Properties have %zu bytes, and need %d",
                          body.place, body.left, ASF_FILE_PROPERTIES_SIZE);
    }
    if ((field(body, ASF_FLAGS_AT, 4) & ASF_FLAG_BROADCAST) != 0)
        return XBITS_S_OK;
    duration_ms = field(body, ASF_PLAY_DURATION_AT, 8) / 10000;
    preroll_ms = field(body, ASF_PREROLL_AT, 8);
    if (duration_ms <= preroll_ms)
        return XBITS_S_OK;
    return keep_number(reading, XBITS_ATTRIBUTE_DURATION, (duration_ms - preroll_ms) / 1000);
}

static xbits_result read_stream_properties(struct media_bytes body, struct reading *reading)
{
    struct media_bytes type;
    uint64_t place = body.place;

    if (!media_bytes_take(&body, ASF_GUID_SIZE, &type)) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": the Stream Properties have no type", place);
    }
    if (memcmp(type.next, asf_guids[ASF_VIDEO_STREAM], ASF_GUID_SIZE) == 0)
        reading->tags->is_video = true;
    return XBITS_S_OK;
}

static xbits_result read_descriptors(struct media_bytes body, struct reading *reading)
{
    return asf_visit_descriptors(&body, read_descriptor, reading);
}

/* asf_visit */
static xbits_result read_object(const struct asf_object *object, void *user)
{
    switch (object->kind) {
    case ASF_CONTENT_DESCRIPTION:
        return read_content_description(object->body, user);
    case ASF_EXTENDED_CONTENT_DESCRIPTION:
        return read_descriptors(object->body, user);
    case ASF_FILE_PROPERTIES:
        return read_file_properties(object->body, user);
    case ASF_STREAM_PROPERTIES:
        return read_stream_properties(object->body, user);
    case ASF_OTHER:
    case ASF_HEADER:
    case ASF_VIDEO_STREAM:
        break;
    }
    return XBITS_S_OK;
}

xbits_result asf_read(struct media_bytes header, struct media_tags *tags)
{
    struct reading reading = { .tags = tags, .values = { .values = tags->values } };

    return asf_visit_objects(&header, read_object, &reading);
}
