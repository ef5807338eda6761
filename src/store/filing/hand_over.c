/* SPDX-License-Identifier: MIT */
#include "store/filing/hand_over.h"

#include <stdlib.h>
#include <string.h>

#include "store/filing/hand_over_place.h"
#include "store/filing/hand_over_row.h"
#include "store/filing/song.h"
#include "store/library/place.h"

void hand_over_dispose(struct hand_over *song)
{
    free(song->description);
    free(song->source_url);
    free(song->local_name);
    free(song->place);
    *song = (struct hand_over){ 0 };
}

void filed_song_dispose(struct filed_song *filed)
{
    text_dispose(&filed->path);
    text_dispose(&filed->damage);
}

xbits_result hand_over_begin(struct xbits_library *library, const struct hand_over *song)
{
    return hand_over_row_put(library, song);
}

static xbits_result put_renewed(struct xbits_library *library, struct hand_over *song,
                                const struct disk_stat *file)
{
    song->device = file->device;
    song->inode = file->inode;
    song->file_size = file->size;
    free(song->place);
    song->place = NULL;
    return hand_over_row_put(library, song);
}

xbits_result hand_over_renew(struct xbits_library *library, const struct xbits_id *job,
                             const struct disk_stat *file)
{
    struct hand_over song = { 0 };
    char id[XBITS_ID_TEXT_SIZE];
    bool has_row = false;
    xbits_result result = hand_over_row_get(library, job, &song, &has_row);

    if (XBITS_SUCCEEDED(result) && !has_row)
        result = xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "the library does not wait for job %s",
                            xbits_id_format(job, id));
    if (XBITS_SUCCEEDED(result))
        result = put_renewed(library, &song, file);
    hand_over_dispose(&song);
    return result;
}

xbits_result hand_over_drop(struct xbits_library *library, const struct xbits_id *job)
{
    xbits_result result;

    TRY(database_begin(library->database, true));
    result = hand_over_row_delete(library, job);
    if (XBITS_SUCCEEDED(result))
        return database_commit(library->database);
    database_roll_back(library->database);
    return result;
}

/* A song that is being finished. */
struct finishing {
    struct xbits_library *library;
    struct hand_over row;
    struct text taken;  /* Its second place: .xbits-<job> in the library. */
    struct text target; /* Its last. */
    struct song song;
    bool is_given_up;
};

static void finishing_dispose(struct finishing *finishing)
{
    hand_over_dispose(&finishing->row);
    text_dispose(&finishing->taken);
    text_dispose(&finishing->target);
    song_dispose(&finishing->song);
}

/* A file that is not there is no failure here. */
static xbits_result look(struct xbits_library *library, const char *path, struct disk_stat *stat,
                         bool *is_there_out)
{
    xbits_result result = disk_stat(library->disk, path, stat);

    *is_there_out = XBITS_SUCCEEDED(result);
    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND)
        return XBITS_S_OK;
    return result;
}

/* The file that the row is about, and not another one of its name. */
static bool is_ours(const struct hand_over *row, const struct disk_stat *stat)
{
    return stat->is_regular && !stat->is_link && stat->device == row->device &&
           stat->inode == row->inode && stat->size == row->file_size;
}

static xbits_result target_of(struct finishing *finishing)
{
    text_clear(&finishing->target);
    return text_format(&finishing->target, "%s/%s", finishing->library->directory,
                       finishing->row.place);
}

/* Is it in its place already? */
static xbits_result look_at_place(struct finishing *finishing, bool *is_placed_out)
{
    struct disk_stat stat = { 0 };
    bool is_there = false;

    *is_placed_out = false;
    if (finishing->row.place == NULL)
        return XBITS_S_OK;
    TRY(target_of(finishing));
    TRY(look(finishing->library, text_c(&finishing->target), &stat, &is_there));
    if (!is_there || !is_ours(&finishing->row, &stat))
        return XBITS_S_OK;
    /* Who moved it may have been killed before it was durable, and the entry will be. */
    TRY(disk_sync_name(finishing->library->disk, text_c(&finishing->target)));
    TRY(disk_sync_name(finishing->library->disk, text_c(&finishing->taken)));
    *is_placed_out = true;
    return XBITS_S_OK;
}

