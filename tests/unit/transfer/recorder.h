/* SPDX-License-Identifier: MIT */
#ifndef UNIT_TRANSFER_RECORDER_H
#define UNIT_TRANSFER_RECORDER_H

#include "backend-sim/transfer/transfer.h"
#include "base/text.h"

/*
 * A listener that writes down what it hears, and can be told to refuse, stop or start again. log
 * has a line a report: "7 head 200", "7 body 65536", "7 end S_OK".
 */
struct recorder {
    struct transfer_source *source; /* The test's; freed by recorder_dispose. */
    struct text log;
    struct text body; /* Of all transfers. */
    int begun;        /* Requests that had stood in line. */
    size_t heads;
    size_t ends;
    struct answer answer; /* The newest; its texts are copies. */
    char last_modified[64];
    char etag[64];
    char content_encoding[64];
    char location[256];
    struct text header_block;
    xbits_result result; /* The newest end's. */
    bool has_error;
    struct xbits_error error;

    xbits_result refuse_head; /* Answered to headers(), unless S_OK. */
    xbits_result refuse_body;
    uint64_t stop_at_head; /* In headers() of this key a transfer is stopped: */
    uint64_t stop_at_body;
    uint64_t stopped_key;                        /* this one; 0: the same. */
    const struct transfer_request *start_at_end; /* Started in ended(), once. */
};

struct transfer_options recorder_options(struct recorder *recorder);
void recorder_clear(struct recorder *recorder); /* Forgets what it heard. */
void recorder_dispose(struct recorder *recorder);

/* Shorthands on the recorder's source. */
void recorder_start(struct recorder *recorder, const struct transfer_request *request);
void recorder_poll(struct recorder *recorder, uint64_t now_ms);
/* Polls at the times the source names, from now_ms on, until nothing is under way. Returns the
 * time. */
uint64_t recorder_run(struct recorder *recorder, uint64_t now_ms);

#endif
