/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PAGE_PARSE_H
#define SCRIPT_PAGE_PARSE_H

#include "script/page_internal.h"

/* Makes the document of this text, and runs its scripts where they stand. Results: XBITS_S_OK, also
 * when a script or a limit ended it early; XBITS_E_OUTOFMEMORY. */
xbits_result page_parse(struct page *page, const struct text *html);

#endif
