/* SPDX-License-Identifier: MIT */
#include "cli/page_advance.h"

#include "cli/interrupt.h"
#include "xbits/change.h"
#include "xbits/sim.h"

/* How soon Ctrl-C is seen by a system that could not watch for it. */
#define SLICE_MS 250

/* A change of a job does not end the wait: when it is to be looked at, the player has said. */
static xbits_result wait_really(struct page_session *session, uint64_t ms)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct xbits_change change;

    XBITS_INIT(&change);
    return xbits_manager_next_change(session->manager, &cursor, ms < SLICE_MS ? ms : SLICE_MS,
                                     &change);
}

/* A page whose timers are always due does not stop the time. */
static xbits_result pass_until(struct page_session *session, uint64_t due_ms)
{
    uint64_t now_ms = page_session_now_ms(session);
    uint64_t ms = due_ms > now_ms ? due_ms - now_ms : 1;

    return session->wanted->is_realtime ? wait_really(session, ms)
                                        : xbits_sim_advance(session->manager, ms);
}

xbits_result page_advance(struct page_session *session, uint64_t ms, bool *is_interrupted_out)
{
    uint64_t until_ms = page_session_now_ms(session) + ms;
    bool is_interrupted = false;
    uint64_t due_ms;

    for (;;) {
        TRY(page_session_step(session, &due_ms));
        is_interrupted = session->is_interrupted || interrupt_take();
        if (is_interrupted || ferror(session->cli->out) || page_session_now_ms(session) >= until_ms)
            break;
        TRY(pass_until(session, due_ms < until_ms ? due_ms : until_ms));
    }
    *is_interrupted_out = is_interrupted;
    return XBITS_S_OK;
}
