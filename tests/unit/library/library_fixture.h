/* SPDX-License-Identifier: MIT */
#ifndef UNIT_LIBRARY_FIXTURE_H
#define UNIT_LIBRARY_FIXTURE_H

#include "store/library/library.h"
#include "support/temp_directory.h"

/* A library in a directory of its own, open to be changed. */
struct library_fixture {
    struct temp_directory directory;
    struct xbits_library *library; /* NULL while it is closed. */
};

int library_fixture_begin(void **state);
int library_fixture_end(void **state);
void library_fixture_reopen(struct library_fixture *fixture);
void library_fixture_close(struct library_fixture *fixture);

/* Puts an entry, durably. */
int64_t put_entry(struct xbits_library *library, const struct library_file *file);
/* A song with a path and a title: what most tests need. */
int64_t put_song(struct xbits_library *library, const char *path, const char *title);

/* The titles below a node (NULL: of all), each with ";" behind it; free() it. */
char *titles_of(struct xbits_library *library, const char *node);
void assert_titles(const char *expected, struct xbits_library *library, const char *node);

/* One entry, of which the texts are the caller's until library_entry_dispose. */
struct library_copy {
    enum xbits_media_kind kind;
    char *path;
    char *node;
    char *attributes[XBITS_ATTRIBUTE_COUNT];
    char *source_url;
    char *damage;
    int64_t added;
    uint64_t file_size;
    bool is_sync_only;
};
struct library_copy copy_entry(struct xbits_library *library, int64_t number);
void library_copy_dispose(struct library_copy *copy);
void assert_node(const char *expected, struct xbits_library *library, int64_t number);

size_t count_entries(struct xbits_library *library);

/* Runs SQL on library.db by a connection of its own. */
void run_sql(const struct library_fixture *fixture, const char *sql);

#endif
