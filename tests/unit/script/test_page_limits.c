/* SPDX-License-Identifier: MIT */
#include "script/page.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/page_fixture.h"

static void test_an_endless_script_stops_its_page(void **state)
{
    struct page_fixture *fixture = *state;
    const char *text;
    uint64_t due;

    fixture->options.limits.run_ms = 500;
    fixture->clock.look_ms = 1;
    page_fixture_body(fixture, "<b id=b onclick='1'>x</b><script>for (;;);</script>"
                               "<script>console.log('no')</script>");

    assert_true(page_is_stopped(fixture->page));
    assert_told(fixture, "stopped: " PAGE_FIXTURE_URL);
    assert_told(fixture, "ran for longer");
    assert_null(strstr(text_c(&fixture->told), "no\n"));
    assert_fails(XBITS_E_ABORT, page_fire(fixture->page, "b", "click"));
    assert_fails(XBITS_E_ABORT, page_eval(fixture->page, "1", &text));
    assert_fails(XBITS_E_ABORT, page_step(fixture->page, 0, &due));
    assert_ok(page_unload(fixture->page));
    assert_ok(xbits_shell_set_color(fixture->shell, "#102030"));
    assert_null(strstr(strstr(text_c(&fixture->told), "stopped: ") + 1, "stopped: "));
}

/* An expression is a script as any other, and so is what shows its value. */
static void test_a_value_that_is_never_shown_stops_its_page(void **state)
{
    struct page_fixture *fixture = *state;
    const char *text;

    fixture->options.limits.run_ms = 500;
    fixture->clock.look_ms = 1;
    page_fixture_body(fixture, "<script>var o = { toString: function () { for (;;); } }</script>");

    assert_fails(XBITS_E_ABORT, page_eval(fixture->page, "o", &text));
    assert_true(page_is_stopped(fixture->page));
    assert_told(fixture, "ran for longer");
}

static void test_a_greedy_script_is_held(void **state)
{
    struct page_fixture *fixture = *state;

    fixture->options.limits.memory_bytes = 8 << 20;
    page_fixture_body(fixture, "<script>var a = []; for (;;) a.push('x' + a.length)</script>");

    assert_true(page_is_stopped(fixture->page) || page_error_count(fixture->page) == 1);
}

/* Each of these does its worst; the page goes on, and says what happened. */
static void test_a_bomb_does_not_end_the_page(void **state)
{
    static const struct {
        const char *html;
        const char *told;
    } rows[] = {
        { "<div id=d></div><script>var s = '<b></b>'; while (s.length < 2000000) s += s;"
          "d.innerHTML = s</script>",
          "nodes" },
        { "<script>function w() { document.write('<script>w()</scr' + 'ipt>') } w()</script>",
          "document.write" },
        { "<script>var s = 'x'; while (s.length < 1000000) s += s;"
          "for (var i = 0; i < 9; i++) document.write(s)</script>",
          "document.write" },
        { "<script>for (;;) setTimeout('1', 1)</script>", "timers" },
        { "<script>for (var i = 0; i < 101; i++)"
          "document.write('<script src=a.js></scr' + 'ipt>')</script>",
          "script files at most" },
        { "<select id=l></select><script>l.options.length = 1e9</script>", "nodes" },
        { "<div id=d></div><script>for (var i = 0; ; i++) d['x'].y</script>", "error" },
        { "<div id=d></div><script>for (;;) { var e = document.createElement('B');"
          "d.appendChild(e); d = e }</script>",
          "deeper" },
        { "<script>for (var i = 0; ; i++) document.createElement('b' + i)</script>", "names" },
        { "<script>function f() {} for (;;) document.addEventListener('click', f)</script>",
          "handlers" },
        { "<script>function f() { f() } f()</script>", "error" },
        { "<script>onerror = function () { foo() }; foo()</script>", "error" },
    };
    struct page_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text_clear(&fixture->told);
        page_fixture_body(fixture, rows[i].html);

        assert_told(fixture, rows[i].told);
        assert_value(fixture, "1 + 1", "2");
    }
}

