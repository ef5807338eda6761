/* SPDX-License-Identifier: MIT */
#ifndef STORE_EXTERNAL_VARIANT_H
#define STORE_EXTERNAL_VARIANT_H

#include "base/result.h"
#include "xbits/external.h"

/* "-1.79769313486232E+308" and its NUL. */
#define VARIANT_TEXT_SIZE 32

/* An argument as its member takes it; of these, what the member's row names is set. */
struct argument {
    int32_t number;
    const char *text;  /* Of the variant, or in made. */
    uint64_t function; /* 0 and has_function false: none. */
    bool has_function;
    char made[VARIANT_TEXT_SIZE];
};

/*
 * VariantChangeType for LONG and TEXT; FUNCTION takes one, or NULL and EMPTY for none. The argument
 * must not be moved: its text may be inside it.
 * Results: XBITS_S_OK; XBITS_DISP_E_TYPEMISMATCH; XBITS_DISP_E_OVERFLOW; XBITS_E_INVALIDARG (a text
 * that is not UTF-8).
 */
xbits_result variant_change(const struct xbits_variant *variant, enum xbits_variant_kind kind,
                            struct argument *argument);

const char *variant_kind_name(enum xbits_variant_kind kind); /* "LONG" */

#endif
