/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/due_queue.h"

#include <assert.h>
#include <stdlib.h>

void due_queue_dispose(struct due_queue *queue)
{
    free(queue->heap);
    *queue = (struct due_queue){ 0 };
}

xbits_result due_queue_reserve(struct due_queue *queue, size_t count)
{
    size_t capacity = queue->capacity < 16 ? 16 : queue->capacity;
    struct due_entry **heap;

    if (count <= queue->capacity)
        return XBITS_S_OK;
    while (capacity < count)
        capacity *= 2;
    heap = realloc(queue->heap, capacity * sizeof(*heap));
    if (heap == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to schedule %zu transfers", count);
    queue->heap = heap;
    queue->capacity = capacity;
    return XBITS_S_OK;
}

static bool is_before(const struct due_entry *a, const struct due_entry *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->order < b->order;
}

static void put(struct due_queue *queue, size_t place, struct due_entry *entry)
{
    queue->heap[place] = entry;
    entry->place = place;
}

/* Moves the hole at place towards the root until entry fits there. */
static void rise(struct due_queue *queue, size_t place, struct due_entry *entry)
{
    while (place > 0 && is_before(entry, queue->heap[(place - 1) / 2])) {
        put(queue, place, queue->heap[(place - 1) / 2]);
        place = (place - 1) / 2;
    }
    put(queue, place, entry);
}

/* Moves the hole at place towards the leaves until entry fits there. */
static void sink(struct due_queue *queue, size_t place, struct due_entry *entry)
{
    for (size_t child; (child = 2 * place + 1) < queue->count; place = child) {
        if (child + 1 < queue->count && is_before(queue->heap[child + 1], queue->heap[child]))
            child++;
        if (!is_before(queue->heap[child], entry))
            break;
        put(queue, place, queue->heap[child]);
    }
    put(queue, place, entry);
}

void due_queue_add(struct due_queue *queue, struct due_entry *entry, uint64_t due_ms)
{
    assert(!entry->is_in_queue && queue->count < queue->capacity);
    entry->due_ms = due_ms;
    entry->order = queue->next_order++;
    entry->is_in_queue = true;
    rise(queue, queue->count++, entry);
}

void due_queue_remove(struct due_queue *queue, struct due_entry *entry)
{
    size_t place = entry->place;
    struct due_entry *last;

    if (!entry->is_in_queue)
        return;
    entry->is_in_queue = false;
    last = queue->heap[--queue->count];
    if (last == entry)
        return;
    if (is_before(last, entry))
        rise(queue, place, last);
    else
        sink(queue, place, last);
}

uint64_t due_queue_next_ms(const struct due_queue *queue)
{
    return queue->count == 0 ? UINT64_MAX : queue->heap[0]->due_ms;
}

struct due_entry *due_queue_take(struct due_queue *queue, uint64_t now_ms)
{
    struct due_entry *first;

    if (queue->count == 0 || queue->heap[0]->due_ms > now_ms ||
        queue->heap[0]->due_ms == UINT64_MAX)
        return NULL;
    first = queue->heap[0];
    due_queue_remove(queue, first);
    return first;
}
