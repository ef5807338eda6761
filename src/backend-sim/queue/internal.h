/* SPDX-License-Identifier: MIT */
#ifndef QUEUE_INTERNAL_H
#define QUEUE_INTERNAL_H

#include "backend-sim/queue/queue.h"
#include "base/id.h"
#include "base/secret.h"
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
    QUEUE_CUT_FILES,
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

/* What is known of secret.key; zeroed: nothing yet. */
struct queue_key {
    enum { QUEUE_KEY_UNKNOWN, QUEUE_KEY_MISSING, QUEUE_KEY_REFUSED, QUEUE_KEY_READ } state;
    struct secret_key key;
    char why[256]; /* It is missing or refused. */
    bool is_told;  /* That secrets are not kept for want of it. */
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
    struct queue_key key;
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

/* Results: XBITS_S_OK; XBITS_BG_E_DATABASE_CORRUPT (no sixteen bytes). */
xbits_result queue_read_id(struct queue *queue, struct statement *statement, int column,
                           struct xbits_id *id_out);
/* A number that only ever rises: of a change, a job, an event. No queue comes near to the end. */
xbits_result queue_read_count(struct queue *queue, struct statement *statement, int column,
                              uint64_t *number_out);
/* A number that must be at most so large. */
xbits_result queue_read_u32(struct queue *queue, struct statement *statement, int column,
                            uint32_t largest, uint32_t *number_out);

/* A property as the columns of its row. Borrowed. */
struct property_row {
    const char *kind;
    bool has_number;
    int64_t number;
    const char *text;
    const char *detail;
    struct secret_bytes bytes;
};
/* storage is what some texts of the row are in. */
xbits_result queue_row_of(const struct xbits_value *value, struct text *storage,
                          struct property_row *row_out);
/* A copy. Results: XBITS_S_OK; XBITS_S_FALSE (no value has such a row); XBITS_E_OUTOFMEMORY. */
xbits_result queue_value_of(const struct property_row *row, struct xbits_value *value_out);

/* Writes one property of the job, sealed when its rule says that it is secret. */
xbits_result queue_put_property(struct queue *queue, const struct job_record *record,
                                const struct property_record *property);
/* The row where the statement is. Results: XBITS_S_OK; XBITS_S_FALSE (a secret that is lost: the
 * log says why); XBITS_BG_E_DATABASE_CORRUPT; XBITS_E_OUTOFMEMORY; the disk's, of secret.key. */
xbits_result queue_read_property(struct queue *queue, struct statement *statement,
                                 const struct xbits_id *job, struct property_record *property_out);

/* Reads secret.key unless it did; none that can be used is no failure but a state. A disk that
 * fails is one, for the owner. */
xbits_result queue_find_key(struct queue *queue);
/* Makes it also, durably, when it is missing. */
xbits_result queue_need_key(struct queue *queue);
void queue_forget_key(struct queue *queue);
/* Why there is none that can be used. */
const char *queue_key_reason(const struct queue *queue);

/* All of a row for one place: it opens as this property of this job only. No bytes: there is no key
 * that can be used, which the log was told. */
xbits_result queue_seal_row(struct queue *queue, const struct xbits_id *job,
                            enum xbits_job_property property, const struct property_row *row,
                            struct secret_bytes *sealed_out);
/* Replaces the sealed row by what was sealed, which is in plain_out. Results: as of
 * queue_read_property. */
xbits_result queue_open_row(struct queue *queue, const struct xbits_id *job,
                            enum xbits_job_property property, struct property_row *row,
                            struct secret_bytes *plain_out);
/* Tells the log. Returns XBITS_S_FALSE. */
xbits_result queue_lose_row(const struct xbits_id *job, enum xbits_job_property property,
                            const char *why);

/* Parts of queue_write. */
xbits_result queue_write_events(struct queue *queue, const struct record_batch *batch);
/* Keeps those that the record of a job that is over leaves; serial 0: it was never written. */
xbits_result queue_leave_files(struct queue *queue, const struct job_record *record,
                               uint64_t serial);

#endif
