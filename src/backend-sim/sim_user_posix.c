/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include <unistd.h>

unsigned long sim_user_id(void)
{
    return (unsigned long)getuid();
}
