/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include <string.h>

#include "base/url_text.h"
#include "store/download/download_source.h"
#include "store/filing/completion.h"
#include "store/filing/hand_over_row.h"
#include "store/media/media.h"
#include "xbits/file.h"

/* The journal's word for an item of the Download Manager. */
static xbits_result describe(const struct download *download, struct text *text)
{
    return text_format(text, "::WMP_STATUS:1:%ld:%s::::::", (long)download->collection,
                       download->provider != NULL ? download->provider : "");
}

/* What tells of it once it is in the library. */
static xbits_result tell_filed(struct downloads *downloads, struct download *download,
                               const struct filed_song *filed)
{
    const struct downloads_options *options = &downloads->options;

    download_end_filed(downloads, download, text_c(&filed->path));
    if (filed->damage.length > 0)
        options->tell(XBITS_NEWS_DAMAGED, download, XBITS_S_OK, text_c(&filed->damage),
                      options->user);
    options->tell(XBITS_NEWS_FILED, download, XBITS_S_OK, text_c(&filed->path), options->user);
    return XBITS_S_OK;
}

/* It fails for good: the reason is the item's from now on. */
static void fail(struct downloads *downloads, struct download *download, xbits_result result)
{
    struct xbits_error why = *xbits_last_error();

    /* What was removed is missed by nobody. */
    if (!download->is_hidden)
        download_tell_failure(downloads, download, result, why.message);
    download_end(downloads, download, why.message);
}

xbits_result download_finish(struct downloads *downloads, struct download *download)
{
    const struct downloads_options *options = &downloads->options;
    struct filed_song filed = { 0 };
    xbits_result result = hand_over_finish(options->library, &download->job_id,
                                           xbits_manager_time(options->manager), &filed);

    if (XBITS_SUCCEEDED(result)) {
        result = tell_filed(downloads, download, &filed);
    } else if (filed.is_given_up) {
        fail(downloads, download, result);
        result = XBITS_S_OK;
    }
    filed_song_dispose(&filed);
    return result;
}

static xbits_result check_format(struct downloads *downloads, const struct download *download,
                                 const char *path)
{
    struct media_tags tags = { 0 };
    enum media_format format;

    TRY(media_read(downloads->options.disk, path, &tags));
    format = tags.format;
    media_tags_dispose(&tags);
    if (format == MEDIA_UNKNOWN)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "what came from %s is neither ASF nor MP3",
                          url_text(download->source_url).c);
    return XBITS_S_OK;
}

/*
 * An engine can have gone to the address that it learned from a redirect while nobody looked. And a
 * URL that names no medium is no promise: the content is asked.
 */
static xbits_result check_content(struct downloads *downloads, const struct download *download,
                                  const struct xbits_file_snapshot *file)
{
    const char *extension = NULL;

    if (strcmp(file->remote_name, download->source_url) != 0)
        return xbits_fail(XBITS_ERROR_WINHTTP_REDIRECT_FAILED,
                          "%s leads elsewhere, and redirects are not followed",
                          url_text(download->source_url).c);
    TRY(download_source_check(download->source_url, &extension));
    if (extension != NULL)
        return XBITS_S_OK;
    return check_format(downloads, download,
                        file->temporary_name[0] != '\0' ? file->temporary_name : file->local_name);
}

static bool is_refusal(xbits_result result)
{
    return result == XBITS_ERROR_INVALID_DATA || result == XBITS_ERROR_WINHTTP_REDIRECT_FAILED;
}

/* is_refused_out: there is no more to do. */
static xbits_result judge(struct downloads *downloads, struct download *download,
                          bool *is_refused_out)
{
    struct xbits_file_snapshot file;
    struct xbits_error why;
    xbits_result result;

    XBITS_INIT(&file);
    *is_refused_out = false;
    TRY(xbits_job_read_file(download->job, 0, &file));
    result = check_content(downloads, download, &file);
    if (!is_refusal(result))
        return result;
    why = *xbits_last_error();
    TRY(xbits_job_cancel(download->job));
    *is_refused_out = true;
    fail(downloads, download, xbits_fail_again(&why));
    return XBITS_S_OK;
}

