/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIBRARY_PLACE_H
#define STORE_LIBRARY_PLACE_H

#include "base/disk.h"
#include "store/library/song_path.h"

/*
 * The first name for the song that is free in the library, relative to it, its directories made.
 * A directory on the way that is a symbolic link or no directory is not used: the next copy's name
 * is tried for it, so that no song leaves the library. A link that leads nowhere takes its name,
 * too. Results: XBITS_S_OK;
 * XBITS_ERROR_FILE_EXISTS (no free name among 10,000); the disk's.
 */
xbits_result place_find(struct disk *disk, const char *library, const struct song_name *name,
                        char **relative_out);

/*
 * Moves a file, durably, to a name that must be free: by renaming, or, on another device, by a copy
 * in "<to>.part" that is synced before it gets its name and the old file goes. Interrupted anywhere
 * it leaves the whole file at `from`, at `to`, or (another device, or a file system that must link)
 * at both. A failure leaves it at `from`, as far as the disk still can.
 * Results: XBITS_S_OK; XBITS_ERROR_FILE_EXISTS; XBITS_ERROR_FILE_NOT_FOUND; XBITS_E_ACCESSDENIED
 * (`from` is a symbolic link or no regular file); the disk's.
 */
xbits_result place_move(struct disk *disk, const char *from, const char *to);

#endif
