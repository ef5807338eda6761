/* SPDX-License-Identifier: MIT */
#ifndef UNIT_QUEUE_FIXTURE_H
#define UNIT_QUEUE_FIXTURE_H

#include "backend-sim/queue/queue.h"
#include "support/temp_directory.h"

/* A queue in a directory of its own, and records to put into it. */
struct queue_fixture {
    struct temp_directory directory;
    struct queue *queue; /* NULL while nobody has it open. */
    const char *boot_id;
};

int queue_fixture_begin(void **state);
int queue_fixture_end(void **state);

/* Opens as owner what is not open, or expects the result. */
void queue_fixture_open(struct queue_fixture *fixture);
void queue_fixture_reopen(struct queue_fixture *fixture);
xbits_result queue_fixture_try(struct queue_fixture *fixture, bool is_read_only,
                               struct queue **queue_out);

/* A job with so many files: number is its serial and part of all of its texts. */
struct job_record make_record(uint64_t number, size_t file_count);
struct event_record make_event(uint64_t number);
/* Writes one record or event, durably, and disposes of it. */
void write_record(struct queue *queue, struct job_record record);
void write_event(struct queue *queue, struct event_record event);

/* What is in a queue after a change number, in order. */
struct record_list {
    struct job_record *records;
    size_t count;
};
struct record_list read_records(struct queue *queue, uint64_t after_change);
void record_list_dispose(struct record_list *list);

/* Every field and file is the same. */
void assert_same_record(const struct job_record *expected, const struct job_record *got);

/* Runs SQL on queue.db by a connection of its own. */
void run_sql(const struct queue_fixture *fixture, const char *sql);

/* The entry of the directory that begins with the text; "" when there is none. */
void find_entry(const struct temp_directory *directory, const char *start,
                char path[TEMP_PATH_SIZE]);

#endif
