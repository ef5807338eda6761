/* SPDX-License-Identifier: MIT */
#ifndef XBITS_FILE_H
#define XBITS_FILE_H

#include "xbits/job.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A file is a job and an index in the order of adding (EnumFiles). */

/* Called for each file; the snapshot's texts are valid until it returns. False ends the visit. */
typedef bool xbits_file_visit(const struct xbits_file_snapshot *snapshot, void *user);

/* Visits the files as they are now; works on final jobs. Results: XBITS_S_OK; XBITS_E_ABORT. */
XBITS_API xbits_result xbits_job_visit_files(struct xbits_job *job, xbits_file_visit *visit,
                                             void *user);

/* Reads one file. The texts belong to the job handle, as with xbits_job_read.
 * Results: XBITS_S_OK; XBITS_BG_E_FILE_NOT_AVAILABLE (no such index); XBITS_E_ABORT. */
XBITS_API xbits_result xbits_job_read_file(struct xbits_job *job, uint32_t file,
                                           struct xbits_file_snapshot *snapshot_out);

/* As xbits_job_get and xbits_job_set, for one file; also XBITS_BG_E_FILE_NOT_AVAILABLE. */
XBITS_API xbits_result xbits_job_get_file(struct xbits_job *job, uint32_t file,
                                          enum xbits_file_property property,
                                          struct xbits_value *value_out);
XBITS_API xbits_result xbits_job_set_file(struct xbits_job *job, uint32_t file,
                                          enum xbits_file_property property,
                                          const struct xbits_value *value);

#ifdef __cplusplus
}
#endif

#endif
