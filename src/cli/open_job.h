/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_JOB_H
#define CLI_OPEN_JOB_H

#include <jansson.h>

#include "cli/cli.h"
#include "xbits/job.h"

/* The one job that a verb works on. Zeroed storage is safe to close. */
struct open_job {
    struct xbits_manager *manager;
    struct xbits_job *job;
};

/*
 * Opens the queue, and in it the job that the first operand names. Returns CLI_DONE; else what the
 * verb ends with, and why has been told. With XBITS_ACCESS_READ it says who runs the queue.
 */
enum cli_exit open_job(struct cli *cli, enum xbits_access access, struct open_job *opened);
void open_job_close(struct open_job *opened);

/* How a job is named in an answer: its GUID and its display name. */
void open_job_print_name(FILE *stream, struct xbits_job *job);

/* { "id", "name" }; NULL: no memory. */
json_t *open_job_to_json(struct xbits_job *job);

#endif
