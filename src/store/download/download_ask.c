/* SPDX-License-Identifier: MIT */
#include "store/download/download_state.h"
#include "store/download/internal.h"

static int32_t clamp(uint64_t bytes)
{
    return bytes < INT32_MAX ? (int32_t)bytes : INT32_MAX;
}

void download_put_figures(uint64_t total, uint64_t transferred, struct xbits_download_item *item)
{
    bool is_known = total != XBITS_SIZE_UNKNOWN;

    item->size_bytes = is_known ? clamp(total) : -1;
    item->progress_bytes = is_known ? clamp(transferred) : -1;
}

static void note_figures(struct download *download, const struct xbits_job_snapshot *snapshot)
{
    download->bytes_total = snapshot->progress.bytes_total;
    download->bytes_transferred = snapshot->progress.bytes_transferred;
}

/* Of a job that the queue has not, and of one that is completed and not filed, the next step says
 * more. */
static xbits_result read_job(struct download *download, struct xbits_download_item *item)
{
    struct xbits_job_snapshot snapshot;
    xbits_result result;

    item->state = XBITS_DOWNLOAD_PROCESSING;
    if (download->job == NULL || download->is_completed)
        return XBITS_S_OK;
    XBITS_INIT(&snapshot);
    result = xbits_job_read(download->job, &snapshot);
    if (result == XBITS_BG_E_NOT_FOUND)
        return XBITS_S_OK;
    TRY(result);
    note_figures(download, &snapshot);
    if (snapshot.state != XBITS_STATE_ACKNOWLEDGED)
        item->state = download_state_of_job(snapshot.state);
    if (snapshot.state == XBITS_STATE_ERROR)
        item->failure = snapshot.error.message;
    return XBITS_S_OK;
}

xbits_result download_read(struct download *download, struct xbits_download_item *item)
{
    item->source_url = download->source_url;
    item->type = download->is_real_time ? XBITS_DOWNLOAD_REAL_TIME : XBITS_DOWNLOAD_BACKGROUND;
    item->is_own = true;
    item->path = download->path != NULL ? download->path : "";
    item->failure = download->failure != NULL ? download->failure : "";
    if (download->outcome == DOWNLOAD_FILED)
        item->state = XBITS_DOWNLOAD_COMPLETED;
    else if (download->outcome == DOWNLOAD_OVER)
        item->state = XBITS_DOWNLOAD_CANCELED;
    else
        TRY(read_job(download, item));
    download_put_figures(download->bytes_total, download->bytes_transferred, item);
    return XBITS_S_OK;
}

xbits_result download_hold(struct downloads *downloads, struct download *download,
                           bool *is_gone_out)
{
    xbits_result result;

    *is_gone_out = false;
    if (download->job != NULL)
        return XBITS_S_OK;
    result = xbits_job_open(downloads->options.manager, &download->job_id, &download->job);
    *is_gone_out = result == XBITS_BG_E_NOT_FOUND || result == XBITS_E_ACCESSDENIED;
    return *is_gone_out ? XBITS_S_OK : result;
}

static const struct {
    xbits_result (*call)(struct xbits_job *job);
    bool is_for_real_time;
} requests[] = {
    [DOWNLOAD_PAUSE] = { xbits_job_suspend, false },
    [DOWNLOAD_RESUME] = { xbits_job_resume, false },
    [DOWNLOAD_CANCEL] = { xbits_job_cancel, true },
};

/* It left the queue before it was asked: the next step says how. */
static bool is_late(xbits_result result, struct xbits_job *job)
{
    struct xbits_error why = *xbits_last_error();
    struct xbits_job_snapshot snapshot;
    bool is_final;

    if (result == XBITS_BG_E_NOT_FOUND)
        return true;
    if (result != XBITS_BG_E_INVALID_STATE)
        return false;
    XBITS_INIT(&snapshot);
    is_final = XBITS_SUCCEEDED(xbits_job_read(job, &snapshot)) &&
               ((1u << snapshot.state) & XBITS_STATES_FINAL) != 0;
    xbits_fail_again(&why);
    return is_final;
}

/* Has the request a meaning for what its job is now? What it had comes into its row. */
static bool is_meant_for(struct download *download, enum download_request request)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    if (XBITS_FAILED(xbits_job_read(download->job, &snapshot)))
        return true;
    note_figures(download, &snapshot);
    return request != DOWNLOAD_RESUME || !download_was_redirected(&snapshot);
}

/* A Complete that failed can have given the file its name: to cancel the job leaves it. */
static void remove_half_completed(struct downloads *downloads, const struct download *download)
{
    bool is_there = false;

    if (XBITS_SUCCEEDED(disk_is_taken(downloads->options.disk, download->local_name, &is_there)) &&
        is_there)
        (void)disk_remove(downloads->options.disk, download->local_name);
}

xbits_result download_ask(struct downloads *downloads, struct download *download,
                          enum download_request request)
{
    xbits_result result;
    bool is_gone = false;

    if (download->outcome != DOWNLOAD_GOES_ON || download->is_completed ||
        (download->is_real_time && !requests[request].is_for_real_time))
        return XBITS_S_OK;
    TRY(download_hold(downloads, download, &is_gone));
    if (is_gone || !is_meant_for(download, request))
        return XBITS_S_OK;
    downloads->next_ms = 0;
    result = requests[request].call(download->job);
    if (XBITS_FAILED(result))
        return is_late(result, download->job) ? XBITS_S_OK : result;
    if (request == DOWNLOAD_CANCEL) {
        remove_half_completed(downloads, download);
        download_end(downloads, download, NULL);
    }
    return XBITS_S_OK;
}

/* What left the queue may yet bring a file: that stays in the library. */
xbits_result download_remove(struct downloads *downloads, struct download *download)
{
    TRY(download_ask(downloads, download, DOWNLOAD_CANCEL));
    TRY(download_row_delete(downloads, download->number, 0));
    download->is_hidden = true;
    if (download->outcome != DOWNLOAD_GOES_ON)
        downloads_take_out(downloads, download);
    return XBITS_S_OK;
}
