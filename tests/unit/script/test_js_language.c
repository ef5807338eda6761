/* SPDX-License-Identifier: MIT */
#include "unit/script/js_fixture.h"

#include <stdio.h>
#include <string.h>

#define CODE_OF(script) "try { " script " } catch (e) { e.number & 0xFFFF }"

/* A script and what String() gives of its value, or the message of its error. */
static const struct {
    const char *script;
    const char *expected;
} rows[] = {
    /* JScript's ways. */
    { "if (true) { function late() { return 1 } } late()", "1" },
    { "coll = thing; function never() { coll.Item(1) = 2 } typeof never", "function" },
    { "010 + escape('\\u20ac') + unescape('%41')", "8%u20ACA" },
    { "/*@cc_on @set @x = 1 @*/ 3", "3" },
    { "<!-- hidden\n4", "4" },
    { "var o = {}; function o::ready(n) { return n + 1 }\no.ready(1)", "2" },
    { "'abc'.substr(1, 1) + 'abc'.substr(-2) + 'abc'.substr(-2, 1) + 'abc'.substr(2)", "babcac" },
    { "[new Date(0), new Date(2000, 0, 1), new Date(1800, 0, 1)].map(function (date) {"
      " return date.getYear() })",
      "70,2000,1800" },
    { "RegExp.$1 + /a(b)(c)?/.test('ab') + RegExp.$1 + RegExp.$2 + RegExp.$9", "trueb" },
    { "/(x)/.exec('x'); /(y)/.exec('x'); RegExp.$1", "x" },
    { "'v7'.match(/v(\\d)/); 'v8 v9'.match(/v\\d/g) + RegExp.$1", "v8,v97" },
    /* Dates: what pages write into cookies, and read again. */
    { "new Date(2030, 0, 1).toGMTString()", "Tue, 01 Jan 2030 00:00:00 GMT" },
    { "new Date(2030, 0, 1).toUTCString()", "Tue, 01 Jan 2030 00:00:00 GMT" },
    { "new Date(2030, 0, 1).toString()", "Tue Jan 1 00:00:00 UTC 2030" },
    { "new Date(2030, 0, 1).toISOString()", "2030-01-01T00:00:00.000Z" },
    { "new Date().getTime()", "1893456000000" },
    { "new Date().getTimezoneOffset()", "0" },
    { "Date.parse('Tue, 1 Jan 2030 00:00:00 UTC')", "1893456000000" },
    { "Date.parse('Tue, 01-Jan-2030 00:00:00 GMT')", "1893456000000" },
    { "Date.parse('1 Jan 2030 00:00:00 UTC')", "1893456000000" },
    { "Date.parse('January 1, 2030 1:30:05 PM')", "1893504605000" },
    { "Date.parse('1/2/2030')", "1893542400000" },
    { "Date.parse('Tue Jan 1 01:00:00 UTC+0100 2030')", "1893456000000" },
    { "Date.parse(new Date(2030, 0, 1).toString())", "1893456000000" },
    { "Date.parse('2030-01-01T00:00:00Z')", "1893456000000" },
    { "Date.parse('32 Jan 2030') + Date.parse('1 Foo 2030') + Date.parse('99:99 1 Jan 2030')",
      "NaN" },
    { "Date.parse('') + Date.parse('(') + Date.parse('1/') + Date.parse('1:')", "NaN" },
    /* Errors have a number and a description. */
    { "try { null.x } catch (e) { e.description == e.message }", "true" },
    { "new Error(5, 'five').number + new Error(5, 'five').description", "5five" },
    { "new Error('text').message + new Error('text').description", "texttext" },
    { "var e = new Error('a'); e.description = 'b'; e.message + e.description", "ab" },
    { "Error('x') instanceof Error && new TypeError('x') instanceof Error", "true" },
    { "try { new ActiveXObject('A.B') } catch (e) { e.number === (0x800A01AD | 0) }", "true" },
    /* Those of the language too. */
    { CODE_OF("nowhere"), "5009" },
    { CODE_OF("nowhere()"), "5009" },
    { CODE_OF("null.x"), "5007" },
    { CODE_OF("var u; u.x = 1"), "5007" },
    { CODE_OF("({}).nothing()"), "438" },
    { CODE_OF("thing.nothing()"), "438" },
    { CODE_OF("5()"), "5002" },
    { CODE_OF("({ n: 5 }).n()"), "5002" },
    { CODE_OF("1 in 2"), "13" },
    { CODE_OF("Date.prototype.getTime.call({})"), "5006" },
    { CODE_OF("new Array(-1)"), "5029" },
    { CODE_OF("(1).toFixed(99)"), "5" },
    { CODE_OF("(function f() { f() })()"), "28" },
    { CODE_OF("eval('var a = ;')"), "1002" },
    { CODE_OF("eval('\\'a')"), "1015" },
    { CODE_OF("new RegExp('(')"), "5017" },
    { CODE_OF("new RegExp('[')"), "5019" },
    { CODE_OF("new RegExp('*')"), "5018" },
    { CODE_OF("decodeURI('%')"), "5025" },
    { CODE_OF("throw new Error('mine')"), "0" },
    { CODE_OF("throw new Error(7, 'mine')"), "7" },
    { CODE_OF("var e = new TypeError('x'); e.number = 8; for (var k in e) e.number = 9; throw e"),
      "8" },
    /* What JScript had not. */
    { "typeof Proxy + typeof Duktape + typeof Uint8Array + typeof Symbol",
      "undefinedundefinedundefinedundefined" },
    { "typeof String.fromBufferRaw + typeof globalThis + typeof CBOR + typeof Reflect",
      "undefinedundefinedundefinedundefined" },
    /* Texts. */
    { "'\\ud83d\\ude00'", "\xF0\x9F\x98\x80" },
    { "'\xF0\x9F\x98\x80'.length", "2" },
    { "'a\\ud83d'", "a\xEF\xBF\xBD" },
    { "'\\ude00b'", "\xEF\xBF\xBD"
                    "b" },
    { "throw new Error('mine')", "Error: mine" },
    { "throw 'plain'", "plain" },
    { "nowhere", "ReferenceError: identifier 'nowhere' undefined" },
};

