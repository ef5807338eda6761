/* SPDX-License-Identifier: MIT */
#ifndef BASE_URL_TEXT_H
#define BASE_URL_TEXT_H

#include "base/text.h"

/*
 * URLs as they are shown: the password of "user:password@" is "***". What is not quite a URL is
 * shown with too little rather than too much. Names are stored and used as they were given.
 */
#define URL_TEXT_SIZE 320

struct url_text {
    char c[URL_TEXT_SIZE];
};

/* For messages and log lines: xbits_fail(..., "%s", url_text(url).c). A long one is cut and ends
 * in "...", so that the rest of the sentence is seen. */
struct url_text url_text(const char *url);

/* The whole of it. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result url_text_add(struct text *text, const char *url);

/* The same of each of the words of a list, such as a list of proxies. Results: as above. */
xbits_result url_text_add_list(struct text *text, const char *list);

#endif
