/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdio.h>
#include <string.h>

/*
 * A host object is a Proxy: its handler, the same for all, is made of the functions below; its
 * target holds what the object is under a name that no script can say, and what a script has added.
 */
#define SELF    DUK_HIDDEN_SYMBOL("self")
#define METHODS DUK_HIDDEN_SYMBOL("methods")
#define MEMBER  DUK_HIDDEN_SYMBOL("member")
#define HAS_OWN DUK_HIDDEN_SYMBOL("own")

#define ARGUMENTS_MAXIMUM 32
#define SWEEP_MINIMUM     256

/* From js_duktape_config.h. */
size_t js_duktape_references(void *heapptr);

static bool get_self(duk_context *duk, duk_idx_t index, struct js_object *self_out)
{
    duk_size_t size = 0;
    const void *bytes;

    (void)duk_get_prop_literal(duk, index, SELF);
    bytes = duk_get_buffer(duk, -1, &size);
    duk_pop(duk);
    if (bytes == NULL || size != sizeof(*self_out))
        return false;
    memcpy(self_out, bytes, size);
    return true;
}

bool js_find_object(duk_context *duk, duk_idx_t index, struct js_object *object_out)
{
    const struct js_engine *engine = js_engine_of(duk);
    bool is_global;

    if (!duk_is_object(duk, index))
        return false;
    index = duk_require_normalize_index(duk, index);
    duk_push_global_object(duk);
    is_global = duk_strict_equals(duk, index, -1) != 0;
    duk_pop(duk);
    if (!is_global)
        return get_self(duk, index, object_out);
    *object_out = engine->window;
    return engine->window.object_class != NULL;
}

bool js_find_member(duk_context *duk, const struct js_object *self, duk_idx_t index,
                    struct js_member *member_out)
{
    struct js_value name;

    if (duk_is_number(duk, index))
        (void)duk_to_string(duk, index); /* options[0] */
    if (!duk_is_string(duk, index) || duk_is_symbol(duk, index))
        return false;
    name = js_get_value(duk, index);
    return strlen(name.as.text.bytes) == name.as.text.length &&
           self->object_class->find(js_engine_of(duk)->host, self->handle, name.as.text.bytes,
                                    member_out);
}

void js_use_member(duk_context *duk, const struct js_use *use, duk_idx_t first, duk_idx_t count)
{
    struct js_engine *engine = js_engine_of(duk);
    struct js_value values[ARGUMENTS_MAXIMUM];
    struct js_use used = *use;
    size_t mark = engine->pinned_count;
    xbits_result result;
    duk_idx_t i;

    if (count > ARGUMENTS_MAXIMUM)
        (void)js_throw_number(duk, JS_ERROR_ARGUMENTS);
    duk_require_stack(duk, count + 8);
    for (i = 0; i < count; i++)
        values[i] = js_get_value(duk, first + i);
    used.engine = engine;
    used.arguments = values;
    used.argument_count = (size_t)count;
    used.result.kind = JS_UNDEFINED;
    result = use->self.object_class->invoke(engine->host, &used);
    if (XBITS_FAILED(result)) {
        js_pins_release(duk, mark);
        (void)js_throw_result(duk, result);
    }
    js_push_value(duk, &used.result);
    js_pins_release(duk, mark);
}

/* A method belongs to a class: called for another object it is an error of the script. */
static duk_ret_t call_method(duk_context *duk)
{
    struct js_use use = { 0 };
    struct js_use made = { 0 };
    duk_idx_t count = duk_get_top(duk);
    const void *bytes;

    duk_push_current_function(duk);
    (void)duk_get_prop_literal(duk, -1, MEMBER);
    bytes = duk_require_buffer(duk, -1, NULL);
    memcpy(&made, bytes, sizeof(made));
    duk_push_this(duk);
    if (duk_is_undefined(duk, -1)) {
        duk_pop(duk);
        duk_push_global_object(duk);
    }
    if (!js_find_object(duk, -1, &use.self) || use.self.object_class != made.self.object_class)
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    use.member = made.member;
    use.use = JS_CALL;
    js_use_member(duk, &use, 0, count);
    return 1;
}

void js_push_method(duk_context *duk, duk_idx_t cache, const struct js_object *self,
                    const struct js_member *member)
{
    struct js_use made = { 0 };
    char key[24];

    cache = duk_require_normalize_index(duk, cache);
    (void)snprintf(key, sizeof(key), "%llx", (unsigned long long)member->id);
    if (duk_get_prop_string(duk, cache, key))
        return;
    duk_pop(duk);
    made.self = *self;
    made.member = *member;
    duk_push_c_function(duk, call_method, DUK_VARARGS);
    memcpy(duk_push_fixed_buffer(duk, sizeof(made)), &made, sizeof(made));
    (void)duk_put_prop_literal(duk, -2, MEMBER);
    duk_dup(duk, -1);
    (void)duk_put_prop_string(duk, cache, key);
}

