/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILING_COMPLETION_H
#define STORE_FILING_COMPLETION_H

#include "store/filing/hand_over.h"
#include "xbits/job.h"

/*
 * Completes a job of one file that is TRANSFERRED, with its row in the journal before; what remains
 * is hand_over_finish. is_completed_out is written on failure, too: a queue that could not be
 * written says that Complete failed, though it was carried out. When it was not, the row is gone.
 * song: description, source_url (a password in it is not kept) and began; its other fields are
 * filled from the job. Results: XBITS_S_OK; as xbits_job_complete; the disk's; the database's.
 */
xbits_result completion_run(struct xbits_library *library, struct xbits_job *job,
                            const struct hand_over *song, bool *is_completed_out);

#endif