static void test_options_that_a_timer_makes_do_not_fill_the_page(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<select id=l></select><script>var i = 0; setInterval(function () {"
                               "for (var j = 0; j < 1000; j++)"
                               "l.options[0] = new Option('text ' + i++, 'value') }, 1000)"
                               "</script>");
    page_fixture_advance(fixture, 250000);

    assert_string_equal(text_c(&fixture->told), "");
    assert_value(fixture, "i + ' ' + l.options[0].text", "250000 text 249999");
}

static void test_a_page_says_so_much_at_once(void **state)
{
    struct page_fixture *fixture = *state;
    size_t lines = 0;

    page_fixture_body(fixture, "<script>setTimeout('alert(\"later\")', 1000);"
                               "for (var i = 0; i < 5000; i++) alert('0123456789')</script>");
    for (const char *c = text_c(&fixture->told); *c != '\0'; c++)
        lines += *c == '\n';

    assert_int_equal(lines, 1001);
    assert_told(fixture, "dialog: the page says too much at once: the rest is left out\n");
    page_fixture_advance(fixture, 1000);
    assert_told(fixture, "dialog: alert: later\n");
}

static void test_a_page_that_talks_with_every_timer_is_cut_short(void **state)
{
    struct page_fixture *fixture = *state;
    size_t lines = 0;

    page_fixture_body(fixture, "<script>function talk() { alert('x'); setTimeout(talk, 0);"
                               "setTimeout(talk, 0) } talk()</script>");
    page_fixture_advance(fixture, 200);
    for (const char *c = text_c(&fixture->told); *c != '\0'; c++)
        lines += *c == '\n';

    assert_int_equal(lines, 1001);
}

static void test_many_scripts_have_the_time_of_one(void **state)
{
    struct page_fixture *fixture = *state;
    struct text body = { 0 };

    for (int i = 0; i < 1000; i++)
        assert_ok(text_add(&body, "<script>var ran = 1</script>"));
    fixture->clock.look_ms = 1;
    fixture->options.limits.run_ms = 500;
    page_fixture_body(fixture, text_c(&body));
    text_dispose(&body);

    assert_true(page_is_stopped(fixture->page));
}

static void test_a_deep_page_is_read_to_its_end(void **state)
{
    struct page_fixture *fixture = *state;
    struct text html = { 0 };

    for (int i = 0; i < 50000; i++)
        assert_ok(text_add(&html, "<div><b>"));
    for (int i = 0; i < 50000; i++)
        assert_ok(text_add(&html, "</b></div>"));
    assert_ok(text_add(&html, "<script>var ran = 1</script>"));
    page_fixture_open(fixture, text_c(&html));
    text_dispose(&html);

    assert_value(fixture, "ran", "1");
}

static void test_end_tags_that_end_nothing_are_not_looked_for_without_end(void **state)
{
    struct page_fixture *fixture = *state;
    struct text html = { 0 };

    for (int i = 0; i < 150; i++)
        assert_ok(text_add(&html, "<div>"));
    assert_ok(text_add(&html, "<script>var ran = 1</script>"));
    for (int i = 0; i < 1000000; i++)
        assert_ok(text_add(&html, "</b>"));
    page_fixture_open(fixture, text_c(&html));
    text_dispose(&html);

    assert_told(fixture, "the rest is not read: more than 100000 end tags end nothing");
    assert_value(fixture, "ran", "1");
}

static void test_a_body_that_begins_again_and_again_is_found_at_once(void **state)
{
    struct page_fixture *fixture = *state;
    struct text html = { 0 };

    for (int i = 0; i < 100000; i++)
        assert_ok(text_add(&html, "<meta>"));
    for (int i = 0; i < 100000; i++)
        assert_ok(text_add(&html, "<body id=b>"));
    page_fixture_open(fixture, text_c(&html));
    text_dispose(&html);

    assert_value(fixture, "document.getElementById('b') === document.body", "true");
}

int main(void)
{
#define PAGE_TEST(name)                                                                            \
    cmocka_unit_test_setup_teardown((name), page_fixture_set_up, page_fixture_tear_down)
    const struct CMUnitTest tests[] = {
        PAGE_TEST(test_an_endless_script_stops_its_page),
        PAGE_TEST(test_a_value_that_is_never_shown_stops_its_page),
        PAGE_TEST(test_a_greedy_script_is_held),
        PAGE_TEST(test_a_bomb_does_not_end_the_page),
        PAGE_TEST(test_options_that_a_timer_makes_do_not_fill_the_page),
        PAGE_TEST(test_a_page_says_so_much_at_once),
        PAGE_TEST(test_a_page_that_talks_with_every_timer_is_cut_short),
        PAGE_TEST(test_many_scripts_have_the_time_of_one),
        PAGE_TEST(test_a_deep_page_is_read_to_its_end),
        PAGE_TEST(test_a_body_that_begins_again_and_again_is_found_at_once),
        PAGE_TEST(test_end_tags_that_end_nothing_are_not_looked_for_without_end),
    };

    return run_tests("page_limits", tests);
}
