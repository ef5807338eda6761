/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROGRESS_TEXT_H
#define CLI_PROGRESS_TEXT_H

#include <stddef.h>

#include "base/text.h"
#include "xbits/snapshot.h"

/* What a moment of a job looks like in words; pure. */
struct progress_facts {
    struct xbits_job_progress progress;
    const char *state;   /* "TRANSFERRING" */
    double bytes_per_s;  /* 0: not known. */
    uint64_t next_try_s; /* PROGRESS_NO_TRY: none is due. */
};
#define PROGRESS_NO_TRY UINT64_MAX

/* Whole percents that are done; -1: the size is not known. */
int progress_percent(const struct xbits_job_progress *progress);

/* "[####----]  50%  32.0 MiB of 64.0 MiB  31.8 MiB/s  0:01 left  TRANSFERRING", at most width
 * columns, with as much of a bar as there is room for. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result progress_text_bar(struct text *text, const struct progress_facts *facts, size_t width);

/* The same without a bar. */
xbits_result progress_text_line(struct text *text, const struct progress_facts *facts);

/* "TRANSIENT_ERROR: the reason (NAME, 0x...), next try in 10:00". */
xbits_result progress_text_reason(struct text *text, const struct progress_facts *facts,
                                  const struct xbits_job_error *error);

#endif
