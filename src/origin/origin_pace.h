/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_PACE_H
#define ORIGIN_ORIGIN_PACE_H

#include <stdint.h>

/*
 * How many bytes may leave now, elapsed_ms after the first, when `sent` have left already and the
 * rate (bytes a second; 0: none) shall hold on the whole. 0: none before *wait_ms_out have passed,
 * which is at least 1. A twentieth of a second may leave ahead of time, so that a quick answer
 * takes few steps.
 */
uint64_t origin_pace(uint64_t rate, uint64_t elapsed_ms, uint64_t sent, uint64_t *wait_ms_out);

#endif
