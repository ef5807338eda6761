/* SPDX-License-Identifier: MIT */
#ifndef CONVENTION_DESCRIPTION_FIELDS_H
#define CONVENTION_DESCRIPTION_FIELDS_H

#include "xbits/convention.h"

/* What may stand in a field. */
enum description_value {
    DESCRIPTION_SERVICE_ID,
    DESCRIPTION_PROVIDER,
    DESCRIPTION_FREE_TEXT,
    DESCRIPTION_TRACK_NUMBER,
    DESCRIPTION_NUMBER
};

/* One row a field, in the order of the text: reading, writing and getItemInfo go by it. */
struct description_field {
    const char *name;
    const char *item_info_name; /* NULL: getItemInfo does not tell it. */
    size_t offset;              /* In struct xbits_wmp_description. */
    enum description_value value;
    bool is_colon_replaced; /* When formatting (ADR 8). */
};

const struct description_field *description_field(enum xbits_wmp_field field);

/* The text of any field but the service id; NULL is "". */
const char *description_field_text(const struct xbits_wmp_description *description,
                                   enum xbits_wmp_field field);
void description_set_field_text(struct xbits_wmp_description *description,
                                enum xbits_wmp_field field, const char *text);

#endif
