/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include "base/log.h"

/* So many a step are filed: the caller has other things to do, too. */
#define FILES_A_STEP 16

void download_tell_failure(struct downloads *downloads, struct download *download,
                           xbits_result result, const char *text)
{
    if (download->told == result)
        return;
    download->told = result;
    downloads->options.tell(XBITS_NEWS_FAILED, download, result, text, downloads->options.user);
}

/* What was removed is missed by nobody. */
void download_tell_ended(struct downloads *downloads, const struct download *download,
                         const char *text)
{
    if (!download->is_hidden)
        downloads->options.tell(XBITS_NEWS_ENDED, download, XBITS_S_OK, text,
                                downloads->options.user);
}

/* Not to know it yet is no loss: it is found out again. */
void download_write_outcome(struct downloads *downloads, struct download *download)
{
    download->is_unwritten =
        !download->is_hidden && XBITS_FAILED(download_row_put_outcome(downloads, download));
    if (download->is_unwritten)
        log_line(LOG_STORE, "player: %s is not written down yet: %s", download->local_name,
                 xbits_last_error()->message);
}

static void end(struct downloads *downloads, struct download *download,
                enum download_outcome outcome)
{
    download->outcome = outcome;
    download->is_completed = false;
    xbits_job_close(download->job);
    download->job = NULL;
    download_write_outcome(downloads, download);
}

/* Without memory for the words it is over all the same. */
void download_end(struct downloads *downloads, struct download *download, const char *failure)
{
    (void)text_replace(&download->failure, failure);
    end(downloads, download, DOWNLOAD_OVER);
}

void download_miss(struct download *download)
{
    (void)text_replace(&download->failure, "its job is not in this queue");
    download->outcome = DOWNLOAD_OVER;
}

/* Its job can be gone before it was asked, or half of it was here when it was asked last. */
static void measure(const struct downloads *downloads, struct download *download, const char *path)
{
    struct disk_stat stat = { 0 };

    if (XBITS_FAILED(disk_stat(downloads->options.disk, path, &stat)))
        return;
    download->bytes_total = stat.size;
    download->bytes_transferred = stat.size;
}

void download_end_filed(struct downloads *downloads, struct download *download, const char *path)
{
    (void)text_replace(&download->path, path);
    measure(downloads, download, path);
    end(downloads, download, DOWNLOAD_FILED);
}

/* Redirects are not supported, and whoever resumed such a job would follow one after all: it has
 * learned the other address. */
bool download_was_redirected(const struct xbits_job_snapshot *snapshot)
{
    int status = xbits_result_http_status(snapshot->error.result);

    return snapshot->has_error && status >= 300 && status < 400;
}

/* A real time one has no second try. */
static xbits_result follow_error(struct downloads *downloads, struct download *download,
                                 const struct xbits_job_snapshot *snapshot)
{
    download_tell_failure(downloads, download, snapshot->error.result, snapshot->error.message);
    if (!download->is_real_time && !download_was_redirected(snapshot))
        return XBITS_S_OK;
    TRY(text_replace(&download->failure, snapshot->error.message));
    TRY(xbits_job_cancel(download->job));
    end(downloads, download, DOWNLOAD_OVER);
    return XBITS_S_OK;
}

/* Of a job that somebody else has cancelled. */
static xbits_result follow_cancelled(struct downloads *downloads, struct download *download)
{
    download_tell_ended(downloads, download, "it was cancelled");
    download_end(downloads, download, NULL);
    return XBITS_S_OK;
}

static xbits_result follow_unknown(struct downloads *downloads, struct download *download)
{
    bool is_found = false;

    TRY(download_look_for_file(downloads, download, &is_found));
    if (!is_found)
        download_miss(download);
    return XBITS_S_OK;
}

/* This queue had it until now. */
static xbits_result follow_completed(struct downloads *downloads, struct download *download)
{
    static const char no_file[] = "its job left the queue and brought no file";
    bool is_found = false;

    TRY(download_look_for_file(downloads, download, &is_found));
    if (is_found)
        return XBITS_S_OK;
    download_tell_ended(downloads, download, no_file);
    download_end(downloads, download, no_file);
    return XBITS_S_OK;
}

