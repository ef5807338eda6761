/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILING_HAND_OVER_H
#define STORE_FILING_HAND_OVER_H

#include "base/text.h"
#include "store/library/library.h"
#include "xbits/id.h"

/*
 * A song's way from a job into the library, so that a kill at any moment loses nothing and does
 * nothing twice. A row of the journal (library.db) is there before Complete and goes in the same
 * transaction that adds the entry. On the way the file lies at
 *
 *   1. its local name    Complete put it there; the row knows the file by device and inode
 *   2. .xbits-<job>      in the library, under a name that nobody else has
 *   3. its place         <Album Artist>/<Album>/NN Title.ext, written into the row before (or its
 *                        local name again: hand_over_place.h)
 *
 * and each step can be told from the disk alone, so finishing looks where it is and goes on.
 */
struct hand_over {
    struct xbits_id job;
    char *description; /* Of the convention; a WMP_STATUS is an item of the Download Manager. */
    char *source_url;
    char *local_name;
    char *place;     /* NULL: not chosen yet. */
    uint64_t device; /* Of the file that Complete will rename, ... */
    uint64_t inode;  /* ... or, once there is a place, of the one in the library. */
    uint64_t file_size;
    int64_t began; /* FILETIME */
};
void hand_over_dispose(struct hand_over *song);

/* Writes the row; one of the same job is replaced. Durable. Results: XBITS_S_OK; the database's. */
xbits_result hand_over_begin(struct xbits_library *library, const struct hand_over *song);
/* The row is about this file from now on: its job was downloaded anew. Results: XBITS_S_OK;
 * XBITS_ERROR_FILE_NOT_FOUND (no row); the database's. */
xbits_result hand_over_renew(struct xbits_library *library, const struct xbits_id *job,
                             const struct disk_stat *file);
/* Removes it. */
xbits_result hand_over_drop(struct xbits_library *library, const struct xbits_id *job);

/* What came of a song. */
struct filed_song {
    struct text path;   /* Absolute. */
    struct text damage; /* "" when its tags could be read. */
    bool is_given_up;   /* On failure: its file is nowhere, and the row is gone. */
};
void filed_song_dispose(struct filed_song *filed);

/*
 * Takes the song from wherever it is into the library; its job was completed. On failure the row
 * stays, and the next call goes on. Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND (with
 * is_given_up: somebody else took the file, and the row is gone); the disk's; the database's.
 */
xbits_result hand_over_finish(struct xbits_library *library, const struct xbits_id *job,
                              int64_t now, struct filed_song *filed);

/* The jobs of all rows, oldest first; the caller frees the list. */
xbits_result hand_over_list(struct xbits_library *library, struct xbits_id **jobs_out,
                            size_t *count_out);

#endif
