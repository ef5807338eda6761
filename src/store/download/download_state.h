/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_DOWNLOAD_STATE_H
#define STORE_DOWNLOAD_DOWNLOAD_STATE_H

#include "xbits/player.h"

/* What a page is told of a job in this state. A job has no state for "being filed": between
 * Complete and the library an item is PROCESSING whatever its job says. */
enum xbits_download_state download_state_of_job(enum xbits_job_state state);

#endif
