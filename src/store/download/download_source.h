/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_DOWNLOAD_SOURCE_H
#define STORE_DOWNLOAD_DOWNLOAD_SOURCE_H

#include "base/text.h"

/*
 * What a download may come from: an http or https URL with a host, in ASCII, whose path ends in the
 * extension of a medium, of a program that answers, or in none ("startDownload Method", Windows
 * Media Player SDK: ASF, MP3, WMA and WMV are supported).
 *
 * extension_out: that of the medium (".mp3"); NULL: its content says what it is.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (the message names the rule).
 */
xbits_result download_source_check(const char *url, const char **extension_out);

/* ".mp3", in any case: is it the extension of a medium? */
bool download_source_is_medium(const char *extension);

/* Appends the last part of the URL's path, "" when it ends in "/": what a person knows it by.
 * Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result download_source_name(const char *url, struct text *name);

#endif
