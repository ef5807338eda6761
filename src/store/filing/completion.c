/* SPDX-License-Identifier: MIT */
#include "store/filing/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/url_text.h"
#include "store/filing/hand_over_row.h"
#include "xbits/file.h"

/* The journal's row: it knows the file that Complete is going to rename. */
static xbits_result put_row(struct xbits_library *library, struct xbits_job *job,
                            struct hand_over song)
{
    struct xbits_file_snapshot file;
    struct disk_stat stat = { 0 };

    XBITS_INIT(&file);
    TRY(xbits_job_read_file(job, 0, &file));
    /* A Complete that was interrupted can have given the file its name already. */
    TRY(disk_stat(library->disk,
                  file.temporary_name[0] != '\0' ? file.temporary_name : file.local_name, &stat));
    song.job = *xbits_job_id(job);
    song.local_name = (char *)file.local_name;
    song.device = stat.device;
    song.inode = stat.inode;
    /* What somebody put there instead has another size, if it has the same inode at all. */
    song.file_size = file.bytes_total != XBITS_SIZE_UNKNOWN ? file.bytes_total : stat.size;
    return hand_over_begin(library, &song);
}

/* A song that waits under this name would be written over. */
static xbits_result check_name(struct xbits_library *library, struct xbits_job *job)
{
    struct xbits_file_snapshot file;
    struct xbits_id *ids = NULL;
    size_t count = 0;
    xbits_result result = XBITS_S_OK;

    XBITS_INIT(&file);
    TRY(xbits_job_read_file(job, 0, &file));
    TRY(hand_over_list(library, &ids, &count));
    for (size_t i = 0; i < count && XBITS_SUCCEEDED(result); i++) {
        struct hand_over row = { 0 };
        bool has_row = false;

        result = hand_over_row_get(library, &ids[i], &row, &has_row);
        if (XBITS_SUCCEEDED(result) && has_row && strcmp(row.local_name, file.local_name) == 0 &&
            memcmp(&ids[i], xbits_job_id(job), sizeof ids[i]) != 0)
            result = xbits_fail(XBITS_ERROR_FILE_EXISTS, "%s waits to be filed", file.local_name);
        hand_over_dispose(&row);
    }
    free(ids);
    return result;
}

/* A library goes wherever its music goes: no password of a URL goes with it. */
static xbits_result begin_row(struct xbits_library *library, struct xbits_job *job,
                              const struct hand_over *song)
{
    struct hand_over row = *song;
    struct text source_url = { 0 };
    xbits_result result = url_text_add(&source_url, song->source_url);

    row.source_url = source_url.data;
    if (XBITS_SUCCEEDED(result))
        result = put_row(library, job, row);
    text_dispose(&source_url);
    return result;
}

/* That of somebody else is refused. */
static bool was_completed_here(struct xbits_job *job, xbits_result result)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    return result != XBITS_BG_E_INVALID_STATE && XBITS_SUCCEEDED(xbits_job_read(job, &snapshot)) &&
           snapshot.state == XBITS_STATE_ACKNOWLEDGED;
}

xbits_result completion_run(struct xbits_library *library, struct xbits_job *job,
                            const struct hand_over *song, bool *is_completed_out)
{
    struct xbits_error why;
    xbits_result result;

    *is_completed_out = false;
    TRY(check_name(library, job));
    TRY(begin_row(library, job, song));
    result = xbits_job_complete(job);
    if (XBITS_SUCCEEDED(result)) {
        *is_completed_out = true;
        return result;
    }
    why = *xbits_last_error();
    *is_completed_out = was_completed_here(job, result);
    if (!*is_completed_out)
        (void)hand_over_drop(library, xbits_job_id(job));
    return xbits_fail_again(&why);
}
