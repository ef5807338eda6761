/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/*
 * The lines of the event log that no file has yet; of a queue in memory, the newest of all. A log
 * must not stop what it tells of: a line that finds no memory is lost, and a file that cannot be
 * written for long loses what it would drop anyway.
 */
#define EVENTS_MAXIMUM 10000
#define EVENTS_DROPPED 1000

void logged_event_dispose(struct logged_event *event)
{
    free(event->display_name);
    event->display_name = NULL;
}

static void drop_oldest(struct engine *engine)
{
    for (size_t i = 0; i < EVENTS_DROPPED; i++)
        logged_event_dispose(&engine->events[i]);
    engine->event_count -= EVENTS_DROPPED;
    memmove(engine->events, engine->events + EVENTS_DROPPED,
            engine->event_count * sizeof(*engine->events));
}

static bool has_room(struct engine *engine)
{
    size_t capacity = engine->event_capacity > 0 ? engine->event_capacity * 2 : 64;
    struct logged_event *events;

    if (engine->event_count < engine->event_capacity)
        return true;
    events = realloc(engine->events, capacity * sizeof(*events));
    if (events == NULL)
        return false;
    engine->events = events;
    engine->event_capacity = capacity;
    return true;
}

void event_log(struct engine *engine, const struct engine_job *job, const struct event_line *line,
               const struct engine_now *now)
{
    const char *text = line->text != NULL ? line->text : "";
    size_t name_size = strlen(job->display_name) + 1;
    size_t text_size = strlen(text) + 1;
    char *texts;

    if (engine->event_count >= EVENTS_MAXIMUM)
        drop_oldest(engine);
    texts = has_room(engine) ? malloc(name_size + text_size) : NULL;
    if (texts == NULL)
        return;
    text_copy_into(texts, name_size, job->display_name);
    text_copy_into(texts + name_size, text_size, text);
    engine->events[engine->event_count++] = (struct logged_event){
        .number = ++engine->newest_event,
        .time = now->utc,
        .id = line->id,
        .job = job->id,
        .result = line->result,
        .display_name = texts,
        .text = texts + name_size,
    };
    if (engine->is_kept)
        engine->dirty_number++;
}

void event_unlog_creation(struct engine *engine, const struct engine_job *job)
{
    struct logged_event *newest;

    if (engine->event_count == 0)
        return;
    newest = &engine->events[engine->event_count - 1];
    if (newest->id != XBITS_EVENT_CREATED || !xbits_id_equal(&newest->job, &job->id))
        return;
    logged_event_dispose(newest);
    engine->event_count--;
    engine->newest_event--;
}

bool engine_next_event(const struct engine *engine, uint64_t after, struct xbits_event *event_out)
{
    const struct logged_event *event;
    uint64_t index = 0;

    if (engine->event_count == 0 || after >= engine->newest_event)
        return false;
    /* Their numbers rise by one. */
    if (after >= engine->events[0].number)
        index = after - engine->events[0].number + 1;
    event = &engine->events[index];
    XBITS_INIT(event_out);
    event_out->number = event->number;
    event_out->time = event->time;
    event_out->id = event->id;
    event_out->job = event->job;
    event_out->display_name = event->display_name;
    event_out->result = event->result;
    event_out->text = event->text;
    return true;
}
