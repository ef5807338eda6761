/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_STEPS_WMP_H
#define CONFORMANCE_STEPS_WMP_H

#include "conformance/steps.h"
#include "xbits/store.h"

/*
 * What tests of the Windows Media Player convention are made of: a user directory and a library
 * in the harness's directory, a store that is installed, and a player that tells what it does.
 */
#define WMP_STORE   "HarborTunes"
#define WMP_SONG    "::WMP_JOB:1:1234567:HarborTunes:A:B:3:T:215:75"
#define WMP_STATUS  "::WMP_STATUS:1:1234567:HarborTunes:A:B:3:T:215:75"
#define WMP_SONG_ID 1234567
#define WMP_PLACE   "library/A/B/03 T.mp3" /* Where that song goes. */

#define POLL_MS           UINT64_C(5000)
#define MINUTE_MS         UINT64_C(60000)
#define WMP_FILES         2 /* In the harness's directory: "user" and "library". */
#define WMP_TOLD_MAXIMUM  64
#define WMP_ITEMS_MAXIMUM 32

/* News as it was told. */
struct told {
    enum xbits_player_news_kind kind;
    struct xbits_id job;
    int32_t collection;
    xbits_result result;
    char title[128];
    char text[512];
};

struct wmp {
    struct harness *harness;
    struct xbits_player_options options; /* Of the next player. */
    struct xbits_player *player;
    struct told told[WMP_TOLD_MAXIMUM];
    size_t told_count;
};

/* Arrange. wmp_begin makes the directories, installs the store and sets RefreshDownload to 1. */
void wmp_begin(struct wmp *wmp, struct harness *harness);
void wmp_open_player(struct wmp *wmp);
void wmp_close_player(struct wmp *wmp);
/* wmp_begin, wmp_open_player. */
void wmp_begin_with_player(struct wmp *wmp, struct harness *harness);

void set_refresh_download(struct wmp *wmp, uint32_t value);
void remove_refresh_download(struct wmp *wmp);
uint32_t refresh_download(struct wmp *wmp); /* Absent is 0. */
void install_store(struct wmp *wmp, const char *key);
void remove_store(struct wmp *wmp, const char *key);

/* A SUSPENDED download of a small file that the harness serves. */
struct xbits_job *convention_job(struct harness *harness, const char *description,
                                 const char *local);
/* The same, brought to TRANSFERRED. */
struct xbits_job *transferred_song(struct harness *harness, const char *description,
                                   const char *local);
extern const struct served wmp_served; /* What they download. */
void describe(struct xbits_job *job, const char *description);
void make_directories(struct harness *harness, const char *name); /* With their parents. */

/* Act. A pass is one step at the manager's present time. */
void player_pass(struct wmp *wmp);
/* Steps the player and moves time to what is due next, engine's or player's, for so long. */
void run_player(struct wmp *wmp, uint64_t ms);

/* Look. job NULL: any. */
size_t count_told(const struct wmp *wmp, enum xbits_player_news_kind kind, struct xbits_job *job);
const struct told *last_told(const struct wmp *wmp, enum xbits_player_news_kind kind);
/* The items of a collection (0: all), their texts kept until the end of the test. */
struct wmp_items {
    struct xbits_player_item list[WMP_ITEMS_MAXIMUM];
    size_t count;
    struct harness *harness;
};
struct wmp_items items_of(struct wmp *wmp, int32_t collection);
size_t count_items(struct wmp *wmp, int32_t collection);
struct xbits_player_item item_of(struct wmp *wmp, struct xbits_job *job); /* There is one. */
bool has_item(struct wmp *wmp, struct xbits_job *job);
const char *item_info(struct wmp *wmp, struct xbits_job *job, const char *name);
bool is_in_queue(struct harness *harness, struct xbits_job *job);
size_t jobs_in_queue(struct harness *harness);
/* The entries of the library, their texts kept. */
struct wmp_entries {
    struct xbits_library_entry list[WMP_ITEMS_MAXIMUM];
    size_t count;
    struct harness *harness;
};
struct wmp_entries entries_of(struct wmp *wmp, const char *node);
struct xbits_library_entry only_entry(struct wmp *wmp);

/* Downloads of pages. A remote name that starts with '/' is one of the harness's. */
extern const struct served wmp_mp3; /* What says of itself that it is MP3, and no more. */
struct xbits_download_manager *downloads(struct wmp *wmp);
int32_t new_collection(struct wmp *wmp);
xbits_result try_download(struct wmp *wmp, int32_t collection, const char *remote, const char *type,
                          struct xbits_id *item_out);
struct xbits_id start_download(struct wmp *wmp, int32_t collection, const struct served *served,
                               const char *type);
/* Its texts kept. */
struct xbits_download_item download_of(struct wmp *wmp, const struct xbits_id *item);
struct xbits_id download_at(struct wmp *wmp, int32_t collection, int32_t index);
int32_t count_downloads(struct wmp *wmp, int32_t collection);
bool has_collection(struct wmp *wmp, int32_t id); /* A visit comes to it. */
void remove_download(struct wmp *wmp, int32_t collection, int32_t index);
struct xbits_job *job_of(struct wmp *wmp, const struct xbits_id *item); /* It is in the queue. */
bool has_job(struct wmp *wmp, const struct xbits_id *item);
size_t files_under(struct harness *harness, const char *name); /* Directories do not count. */

/* Assert. */
#define assert_download_state(wmp, item, wanted)                                                   \
    assert_string_equal(xbits_download_state_name(download_of(wmp, item).state),                   \
                        xbits_download_state_name(XBITS_DOWNLOAD_##wanted))
#define assert_item_state(wmp, job, wanted)                                                        \
    assert_string_equal(xbits_download_state_name(item_of(wmp, job).state),                        \
                        xbits_download_state_name(XBITS_DOWNLOAD_##wanted))
/* The job is still the producer's, whole and unfiled. */
void assert_untouched(struct wmp *wmp, struct xbits_job *job);

#endif
