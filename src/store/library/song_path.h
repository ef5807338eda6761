/* SPDX-License-Identifier: MIT */
#ifndef STORE_LIBRARY_SONG_PATH_H
#define STORE_LIBRARY_SONG_PATH_H

#include "base/text.h"

/*
 * Where ripped music goes: "<Album Artist>/<Album>/NN Title.ext". Texts are UTF-8 from anywhere;
 * what comes out is always two directories and a file: no separators, control or bidirectional
 * characters, device names, names of the library's own files, blanks or dots at an end; at most
 * 100 UTF-16 units and 200 bytes a segment. NULL is "".
 */
struct song_name {
    const char *artist;       /* "" or nothing left of it: "Unknown Artist". */
    const char *album;        /* "Unknown Album" */
    const char *track_number; /* "7", "7/12": "07 "; else omitted with its blank. */
    const char *title;        /* Nothing left of it: the stem. */
    const char *file_name;    /* Of the downloaded file: stem and extension. */
};

/* copy 1 is the plain name, from 2 on the stem ends in " (2)". The path is put behind what the text
 * has already. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result song_path(const struct song_name *name, unsigned copy, struct text *path_out);

/* One segment of it: a directory, too, has copies. Results as of song_path. */
enum song_part { SONG_PART_ARTIST, SONG_PART_ALBUM, SONG_PART_FILE };
xbits_result song_path_segment(const struct song_name *name, enum song_part part, unsigned copy,
                               struct text *segment_out);

#endif
