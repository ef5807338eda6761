/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_MEDIA_H
#define STORE_MEDIA_MEDIA_H

#include "base/disk.h"
#include "xbits/library.h"

/*
 * What a media file says of itself: ASF (.wma, .wmv, .asf) and MP3 with ID3v2.2, 2.3 and 2.4. The
 * format is told by the content. Every length of it is hostile: nothing is read outside its parent,
 * and no more than MEDIA_TAG_MAXIMUM bytes of tag.
 */
#define MEDIA_TAG_MAXIMUM (16u << 20)
/* Values are one line: control characters become blanks. Longer ones are cut at a character. */
#define MEDIA_VALUE_MAXIMUM 4096

enum media_format { MEDIA_UNKNOWN = 0, MEDIA_ASF, MEDIA_MP3 };

struct media_tags {
    enum media_format format;
    bool is_video;
    char *values[XBITS_ATTRIBUTE_COUNT]; /* NULL: not there. The first of several wins. */
    char *damage; /* NULL, or why nothing of it could be trusted: then there are no values. */
};

/*
 * Reads the tags. Zeroed storage in; dispose in any case. A file without tags, of an unknown format
 * or with damaged ones is no failure. Results: XBITS_S_OK; the disk's; XBITS_E_OUTOFMEMORY.
 */
xbits_result media_read(struct disk *disk, const char *path, struct media_tags *tags);
void media_tags_dispose(struct media_tags *tags);

/*
 * Writes WM/ContentDistributor, into a new file beside it that then takes its name, durably. One
 * for its owner alone stays so. Results: as xbits_library_tag without its library.
 */
xbits_result media_write_distributor(struct disk *disk, const char *path, const char *distributor);

#endif
