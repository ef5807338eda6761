/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

#include "xbits/snapshot.h"

/* Bytes a second, smoothed. */
struct progress_rate {
    bool has_sample;
    uint64_t sample_ms;
    uint64_t sample_bytes;
    double bytes_per_s;
};

/*
 * Shows a job while it runs: a bar that is redrawn in place on a terminal, plain lines elsewhere
 * (each new state, and how far it is at most once a second and once in ten percent).
 */
struct progress {
    FILE *stream; /* NULL: nothing is shown. */
    bool has_state;
    enum xbits_job_state state; /* The last one shown. */
    bool has_bar;               /* The cursor stands behind a bar. */
    uint64_t shown_ms;
    int shown_percent;
    struct progress_rate rate;
};

void progress_init(struct progress *progress, FILE *stream);

/* now_ms is the monotonic clock's, utc the job's clock's. */
void progress_show(struct progress *progress, const struct xbits_job_snapshot *job, uint64_t now_ms,
                   int64_t utc);

/* Shows the last moment and leaves the cursor at the head of a line. */
void progress_end(struct progress *progress, const struct xbits_job_snapshot *job, int64_t utc);

#endif
