/* SPDX-License-Identifier: MIT */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "xbits/xbits.h"

/* What the measuring programs share. They use the public API only, as any program would. */

/* Ends the program with the call's sentence when it failed. */
void bench_check(xbits_result result, const char *what);

/* Ends the program with a sentence. */
void bench_give_up(const char *what);

/* Seconds of a clock that only moves forward. */
double bench_now_s(void);

/* A number of the command line. */
size_t bench_number(const char *text);

/* Zeroed memory, or the end of the program. */
void *bench_allocate(size_t count, size_t size);

/* Options of a service: no limits on jobs and files. */
void bench_options(struct xbits_options *options_out);

/* Resident memory of this process in KiB, and how often its threads have been woken so far. */
size_t bench_resident_kib(void);
size_t bench_wake_ups(void);

#endif
