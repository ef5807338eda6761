/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdlib.h>
#include <string.h>

#include "script/engine/jscript_source.h"

#define MEMORY_BYTES ((size_t)64 * 1024 * 1024)
#define RUN_MS       5000
#define LINE_MAXIMUM 100000
#define STACK_NEED   16
/* More than an engine has when it is new. */
#define CREATION_BYTES ((size_t)1024 * 1024)

/* From js_duktape_config.h. */
void js_duktape_syntax(void *engine, size_t offset);

/* Every entry is protected, so only a mistake of ours comes here. */
static void fatal(void *engine, const char *message)
{
    (void)engine;
    (void)message;
    abort();
}

/* What JScript 5 had not: bytes of the engine, its insides, and what can pass for a host object. */
static void remove_globals(duk_context *duk)
{
    static const char *const names[] = { "Duktape",     "Proxy",        "Reflect",
                                         "Symbol",      "CBOR",         "TextDecoder",
                                         "TextEncoder", "performance",  "globalThis",
                                         "Buffer",      "ArrayBuffer",  "DataView",
                                         "Int8Array",   "Uint8Array",   "Uint8ClampedArray",
                                         "Int16Array",  "Uint16Array",  "Int32Array",
                                         "Uint32Array", "Float32Array", "Float64Array" };
    size_t i;

    duk_push_global_object(duk);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        (void)duk_del_prop_string(duk, -1, names[i]);
    (void)duk_get_prop_literal(duk, -1, "String");
    (void)duk_del_prop_literal(duk, -1, "fromBufferRaw");
    duk_pop_2(duk);
}

static duk_ret_t init(duk_context *duk, void *unused)
{
    (void)unused;
    remove_globals(duk);
    js_objects_init(duk);
    js_errors_init(duk);
    js_natives_init(duk);
    return 0;
}

/* The engine does not survive a failed allocation while it makes its own objects: it makes them
 * without a limit, and only when there is memory. */
static bool create(struct js_engine *engine)
{
    size_t limit = engine->budget.memory_bytes;
    void *probe = malloc(CREATION_BYTES);

    if (probe == NULL)
        return false;
    free(probe);
    engine->budget.memory_bytes = SIZE_MAX;
    engine->duk =
        duk_create_heap(js_budget_allocate, js_budget_reallocate, js_budget_free, engine, fatal);
    if (engine->duk == NULL || duk_safe_call(engine->duk, init, NULL, 0, 0) != DUK_EXEC_SUCCESS)
        return false;
    engine->budget.memory_bytes = limit;
    return engine->budget.used_bytes < limit;
}

