/* SPDX-License-Identifier: MIT */
#ifndef XBITS_ID_H
#define XBITS_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "xbits/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A job's name for life; laid out like a Windows GUID. */
struct xbits_id {
    uint32_t data1;
    uint16_t data2;
    uint16_t data3;
    uint8_t data4[8];
};

/* "{F3A1B2C4-0000-4000-8000-0123456789AB}" and its NUL. */
#define XBITS_ID_TEXT_SIZE 39

XBITS_API bool xbits_id_equal(const struct xbits_id *a, const struct xbits_id *b);

/* True for the id of all zeros, which names no job. */
XBITS_API bool xbits_id_is_null(const struct xbits_id *id);

/* Writes the braced upper-case form. Returns text. */
XBITS_API char *xbits_id_format(const struct xbits_id *id, char text[XBITS_ID_TEXT_SIZE]);

/* Reads the form with or without braces, in either case. Results: XBITS_S_OK; XBITS_E_INVALIDARG.
 */
XBITS_API xbits_result xbits_id_parse(const char *text, struct xbits_id *id_out);

#ifdef __cplusplus
}
#endif

#endif
