/* SPDX-License-Identifier: MIT */
#ifndef CONVENTION_DESCRIPTION_RULES_H
#define CONVENTION_DESCRIPTION_RULES_H

#include "convention/description_fields.h"

#define DESCRIPTION_VERSION             "1"
#define DESCRIPTION_TRACK_NUMBER_DIGITS 5

/* A rule is broken: what the message says is `SUBJECT "PIECE" at position N COMPLAINT`. */
struct description_objection {
    enum xbits_wmp_rule rule;
    int field; /* enum xbits_wmp_field, or XBITS_WMP_NO_FIELD. */
    size_t position;
    const char *subject; /* NULL: the field's name. */
    const char *piece;   /* From outside: shown shortened and printable. */
    const char *complaint;
};

/* Fails with the rule's result. */
xbits_result description_refuse(const struct description_objection *objection,
                                struct xbits_wmp_refusal *refusal_out);

/* A refusal before any rule was asked. */
struct xbits_wmp_refusal description_no_refusal(void);
/* Tells the caller's refusal, which may be NULL, of ours. Returns result. */
xbits_result description_pass_on(xbits_result result, const struct xbits_wmp_refusal *refusal,
                                 struct xbits_wmp_refusal *refusal_out);

/* UTF-16 units in the first bytes of a text, which are well-formed. */
size_t description_units(const char *text, size_t bytes);

/* TEXT, of a field or the whole. */
xbits_result description_check_utf8(const char *text, int field,
                                    struct xbits_wmp_refusal *refusal_out);
/* LENGTH, of well-formed text. */
xbits_result description_check_length(const char *text, struct xbits_wmp_refusal *refusal_out);

/* The fields as text, in the order of the convention, and where each begins. */
struct description_texts {
    const char *texts[XBITS_WMP_FIELD_COUNT];
    size_t positions[XBITS_WMP_FIELD_COUNT];
};

/* SERVICE_ID, PROVIDER or NUMBER: what may stand in this field. */
xbits_result description_check_value(const struct description_texts *texts,
                                     enum xbits_wmp_field field,
                                     struct xbits_wmp_refusal *refusal_out);

/* The first bytes of a text are empty or a track number. */
bool description_is_track_number(const char *text, size_t length);

#endif
