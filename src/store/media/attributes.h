/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_ATTRIBUTES_H
#define STORE_MEDIA_ATTRIBUTES_H

#include "base/text.h"
#include "store/media/media.h"

/* How what a frame says becomes the attribute. */
enum attribute_rule {
    ATTRIBUTE_TEXT = 0,
    ATTRIBUTE_TRACK,        /* "3/12" is 3. */
    ATTRIBUTE_MILLISECONDS, /* Becomes whole seconds. */
    ATTRIBUTE_OWNED,        /* Bytes behind the name of whose they are. */
};

/* Where files keep an attribute. NULL: not there. */
struct attribute {
    const char *name;
    const char *descriptor; /* ASF */
    const char *frame;      /* ID3v2.3 and 2.4 */
    const char *old_frame;  /* ID3v2.2 */
    enum attribute_rule rule;
    bool is_private; /* Also a PRIV frame or a user's text of the attribute's name. */
};

/* Borrowed for ever. */
const struct attribute *attribute_row(enum xbits_attribute attribute);

/* False: nobody's. A name of four letters is a frame's, one of three is an old frame's. */
bool attribute_of_descriptor(const char *name, enum xbits_attribute *out);
bool attribute_of_frame(const char *id, enum xbits_attribute *out);
bool attribute_of_private(const char *name, enum xbits_attribute *out);

/* Which of several places in one file wins: the lower one. Of the same, the first. */
enum attribute_rank { ATTRIBUTE_FROM_PRIVATE = 1, ATTRIBUTE_FROM_FRAME, ATTRIBUTE_FROM_USER_TEXT };

/* Values while a file is read. */
struct attribute_values {
    char **values;
    enum attribute_rank ranks[XBITS_ATTRIBUTE_COUNT];
};
/* Makes the value one line, a track's number without how many there are, and keeps a copy of it,
 * unless it is empty or has lost. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result attribute_keep(struct attribute_values *values, enum xbits_attribute attribute,
                            enum attribute_rank rank, struct text *value);

#endif
