/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOB_TEXT_H
#define CLI_JOB_TEXT_H

#include <stdio.h>

#include "xbits/snapshot.h"

/* Lines about one job, each with its label, indented alike (show and why). Foreign text is printed
 * safely. */

void job_text_head(FILE *stream, const struct xbits_job_snapshot *job); /* "{ID} name" */
void job_text_line(FILE *stream, const char *label, const char *text);  /* Nothing for "". */

/* "TRANSFERRING since 2026-11-21T15:00:00Z, for 3 h 12 min"; now is a FILETIME. */
void job_text_state(FILE *stream, const struct xbits_job_snapshot *job, int64_t now);

/* "the end of the retry delay, until 2026-11-21T15:10:00Z, in 6 min 48 s". */
void job_text_wait(FILE *stream, const struct xbits_job_snapshot *job, int64_t now);

/* What the job's error means, where it arose, and the HTTP status. */
void job_text_meaning(FILE *stream, const struct xbits_job_error *error);

#endif
