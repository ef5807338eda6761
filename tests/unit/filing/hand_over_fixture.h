/* SPDX-License-Identifier: MIT */
#ifndef UNIT_HAND_OVER_FIXTURE_H
#define UNIT_HAND_OVER_FIXTURE_H

#include "store/filing/hand_over.h"
#include "support/temp_directory.h"

/*
 * A song that a job left at "files/song.mp3", a library "music", and "outside" with a file of
 * somebody else's: three directories beside each other.
 */
#define HAND_OVER_CONTENT "not really music"
#define HAND_OVER_FOREIGN "somebody else's!" /* As long as the song. */
#define HAND_OVER_PLACE   "music/Artist/Album/03 Song.mp3"
#define HAND_OVER_TAKEN   "music/.xbits-{00000007-0000-0000-0000-000000000000}"

struct hand_over_fixture {
    struct temp_directory root;
    struct disk *disk; /* That can be made to fail. */
    struct xbits_library *library;
    struct hand_over row; /* Of the song; not yet begun. Its texts are the test's to change. */
    struct filed_song filed;
    char local_name[TEMP_PATH_SIZE];
};

int hand_over_fixture_open(void **state);
int hand_over_fixture_close(void **state);

/* The row's file becomes the one that has this name. */
void know_file(struct hand_over_fixture *fixture, const char *name);
void begin_song(struct hand_over_fixture *fixture);
xbits_result finish_song(struct hand_over_fixture *fixture);

void write_file(struct hand_over_fixture *fixture, const char *name, const char *content);
void rename_file(struct hand_over_fixture *fixture, const char *from, const char *to);
/* A symbolic link. */
void link_file(struct hand_over_fixture *fixture, const char *target, const char *name);
/* NULL: there is nothing of that name. */
void assert_file(struct hand_over_fixture *fixture, const char *name, const char *content);

/* The song is where the row says it should be, in one file with one entry; no row is left. */
void assert_filed(struct hand_over_fixture *fixture, const char *place);
/* The song lies where the job left it, nothing is in the library, and outside is untouched. */
void assert_untouched(struct hand_over_fixture *fixture);
size_t count_rows(struct hand_over_fixture *fixture);

/* Runs SQL on library.db while the library is closed. */
void change_library(struct hand_over_fixture *fixture, const char *sql);

#endif