xbits_result js_engine_new(const struct js_options *options, struct js_engine **engine_out)
{
    struct js_engine *engine = calloc(1, sizeof(*engine));
    const struct js_limits *limits = &options->limits;

    if (engine == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a script engine");
    engine->budget.memory_bytes = limits->memory_bytes > 0 ? limits->memory_bytes : MEMORY_BYTES;
    engine->budget.run_ms = limits->run_ms > 0 ? limits->run_ms : RUN_MS;
    engine->budget.clock = options->clock != NULL ? options->clock : clock_system();
    engine->budget.stride = 1;
    engine->now = options->now;
    engine->host = options->host;
    engine->error.message = engine->error.source = "";
    if (!create(engine)) {
        js_engine_free(engine);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a script engine");
    }
    *engine_out = engine;
    return XBITS_S_OK;
}

void js_engine_free(struct js_engine *engine)
{
    if (engine == NULL)
        return;
    if (engine->duk != NULL)
        duk_destroy_heap(engine->duk);
    text_dispose(&engine->message);
    text_dispose(&engine->source_name);
    free(engine->slots);
    free(engine->pinned);
    free(engine);
}

const struct js_error *js_last_error(const struct js_engine *engine)
{
    return &engine->error;
}

bool js_engine_is_stopped(const struct js_engine *engine)
{
    return engine->budget.is_over;
}

void js_stretch_begin(struct js_engine *engine)
{
    engine->budget.is_stretch = true;
}

void js_stretch_end(struct js_engine *engine)
{
    engine->budget.is_stretch = false;
    engine->budget.spent_ms = 0;
}

void js_duktape_syntax(void *engine, size_t offset)
{
    struct js_engine *owner = engine;

    owner->syntax_offset = offset;
}

static xbits_result fail_entry(const struct js_engine *engine)
{
    const struct js_error *error = &engine->error;
    const char *name = error->source[0] != '\0' ? error->source : "script";

    if (error->line == 0)
        return xbits_fail(XBITS_E_FAIL, "%s: %s", name, error->message);
    if (error->column == 0)
        return xbits_fail(XBITS_E_FAIL, "%s:%u: %s", name, error->line, error->message);
    return xbits_fail(XBITS_E_FAIL, "%s:%u:%u: %s", name, error->line, error->column,
                      error->message);
}

/* What an outermost entry returned is good until the next one. */
static duk_ret_t act(duk_context *duk, void *udata)
{
    struct js_entry *entry = udata;

    if (js_engine_of(duk)->budget.depth == 1)
        js_pins_release(duk, 0);
    return entry->action(duk, entry);
}

/* What failed is in engine->error. */
static xbits_result enter(struct js_engine *engine, struct js_entry *entry)
{
    bool has_succeeded;

    if (engine->budget.is_over)
        return fail_entry(engine);
    if (!duk_check_stack(engine->duk, STACK_NEED))
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to run a script");
    js_budget_enter(&engine->budget);
    has_succeeded = duk_safe_call(engine->duk, act, entry, 0, 1) == DUK_EXEC_SUCCESS;
    if (!has_succeeded)
        js_describe_error(engine, entry);
    duk_pop(engine->duk);
    js_budget_leave(&engine->budget);
    return has_succeeded ? XBITS_S_OK : fail_entry(engine);
}

/* [value] Keeps what a call gave, and its bytes if they had to be made. */
static struct js_value keep_value(duk_context *duk, duk_uarridx_t place)
{
    duk_idx_t value = duk_get_top_index(duk);
    struct js_value kept = js_get_value(duk, value);

    if (duk_get_top_index(duk) > value)
        js_stash_put(duk, place + 1);
    js_stash_put(duk, place);
    return kept;
}

static xbits_result add_repeated(struct text *text, char c, unsigned count)
{
    for (; count > 0; count--)
        TRY(text_append(text, &c, 1));
    return XBITS_S_OK;
}

/* The source where it stands in its file, so that the engine counts lines as the reader does. */
static xbits_result place_source(struct js_entry *entry, struct text *text)
{
    const struct js_source *source = entry->source;
    unsigned lines = source->line > 1 ? source->line - 1 : 0;
    unsigned column = source->column > 1 ? source->column - 1 : 0;
    struct text head = { 0 };
    struct text body = { 0 };
    xbits_result result = XBITS_S_OK;

    if (entry->parameters != NULL)
        result = text_format(&head, "function(%s){", entry->parameters);
    if (XBITS_SUCCEEDED(result))
        result = jscript_source_rewrite(source->text, source->length, &body);
    if (XBITS_SUCCEEDED(result))
        result = add_repeated(text, '\n', lines < LINE_MAXIMUM ? lines : LINE_MAXIMUM);
    if (XBITS_SUCCEEDED(result) && column > head.length)
        result = add_repeated(text, ' ', column - (unsigned)head.length);
    entry->shift = head.length > column ? (unsigned)head.length - column : 0;
    if (XBITS_SUCCEEDED(result))
        result = text_add(text, text_c(&head));
    if (XBITS_SUCCEEDED(result))
        result = text_append(text, text_c(&body), body.length);
    if (XBITS_SUCCEEDED(result) && entry->parameters != NULL)
        result = text_add(text, "\n}");
    text_dispose(&head);
    text_dispose(&body);
    return result;
}

/* Pushes the function that the source is. */
static void compile(duk_context *duk, struct js_entry *entry)
{
    duk_uint_t flags = entry->parameters != NULL ? DUK_COMPILE_FUNCTION : DUK_COMPILE_EVAL;

    js_push_text(duk, entry->source->name, strlen(entry->source->name));
    duk_compile_lstring_filename(duk, flags, text_c(entry->compiled), entry->compiled->length);
    entry->compiled = NULL;
}

static duk_ret_t run(duk_context *duk, struct js_entry *entry)
{
    compile(duk, entry);
    duk_call(duk, 0);
    js_engine_of(duk)->returned = keep_value(duk, JS_STASH_RETURNED);
    return 0;
}

static duk_ret_t make_function(duk_context *duk, struct js_entry *entry)
{
    compile(duk, entry);
    entry->function = js_pin_function(duk, -1);
    js_function_keep(js_engine_of(duk), entry->function);
    return 0;
}

static xbits_result enter_source(struct js_engine *engine, struct js_entry *entry)
{
    struct text text = { 0 };
    xbits_result result = place_source(entry, &text);

    entry->compiled = &text;
    if (XBITS_SUCCEEDED(result))
        result = enter(engine, entry);
    text_dispose(&text);
    return result;
}

xbits_result js_run(struct js_engine *engine, const struct js_source *source,
                    struct js_value *value_out)
{
    struct js_entry entry = { .action = run, .source = source };

    TRY(enter_source(engine, &entry));
    if (value_out != NULL)
        *value_out = engine->returned;
    return XBITS_S_OK;
}

xbits_result js_compile(struct js_engine *engine, const struct js_source *body,
                        const char *parameters, uint64_t *function_out)
{
    struct js_entry entry = { .action = make_function, .source = body, .parameters = parameters };

    TRY(enter_source(engine, &entry));
    *function_out = entry.function;
    return XBITS_S_OK;
}

static duk_ret_t call(duk_context *duk, struct js_entry *entry)
{
    size_t i;

    if (!js_push_function(duk, entry->function))
        return duk_type_error(duk, "there is no such function any more");
    duk_require_stack(duk, (duk_idx_t)entry->argument_count + STACK_NEED);
    if (entry->self != NULL)
        js_push_value(duk, entry->self);
    else
        duk_push_undefined(duk);
    for (i = 0; i < entry->argument_count; i++)
        js_push_value(duk, &entry->arguments[i]);
    duk_call_method(duk, (duk_idx_t)entry->argument_count);
    js_engine_of(duk)->returned = keep_value(duk, JS_STASH_RETURNED);
    return 0;
}

xbits_result js_call(struct js_engine *engine, uint64_t function, const struct js_value *self,
                     const struct js_value *arguments, size_t argument_count)
{
    struct js_entry entry = { .action = call,
                              .function = function,
                              .self = self,
                              .arguments = arguments,
                              .argument_count = argument_count };

    return enter(engine, &entry);
}

const struct js_value *js_returned(const struct js_engine *engine)
{
    return &engine->returned;
}

struct global {
    const char *name;
    const struct js_value *value;
};

static duk_ret_t set_global(duk_context *duk, void *udata)
{
    const struct global *global = udata;

    duk_push_global_object(duk);
    js_push_text(duk, global->name, strlen(global->name));
    js_push_value(duk, global->value);
    duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WEC | DUK_DEFPROP_FORCE);
    return 0;
}

xbits_result js_set_global(struct js_engine *engine, const char *name, const struct js_value *value)
{
    struct global global = { name, value };
    bool has_succeeded = duk_check_stack(engine->duk, STACK_NEED) &&
                         duk_safe_call(engine->duk, set_global, &global, 0, 0) == DUK_EXEC_SUCCESS;

    return has_succeeded ? XBITS_S_OK : xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %s", name);
}

static duk_ret_t show(duk_context *duk, struct js_entry *entry)
{
    const struct js_value *value = entry->self;

    if (value->kind == JS_OTHER && value->as.function != 0)
        (void)duk_push_heapptr(duk, (void *)(uintptr_t)value->as.function);
    else
        js_push_value(duk, value);
    (void)duk_to_string(duk, -1);
    js_engine_of(duk)->shown = keep_value(duk, JS_STASH_SHOWN);
    return 0;
}

const char *js_show(struct js_engine *engine, const struct js_value *value)
{
    struct js_entry entry = { .action = show, .self = value };

    if (XBITS_FAILED(enter(engine, &entry)))
        return "[object]";
    return engine->shown.as.text.bytes;
}