/* (target, key, receiver) */
static duk_ret_t trap_get(duk_context *duk)
{
    struct js_use use = { 0 };

    if (!get_self(duk, 0, &use.self) || !js_find_member(duk, &use.self, 1, &use.member)) {
        duk_dup(duk, 1);
        (void)duk_get_prop(duk, 0);
        return 1;
    }
    if (use.member.uses & JS_GET) {
        use.use = JS_GET;
        js_use_member(duk, &use, 0, 0);
        return 1;
    }
    if ((use.member.uses & JS_CALL) == 0)
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    (void)duk_get_prop_literal(duk, 0, METHODS);
    js_push_method(duk, -1, &use.self, &use.member);
    return 1;
}

/* (target, key, value, receiver) */
static duk_ret_t trap_set(duk_context *duk)
{
    struct js_use use = { 0 };

    if (!get_self(duk, 0, &use.self))
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    if (js_find_member(duk, &use.self, 1, &use.member)) {
        if ((use.member.uses & JS_PUT) == 0)
            return js_throw_number(duk, JS_ERROR_NO_MEMBER);
        use.use = JS_PUT;
        js_use_member(duk, &use, 2, 1);
    } else if (use.self.object_class->takes_expandos) {
        duk_dup(duk, 1);
        duk_dup(duk, 2);
        (void)duk_put_prop(duk, 0);
        duk_push_true(duk);
        (void)duk_put_prop_literal(duk, 0, HAS_OWN);
    } else {
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    }
    duk_push_true(duk);
    return 1;
}

/* (target, key) */
static duk_ret_t trap_has(duk_context *duk)
{
    struct js_object self;
    struct js_member member;
    bool has = get_self(duk, 0, &self) && js_find_member(duk, &self, 1, &member);

    if (!has) {
        duk_dup(duk, 1);
        has = duk_has_prop(duk, 0) != 0;
    }
    duk_push_boolean(duk, has);
    return 1;
}

/* (target, key) */
static duk_ret_t trap_delete(duk_context *duk)
{
    struct js_object self;
    struct js_member member;
    bool is_own = get_self(duk, 0, &self) && self.object_class->takes_expandos &&
                  !js_find_member(duk, &self, 1, &member);

    if (is_own) {
        duk_dup(duk, 1);
        is_own = duk_del_prop(duk, 0) != 0;
    }
    duk_push_boolean(duk, is_own);
    return 1;
}

/* (target, this, arguments): document.all("x") is document.all.item("x"). */
static duk_ret_t trap_apply(duk_context *duk)
{
    struct js_use use = { 0 };
    const struct js_class *object_class;
    duk_idx_t count = (duk_idx_t)duk_get_length(duk, 2);
    duk_idx_t i;

    if (!get_self(duk, 0, &use.self))
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    object_class = use.self.object_class;
    if (count > ARGUMENTS_MAXIMUM)
        return js_throw_number(duk, JS_ERROR_ARGUMENTS);
    if (object_class->called == NULL ||
        !object_class->find(js_engine_of(duk)->host, use.self.handle, object_class->called,
                            &use.member))
        return js_throw_number(duk, JS_ERROR_NO_MEMBER);
    use.use = JS_CALL;
    duk_require_stack(duk, count);
    for (i = 0; i < count; i++)
        (void)duk_get_prop_index(duk, 2, (duk_uarridx_t)i);
    js_use_member(duk, &use, 3, count);
    return 1;
}

/* (target) */
static duk_ret_t trap_names(duk_context *duk)
{
    struct js_object self;
    void *host = js_engine_of(duk)->host;
    duk_uarridx_t count = 0;
    const char *name;

    duk_push_array(duk);
    if (!get_self(duk, 0, &self))
        return 1;
    while (self.object_class->name_at != NULL &&
           (name = self.object_class->name_at(host, self.handle, count)) != NULL) {
        js_push_text(duk, name, strlen(name));
        (void)duk_put_prop_index(duk, 1, count++);
    }
    duk_enum(duk, 0, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(duk, -1, 0))
        (void)duk_put_prop_index(duk, 1, count++);
    duk_pop(duk);
    return 1;
}

/* What String() gives. */
static duk_ret_t show_name(duk_context *duk)
{
    struct js_object self;

    duk_push_this(duk);
    if (!js_find_object(duk, -1, &self))
        duk_push_literal(duk, "[object]");
    else
        (void)duk_push_sprintf(duk, "[object %s]", self.object_class->name);
    return 1;
}