static void script_gives_what_it_should(void **state)
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

/* A script that stands at line 10, column 5 of its file, and where its error is. */
static const struct {
    const char *script;
    enum js_error_kind kind;
    unsigned line;
    unsigned column;
} places[] = {
    { "var a = ;", JS_ERROR_SYNTAX, 10, 13 },
    { "\nfoo bar", JS_ERROR_SYNTAX, 11, 5 },
    { "var s = '\xE2\x82\xAC' ?;", JS_ERROR_SYNTAX, 10, 18 },
    { "a\r\n\r\n  ) b", JS_ERROR_SYNTAX, 12, 3 },
    { "function a::b() {} )", JS_ERROR_SYNTAX, 10, 24 },
    { "'never ends", JS_ERROR_SYNTAX, 10, 5 },
    { "\n\nthrow new Error('x')", JS_ERROR_THROWN, 12, 0 },
    { "nowhere", JS_ERROR_THROWN, 10, 0 },
    { "\nthing.refuse()", JS_ERROR_THROWN, 11, 0 },
};

static void error_names_its_place(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        struct js_source source = { "p.htm", places[i].script, strlen(places[i].script), 10, 5 };
        const struct js_error *error;
        struct js_test test;

        js_test_open(&test, NULL);
        assert_fails(XBITS_E_FAIL, js_run(test.engine, &source, NULL));
        error = js_last_error(test.engine);
        if (error->line != places[i].line || error->column != places[i].column ||
            error->kind != places[i].kind)
            fail_msg("%s: %s", places[i].script, xbits_last_error()->message);
        assert_string_equal(error->source, "p.htm");
        js_test_close(&test);
    }
}

static void syntax_error_of_a_handler_is_placed_in_its_attribute(void **state)
{
    struct js_source near_start = { "p.htm", "a b", 3, 2, 4 };
    struct js_source far = { "p.htm", "a b", 3, 7, 40 };
    struct js_test test;
    uint64_t function;

    (void)state;
    js_test_open(&test, NULL);

    assert_fails(XBITS_E_FAIL, js_compile(test.engine, &near_start, "event", &function));
    assert_message("p.htm:2:6: ");
    assert_fails(XBITS_E_FAIL, js_compile(test.engine, &far, "", &function));
    assert_message("p.htm:7:42: ");

    js_test_close(&test);
}

static void body_of_a_handler_cannot_leave_its_function(void **state)
{
    static const char *const bodies[] = { "}; thing.colour = 1; function x() {",
                                          "}, thing.colour = 1, function() {",
                                          "})(); (function() {" };
    struct js_test test;
    uint64_t function = 0;
    size_t i;

    (void)state;
    js_test_open(&test, NULL);

    for (i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct js_source source = { "p.htm", bodies[i], strlen(bodies[i]), 1, 1 };

        if (XBITS_SUCCEEDED(js_compile(test.engine, &source, "", &function)))
            assert_ok(js_call(test.engine, function, NULL, NULL, 0));
    }

    assert_true(test.colour == 0.0);
    js_test_close(&test);
}

static void handler_gets_this_and_its_arguments_and_answers(void **state)
{
    static const char body[] = "this.colour = event; return false // the end";
    struct js_source source = { "p.htm", body, sizeof(body) - 1, 1, 1 };
    struct js_value self = js_object(&js_test_thing, 1);
    struct js_value event = js_number(7);
    struct js_test test;
    uint64_t function;

    (void)state;
    js_test_open(&test, NULL);
    assert_ok(js_compile(test.engine, &source, "event", &function));

    assert_ok(js_call(test.engine, function, &self, &event, 1));

    assert_true(test.colour == 7.0);
    assert_int_equal(js_returned(test.engine)->kind, JS_BOOL);
    assert_false(js_returned(test.engine)->as.boolean);
    js_function_drop(test.engine, function);
    assert_fails(XBITS_E_FAIL, js_call(test.engine, function, &self, &event, 1));
    js_test_close(&test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(script_gives_what_it_should),
        cmocka_unit_test(error_names_its_place),
        cmocka_unit_test(syntax_error_of_a_handler_is_placed_in_its_attribute),
        cmocka_unit_test(body_of_a_handler_cannot_leave_its_function),
        cmocka_unit_test(handler_gets_this_and_its_arguments_and_answers),
    };

    return run_tests("js_language", tests);
}
