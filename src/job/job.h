/* SPDX-License-Identifier: MIT */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include "base/thread.h"
#include "job/manager.h"

/* A handle: a held job, and the texts that its last reads lent to the caller. */
struct xbits_job {
    struct xbits_manager *manager;
    struct xbits_job *next; /* Among the manager's open handles; its mutex guards both. */
    struct xbits_job *previous;
    struct xbits_id id;
    struct mutex *mutex; /* Guards the two copies. */
    struct xbits_job_snapshot snapshot;
    struct xbits_file_snapshot file;
};

/* Keeps the copy, which is the handle's from here on, and lends its content. */
void job_lend_snapshot(struct xbits_job *job, const struct xbits_job_snapshot *copy,
                       struct xbits_job_snapshot *snapshot_out);
void job_lend_file(struct xbits_job *job, const struct xbits_file_snapshot *copy,
                   struct xbits_file_snapshot *snapshot_out);

#endif
