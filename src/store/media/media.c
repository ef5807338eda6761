/* SPDX-License-Identifier: MIT */
#include "store/media/media.h"

#include "store/media/media_file.h"

xbits_result media_read(struct disk *disk, const char *path, struct media_tags *tags)
{
    struct media_file file = { 0 };
    xbits_result result = media_file_open(disk, path, &file);

    tags->format = file.front.format;
    if (XBITS_SUCCEEDED(result))
        result = media_front_read(&file.front, tags);
    else if (result == XBITS_ERROR_INVALID_DATA)
        result = media_front_keep_damage(tags);
    media_file_close(&file);
    return result;
}
