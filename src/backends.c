/* SPDX-License-Identifier: MIT */
#include "xbits/manager.h"

#include "backend-sim/sim_backend.h"
#include "job/manager.h"

/* The one list of engines. The first is this platform's default. */
static const struct known_backend backends[] = {
    { .info = { .name = "sim",
                .summary = "BITS emulated on libcurl, with a virtual clock for tests",
                .is_available = true },
      .backend = &sim_backend },
    { .info = { .name = "bits", .summary = "Windows BITS through COM", .is_available = false },
      .backend = NULL },
};

#define BACKEND_COUNT (sizeof backends / sizeof backends[0])

const struct xbits_backend_info *xbits_backend_at(size_t index)
{
    return index < BACKEND_COUNT ? &backends[index].info : NULL;
}

xbits_result xbits_manager_open(const struct xbits_options *options,
                                struct xbits_manager **manager_out)
{
    return manager_open(backends, BACKEND_COUNT, options, manager_out);
}
