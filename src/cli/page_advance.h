/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAGE_ADVANCE_H
#define CLI_PAGE_ADVANCE_H

#include "cli/page_session.h"

/* Lets ms pass on the session's clock, with all that happens on the way; less when the user
 * interrupts or nobody reads the output any more. Results: XBITS_S_OK; as page_session_step,
 * xbits_sim_advance and xbits_manager_next_change. */
xbits_result page_advance(struct page_session *session, uint64_t ms, bool *is_interrupted_out);

#endif
