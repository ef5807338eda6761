/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_DOWNLOAD_H
#define STORE_DOWNLOAD_DOWNLOAD_H

#include "persist/database.h"
#include "xbits/library.h"
#include "xbits/store.h"

/*
 * The Download Manager's own items: each is a row of store.db and a job, followed by the job's id
 * until it is filed, cancelled or failed. One thread at a time.
 *
 * A row is there before its job, and knows the job before a start returns: a kill leaves neither a
 * job that no row knows nor an item that nobody asked for. What becomes of an item afterwards can
 * be told from its job, the library and its file, so those writes are not synced.
 */
struct downloads;

/* How an item of a row stands. The numbers are store.db's. */
enum download_outcome { DOWNLOAD_GOES_ON = 0, DOWNLOAD_FILED = 1, DOWNLOAD_OVER = 2 };

struct download {
    int64_t number;
    int32_t collection;
    bool is_real_time;
    struct xbits_id job_id; /* Zeros: it is reserved. */
    char *source_url;
    char *provider; /* NULL: none. */
    char *directory;
    char *extension;
    int64_t created; /* FILETIME */
    enum download_outcome outcome;
    uint64_t bytes_total; /* XBITS_SIZE_UNKNOWN; the last that was seen. */
    uint64_t bytes_transferred;
    char *path;    /* FILED: where. */
    char *failure; /* OVER: why it failed, NULL: it was cancelled. */

    char *local_name;      /* <directory>/<number><extension> */
    struct xbits_job *job; /* Held while it goes on; NULL: the queue has it not. */
    bool is_completed;     /* Its file is on the way into the library. */
    bool is_hidden;        /* Of no collection any more, and yet to be filed. */
    bool is_unwritten;     /* The row does not know its outcome yet. */
    xbits_result told;     /* The failure that was told last. */
    uint64_t retry_ms;     /* When what failed is tried again. */
};

typedef void download_tell(enum xbits_player_news_kind kind, const struct download *download,
                           xbits_result result, const char *text, void *user);

struct downloads_options {
    struct xbits_manager *manager;
    struct xbits_library *library; /* NULL: it only looks. */
    struct database *database;     /* Of store_database_open; NULL: there are no items. */
    struct disk *disk;
    uint32_t poll_ms;
    download_tell *tell;
    void *user;
};

/* Reads the items; one that does not only look removes what a killed start has left, and the real
 * time items of former sessions. All that is in the options must outlive it. Results: XBITS_S_OK;
 * XBITS_BG_E_DATABASE_CORRUPT; the database's; XBITS_E_OUTOFMEMORY. */
xbits_result downloads_open(const struct downloads_options *options,
                            struct downloads **downloads_out);
/* Cancels what is real time. NULL is fine. */
void downloads_close(struct downloads *downloads);

/* Completes and files what has arrived, when it is time to look. A failing item is news. */
void downloads_step(struct downloads *downloads, uint64_t now_ms, uint64_t *next_due_ms_out);

/* Is it the job of an item, hidden ones included? */
bool downloads_has(const struct downloads *downloads, const struct xbits_id *job);
/* The item in a collection, NULL when there is none. */
struct download *downloads_find(struct downloads *downloads, const struct xbits_id *job);
/* All of them, oldest first; NULL past the last. */
struct download *downloads_at(const struct downloads *downloads, size_t index);

/* The ids that are kept, sorted. */
const int32_t *downloads_collections(const struct downloads *downloads, size_t *count_out);
bool downloads_has_collection(const struct downloads *downloads, int32_t collection);
/* Keeps one. Results: XBITS_S_OK; the database's; XBITS_E_OUTOFMEMORY. */
xbits_result downloads_keep_collection(struct downloads *downloads, int32_t collection);

struct download_order {
    int32_t collection;
    const char *provider; /* NULL: none. */
    const char *source_url;
    bool is_real_time;
};
/* Results: as xbits_download_collection_start. */
xbits_result downloads_start(struct downloads *downloads, const struct download_order *order,
                             const struct download **download_out);

/* In bytes, as pages see them. */
void download_put_figures(uint64_t total, uint64_t transferred, struct xbits_download_item *item);

/* Fills in all but the collection's and the item's name. Results: XBITS_S_OK; as xbits_job_read. */
xbits_result download_read(struct download *download, struct xbits_download_item *item_out);

enum download_request { DOWNLOAD_PAUSE, DOWNLOAD_RESUME, DOWNLOAD_CANCEL };
/* Does nothing where it has no meaning. Results: XBITS_S_OK; the job's. */
xbits_result download_ask(struct downloads *downloads, struct download *download,
                          enum download_request request);
/* Cancels it and takes it out; it is freed, or hidden until it is filed. Results: XBITS_S_OK; the
 * job's; the database's. */
xbits_result download_remove(struct downloads *downloads, struct download *download);

#endif
