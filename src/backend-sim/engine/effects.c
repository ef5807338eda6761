/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * No decision may fail for want of memory, so there is always room for the most that all jobs can
 * have under way: a request, its stop and a command for each job, and for each file a rename, a
 * sync and a removal.
 */
#define EFFECTS_PER_JOB  5
#define EFFECTS_PER_FILE 3

xbits_result effects_reserve(struct engine *engine, size_t more_jobs, size_t more_files)
{
    size_t needed = (engine->job_count + more_jobs) * EFFECTS_PER_JOB +
                    (engine->file_count + more_files) * EFFECTS_PER_FILE;
    size_t capacity = engine->outbox_capacity > 0 ? engine->outbox_capacity : 16;
    struct effect *outbox;

    while (capacity < needed)
        capacity *= 2;
    if (capacity == engine->outbox_capacity)
        return XBITS_S_OK;
    outbox = realloc(engine->outbox, capacity * sizeof(*outbox));
    if (outbox == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the work of %zu more files",
                          more_files);
    engine->outbox = outbox;
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

size_t engine_effect_count(const struct engine *engine)
{
    return engine->outbox_count;
}

void engine_take_effects(struct engine *engine, struct effect *effects_out)
{
    if (engine->outbox_count > 0)
        memcpy(effects_out, engine->outbox, engine->outbox_count * sizeof(*effects_out));
    engine->outbox_count = 0;
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
