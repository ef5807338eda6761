/* SPDX-License-Identifier: MIT */
#ifndef QUEUE_INTERNAL_H
#define QUEUE_INTERNAL_H

#include "backend-sim/queue/queue.h"
#include "base/text.h"
#include "persist/database.h"

/* What is asked of the database, as rows of queue_schema.c. */
enum queue_query {
    QUEUE_READ_META,
    QUEUE_WRITE_NUMBERS,
    QUEUE_PUT_JOB,
    QUEUE_FIND_JOB,
    QUEUE_DELETE_JOB,
    QUEUE_READ_JOBS,
    QUEUE_READ_CHANGED_JOBS,
    QUEUE_PUT_PROPERTY,
    QUEUE_DELETE_PROPERTIES,
    QUEUE_READ_PROPERTIES,
    QUEUE_READ_JOB_PROPERTIES,
    QUEUE_PUT_FILE,
    QUEUE_DELETE_FILES,
    QUEUE_READ_FILES,
    QUEUE_READ_JOB_FILES,
    QUEUE_READ_TEMPORARY_FILES,
    QUEUE_PUT_LEFTOVER,
    QUEUE_DELETE_LEFTOVER,
    QUEUE_DELETE_JOB_LEFTOVERS,
    QUEUE_READ_LEFTOVERS,
    QUEUE_PUT_EVENT,
    QUEUE_TRIM_EVENTS,
    QUEUE_READ_EVENTS,
    QUEUE_QUERY_COUNT
};
const char *queue_query_text(enum queue_query query);
extern const struct database_schema queue_schema;

struct queue_numbers {
    uint64_t change;
    uint64_t serial;
    uint64_t event;
};

struct queue {
    struct database *database; /* NULL once a damaged file was set aside. */
    struct statement *queries[QUEUE_QUERY_COUNT];
    struct disk *disk;
    char *directory;
    char *path;
    bool is_read_only;
    bool was_interrupted;
    bool was_restarted;
    uint64_t version; /* Of the database, when a reader last asked for news. */
    struct queue_numbers newest;
};

/* The statement, ready to bind. */
struct statement *queue_use(struct queue *queue, enum queue_query query);
/* Every call begins with it: a queue that was set aside answers XBITS_BG_E_DATABASE_CORRUPT. */
xbits_result queue_check_use(const struct queue *queue);
/* One moment for all that is read; what was newest then. */
xbits_result queue_begin_reading(struct queue *queue);
/* Ends it and hands on the result; the owner sets a damaged file aside. */
xbits_result queue_end_reading(struct queue *queue, xbits_result result);
void queue_close_database(struct queue *queue);

/* "queue.db" and its companions get names with the time. Returns the failure that names both. */
xbits_result queue_set_aside(struct queue *queue);
/* Companions of a queue.db that is gone must not meet a new one. */
xbits_result queue_set_strays_aside(struct queue *queue);

/* The sixteen bytes of an id in the order in which they are written. */
#define QUEUE_ID_BYTES 16
void queue_id_to_bytes(const struct xbits_id *id, uint8_t bytes[QUEUE_ID_BYTES]);
void queue_id_from_bytes(const uint8_t *bytes, struct xbits_id *id_out);
/* Results: XBITS_S_OK; XBITS_BG_E_DATABASE_CORRUPT (no sixteen bytes). */
xbits_result queue_read_id(struct queue *queue, struct statement *statement, int column,
                           struct xbits_id *id_out);
/* A number that must be at most so large. */
xbits_result queue_read_u32(struct queue *queue, struct statement *statement, int column,
                            uint32_t largest, uint32_t *number_out);

/* One property as places 2 .. 7 of QUEUE_PUT_PROPERTY, and from the same columns, less one, of
 * QUEUE_READ_PROPERTIES. detail is storage that must live until the statement ran. */
xbits_result queue_bind_property(struct statement *statement,
                                 const struct property_record *property, struct text *detail);
xbits_result queue_read_property(struct queue *queue, struct statement *statement,
                                 struct property_record *property_out);

/* Parts of queue_write. */
xbits_result queue_write_events(struct queue *queue, const struct record_batch *batch);
/* Keeps those that the record of a job that is over leaves; serial 0: it was never written. */
xbits_result queue_leave_files(struct queue *queue, const struct job_record *record,
                               uint64_t serial);

#endif
