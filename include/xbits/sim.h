/* SPDX-License-Identifier: MIT */
#ifndef XBITS_SIM_H
#define XBITS_SIM_H

#include "xbits/manager.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The simulator's face: its clock and its weather. Every call answers XBITS_E_NOTIMPL on an engine
 * that has none (real BITS).
 *
 * With XBITS_CLOCK_VIRTUAL nothing runs in the background. The engine runs inside xbits_job_wait,
 * xbits_manager_next_change and the calls below, on the caller's thread; a delay of 600 s takes no
 * time. While bytes move over a real socket virtual time stands still. With the same seed and the
 * scripted source the same calls give the same trace.
 */

/* Moves the virtual clock by ms and does all that falls due on the way.
 * Results: XBITS_S_OK; XBITS_E_NOTIMPL (system clock, or not a simulator); XBITS_E_ABORT. */
XBITS_API xbits_result xbits_sim_advance(struct xbits_manager *manager, uint64_t ms);

/*
 * Jumps from timer to timer until no timer is left, or until limit_ms of virtual time have passed.
 * elapsed_ms_out (may be NULL) receives how far the clock went.
 * Results: XBITS_S_OK (nothing left to wait for); XBITS_S_FALSE (limit reached); XBITS_E_NOTIMPL;
 * XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_sim_run(struct xbits_manager *manager, uint64_t limit_ms,
                                     uint64_t *elapsed_ms_out);

/* As xbits_sim_run, and stops as soon as stop(user) says so (asked after every step). */
typedef bool xbits_sim_stop(void *user);
XBITS_API xbits_result xbits_sim_run_until(struct xbits_manager *manager, uint64_t limit_ms,
                                           xbits_sim_stop *stop, void *user,
                                           uint64_t *elapsed_ms_out);

/* Takes the network away or brings it back: every running job goes to TRANSIENT_ERROR
 * (BG_E_NETWORK_DISCONNECTED) and comes back QUEUED without its retry delay. Works on either clock.
 */
XBITS_API xbits_result xbits_sim_set_network(struct xbits_manager *manager, bool is_up);

/*
 * Replaces what the in-memory origin of source "script" serves, from INI text: a section
 * [resource NAME] per file with url, and any of size, pattern, text, etag, last_modified, status,
 * fail_times, ranges, length, version, location, latency_ms, rate, cut_after (docs/origin.md).
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (line and key named; nothing changed); XBITS_E_NOTIMPL.
 */
XBITS_API xbits_result xbits_sim_set_origin(struct xbits_manager *manager, const char *ini);

#ifdef __cplusplus
}
#endif

#endif
