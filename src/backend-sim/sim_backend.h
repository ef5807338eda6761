/* SPDX-License-Identifier: MIT */
#ifndef SIM_BACKEND_H
#define SIM_BACKEND_H

#include "job/backend.h"

/* The BITS emulation, as src/backends.c lists it. */
extern const struct backend sim_backend;

struct clock;
struct disk;

/* As sim_backend.open on a disk that is passed in: for tests with a faulty one. The disk outlives
 * it. */
xbits_result sim_backend_open_on(const struct xbits_options *options, struct disk *disk,
                                 struct backend_connection **connection_out);

#endif