static xbits_result complete(struct downloads *downloads, struct download *download)
{
    struct text description = { 0 };
    struct hand_over song = { .source_url = download->source_url,
                              .began = xbits_manager_time(downloads->options.manager) };
    xbits_result result = describe(download, &description);

    song.description = description.data;
    if (XBITS_SUCCEEDED(result))
        result = completion_run(downloads->options.library, download->job, &song,
                                &download->is_completed);
    text_dispose(&description);
    return result;
}

/* "" when it is not there. */
static xbits_result find_song(struct downloads *downloads, const struct download *download,
                              struct text *path)
{
    char id[XBITS_ID_TEXT_SIZE];

    return library_find_song_of(downloads->options.library, xbits_id_format(&download->job_id, id),
                                path);
}

static xbits_result file_new(struct downloads *downloads, struct download *download)
{
    bool is_refused = false;

    TRY(judge(downloads, download, &is_refused));
    if (is_refused)
        return XBITS_S_OK;
    TRY(complete(downloads, download));
    return download_finish(downloads, download);
}

/* A queue that could not be written brings a job back that was completed and filed: nobody needs
 * its second download. */
xbits_result download_file(struct downloads *downloads, struct download *download)
{
    struct text path = { 0 };
    xbits_result result = find_song(downloads, download, &path);

    if (XBITS_SUCCEEDED(result) && path.length == 0) {
        result = file_new(downloads, download);
    } else if (XBITS_SUCCEEDED(result)) {
        result = xbits_job_cancel(download->job);
        if (XBITS_SUCCEEDED(result))
            download_end_filed(downloads, download, text_c(&path));
    }
    text_dispose(&path);
    return result;
}

/* A file has the local name only when the job was completed. */
static xbits_result begin_with(struct downloads *downloads, struct download *download,
                               const struct disk_stat *stat)
{
    struct text description = { 0 };
    struct text source_url = { 0 };
    struct hand_over song = { .job = download->job_id,
                              .local_name = download->local_name,
                              .device = stat->device,
                              .inode = stat->inode,
                              .file_size = stat->size,
                              .began = xbits_manager_time(downloads->options.manager) };
    xbits_result result = describe(download, &description);

    if (XBITS_SUCCEEDED(result))
        result = url_text_add(&source_url, download->source_url);
    song.description = description.data;
    song.source_url = source_url.data;
    if (XBITS_SUCCEEDED(result))
        result = hand_over_begin(downloads->options.library, &song);
    text_dispose(&source_url);
    text_dispose(&description);
    return result;
}

xbits_result download_is_waited_for(struct downloads *downloads, const struct download *download,
                                    bool *is_waited_for_out)
{
    struct hand_over row = { 0 };
    xbits_result result =
        hand_over_row_get(downloads->options.library, &download->job_id, &row, is_waited_for_out);

    hand_over_dispose(&row);
    return result;
}

/* Somebody else may have completed it, while a player ran or while none did. */
static xbits_result look_on_disk(struct downloads *downloads, struct download *download,
                                 bool *is_found_out)
{
    struct disk_stat stat = { 0 };
    xbits_result result;

    *is_found_out = true;
    TRY(download_is_waited_for(downloads, download, &download->is_completed));
    if (download->is_completed)
        return download_finish(downloads, download);
    result = disk_stat(downloads->options.disk, download->local_name, &stat);
    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND) {
        *is_found_out = false;
        return XBITS_S_OK;
    }
    TRY(result);
    TRY(begin_with(downloads, download, &stat));
    download->is_completed = true;
    return download_finish(downloads, download);
}

xbits_result download_look_for_file(struct downloads *downloads, struct download *download,
                                    bool *is_found_out)
{
    struct text path = { 0 };
    xbits_result result = find_song(downloads, download, &path);

    *is_found_out = true;
    if (XBITS_SUCCEEDED(result) && path.length == 0)
        result = look_on_disk(downloads, download, is_found_out);
    else if (XBITS_SUCCEEDED(result))
        download_end_filed(downloads, download, text_c(&path));
    text_dispose(&path);
    return result;
}
