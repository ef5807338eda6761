/* SPDX-License-Identifier: MIT */
#include "unit/script/js_fixture.h"

#include <stdio.h>
#include <string.h>

enum member { SIZE, COLOUR, COUNT, PART, REFUSE, LISTEN, FIRE, SAY };

static const struct {
    const char *name;
    unsigned uses;
} members[] = { [SIZE] = { "size", JS_GET },      [COLOUR] = { "colour", JS_GET | JS_PUT },
                [COUNT] = { "count", JS_CALL },   [PART] = { "part", JS_CALL },
                [REFUSE] = { "refuse", JS_CALL }, [LISTEN] = { "listen", JS_CALL },
                [FIRE] = { "fire", JS_CALL },     [SAY] = { "say", JS_CALL } };
#define MEMBERS (sizeof(members) / sizeof(members[0]))

static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    size_t i;

    (void)host;
    for (i = 0; i < MEMBERS; i++) {
        if (strcmp(members[i].name, name) == 0) {
            *member_out = (struct js_member){ members[i].uses, i };
            return true;
        }
    }
    if (handle == 0 && strcmp(name, "banner") == 0) {
        *member_out = (struct js_member){ JS_GET, SIZE };
        return true;
    }
    return false;
}

static const char *name_at(void *host, uint64_t handle, size_t index)
{
    (void)host;
    (void)handle;
    return index < MEMBERS ? members[index].name : NULL;
}

static xbits_result use_colour(struct js_test *test, struct js_use *use)
{
    if (use->use == JS_PUT)
        test->colour = use->arguments[0].as.number;
    use->result = js_number(test->colour);
    return XBITS_S_OK;
}

static xbits_result listen(struct js_test *test, struct js_use *use)
{
    if (use->argument_count != 1 || use->arguments[0].kind != JS_FUNCTION)
        return xbits_fail(XBITS_DISP_E_TYPEMISMATCH, "a listener is a function");
    js_function_keep(use->engine, use->arguments[0].as.function);
    js_function_drop(use->engine, test->listener);
    test->listener = use->arguments[0].as.function;
    return XBITS_S_OK;
}

static xbits_result say(struct js_test *test, struct js_use *use)
{
    if (use->argument_count != 1 || use->arguments[0].kind != JS_TEXT)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "say takes a text");
    (void)snprintf(test->said, sizeof(test->said), "%s", use->arguments[0].as.text.bytes);
    use->result = js_text(test->said);
    return XBITS_S_OK;
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct js_test *test = host;

    test->calls++;
    switch ((enum member)use->member.id) {
    case SIZE:
        use->result = js_number((double)use->self.handle);
        return XBITS_S_OK;
    case COLOUR:
        return use_colour(test, use);
    case COUNT:
        use->result = js_number((double)use->argument_count);
        return XBITS_S_OK;
    case PART:
        if (use->argument_count != 1)
            return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "part takes one number");
        use->result = js_object(use->self.object_class, (uint64_t)use->arguments[0].as.number);
        return XBITS_S_OK;
    case REFUSE:
        return xbits_fail(XBITS_E_INVALIDARG, "it is not wanted");
    case LISTEN:
        return listen(test, use);
    case FIRE:
        return js_call(use->engine, test->listener, NULL, use->arguments, use->argument_count);
    case SAY:
        return say(test, use);
    }
    return xbits_fail(XBITS_E_FAIL, "no such member");
}

static void forget(void *host, uint64_t handle)
{
    (void)handle;
    ((struct js_test *)host)->forgotten++;
}

const struct js_class js_test_thing = {
    .name = "Thing", .find = find, .invoke = invoke, .name_at = name_at, .forget = forget
};
const struct js_class js_test_box = { .name = "Box",
                                      .takes_expandos = true,
                                      .find = find,
                                      .invoke = invoke,
                                      .name_at = name_at,
                                      .called = "count" };

static uint64_t read_clock(struct clock *clock)
{
    struct js_test_clock *own = (struct js_test_clock *)clock;

    own->now_ms += own->step_ms;
    return own->now_ms;
}

static int64_t read_now(void *host)
{
    const struct js_test *test = host;

    return test->now;
}

void js_test_open(struct js_test *test, const struct js_limits *limits)
{
    struct js_options options = { .clock = &test->clock.base, .now = read_now, .host = test };
    struct js_value thing = js_object(&js_test_thing, 1);
    struct js_value box = js_object(&js_test_box, 2);

    *test =
        (struct js_test){ .clock.base.monotonic_ms = read_clock, .now = INT64_C(1893456000000) };
    if (limits != NULL)
        options.limits = *limits;
    assert_ok(js_engine_new(&options, &test->engine));
    assert_ok(js_set_global(test->engine, "thing", &thing));
    assert_ok(js_set_global(test->engine, "box", &box));
}

void js_test_close(struct js_test *test)
{
    js_engine_free(test->engine);
}

xbits_result js_test_run(struct js_test *test, const char *script)
{
    struct js_source source = { "page.js", script, strlen(script), 1, 1 };

    return js_run(test->engine, &source, NULL);
}

const char *js_test_eval(struct js_test *test, const char *script)
{
    struct js_source source = { "page.js", script, strlen(script), 1, 1 };
    struct js_value value;

    if (XBITS_FAILED(js_run(test->engine, &source, &value)))
        return js_last_error(test->engine)->message;
    return js_show(test->engine, &value);
}
