/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_ID3_H
#define STORE_MEDIA_ID3_H

#include "store/media/attributes.h"
#include "store/media/media_bytes.h"

/*
 * An ID3v2 tag at the front of a file, in memory as a whole: versions 2, 3 and 4. Damage is
 * XBITS_ERROR_INVALID_DATA; its message begins with "byte" and where in the file.
 */
#define ID3_HEADER_SIZE 10
#define ID3_ID_SIZE     5 /* Four letters, three in version 2, and the NUL. */

/* The first bytes of a file. */
bool id3_is_tag(const struct media_bytes *head);
/* How long the tag is, with its header and footer. Results: XBITS_S_OK;
 * XBITS_ERROR_INVALID_DATA. */
xbits_result id3_measure(struct media_bytes head, uint64_t *size_out);

struct id3_header {
    unsigned version;
    uint8_t revision;
    uint8_t flags;
};
/* Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA. */
xbits_result id3_read_header(struct media_bytes tag, struct id3_header *header_out);

/* A frame, its unsynchronisation undone. */
struct id3_frame {
    unsigned version;
    char id[ID3_ID_SIZE];
    unsigned flags; /* As the version has them. */
    struct media_bytes data;
};
/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result id3_add_frame(struct text *target, const struct id3_frame *frame);
typedef xbits_result id3_visit(const struct id3_frame *frame, void *user);
/* In the order of the tag. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY;
 * the visit's. */
xbits_result id3_visit_frames(struct media_bytes tag, id3_visit *visit, void *user);

/* Sizes whose bytes have seven bits each. False: one has eight, or there are no four. */
bool id3_take_synchsafe(struct media_bytes *bytes, uint64_t *out);
xbits_result id3_add_synchsafe(struct text *target, uint64_t value);
#define ID3_SYNCHSAFE_MAXIMUM ((1u << 28) - 1)

/* What a frame says. */
struct id3_statement {
    bool is_known; /* The rest is set: it is an attribute. */
    enum xbits_attribute attribute;
    enum attribute_rank rank;
    struct text value; /* May be empty. */
};
void id3_statement_dispose(struct id3_statement *statement);
/* Zeroed storage in; dispose in any case. A frame that is compressed, encrypted or odd in itself
 * says nothing. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result id3_read_frame(const struct id3_frame *frame, struct id3_statement *statement);

/* Fills in values. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY. */
xbits_result id3_read(struct media_bytes tag, struct media_tags *tags);

/*
 * Appends the tag with the distributor in it; a tag of no bytes becomes a new one. Its length stays
 * where the padding has room. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA; XBITS_E_OUTOFMEMORY.
 */
xbits_result id3_write(struct media_bytes tag, const char *distributor, struct text *target);

#endif
