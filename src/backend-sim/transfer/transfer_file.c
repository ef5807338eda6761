/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "backend-sim/transfer/answer_text.h"
#include "backend-sim/transfer/file_name.h"
#include "backend-sim/transfer/key_map.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Of one file, in one poll. */
#define CHUNK_SIZE (256 * 1024)

/* One request under way. */
struct file_transfer {
    struct key_entry entry; /* First. */
    struct file_transfer *next;
    bool is_stopped;
    bool was_reported;
    enum transfer_method method;
    char *path;
    char range[48];         /* "" without one. */
    char condition[64];     /* If-Unmodified-Since, "" without one. */
    struct disk_stat stat;  /* When the head was made. */
    struct disk_file *file; /* NULL unless a body is read. */
    uint64_t offset;
    uint64_t left;
};

/* Files always have something to deliver: each poll takes every transfer one step further. */
struct file_source {
    struct transfer_source base; /* First. */
    struct transfer_listener listener;
    struct disk *disk;
    struct key_map live;
    struct file_transfer *first; /* All, oldest first, stopped ones included. */
    struct file_transfer **end;
    struct http_head head;
    struct answer_text answer_text;
    unsigned char chunk[CHUNK_SIZE];
};

static struct file_source *source_of(struct transfer_source *base)
{
    return (struct file_source *)base;
}

/* A failure to close what was only read loses nothing. */
static void free_transfer(struct file_source *source, struct file_transfer *transfer)
{
    if (transfer->file != NULL)
        (void)disk_close(source->disk, transfer->file);
    free(transfer->path);
    free(transfer);
}

static void append(struct file_source *source, struct file_transfer *transfer)
{
    transfer->next = NULL;
    *source->end = transfer;
    source->end = &transfer->next;
}

static void keep_request(struct file_transfer *transfer, const struct transfer_request *wanted)
{
    transfer->entry.key = wanted->key;
    transfer->method = wanted->method;
    if (wanted->has_range)
        snprintf(transfer->range, sizeof(transfer->range), "bytes=%" PRIu64 "-%" PRIu64,
                 wanted->range_first, wanted->range_last);
    if (wanted->if_unmodified_since != NULL)
        text_copy_into(transfer->condition, sizeof(transfer->condition),
                       wanted->if_unmodified_since);
}

