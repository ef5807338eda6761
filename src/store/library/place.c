/* SPDX-License-Identifier: MIT */
#include "store/library/place.h"

#include <stdlib.h>

#define COPIES_AT_MOST 10000
#define PIECE_BYTES    ((size_t)256 << 10)

/* A name that grows by a segment at a time. */
struct search {
    struct disk *disk;
    const char *library;
    const struct song_name *name;
    struct text relative; /* What has been found of it, with its separator. */
};

/* A link can lead nowhere, round in a circle or through a file. */
static bool is_nowhere(xbits_result result)
{
    return result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND ||
           result == XBITS_ERROR_CANT_RESOLVE_FILENAME;
}

/* What is there after all decides: somebody else may have been quicker. Who made it before can have
 * been killed, or failed, before its name was durable. */
static xbits_result use_directory(struct disk *disk, const char *path, bool *is_usable_out)
{
    struct disk_stat stat = { 0 };
    bool is_taken = false;
    xbits_result result;

    TRY(disk_is_taken(disk, path, &is_taken));
    result = is_taken ? disk_sync_name(disk, path) : disk_make_directory(disk, path);
    if (result != XBITS_ERROR_FILE_EXISTS && result != XBITS_ERROR_DIRECTORY)
        TRY(result);
    result = disk_stat(disk, path, &stat);
    if (!is_nowhere(result))
        TRY(result);
    *is_usable_out = stat.is_directory && !stat.is_link;
    return XBITS_S_OK;
}

static xbits_result use_name(struct disk *disk, const char *path, enum song_part part,
                             bool *is_usable_out)
{
    bool is_taken = true;

    if (part != SONG_PART_FILE)
        return use_directory(disk, path, is_usable_out);
    TRY(disk_is_taken(disk, path, &is_taken));
    *is_usable_out = !is_taken;
    return XBITS_S_OK;
}

static xbits_result try_copy(struct search *search, enum song_part part, unsigned copy,
                             bool *is_usable_out)
{
    struct text segment = { 0 };
    struct text path = { 0 };
    xbits_result result = song_path_segment(search->name, part, copy, &segment);

    if (XBITS_SUCCEEDED(result))
        result = text_format(&path, "%s/%s%s", search->library, text_c(&search->relative),
                             text_c(&segment));
    if (XBITS_SUCCEEDED(result))
        result = use_name(search->disk, text_c(&path), part, is_usable_out);
    if (XBITS_SUCCEEDED(result) && *is_usable_out)
        result = text_format(&search->relative, "%s%s", text_c(&segment),
                             part == SONG_PART_FILE ? "" : "/");
    text_dispose(&path);
    text_dispose(&segment);
    return result;
}

static xbits_result find_part(struct search *search, enum song_part part)
{
    bool is_usable = false;

    for (unsigned copy = 1; copy <= COPIES_AT_MOST; copy++) {
        TRY(try_copy(search, part, copy, &is_usable));
        if (is_usable)
            return XBITS_S_OK;
    }
    return xbits_fail(XBITS_ERROR_FILE_EXISTS,
                      "%s/%s has no free name for a song: the first %d are taken", search->library,
                      text_c(&search->relative), COPIES_AT_MOST);
}

