/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "xbits/file.h"

/* What a start that was cut off has left: looked for in the whole queue at once. */
struct search {
    struct downloads *downloads;
    xbits_result result;
};

static bool is_reserved(const struct download *download)
{
    return xbits_id_is_null(&download->job_id);
}

/* Before it has its file a job is known by its name. */
static xbits_result is_job_of(const struct downloads *downloads, const struct download *download,
                              const struct xbits_job_snapshot *snapshot, const char *local_name,
                              bool *is_job_out)
{
    struct text name = { 0 };
    xbits_result result = download_display_name(downloads, download, &name);

    *is_job_out = XBITS_SUCCEEDED(result) &&
                  (local_name != NULL ? strcmp(local_name, download->local_name) == 0
                                      : strcmp(snapshot->display_name, text_c(&name)) == 0);
    text_dispose(&name);
    return result;
}

static xbits_result cancel_if_left(struct downloads *downloads,
                                   const struct xbits_job_snapshot *snapshot, struct xbits_job *job)
{
    struct xbits_file_snapshot file;
    bool has_file = snapshot->progress.files_total > 0;

    XBITS_INIT(&file);
    if (has_file)
        TRY(xbits_job_read_file(job, 0, &file));
    for (size_t i = 0; i < downloads->count; i++) {
        const struct download *download = downloads->items[i];
        bool is_left = false;

        if (!is_reserved(download))
            continue;
        TRY(is_job_of(downloads, download, snapshot, has_file ? file.local_name : NULL, &is_left));
        if (is_left)
            return xbits_job_cancel(job);
    }
    return XBITS_S_OK;
}

/* xbits_job_visit. Only a job of ours has the tree in its name: others are not even opened. */
static bool look_at_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct search *search = user;
    struct downloads *downloads = search->downloads;
    struct xbits_job *job = NULL;
    xbits_result result;

    if (strstr(snapshot->display_name, downloads->tree) == NULL)
        return true;
    result = xbits_job_open(downloads->options.manager, &snapshot->id, &job);
    if (result == XBITS_BG_E_NOT_FOUND || result == XBITS_E_ACCESSDENIED)
        return true;
    if (XBITS_SUCCEEDED(result))
        result = cancel_if_left(downloads, snapshot, job);
    xbits_job_close(job);
    if (XBITS_FAILED(result))
        search->result = result;
    return true;
}

static bool has_reserved(const struct downloads *downloads)
{
    for (size_t i = 0; i < downloads->count; i++) {
        if (is_reserved(downloads->items[i]))
            return true;
    }
    return false;
}

static xbits_result cancel_left_jobs(struct downloads *downloads)
{
    struct search search = { .downloads = downloads, .result = XBITS_S_OK };

    if (!has_reserved(downloads))
        return XBITS_S_OK;
    TRY(xbits_manager_visit_jobs(downloads->options.manager, XBITS_SCOPE_MINE, look_at_job,
                                 &search));
    return search.result;
}

/*
 * Was its job being completed? That goes on, and the item is seen no more. A job that is not here
 * can be in another queue: it is cancelled when that is opened.
 */
static xbits_result drop_real_time(struct downloads *downloads, struct download *download)
{
    bool is_on_its_way = false;
    bool is_gone = false;

    if (download->outcome == DOWNLOAD_GOES_ON) {
        TRY(download_is_waited_for(downloads, download, &is_on_its_way));
        TRY(download_hold(downloads, download, &is_gone));
    }
    if (is_on_its_way)
        return XBITS_S_OK;
    if (is_gone) {
        downloads_take_out(downloads, download);
        return XBITS_S_OK;
    }
    TRY(download_ask(downloads, download, DOWNLOAD_CANCEL));
    return download_row_forget(downloads, download->number);
}

/* It is no item, whether its row can go or not. */
static xbits_result drop_reserved(struct downloads *downloads, struct download *download,
                                  bool is_without_job)
{
    int64_t number = download->number;

    downloads_take_out(downloads, download);
    return is_without_job ? download_row_forget(downloads, number) : XBITS_S_OK;
}

