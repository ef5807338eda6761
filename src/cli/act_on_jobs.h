/* SPDX-License-Identifier: MIT */
#ifndef CLI_ACT_ON_JOBS_H
#define CLI_ACT_ON_JOBS_H

#include "cli/cli.h"
#include "xbits/job.h"

/* A request that a verb makes of each of its jobs. */
struct job_act {
    const char *verb; /* "suspend" */
    const char *done; /* "Suspended" */
    xbits_result (*carry_out)(struct xbits_job *job);
    uint32_t states;  /* What --all takes: jobs in these states. */
    bool needs_files; /* --all leaves out jobs without. */
};

/* The options of such a verb. */
struct act_values {
    bool is_all;
};

/*
 * Makes the request of each job that the operands name, or with --all of each of the caller's in
 * the act's states. Each failure is told and ends nothing; the highest exit status is returned.
 */
enum cli_exit act_on_jobs(struct cli *cli, const struct job_act *act);

#endif
