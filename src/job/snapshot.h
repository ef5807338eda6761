/* SPDX-License-Identifier: MIT */
#ifndef JOB_SNAPSHOT_H
#define JOB_SNAPSHOT_H

#include "xbits/snapshot.h"

/* A deep copy that lives until its dispose. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result file_snapshot_copy(const struct xbits_file_snapshot *snapshot,
                                struct xbits_file_snapshot *copy_out);
void file_snapshot_dispose(struct xbits_file_snapshot *copy);

#endif
