/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdio.h>

/* Where a function keeps the engine's own one, which it stands before. */
#define NATIVE DUK_HIDDEN_SYMBOL("native")

#define GROUPS_MAXIMUM 9

/* [arguments] -> [arguments result] */
static void call_native(duk_context *duk)
{
    duk_idx_t count = duk_get_top(duk);
    duk_idx_t i;

    duk_require_stack(duk, count + 4);
    duk_push_current_function(duk);
    (void)duk_get_prop_literal(duk, -1, NATIVE);
    duk_remove(duk, -2);
    duk_push_this(duk);
    for (i = 0; i < count; i++)
        duk_dup(duk, i);
    duk_call_method(duk, count);
}

/* A start before the text is its beginning, and does not count from the end. */
static duk_ret_t substr(duk_context *duk)
{
    if (duk_to_number(duk, 0) < 0) {
        duk_push_int(duk, 0);
        duk_replace(duk, 0);
    }
    call_native(duk);
    return 1;
}

/* Two digits before 2000, all four since; native is getFullYear. */
static duk_ret_t get_year(duk_context *duk)
{
    double year;

    call_native(duk);
    year = duk_get_number(duk, -1);
    if (year >= 1900 && year <= 1999)
        duk_push_number(duk, year - 1900);
    return 1;
}

/* [match] */
static void remember(duk_context *duk)
{
    if (!duk_is_object(duk, -1) || !duk_has_prop_literal(duk, -1, "index"))
        return;
    duk_dup(duk, -1);
    js_stash_put(duk, JS_STASH_MATCH);
}

/* exec, and match of a text. */
static duk_ret_t find_match(duk_context *duk)
{
    call_native(duk);
    remember(duk);
    return 1;
}

/* Native is exec. */
static duk_ret_t test_match(duk_context *duk)
{
    call_native(duk);
    remember(duk);
    duk_push_boolean(duk, duk_is_object(duk, -1));
    return 1;
}

/* $1 to $9: "" for a group that the last match had not. */
static duk_ret_t get_group(duk_context *duk)
{
    js_stash_get(duk, JS_STASH_MATCH);
    if (duk_is_object(duk, -1) &&
        duk_get_prop_index(duk, -1, (duk_uarridx_t)duk_get_current_magic(duk)) &&
        duk_is_string(duk, -1))
        return 1;
    duk_push_literal(duk, "");
    return 1;
}

static const struct {
    const char *object;
    const char *name;
    const char *native;
    duk_c_function function;
    duk_idx_t argument_count;
} methods[] = {
    { "String", "substr", "substr", substr, 2 },
    { "String", "match", "match", find_match, 1 },
    { "Date", "getYear", "getFullYear", get_year, 0 },
    { "RegExp", "test", "exec", test_match, 1 },
    { "RegExp", "exec", "exec", find_match, 1 }, /* After test, which takes the engine's. */
};

/* [global] */
static void replace_methods(duk_context *duk)
{
    size_t i;

    for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        (void)duk_get_prop_string(duk, -1, methods[i].object);
        (void)duk_get_prop_literal(duk, -1, "prototype");
        (void)duk_push_string(duk, methods[i].name);
        duk_push_c_function(duk, methods[i].function, methods[i].argument_count);
        (void)duk_get_prop_string(duk, -3, methods[i].native);
        (void)duk_put_prop_literal(duk, -2, NATIVE);
        duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E);
        duk_pop_2(duk);
    }
}

/* [global] */
static void add_groups(duk_context *duk)
{
    char name[4];
    int i;

    (void)duk_get_prop_literal(duk, -1, "RegExp");
    for (i = 1; i <= GROUPS_MAXIMUM; i++) {
        (void)snprintf(name, sizeof(name), "$%d", i);
        (void)duk_push_string(duk, name);
        duk_push_c_function(duk, get_group, 0);
        duk_set_magic(duk, -1, i);
        duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_CLEAR_EC);
    }
    duk_pop(duk);
}

void js_natives_init(duk_context *duk)
{
    duk_push_global_object(duk);
    replace_methods(duk);
    add_groups(duk);
    duk_pop(duk);
}
