/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

/* Windows has no user numbers; one emulated user is all that a queue in memory needs. */
unsigned long sim_user_id(void)
{
    return 1000;
}
