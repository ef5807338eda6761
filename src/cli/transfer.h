/* SPDX-License-Identifier: MIT */
#ifndef CLI_TRANSFER_H
#define CLI_TRANSFER_H

#include "cli/cli.h"
#include "xbits/xbits.h"

/* A job that the program watches to its end (xbits transfer). */
struct transfer {
    struct cli *cli;
    struct xbits_manager *manager;
    struct xbits_job *job;
    char *queue;                    /* The directory of --queue; NULL: a queue in memory. */
    uint64_t started_ms;            /* Monotonic. */
    uint64_t timeout_s;             /* 0: none. */
    uint64_t elapsed_ms;            /* Set by transfer_follow. */
    struct xbits_job_snapshot last; /* A copy: the job as it was when following ended. */
};

/*
 * Shows the job until it is TRANSFERRED (CLI_DONE) or in ERROR (CLI_FAILED), the time is over
 * (CLI_TIMED_OUT) or the user interrupts (CLI_INTERRUPTED), and keeps its last moment. A job in
 * TRANSIENT_ERROR goes on: it tries again by itself.
 * Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; as xbits_job_wait.
 */
xbits_result transfer_follow(struct transfer *transfer, enum cli_exit *how_out);

/* Says on standard error why a job that is not done ended. */
void transfer_report_failure(const struct transfer *transfer, enum cli_exit how);

/* What is left to do with a job that stays in its queue. */
enum transfer_rest {
    TRANSFER_CONTINUE, /* Resume, run and complete it. */
    TRANSFER_COMPLETE
};

/* Says on standard error by which commands it is done. */
void transfer_print_command(const struct transfer *transfer, enum transfer_rest rest);

/* Prints what was fetched, as text or as JSON. Returns how, or CLI_FAILED when that fails. */
enum cli_exit transfer_report(struct transfer *transfer, enum cli_exit how);

#endif
