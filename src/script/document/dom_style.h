/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_DOM_STYLE_H
#define SCRIPT_DOCUMENT_DOM_STYLE_H

#include "base/text.h"

/* What stands in a style="..." attribute, by the names that scripts use: backgroundColor. */

/* Appends the value; nothing when it is not declared. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result style_get(const char *css, const char *property, struct text *text);
/* Appends the declarations with this one changed; "" takes it out. Results: as above. */
xbits_result style_set(const char *css, const char *property, const char *value, struct text *text);

#endif
