/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/queue.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backend-sim/queue/internal.h"
#include "base/text.h"

/* Another process reads for moments only; the owner's last checkpoint takes longest. */
#define BUSY_MS 5000
/* A count beyond it was never counted; what comes after it still has room. */
#define LARGEST_COUNT (INT64_MAX / 2)

xbits_result queue_read_id(struct queue *queue, struct statement *statement, int column,
                           struct xbits_id *id_out)
{
    size_t size = 0;
    const void *bytes = statement_bytes(statement, column, &size);

    if (size != ID_BYTES)
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: an id has %zu bytes", queue->path,
                          size);
    id_from_bytes(bytes, id_out);
    return XBITS_S_OK;
}

static xbits_result read_number(struct queue *queue, struct statement *statement, int column,
                                int64_t largest, int64_t *number_out)
{
    int64_t number = statement_i64(statement, column);

    if (number < 0 || number > largest) {
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: the number %" PRId64 " is out of range",
                          queue->path, number);
    }
    *number_out = number;
    return XBITS_S_OK;
}

xbits_result queue_read_u32(struct queue *queue, struct statement *statement, int column,
                            uint32_t largest, uint32_t *number_out)
{
    int64_t number = 0;

    TRY(read_number(queue, statement, column, largest, &number));
    *number_out = (uint32_t)number;
    return XBITS_S_OK;
}

xbits_result queue_read_count(struct queue *queue, struct statement *statement, int column,
                              uint64_t *number_out)
{
    int64_t number = 0;

    TRY(read_number(queue, statement, column, LARGEST_COUNT, &number));
    *number_out = (uint64_t)number;
    return XBITS_S_OK;
}

struct statement *queue_use(struct queue *queue, enum queue_query query)
{
    return queue->queries[query];
}

xbits_result queue_check_use(const struct queue *queue)
{
    if (queue->database == NULL) {
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT,
                          "the queue %s was damaged and is set aside: open it again", queue->path);
    }
    return XBITS_S_OK;
}

struct meta {
    struct queue_numbers newest;
    bool is_open;
    char *boot_id;
};

static xbits_result read_meta_row(struct queue *queue, struct statement *statement,
                                  struct meta *meta)
{
    TRY(queue_read_count(queue, statement, 0, &meta->newest.change));
    TRY(queue_read_count(queue, statement, 1, &meta->newest.serial));
    TRY(queue_read_count(queue, statement, 2, &meta->newest.event));
    meta->is_open = statement_i64(statement, 3) != 0;
    return statement_copy_text(statement, 4, &meta->boot_id);
}

static xbits_result read_meta(struct queue *queue, struct meta *meta)
{
    struct statement *statement = queue_use(queue, QUEUE_READ_META);
    bool has_row = false;
    xbits_result result;

    TRY(statement_step(statement, &has_row));
    if (!has_row)
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: its table meta is empty", queue->path);
    result = read_meta_row(queue, statement, meta);
    statement_reset(statement);
    return result;
}

xbits_result queue_begin_reading(struct queue *queue)
{
    struct meta meta = { 0 };
    xbits_result result;

    TRY(queue_check_use(queue));
    TRY(database_begin_reading(queue->database));
    result = read_meta(queue, &meta);
    free(meta.boot_id);
    if (XBITS_FAILED(result))
        return queue_end_reading(queue, result);
    queue->newest = meta.newest;
    return XBITS_S_OK;
}

xbits_result queue_end_reading(struct queue *queue, xbits_result result)
{
    database_roll_back(queue->database);
    return result == XBITS_BG_E_DATABASE_CORRUPT && !queue->is_read_only ? queue_set_aside(queue)
                                                                         : result;
}

/* A table or column that is missing is found here. */
static xbits_result prepare(struct queue *queue)
{
    for (unsigned i = 0; i < QUEUE_QUERY_COUNT; i++) {
        xbits_result result =
            statement_prepare(queue->database, queue_query_text(i), &queue->queries[i]);

        if (result == XBITS_E_UNEXPECTED) {
            struct xbits_error why = *xbits_last_error();

            return xbits_fail_native(XBITS_BG_E_DATABASE_CORRUPT, why.domain, why.native_code,
                                     "%s has other tables than a queue: %s", queue->path,
                                     why.message);
        }
        TRY(result);
    }
    return XBITS_S_OK;
}

/* '' is an owner without an identity, of whom nothing is known. NULL: there was no owner yet. */
static bool is_restart(const char *stored, const char *current)
{
    return stored != NULL && (current[0] == '\0' || strcmp(stored, current) != 0);
}

static xbits_result write_ownership(struct queue *queue, const char *boot_id)
{
    struct statement *statement = NULL;
    xbits_result result;

    if (queue->was_restarted) {
        TRY(database_run(queue->database,
                         "UPDATE file SET written = synced WHERE written > synced"));
    }
    TRY(statement_prepare(queue->database,
                          "UPDATE meta SET is_open = 1, boot_id = ?1, commits = commits + 1",
                          &statement));
    statement_bind_text(statement, 1, boot_id);
    result = statement_run(statement);
    statement_free(statement);
    return result;
}

