/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_EFFECT_H
#define ENGINE_EFFECT_H

#include "backend-sim/engine/answer.h"
#include "base/result.h"

struct engine_job;

/*
 * The engine's outbox. It decides under the lock and touches nothing; whoever drives it carries the
 * effects out in order, without the lock, and answers each with exactly one happening of the same
 * run; GET and FINISH may have an OPENED before it, GET any number of MOVED. A STOP has the
 * requests that it stops answered first: ENDED and AHEAD with a failure, which nobody reads.
 */
enum effect_kind {
    EFFECT_HEAD,       /* Make the request. Answer: ENDED, with the answer's head. */
    EFFECT_AHEAD,      /* The same for the next file, beside the GET before it. Answer: AHEAD. */
    EFFECT_GET,        /* Open the temporary file if it is not, make the request. OPENED, ENDED. */
    EFFECT_FINISH,     /* Open if need be; flush, sync, set the time, close. OPENED, FINISHED. */
    EFFECT_STOP,       /* Stop the request, flush, close. STOPPED. */
    EFFECT_PUBLISH,    /* Rename the temporary file to the local name. PUBLISHED. */
    EFFECT_SYNC,       /* Make the renames in the file's directory durable. PUBLISHED. */
    EFFECT_REMOVE,     /* Delete the temporary file. REMOVED. */
    EFFECT_RUN_COMMAND /* Run the notification command. RAN, when it has ended. */
};

struct effect {
    enum effect_kind kind;
    uint32_t file;
    struct engine_job *job;
    uint64_t run;
    bool has_range; /* GET */
    uint64_t range_first;
    uint64_t range_last;
};

enum happening_kind {
    HAPPENED_IN_LINE,  /* The request waits until others have ended ... */
    HAPPENED_BEGUN,    /* ... and now is made. */
    HAPPENED_OPENED,   /* text: the temporary file's path; number, device, inode. */
    HAPPENED_MOVED,    /* position: bytes of the file that were written; synced. */
    HAPPENED_ENDED,    /* result, head (NULL: none came), position. */
    HAPPENED_AHEAD,    /* result, head. */
    HAPPENED_FINISHED, /* result */
    HAPPENED_STOPPED,  /* position */
    HAPPENED_PUBLISHED,
    HAPPENED_REMOVED,
    HAPPENED_RAN /* result: of starting it; exit_status. */
};

/* The engine's inbox: what came of an effect. text and head are owned by the happening. */
struct happening {
    enum happening_kind kind;
    uint32_t file;
    struct engine_job *job;
    uint64_t run;
    xbits_result result;
    bool is_local; /* The result is the disk's, not the server's. */
    uint64_t position;
    uint64_t synced; /* Of position, on the medium; 0: not known. */
    uint64_t device;
    uint64_t inode;
    uint32_t number;
    int exit_status;
    char *text; /* OPENED: a path; with a failing result: what happened, or NULL. */
    struct answer *head;
};

void happening_dispose(struct happening *happening);

/* What a GET must be answered with. */
struct expectation {
    bool has_range;
    uint64_t range_first;
    uint64_t range_last;
    uint64_t size;             /* Of the whole file, from HEAD; XBITS_SIZE_UNKNOWN without one. */
    const char *last_modified; /* From HEAD; "" when there was none. */
};

/*
 * The rules of bits-client 8.1 and 5.3 on the head of an answer, pure. Not raised: S_OK, or the
 * result a job fails with; BG_E_REMOTE_FILE_CHANGED says that the file starts over, an HTTP status
 * 3xx may be followed.
 */
xbits_result http_judge_head(const struct answer *answer);
xbits_result http_judge_get(const struct answer *answer, const struct expectation *expected);

#endif
