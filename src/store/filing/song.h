/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILING_SONG_H
#define STORE_FILING_SONG_H

#include "store/library/song_path.h"
#include "store/media/media.h"
#include "xbits/convention.h"

/* What is known of a song: its file's tags, and what its job says where those are silent. */
struct song {
    struct media_tags tags;
    struct xbits_wmp_description description;
};

/* Zeroed storage in; dispose in any case. A description that cannot be read says nothing.
 * Results: XBITS_S_OK; as media_read. */
xbits_result song_read(struct disk *disk, const char *path, const char *description,
                       struct song *song);
void song_dispose(struct song *song);

/* Borrowed from the song; NULL: not known. The provider never stands in for a distributor. */
void song_attributes(const struct song *song, const char *attributes[XBITS_ATTRIBUTE_COUNT]);

/* Borrowed from the song and file_name. */
struct song_name song_name_of(const struct song *song, const char *file_name);

#endif