static xbits_result begin_ownership(struct queue *queue, const char *boot_id)
{
    xbits_result result;

    TRY(database_begin(queue->database, true));
    result = write_ownership(queue, boot_id);
    if (XBITS_SUCCEEDED(result))
        return database_commit(queue->database);
    database_roll_back(queue->database);
    return result;
}

static xbits_result use_meta(struct queue *queue, const char *boot_id)
{
    struct meta meta = { 0 };
    xbits_result result = read_meta(queue, &meta);

    if (XBITS_SUCCEEDED(result)) {
        queue->newest = meta.newest;
        queue->was_interrupted = meta.is_open;
        queue->was_restarted = is_restart(meta.boot_id, boot_id);
    }
    free(meta.boot_id);
    TRY(result);
    if (queue->is_read_only)
        return database_version(queue->database, &queue->version);
    if (meta.is_open)
        TRY(database_check(queue->database));
    return begin_ownership(queue, boot_id);
}

static xbits_result open_database(struct queue *queue, const char *boot_id)
{
    const struct database_options options = { .path = queue->path,
                                              .disk = queue->disk,
                                              .is_read_only = queue->is_read_only,
                                              .busy_ms = BUSY_MS };

    TRY(database_open(&options, &queue->database));
    TRY(database_migrate(queue->database, &queue_schema));
    TRY(prepare(queue));
    return use_meta(queue, boot_id);
}

static xbits_result open_queue(struct queue *queue, const char *boot_id)
{
    xbits_result result;

    if (!queue->is_read_only) {
        TRY(disk_make_directory(queue->disk, queue->directory));
        TRY(queue_set_strays_aside(queue));
    }
    result = open_database(queue, boot_id);
    if (result == XBITS_BG_E_DATABASE_CORRUPT && !queue->is_read_only)
        return queue_set_aside(queue);
    if (queue->is_read_only && result == XBITS_ERROR_PATH_NOT_FOUND) {
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no queue in %s", queue->directory);
    }
    return result;
}

static xbits_result name_paths(struct queue *queue, const char *directory)
{
    struct text path = { 0 };

    TRY(text_copy(directory, &queue->directory));
    TRY(text_format(&path, "%s/queue.db", directory));
    queue->path = text_take(&path);
    return XBITS_S_OK;
}

void queue_close_database(struct queue *queue)
{
    for (unsigned i = 0; i < QUEUE_QUERY_COUNT; i++) {
        statement_free(queue->queries[i]);
        queue->queries[i] = NULL;
    }
    database_close(queue->database);
    queue->database = NULL;
}

static void free_queue(struct queue *queue)
{
    queue_close_database(queue);
    queue_forget_key(queue);
    free(queue->directory);
    free(queue->path);
    free(queue);
}

xbits_result queue_open(const struct queue_options *options, struct queue **queue_out)
{
    struct queue *queue = calloc(1, sizeof(*queue));
    char boot_id[BOOT_ID_SIZE] = "";
    xbits_result result;

    if (queue == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the queue %s", options->directory);
    if (options->boot_id != NULL)
        text_copy_into(boot_id, sizeof(boot_id), options->boot_id);
    else if (!disk_boot_id(options->disk, boot_id))
        boot_id[0] = '\0';
    queue->disk = options->disk;
    queue->is_read_only = options->is_read_only;
    result = name_paths(queue, options->directory);
    if (XBITS_SUCCEEDED(result))
        result = open_queue(queue, boot_id);
    if (XBITS_FAILED(result)) {
        free_queue(queue);
        return result;
    }
    *queue_out = queue;
    return XBITS_S_OK;
}

/* A failure costs the next open a check. */
void queue_close(struct queue *queue)
{
    if (queue == NULL)
        return;
    if (queue->database != NULL && !queue->is_read_only &&
        XBITS_SUCCEEDED(database_begin(queue->database, true))) {
        if (XBITS_SUCCEEDED(database_run(queue->database, "UPDATE meta SET is_open = 0")))
            (void)database_commit(queue->database);
        database_roll_back(queue->database);
        (void)database_checkpoint(queue->database);
    }
    free_queue(queue);
}

void queue_abandon(struct queue *queue)
{
    if (queue != NULL)
        free_queue(queue);
}

bool queue_was_interrupted(const struct queue *queue)
{
    return queue->was_interrupted;
}

bool queue_was_restarted(const struct queue *queue)
{
    return queue->was_restarted;
}

uint64_t queue_newest_change(const struct queue *queue)
{
    return queue->newest.change;
}

uint64_t queue_newest_serial(const struct queue *queue)
{
    return queue->newest.serial;
}

uint64_t queue_newest_event(const struct queue *queue)
{
    return queue->newest.event;
}

bool queue_has_news(struct queue *queue)
{
    uint64_t version = queue->version;

    if (queue->database == NULL || XBITS_FAILED(database_version(queue->database, &version)))
        return false;
    if (version == queue->version)
        return false;
    queue->version = version;
    return true;
}