xbits_result place_find(struct disk *disk, const char *library, const struct song_name *name,
                        char **relative_out)
{
    struct search search = { .disk = disk, .library = library, .name = name };
    xbits_result result = find_part(&search, SONG_PART_ARTIST);
    char *relative;

    if (XBITS_SUCCEEDED(result))
        result = find_part(&search, SONG_PART_ALBUM);
    if (XBITS_SUCCEEDED(result))
        result = find_part(&search, SONG_PART_FILE);
    if (XBITS_FAILED(result)) {
        text_dispose(&search.relative);
        return result;
    }
    relative = text_take(&search.relative);
    if (relative == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a song's name");
    *relative_out = relative;
    return XBITS_S_OK;
}

/* The new name is sure to stay by now. That the old one may come back with a power cut is no loss,
 * and no failure of the move. */
static void sync_old_name(struct disk *disk, const char *path)
{
    (void)disk_sync_name(disk, path);
}

/* After a failure, which stays the thread's last one. */
static void remove_quietly(struct disk *disk, const char *path)
{
    struct xbits_error failure = *xbits_last_error();

    (void)disk_remove(disk, path);
    xbits_fail_again(&failure);
}

static xbits_result copy_pieces(struct disk *disk, struct disk_file *from, struct disk_file *to)
{
    char *piece = malloc(PIECE_BYTES);
    xbits_result result = XBITS_S_OK;
    uint64_t offset = 0;
    size_t size = PIECE_BYTES;

    if (piece == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to copy a file");
    while (XBITS_SUCCEEDED(result) && size == PIECE_BYTES) {
        result = disk_read_at(disk, from, offset, piece, PIECE_BYTES, &size);
        if (XBITS_SUCCEEDED(result))
            result = disk_write_at(disk, to, offset, piece, size);
        offset += size;
    }
    free(piece);
    return result;
}

/* A close that fails may have lost bytes; the failure before it is the one to tell. */
static xbits_result close_after(struct disk *disk, struct disk_file *file, xbits_result result)
{
    struct xbits_error failure = *xbits_last_error();
    xbits_result closed = disk_close(disk, file);

    return XBITS_FAILED(result) ? xbits_fail_again(&failure) : closed;
}

static xbits_result write_copy(struct disk *disk, struct disk_file *from, const char *to,
                               int64_t modified)
{
    struct disk_file *file = NULL;
    xbits_result result;

    TRY(disk_open(disk, to, DISK_CREATE_NEW, &file));
    result = copy_pieces(disk, from, file);
    if (XBITS_SUCCEEDED(result))
        result = disk_set_modified(disk, file, modified);
    if (XBITS_SUCCEEDED(result))
        result = disk_sync(disk, file);
    return close_after(disk, file, result);
}

/* What a run that was killed has left under the name goes first. */
static xbits_result copy_file(struct disk *disk, const char *from, const char *to, int64_t modified)
{
    struct disk_file *file = NULL;
    xbits_result result = disk_remove(disk, to);

    if (result != XBITS_ERROR_FILE_NOT_FOUND)
        TRY(result);
    TRY(disk_open(disk, from, DISK_OPEN_READ, &file));
    return close_after(disk, file, write_copy(disk, file, to, modified));
}

/* Not before the old file is seen to be there: a call that failed may have been carried out. */
static void take_back(struct disk *disk, const char *from, const char *to)
{
    struct xbits_error failure = *xbits_last_error();
    bool is_taken = false;

    if (XBITS_SUCCEEDED(disk_is_taken(disk, from, &is_taken)) && is_taken)
        (void)disk_remove(disk, to);
    xbits_fail_again(&failure);
}

/* A file server may have removed it and say, to a call that was sent twice, that there is none. */
static xbits_result remove_old(struct disk *disk, const char *path)
{
    xbits_result result = disk_remove(disk, path);

    return result == XBITS_ERROR_FILE_NOT_FOUND ? XBITS_S_OK : result;
}

/* The old file goes when the new one is sure to stay. */
static xbits_result replace_old(struct disk *disk, const char *from, const char *to)
{
    xbits_result result = disk_sync_name(disk, to);

    if (XBITS_SUCCEEDED(result))
        result = remove_old(disk, from);
    if (XBITS_FAILED(result)) {
        take_back(disk, from, to);
        return result;
    }
    sync_old_name(disk, from);
    return XBITS_S_OK;
}

static xbits_result move_across(struct disk *disk, const char *from, const char *to,
                                int64_t modified)
{
    struct text part = { 0 };
    xbits_result result = text_format(&part, "%s.part", to);

    if (XBITS_SUCCEEDED(result))
        result = copy_file(disk, from, text_c(&part), modified);
    if (XBITS_SUCCEEDED(result))
        result = disk_rename_new(disk, text_c(&part), to);
    if (XBITS_SUCCEEDED(result))
        result = replace_old(disk, from, to);
    else if (part.length > 0)
        remove_quietly(disk, text_c(&part));
    text_dispose(&part);
    return result;
}

static xbits_result move_within(struct disk *disk, const char *from, const char *to)
{
    xbits_result result;

    TRY(disk_rename_new(disk, from, to));
    result = disk_sync_name(disk, to);
    if (XBITS_FAILED(result)) {
        struct xbits_error failure = *xbits_last_error();

        (void)disk_rename_new(disk, to, from);
        return xbits_fail_again(&failure);
    }
    sync_old_name(disk, from);
    return XBITS_S_OK;
}

xbits_result place_move(struct disk *disk, const char *from, const char *to)
{
    struct disk_stat stat = { 0 };
    xbits_result result;

    TRY(disk_stat(disk, from, &stat));
    if (stat.is_link || !stat.is_regular) {
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is %s: it is not moved", from,
                          stat.is_link ? "a symbolic link" : "no regular file");
    }
    result = move_within(disk, from, to);
    return result == XBITS_ERROR_NOT_SAME_DEVICE ? move_across(disk, from, to, stat.modified)
                                                 : result;
}
