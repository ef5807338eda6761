/* SPDX-License-Identifier: MIT */
#ifndef CLI_RUN_QUEUE_H
#define CLI_RUN_QUEUE_H

#include "cli/cli.h"
#include "cli/job_table.h"
#include "cli/json_writer.h"
#include "cli/time_limit.h"
#include "xbits/change.h"

/* A queue that this program runs (xbits run). */
struct run_queue {
    struct cli *cli;
    struct xbits_manager *manager;
    struct time_limit limit;
    struct job_table jobs;
    struct json_writer writer;
    xbits_result result; /* Of what a visit could not do. */
};

/*
 * Tells each new state until nothing moves and no timer will move anything: CLI_DONE, or CLI_FAILED
 * when a job is in ERROR; until the time is over (CLI_TIMED_OUT) or the user interrupts
 * (CLI_INTERRUPTED). Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; as xbits_manager_next_change.
 */
xbits_result run_queue_follow(struct run_queue *queue, enum cli_exit *how_out);

/* Says how it ended and how many jobs are in which state. */
void run_queue_summarise(struct run_queue *queue, enum cli_exit how);

void run_queue_dispose(struct run_queue *queue);

#endif
