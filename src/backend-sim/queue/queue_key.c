/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

#include "base/log.h"
#include "base/text.h"

/*
 * "secret.key" beside queue.db: made with the first secret, under another name first, so that a
 * file of this name is whole. It is replaced by nobody: one that is refused may be a good one whose
 * permissions somebody can mend.
 */

static xbits_result name_key(const struct queue *queue, const char *end, struct text *path)
{
    return text_format(path, "%s/secret.key%s", queue->directory, end);
}

static xbits_result refuse(struct queue_key *key, const char *path, const char *why)
{
    log_line(LOG_ENGINE, "the key %s is refused: %s", path, why);
    key->state = QUEUE_KEY_REFUSED;
    text_copy_into(key->why, sizeof(key->why), why);
    return XBITS_S_OK;
}

static xbits_result read_file(struct queue *queue, const char *path, struct secret_key_file *file)
{
    struct disk_file *open_file = NULL;
    xbits_result result;

    TRY(disk_open(queue->disk, path, DISK_OPEN_READ, &open_file));
    result = disk_read_at(queue->disk, open_file, 0, file->bytes, sizeof(file->bytes), &file->size);
    (void)disk_close(queue->disk, open_file);
    return result;
}

static xbits_result take_file(struct queue *queue, const char *path)
{
    struct queue_key *key = &queue->key;
    struct secret_key_file file = { 0 };
    xbits_result result = read_file(queue, path, &file);

    if (XBITS_FAILED(result))
        return result;
    result = secret_key_from_file(&file, &key->key);
    secret_wipe(&file, sizeof(file));
    if (XBITS_FAILED(result))
        return refuse(key, path, xbits_last_error()->message);
    key->state = QUEUE_KEY_READ;
    return XBITS_S_OK;
}

/* Whoever may change the directory between the look and the opening has the queue anyway. */
static xbits_result look_at(struct queue *queue, const char *path)
{
    struct queue_key *key = &queue->key;
    struct disk_stat status;
    xbits_result result = disk_stat(queue->disk, path, &status);

    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND) {
        key->state = QUEUE_KEY_MISSING;
        text_copy_into(key->why, sizeof(key->why), "there is no secret.key");
        return XBITS_S_OK;
    }
    TRY(result);
    if (status.is_link)
        return refuse(key, path, "it is a symbolic link");
    if (!status.is_regular)
        return refuse(key, path, "it is no regular file");
    if (status.is_exposed)
        return refuse(key, path, "it is not for its owner alone (its mode must be 0600)");
    return take_file(queue, path);
}

/* A reader goes on without what it cannot read: it loses nothing by that. */
static xbits_result find(struct queue *queue, const char *path)
{
    xbits_result result = look_at(queue, path);

    if (XBITS_FAILED(result) && queue->is_read_only)
        return refuse(&queue->key, path, xbits_last_error()->message);
    return result;
}

xbits_result queue_find_key(struct queue *queue)
{
    struct text path = { 0 };
    xbits_result result;

    if (queue->key.state != QUEUE_KEY_UNKNOWN)
        return XBITS_S_OK;
    result = name_key(queue, "", &path);
    if (XBITS_SUCCEEDED(result))
        result = find(queue, text_c(&path));
    text_dispose(&path);
    return result;
}

static xbits_result write_file(struct queue *queue, const char *path,
                               const struct secret_key_file *file)
{
    struct disk_file *open_file = NULL;
    xbits_result result = disk_remove(queue->disk, path);
    xbits_result closed;

    /* One that a crash left has whatever permissions somebody gave it. */
    if (XBITS_FAILED(result) && result != XBITS_ERROR_FILE_NOT_FOUND)
        return result;
    TRY(disk_open(queue->disk, path, DISK_OPEN_UPDATE, &open_file));
    result = disk_write_at(queue->disk, open_file, 0, file->bytes, file->size);
    if (XBITS_SUCCEEDED(result))
        result = disk_sync(queue->disk, open_file);
    closed = disk_close(queue->disk, open_file);
    return XBITS_FAILED(result) ? result : closed;
}

static xbits_result keep_file(struct queue *queue, const struct secret_key_file *file)
{
    struct text path = { 0 };
    struct text fresh = { 0 };
    xbits_result result = name_key(queue, "", &path);

    if (XBITS_SUCCEEDED(result))
        result = name_key(queue, ".new", &fresh);
    if (XBITS_SUCCEEDED(result))
        result = write_file(queue, text_c(&fresh), file);
    if (XBITS_SUCCEEDED(result))
        result = disk_rename(queue->disk, text_c(&fresh), text_c(&path));
    if (XBITS_SUCCEEDED(result))
        result = disk_sync_directory(queue->disk, queue->directory);
    text_dispose(&path);
    text_dispose(&fresh);
    return result;
}

static xbits_result make_key(struct queue *queue)
{
    struct secret_key_file file = { 0 };
    struct secret_key key = { 0 };
    xbits_result result = secret_key_new(&key);

    if (XBITS_SUCCEEDED(result))
        result = secret_key_to_file(&key, &file);
    if (XBITS_SUCCEEDED(result))
        result = keep_file(queue, &file);
    if (XBITS_SUCCEEDED(result)) {
        queue->key.key = key;
        queue->key.state = QUEUE_KEY_READ;
    } else {
        /* The next one looks whether it got its name all the same. */
        queue_forget_key(queue);
    }
    secret_wipe(&file, sizeof(file));
    secret_wipe(&key, sizeof(key));
    return result;
}

xbits_result queue_need_key(struct queue *queue)
{
    TRY(queue_find_key(queue));
    if (queue->key.state != QUEUE_KEY_MISSING || !secret_is_available())
        return XBITS_S_OK;
    return make_key(queue);
}

void queue_forget_key(struct queue *queue)
{
    secret_wipe(&queue->key, sizeof(queue->key));
}

const char *queue_key_reason(const struct queue *queue)
{
    return secret_is_available() ? queue->key.why
                                 : "this build seals no secrets, without libcrypto";
}
