/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILING_HAND_OVER_PLACE_H
#define STORE_FILING_HAND_OVER_PLACE_H

#include "store/filing/hand_over.h"
#include "store/filing/song.h"

/*
 * The free name in the library, relative to it, where a song goes. A producer's goes where ripped
 * music goes. So does the audio of an item of the Download Manager, without a title under the last
 * name of its address; its video stays where it was downloaded to. Such an item's extension is what
 * its content says, because its URL may have said nothing. Results: as place_find.
 */
xbits_result hand_over_place_find(struct xbits_library *library, const struct hand_over *row,
                                  const struct song *song, char **place_out);

bool hand_over_is_video(const struct hand_over *row, const struct song *song);

#endif
