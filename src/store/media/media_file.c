/* SPDX-License-Identifier: MIT */
#include "store/media/media_file.h"

#include <inttypes.h>
#include <stdlib.h>

static xbits_result load_front(struct media_file *file, size_t size)
{
    size_t got = 0;

    if (size == 0)
        return XBITS_S_OK;
    file->bytes = malloc(size);
    if (file->bytes == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a tag of %zu bytes", size);
    TRY(disk_read_at(file->disk, file->file, 0, file->bytes, size, &got));
    /* Somebody cut the file since it was looked at. */
    if (got < size)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %zu: the file ends in its tag", got);
    file->front.bytes = file->bytes;
    file->front.size = size;
    return XBITS_S_OK;
}

xbits_result media_file_open(struct disk *disk, const char *path, struct media_file *file)
{
    uint8_t head[MEDIA_HEAD_SIZE];
    size_t head_size = 0;
    size_t size = 0;

    file->disk = disk;
    TRY(disk_stat(disk, path, &file->stat));
    TRY(disk_open(disk, path, DISK_OPEN_READ, &file->file));
    TRY(disk_read_at(disk, file->file, 0, head, sizeof(head), &head_size));
    file->front.format = media_front_format(head, head_size);
    file->front.file_size = file->stat.size;
    TRY(media_front_measure(head, head_size, file->stat.size, &size));
    return load_front(file, size);
}

void media_file_close(struct media_file *file)
{
    if (file->file != NULL)
        (void)disk_close(file->disk, file->file);
    free(file->bytes);
    *file = (struct media_file){ 0 };
}
