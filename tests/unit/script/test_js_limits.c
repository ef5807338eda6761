/* SPDX-License-Identifier: MIT */
#include "unit/script/js_fixture.h"

#include <stdio.h>
#include <string.h>

#define RUN_MS 10

/* What a page may try. `before` runs without a limit of time; afterwards each look at the clock
 * costs a millisecond. */
struct bomb {
    enum js_error_kind ends_by;
    const char *before;
    const char *script;
};

#define LONG_A    "var s='a',i;for(i=0;i<21;i++)s+=s;var n=s.substr(0,s.length/2)+'b'"
#define LONG_EURO "var s='\\u20ac',i;for(i=0;i<20;i++)s+=s"
#define MANY_A    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"

static const struct bomb bombs[] = {
    /* Loops, and what hides in catch and finally. */
    { JS_ERROR_TIME, "", "for(;;);" },
    { JS_ERROR_TIME, "", "for(;;){try{for(;;);}catch(e){}}" },
    { JS_ERROR_TIME, "", "function f(){try{f()}finally{f()}} f()" },
    { JS_ERROR_TIME, "", "for(;;){try{throw 1}catch(e){continue}finally{continue}}" },
    { JS_ERROR_TIME, "", "with({get x(){for(;;);}}){x}" },
    { JS_ERROR_TIME, "", "'aaa'.replace(/a/g,function(){for(;;){}})" },
    { JS_ERROR_TIME, "", "for(;;)eval('1')" },
    { JS_ERROR_TIME, "", "for(;;)new Date(2000,1,1).toString()" },
    /* Loops of the engine itself. */
    { JS_ERROR_TIME, "", "new Array(4294967295).join('x')" },
    { JS_ERROR_TIME, "", "Array.prototype.reverse.call({length:4294967295})" },
    { JS_ERROR_TIME, "", "Array.prototype.indexOf.call({length:2147483647},1)" },
    { JS_ERROR_TIME, "", "Array.prototype.forEach.call({length:4294967295},function(){})" },
    { JS_ERROR_TIME, "", "[].concat(new Array(4294967295),new Array(4294967295))" },
    { JS_ERROR_TIME, "", "[].sort.call({length:2147483647})" },
    { JS_ERROR_TIME, "var a=[];a[4294967294]=1", "a.shift()" },
    { JS_ERROR_TIME, "var f=function(){}", "for(;;)f=f.bind(null)" },
    { JS_ERROR_TIME, "var a=[]", "for(;;)a=[a],JSON.stringify(a)" },
    { JS_ERROR_TIME, "var o={},i;for(i=60000;i>0;i--)o[i]=1", "for(i in o){}" },
    { JS_ERROR_TIME, LONG_A ";var p=s+'c',a=[];for(i=0;i<30000;i++)a[i]=i&1?n:p", "a.sort()" },
    /* Long texts. */
    { JS_ERROR_TIME, LONG_A, "s.indexOf(n)" },
    { JS_ERROR_TIME, LONG_A, "s.split(n)" },
    { JS_ERROR_TIME, LONG_A, "s.replace(n,'')" },
    { JS_ERROR_TIME, LONG_A, "for(;;)s<n" },
    { JS_ERROR_TIME, LONG_A, "for(;;)-s" },
    { JS_ERROR_TIME, LONG_EURO, "for(i=0;;i=(i+123457)%s.length)s.charCodeAt(i)" },
    { JS_ERROR_TIME, LONG_EURO, "for(i=0;;i=(i+123457)%s.length)s[i]" },
    { JS_ERROR_TIME, "var s=new Array(1e5).join('%41')", "for(;;)decodeURIComponent(s)" },
    /* Regular expressions. */
    { JS_ERROR_TIME, "", "/(a+)+$/.test('" MANY_A "')" },
    { JS_ERROR_TIME, "", "'" MANY_A "'.replace(/(a+)+$/g,'')" },
    { JS_ERROR_TIME, "", "for(;;)try{/(a+)+$/.test('" MANY_A "')}catch(e){}" },
    { JS_ERROR_TIME, "var r=new Array(1e5).join('[\\\\0-\\\\uffff]')", "new RegExp(r,'i')" },
    /* Sources. */
    { JS_ERROR_TIME, "var s=new Array(2e5).join('1+')+'1'", "for(;;)eval(s)" },
    { JS_ERROR_TIME, "var s=new Array(1e5).join('a:')", "for(;;)try{new Function(s)}catch(e){}" },
    { JS_ERROR_THROWN, "var s=new Array(1e4).join('(')", "eval(s)" },
    { JS_ERROR_THROWN, "var s=new Array(1e4).join('function f(){')", "eval(s)" },
    { JS_ERROR_THROWN, "var s=new Array(1e5).join('(')", "new RegExp(s)" },
    /* Depth. */
    { JS_ERROR_THROWN, "function f(){f()}", "f()" },
    { JS_ERROR_THROWN, "var o={toString:function(){return ''+o}}", "''+o" },
    { JS_ERROR_THROWN, "var o={get x(){return o.x}}", "o.x" },
    { JS_ERROR_THROWN, "var a=[];a[0]=a", "String(a)" },
    { JS_ERROR_THROWN, "var s=new Array(1e4).join('[')", "JSON.parse(s)" },
    { JS_ERROR_THROWN, "thing.listen(function(){thing.fire()})", "thing.fire()" },
    /* Memory. */
    { JS_ERROR_MEMORY, "", "'x'.repeat(1e9)" },
    { JS_ERROR_MEMORY, "var s='x'", "for(;;)s+=s" },
    { JS_ERROR_TIME, "var s='x'", "for(;;){try{s+=s}catch(e){}}" },
    { JS_ERROR_MEMORY, "", "new RegExp('((((((a{1000}){1000}){1000}){1000}){1000}){1000})')" },
    { JS_ERROR_THROWN, "var a={length:2e6}", "String.fromCharCode.apply(null,a)" },
    /* The host's objects. */
    { JS_ERROR_TIME, "", "for(;;)thing.size" },
    { JS_ERROR_TIME, "var i=0", "for(;;)thing.part(i++)" },
    { JS_ERROR_TIME, "thing.listen(function(){for(;;);})", "for(;;)try{thing.fire()}catch(e){}" },
    { JS_ERROR_TIME, "thing.listen(function(){throw 1})", "for(;;)try{thing.fire()}catch(e){}" },
    { JS_ERROR_TIME, "", "throw {toString:function(){for(;;);}}" },
};

