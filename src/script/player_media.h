/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PLAYER_MEDIA_H
#define SCRIPT_PLAYER_MEDIA_H

#include "base/text.h"

/*
 * What a page has given the embedded Player control to play, by address, with the attributes that
 * it has set. A page can make as much of it as it likes, so all of it has limits.
 */
#define PLAYER_MEDIA_MAXIMUM      256
#define PLAYER_INFOS_MAXIMUM      512 /* Attributes, of all media together. */
#define PLAYER_MEDIA_TEXT_MAXIMUM 4096

struct player_media;

xbits_result player_media_new(struct player_media **media_out);
void player_media_free(struct player_media *media); /* NULL is fine. */

/* The number of the media of an address, from 0; a new address gets the next. Results: XBITS_S_OK;
 * XBITS_E_INVALIDARG (a text is too long, or there are too many); XBITS_E_OUTOFMEMORY. */
xbits_result player_media_add(struct player_media *media, const char *url, uint32_t *number_out);
/* "" for a number that is none. */
const char *player_media_url(const struct player_media *media, uint32_t number);

/* Results: as above. */
xbits_result player_media_set_info(struct player_media *media, uint32_t number, const char *name,
                                   const char *value);
/* What was set; else, for "Title" and "SourceURL", what the address says; else "". Appended. */
xbits_result player_media_add_info(const struct player_media *media, uint32_t number,
                                   const char *name, struct text *value);

#endif
