/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <assert.h>
#include <stdlib.h>

/*
 * No decision may fail for want of memory, so there is always room for the most that all jobs can
 * have under way: a request and its stop for each job, and for each file a rename, a sync and a
 * removal.
 */
#define EFFECTS_PER_JOB  4
#define EFFECTS_PER_FILE 3

static xbits_result grow(struct effect **array, size_t capacity)
{
    struct effect *grown = realloc(*array, capacity * sizeof(*grown));

    if (grown == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the work of %zu more files",
                          capacity);
    *array = grown;
    return XBITS_S_OK;
}

xbits_result effects_reserve(struct engine *engine, size_t more_jobs, size_t more_files)
{
    size_t needed = (engine->job_count + more_jobs) * EFFECTS_PER_JOB +
                    (engine->file_count + more_files) * EFFECTS_PER_FILE;
    size_t capacity = engine->outbox_capacity > 0 ? engine->outbox_capacity : 16;

    while (capacity < needed)
        capacity *= 2;
    if (capacity == engine->outbox_capacity)
        return XBITS_S_OK;
    TRY(grow(&engine->outbox, capacity));
    TRY(grow(&engine->taken, capacity));
    engine->outbox_capacity = capacity;
    return XBITS_S_OK;
}

struct effect *effect_emit(struct engine *engine, struct engine_job *job, enum effect_kind kind,
                           uint32_t file)
{
    struct effect *effect = &engine->outbox[engine->outbox_count];

    assert(engine->outbox_count < engine->outbox_capacity);
    *effect = (struct effect){ .kind = kind, .job = job, .run = job->run, .file = file };
    engine->outbox_count++;
    engine->pending++;
    job->pending++;
    return effect;
}

const struct effect *engine_take_effects(struct engine *engine, size_t *count_out)
{
    struct effect *taken = engine->outbox;

    engine->outbox = engine->taken;
    engine->taken = taken;
    *count_out = engine->outbox_count;
    engine->outbox_count = 0;
    return taken;
}

size_t engine_pending_count(const struct engine *engine)
{
    return engine->pending;
}

void happening_dispose(struct happening *happening)
{
    free(happening->text);
    free(happening->head);
    happening->text = NULL;
    happening->head = NULL;
}
