/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdlib.h>

/* A number is the slot and how often the slot was used before, so that one that is gone stays so.
 */
static uint64_t number_of(const struct js_engine *engine, size_t slot)
{
    return (uint64_t)engine->slots[slot].generation << 32 | (uint64_t)(slot + 1);
}

static struct js_slot *find_slot(struct js_engine *engine, uint64_t function)
{
    size_t slot = (size_t)(function & UINT32_MAX) - 1;

    if ((function & UINT32_MAX) == 0 || slot >= engine->slot_count ||
        engine->slots[slot].function == NULL || number_of(engine, slot) != function)
        return NULL;
    return &engine->slots[slot];
}

static bool grow(void **place, size_t count, size_t size)
{
    void *grown = realloc(*place, count * size);

    if (grown != NULL)
        *place = grown;
    return grown != NULL;
}

/* The slot of a function that is known, or a free one. */
static size_t choose_slot(duk_context *duk, struct js_engine *engine, const void *function)
{
    size_t chosen = engine->slot_count;
    size_t i;

    for (i = 0; i < engine->slot_count; i++) {
        if (engine->slots[i].function == function)
            return i;
        if (engine->slots[i].function == NULL)
            chosen = i;
    }
    if (chosen < engine->slot_count)
        return chosen;
    if (engine->slot_count >= UINT32_MAX / 2 ||
        !grow((void **)&engine->slots, engine->slot_count + 1, sizeof(*engine->slots)))
        (void)duk_error(duk, DUK_ERR_RANGE_ERROR, "too many functions");
    engine->slots[engine->slot_count++] = (struct js_slot){ NULL, 0, 0, 0 };
    return chosen;
}

static void reserve_pin(duk_context *duk, struct js_engine *engine)
{
    size_t capacity = engine->pinned_capacity * 2 + 16;

    if (engine->pinned_count < engine->pinned_capacity)
        return;
    if (!grow((void **)&engine->pinned, capacity, sizeof(*engine->pinned)))
        (void)duk_error(duk, DUK_ERR_RANGE_ERROR, "too many functions");
    engine->pinned_capacity = capacity;
}

uint64_t js_pin_function(duk_context *duk, duk_idx_t index)
{
    struct js_engine *engine = js_engine_of(duk);
    void *function;
    size_t slot;

    index = duk_require_normalize_index(duk, index);
    duk_dup(duk, index);
    duk_to_object(duk, -1);
    function = duk_get_heapptr(duk, -1);
    slot = choose_slot(duk, engine, function);
    reserve_pin(duk, engine);
    js_stash_get(duk, JS_STASH_FUNCTIONS);
    duk_insert(duk, -2);
    (void)duk_put_prop_index(duk, -2, (duk_uarridx_t)slot);
    duk_pop(duk);
    engine->slots[slot].function = function;
    engine->slots[slot].pins++;
    engine->pinned[engine->pinned_count++] = slot;
    return number_of(engine, slot);
}

/* Lets the heap collect a function that nobody needs any more. */
static void release_slot(duk_context *duk, struct js_engine *engine, struct js_slot *slot)
{
    if (slot->function == NULL || slot->keeps > 0 || slot->pins > 0)
        return;
    slot->function = NULL;
    slot->generation++;
    js_stash_get(duk, JS_STASH_FUNCTIONS);
    duk_push_null(duk);
    (void)duk_put_prop_index(duk, -2, (duk_uarridx_t)(slot - engine->slots));
    duk_pop(duk);
}

void js_pins_release(duk_context *duk, size_t mark)
{
    struct js_engine *engine = js_engine_of(duk);

    while (engine->pinned_count > mark) {
        struct js_slot *slot = &engine->slots[engine->pinned[--engine->pinned_count]];

        slot->pins--;
        release_slot(duk, engine, slot);
    }
}

bool js_push_function(duk_context *duk, uint64_t function)
{
    const struct js_slot *slot = find_slot(js_engine_of(duk), function);

    if (slot == NULL)
        return false;
    (void)duk_push_heapptr(duk, slot->function);
    return true;
}

void js_function_keep(struct js_engine *engine, uint64_t function)
{
    struct js_slot *slot = find_slot(engine, function);

    if (slot != NULL)
        slot->keeps++;
}

static duk_ret_t release(duk_context *duk, void *slot)
{
    release_slot(duk, js_engine_of(duk), slot);
    return 0;
}

void js_function_drop(struct js_engine *engine, uint64_t function)
{
    struct js_slot *slot = find_slot(engine, function);

    if (slot == NULL || slot->keeps == 0)
        return;
    slot->keeps--;
    (void)duk_safe_call(engine->duk, release, slot, 0, 0);
}
