/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_DUE_QUEUE_H
#define TRANSFER_DUE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/*
 * What is due at a virtual time, earliest first; equal times in the order of adding, so that a run
 * repeats. A binary heap of entries that stay their owner's; a zeroed queue is empty.
 */
struct due_entry {
    uint64_t due_ms;
    uint64_t order;   /* The queue's. */
    size_t place;     /* The queue's. */
    bool is_in_queue; /* The queue's; false at first. */
};

struct due_queue {
    struct due_entry **heap;
    size_t count;
    size_t capacity;
    uint64_t next_order;
};

void due_queue_dispose(struct due_queue *queue);
/* Makes room, so that add cannot fail. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result due_queue_reserve(struct due_queue *queue, size_t count);
/* UINT64_MAX is never due. */
void due_queue_add(struct due_queue *queue, struct due_entry *entry, uint64_t due_ms);
/* An entry that is in no queue is left alone. */
void due_queue_remove(struct due_queue *queue, struct due_entry *entry);
/* UINT64_MAX: empty. */
uint64_t due_queue_next_ms(const struct due_queue *queue);
/* The earliest that is due by now, removed; NULL: none. */
struct due_entry *due_queue_take(struct due_queue *queue, uint64_t now_ms);

#endif