/* It must not come back with the power. */
static xbits_result remove_durably(struct disk *disk, const char *path)
{
    TRY(disk_remove(disk, path));
    return disk_sync_name(disk, path);
}

/* A move from another device can end between the copy's name and the old file's removal. Which file
 * that was is known until there is a place. */
static xbits_result drop_original(struct finishing *finishing)
{
    struct disk_stat stat = { 0 };
    bool is_there = false;

    if (finishing->row.place != NULL)
        return XBITS_S_OK;
    TRY(look(finishing->library, finishing->row.local_name, &stat, &is_there));
    if (!is_there || !is_ours(&finishing->row, &stat))
        return XBITS_S_OK;
    return remove_durably(finishing->library->disk, finishing->row.local_name);
}

static xbits_result give_up(struct finishing *finishing)
{
    const char *local_name = finishing->row.local_name;

    TRY(hand_over_drop(finishing->library, &finishing->row.job));
    finishing->is_given_up = true;
    return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND,
                      "the downloaded file %s is not there any more: somebody else has taken it",
                      local_name);
}

/* Did it come to the second place? A copy there is another file of the same size; anything else has
 * only its name, and must not make us drop the song. */
static bool is_taken(const struct hand_over *row, const struct disk_stat *stat)
{
    return stat->is_regular && !stat->is_link && stat->size == row->file_size;
}

/* Where a move makes a second name first, both can be there; else it goes on to its place. */
static xbits_result go_on_from_taken(struct finishing *finishing, bool *is_placed_out)
{
    TRY(look_at_place(finishing, is_placed_out));
    if (*is_placed_out)
        return remove_durably(finishing->library->disk, text_c(&finishing->taken));
    return drop_original(finishing);
}

/* A copy that was cut off is not gone on with, and need not be made again. */
static xbits_result remove_half_copy(struct finishing *finishing)
{
    struct text path = { 0 };
    bool is_there = false;
    xbits_result result = text_format(&path, "%s.part", text_c(&finishing->taken));

    if (XBITS_SUCCEEDED(result))
        result = disk_is_taken(finishing->library->disk, text_c(&path), &is_there);
    if (XBITS_SUCCEEDED(result) && is_there)
        result = disk_remove(finishing->library->disk, text_c(&path));
    text_dispose(&path);
    return result;
}

/* From the first place to the second. */
static xbits_result take(struct finishing *finishing, bool *is_placed_out)
{
    struct xbits_library *library = finishing->library;
    struct disk_stat stat = { 0 };
    bool is_there = false;

    *is_placed_out = false;
    TRY(look(library, text_c(&finishing->taken), &stat, &is_there));
    if (is_there && is_taken(&finishing->row, &stat))
        return go_on_from_taken(finishing, is_placed_out);
    TRY(look_at_place(finishing, is_placed_out));
    if (*is_placed_out)
        return XBITS_S_OK;
    TRY(look(library, finishing->row.local_name, &stat, &is_there));
    if (!is_there || !is_ours(&finishing->row, &stat))
        return give_up(finishing);
    TRY(remove_half_copy(finishing));
    return place_move(library->disk, finishing->row.local_name, text_c(&finishing->taken));
}

/* Writes down where it goes, and which file it is by now. */
static xbits_result choose_place(struct finishing *finishing)
{
    struct xbits_library *library = finishing->library;
    struct disk_stat stat = { 0 };
    char *place = NULL;

    TRY(disk_stat(library->disk, text_c(&finishing->taken), &stat));
    TRY(hand_over_place_find(library, &finishing->row, &finishing->song, &place));
    free(finishing->row.place);
    finishing->row.place = place;
    finishing->row.device = stat.device;
    finishing->row.inode = stat.inode;
    finishing->row.file_size = stat.size;
    TRY(target_of(finishing));
    return hand_over_row_put(library, &finishing->row);
}

