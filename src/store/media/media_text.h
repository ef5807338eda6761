/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_MEDIA_TEXT_H
#define STORE_MEDIA_MEDIA_TEXT_H

#include "store/media/media_bytes.h"

enum media_encoding { MEDIA_LATIN1, MEDIA_UTF16LE, MEDIA_UTF16BE, MEDIA_UTF8 };

/* Takes a text up to its NUL, which is no part of it, or up to the end. Of UTF-16 the NUL may be
 * cut in half there; what ends in half a character is no text, and empty. */
void media_text_take(struct media_bytes *bytes, enum media_encoding encoding,
                     struct media_bytes *text_out);

/*
 * Appends it as UTF-8, at most MEDIA_VALUE_MAXIMUM bytes and whole characters; what is no character
 * becomes U+FFFD. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result media_text_decode(const struct media_bytes *source, enum media_encoding encoding,
                               struct text *target);

/* The length of a control character at the start of UTF-8; 0: it is none. */
size_t media_text_control_length(const char *string);
/* Makes each run of control characters in UTF-8 a blank, and nothing at the ends. */
void media_text_make_line(struct text *text);

/* Appends the text of a GUID as files hold one, without braces; nothing when it is not of sixteen
 * bytes. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result media_text_add_guid(struct text *target, const struct media_bytes *guid);

/* Appends UTF-8 as UTF-16LE with its NUL. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result media_text_add_utf16(struct text *target, const char *string);

#endif
