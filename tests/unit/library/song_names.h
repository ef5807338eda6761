/* SPDX-License-Identifier: MIT */
#ifndef LIBRARY_SONG_NAMES_H
#define LIBRARY_SONG_NAMES_H

#include "base/random.h"
#include "store/library/song_path.h"

#define SONG_TEXT_SIZE 4096

/* A song whose every text is as bad as chance has it. */
struct bad_song {
    char texts[5][SONG_TEXT_SIZE];
    struct song_name name; /* Borrows them. */
};
void bad_song_make(struct random *random, struct bad_song *song);

/* Fails the test when a segment is not what song_path.h promises, saying why. */
void assert_safe_segment(const char *segment);
/* Two directories and a file, each safe. */
void assert_safe_path(const char *path);

/* The path of the song, in a static place. */
const char *path_of(const struct song_name *name, unsigned copy);

#endif
