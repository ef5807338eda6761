/* SPDX-License-Identifier: MIT */
#ifndef SIMULATION_PLAYER_DOWNLOADS_H
#define SIMULATION_PLAYER_DOWNLOADS_H

#include "xbits/store.h"

/*
 * What pages start, in the same queue and library as the producers' songs (player_trade.h), and
 * under the same misfortunes: what was acknowledged is not lost, nothing is filed twice, and no job
 * is left that nobody knows.
 */
struct trade;

#define TRADE_DOWNLOADS   14
#define TRADE_COLLECTIONS 8
#define TRADE_LEFT        64

/* size % TRADE_SIZES of the first one's file; those of songs are below. */
#define TRADE_FIRST_DOWNLOAD 48

/* What the file of a URL turns out to be. */
enum trade_media { MEDIA_SONG, MEDIA_FILM, MEDIA_NOTHING };

struct trade_download {
    unsigned number;
    int32_t collection;
    bool is_real_time;
    enum trade_media media;
    uint64_t size;
    int luck; /* enum trade_luck */
    char url[48];

    bool is_known; /* Its id is. */
    struct xbits_id id;
    bool is_acknowledged;
    bool is_removed; /* Acknowledged. */
    bool may_be_removed;
    bool may_be_cancelled;
    bool is_past; /* Real time of a session that is over. */
    bool was_filed;

    /* As last seen. */
    bool is_listed;
    enum xbits_download_state state;
    unsigned copies; /* Where they are to stay. */
    unsigned entries;
};

struct trade_collection {
    int32_t id;
    bool is_acknowledged;
};

/* player_downloads.c */
void trade_start_download(struct trade *trade);
void trade_ask_download(struct trade *trade);
void trade_clear_downloads(struct trade *trade);
void trade_resume_downloads(struct trade *trade); /* All of them. */
void trade_end_session_of_downloads(struct trade *trade);
void trade_hear_of_download(struct trade *trade, struct trade_download *download,
                            const struct xbits_player_news *news);

/* player_downloads_check.c */
struct trade_download *trade_find_download(struct trade *trade, const struct xbits_id *id);
struct trade_download *trade_download_of_size(struct trade *trade, uint64_t size);
/* A file of one, below the library. */
void trade_see_download(struct trade *trade, struct trade_download *download, const char *path,
                        bool is_end);
/* What pages see. */
void trade_check_downloads(struct trade *trade);
void trade_check_downloads_end(struct trade *trade);

#endif
