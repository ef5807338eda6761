/* SPDX-License-Identifier: MIT */
#ifndef XBITS_LIBRARY_H
#define XBITS_LIBRARY_H

#include <string.h>

#include "xbits/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The Player's library: a directory of media files and, in it, library.db with what is known of
 * them. A handle may be used by one thread at a time; several handles and processes may use the
 * same library at once.
 */
struct xbits_library;

/* What is known of a file, by the attribute names of the Windows Media Player SDK. */
enum xbits_attribute {
    XBITS_ATTRIBUTE_TITLE = 0,         /* Title */
    XBITS_ATTRIBUTE_AUTHOR,            /* Author: the contributing artist */
    XBITS_ATTRIBUTE_ALBUM_ARTIST,      /* WM/AlbumArtist */
    XBITS_ATTRIBUTE_ALBUM_TITLE,       /* WM/AlbumTitle */
    XBITS_ATTRIBUTE_TRACK_NUMBER,      /* WM/TrackNumber */
    XBITS_ATTRIBUTE_GENRE,             /* WM/Genre */
    XBITS_ATTRIBUTE_DURATION,          /* Duration, in seconds */
    XBITS_ATTRIBUTE_USER_RATING,       /* UserRating */
    XBITS_ATTRIBUTE_PROVIDER,          /* WM/Provider */
    XBITS_ATTRIBUTE_DISTRIBUTOR,       /* WM/ContentDistributor */
    XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER, /* WM/UniqueFileIdentifier */
    XBITS_ATTRIBUTE_MEDIA_CLASS        /* WM/MediaClassPrimaryID */
};
#define XBITS_ATTRIBUTE_COUNT 12

XBITS_API const char *xbits_attribute_name(enum xbits_attribute attribute); /* "WM/AlbumTitle" */

enum xbits_media_kind { XBITS_MEDIA_AUDIO = 0, XBITS_MEDIA_VIDEO = 1, XBITS_MEDIA_PLAYLIST = 2 };

struct xbits_library_entry {
    size_t size;
    int64_t number; /* Names the entry in this library, for ever. */
    enum xbits_media_kind kind;
    const char *path; /* Absolute. */
    const char *node; /* "All Music", "All Music/Purchased Music/<distributor>", ... */
    const char *attributes[XBITS_ATTRIBUTE_COUNT]; /* "" when not known. */
    const char *source_url;                        /* "" when it is not from a download. */
    const char *damage; /* Why its tags could not be read; "" when they could. */
    int64_t added;      /* FILETIME */
    uint64_t file_size;
    bool is_sync_only; /* Playlists. */
};

/* What a handle may do. */
enum xbits_library_access { XBITS_LIBRARY_EDIT = 0, XBITS_LIBRARY_READ = 1 };

/*
 * Opens the library in an absolute directory; EDIT makes it, with its parents, if missing.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (no absolute path); XBITS_ERROR_FILE_NOT_FOUND (READ:
 * there is none); XBITS_BG_E_DATABASE_CORRUPT; XBITS_ERROR_REVISION_MISMATCH (a newer xbits made
 * it); the file system's; XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_library_open(const char *directory, enum xbits_library_access access,
                                          struct xbits_library **library_out);
XBITS_API void xbits_library_close(struct xbits_library *library); /* NULL is fine. */

/* Called for each entry; texts are valid until it returns. False ends the visit. */
typedef bool xbits_library_visit(const struct xbits_library_entry *entry, void *user);

/*
 * Visits the entries of a node and of those below it, ordered by node, album artist, album, track
 * and title; NULL: all. Results: XBITS_S_OK; the database's.
 */
XBITS_API xbits_result xbits_library_visit_entries(struct xbits_library *library, const char *node,
                                                   xbits_library_visit *visit, void *user);
/* Those of which the path in the library or an attribute contains the text, in any case (ASCII). */
XBITS_API xbits_result xbits_library_search(struct xbits_library *library, const char *text,
                                            xbits_library_visit *visit, void *user);
/* One entry. Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND; the database's. */
XBITS_API xbits_result xbits_library_read_entry(struct xbits_library *library, int64_t number,
                                                xbits_library_visit *visit, void *user);

/*
 * Puts a .wpl playlist under its store's node: All Music/Purchased Music/<distributor> with
 * sync_only, else under All Playlists. The file stays where it is; one that is there already is
 * changed. Results: XBITS_S_OK; XBITS_E_INVALIDARG (another ending; distributor empty or with
 * control characters); XBITS_ERROR_FILE_NOT_FOUND; the database's.
 */
XBITS_API xbits_result xbits_library_add_playlist(struct xbits_library *library, const char *path,
                                                  const char *distributor, bool sync_only,
                                                  int64_t *number_out);

/*
 * Writes WM/ContentDistributor into a media file: an ASF descriptor, or an ID3v2 PRIV frame in an
 * MP3. The file is replaced as a whole, or stays as it is. library may be NULL; else the file's
 * entry there, if it has one, moves to its new node.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (neither ASF nor MP3; text empty, over 256 UTF-16 units
 * or with control characters); XBITS_ERROR_INVALID_DATA (damaged: what and where is said; nothing
 * was written); the file system's; the database's.
 */
XBITS_API xbits_result xbits_library_tag(struct xbits_library *library, const char *path,
                                         const char *distributor);

#ifdef __cplusplus
}
#endif

#endif
