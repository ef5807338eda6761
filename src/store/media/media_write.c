/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "store/media/media_file.h"
#include "store/media/media_text.h"

#define TEMPORARY_SUFFIX    ".tagging"
#define DISTRIBUTOR_MAXIMUM 256 /* UTF-16 units */
#define PIECE_SIZE          (64 * 1024)

static xbits_result check_distributor(const char *distributor)
{
    TRY(argument_text("the distributor", distributor));
    if (distributor[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the distributor is empty");
    if (text_utf16_length(distributor) > DISTRIBUTOR_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "the distributor has more than %d UTF-16 units",
                          DISTRIBUTOR_MAXIMUM);
    for (const char *c = distributor; *c != '\0'; c++) {
        if (media_text_control_length(c) > 0)
            return xbits_fail(XBITS_E_INVALIDARG, "the distributor has a control character");
    }
    return XBITS_S_OK;
}

static bool is_called_mp3(const char *path)
{
    size_t length = strlen(path);

    return length >= 4 && text_equal_ignoring_case(path + length - 4, ".mp3");
}

/* A file is replaced as a whole: that would make a file of a link, and pass by write protection. */
static xbits_result check_file(const struct media_file *file, const char *path)
{
    if (file->front.format == MEDIA_UNKNOWN && !is_called_mp3(path))
        return xbits_fail(XBITS_E_INVALIDARG, "%s is neither ASF nor MP3", path);
    if (file->stat.is_link)
        return xbits_fail(XBITS_E_INVALIDARG, "%s is a link: name the file itself", path);
    if (file->stat.is_read_only)
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is read-only", path);
    return XBITS_S_OK;
}

/* One writing: what was, what comes instead, and where it is made. */
struct writing {
    struct disk *disk;
    const char *path;
    struct media_file old;
    struct text front;
    struct text temporary;
    struct disk_file *file;
    uint64_t inode; /* Of the temporary file. */
    bool is_made;
};

static xbits_result fail_damaged(const char *path)
{
    return xbits_fail(XBITS_ERROR_INVALID_DATA, "%s is damaged: %s", path,
                      xbits_last_error()->message);
}

static xbits_result prepare(struct writing *writing, const char *distributor)
{
    xbits_result result = media_file_open(writing->disk, writing->path, &writing->old);

    if (XBITS_SUCCEEDED(result) || result == XBITS_ERROR_INVALID_DATA)
        TRY(check_file(&writing->old, writing->path));
    if (XBITS_SUCCEEDED(result))
        result = media_front_write(&writing->old.front, distributor, &writing->front);
    if (result == XBITS_ERROR_INVALID_DATA)
        return fail_damaged(writing->path);
    TRY(result);
    return text_format(&writing->temporary, "%s%s", writing->path, TEMPORARY_SUFFIX);
}

/* One that a killed run has left behind is replaced. */
static xbits_result make_temporary(struct writing *writing)
{
    const char *temporary = text_c(&writing->temporary);
    struct disk_stat stat = { 0 };
    xbits_result result = disk_remove(writing->disk, temporary);

    if (result != XBITS_ERROR_FILE_NOT_FOUND)
        TRY(result);
    /* A lock's file is for its owner alone, and two that come at once do not fill the same one. */
    TRY(disk_lock(writing->disk, temporary, &writing->file));
    writing->is_made = true;
    TRY(disk_stat(writing->disk, temporary, &stat));
    writing->inode = stat.inode;
    return XBITS_S_OK;
}

static xbits_result copy_pieces(struct writing *writing, uint8_t *piece)
{
    const struct media_file *old = &writing->old;
    uint64_t from = old->front.size;
    uint64_t to = writing->front.length;

    while (from < old->stat.size) {
        uint64_t left = old->stat.size - from;
        size_t size = left < PIECE_SIZE ? (size_t)left : PIECE_SIZE;
        size_t got = 0;

        TRY(disk_read_at(writing->disk, old->file, from, piece, size, &got));
        if (got < size)
            return xbits_fail(XBITS_ERROR_INVALID_DATA,
                              "%s became shorter while it was copied: it ends at byte %" PRIu64,
                              writing->path, from + got);
        TRY(disk_write_at(writing->disk, writing->file, to, piece, size));
        from += size;
        to += size;
    }
    return XBITS_S_OK;
}

static xbits_result fill_temporary(struct writing *writing)
{
    uint64_t size = writing->front.length + (writing->old.stat.size - writing->old.front.size);
    uint8_t *piece;
    xbits_result result;

    TRY(disk_preallocate(writing->disk, writing->file, size));
    TRY(disk_write_at(writing->disk, writing->file, 0, text_c(&writing->front),
                      writing->front.length));
    piece = malloc(PIECE_SIZE);
    if (piece == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to copy %s", writing->path);
    result = copy_pieces(writing, piece);
    free(piece);
    TRY(result);
    return disk_sync(writing->disk, writing->file);
}

/* Two that tag one file at once take each other's file for one left behind. */
static xbits_result check_ours(struct writing *writing)
{
    struct disk_stat stat = { 0 };
    xbits_result result = disk_stat(writing->disk, text_c(&writing->temporary), &stat);

    if (result != XBITS_ERROR_FILE_NOT_FOUND)
        TRY(result);
    if (XBITS_SUCCEEDED(result) && stat.inode == writing->inode)
        return XBITS_S_OK;
    writing->is_made = false;
    return xbits_fail(XBITS_ERROR_SHARING_VIOLATION, "another program tags %s", writing->path);
}

static xbits_result close_temporary(struct writing *writing)
{
    struct disk_file *file = writing->file;

    writing->file = NULL;
    return file == NULL ? XBITS_S_OK : disk_close(writing->disk, file);
}

/* Windows renames no file that is open, and none onto one that is. */
static xbits_result replace(struct writing *writing)
{
    TRY(make_temporary(writing));
    TRY(fill_temporary(writing));
    TRY(check_ours(writing));
    TRY(disk_copy_permissions(writing->disk, writing->path, text_c(&writing->temporary)));
    TRY(close_temporary(writing));
    media_file_close(&writing->old);
    TRY(disk_rename(writing->disk, text_c(&writing->temporary), writing->path));
    writing->is_made = false;
    return disk_sync_name(writing->disk, writing->path);
}

/* The failure that ended it stays this thread's last. */
static void clean_up(struct writing *writing)
{
    struct xbits_error reason = *xbits_last_error();

    (void)close_temporary(writing);
    if (writing->is_made && XBITS_FAILED(disk_remove(writing->disk, text_c(&writing->temporary))))
        (void)xbits_fail_again(&reason);
}

xbits_result media_write_distributor(struct disk *disk, const char *path, const char *distributor)
{
    struct writing writing = { .disk = disk, .path = path };
    xbits_result result;

    TRY(check_distributor(distributor));
    result = prepare(&writing, distributor);
    if (XBITS_SUCCEEDED(result))
        result = replace(&writing);
    if (XBITS_FAILED(result))
        clean_up(&writing);
    media_file_close(&writing.old);
    text_dispose(&writing.front);
    text_dispose(&writing.temporary);
    return result;
}
