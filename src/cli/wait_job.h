/* SPDX-License-Identifier: MIT */
#ifndef CLI_WAIT_JOB_H
#define CLI_WAIT_JOB_H

#include "cli/cli.h"
#include "cli/time_limit.h"
#include "xbits/job.h"

/* A job that the program waits for (xbits wait). */
struct wait_job {
    struct cli *cli;
    struct time_limit limit;
    uint32_t states; /* What is waited for. */
    bool is_owner;   /* This process runs the queue meanwhile. */
    uint64_t looked_ms;
    struct xbits_manager *manager;
    struct xbits_job *job;
    bool has_id; /* The job was found once. */
    struct xbits_id id;
    struct xbits_job_snapshot last; /* A copy: the job as it was when waiting ended. */
};

/*
 * Waits for the job that the first operand names: CLI_DONE in one of the states; CLI_FAILED in
 * ERROR, in a final state, or where nobody but this process could move it; CLI_TIMED_OUT;
 * CLI_INTERRUPTED. The queue is run meanwhile if nobody does; else its owner is looked at, and
 * followed when it ends. What failed at once has been told (CLI_NO_SUCH_JOB, CLI_FAILED): then last
 * is empty.
 */
enum cli_exit wait_job(struct wait_job *wait);

#endif