static const duk_function_list_entry traps[] = { { "get", trap_get, 3 },
                                                 { "set", trap_set, 4 },
                                                 { "has", trap_has, 2 },
                                                 { "deleteProperty", trap_delete, 2 },
                                                 { "ownKeys", trap_names, 1 },
                                                 { "apply", trap_apply, 3 },
                                                 { NULL, NULL, 0 } };

static void put_show_name(duk_context *duk, const char *name)
{
    duk_push_string(duk, name);
    duk_push_c_function(duk, show_name, 0);
    duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E);
}

void js_objects_init(duk_context *duk)
{
    js_engine_of(duk)->object_sweep = SWEEP_MINIMUM;
    duk_push_bare_object(duk);
    js_stash_put(duk, JS_STASH_OBJECTS);
    duk_push_array(duk);
    js_stash_put(duk, JS_STASH_FUNCTIONS);
    duk_push_bare_object(duk);
    js_stash_put(duk, JS_STASH_METHODS);
    duk_push_bare_object(duk);
    duk_put_function_list(duk, -1, traps);
    js_stash_put(duk, JS_STASH_HANDLER);
    duk_push_bare_object(duk);
    put_show_name(duk, "toString");
    put_show_name(duk, "valueOf");
    js_stash_put(duk, JS_STASH_PLAIN);
    duk_push_object(duk);
    put_show_name(duk, "toString");
    js_stash_put(duk, JS_STASH_ELEMENT);
}

/* Nobody holds it but the table and the stack, and a script has put nothing into it. [object] */
static bool is_alone(duk_context *duk)
{
    bool has_own = duk_get_prop_literal(duk, -1, HAS_OWN) != 0;

    duk_pop(duk);
    return !has_own && js_duktape_references(duk_get_heapptr(duk, -1)) <= 2;
}

/* [table names name object] -> [table names] */
static void leave_out(duk_context *duk, struct js_engine *engine)
{
    struct js_object object;
    bool is_known = get_self(duk, -1, &object);

    duk_pop(duk);
    (void)duk_del_prop(duk, -3);
    engine->object_count--;
    if (is_known && object.object_class->forget != NULL)
        object.object_class->forget(engine->host, object.handle);
}

/* Leaves out of the table what nobody else holds. [table] */
static void sweep(duk_context *duk, struct js_engine *engine)
{
    duk_enum(duk, -1, DUK_ENUM_OWN_PROPERTIES_ONLY);
    while (duk_next(duk, -1, 1)) {
        if (is_alone(duk))
            leave_out(duk, engine);
        else
            duk_pop_2(duk);
    }
    duk_pop(duk);
    engine->object_sweep = engine->object_count * 2 + SWEEP_MINIMUM;
}

/* new document.all() */
static duk_ret_t no_constructor(duk_context *duk)
{
    return js_throw_number(duk, JS_ERROR_NO_MEMBER);
}

static void push_new(duk_context *duk, const struct js_object *object)
{
    if (object->object_class->called != NULL) {
        duk_push_c_function(duk, no_constructor, 0);
        (void)duk_del_prop_literal(duk, -1, "length");
    } else {
        duk_push_bare_object(duk);
    }
    memcpy(duk_push_fixed_buffer(duk, sizeof(*object)), object, sizeof(*object));
    (void)duk_put_prop_literal(duk, -2, SELF);
    duk_push_bare_object(duk);
    (void)duk_put_prop_literal(duk, -2, METHODS);
    js_stash_get(duk, object->object_class->takes_expandos ? JS_STASH_ELEMENT : JS_STASH_PLAIN);
    duk_set_prototype(duk, -2);
    js_stash_get(duk, JS_STASH_HANDLER);
    (void)duk_push_proxy(duk, 0);
}

void js_push_object(duk_context *duk, const struct js_object *object)
{
    struct js_engine *engine = js_engine_of(duk);
    /* A first byte that no hidden name has. */
    char key[1 + sizeof(object->object_class) + sizeof(object->handle)] = "k";

    if (object->object_class == NULL) {
        duk_push_null(duk);
        return;
    }
    if (object->object_class == engine->window.object_class &&
        object->handle == engine->window.handle) {
        duk_push_global_object(duk);
        return;
    }
    memcpy(key + 1, &object->object_class, sizeof(object->object_class));
    memcpy(key + 1 + sizeof(object->object_class), &object->handle, sizeof(object->handle));
    js_stash_get(duk, JS_STASH_OBJECTS);
    if (!duk_get_prop_lstring(duk, -1, key, sizeof(key))) {
        duk_pop(duk);
        if (engine->object_count >= engine->object_sweep)
            sweep(duk, engine);
        push_new(duk, object);
        duk_dup(duk, -1);
        (void)duk_put_prop_lstring(duk, -3, key, sizeof(key));
        engine->object_count++;
    }
    duk_remove(duk, -2);
}