static xbits_result source_start(struct transfer_source *base,
                                 const struct transfer_request *wanted)
{
    struct file_source *source = source_of(base);
    struct file_transfer *transfer = calloc(1, sizeof(*transfer));
    xbits_result result;

    assert(key_map_find(&source->live, wanted->key) == NULL);
    if (transfer == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a transfer");
    keep_request(transfer, wanted);
    result = file_name_to_path(wanted->url, &transfer->path);
    if (XBITS_SUCCEEDED(result))
        result = key_map_add(&source->live, &transfer->entry);
    if (XBITS_FAILED(result)) {
        free_transfer(source, transfer);
        return result;
    }
    append(source, transfer);
    return XBITS_S_OK;
}

/* The next poll, or the one that is at it, drops the transfer. */
static void source_stop(struct transfer_source *base, uint64_t key)
{
    struct file_transfer *transfer =
        (struct file_transfer *)key_map_remove(&source_of(base)->live, key);

    if (transfer != NULL)
        transfer->is_stopped = true;
}

/* Windows says "access denied" to who opens a directory; a pipe would block us. */
static xbits_result stat_file(const struct file_source *source, const char *path,
                              struct disk_stat *stat_out)
{
    TRY(disk_stat(source->disk, path, stat_out));
    if (!stat_out->is_regular)
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is not a file that can be downloaded", path);
    return XBITS_S_OK;
}

/* A file is asked like a static web server, so that the same rules hold. */
static void decide(const struct file_transfer *transfer, struct resource_answer *decision_out)
{
    const struct resource resource = {
        .size = transfer->stat.size,
        .modified = transfer->stat.modified,
    };
    const struct resource_request request = {
        .method = transfer->method == METHOD_HEAD ? "HEAD" : "GET",
        .range = transfer->range[0] == '\0' ? NULL : transfer->range,
        .if_unmodified_since = transfer->condition[0] == '\0' ? NULL : transfer->condition,
    };

    resource_decide(&resource, &request, decision_out);
}

static xbits_result report_head(struct file_source *source, const struct file_transfer *transfer,
                                const struct resource_answer *decision)
{
    struct answer answer;

    answer_text_write_head(decision, false, &source->head);
    answer = *answer_text_read(&source->answer_text, &source->head, "");
    answer.header_block = ""; /* There was none. */
    return source->listener.headers(source->listener.user, transfer->entry.key, &answer);
}

static xbits_result begin(struct file_source *source, struct file_transfer *transfer)
{
    struct resource_answer decision;

    transfer->was_reported = true;
    TRY(stat_file(source, transfer->path, &transfer->stat));
    decide(transfer, &decision);
    if (decision.has_body && decision.range_count > 0) {
        TRY(disk_open(source->disk, transfer->path, DISK_OPEN_READ, &transfer->file));
        transfer->offset = decision.ranges[0].first;
        transfer->left = decision.ranges[0].last - transfer->offset + 1;
    }
    return report_head(source, transfer, &decision);
}

static xbits_result fail_changed(const struct file_transfer *transfer)
{
    return xbits_fail(XBITS_BG_E_REMOTE_FILE_CHANGED, "%s changed while it was read",
                      transfer->path);
}

static xbits_result read_chunk(struct file_source *source, struct file_transfer *transfer)
{
    size_t size = transfer->left < CHUNK_SIZE ? (size_t)transfer->left : CHUNK_SIZE;
    size_t read = 0;

    TRY(disk_read_at(source->disk, transfer->file, transfer->offset, source->chunk, size, &read));
    if (read < size)
        return fail_changed(transfer);
    transfer->offset += size;
    transfer->left -= size;
    return source->listener.body(source->listener.user, transfer->entry.key, source->chunk, size);
}

/* What was read is one state of the file only when it is the same file still. */
static xbits_result check_unchanged(const struct file_source *source,
                                    const struct file_transfer *transfer)
{
    struct disk_stat now;

    TRY(stat_file(source, transfer->path, &now));
    if (now.size != transfer->stat.size || now.modified != transfer->stat.modified ||
        now.device != transfer->stat.device || now.inode != transfer->stat.inode)
        return fail_changed(transfer);
    return XBITS_S_OK;
}

static xbits_result step(struct file_source *source, struct file_transfer *transfer)
{
    if (!transfer->was_reported)
        return begin(source, transfer);
    if (transfer->left > 0)
        TRY(read_chunk(source, transfer));
    if (transfer->left == 0 && transfer->file != NULL && !transfer->is_stopped)
        return check_unchanged(source, transfer);
    return XBITS_S_OK;
}

static void end(struct file_source *source, struct file_transfer *transfer, xbits_result result)
{
    uint64_t key = transfer->entry.key;
    struct xbits_error error;

    if (XBITS_FAILED(result)) {
        error = *xbits_last_error();
        error.result = result;
    }
    /* First all of this, because the listener may start its next request under the same key. */
    (void)key_map_remove(&source->live, key);
    free_transfer(source, transfer);
    source->listener.ended(source->listener.user, key, result,
                           XBITS_FAILED(result) ? &error : NULL);
}

static void source_poll(struct transfer_source *base, uint64_t now_ms, uint64_t wait_ms)
{
    struct file_source *source = source_of(base);
    struct file_transfer *transfer = source->first;

    (void)now_ms;
    (void)wait_ms;
    source->first = NULL;
    source->end = &source->first;
    for (struct file_transfer *next; transfer != NULL; transfer = next) {
        xbits_result result = transfer->is_stopped ? XBITS_S_OK : step(source, transfer);

        next = transfer->next;
        if (transfer->is_stopped)
            free_transfer(source, transfer);
        else if (XBITS_FAILED(result) || transfer->left == 0)
            end(source, transfer, result);
        else
            append(source, transfer);
    }
}

static void source_wake(struct transfer_source *base)
{
    (void)base;
}

/* As long as there is a file, poll has something to do at once. */
static uint64_t source_next_due_ms(struct transfer_source *base)
{
    return source_of(base)->first != NULL ? 0 : UINT64_MAX;
}

/* A disk takes real time, like a socket. */
static bool source_is_moving(struct transfer_source *base)
{
    return source_of(base)->live.count > 0;
}

static size_t source_count(struct transfer_source *base)
{
    return source_of(base)->live.count;
}

static xbits_result source_set_origin(struct transfer_source *base, const char *ini)
{
    (void)base;
    (void)ini;
    return xbits_fail(XBITS_E_NOTIMPL, "files are read from the disk, which cannot be replaced");
}

static void source_free(struct transfer_source *base)
{
    struct file_source *source = source_of(base);

    for (struct file_transfer *transfer = source->first, *next; transfer != NULL; transfer = next) {
        next = transfer->next;
        free_transfer(source, transfer);
    }
    key_map_dispose(&source->live);
    http_head_dispose(&source->head);
    free(source);
}

static const struct transfer_source_ops file_source_ops = {
    .start = source_start,
    .stop = source_stop,
    .poll = source_poll,
    .wake = source_wake,
    .next_due_ms = source_next_due_ms,
    .is_moving = source_is_moving,
    .count = source_count,
    .set_origin = source_set_origin,
    .free = source_free,
};

xbits_result transfer_file_new(const struct transfer_options *options,
                               struct transfer_source **source_out)
{
    struct file_source *source = calloc(1, sizeof(*source));

    if (source == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read files");
    source->base.ops = &file_source_ops;
    source->listener = options->listener;
    source->disk = options->disk;
    source->end = &source->first;
    http_head_init(&source->head);
    *source_out = &source->base;
    return XBITS_S_OK;
}
