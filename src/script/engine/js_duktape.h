/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_ENGINE_JS_DUKTAPE_H
#define SCRIPT_ENGINE_JS_DUKTAPE_H

#include <duktape.h>

#include "base/text.h"
#include "script/engine/js_engine.h"

/* What the files of the engine share. A function that takes a duk_context may throw into it. */

/* Time and memory of the script that runs. */
struct js_budget {
    size_t memory_bytes;
    size_t used_bytes;
    bool was_refused; /* An allocation, since the entry. */
    uint32_t run_ms;
    struct clock *clock;
    uint64_t entered_ms;
    uint64_t spent_ms; /* By the entries before, of a stretch. */
    bool is_stretch;   /* They count together. */
    uint64_t looked_ms;
    int stride;       /* Bytecodes between two looks. */
    size_t work;      /* Since the last look. */
    unsigned grace;   /* Allocations that are left once it is over. */
    unsigned depth;   /* Entries that are open. */
    uintptr_t stack;  /* Where the outermost one stands. */
    bool is_over;     /* Time: everything fails from here on. */
    bool is_exceeded; /* Memory, and nobody caught it. */
};

void *js_budget_allocate(void *engine, duk_size_t size);
void *js_budget_reallocate(void *engine, void *block, duk_size_t size);
void js_budget_free(void *engine, void *block);
void js_budget_enter(struct js_budget *budget);
void js_budget_leave(struct js_budget *budget);
/* A little time to describe an error; was the script's over? */
bool js_budget_extend(struct js_budget *budget);

/* A function of the script that the host knows by a number. */
struct js_slot {
    void *function; /* NULL: free. */
    uint32_t generation;
    unsigned keeps;
    unsigned pins; /* By uses that run. */
};

struct js_engine {
    struct js_budget budget; /* First: the allocator's. */
    duk_context *duk;
    int64_t (*now)(void *host);
    void *host;
    struct js_object window; /* Class NULL: none. */
    unsigned object_count;   /* In the table of objects. */
    unsigned object_sweep;   /* The count at which it is swept. */
    struct js_slot *slots;
    size_t slot_count;
    size_t *pinned; /* Slots, a stack. */
    size_t pinned_count;
    size_t pinned_capacity;
    struct js_error error;
    struct text message;
    struct text source_name;
    struct js_value returned;
    struct js_value shown;
    size_t syntax_offset; /* Of the token that a compilation did not understand. */
};

static inline struct js_engine *js_engine_of(duk_context *duk)
{
    duk_memory_functions functions;

    duk_get_memory_functions(duk, &functions);
    return functions.udata;
}

/* Places in the heap's stash. */
#define JS_STASH_OBJECTS   0  /* By class and handle. */
#define JS_STASH_FUNCTIONS 1  /* By slot. */
#define JS_STASH_HANDLER   2  /* Of every host object's Proxy. */
#define JS_STASH_PLAIN     3  /* Prototype of those without expandos. */
#define JS_STASH_ELEMENT   4  /* And of those with. */
#define JS_STASH_METHODS   5  /* Of the window. */
#define JS_STASH_RETURNED  6  /* And its bytes. */
#define JS_STASH_SHOWN     8  /* And its bytes. */
#define JS_STASH_MATCH     10 /* The last that a regular expression found: RegExp.$1. */
void js_stash_get(duk_context *duk, duk_uarridx_t place);
void js_stash_put(duk_context *duk, duk_uarridx_t place); /* Pops. */

/* Texts cross as UTF-8; what is none becomes U+FFFD, so no text of the host is a hidden name. */
void js_push_text(duk_context *duk, const char *bytes, size_t length);
void js_push_value(duk_context *duk, const struct js_value *value);
/* May push one value more, which keeps a text alive. A function is pinned. */
struct js_value js_get_value(duk_context *duk, duk_idx_t index);

void js_pins_release(duk_context *duk, size_t mark);
uint64_t js_pin_function(duk_context *duk, duk_idx_t index);
/* false: there is no such function any more. */
bool js_push_function(duk_context *duk, uint64_t function);

/* Host objects. */
void js_objects_init(duk_context *duk);
void js_push_object(duk_context *duk, const struct js_object *object);
/* Is the value a host object? */
bool js_find_object(duk_context *duk, duk_idx_t index, struct js_object *object_out);
/* Uses a member with the `count` values from `first` on, and pushes what it gave. */
void js_use_member(duk_context *duk, const struct js_use *use, duk_idx_t first, duk_idx_t count);
/* The method for a member; `cache` is where the object keeps those that it has. */
void js_push_method(duk_context *duk, duk_idx_t cache, const struct js_object *self,
                    const struct js_member *member);
/* Has the object a member of the name that the value at index is? May push one value. */
bool js_find_member(duk_context *duk, const struct js_object *self, duk_idx_t index,
                    struct js_member *member_out);

/* An action of the host's that runs with the engine's limits. */
struct js_entry {
    duk_ret_t (*action)(duk_context *duk, struct js_entry *entry);
    const struct js_source *source;
    const struct text *compiled; /* The source as the engine gets it; only while it is compiled. */
    const char *parameters;      /* Of a function; NULL: a script. */
    unsigned shift;              /* Columns that were put before the source. */
    const struct js_value *self;
    const struct js_value *arguments;
    size_t argument_count;
    uint64_t function;
};
/* Fills engine->error from the error on top, which it leaves there or replaces. */
void js_describe_error(struct js_engine *engine, const struct js_entry *entry);

/* What JScript's own objects do otherwise than the engine's. */
void js_natives_init(duk_context *duk);

/* Errors: a failing result, and one of JScript's own numbers. */
void js_errors_init(duk_context *duk);
duk_ret_t js_throw_result(duk_context *duk, xbits_result result);
#define JS_ERROR_NO_OBJECT 429
#define JS_ERROR_NO_MEMBER 438
#define JS_ERROR_ARGUMENTS 450
duk_ret_t js_throw_number(duk_context *duk, int number);

#endif
