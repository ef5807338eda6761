/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_SCRIPT_TRANSFER_H
#define TRANSFER_SCRIPT_TRANSFER_H

#include "backend-sim/engine/answer.h"
#include "backend-sim/transfer/due_queue.h"
#include "backend-sim/transfer/key_map.h"
#include "backend-sim/transfer/script_origin.h"
#include "base/text.h"

enum script_stage { SCRIPT_NEW, SCRIPT_HEAD, SCRIPT_BODY };

/* One request to a scripted origin: what it meets, and how its body comes in virtual time. Used
 * again and again. */
struct script_transfer {
    struct key_entry entry; /* First. */
    struct due_entry due;
    struct script_transfer *next;
    struct script_origin *origin;   /* A reference. */
    struct script_section *section; /* What the url met; NULL: nothing. */
    enum script_stage stage;
    bool is_stopped;
    enum transfer_method method;
    struct text url;
    char range[48];     /* "" without one. */
    char condition[64]; /* If-Unmodified-Since, "" without one. */
    uint64_t first;     /* Of the resource: where the body begins. */
    uint64_t position;  /* Bytes of the body that were delivered. */
    uint64_t length;    /* Bytes that will be. */
    bool is_cut;        /* Then the connection breaks. */
    uint64_t began_ms;  /* When the body began. */
};

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result script_transfer_new(struct script_transfer **transfer_out);
void script_transfer_free(struct script_transfer *transfer);
/* Lets go of the origin; what is left can be aimed again. */
void script_transfer_release(struct script_transfer *transfer);

/* Keeps the request and counts it in the origin. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result script_transfer_aim(struct script_transfer *transfer,
                                 const struct transfer_request *wanted,
                                 struct script_origin *origin);

/* The answer, and the plan of the body that begins now. Results: XBITS_S_OK; the failure that the
 * script has in place of an answer. */
xbits_result script_transfer_decide(struct script_transfer *transfer, uint64_t now_ms,
                                    struct resource_answer *decision_out);

/* How much of the body has arrived by now. */
uint64_t script_transfer_arrived(const struct script_transfer *transfer, uint64_t now_ms);
/* When more of it is due, after all that has arrived by now was delivered; UINT64_MAX: never. */
uint64_t script_transfer_next_ms(const struct script_transfer *transfer, uint64_t now_ms);

#endif
