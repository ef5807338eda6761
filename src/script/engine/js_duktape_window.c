/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <string.h>

/*
 * The global object stays the engine's own, quick one. Those members of the window that have a name
 * in for-in become accessors of it; any other that find knows, an element's id, is asked for when
 * the script uses a global that there is not.
 */
#define MEMBER DUK_HIDDEN_SYMBOL("member")

/* From js_duktape_config.h. */
int js_duktape_global(void *duk, const char *name, size_t length);

static void use_window(duk_context *duk, const struct js_member *member, unsigned use,
                       duk_idx_t count)
{
    struct js_use window_use = { 0 };

    window_use.self = js_engine_of(duk)->window;
    window_use.member = *member;
    window_use.use = use;
    js_use_member(duk, &window_use, 0, count);
}

static void push_window_method(duk_context *duk, const struct js_member *member)
{
    js_stash_get(duk, JS_STASH_METHODS);
    js_push_method(duk, -1, &js_engine_of(duk)->window, member);
    duk_remove(duk, -2);
}

static void get_own_member(duk_context *duk, struct js_member *member_out)
{
    duk_push_current_function(duk);
    (void)duk_get_prop_literal(duk, -1, MEMBER);
    memcpy(member_out, duk_require_buffer(duk, -1, NULL), sizeof(*member_out));
    duk_pop_2(duk);
}

static duk_ret_t get_global(duk_context *duk)
{
    struct js_member member;

    get_own_member(duk, &member);
    if ((member.uses & JS_GET) == 0)
        return 0;
    use_window(duk, &member, JS_GET, 0);
    return 1;
}

/* `var top = 1` of a page is no error: the window's stays. */
static duk_ret_t set_global(duk_context *duk)
{
    struct js_member member;

    get_own_member(duk, &member);
    if ((member.uses & JS_PUT) != 0)
        use_window(duk, &member, JS_PUT, 1);
    return 0;
}

static void push_accessor(duk_context *duk, duk_c_function function, duk_idx_t count,
                          const struct js_member *member)
{
    duk_push_c_function(duk, function, count);
    memcpy(duk_push_fixed_buffer(duk, sizeof(*member)), member, sizeof(*member));
    (void)duk_put_prop_literal(duk, -2, MEMBER);
}

/* [global] A method is a plain property: a page's function of that name takes its place. */
static void define(duk_context *duk, const char *name)
{
    const struct js_object *window = &js_engine_of(duk)->window;
    struct js_member member = { 0, 0 };

    js_push_text(duk, name, strlen(name));
    if (!window->object_class->find(js_engine_of(duk)->host, window->handle, name, &member)) {
        duk_pop(duk);
        return;
    }
    if ((member.uses & (JS_GET | JS_PUT)) == 0) {
        push_window_method(duk, &member);
        duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WEC | DUK_DEFPROP_FORCE);
        return;
    }
    push_accessor(duk, get_global, 0, &member);
    push_accessor(duk, set_global, 1, &member);
    duk_def_prop(duk, -4,
                 DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_HAVE_SETTER | DUK_DEFPROP_SET_EC |
                     DUK_DEFPROP_FORCE);
}

static duk_ret_t define_all(duk_context *duk, void *unused)
{
    const struct js_engine *engine = js_engine_of(duk);
    const struct js_object *window = &engine->window;
    const char *name;
    size_t i;

    (void)unused;
    if (window->object_class->name_at == NULL)
        return 0;
    duk_push_global_object(duk);
    for (i = 0; (name = window->object_class->name_at(engine->host, window->handle, i)) != NULL;
         i++)
        define(duk, name);
    return 0;
}

xbits_result js_set_window(struct js_engine *engine, const struct js_object *window)
{
    engine->window = *window;
    return duk_safe_call(engine->duk, define_all, NULL, 0, 0) == DUK_EXEC_SUCCESS
               ? XBITS_S_OK
               : xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the window's members");
}

static duk_ret_t use_unlisted(duk_context *duk)
{
    struct js_member member = { 0, 0 };

    (void)js_find_member(duk, &js_engine_of(duk)->window, 0, &member);
    if ((member.uses & JS_GET) != 0)
        use_window(duk, &member, JS_GET, 0);
    else
        push_window_method(duk, &member);
    return 1;
}

int js_duktape_global(void *duk, const char *name, size_t length)
{
    const struct js_engine *engine = js_engine_of(duk);
    duk_idx_t top = duk_get_top(duk);
    struct js_member member = { 0, 0 };
    bool is_found;

    if (engine->window.object_class == NULL)
        return 0;
    duk_require_stack(duk, 8);
    (void)duk_push_lstring(duk, name, length);
    is_found = js_find_member(duk, &engine->window, -1, &member) &&
               (member.uses & (JS_GET | JS_CALL)) != 0;
    duk_set_top(duk, top);
    if (is_found) {
        duk_push_c_function(duk, use_unlisted, 1);
        (void)duk_push_lstring(duk, name, length);
        duk_call(duk, 1);
    }
    return is_found;
}