static void detonate(const struct bomb *bomb)
{
    const struct js_limits limits = { .memory_bytes = 32 * 1024 * 1024, .run_ms = RUN_MS };
    struct js_test test;
    uint64_t before;
    bool is_limit = bomb->ends_by == JS_ERROR_TIME || bomb->ends_by == JS_ERROR_MEMORY;

    js_test_open(&test, &limits);
    if (XBITS_FAILED(js_test_run(&test, bomb->before)))
        fail_msg("%s: %s", bomb->before, xbits_last_error()->message);
    before = test.clock.now_ms;
    test.clock.step_ms = bomb->ends_by == JS_ERROR_TIME ? 1 : 0;

    if (XBITS_SUCCEEDED(js_test_run(&test, bomb->script)))
        fail_msg("%s: nothing stopped it", bomb->script);

    if (js_last_error(test.engine)->kind != bomb->ends_by)
        fail_msg("%s: %s", bomb->script, js_last_error(test.engine)->message);
    assert_int_equal(js_engine_is_stopped(test.engine), is_limit);
    assert_in_range(test.clock.now_ms - before, 0, 2 * RUN_MS + 10);
    js_test_close(&test);
}

static void every_bomb_is_stopped(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++)
        detonate(&bombs[i]);
}

static void stopped_engine_runs_nothing_and_another_does(void **state)
{
    const struct js_limits limits = { .run_ms = RUN_MS };
    struct js_test test;

    (void)state;
    js_test_open(&test, &limits);
    assert_ok(js_test_run(&test, "thing.listen(function(){})"));
    test.clock.step_ms = 1;
    assert_fails(XBITS_E_FAIL, js_test_run(&test, "\nfor(;;);"));

    assert_message("page.js:2: the script ran too long");
    assert_fails(XBITS_E_FAIL, js_test_run(&test, "thing.colour = 1"));
    assert_fails(XBITS_E_FAIL, js_call(test.engine, test.listener, NULL, NULL, 0));
    assert_true(test.colour == 0.0);
    js_test_close(&test);

    js_test_open(&test, &limits);
    assert_eval(&test, "1 + 1", "2");
    js_test_close(&test);
}

