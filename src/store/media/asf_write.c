/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "store/media/asf.h"
#include "store/media/media_text.h"

#define COUNT_MAXIMUM UINT16_MAX

struct writing {
    struct text *target;
    const char *distributor;
    uint64_t count;       /* Objects. */
    size_t file_size_at;  /* Where in the target; 0: nowhere. */
    bool has_distributor; /* It has been written. */
};

/* The descriptors of one object. */
struct descriptors {
    struct text *target;
    uint64_t count;
};

/* asf_visit_descriptor */
static xbits_result copy_descriptor(const struct asf_descriptor *descriptor, void *user)
{
    struct descriptors *descriptors = user;

    if (descriptor->is_known && descriptor->attribute == XBITS_ATTRIBUTE_DISTRIBUTOR)
        return XBITS_S_OK;
    descriptors->count++;
    return media_bytes_add(descriptors->target, &descriptor->whole);
}

/* Puts the length of a text in front of it. */
static xbits_result add_sized(struct text *target, const char *string)
{
    size_t at = target->length;

    TRY(media_bytes_add_little(target, 0, 2));
    TRY(media_text_add_utf16(target, string));
    media_bytes_set_little(target, at, target->length - at - 2, 2);
    return XBITS_S_OK;
}

static xbits_result add_descriptor(struct descriptors *descriptors, const char *distributor)
{
    struct text *target = descriptors->target;

    if (descriptors->count == COUNT_MAXIMUM) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "the Extended Content Description is full: it has %d descriptors",
                          COUNT_MAXIMUM);
    }
    descriptors->count++;
    TRY(add_sized(target, attribute_row(XBITS_ATTRIBUTE_DISTRIBUTOR)->descriptor));
    TRY(media_bytes_add_little(target, ASF_STRING, 2));
    return add_sized(target, distributor);
}

/* Of no bytes: there was none. Only the first gets the distributor, none keeps an old one. */
static xbits_result add_extended(struct writing *writing, struct media_bytes body)
{
    struct media_bytes guid = { asf_guids[ASF_EXTENDED_CONTENT_DESCRIPTION], ASF_GUID_SIZE, 0 };
    struct descriptors descriptors = { .target = writing->target };
    size_t at = writing->target->length;

    writing->count++;
    TRY(media_bytes_add(writing->target, &guid));
    TRY(media_bytes_add_zeros(writing->target, 8 + 2));
    if (body.left > 0)
        TRY(asf_visit_descriptors(&body, copy_descriptor, &descriptors));
    if (!writing->has_distributor)
        TRY(add_descriptor(&descriptors, writing->distributor));
    TRY(media_bytes_add(writing->target, &body));
    writing->has_distributor = true;
    media_bytes_set_little(writing->target, at + ASF_GUID_SIZE, writing->target->length - at, 8);
    media_bytes_set_little(writing->target, at + ASF_OBJECT_SIZE, descriptors.count, 2);
    return XBITS_S_OK;
}

/* asf_visit */
static xbits_result copy_object(const struct asf_object *object, void *user)
{
    struct writing *writing = user;

    if (object->kind == ASF_EXTENDED_CONTENT_DESCRIPTION)
        return add_extended(writing, object->body);
    if (object->kind == ASF_FILE_PROPERTIES)
        writing->file_size_at = writing->target->length + ASF_OBJECT_SIZE + ASF_FILE_SIZE_AT;
    writing->count++;
    return media_bytes_add(writing->target, &object->whole);
}

xbits_result asf_write(struct media_bytes header, const char *distributor, uint64_t rest_size,
                       struct text *target)
{
    struct writing writing = { .target = target, .distributor = distributor };
    struct media_bytes none = { 0 };
    struct media_bytes head = { header.next, ASF_HEADER_SIZE, header.place };
    size_t at = target->length;

    TRY(media_bytes_add(target, &head));
    TRY(asf_visit_objects(&header, copy_object, &writing));
    if (!writing.has_distributor)
        TRY(add_extended(&writing, none));
    TRY(media_bytes_add(target, &header));
    media_bytes_set_little(target, at + ASF_GUID_SIZE, target->length - at, 8);
    media_bytes_set_little(target, at + ASF_COUNT_AT, writing.count, 4);
    if (writing.file_size_at != 0)
        media_bytes_set_little(target, writing.file_size_at, target->length - at + rest_size, 8);
    return XBITS_S_OK;
}
