/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAGE_ADDRESS_H
#define CLI_PAGE_ADDRESS_H

#include "base/result.h"

/* The absolute address of a page that the user named: a URL of http, https or file as it is, and of
 * a path its file URL. Results: XBITS_S_OK; as url_parse and path_absolute. */
xbits_result page_address(const char *page_or_url, char **url_out);

#endif
