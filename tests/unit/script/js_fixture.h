/* SPDX-License-Identifier: MIT */
#ifndef UNIT_SCRIPT_JS_FIXTURE_H
#define UNIT_SCRIPT_JS_FIXTURE_H

#include "script/engine/js_engine.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/* A clock that moves by so much with each look at it, and not by itself. */
struct js_test_clock {
    struct clock base;
    uint64_t now_ms;
    uint64_t step_ms;
};

/*
 * An engine with a host of two classes. `thing`: size (get), colour (get, put), count (call), part
 * (call: the thing of that handle), refuse (call: fails with E_INVALIDARG), listen (call: keeps its
 * argument in `listener`), fire (call: calls it). `box` is the same with expandos, and a call of it
 * is count.
 */
struct js_test {
    struct js_engine *engine;
    struct js_test_clock clock;
    double colour;
    uint64_t listener;
    char said[64]; /* The last text that say got. */
    unsigned calls;
    unsigned forgotten; /* Things. */
    int64_t now;
};
void js_test_open(struct js_test *test, const struct js_limits *limits);
void js_test_close(struct js_test *test);
extern const struct js_class js_test_thing;
extern const struct js_class js_test_box;

xbits_result js_test_run(struct js_test *test, const char *script);
/* What String(value) of the script's last expression is; an error's message. Valid until the next
 * call. */
const char *js_test_eval(struct js_test *test, const char *script);

#define assert_eval(test, script, expected)                                                        \
    assert_string_equal(js_test_eval((test), (script)), (expected))

#endif
