/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdlib.h>

/* How much of the native stack one entry may take. Windows gives a program 1 MiB. */
#define STACK_BYTES ((size_t)512 * 1024)
/* A single block may be this part of all memory: what runs over one text in one go stays short. */
#define BLOCK_PART      4
#define STRIDE_MAXIMUM  128
#define WORK_MAXIMUM    4096
#define ALLOCATION_WORK 256
#define SLOW_MS         2
#define COLLECTIONS     4
/* What a script whose time is over still gets: an error object that knows its line. */
#define GRACE_ALLOCATIONS 100
#define GRACE_BYTES       4096
/* How long the description of an error may take, whatever the script made of its properties. */
#define DESCRIPTION_MS 100

/* What Duktape's configuration calls (js_duktape_config.h). */
int js_duktape_is_over(void *engine);
int js_duktape_spend(void *engine, size_t work);
int js_duktape_stride(void *engine);
int js_duktape_collections(void *engine);
int js_duktape_stack_is_low(void *engine);

/* Every block begins with its size. */
union block {
    size_t size;
    max_align_t alignment;
};

/* Outside of an entry there is no limit. A slow stretch makes the next look come sooner: one
 * bytecode may compare two texts of megabytes. */
static void look(struct js_budget *budget)
{
    uint64_t now_ms;

    budget->work = 0;
    if (budget->depth == 0 || budget->is_over)
        return;
    now_ms = clock_ms(budget->clock);
    if (now_ms - budget->looked_ms >= SLOW_MS)
        budget->stride = 1;
    else if (budget->stride < STRIDE_MAXIMUM)
        budget->stride *= 2;
    budget->looked_ms = now_ms;
    budget->is_over = now_ms - budget->entered_ms >= budget->run_ms;
}

int js_duktape_is_over(void *engine)
{
    struct js_budget *budget = engine;

    look(budget);
    return budget->is_over;
}

int js_duktape_spend(void *engine, size_t work)
{
    struct js_budget *budget = engine;

    budget->work += work + 1;
    if (budget->work >= WORK_MAXIMUM)
        look(budget);
    return budget->is_over;
}

int js_duktape_stride(void *engine)
{
    const struct js_budget *budget = engine;

    return budget->stride;
}

int js_duktape_collections(void *engine)
{
    const struct js_budget *budget = engine;

    return budget->is_over ? 0 : COLLECTIONS;
}

int js_duktape_stack_is_low(void *engine)
{
    const struct js_budget *budget = engine;
    char here = 0;
    uintptr_t address = (uintptr_t)&here;
    uintptr_t used = address < budget->stack ? budget->stack - address : address - budget->stack;

    return budget->depth > 0 && used > STACK_BYTES;
}

/* A script may be inside a loop of the engine that looks at nothing but whether it got memory. */
static bool may_have(struct js_budget *budget, size_t size, size_t old_size)
{
    if (js_duktape_spend(budget, ALLOCATION_WORK + size / 16) &&
        (size > GRACE_BYTES || budget->grace == 0 || budget->grace-- == 0))
        return false;
    if (size <= budget->memory_bytes / BLOCK_PART &&
        budget->used_bytes - old_size <= budget->memory_bytes - size)
        return true;
    budget->was_refused = true;
    return false;
}

void *js_budget_allocate(void *engine, duk_size_t size)
{
    return js_budget_reallocate(engine, NULL, size);
}

void *js_budget_reallocate(void *engine, void *block, duk_size_t size)
{
    struct js_budget *budget = engine;
    union block *old = block == NULL ? NULL : (union block *)block - 1;
    size_t old_size = old == NULL ? 0 : old->size;
    union block *made;

    if (size == 0) {
        js_budget_free(engine, block);
        return NULL;
    }
    if (!may_have(budget, size, old_size))
        return NULL;
    made = realloc(old, sizeof(*made) + size);
    if (made == NULL)
        return NULL;
    made->size = size;
    budget->used_bytes = budget->used_bytes - old_size + size;
    return made + 1;
}

void js_budget_free(void *engine, void *block)
{
    struct js_budget *budget = engine;
    union block *old = block == NULL ? NULL : (union block *)block - 1;

    if (old == NULL)
        return;
    budget->used_bytes -= old->size;
    free(old);
}

void js_budget_enter(struct js_budget *budget)
{
    char here = 0;

    if (budget->depth++ > 0)
        return;
    budget->stack = (uintptr_t)&here;
    budget->looked_ms = clock_ms(budget->clock);
    budget->entered_ms = budget->looked_ms - budget->spent_ms;
    budget->stride = STRIDE_MAXIMUM;
    budget->work = 0;
    budget->was_refused = false;
    budget->grace = GRACE_ALLOCATIONS;
}

bool js_budget_extend(struct js_budget *budget)
{
    bool was_over = budget->is_over;

    budget->is_over = false;
    budget->entered_ms = clock_ms(budget->clock);
    if (budget->run_ms > DESCRIPTION_MS)
        budget->entered_ms -= budget->run_ms - DESCRIPTION_MS;
    return was_over;
}

void js_budget_leave(struct js_budget *budget)
{
    if (--budget->depth == 0 && budget->is_stretch)
        budget->spent_ms = clock_ms(budget->clock) - budget->entered_ms;
}
