/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIBRARY_LIBRARY_H
#define STORE_LIBRARY_LIBRARY_H

#include "base/text.h"
#include "persist/database.h"
#include "store/media/media.h"
#include "xbits/library.h"

/* A library as the rest of store/ sees it. */
struct xbits_library {
    char *directory;
    struct disk *disk;
    struct database *database;
    enum xbits_library_access access;
};

/* xbits_library_open on a disk that is passed in. */
xbits_result library_open_on(const char *directory, enum xbits_library_access access,
                             struct disk *disk, struct xbits_library **library_out);

/* A file that is to become an entry. */
struct library_file {
    const char *path;       /* Relative to the library; a playlist's is absolute. */
    const char *source_url; /* "" */
    const char *job;        /* Text of the job's id, "" */
    enum xbits_media_kind kind;
    const char *attributes[XBITS_ATTRIBUTE_COUNT]; /* NULL: not known. */
    const char *damage;                            /* NULL: none. */
    int64_t added;
    uint64_t file_size;
    bool is_sync_only;
};

/* Adds an entry, inside the caller's transaction; one with the same path is replaced and keeps its
 * number. Results: XBITS_S_OK; XBITS_E_INVALIDARG (a text that is not UTF-8, a path that leads out
 * of the library, a number out of range: it could not be read again); the database's. */
xbits_result library_put(struct xbits_library *library, const struct library_file *file,
                         int64_t *number_out);

/* Where the song lies that the job (the text of its id) has brought; "" when it has none, or it is
 * not there any more. An empty text in. Results: XBITS_S_OK; the disk's; the database's. */
xbits_result library_find_song_of(struct xbits_library *library, const char *job,
                                  struct text *path);
/* Is it there? */
xbits_result library_has_song_of(struct xbits_library *library, const char *job, bool *has_out);

/* The node of a file of that kind: "All Music", "All Music/Purchased Music/<distributor>", ... A
 * "/" of the distributor is kept: its name is verbatim. */
xbits_result library_node(enum xbits_media_kind kind, const char *distributor, bool is_sync_only,
                          struct text *node_out);

extern const struct database_schema library_schema;

#endif
