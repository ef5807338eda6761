/* SPDX-License-Identifier: MIT */
#ifndef CLI_FIND_JOB_H
#define CLI_FIND_JOB_H

#include "cli/cli.h"
#include "xbits/job.h"

/*
 * Opens the job that a word of the command line names: a GUID, with or without braces, or the
 * display name of exactly one of the caller's jobs. Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND;
 * XBITS_E_INVALIDARG (several jobs have the name; the message lists their GUIDs); as
 * xbits_job_open.
 */
xbits_result find_job(struct xbits_manager *manager, const char *word, struct xbits_job **job_out);

/* Ends a verb whose job was not opened: CLI_NO_SUCH_JOB when there is none, else as cli_fail. */
enum cli_exit fail_to_find(struct cli *cli, const char *word);

#endif
