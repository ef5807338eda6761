/* SPDX-License-Identifier: MIT */
#ifndef CLI_WHY_H
#define CLI_WHY_H

#include <stddef.h>

#include "base/text.h"
#include "xbits/snapshot.h"

/* Why a job does not move, and what would move it: pure, from what is known of it. */

/* Another job that this one waits for. */
struct why_blocker {
    bool is_there;
    struct xbits_id id;
    enum xbits_job_state state;
    enum xbits_job_priority priority;
    const char *display_name;
};

struct why_facts {
    const struct xbits_job_snapshot *job;
    int64_t now;           /* FILETIME */
    uint64_t owner;        /* The process that runs the queue; 0: nobody does. */
    const char *program;   /* What a command begins with: "xbits --queue DIR". */
    const char *url;       /* Of the file that the error is about, as it is shown; "". */
    const char *directory; /* Of its local name, as a word for a shell; "". */
    struct why_blocker blocker;
};

/* One thing that can be done. */
struct why_advice {
    struct text text;    /* "Free some space on the disk of /home/me" */
    struct text command; /* "xbits resume {...}"; "" when it is nothing that xbits does. */
};

#define WHY_ADVICE_MAXIMUM 8

struct why {
    const char *cause; /* A word for programs: "DISK_FULL" (docs/cli-json.md). */
    struct text text;  /* The cause as a sentence without its full stop. */
    struct why_advice advice[WHY_ADVICE_MAXIMUM];
    size_t advice_count;
};

/* Zeroed storage in. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. Dispose in any case. */
xbits_result why_explain(const struct why_facts *facts, struct why *why);
void why_dispose(struct why *why);

#endif
