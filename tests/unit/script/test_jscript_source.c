/* SPDX-License-Identifier: MIT */
#include "script/engine/jscript_source.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <string.h>

static const struct {
    const char *script;
    const char *expected;
} rows[] = {
    { "", "" },
    { "function a() {}", "function a() {}" },
    { "function a::b() {}", " a.b=function() {}" },
    { "function a::b() {};", " a.b=function() {};" },
    { "function a::b() {} c", " a.b=function() {};c" },
    { "function a::b(){}c", " a.b=function(){};c" },
    { "function a::b()\n{\n}\nc", " a.b=function()\n{\n};\nc" },
    { "function  a::b ( x ) { if (x) { } }\t", "  a.b=function ( x ) { if (x) { } };" },
    { "function\na::b() {}", "\na.b=function() {}" },
    { "function a::b() { function c::d() {} }", " a.b=function() {  c.d=function() {};}" },
    { "function a.b() {} c", "a.b=function() {};c" },
    { "function  a.b.c() {}", " a.b.c=function() {}" },
    { "function a.b::c() {}", " a.b.c=function() {}" },
    { "function a::b::c() {}", " a.b. c=function() {}" },
    { "function\na.b() {}", "\na.b=function() {}" },
    /* Where it is no definition. */
    { "function a.() {}", "function a.() {}" },
    { "function .a() {}", "function .a() {}" },
    { "x = function() {}.y; function () {}", "x = function() {}.y; function () {}" },
    { "new Function('function a.b() {}')", "new Function('function a.b() {}')" },
    { "a::b", "a::b" },
    { "functiona::b() {}", "functiona::b() {}" },
    { "function a:b() {}", "function a:b() {}" },
    { "function ::b() {}", "function ::b() {}" },
    { "function a::() {}", "function a::() {}" },
    { "// function a::b() {}", "// function a::b() {}" },
    { "/* function a::b() {} */", "/* function a::b() {} */" },
    { "'function a::b() {}'", "'function a::b() {}'" },
    { "\"\\\"function a::b() {}\"", "\"\\\"function a::b() {}\"" },
    { "x = /function a::b() {}/", "x = /function a::b() {}/" },
    { "x = /[/]function a::b() {}/", "x = /[/]function a::b() {}/" },
    { "return /function a::b() {}/", "return /function a::b() {}/" },
    /* A slash that divides, and braces in texts. */
    { "x = y / 2; function a::b() {} z / 1", "x = y / 2;  a.b=function() {};z / 1" },
    { "function a::b() { x = '}' + /}/; }", " a.b=function() { x = '}' + /}/; }" },
    { "function a::b() { // }\n}", " a.b=function() { // }\n}" },
    /* What never ends. */
    { "function a::b() {", " a.b=function() {" },
    { "/* function a::b()", "/* function a::b()" },
    { "'function a::b()\\", "'function a::b()\\" },
    { "function a::", "function a::" },
    { "function a::b", " a.b=function" },
};

static void only_definitions_of_handlers_are_rewritten(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct text text = { 0 };

        assert_ok(jscript_source_rewrite(rows[i].script, strlen(rows[i].script), &text));
        assert_string_equal(text_c(&text), rows[i].expected);
        text_dispose(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_definitions_of_handlers_are_rewritten),
    };

    return run_tests("jscript_source", tests);
}
