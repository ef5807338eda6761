/* SPDX-License-Identifier: MIT */
#include "script/page.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/page_fixture.h"

static void test_a_click_bubbles_to_the_window(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture,
                      "<div id=outer onclick=\"log += 'o' + (this === outer)\"><b id=inner>x</b>"
                      "</div><script>var log = '';"
                      "inner.onclick = function (e) { log += 'i' + event.srcElement.id + e.type };"
                      "inner.attachEvent('onclick', function () { log += 'a' });"
                      "document.addEventListener('click', function () { log += 'd' }, false);"
                      "window.addEventListener('click', function () { log += 'w' }, false);"
                      "</script>");
    assert_ok(page_fire(fixture->page, "inner", "click"));

    assert_value(fixture, "log", "iinnerclickaotruedw");
    assert_value(fixture, "event", "null");
}

static void test_cancel_bubble_stops_it(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<div onclick='n = 1'><b id=b "
                               "onclick='event.cancelBubble = true'>x</b></div>"
                               "<script>var n = 0</script>");
    assert_ok(page_fire(fixture->page, "b", "click"));

    assert_value(fixture, "n", "0");
}

static void test_a_handler_can_be_set_read_and_taken_off(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<b id=b onclick='n++'>x</b><script>var n = 0</script>");

    assert_value(fixture, "typeof b.onclick", "function");
    assert_value(fixture, "b.click(); b.onclick(); n", "2");
    assert_value(fixture, "b.onclick = null; b.click(); n + String(b.onclick)", "2null");
    assert_value(fixture, "b.onclick = function () { n = 9; b.onclick = null }; b.click(); n", "9");
    assert_value(fixture, "b.setAttribute('onclick', 'n = 11'); b.click(); n", "11");
    assert_value(fixture, "b.setAttribute('onclick', 'n = 12'); b.click(); n", "12");
    assert_value(fixture,
                 "function f() { n++ } b.onclick = null; b.attachEvent('onclick', f); "
                 "b.click(); b.detachEvent('onclick', f); b.click(); n",
                 "13");
    assert_int_equal(0, page_error_count(fixture->page));
}

static void test_a_click_does_what_the_control_does(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(
        fixture,
        "<input type=checkbox id=box onchange=\"log += 'c' + box.checked\">"
        "<input type=checkbox id=stuck onclick='return false'>"
        "<input type=radio name=r id=r1 checked><input type=radio name=r id=r2>"
        "<select id=list onchange='log += list.selectedIndex'><option>a<option id=second>b</select>"
        "<input type=button id=dead disabled onclick=\"log += 'dead'\">"
        "<script>var log = ''</script>");
    assert_ok(page_fire(fixture->page, "box", "click"));
    assert_ok(page_fire(fixture->page, "stuck", "click"));
    assert_ok(page_fire(fixture->page, "r2", "click"));
    assert_ok(page_fire(fixture->page, "second", "click"));
    assert_ok(page_fire(fixture->page, "dead", "click"));

    assert_value(fixture, "log", "ctrue1");
    assert_value(fixture, "stuck.checked + ',' + r1.checked + ',' + r2.checked",
                 "false,false,true");
}

static void test_only_known_events_of_known_elements_can_be_caused(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<b id=b>x</b>");

    assert_fails(XBITS_E_INVALIDARG, page_fire(fixture->page, "c", "click"));
    assert_message("\"c\"");
    assert_fails(XBITS_E_INVALIDARG, page_fire(fixture->page, "b", "explode"));
    assert_message("explode");
    assert_ok(page_fire(fixture->page, "window", "onfocus"));
    assert_ok(page_fire(fixture->page, "document", "click"));
}

static void test_a_handler_may_replace_what_it_belongs_to(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<div id=outer onclick=\"log += 'o'\"><b id=b "
                               "onclick=\"outer.innerHTML = '<i id=b>new</i>'; log += this.id\">"
                               "x</b></div><script>var log = ''</script>");
    assert_ok(page_fire(fixture->page, "b", "click"));
    assert_value(fixture, "log + b.tagName", "boI");
    assert_ok(page_fire(fixture->page, "b", "click"));
    assert_value(fixture, "log", "boo");
}

static void test_clicks_inside_of_clicks_end(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<b id=b onclick='n++; this.click()'>x</b>"
                               "<script>var n = 0</script>");
    assert_ok(page_fire(fixture->page, "b", "click"));

    assert_value(fixture, "n > 3 && n < 100", "true");
    assert_told(fixture, "deep in each other");
    assert_false(page_is_stopped(fixture->page));
}

static void test_timers_run_on_the_manager_s_time(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<script>var log = '', start = new Date().getTime();"
                               "setTimeout(\"log += 't'\", 50, 'JScript');"
                               "var i = setInterval(function () { log += 'i' }, 1000);"
                               "setTimeout(function () { log += 'n' });"
                               "</script>");
    page_fixture_advance(fixture, 3500);
    assert_value(fixture, "log", "ntiii");
    assert_value(fixture, "new Date().getTime() - start", "3500");
    assert_value(fixture, "clearInterval(i); clearTimeout(77); clearTimeout('x')", "undefined");
    page_fixture_advance(fixture, 5000);
    assert_value(fixture, "log", "ntiii");
}

static void test_a_timer_may_clear_itself_and_others(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<script>var n = 0;"
                               "var a = setInterval(function () { n++; clearInterval(a) }, 10);"
                               "var b = setInterval('n += 10; clearInterval(b); "
                               "clearTimeout(c)', 10);"
                               "var c = setTimeout('n += 100', 10);"
                               "function again() { n += 1000; setTimeout(again, 0) }"
                               "setTimeout(again, 100);</script>");
    page_fixture_advance(fixture, 99);
    assert_value(fixture, "n", "11");
    page_fixture_advance(fixture, 1);
    assert_value(fixture, "n", "1011");
    page_fixture_advance(fixture, 10);
    assert_value(fixture, "n", "2011");
}

static void test_an_error_in_a_timer_does_not_end_it(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<script>setInterval('foo()', 100)</script>");
    page_fixture_advance(fixture, 300);

    assert_int_equal(3, page_error_count(fixture->page));
}

int main(void)
{
#define PAGE_TEST(name)                                                                            \
    cmocka_unit_test_setup_teardown((name), page_fixture_set_up, page_fixture_tear_down)
    const struct CMUnitTest tests[] = {
        PAGE_TEST(test_a_click_bubbles_to_the_window),
        PAGE_TEST(test_cancel_bubble_stops_it),
        PAGE_TEST(test_a_handler_can_be_set_read_and_taken_off),
        PAGE_TEST(test_a_click_does_what_the_control_does),
        PAGE_TEST(test_only_known_events_of_known_elements_can_be_caused),
        PAGE_TEST(test_a_handler_may_replace_what_it_belongs_to),
        PAGE_TEST(test_clicks_inside_of_clicks_end),
        PAGE_TEST(test_timers_run_on_the_manager_s_time),
        PAGE_TEST(test_a_timer_may_clear_itself_and_others),
        PAGE_TEST(test_an_error_in_a_timer_does_not_end_it),
    };

    return run_tests("page_events", tests);
}
