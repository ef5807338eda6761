/* SPDX-License-Identifier: MIT */
#ifndef QUEUE_QUEUE_H
#define QUEUE_QUEUE_H

#include "backend-sim/engine/record.h"
#include "base/disk.h"

/*
 * A queue's jobs on disk: queue.db (SQLite, WAL) in the queue's directory. One thread at a time; no
 * lock is held by the caller, because every call may wait for the disk. Who owns a queue is decided
 * by queue_lock, not by the database.
 */
struct queue;

/* The owner's lock: a file "lock" in the directory that holds the owner's process id. */
struct queue_lock;

/* Makes the directory and its parents if missing (0700). Results: XBITS_S_OK; 0x80070021
 * XBITS_ERROR_LOCK_VIOLATION (the message names the process that owns it and two ways on); the
 * disk's. */
xbits_result queue_lock_take(struct disk *disk, const char *directory,
                             struct queue_lock **lock_out);
void queue_lock_release(struct queue_lock *lock); /* NULL is fine. */
/* Who owns it; 0: nobody, or there is no such queue. */
uint64_t queue_lock_owner(struct disk *disk, const char *directory);

struct queue_options {
    const char *directory;
    struct disk *disk;
    bool is_read_only;
    const char *boot_id; /* NULL: the system's. Another one than the last owner's is a restart. */
};

/*
 * Opens queue.db; the owner makes it if missing, brings an older schema up to date and, when the
 * last owner did not close it, checks it. Results: XBITS_S_OK; XBITS_BG_E_DATABASE_CORRUPT
 * (damaged; the owner set it aside, message names both paths; a reader left it alone);
 * XBITS_ERROR_REVISION_MISMATCH (newer schema); XBITS_ERROR_FILE_NOT_FOUND (a reader, no queue);
 * the disk's.
 */
xbits_result queue_open(const struct queue_options *options, struct queue **queue_out);
/* The owner says that all is well; then the file needs no check next time. NULL is fine. */
void queue_close(struct queue *queue);
/* The owner could not write all: the next one is told that this one was interrupted. */
void queue_abandon(struct queue *queue);

/* True when the last owner did not close the queue: it was killed, or the power went. */
bool queue_was_interrupted(const struct queue *queue);
/* True when the system was restarted since the last owner: of a file only its synced bytes count.
 */
bool queue_was_restarted(const struct queue *queue);
/* The largest numbers ever written, of jobs that are gone included. */
uint64_t queue_newest_change(const struct queue *queue);
uint64_t queue_newest_serial(const struct queue *queue);
uint64_t queue_newest_event(const struct queue *queue);

/*
 * Visits the whole record (every file) of each job that changed after a change number, in order of
 * creation; 0: of each job. The visitor takes the record. Stops at its first failure, which it
 * returns. written is already what counts: the smaller mark after a restart.
 */
typedef xbits_result queue_job_visit(void *user, struct job_record *record);
xbits_result queue_read_jobs(struct queue *queue, uint64_t after_change, queue_job_visit *visit,
                             void *user);
/* Events after a number, in order; the visitor takes the record. */
typedef xbits_result queue_event_visit(void *user, struct event_record *record);
xbits_result queue_read_events(struct queue *queue, uint64_t after_number, queue_event_visit *visit,
                               void *user);
/* A reader: did another process write since the last call? Cheap. */
bool queue_has_news(struct queue *queue);

/*
 * Writes the batch in one transaction. is_durable: it is on the medium when the call returns, with
 * every earlier one; else it survives the end of the process, not a power cut. On failure nothing
 * of it is written.
 */
xbits_result queue_write(struct queue *queue, const struct record_batch *batch, bool is_durable);

/*
 * Temporary files of jobs that are over: a record with is_over leaves one for each file that has a
 * temporary one; a later record of the same job without it takes it away. The owner deletes what is
 * left when it opens, and says so with queue_forget_leftover.
 */
typedef xbits_result queue_leftover_visit(void *user, const char *path);
xbits_result queue_read_leftovers(struct queue *queue, queue_leftover_visit *visit, void *user);
xbits_result queue_forget_leftover(struct queue *queue, const char *path);

#endif
