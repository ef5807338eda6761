/* SPDX-License-Identifier: MIT */
#include "unit/script/js_fixture.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_OF(call) "try{" call ";'none'}catch(e){(e.number>>>0).toString(16)}"

static const struct {
    const char *script;
    const char *expected;
} rows[] = {
    { "thing.size + box.size", "3" },
    { "thing.colour = 5; thing.colour", "5" },
    { "thing.count(1, 2, 3)", "3" },
    { "thing.none", "undefined" },
    { "String(thing) + box", "[object Thing][object Box]" },
    { "typeof thing + typeof thing.count", "objectfunction" },
    { "thing.count === thing.count", "true" },
    { "thing.part(9) === thing.part(9) && thing.part(9) !== thing.part(8)", "true" },
    { "box.part(1) === thing", "false" },
    { "thing.part(1) === thing", "true" },
    /* One that can be called is an object for all that. */
    { "box() + box(1, 2) + typeof box", "2object" },
    { "box.mine = 4; var s=0;for(var n in box)s++; s + ',' + box.name + box.length",
      "9,undefinedundefined" },
    { NUMBER_OF("thing()"), "800a138a" },
    { NUMBER_OF("new box()"), "800a01b6" },
    { NUMBER_OF("box.call(box)"), "800a01b6" },
    { NUMBER_OF("box.apply = 1; Function.prototype.apply.call(box, null, new Array(100))"),
      "800a01c2" },
    /* Errors. */
    { NUMBER_OF("thing.none = 1"), "800a01b6" },
    { NUMBER_OF("thing.size = 1"), "800a01b6" },
    { NUMBER_OF("thing.count = 1"), "800a01b6" },
    { NUMBER_OF("thing.refuse()"), "800a0005" },
    { NUMBER_OF("thing.part()"), "800a01c2" },
    { NUMBER_OF("thing.listen(1)"), "800a000d" },
    { "try{thing.refuse()}catch(e){e.description+(e instanceof Error)}", "it is not wantedtrue" },
    /* Forged. */
    { NUMBER_OF("thing.count.call({})"), "800a01b6" },
    { NUMBER_OF("thing.count.call(box)"), "800a01b6" },
    { NUMBER_OF("thing.count.call(null)"), "800a01b6" },
    { NUMBER_OF("var f=thing.count;f()"), "800a01b6" },
    { NUMBER_OF("new thing.count()"), "800a01b6" },
    /* Names. */
    { "var s='';for(var n in thing)s+=n+' ';s", "size colour count part refuse listen fire say " },
    { "Object.keys(thing).length", "8" },
    { "'size' in thing && !('none' in thing)", "true" },
    { "delete thing.size", "false" },
    { "thing.size", "1" },
    { "JSON.stringify(thing)", "{\"size\":1,\"colour\":0}" },
    { "box.mine = 4; box.mine + Object.keys(box).length", "13" },
    { "box.mine = 4; delete box.mine; String(box.mine) + ('mine' in box)", "undefinedfalse" },
    { "box.hasOwnProperty('none')", "false" },
    { "typeof thing.hasOwnProperty + thing.constructor + thing.__proto__",
      "undefinedundefinedundefined" },
    { "thing['size\\u0000x']", "undefined" },
    /* Nothing of these may crash, or change what the object is. */
    { "Object.freeze(thing); Object.freeze(box); thing.count() + thing.size", "1" },
    { "Object.defineProperty(thing, 'size', {value: 9, configurable: true}); thing.size", "1" },
    { "Object.getOwnPropertyDescriptor(thing, 'size')", "undefined" },
    { "Object.getOwnPropertyNames(thing).length", "8" },
    { "Object.create(thing).size", "undefined" },
    { "for (var i = 0; i < 5000; i++) thing.part(i); thing === thing.part(1)", "true" },
    { "var held = thing.part(3); for (var i = 10; i < 5000; i++) thing.part(i);"
      "held === thing.part(3)",
      "true" },
    { "thing.say('\\ud83d\\ude00')", "\xF0\x9F\x98\x80" },
    { "thing.count.apply(thing, new Array(100))",
      "Error: Wrong number of arguments or invalid property assignment" },
};

static void object_does_what_it_should(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct js_test test;
        const char *got;

        js_test_open(&test, NULL);
        got = js_test_eval(&test, rows[i].script);
        if (strcmp(got, rows[i].expected) != 0)
            fail_msg("%s: %s, not %s", rows[i].script, got, rows[i].expected);
        js_test_close(&test);
    }
}