/* How often somebody else may take the name that was free a moment ago. */
#define TRIES 100

static xbits_result put_in_place(struct finishing *finishing)
{
    struct disk *disk = finishing->library->disk;
    xbits_result result = XBITS_S_OK;

    for (int i = 0; i < TRIES; i++) {
        TRY(choose_place(finishing));
        result = place_move(disk, text_c(&finishing->taken), text_c(&finishing->target));
        if (result != XBITS_ERROR_FILE_EXISTS)
            break;
    }
    return result;
}

static xbits_result add_entry(struct finishing *finishing, int64_t now)
{
    char id[XBITS_ID_TEXT_SIZE];
    struct library_file file = {
        .path = finishing->row.place,
        .source_url = finishing->row.source_url,
        .job = xbits_id_format(&finishing->row.job, id),
        .kind = hand_over_is_video(&finishing->row, &finishing->song) ? XBITS_MEDIA_VIDEO
                                                                      : XBITS_MEDIA_AUDIO,
        .damage = finishing->song.tags.damage,
        .added = now,
        .file_size = finishing->row.file_size,
    };
    int64_t number;

    song_attributes(&finishing->song, file.attributes);
    return library_put(finishing->library, &file, &number);
}

/* The entry comes and the row goes, or neither. */
static xbits_result add_to_library(struct finishing *finishing, int64_t now)
{
    struct database *database = finishing->library->database;
    xbits_result result;

    TRY(database_begin(database, true));
    result = add_entry(finishing, now);
    if (XBITS_SUCCEEDED(result))
        result = hand_over_row_delete(finishing->library, &finishing->row.job);
    if (XBITS_SUCCEEDED(result))
        return database_commit(database);
    database_roll_back(database);
    return result;
}

/* What is told afterwards is made before: once the entry is there nothing can fail. */
static xbits_result describe(const struct finishing *finishing, struct filed_song *filed)
{
    TRY(text_add(&filed->path, text_c(&finishing->target)));
    if (finishing->song.tags.damage != NULL)
        TRY(text_add(&filed->damage, finishing->song.tags.damage));
    return XBITS_S_OK;
}

static xbits_result finish(struct finishing *finishing, int64_t now, struct filed_song *filed)
{
    bool is_placed = false;

    TRY(take(finishing, &is_placed));
    TRY(song_read(finishing->library->disk,
                  is_placed ? text_c(&finishing->target) : text_c(&finishing->taken),
                  finishing->row.description, &finishing->song));
    if (!is_placed)
        TRY(put_in_place(finishing));
    TRY(describe(finishing, filed));
    return add_to_library(finishing, now);
}

static xbits_result fail_no_row(struct finishing *finishing, const char *id)
{
    finishing->is_given_up = true;
    return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "the library does not wait for job %s", id);
}

xbits_result hand_over_finish(struct xbits_library *library, const struct xbits_id *job,
                              int64_t now, struct filed_song *filed)
{
    struct finishing finishing = { .library = library };
    char id[XBITS_ID_TEXT_SIZE];
    bool has_row = false;
    xbits_result result = hand_over_row_get(library, job, &finishing.row, &has_row);

    if (XBITS_SUCCEEDED(result) && !has_row)
        result = fail_no_row(&finishing, xbits_id_format(job, id));
    if (XBITS_SUCCEEDED(result))
        result = text_format(&finishing.taken, "%s/.xbits-%s", library->directory,
                             xbits_id_format(job, id));
    if (XBITS_SUCCEEDED(result))
        result = finish(&finishing, now, filed);
    filed->is_given_up = finishing.is_given_up;
    finishing_dispose(&finishing);
    return result;
}