/* What cannot be cleaned up now is not shown, and cleaned up at the next opening. */
static void clean_up_one(struct downloads *downloads, struct download *download,
                         bool is_without_job)
{
    xbits_result result = XBITS_S_OK;

    if (is_reserved(download)) {
        result = drop_reserved(downloads, download, is_without_job);
    } else if (download->is_real_time) {
        download->is_hidden = true;
        result = drop_real_time(downloads, download);
    }
    if (XBITS_FAILED(result))
        log_line(LOG_STORE, "player: what is left of a download stays: %s",
                 xbits_last_error()->message);
}

static void clean_up(struct downloads *downloads)
{
    bool are_without_jobs = XBITS_SUCCEEDED(cancel_left_jobs(downloads));

    for (size_t i = downloads->count; i > 0; i--)
        clean_up_one(downloads, downloads->items[i - 1], are_without_jobs);
}

/* One who only looks cannot find out what became of it. */
static void note_gone(struct downloads *downloads, struct download *download)
{
    bool is_there = false;

    if (downloads->options.library != NULL)
        return;
    (void)disk_is_taken(downloads->options.disk, download->local_name, &is_there);
    download->is_completed = is_there;
    if (!is_there)
        download_miss(download);
}

/* One that cannot be opened now is tried again when it is needed. */
static void hold_jobs(struct downloads *downloads)
{
    for (size_t i = 0; i < downloads->count; i++) {
        struct download *download = downloads->items[i];
        bool is_gone = false;

        if (download->outcome == DOWNLOAD_GOES_ON && !is_reserved(download) &&
            XBITS_SUCCEEDED(download_hold(downloads, download, &is_gone)) && is_gone)
            note_gone(downloads, download);
    }
}

/* Somebody who looks on sees a reservation of the player that runs, too. */
static void hide_reserved(struct downloads *downloads)
{
    for (size_t i = 0; i < downloads->count; i++)
        downloads->items[i]->is_hidden = is_reserved(downloads->items[i]);
}

/* The version comes first: what is written after it is read again. */
static xbits_result open_items(struct downloads *downloads)
{
    if (downloads->options.database == NULL)
        return XBITS_S_OK;
    TRY(database_version(downloads->options.database, &downloads->version));
    TRY(download_rows_read(downloads));
    hold_jobs(downloads);
    if (downloads->options.library != NULL)
        clean_up(downloads);
    else
        hide_reserved(downloads);
    return XBITS_S_OK;
}

void downloads_dispose(struct downloads *downloads)
{
    for (size_t i = 0; i < downloads->count; i++)
        download_free(downloads->items[i]);
    free(downloads->items);
    free(downloads->by_job);
    free(downloads->collections);
}

xbits_result downloads_look_again(struct downloads *downloads)
{
    struct downloads fresh = { .options = downloads->options };
    uint64_t version = 0;
    xbits_result result;

    if (downloads->options.database == NULL)
        return XBITS_S_OK;
    TRY(database_version(downloads->options.database, &version));
    if (version == downloads->version)
        return XBITS_S_OK;
    result = open_items(&fresh);
    if (XBITS_FAILED(result)) {
        downloads_dispose(&fresh);
        return result;
    }
    downloads_dispose(downloads);
    *downloads = fresh;
    return XBITS_S_OK;
}

xbits_result downloads_open(const struct downloads_options *options,
                            struct downloads **downloads_out)
{
    struct downloads *downloads = calloc(1, sizeof *downloads);
    xbits_result result;

    if (downloads == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for downloads");
    downloads->options = *options;
    result = open_items(downloads);
    if (XBITS_FAILED(result)) {
        downloads_dispose(downloads);
        free(downloads);
        return result;
    }
    *downloads_out = downloads;
    return XBITS_S_OK;
}

/* They are lost when the Player closes ("DownloadItem.type", Windows Media Player SDK). Their rows
 * go at the next opening. */
void downloads_close(struct downloads *downloads)
{
    if (downloads == NULL)
        return;
    for (size_t i = 0; i < downloads->count && downloads->options.library != NULL; i++) {
        if (downloads->items[i]->is_real_time)
            (void)download_ask(downloads, downloads->items[i], DOWNLOAD_CANCEL);
    }
    downloads_dispose(downloads);
    free(downloads);
}

xbits_result downloads_keep_collection(struct downloads *downloads, int32_t collection)
{
    if (downloads->options.database == NULL)
        return xbits_fail(XBITS_E_UNEXPECTED,
                          "store.db cannot be used, and without it no collection is kept");
    TRY(download_row_keep_collection(downloads, collection));
    return downloads_note_collection(downloads, collection);
}