/* With the thing of handle 0 as window; `banner` is a name that for-in does not see. */
static const struct {
    const char *script;
    const char *expected;
} globals[] = {
    { "size + colour", "0" },
    { "colour = 6; this.colour", "6" },
    { "var colour = 7; thing.colour", "7" },
    { "var size = 5; size", "0" },
    { "count(1, 2)", "2" },
    { "this.count(1)", "1" },
    { "function count() { return 'mine' } count()", "mine" },
    { "banner", "0" },
    { "this.banner", "0" },
    { "typeof banner + typeof nobody", "numberundefined" },
    { "var banner = 'own'; banner", "own" },
    { "banner = 'own'; banner", "own" },
    { "nobody", "ReferenceError: identifier 'nobody' undefined" },
    { "this === thing.part(0)", "true" },
    { "undeclared = 3; this.undeclared", "3" },
    { "colour", "0" },
    { "try { colour() } catch (e) { 'no' }", "no" },
    { "Math.max(1, 2) + parseInt('3')", "5" },
};

static void members_of_the_window_are_globals(void **state)
{
    const struct js_object window = { &js_test_thing, 0 };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(globals) / sizeof(globals[0]); i++) {
        struct js_test test;
        const char *got;

        js_test_open(&test, NULL);
        assert_ok(js_set_window(test.engine, &window));
        got = js_test_eval(&test, globals[i].script);
        if (strcmp(got, globals[i].expected) != 0)
            fail_msg("%s: %s, not %s", globals[i].script, got, globals[i].expected);
        js_test_close(&test);
    }
}

static void function_that_is_kept_is_called_later(void **state)
{
    struct js_value three = js_number(3);
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);
    assert_ok(js_test_run(&test, "thing.listen(function(x) { thing.colour = x })"));
    assert_ok(js_test_run(&test, "for (var i = 0; i < 1000; i++) thing.count(function() {})"));

    assert_ok(js_call(test.engine, test.listener, NULL, &three, 1));

    assert_true(test.colour == 3.0);
    js_test_close(&test);
}

static void function_that_is_not_kept_is_gone(void **state)
{
    struct js_test test;
    uint64_t function;

    (void)state;
    js_test_open(&test, NULL);
    assert_ok(js_test_run(&test, "thing.listen(function() { thing.colour = 1 })"));
    function = test.listener;
    assert_ok(js_test_run(&test, "thing.listen(function() { thing.colour = 2 })"));

    assert_fails(XBITS_E_FAIL, js_call(test.engine, function, NULL, NULL, 0));
    assert_fails(XBITS_E_FAIL, js_call(test.engine, 0, NULL, NULL, 0));
    assert_fails(XBITS_E_FAIL, js_call(test.engine, UINT64_MAX, NULL, NULL, 0));

    assert_true(test.colour == 0.0);
    js_test_close(&test);
}

static void same_function_has_the_same_number(void **state)
{
    struct js_test test;
    uint64_t function;

    (void)state;
    js_test_open(&test, NULL);
    assert_ok(js_test_run(&test, "function f() {} thing.listen(f)"));
    function = test.listener;
    assert_ok(js_test_run(&test, "thing.listen(f)"));

    assert_true(test.listener == function);
    js_test_close(&test);
}

static void error_inside_of_a_use_is_the_one_that_is_told(void **state)
{
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);

    assert_eval(&test,
                "thing.listen(function(){throw 'inner'});"
                "try{thing.fire('outer')}catch(e){e.message}",
                "script: inner");
    assert_eval(&test,
                "thing.listen(function(){throw new Error('inner')});"
                "try{thing.fire('outer')}catch(e){e.message}",
                "page.js:1: Error: inner");

    js_test_close(&test);
}

static void object_that_nobody_has_is_forgotten(void **state)
{
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);

    assert_eval(&test, "var kept=thing.part(5000);for(var i=10;i<2000;i++)thing.part(i);kept.size",
                "5000");

    assert_in_range(test.forgotten, 1000, 1990);
    assert_eval(&test, "kept === thing.part(5000)", "true");
    js_test_close(&test);
}

static void what_a_script_puts_into_an_object_stays(void **state)
{
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);

    assert_eval(&test, "box.part(7).mine=1;for(var i=10;i<2000;i++)box.part(i);box.part(7).mine",
                "1");

    js_test_close(&test);
}

static void text_of_the_host_is_no_hidden_name(void **state)
{
    struct js_value hidden = js_text("\xFFself");
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);
    assert_ok(js_set_global(test.engine, "name", &hidden));

    assert_eval(&test, "name", "\xEF\xBF\xBDself");
    assert_eval(&test, "typeof name + name.length", "string5");
    js_test_close(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(object_does_what_it_should),
        cmocka_unit_test(members_of_the_window_are_globals),
        cmocka_unit_test(function_that_is_kept_is_called_later),
        cmocka_unit_test(function_that_is_not_kept_is_gone),
        cmocka_unit_test(same_function_has_the_same_number),
        cmocka_unit_test(error_inside_of_a_use_is_the_one_that_is_told),
        cmocka_unit_test(object_that_nobody_has_is_forgotten),
        cmocka_unit_test(what_a_script_puts_into_an_object_stays),
        cmocka_unit_test(text_of_the_host_is_no_hidden_name),
    };

    return run_tests("js_objects", tests);
}
