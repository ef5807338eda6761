/* SPDX-License-Identifier: MIT */
#ifndef JOB_VALUE_H
#define JOB_VALUE_H

#include "xbits/value.h"

/* A deep copy that owns what it points at. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result value_copy(const struct xbits_value *value, struct xbits_value *copy_out);
/* "u32", and back: what documents and the database call a kind. */
const char *value_kind_name(enum xbits_kind kind);
bool value_kind_parse(const char *name, enum xbits_kind *kind_out);
bool value_equal(const struct xbits_value *a, const struct xbits_value *b);
/* For people and logs: "600", "yes", "text", "0:100,2000:eof". Result as text_append. */
struct text;
xbits_result value_print(const struct xbits_value *value, struct text *text);

#endif
