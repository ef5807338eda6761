/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIBRARY_INTERNAL_H
#define STORE_LIBRARY_INTERNAL_H

#include "store/library/library.h"

/* Attribute and column: in the order in which every query of library_schema.c names them. */
#define LIBRARY_ATTRIBUTE_LIST(X)                                                                  \
    X(TITLE, title)                                                                                \
    X(AUTHOR, author)                                                                              \
    X(ALBUM_ARTIST, album_artist)                                                                  \
    X(ALBUM_TITLE, album_title)                                                                    \
    X(TRACK_NUMBER, track_number)                                                                  \
    X(GENRE, genre)                                                                                \
    X(DURATION, duration)                                                                          \
    X(USER_RATING, user_rating)                                                                    \
    X(PROVIDER, provider)                                                                          \
    X(DISTRIBUTOR, distributor)                                                                    \
    X(UNIQUE_IDENTIFIER, unique_identifier)                                                        \
    X(MEDIA_CLASS, media_class)

/* The attribute in each of these places. */
extern const enum xbits_attribute library_attribute_order[XBITS_ATTRIBUTE_COUNT];

/* Columns of the queries that read entries; the attributes follow. */
enum library_column {
    LIBRARY_NUMBER,
    LIBRARY_KIND,
    LIBRARY_PATH,
    LIBRARY_NODE,
    LIBRARY_SOURCE_URL,
    LIBRARY_DAMAGE,
    LIBRARY_ADDED,
    LIBRARY_FILE_SIZE,
    LIBRARY_IS_SYNC_ONLY,
    LIBRARY_FIRST_ATTRIBUTE
};

/* What is asked of the database, as rows of library_schema.c. */
enum library_query {
    LIBRARY_READ_ALL,
    LIBRARY_READ_NODE,
    LIBRARY_READ_ENTRY,
    LIBRARY_SEARCH,
    LIBRARY_FIND_PATH,
    LIBRARY_FIND_JOB,
    LIBRARY_PUT,
    LIBRARY_RETAG,
    LIBRARY_READ_HAND_OVER, /* Only to see at the opening that all of that table is there. */
    LIBRARY_QUERY_COUNT
};
const char *library_query_text(enum library_query query);
xbits_result library_prepare(struct xbits_library *library, enum library_query query,
                             struct statement **statement_out);

/* "audio", "video", "playlist"; false: no kind has this name. */
const char *library_kind_name(enum xbits_media_kind kind);
bool library_kind_of(const char *name, enum xbits_media_kind *kind_out);
/* Stores and what they sold are below it; nothing is below another. */
bool library_node_has_children(const char *node);

/* May an entry have this path? A file of the library stays in it; a playlist's path is absolute. */
bool library_is_entry_path(enum xbits_media_kind kind, const char *path);
/* "<directory>/<relative>" */
xbits_result library_join(const char *directory, const char *relative, struct text *path_out);
/* The path as an entry of the library has it, "" when the file is not in it. */
xbits_result library_find_relative(const struct xbits_library *library, const char *path,
                                   struct text *relative_out);

/* A library that was opened to be changed: XBITS_E_ACCESSDENIED. */
xbits_result library_check_edit(const struct xbits_library *library);

/* Hands on a result of the database; of a damaged one the message says what the user can do. */
xbits_result library_tell(const struct xbits_library *library, xbits_result result);

#endif
