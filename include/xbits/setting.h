/* SPDX-License-Identifier: MIT */
#ifndef XBITS_SETTING_H
#define XBITS_SETTING_H

#include "xbits/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Everything that can be tuned, one row each: what `xbits config` prints, config/xbits.ini holds
 * and xbits_options.settings takes as "section.key=value". The library reads no file for them.
 */
struct xbits_setting_info {
    const char *section;
    const char *key;
    enum xbits_kind kind;      /* BOOL (yes or no), U64 or TEXT. */
    const char *default_value; /* As it would be written. */
    const char *summary;       /* One line, with the unit. */
    uint64_t minimum;          /* U64: what is allowed. */
    uint64_t maximum;
};

/* NULL past the last row. */
XBITS_API const struct xbits_setting_info *xbits_setting_at(size_t index);

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (no such setting, or a value its row does not allow). */
XBITS_API xbits_result xbits_setting_check(const char *section, const char *key, const char *value);

#ifdef __cplusplus
}
#endif

#endif
