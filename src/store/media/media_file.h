/* SPDX-License-Identifier: MIT */
#ifndef STORE_MEDIA_MEDIA_FILE_H
#define STORE_MEDIA_MEDIA_FILE_H

#include "store/media/media_front.h"

/* A media file that is open for reading, and its front. Zeroed storage is closed. */
struct media_file {
    struct disk *disk;
    struct disk_file *file;
    struct disk_stat stat;
    struct media_front front; /* Its format is set even when the front is damaged. */
    uint8_t *bytes;           /* Of the front. */
};

/*
 * Close it in any case. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA: the front is damaged, as
 * media_front_measure says; the disk's; XBITS_E_OUTOFMEMORY.
 */
xbits_result media_file_open(struct disk *disk, const char *path, struct media_file *file);
void media_file_close(struct media_file *file);

#endif
