/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

/* The database first: were it left without its log, the next open would take it for whole. */
static const char *const companions[] = { "", "-wal", "-shm" };
#define COMPANION_COUNT (sizeof(companions) / sizeof(companions[0]))

static bool is_there(struct queue *queue, const char *path)
{
    struct disk_stat status = { 0 };

    return XBITS_SUCCEEDED(disk_stat(queue->disk, path, &status));
}

/* "20261121T153000Z": a time without what file names cannot have everywhere. */
static void format_stamp(char stamp[32])
{
    char utc[32];
    size_t length = 0;

    clock_format_utc(clock_utc(clock_system()), utc);
    for (const char *place = utc; *place != '\0'; place++) {
        if (*place != '-' && *place != ':')
            stamp[length++] = *place;
    }
    stamp[length] = '\0';
}

/* Also by a companion of a file that is gone. */
static xbits_result check_taken(struct queue *queue, const char *name, bool *is_taken)
{
    *is_taken = false;
    for (size_t i = 0; i < COMPANION_COUNT && !*is_taken; i++) {
        struct text path = { 0 };
        xbits_result result = text_format(&path, "%s%s", name, companions[i]);

        *is_taken = is_there(queue, text_c(&path));
        text_dispose(&path);
        TRY(result);
    }
    return XBITS_S_OK;
}

/* "<path>.damaged-<stamp>", with "-2", "-3" ... behind it when such a name is taken. */
static xbits_result find_name(struct queue *queue, struct text *name)
{
    bool is_taken = true;
    char stamp[32];

    format_stamp(stamp);
    for (unsigned number = 1; is_taken; number++) {
        text_clear(name);
        TRY(text_format(name, "%s.damaged-%s", queue->path, stamp));
        if (number > 1)
            TRY(text_format(name, "-%u", number));
        TRY(check_taken(queue, text_c(name), &is_taken));
    }
    return XBITS_S_OK;
}

/* The log keeps the name by which SQLite finds it beside its database. */
static xbits_result rename_companion(struct queue *queue, const char *companion, const char *name)
{
    struct text from = { 0 };
    struct text to = { 0 };
    xbits_result result = text_format(&from, "%s%s", queue->path, companion);

    if (XBITS_SUCCEEDED(result))
        result = text_format(&to, "%s%s", name, companion);
    if (XBITS_SUCCEEDED(result) && is_there(queue, text_c(&from)))
        result = disk_rename(queue->disk, text_c(&from), text_c(&to));
    text_dispose(&from);
    text_dispose(&to);
    return result;
}

static xbits_result rename_all(struct queue *queue, struct text *name)
{
    TRY(find_name(queue, name));
    for (size_t i = 0; i < COMPANION_COUNT; i++)
        TRY(rename_companion(queue, companions[i], text_c(name)));
    return disk_sync_directory(queue->disk, queue->directory);
}

xbits_result queue_set_aside(struct queue *queue)
{
    struct xbits_error why = *xbits_last_error();
    struct text name = { 0 };
    xbits_result result;

    queue_close_database(queue);
    result = rename_all(queue, &name);
    if (XBITS_SUCCEEDED(result)) {
        result = xbits_fail_native(XBITS_BG_E_DATABASE_CORRUPT, why.domain, why.native_code,
                                   "the queue %s was damaged and set aside as %s; the next open "
                                   "begins an empty one (%s)",
                                   queue->path, text_c(&name), why.message);
    } else {
        struct xbits_error obstacle = *xbits_last_error();

        result = xbits_fail_native(XBITS_BG_E_DATABASE_CORRUPT, why.domain, why.native_code,
                                   "the queue %s is damaged and could not be set aside: %s",
                                   queue->path, obstacle.message);
    }
    text_dispose(&name);
    return result;
}

xbits_result queue_set_strays_aside(struct queue *queue)
{
    struct text path = { 0 };
    struct text name = { 0 };
    bool has_stray = false;
    xbits_result result = XBITS_S_OK;

    if (is_there(queue, queue->path))
        return XBITS_S_OK;
    for (size_t i = 1; i < COMPANION_COUNT && XBITS_SUCCEEDED(result); i++) {
        text_clear(&path);
        result = text_format(&path, "%s%s", queue->path, companions[i]);
        has_stray = has_stray || (XBITS_SUCCEEDED(result) && is_there(queue, text_c(&path)));
    }
    if (XBITS_SUCCEEDED(result) && has_stray)
        result = rename_all(queue, &name);
    text_dispose(&path);
    text_dispose(&name);
    return result;
}
