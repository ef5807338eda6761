/* SPDX-License-Identifier: MIT */
#include "job/snapshot.h"

#include <stdlib.h>

#include "base/result.h"

static size_t size_of_text(const char *text)
{
    return text == NULL ? 1 : strlen(text) + 1;
}

/* Copies a text to the place, moves the place behind it. */
static const char *place_text(char **place, const char *text)
{
    char *copy = *place;
    size_t size = size_of_text(text);

    memcpy(copy, text == NULL ? "" : text, size);
    *place += size;
    return copy;
}

static xbits_result new_block(size_t size, char **block_out)
{
    char *block = malloc(size);

    if (block == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to copy a snapshot of %zu bytes", size);
    *block_out = block;
    return XBITS_S_OK;
}

xbits_result xbits_job_snapshot_copy(const struct xbits_job_snapshot *snapshot,
                                     struct xbits_job_snapshot *copy_out)
{
    struct xbits_job_snapshot copy = *snapshot;
    char *place = NULL;

    TRY(new_block(size_of_text(copy.display_name) + size_of_text(copy.description) +
                      size_of_text(copy.owner) + size_of_text(copy.error.protocol) +
                      size_of_text(copy.error.message),
                  &place));
    copy.size = sizeof copy;
    copy.owned = place;
    copy.display_name = place_text(&place, copy.display_name);
    copy.description = place_text(&place, copy.description);
    copy.owner = place_text(&place, copy.owner);
    copy.error.protocol = place_text(&place, copy.error.protocol);
    copy.error.message = place_text(&place, copy.error.message);
    *copy_out = copy;
    return XBITS_S_OK;
}

void xbits_job_snapshot_dispose(struct xbits_job_snapshot *copy)
{
    free(copy->owned);
    memset(copy, 0, sizeof *copy);
}

xbits_result file_snapshot_copy(const struct xbits_file_snapshot *snapshot,
                                struct xbits_file_snapshot *copy_out)
{
    struct xbits_file_snapshot copy = *snapshot;
    char *place = NULL;

    TRY(new_block(size_of_text(copy.remote_name) + size_of_text(copy.local_name) +
                      size_of_text(copy.temporary_name),
                  &place));
    copy.size = sizeof copy;
    copy.owned = place;
    copy.remote_name = place_text(&place, copy.remote_name);
    copy.local_name = place_text(&place, copy.local_name);
    copy.temporary_name = place_text(&place, copy.temporary_name);
    *copy_out = copy;
    return XBITS_S_OK;
}

void file_snapshot_dispose(struct xbits_file_snapshot *copy)
{
    free(copy->owned);
    memset(copy, 0, sizeof *copy);
}
