/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Every job carries the number of its last change and stands in a list in that order, so a reader
 * is a number and can never be flooded: a job that changed a thousand times still comes once.
 * Forgotten jobs leave a tombstone in a ring; a reader who missed an overwritten one is told to
 * list again.
 */
static void take_out(struct engine *engine, struct engine_job *job)
{
    for (size_t i = 0; i < CHANGE_PLACE_COUNT; i++)
        if (engine->places[i].job == job)
            engine->places[i].job = job->links[LIST_CHANGES].previous;
    list_remove(&engine->changes, job, LIST_CHANGES);
}

void change_touch(struct engine *engine, struct engine_job *job)
{
    take_out(engine, job);
    job->change = ++engine->newest_change;
    list_append(&engine->changes, job, LIST_CHANGES);
    job_dirty(engine, job);
}

void change_bury(struct engine *engine, struct engine_job *job)
{
    struct tombstone *tombstone = &engine->tombstones[engine->tombstone_next];

    take_out(engine, job);
    if (tombstone->change > 0)
        engine->lost_change = tombstone->change;
    *tombstone =
        (struct tombstone){ .change = ++engine->newest_change, .id = job->id, .state = job->state };
    engine->tombstone_next = (engine->tombstone_next + 1) % TOMBSTONE_COUNT;
}

void change_begin_after(struct engine *engine, uint64_t change)
{
    engine->newest_change = change;
    engine->lost_change = change;
}

static int compare_changes(const void *a, const void *b)
{
    uint64_t first = (*(struct engine_job *const *)a)->change;
    uint64_t second = (*(struct engine_job *const *)b)->change;

    return (first > second) - (first < second);
}

static int compare_modifications(const void *a, const void *b)
{
    int64_t first = (*(struct engine_job *const *)a)->times.modification;
    int64_t second = (*(struct engine_job *const *)b)->times.modification;

    return (first > second) - (first < second);
}

static void list_changes(struct engine *engine, struct engine_job **jobs, size_t count)
{
    qsort(jobs, count, sizeof(struct engine_job *), compare_changes);
    engine->changes = (struct job_list){ 0 };
    for (size_t i = 0; i < count; i++)
        list_append(&engine->changes, jobs[i], LIST_CHANGES);
}

static void list_modifications(struct engine *engine, struct engine_job **jobs, size_t count)
{
    qsort(jobs, count, sizeof(struct engine_job *), compare_modifications);
    engine->active = (struct job_list){ 0 };
    for (size_t i = 0; i < count; i++)
        if (!job_state_is_in(jobs[i]->state, XBITS_STATES_FINAL))
            list_append(&engine->active, jobs[i], LIST_ACTIVE);
}

/* Jobs come from disk in order of creation, and these lists are in order of change. */
xbits_result engine_restored(struct engine *engine, uint64_t newest_change)
{
    struct engine_job **jobs = calloc(engine->job_count + 1, sizeof(struct engine_job *));
    size_t count = 0;

    if (jobs == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to sort %zu jobs", engine->job_count);
    for (size_t i = 0; i < engine->bucket_count; i++)
        for (struct engine_job *job = engine->buckets[i]; job != NULL; job = job->hash_next)
            jobs[count++] = job;
    list_changes(engine, jobs, count);
    list_modifications(engine, jobs, count);
    memset(engine->places, 0, sizeof(engine->places));
    free(jobs);
    if (engine->newest_change < newest_change)
        engine->newest_change = newest_change;
    engine->news_count++;
    return XBITS_S_OK;
}

uint64_t engine_newest_change(const struct engine *engine)
{
    return engine->newest_change;
}

uint64_t engine_news_count(const struct engine *engine)
{
    return engine->news_count;
}

static struct change_place *place_at(struct engine *engine, uint64_t position)
{
    for (size_t i = 0; i < CHANGE_PLACE_COUNT; i++)
        if (engine->places[i].position == position)
            return &engine->places[i];
    return NULL;
}

/*
 * From the end, because readers are seldom far behind. One that is reads on from where it stopped,
 * or begins with the first: 10,000 jobs are not walked for each of them.
 */
static struct engine_job *first_job_after(struct engine *engine, uint64_t position)
{
    const struct change_place *place = place_at(engine, position);
    struct engine_job *job = engine->changes.last;
    struct engine_job *found = NULL;

    if (position == 0 || (place != NULL && place->job == NULL))
        return engine->changes.first;
    if (place != NULL)
        return place->job->links[LIST_CHANGES].next;
    while (job != NULL && job->change > position) {
        found = job;
        job = job->links[LIST_CHANGES].previous;
    }
    return found;
}

/* The reader goes on to a position, up to which the job is the last. */
static void go_on(struct engine *engine, struct xbits_cursor *cursor, uint64_t position,
                  struct engine_job *last)
{
    struct change_place *place = place_at(engine, cursor->position);

    if (place == NULL || cursor->position == 0) {
        place = &engine->places[engine->place_next];
        engine->place_next = (engine->place_next + 1) % CHANGE_PLACE_COUNT;
    }
    *place = (struct change_place){ .position = position, .job = last };
    cursor->position = position;
}

static const struct tombstone *first_tombstone_after(const struct engine *engine, uint64_t position)
{
    const struct tombstone *found = NULL;

    for (size_t back = 1; back <= TOMBSTONE_COUNT; back++) {
        size_t index = (engine->tombstone_next + TOMBSTONE_COUNT - back) % TOMBSTONE_COUNT;
        const struct tombstone *tombstone = &engine->tombstones[index];

        if (tombstone->change <= position)
            break;
        found = tombstone;
    }
    return found;
}

bool engine_next_change(struct engine *engine, struct xbits_cursor *cursor,
                        struct xbits_change *change_out)
{
    struct engine_job *job;
    const struct tombstone *tombstone;

    if (cursor->position > engine->newest_change)
        cursor->position = engine->newest_change;
    if (cursor->position == engine->newest_change)
        return false;
    if (cursor->position > 0 && cursor->position < engine->lost_change) {
        cursor->position = engine->newest_change;
        change_out->kind = XBITS_CHANGE_RESYNC;
        change_out->id = (struct xbits_id){ 0 };
        return true;
    }
    job = first_job_after(engine, cursor->position);
    /* Who starts at the beginning wants to know what is there, not what was. */
    tombstone = cursor->position > 0 ? first_tombstone_after(engine, cursor->position) : NULL;
    if (tombstone != NULL && (job == NULL || tombstone->change < job->change)) {
        go_on(engine, cursor, tombstone->change,
              job != NULL ? job->links[LIST_CHANGES].previous : engine->changes.last);
        change_out->kind = XBITS_CHANGE_GONE;
        change_out->id = tombstone->id;
        change_out->state = tombstone->state;
        return true;
    }
    if (job == NULL) {
        cursor->position = engine->newest_change;
        return false;
    }
    go_on(engine, cursor, job->change, job);
    change_out->kind = XBITS_CHANGE_JOB;
    change_out->id = job->id;
    change_out->state = job->state;
    return true;
}