static void time_counts_from_each_entry(void **state)
{
    const struct js_limits limits = { .run_ms = RUN_MS };
    struct js_test test;
    int i;

    (void)state;
    js_test_open(&test, &limits);
    test.clock.step_ms = 1;

    for (i = 0; i < 3 * RUN_MS; i++)
        assert_ok(js_test_run(&test, "thing.size"));

    js_test_close(&test);
}

static void entries_of_a_stretch_have_their_time_together(void **state)
{
    const struct js_limits limits = { .run_ms = RUN_MS };
    struct js_test test;
    int i;

    (void)state;
    js_test_open(&test, &limits);
    test.clock.step_ms = 1;

    js_stretch_begin(test.engine);
    assert_ok(js_test_run(&test, "thing.size"));
    js_stretch_end(test.engine);
    js_stretch_begin(test.engine);
    assert_ok(js_test_run(&test, "thing.size"));
    test.clock.now_ms += 100 * RUN_MS;
    assert_ok(js_test_run(&test, "thing.size"));
    for (i = 0; i < RUN_MS && !js_engine_is_stopped(test.engine); i++)
        (void)js_test_run(&test, "for(var i=0;i<1000;i++)thing.size");

    assert_true(js_engine_is_stopped(test.engine));
    assert_int_equal(js_last_error(test.engine)->kind, JS_ERROR_TIME);
    js_test_close(&test);
}

static void allocation_that_fails_and_is_caught_stops_nothing(void **state)
{
    struct js_test test;

    (void)state;
    js_test_open(&test, NULL);

    assert_eval(&test, "try { 'x'.repeat(1e9) } catch (e) { 'caught' }", "caught");

    assert_false(js_engine_is_stopped(test.engine));
    assert_eval(&test, "1 + 1", "2");
    js_test_close(&test);
}

#define RICH                                                                                       \
    "var a=[],i;for(i=0;i<40;i++){a.push(thing.part(i));a[i].count(i,'\\u20ac',function(){})}"     \
    "box.mine=a;for(var n in box){String(n)}thing.listen(function(x){return x+1});thing.fire(1);"  \
    "try{thing.none=1}catch(e){e.description}/(a)+/.exec('aaa');JSON.stringify([1,{a:2}]);"        \
    "try{eval('a b')}catch(e){}new Date().toGMTString();function f(){try{g()}finally{i=0}}"        \
    "function g(){return function(){return i}}f();thing.say('\\ud83d\\ude00')"

/* With a little more memory each time, every allocation is the first to fail once. */
static void memory_that_ends_anywhere_is_survived(void **state)
{
    size_t bytes;
    bool has_run = false;

    (void)state;
    for (bytes = 32 * 1024; bytes < 512 * 1024; bytes += 160) {
        struct js_test test = { 0 };
        struct js_options options = { .limits.memory_bytes = bytes, .host = &test };
        struct js_value thing = js_object(&js_test_thing, 1);
        struct js_value box = js_object(&js_test_box, 2);

        if (XBITS_FAILED(js_engine_new(&options, &test.engine)))
            continue;
        has_run = XBITS_SUCCEEDED(js_set_global(test.engine, "thing", &thing)) &&
                  XBITS_SUCCEEDED(js_set_global(test.engine, "box", &box)) &&
                  XBITS_SUCCEEDED(js_set_window(test.engine, &box.as.object)) &&
                  XBITS_SUCCEEDED(js_test_run(&test, RICH));
        js_engine_free(test.engine);
    }

    assert_true(has_run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bomb_is_stopped),
        cmocka_unit_test(stopped_engine_runs_nothing_and_another_does),
        cmocka_unit_test(time_counts_from_each_entry),
        cmocka_unit_test(entries_of_a_stretch_have_their_time_together),
        cmocka_unit_test(allocation_that_fails_and_is_caught_stops_nothing),
        cmocka_unit_test(memory_that_ends_anywhere_is_survived),
    };

    return run_tests("js_limits", tests);
}
