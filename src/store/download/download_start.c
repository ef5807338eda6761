/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store/download/download_source.h"

/* Without an extension of its own it is an MP3 until its content says what it is. */
#define OTHERWISE ".mp3"

xbits_result download_display_name(const struct downloads *downloads,
                                   const struct download *download, struct text *name)
{
    TRY(download_source_name(download->source_url, name));
    return text_format(name, " (%s-%" PRId64 ")", downloads->tree, download->number);
}

xbits_result download_add_place(const struct downloads *downloads, const struct download *download,
                                struct text *path)
{
    return text_format(path, "/download/%s/%s", downloads->tree,
                       download->is_real_time ? XBITS_DOWNLOAD_REAL_TIME
                                              : XBITS_DOWNLOAD_BACKGROUND);
}

static xbits_result name_directory(const struct downloads *downloads, struct download *download)
{
    struct text directory = { 0 };
    xbits_result result = text_add(&directory, downloads->options.library->directory);

    if (XBITS_SUCCEEDED(result))
        result = download_add_place(downloads, download, &directory);
    if (XBITS_SUCCEEDED(result))
        result = text_replace(&download->directory, text_c(&directory));
    text_dispose(&directory);
    return result;
}

static xbits_result fill(struct downloads *downloads, const struct download_order *order,
                         struct download *download)
{
    const char *extension = NULL;

    TRY(download_source_check(order->source_url, &extension));
    TRY(text_copy(order->source_url, &download->source_url));
    TRY(text_copy(order->provider, &download->provider));
    TRY(text_copy(extension != NULL ? extension : OTHERWISE, &download->extension));
    TRY(download_row_name_tree(downloads));
    return name_directory(downloads, download);
}

static xbits_result new_download(struct downloads *downloads, const struct download_order *order,
                                 struct download **download_out)
{
    struct download *download = calloc(1, sizeof *download);
    xbits_result result;

    if (download == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a download");
    download->collection = order->collection;
    download->is_real_time = order->is_real_time;
    download->created = xbits_manager_time(downloads->options.manager);
    download->bytes_total = XBITS_SIZE_UNKNOWN;
    result = fill(downloads, order, download);
    if (XBITS_FAILED(result)) {
        download_free(download);
        return result;
    }
    *download_out = download;
    return XBITS_S_OK;
}

/* Other Players show it, and keep their hands off. */
static xbits_result describe(const struct download *download)
{
    struct xbits_wmp_description description;
    char text[XBITS_WMP_TEXT_SIZE];
    struct xbits_value value = xbits_value_text(text);

    if (download->is_real_time || download->provider == NULL)
        return XBITS_S_OK;
    XBITS_INIT(&description);
    description.kind = XBITS_WMP_STATUS;
    description.service_id = download->collection;
    description.provider = download->provider;
    TRY(xbits_wmp_description_format(&description, text, NULL));
    return xbits_job_set(download->job, XBITS_JOB_DESCRIPTION, &value);
}

static xbits_result create_job(struct downloads *downloads, struct download *download)
{
    struct text name = { 0 };
    xbits_result result = download_display_name(downloads, download, &name);

    if (XBITS_SUCCEEDED(result))
        result = xbits_job_create(downloads->options.manager, text_c(&name), XBITS_TYPE_DOWNLOAD,
                                  &download->job);
    text_dispose(&name);
    if (XBITS_SUCCEEDED(result))
        download->job_id = *xbits_job_id(download->job);
    return result;
}

/* A new job is of priority NORMAL. */
static xbits_result set_up_job(struct download *download)
{
    struct xbits_value no_redirects = xbits_value_u32(XBITS_REDIRECT_DISALLOW);
    struct xbits_value at_once = xbits_value_u32(XBITS_PRIORITY_FOREGROUND);

    TRY(describe(download));
    TRY(xbits_job_set(download->job, XBITS_JOB_SECURITY_FLAGS, &no_redirects));
    if (download->is_real_time)
        TRY(xbits_job_set(download->job, XBITS_JOB_PRIORITY, &at_once));
    return xbits_job_add_file(download->job, download->source_url, download->local_name);
}

/* The row knows the job last: one that does not is of a start that never returned. */
static xbits_result make_job(struct downloads *downloads, struct download *download)
{
    TRY(download_name_file(download));
    TRY(disk_make_directory(downloads->options.disk, download->directory));
    TRY(create_job(downloads, download));
    TRY(set_up_job(download));
    TRY(xbits_job_resume(download->job));
    TRY(download_row_set_job(downloads, download));
    return downloads_note_collection(downloads, download->collection);
}

/* What failed is told, not how this went: what is left of it goes at the next opening. */
static xbits_result take_back(struct downloads *downloads, struct download *download,
                              bool is_new_collection)
{
    struct xbits_error why = *xbits_last_error();
    xbits_result cancelled = XBITS_S_OK;

    if (download->job != NULL)
        cancelled = xbits_job_cancel(download->job);
    if (XBITS_SUCCEEDED(cancelled))
        (void)download_row_delete(downloads, download->number,
                                  is_new_collection ? download->collection : 0);
    return xbits_fail_again(&why);
}

static xbits_result start(struct downloads *downloads, struct download *download)
{
    bool is_new_collection = false;
    xbits_result result;

    TRY(downloads_reserve(downloads));
    TRY(download_row_reserve(downloads, download, &is_new_collection));
    result = make_job(downloads, download);
    return XBITS_SUCCEEDED(result) ? result : take_back(downloads, download, is_new_collection);
}

xbits_result downloads_start(struct downloads *downloads, const struct download_order *order,
                             const struct download **download_out)
{
    struct download *download = NULL;
    xbits_result result;

    if (downloads->options.database == NULL)
        return xbits_fail(XBITS_E_UNEXPECTED,
                          "store.db cannot be used, and without it no download begins");
    TRY(new_download(downloads, order, &download));
    result = start(downloads, download);
    if (XBITS_FAILED(result)) {
        download_free(download);
        return result;
    }
    downloads_append(downloads, download);
    downloads->next_ms = 0;
    *download_out = download;
    return XBITS_S_OK;
}
