/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

/* The oldest of more are dropped (xbits/event.h). */
#define MOST_EVENTS 10000

static xbits_result put_event(struct queue *queue, const struct event_record *event)
{
    struct statement *statement = queue_use(queue, QUEUE_PUT_EVENT);
    uint8_t id[ID_BYTES];

    id_to_bytes(&event->job, id);
    statement_bind_u64(statement, 1, event->number);
    statement_bind_i64(statement, 2, event->time);
    statement_bind_i64(statement, 3, event->id);
    statement_bind_bytes(statement, 4, id, sizeof(id));
    statement_bind_text(statement, 5, event->display_name);
    statement_bind_i64(statement, 6, (uint32_t)event->result);
    statement_bind_text(statement, 7, event->text);
    return statement_run(statement);
}

/* The numbers have no gaps, so the count follows from the newest. */
static xbits_result trim_events(struct queue *queue, uint64_t newest)
{
    struct statement *statement = queue_use(queue, QUEUE_TRIM_EVENTS);

    if (newest <= MOST_EVENTS)
        return XBITS_S_OK;
    statement_bind_u64(statement, 1, newest - MOST_EVENTS);
    return statement_run(statement);
}

xbits_result queue_write_events(struct queue *queue, const struct record_batch *batch)
{
    if (batch->event_count == 0)
        return XBITS_S_OK;
    for (size_t i = 0; i < batch->event_count; i++)
        TRY(put_event(queue, &batch->events[i]));
    return trim_events(queue, batch->events[batch->event_count - 1].number);
}

static xbits_result read_event(struct queue *queue, struct statement *statement,
                               struct event_record *event)
{
    uint32_t id = 0;
    uint32_t result = 0;

    event->number = statement_u64(statement, 0);
    event->time = statement_i64(statement, 1);
    TRY(queue_read_u32(queue, statement, 2, UINT16_MAX, &id));
    event->id = (enum xbits_event_id)id;
    TRY(queue_read_id(queue, statement, 3, &event->job));
    TRY(statement_copy_text(statement, 4, &event->display_name));
    TRY(queue_read_u32(queue, statement, 5, UINT32_MAX, &result));
    event->result = (xbits_result)result;
    return statement_copy_text(statement, 6, &event->text);
}

static xbits_result visit_events(struct queue *queue, struct statement *statement,
                                 queue_event_visit *visit, void *user)
{
    bool has_row = false;

    TRY(statement_step(statement, &has_row));
    while (has_row) {
        struct event_record event = { 0 };
        xbits_result result = read_event(queue, statement, &event);

        if (XBITS_SUCCEEDED(result)) {
            result = visit(user, &event);
        } else {
            event_record_dispose(&event);
        }
        TRY(result);
        TRY(statement_step(statement, &has_row));
    }
    return XBITS_S_OK;
}

xbits_result queue_read_events(struct queue *queue, uint64_t after_number, queue_event_visit *visit,
                               void *user)
{
    struct statement *statement;
    xbits_result result;

    TRY(queue_begin_reading(queue));
    statement = queue_use(queue, QUEUE_READ_EVENTS);
    statement_bind_u64(statement, 1, after_number);
    result = visit_events(queue, statement, visit, user);
    statement_reset(statement);
    return queue_end_reading(queue, result);
}