static xbits_result follow_job(struct downloads *downloads, struct download *download,
                               const struct xbits_job_snapshot *snapshot)
{
    switch (snapshot->state) {
    case XBITS_STATE_TRANSFERRED:
        return download_file(downloads, download);
    case XBITS_STATE_ACKNOWLEDGED:
        return follow_completed(downloads, download);
    case XBITS_STATE_CANCELLED:
        return follow_cancelled(downloads, download);
    case XBITS_STATE_ERROR:
        return follow_error(downloads, download, snapshot);
    case XBITS_STATE_TRANSIENT_ERROR:
        if (download_was_redirected(snapshot))
            return follow_error(downloads, download, snapshot);
        break;
    case XBITS_STATE_QUEUED:
    case XBITS_STATE_CONNECTING:
    case XBITS_STATE_TRANSFERRING:
    case XBITS_STATE_SUSPENDED:
        break;
    }
    download->told = XBITS_S_OK;
    return XBITS_S_OK;
}

static xbits_result follow(struct downloads *downloads, struct download *download,
                           bool *is_filing_out)
{
    struct xbits_job_snapshot snapshot;
    xbits_result result;
    bool is_gone = false;

    *is_filing_out = true;
    if (download->is_completed)
        return download_finish(downloads, download);
    TRY(download_hold(downloads, download, &is_gone));
    if (is_gone)
        return follow_unknown(downloads, download);
    XBITS_INIT(&snapshot);
    result = xbits_job_read(download->job, &snapshot);
    if (result == XBITS_BG_E_NOT_FOUND)
        return follow_completed(downloads, download);
    TRY(result);
    download->bytes_total = snapshot.progress.bytes_total;
    download->bytes_transferred = snapshot.progress.bytes_transferred;
    *is_filing_out = snapshot.state == XBITS_STATE_TRANSFERRED;
    return follow_job(downloads, download, &snapshot);
}

/* What is filed, or over, and of no collection is nothing any more. */
static void drop_hidden(struct downloads *downloads)
{
    for (size_t i = downloads->count; i > 0; i--) {
        struct download *download = downloads->items[i - 1];

        if (!download->is_hidden || download->outcome == DOWNLOAD_GOES_ON)
            continue;
        (void)download_row_forget(downloads, download->number);
        downloads_take_out(downloads, download);
    }
}

static void try_later(struct downloads *downloads, struct download *download, xbits_result result,
                      uint64_t now_ms)
{
    download->retry_ms = now_ms + downloads->options.poll_ms;
    /* Somebody was faster: the next look says who. */
    if (result != XBITS_BG_E_INVALID_STATE)
        download_tell_failure(downloads, download, result, xbits_last_error()->message);
}

/* Returns false when there is more to do at once. */
static bool follow_all(struct downloads *downloads, uint64_t now_ms)
{
    size_t filed = 0;

    for (size_t i = downloads->place; i < downloads->count; i++) {
        struct download *download = downloads->items[i];
        bool is_filing = false;
        xbits_result result;

        if (download->is_unwritten)
            download_write_outcome(downloads, download);
        if (download->outcome != DOWNLOAD_GOES_ON || now_ms < download->retry_ms)
            continue;
        if (filed == FILES_A_STEP) {
            downloads->place = i;
            return false;
        }
        result = follow(downloads, download, &is_filing);
        filed += is_filing;
        if (XBITS_FAILED(result))
            try_later(downloads, download, result, now_ms);
    }
    downloads->place = 0;
    return true;
}

static bool look(struct downloads *downloads, uint64_t now_ms)
{
    if (!follow_all(downloads, now_ms))
        return false;
    drop_hidden(downloads);
    return true;
}

/* What cannot be read now is shown as it was. */
static bool look_on(struct downloads *downloads)
{
    if (XBITS_FAILED(downloads_look_again(downloads)))
        log_line(LOG_STORE, "player: the downloads may be other ones by now: %s",
                 xbits_last_error()->message);
    return true;
}

void downloads_step(struct downloads *downloads, uint64_t now_ms, uint64_t *next_due_ms_out)
{
    if (now_ms >= downloads->next_ms) {
        bool is_done =
            downloads->options.library != NULL ? look(downloads, now_ms) : look_on(downloads);

        downloads->next_ms = is_done ? now_ms + downloads->options.poll_ms : now_ms;
    }
    *next_due_ms_out = downloads->next_ms;
}
