/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"

#include <stdlib.h>
#include <string.h>

static uint32_t default_u32(enum xbits_job_property property)
{
    return job_property_rules(property)->default_value.as.u32;
}

static void free_content(struct engine_job *job)
{
    for (uint32_t i = 0; i < job->file_count; i++)
        file_dispose(&job->files[i]);
    free(job->files);
    free(job->display_name);
    free(job->description);
    free(job->error_text);
    free(job->url);
    ahead_drop(job);
    free(job->operation.failure_text);
    if (job->proxy != NULL)
        xbits_value_dispose(job->proxy);
    free(job->proxy);
    notify_free(job->notify);
}

void job_free(struct engine_job *job)
{
    if (job == NULL)
        return;
    free_content(job);
    free(job);
}

static void set_defaults(struct engine_job *job)
{
    job->timer_index = SIZE_MAX;
    job->retry_at_ms = NEVER;
    job->no_progress_since_ms = NEVER;
    job->connected_since_ms = NEVER;
    job->error.file = XBITS_FILE_NONE;
    job->minimum_retry_delay_s = default_u32(XBITS_JOB_MINIMUM_RETRY_DELAY);
    job->no_progress_timeout_s = default_u32(XBITS_JOB_NO_PROGRESS_TIMEOUT);
    job->maximum_download_time_s = default_u32(XBITS_JOB_MAXIMUM_DOWNLOAD_TIME);
    job->security_flags = default_u32(XBITS_JOB_SECURITY_FLAGS);
    job->priority = (enum xbits_job_priority)default_u32(XBITS_JOB_PRIORITY);
}

struct engine_job *job_new(void)
{
    struct engine_job *job = calloc(1, sizeof(*job));

    if (job != NULL)
        set_defaults(job);
    return job;
}

void job_empty(struct engine *engine, struct engine_job *job)
{
    struct engine_job kept;

    timer_set(engine, job, NEVER);
    notify_unlist(engine, job);
    if (job->state == XBITS_STATE_QUEUED)
        schedule_dequeue(engine, job);
    kept = *job;
    free_content(job);
    *job = (struct engine_job){ .id = kept.id,
                                .holds = kept.holds,
                                .hash_next = kept.hash_next,
                                .change = kept.change,
                                .seen_change = kept.seen_change };
    memcpy(job->links, kept.links, sizeof(job->links));
    memcpy(job->is_listed, kept.is_listed, sizeof(job->is_listed));
    set_defaults(job);
}

void list_append(struct job_list *list, struct engine_job *job, enum list_kind kind)
{
    struct link *link = &job->links[kind];

    link->next = NULL;
    link->previous = list->last;
    if (list->last != NULL)
        list->last->links[kind].next = job;
    else
        list->first = job;
    list->last = job;
    job->is_listed[kind] = true;
}

void list_remove(struct job_list *list, struct engine_job *job, enum list_kind kind)
{
    struct link *link = &job->links[kind];

    if (!job->is_listed[kind])
        return;
    if (link->previous != NULL)
        link->previous->links[kind].next = link->next;
    else
        list->first = link->next;
    if (link->next != NULL)
        link->next->links[kind].previous = link->previous;
    else
        list->last = link->previous;
    job->is_listed[kind] = false;
}

/* An id is random, so any of its bits will do. */
static size_t bucket_of(const struct engine *engine, const struct xbits_id *id)
{
    return (size_t)(id->data1 ^ ((uint32_t)id->data2 << 16 | id->data3)) % engine->bucket_count;
}

static void enter(struct engine *engine, struct engine_job *job)
{
    struct engine_job **bucket = &engine->buckets[bucket_of(engine, &job->id)];

    job->hash_next = *bucket;
    *bucket = job;
}

static xbits_result rehash(struct engine *engine, size_t bucket_count)
{
    struct engine_job **old = engine->buckets;
    size_t old_count = engine->bucket_count;
    struct engine_job **buckets = calloc(bucket_count, sizeof(*buckets));

    if (buckets == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for one more job");
    engine->buckets = buckets;
    engine->bucket_count = bucket_count;
    for (size_t i = 0; i < old_count; i++) {
        struct engine_job *next;

        for (struct engine_job *job = old[i]; job != NULL; job = next) {
            next = job->hash_next;
            enter(engine, job);
        }
    }
    free(old);
    return XBITS_S_OK;
}

xbits_result jobs_insert(struct engine *engine, struct engine_job *job)
{
    if (engine->job_count >= engine->bucket_count)
        TRY(rehash(engine, engine->bucket_count > 0 ? engine->bucket_count * 2 : 64));
    TRY(effects_reserve(engine, 1, 0));
    TRY(timers_reserve(engine, engine->job_count + 1));
    job->serial = ++engine->newest_serial;
    enter(engine, job);
    engine->job_count++;
    engine->open_count++;
    list_append(&engine->open, job, LIST_OPEN);
    return XBITS_S_OK;
}

void jobs_forget(struct engine *engine, struct engine_job *job)
{
    struct engine_job **place = &engine->buckets[bucket_of(engine, &job->id)];

    while (*place != job)
        place = &(*place)->hash_next;
    *place = job->hash_next;
    engine->job_count--;
    engine->file_count -= job->file_count;
    list_remove(&engine->open, job, LIST_OPEN);
    list_remove(&engine->active, job, LIST_ACTIVE);
    list_remove(&engine->dirty, job, LIST_DIRTY);
    notify_unlist(engine, job);
    change_bury(engine, job);
    timer_set(engine, job, NEVER);
    job_free(job);
}

void job_forget_if_over(struct engine *engine, struct engine_job *job)
{
    bool is_over = job_state_is_in(job->state, XBITS_STATES_FINAL) && job->holds == 0 &&
                   job->pending == 0 && job->operation.kind == OPERATION_NONE &&
                   !job->is_listed[LIST_DIRTY] && !job->is_taken;

    if (is_over)
        jobs_forget(engine, job);
}

/*
 * Whoever listed the jobs meanwhile may hold it, and a round may have written it: then it ends as
 * any job does. One that is at work already stays.
 */
void engine_undo_create(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    bool is_unknown = !job->is_written && job->holds == 1;

    job->holds--;
    if (engine_is_busy(job) || job->is_running || job->pending > 0)
        return;
    if (is_unknown) {
        event_unlog_creation(engine, job);
        engine->open_count--;
        jobs_forget(engine, job);
        return;
    }
    job_move(engine, job, TRIGGER_CANCEL, now);
}

struct engine_job *engine_find(struct engine *engine, const struct xbits_id *id)
{
    struct engine_job *job = NULL;

    if (engine->bucket_count > 0)
        job = engine->buckets[bucket_of(engine, id)];
    while (job != NULL && !xbits_id_equal(&job->id, id))
        job = job->hash_next;
    return job;
}

struct engine_job *engine_next_open(const struct engine *engine, const struct engine_job *after)
{
    return after != NULL ? after->links[LIST_OPEN].next : engine->open.first;
}

size_t engine_open_count(const struct engine *engine)
{
    return engine->open_count;
}
