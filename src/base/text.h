/* SPDX-License-Identifier: MIT */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/* A growing, NUL-terminated byte string. Zeroed storage is an empty text and safe to dispose. */
struct text {
    char *data; /* NULL while empty: use text_c. */
    size_t length;
    size_t capacity;
};

void text_dispose(struct text *text);
const char *text_c(const struct text *text); /* Never NULL. */
void text_clear(struct text *text);
/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result text_append(struct text *text, const char *bytes, size_t length);
xbits_result text_add(struct text *text, const char *string);
xbits_result text_format(struct text *text, const char *format, ...) BASE_PRINTF(2, 3);
/* Hands over the heap string ("" at least) and empties text; NULL when out of memory. */
char *text_take(struct text *text);

/* strdup that reports: results XBITS_S_OK; XBITS_E_OUTOFMEMORY. NULL copies to NULL. */
xbits_result text_copy(const char *string, char **copy_out);
/* Frees *place and puts a copy there (NULL for NULL); on failure *place stays. string may be part
 * of *place. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result text_replace(char **place, const char *string);

/* Well-formed UTF-8 without surrogates and overlong forms. */
bool text_is_utf8(const char *string);
/* Bytes of the first character, 1 at the end; 0: it is not well-formed UTF-8. */
size_t text_sequence_length(const char *string);
/* Length as Windows counts it; the string must be UTF-8. */
size_t text_utf16_length(const char *string);

/* ASCII only, whatever the locale. */
bool text_equal_ignoring_case(const char *a, const char *b);
bool text_starts_with(const char *string, const char *prefix);
bool text_starts_with_ignoring_case(const char *string, const char *prefix);

/* Copies at most size - 1 bytes, never half a UTF-8 sequence; always terminates. Returns target. */
char *text_copy_into(char *target, size_t size, const char *string);

/* Replaces control characters, and bytes that are no UTF-8, by "?", for lines that quote what came
 * from outside. Returns string. */
char *text_make_printable(char *string);

/* Whole text is one number of digits only, at most maximum; no sign, no blanks, no overflow. */
bool text_parse_u64(const char *string, uint64_t maximum, uint64_t *out);

/* Lower-case 1/0, yes/no, true/false, on/off. */
bool text_parse_bool(const char *string, bool *out);

#endif
