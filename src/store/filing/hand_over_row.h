/* SPDX-License-Identifier: MIT */
#ifndef STORE_FILING_HAND_OVER_ROW_H
#define STORE_FILING_HAND_OVER_ROW_H

#include "store/filing/hand_over.h"

/* The journal's rows. Results: XBITS_S_OK; the database's. */
xbits_result hand_over_row_put(struct xbits_library *library, const struct hand_over *song);
/* Zeroed storage in. has_row_out false: there is none. */
xbits_result hand_over_row_get(struct xbits_library *library, const struct xbits_id *job,
                               struct hand_over *song, bool *has_row_out);
/* Inside the caller's transaction. */
xbits_result hand_over_row_delete(struct xbits_library *library, const struct xbits_id *job);

#endif
