/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAGE_LOAD_H
#define CLI_PAGE_LOAD_H

#include "cli/page_session.h"

/* page_load: by fetch, with the cookies of the session's jar in and out; user is the struct
 * page_session. Results: as fetch and cookie_jar_get. */
xbits_result page_load_by_fetch(const char *url, struct page_content *content, void *user);

#endif
