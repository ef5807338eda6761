/* SPDX-License-Identifier: MIT */
#ifndef CLI_FILE_PAIRS_H
#define CLI_FILE_PAIRS_H

#include <stddef.h>

#include "xbits/job.h"

/* Operands URL FILE [URL FILE...] as the API takes them; the local names are ours. */
struct file_pairs {
    struct xbits_file_spec *specs;
    char **local_names;
    size_t count;
};

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG: a URL has no FILE. */
xbits_result file_pairs_check(const char *verb, const char *const *words, size_t word_count);

/*
 * Reads the pairs. Zeroed storage in. Results: XBITS_S_OK; XBITS_E_INVALIDARG (two files would get
 * one name); XBITS_E_OUTOFMEMORY; as path_for_download. Dispose in any case.
 */
xbits_result file_pairs_init(struct file_pairs *pairs, const char *const *words, size_t word_count);
void file_pairs_dispose(struct file_pairs *pairs);

/* Adds the files to the job, all or none. Results: as xbits_job_add_files, and XBITS_E_INVALIDARG
 * when a file of the job has one of the names already. */
xbits_result file_pairs_add(const struct file_pairs *pairs, struct xbits_job *job);

#endif
