/* SPDX-License-Identifier: MIT */
#ifndef BASE_RESULT_TABLE_H
#define BASE_RESULT_TABLE_H

#include "xbits/result.h"

/* The rows of one family of XBITS_RESULT_LIST, in the order of the list. */
struct result_table {
    const struct xbits_result_info *rows;
    size_t count;
};

extern const struct result_table result_table_system;
extern const struct result_table result_table_bits;
extern const struct result_table result_table_http;
extern const struct result_table result_table_network;

/*
 * How a family's file is written. The list gives each row its place and its meaning, RESULT_ROW
 * adds cause and remedy. The compiler warns of a row that is missing (its meaning is unused), there
 * twice (the first is overridden) or not in the list (it has no place).
 */
#define RESULT_ROW_PLACE(name, value, meaning)   RESULT_ROW_##name,
#define RESULT_ROW_MEANING(name, value, meaning) static const char meaning_of_##name[] = meaning;
#define RESULT_ROW(name, cause, remedy)                                                            \
    [RESULT_ROW_##name] = { XBITS_##name, #name, meaning_of_##name, cause, remedy }

#endif
