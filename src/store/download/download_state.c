/* SPDX-License-Identifier: MIT */
#include "store/download/download_state.h"

#include <stddef.h>

/* There is no number for a failure: a job in ERROR counts as canceled until it is resumed. */
static const enum xbits_download_state states[XBITS_STATE_COUNT] = {
    [XBITS_STATE_QUEUED] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_CONNECTING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_SUSPENDED] = XBITS_DOWNLOAD_PAUSED,
    [XBITS_STATE_ERROR] = XBITS_DOWNLOAD_CANCELED,
    [XBITS_STATE_TRANSIENT_ERROR] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRED] = XBITS_DOWNLOAD_PROCESSING,
    [XBITS_STATE_ACKNOWLEDGED] = XBITS_DOWNLOAD_COMPLETED,
    [XBITS_STATE_CANCELLED] = XBITS_DOWNLOAD_CANCELED,
};

static const char *const names[] = {
    [XBITS_DOWNLOAD_DOWNLOADING] = "Downloading", [XBITS_DOWNLOAD_PAUSED] = "Paused",
    [XBITS_DOWNLOAD_PROCESSING] = "Processing",   [XBITS_DOWNLOAD_COMPLETED] = "Completed",
    [XBITS_DOWNLOAD_CANCELED] = "Canceled",
};

#define NAME_COUNT (sizeof names / sizeof names[0])

enum xbits_download_state download_state_of_job(enum xbits_job_state state)
{
    return states[state];
}

const char *xbits_download_state_name(enum xbits_download_state state)
{
    return (size_t)state < NAME_COUNT ? names[state] : "unknown";
}
