/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_HTML_CHARSET_H
#define SCRIPT_DOCUMENT_HTML_CHARSET_H

#include "base/text.h"

/* Is this HTML, by its content type or, without one, by its look? Results: XBITS_S_OK;
 * XBITS_ERROR_INVALID_DATA (what it is, instead). */
xbits_result html_check_type(const char *content_type, const char *body, size_t length);

/*
 * Appends a file of the web as UTF-8: its character set by its byte order mark, by content_type or
 * by a <meta>, else Windows-1252 where it is no UTF-8. What is no character, and NUL, is U+FFFD.
 * Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result html_decode(const char *content_type, const char *body, size_t length,
                         struct text *text);

#endif
