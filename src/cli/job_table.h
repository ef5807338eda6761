/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOB_TABLE_H
#define CLI_JOB_TABLE_H

#include <stddef.h>

#include "base/result.h"
#include "xbits/snapshot.h"

/* What `xbits run` knows of each job, found by its id. Zeroed storage is an empty table. */
struct job_entry {
    struct xbits_id id;
    bool is_used;
    bool has_state; /* False: never seen before. */
    enum xbits_job_state state;
    bool is_pending; /* It moves, or a timer will move it. */
};

struct job_table {
    struct job_entry *entries;
    size_t capacity; /* A power of two. */
    size_t count;
    size_t pending_count;
};

/* The entry of a job, made if missing; valid until the next call. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result job_table_entry(struct job_table *table, const struct xbits_id *id,
                             struct job_entry **entry_out);

/* Keeps how an entry is now. */
void job_table_set(struct job_table *table, struct job_entry *entry, enum xbits_job_state state,
                   bool is_pending);

/* No job is pending any more, until it is set again. */
void job_table_forget_pending(struct job_table *table);

/* How many jobs are in each state. */
void job_table_count(const struct job_table *table, size_t counts_out[XBITS_STATE_COUNT]);

void job_table_dispose(struct job_table *table);

#endif
