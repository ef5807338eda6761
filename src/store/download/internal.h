/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_INTERNAL_H
#define STORE_DOWNLOAD_INTERNAL_H

#include "store/download/download.h"
#include "store/library/library.h"
#include "xbits/job.h"

#define DOWNLOAD_TREE_SIZE 33

struct downloads {
    struct downloads_options options;
    char tree[DOWNLOAD_TREE_SIZE]; /* The directory below download/; "" until it is needed. */
    struct download **items;       /* By number. */
    size_t count;
    size_t capacity;
    struct download **by_job; /* The same ones, by job id. */
    int32_t *collections;     /* Sorted. */
    size_t collection_count;
    uint64_t next_ms; /* When to look again, ... */
    size_t place;     /* ... from which item on: one that is taken out meanwhile does no harm. */
    uint64_t version; /* Of the database, as one who only looks has read it. */
};

/* The list (download_list.c). Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
void download_free(struct download *download); /* NULL is fine. */
xbits_result downloads_reserve(struct downloads *downloads);
/* Takes ownership; there is room. */
void downloads_append(struct downloads *downloads, struct download *download);
/* The same of many: none is found by its job until they are sorted. */
void downloads_append_unsorted(struct downloads *downloads, struct download *download);
void downloads_sort(struct downloads *downloads);
/* Frees it. */
void downloads_take_out(struct downloads *downloads, struct download *download);
xbits_result downloads_note_collection(struct downloads *downloads, int32_t collection);
xbits_result download_name_file(struct download *download);

/* Frees what they have. */
void downloads_dispose(struct downloads *downloads);
/* One who only looks reads the rows again when somebody has written. */
xbits_result downloads_look_again(struct downloads *downloads);

/* The rows (download_row.c). Results: XBITS_S_OK; the database's; XBITS_E_OUTOFMEMORY. */
xbits_result download_rows_read(struct downloads *downloads);
/* Gives it its number; keeps its collection, too. Durable. */
xbits_result download_row_reserve(struct downloads *downloads, struct download *download,
                                  bool *is_new_collection_out);
xbits_result download_row_set_job(struct downloads *downloads, const struct download *download);
xbits_result download_row_put_outcome(struct downloads *downloads, const struct download *download);
/* collection 0: it stays. Durable. */
xbits_result download_row_delete(struct downloads *downloads, int64_t number, int32_t collection);
/* Not durable: a row that comes back is found to be over again. */
xbits_result download_row_forget(struct downloads *downloads, int64_t number);
xbits_result download_row_keep_collection(struct downloads *downloads, int32_t collection);
/* Makes the tree's name when there is none. */
xbits_result download_row_name_tree(struct downloads *downloads);

/* The directory of its file, from its library on: "/download/<tree>/<type>". */
xbits_result download_add_place(const struct downloads *downloads, const struct download *download,
                                struct text *path);
/* What a job is called, so that a start that was cut off finds it again. */
xbits_result download_display_name(const struct downloads *downloads,
                                   const struct download *download, struct text *name);

/* Holds the job of an item that goes on; the queue not having it is no failure. Results:
 * XBITS_S_OK; as xbits_job_open. */
xbits_result download_hold(struct downloads *downloads, struct download *download,
                           bool *is_gone_out);

/* It is over: writes that down and lets go of the job. failure NULL: it was cancelled. */
void download_end(struct downloads *downloads, struct download *download, const char *failure);
/* The queue of this session has not its job, which may go on in another: over for this session. */
void download_miss(struct download *download);
void download_end_filed(struct downloads *downloads, struct download *download, const char *path);
/* Tries again to write down how it ended. */
void download_write_outcome(struct downloads *downloads, struct download *download);
void download_tell_failure(struct downloads *downloads, struct download *download,
                           xbits_result result, const char *text);
void download_tell_ended(struct downloads *downloads, const struct download *download,
                         const char *text);
bool download_was_redirected(const struct xbits_job_snapshot *snapshot);

/* Completes a job that is TRANSFERRED and files what it brought (download_file.c). Results: those
 * of the step that failed; it is gone on with later. */
xbits_result download_file(struct downloads *downloads, struct download *download);
/* The queue has not its job, or somebody else has completed it: files what it has brought, if it
 * has. */
xbits_result download_look_for_file(struct downloads *downloads, struct download *download,
                                    bool *is_found_out);
/* Has the library's journal a row of it? */
xbits_result download_is_waited_for(struct downloads *downloads, const struct download *download,
                                    bool *is_waited_for_out);
xbits_result download_finish(struct downloads *downloads, struct download *download);

#endif
