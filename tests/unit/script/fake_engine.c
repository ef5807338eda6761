/* SPDX-License-Identifier: MIT */
#include "unit/script/fake_engine.h"

#include <stdio.h>

#include "base/text.h"
#include "support/assert_result.h"

struct js_value js_text(const char *text)
{
    struct js_value value = { .kind = text == NULL ? JS_NULL : JS_TEXT };

    if (text != NULL) {
        value.as.text.bytes = text;
        while (text[value.as.text.length] != '\0')
            value.as.text.length++;
    }
    return value;
}

struct js_value js_number(double number)
{
    return (struct js_value){ .kind = JS_NUMBER, .as.number = number };
}

struct js_value js_bool(bool boolean)
{
    return (struct js_value){ .kind = JS_BOOL, .as.boolean = boolean };
}

struct js_value js_object(const struct js_class *object_class, uint64_t handle)
{
    return (struct js_value){ .kind = JS_OBJECT, .as.object = { object_class, handle } };
}

const char *js_show(struct js_engine *engine, const struct js_value *value)
{
    static char text[32];

    (void)engine;
    if (value->kind == JS_BOOL)
        return value->as.boolean ? "true" : "false";
    assert_int_equal(value->kind, JS_NUMBER);
    snprintf(text, sizeof text, "%g", value->as.number);
    return text;
}

void js_function_keep(struct js_engine *engine, uint64_t function)
{
    engine->function = function;
    engine->keeps++;
}

void js_function_drop(struct js_engine *engine, uint64_t function)
{
    engine->function = function;
    engine->keeps--;
}

bool fake_has(struct host *host, struct js_object object, const char *name, unsigned use)
{
    struct js_member member;

    return object.object_class->find(host, object.handle, name, &member) &&
           (member.uses & use) != 0;
}

xbits_result fake_invoke(struct host *host, const struct fake_use *use, struct js_value *value_out)
{
    struct js_use js = { .engine = host->engine,
                         .self = use->object,
                         .use = use->use,
                         .arguments = use->arguments,
                         .argument_count = use->argument_count,
                         .result = { .kind = JS_UNDEFINED } };
    xbits_result result;

    assert_true(fake_has(host, use->object, use->name, use->use));
    (void)use->object.object_class->find(host, use->object.handle, use->name, &js.member);
    result = use->object.object_class->invoke(host, &js);
    if (value_out != NULL)
        *value_out = js.result;
    return result;
}

struct js_value fake_get(struct host *host, struct js_object object, const char *name)
{
    const struct fake_use use = { .object = object, .name = name, .use = JS_GET };
    struct js_value value;

    assert_ok(fake_invoke(host, &use, &value));
    return value;
}

const char *fake_get_text(struct host *host, struct js_object object, const char *name)
{
    const struct js_value value = fake_get(host, object, name);

    assert_int_equal(value.kind, JS_TEXT);
    return value.as.text.bytes;
}

const char *fake_names(struct host *host, struct js_object object)
{
    static char names[512];
    size_t length = 0;
    const char *name;

    names[0] = '\0';
    for (size_t i = 0; (name = object.object_class->name_at(host, object.handle, i)) != NULL; i++) {
        length +=
            (size_t)snprintf(names + length, sizeof names - length, i > 0 ? " %s" : "%s", name);
        assert_in_range(length, 1, sizeof names - 1);
    }
    return names;
}
