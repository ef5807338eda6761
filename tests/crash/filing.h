/* SPDX-License-Identifier: MIT */
#ifndef CRASH_FILING_H
#define CRASH_FILING_H

#include "base/disk.h"
#include "store/player.h"
#include "xbits/xbits.h"

/*
 * Two songs of one name on their way into the library, on a disk that something happens to. In the
 * end there is one file and one entry a song, and nothing else. No cmocka here: a child that is to
 * die uses it, too.
 */
#define FILING_SONGS     2
#define FILING_SONG_SIZE 20000
#define FILING_PATH_SIZE 512

/* A page's download: as large as a song. */
#define FILING_DOWNLOAD "http://origin.test/song.mp3"

/* Directories below the root. */
#define FILING_FILES "/files"
#define FILING_MUSIC "/music"
#define FILING_QUEUE "/state/queue"
#define FILING_USER  "/user"

struct filing {
    const char *root; /* "" on a disk of its own. */
    struct disk *disk;
    xbits_player_tell *tell;
    void *user;
    struct xbits_manager *manager;
    struct xbits_player *player;
    uint64_t now_ms; /* Of the player's steps. */
};

/* "<root><name>". Returns path. */
char *filing_path(const struct filing *filing, const char *name, char path[FILING_PATH_SIZE]);

/* Makes both songs' jobs and lets them come to TRANSFERRED; no Player has run. Everything is closed
 * again. */
xbits_result filing_prepare(struct filing *filing);

xbits_result filing_open(struct filing *filing);
void filing_close(struct filing *filing); /* What is open of it. */

size_t filing_entries(struct filing *filing);
/* One step; then time passes. Results: as xbits_player_step. */
xbits_result filing_step(struct filing *filing);
/* Steps until both songs are filed; false: a step failed, or they are not within so many. A job
 * that was not yet written down as TRANSFERRED runs again. */
bool filing_run(struct filing *filing);

/* May this be a song, or what was to become one? The right end has FILING_SONGS of them. */
bool filing_is_song(const char *path);
/* What is wrong with the end, apart from the files that should not be there; NULL: nothing. */
const char *filing_find_fault(struct filing *filing);

#endif
