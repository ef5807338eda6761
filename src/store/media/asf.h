/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_ASF_H
#define STORE_MEDIA_ASF_H

#include "store/media/attributes.h"
#include "store/media/media_bytes.h"

/*
 * The Header Object of an ASF file, in memory as a whole. Damage is XBITS_ERROR_INVALID_DATA; its
 * message begins with "byte" and where in the file.
 */

/* Object sizes: GUID and size; in a Header Object also a count and two bytes. */
#define ASF_GUID_SIZE   16
#define ASF_OBJECT_SIZE 24
#define ASF_HEADER_SIZE 30
#define ASF_COUNT_AT    24

enum asf_kind {
    ASF_OTHER = 0,
    ASF_HEADER,
    ASF_CONTENT_DESCRIPTION,
    ASF_EXTENDED_CONTENT_DESCRIPTION,
    ASF_FILE_PROPERTIES,
    ASF_STREAM_PROPERTIES,
    ASF_VIDEO_STREAM, /* No object: what a stream is. */
};
extern const uint8_t asf_guids[ASF_VIDEO_STREAM + 1][ASF_GUID_SIZE];

/* The first bytes of a file. */
bool asf_is_header(const struct media_bytes *head);
/* How long the header is. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA. */
xbits_result asf_measure(struct media_bytes head, uint64_t *size_out);

/* An object in the header; whole is all of it, body what follows its size. */
struct asf_object {
    enum asf_kind kind;
    struct media_bytes whole;
    struct media_bytes body;
};
typedef xbits_result asf_visit(const struct asf_object *object, void *user);
/* In the order of the file; what follows the last one and is nobody's is left. Results: XBITS_S_OK;
 * XBITS_ERROR_INVALID_DATA; the visit's. */
xbits_result asf_visit_objects(struct media_bytes *header, asf_visit *visit, void *user);

/* The fields of File Properties after the object's size. */
#define ASF_FILE_SIZE_AT         16
#define ASF_PLAY_DURATION_AT     40
#define ASF_PREROLL_AT           56
#define ASF_FLAGS_AT             64
#define ASF_FILE_PROPERTIES_SIZE 80
#define ASF_FLAG_BROADCAST       1u

/* Types of descriptors. */
enum asf_type { ASF_STRING = 0, ASF_BYTES, ASF_BOOL, ASF_DWORD, ASF_QWORD, ASF_WORD };

/* One of an Extended Content Description; whole is all of it. */
struct asf_descriptor {
    bool is_known; /* attribute is whose it is. */
    enum xbits_attribute attribute;
    uint64_t type;
    struct media_bytes whole;
    struct media_bytes value;
};
typedef xbits_result asf_visit_descriptor(const struct asf_descriptor *descriptor, void *user);
/* As asf_visit_objects. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY; the
 * visit's. */
xbits_result asf_visit_descriptors(struct media_bytes *body, asf_visit_descriptor *visit,
                                   void *user);

/* Fills in values and is_video. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA;
 * XBITS_E_OUTOFMEMORY. */
xbits_result asf_read(struct media_bytes header, struct media_tags *tags);

/*
 * Appends the header with the distributor in it, for a file in which rest_size bytes follow it.
 * Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY.
 */
xbits_result asf_write(struct media_bytes header, const char *distributor, uint64_t rest_size,
                       struct text *target);

#endif
