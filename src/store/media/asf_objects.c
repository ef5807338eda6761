/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "store/media/asf.h"
#include "store/media/media_text.h"

/* As in a file: the first three groups of a GUID have their lowest byte first. */
const uint8_t asf_guids[ASF_VIDEO_STREAM + 1][ASF_GUID_SIZE] = {
    [ASF_HEADER] = { 0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00,
                     0x62, 0xCE, 0x6C },
    [ASF_CONTENT_DESCRIPTION] = { 0x33, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00,
                                  0xAA, 0x00, 0x62, 0xCE, 0x6C },
    [ASF_EXTENDED_CONTENT_DESCRIPTION] = { 0x40, 0xA4, 0xD0, 0xD2, 0x07, 0xE3, 0xD2, 0x11, 0x97,
                                           0xF0, 0x00, 0xA0, 0xC9, 0x5E, 0xA8, 0x50 },
    [ASF_FILE_PROPERTIES] = { 0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11, 0x8E, 0xE4, 0x00,
                              0xC0, 0x0C, 0x20, 0x53, 0x65 },
    [ASF_STREAM_PROPERTIES] = { 0x91, 0x07, 0xDC, 0xB7, 0xB7, 0xA9, 0xCF, 0x11, 0x8E, 0xE6, 0x00,
                                0xC0, 0x0C, 0x20, 0x53, 0x65 },
    [ASF_VIDEO_STREAM] = { 0xC0, 0xEF, 0x19, 0xBC, 0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80,
                           0x5F, 0x5C, 0x44, 0x2B },
};

static bool is_guid(const struct media_bytes *bytes, enum asf_kind kind)
{
    return bytes->left >= ASF_GUID_SIZE && memcmp(bytes->next, asf_guids[kind], ASF_GUID_SIZE) == 0;
}

static enum asf_kind kind_of(const struct media_bytes *bytes)
{
    static const enum asf_kind kinds[] = { ASF_CONTENT_DESCRIPTION,
                                           ASF_EXTENDED_CONTENT_DESCRIPTION, ASF_FILE_PROPERTIES,
                                           ASF_STREAM_PROPERTIES };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (is_guid(bytes, kinds[i]))
            return kinds[i];
    }
    return ASF_OTHER;
}

bool asf_is_header(const struct media_bytes *head)
{
    return is_guid(head, ASF_HEADER);
}

xbits_result asf_measure(struct media_bytes head, uint64_t *size_out)
{
    uint64_t size = 0;

    if (head.left < ASF_HEADER_SIZE) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %zu: the file ends in its ASF header",
                          head.left);
    }
    (void)media_bytes_skip(&head, ASF_GUID_SIZE);
    (void)media_bytes_little(&head, 8, &size);
    if (size < ASF_HEADER_SIZE) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %d: the ASF header says it has %" PRIu64 " bytes, and has %d",
                          ASF_GUID_SIZE, size, ASF_HEADER_SIZE);
    }
    *size_out = size;
    return XBITS_S_OK;
}

/* Says why there is none. */
static xbits_result fail_object(const struct media_bytes *objects)
{
    struct media_bytes head = *objects;
    uint64_t size = 0;

    if (!media_bytes_skip(&head, ASF_GUID_SIZE) || !media_bytes_little(&head, 8, &size)) {
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": there is no room for an ASF object in its header",
                          objects->place);
    }
    return xbits_fail(XBITS_ERROR_INVALID_DATA,
                      "byte %" PRIu64 ": an ASF object says it has %" PRIu64
                      " bytes, which are %d to %zu",
                      objects->place + ASF_GUID_SIZE, size, ASF_OBJECT_SIZE, objects->left);
}

/* False: what comes next is no object, or not a whole one. */
static bool take_object(struct media_bytes *objects, struct asf_object *object_out)
{
    struct media_bytes head = *objects;
    struct asf_object object = { .kind = kind_of(objects) };
    uint64_t size = 0;

    if (!media_bytes_skip(&head, ASF_GUID_SIZE) || !media_bytes_little(&head, 8, &size) ||
        size < ASF_OBJECT_SIZE || size > objects->left)
        return false;
    (void)media_bytes_take(objects, (size_t)size, &object.whole);
    object.body = object.whole;
    (void)media_bytes_skip(&object.body, ASF_OBJECT_SIZE);
    *object_out = object;
    return true;
}

/* The count need not be right where the sizes are: every object is visited. */
xbits_result asf_visit_objects(struct media_bytes *header, asf_visit *visit, void *user)
{
    struct asf_object object = { 0 };
    uint64_t count = 0;
    uint64_t found = 0;

    (void)media_bytes_skip(header, ASF_COUNT_AT);
    (void)media_bytes_little(header, 4, &count);
    (void)media_bytes_skip(header, ASF_HEADER_SIZE - ASF_COUNT_AT - 4);
    for (; take_object(header, &object); found++)
        TRY(visit(&object, user));
    return header->left == 0 || found >= count ? XBITS_S_OK : fail_object(header);
}

static xbits_result fail_descriptor(uint64_t place, const char *what)
{
    return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %" PRIu64 ": an ASF descriptor %s", place,
                      what);
}

static xbits_result read_name(struct media_bytes bytes, struct asf_descriptor *descriptor)
{
    struct media_bytes part;
    struct text name = { 0 };
    xbits_result result;

    media_text_take(&bytes, MEDIA_UTF16LE, &part);
    result = media_text_decode(&part, MEDIA_UTF16LE, &name);
    if (XBITS_SUCCEEDED(result))
        descriptor->is_known = attribute_of_descriptor(text_c(&name), &descriptor->attribute);
    text_dispose(&name);
    return result;
}

/* Takes a length of two bytes and so many bytes, or nothing. */
static bool take_sized(struct media_bytes *bytes, struct media_bytes *part_out)
{
    struct media_bytes rest = *bytes;
    uint64_t size = 0;

    if (!media_bytes_little(&rest, 2, &size) || !media_bytes_take(&rest, (size_t)size, part_out))
        return false;
    *bytes = rest;
    return true;
}

static xbits_result take_descriptor(struct media_bytes *bytes,
                                    struct asf_descriptor *descriptor_out)
{
    struct asf_descriptor descriptor = { 0 };
    struct media_bytes rest = *bytes;
    struct media_bytes name;

    if (!take_sized(&rest, &name))
        return fail_descriptor(bytes->place, "has a name that reaches beyond its object");
    TRY(read_name(name, &descriptor));
    if (!media_bytes_little(&rest, 2, &descriptor.type))
        return fail_descriptor(rest.place, "has no type");
    if (!take_sized(&rest, &descriptor.value))
        return fail_descriptor(rest.place, "has a value that reaches beyond its object");
    (void)media_bytes_take(bytes, bytes->left - rest.left, &descriptor.whole);
    *descriptor_out = descriptor;
    return XBITS_S_OK;
}

xbits_result asf_visit_descriptors(struct media_bytes *body, asf_visit_descriptor *visit,
                                   void *user)
{
    uint64_t count = 0;

    if (!media_bytes_little(body, 2, &count))
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": there is no count of ASF descriptors", body->place);
    for (uint64_t i = 0; i < count && body->left > 0; i++) {
        struct asf_descriptor descriptor = { 0 };

        TRY(take_descriptor(body, &descriptor));
        TRY(visit(&descriptor, user));
    }
    return XBITS_S_OK;
}
