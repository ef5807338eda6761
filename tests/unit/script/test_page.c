/* SPDX-License-Identifier: MIT */
#include "script/page.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/page_fixture.h"

struct expression {
    const char *expression;
    const char *value;
};

static void check_all(struct page_fixture *fixture, const struct expression *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_value(fixture, rows[i].expression, rows[i].value);
}
#define CHECK(fixture, rows) check_all((fixture), (rows), sizeof(rows) / sizeof((rows)[0]))

static void test_a_page_sees_its_window_and_its_document(void **state)
{
    static const struct expression rows[] = {
        { "self === window && top === window && parent === this", "true" },
        { "document.readyState", "complete" },
        { "document.title", "Shop" },
        { "document.URL", PAGE_FIXTURE_URL },
        { "location.href", PAGE_FIXTURE_URL },
        { "'' + location", PAGE_FIXTURE_URL },
        { "location.hostname + location.pathname", "store.example/shop/page.htm" },
        { "document.bgColor", "#112233" },
        { "document.bgColor = 'red'; document.body.bgColor", "red" },
        { "document.body.tagName", "BODY" },
        { "navigator.userAgent.indexOf('MSIE') > 0", "true" },
        { "navigator.userAgent.indexOf('12.0.1.2') > 0", "true" },
        { "external.version", "12.0.1.2" },
        { "external.EXTERNAL === undefined", "true" },
        { "window.status = 5; status + 1", "51" },
        { "typeof external.DownloadManager", "undefined" },
        { "var e; try { external.OnColorChange } catch (x) { e = x } e.number & 0xFFFF", "438" },
        { "\"OnColorChange\" in external", "true" },
        { "typeof nothing", "undefined" },
        { "document.nothing === undefined", "true" },
        { "document.own = 7; document.own", "7" },
        { "String(box)", "[object HTMLElement]" },
    };
    struct page_fixture *fixture = *state;

    page_fixture_open(fixture, "<title>Shop</title><body bgcolor=#112233><div id=box>x</div>");

    CHECK(fixture, rows);
}

static void test_an_element_is_found_by_id_name_list_and_index(void **state)
{
    static const struct expression rows[] = {
        { "box === document.getElementById('box')", "true" },
        { "box === document.all.box && box === document.all['box']", "true" },
        { "document.getElementsByTagName('B').length", "2" },
        { "document.getElementsByTagName('b')[1].innerText", "two" },
        { "document.getElementsByTagName('b')[2] === undefined", "true" },
        { "document.all.item('box') === box", "true" },
        { "document.order.song.value", "abc" },
        { "song.value", "abc" },
        { "document.getElementById('none')", "null" },
        { "box.children.length + ',' + box.childNodes.length", "2,3" },
        { "box.children[0].parentNode === box", "true" },
    };
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<div id=box><b>one</b>x<b>two</b></div>"
                               "<form name=order><input name=song value=abc></form>");

    CHECK(fixture, rows);
}

static void test_a_variable_of_the_page_hides_an_id(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_open(fixture, "<script>var box = 1; function song(){return 2}</script>"
                               "<div id=box></div><b id=song>x</b>");

    assert_value(fixture, "box + song()", "3");
}

static void test_an_element_s_content_is_read_and_written(void **state)
{
    static const struct expression rows[] = {
        { "box.innerHTML", "a<b id=\"c\">b</b>" },
        { "box.outerHTML", "<div id=\"box\">a<b id=\"c\">b</b></div>" },
        { "box.innerText", "ab" },
        { "box.innerText = '<i>'; box.innerHTML", "&lt;i&gt;" },
        { "box.innerHTML = 'x<br>y<script>no()</scr' + 'ipt>'; box.innerText", "x\ny" },
        { "box.className = 'k'; box.getAttribute('class')", "k" },
        { "box.setAttribute('Title', 'T'); box.title", "T" },
        { "box.removeAttribute('title'); box.getAttribute('title')", "null" },
        { "box.style.backgroundColor = '#FFF'; box.getAttribute('style')",
          "background-color: #FFF" },
        { "box.style.display === ''", "true" },
        { "var n = document.createElement('P'); n.innerText = 'new'; box.appendChild(n); "
          "box.children[box.children.length - 1].tagName",
          "P" },
        { "box.removeChild(n); n.parentNode", "null" },
        { "try { n.appendChild(n); 'no' } catch (e) { 'caught' }", "caught" },
        { "box.expando = { a: 1 }; document.getElementById('box').expando.a", "1" },
    };
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<div id=box>a<b id=c>b</b></div>");

    CHECK(fixture, rows);
}

static void test_a_list_of_options_can_be_changed(void **state)
{
    static const struct expression rows[] = {
        { "list.options.length + ',' + list.selectedIndex", "2,0" },
        { "list.value + list.options[1].value + list.options[1].text", "aB BB B" },
        { "tall.selectedIndex", "-1" },
        { "list.selectedIndex = 1; list.options[1].selected", "true" },
        { "list.options[0].selected", "false" },
        { "var o = document.createElement('OPTION'); o.text = 'C'; o.value = 'c'; list.add(o); "
          "list.options[2].text",
          "C" },
        { "list.add(new Option('First', 'f'), 0); list.options[0].value", "f" },
        { "list.selectedIndex", "2" },
        { "list.remove(2); list.length + ',' + list.selectedIndex", "3,0" },
        { "list.options[list.options.length] = new Option('Z', 'z', false, true); list.value",
          "z" },
        { "list.options[3] = null; list.length", "3" },
        { "list.options.length = 1; list.length", "1" },
        { "list.value = 'none'; list.selectedIndex", "-1" },
        { "list.options.length = 0; list.selectedIndex + list.value", "-1" },
    };
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<select id=list><option value=a>A<option> B  B </select>"
                               "<select id=tall size=3><option>x</select>");

    CHECK(fixture, rows);
}

static void test_cookies_are_the_page_s_host_s(void **state)
{
    static const struct expression rows[] = {
        { "document.cookie", "" },
        { "document.cookie = 'a=1'; document.cookie = 'b=2'; document.cookie", "a=1; b=2" },
        { "document.cookie = 'a=; expires=Thu, 01 Jan 1970 00:00:01 GMT'; document.cookie", "b=2" },
        { "var d = new Date(); d.setTime(d.getTime() + 1000); "
          "document.cookie = 'c=3; expires=' + d.toGMTString(); document.cookie",
          "b=2; c=3" },
    };
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "");

    CHECK(fixture, rows);
    page_fixture_advance(fixture, 2000);
    assert_value(fixture, "document.cookie", "b=2");
}

static void test_scripts_run_where_they_stand(void **state)
{
    struct page_fixture *fixture = *state;

    fixture->file_name = "http://store.example/shop/lib/a.js";
    fixture->file_text = "log += 'f'";
    page_fixture_open(
        fixture,
        "<script>var log = document.body ? 'b' : 'h'; var state = document.readyState</script>"
        "<body onload=\"log += 'L'\"><p id=one>"
        "<script LANGUAGE=\"JScript\"><!--\nlog += typeof one + typeof two;\n//--></script>"
        "<p id=two><script src=lib/a.js></script><script src=none.js></script>"
        "<script language=VBScript>Dim x</script>"
        "<script for=two event=onclick>log += 'c'</script>"
        "<script for=window event=\"onload()\">log += 'W'</script>");

    assert_value(fixture, "log + state", "hobjectundefinedfLWloading");
    assert_told(fixture, "missing: http://store.example/shop/none.js");
    assert_told(fixture, "VBScript is not run");
    assert_int_equal(1, page_error_count(fixture->page));
    assert_ok(page_fire(fixture->page, "two", "onclick"));
    assert_value(fixture, "log.charAt(log.length - 1)", "c");
}

static void test_what_is_written_while_loading_is_read(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<b>1</b><script>document.write('<b id=w>', 2, '</b><script>"
                               "document.write(\"<i>3</i>\")</scr' + 'ipt>4')</script><b>5</b>");

    assert_value(fixture, "document.body.innerText.replace(/document.*ipt>/g, '')", "12345");
    assert_value(fixture, "w.parentNode === document.body", "true");
    assert_value(fixture, "document.write('late'); document.body.innerHTML.indexOf('late')", "-1");
    assert_told(fixture, "after the page was loaded is ignored");
}

static void test_an_error_says_where_it_is_in_the_file(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_open(fixture, "<html>\n<body>\n  <script>\n\nfoo();\n</script>\n"
                               "<script>var a = ;</script><b id=b onclick='\n bar()'>");

    assert_told(fixture, "error: " PAGE_FIXTURE_URL ":5:");
    assert_told(fixture, "error: " PAGE_FIXTURE_URL ":7:");
    assert_ok(page_fire(fixture->page, "b", "click"));
    assert_told(fixture, "error: " PAGE_FIXTURE_URL ":8:");
    assert_int_equal(3, page_error_count(fixture->page));
}

static void test_window_onerror_sees_to_an_error(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_open(fixture, "<script>var seen = '';"
                               "onerror = function (m, u, l) { seen = u + l; return true }"
                               "</script>\n<script>foo()</script>");

    assert_value(fixture, "seen", PAGE_FIXTURE_URL "2");
    assert_int_equal(0, page_error_count(fixture->page));
    assert_string_equal("", text_c(&fixture->told));
}

static void test_dialogs_are_told_and_not_shown(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "");

    assert_value(fixture,
                 "alert('a') + ',' + confirm('b') + ',' + prompt('c') + ',' + "
                 "showModalDialog('d')",
                 "undefined,false,null,undefined");
    assert_value(fixture, "console.log('x', 1); console.warn(undefined)", "undefined");
    assert_told(fixture, "dialog: alert: a\ndialog: confirm: b\ndialog: prompt: c\n"
                         "dialog: showModalDialog: d\nconsole: x 1\nconsole: undefined\n");
}

static void test_a_script_says_where_it_wants_to_go(void **state)
{
    static const struct expression rows[] = {
        { "location.href = '../a b?x#y'", "http://store.example/a%20b?x#y" },
        { "location = '//other/z'", "http://other/z" },
        { "document.location = 'https://s/'", "https://s/" },
        { "location.replace('r.htm')", "http://store.example/shop/r.htm" },
        { "location.reload()", PAGE_FIXTURE_URL },
        { "location.href = 'mailto:me'", "" },
        { "location.href = 'file:///etc/passwd'", "" },
        { "location.href = '#top'", "" },
        { "window.navigate('?q')", PAGE_FIXTURE_URL "?q" },
        { "link.click()", "http://store.example/shop/go.htm" },
        { "stay.click()", "" },
    };
    struct page_fixture *fixture = *state;
    const char *value;

    page_fixture_body(fixture, "<a href=go.htm><i id=link>x</i></a>"
                               "<a id=stay href=go.htm onclick='return false'>x</a>"
                               "<a id=run href='javascript:var ran = 1'>x</a>");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_ok(page_eval(fixture->page, rows[i].expression, &value));
        assert_string_equal(rows[i].value, page_take_location(fixture->page));
        assert_string_equal("", page_take_location(fixture->page));
    }
    assert_ok(page_fire(fixture->page, "run", "click"));
    assert_value(fixture, "ran", "1");
}

static void test_the_player_s_control_is_an_object_of_the_page(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<object id=Player "
                               "classid=\"clsid:6bf52a52-394a-11d3-b153-00c04f79faa6\"></object>");

    assert_value(fixture, "Player === document.getElementById('Player') && Player.versionInfo",
                 "12.0.1.2");
    assert_value(fixture, "Player.URL = 'http://s/a.mp3'; Player.URL", "http://s/a.mp3");
    assert_told(fixture, "player: ");
}

static void test_a_recolouring_calls_the_page(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<script>var n = 0; external.OnColorChange = function () {"
                               "n++; document.bgColor = external.appColorLight;"
                               "external.OnColorChange = null }</script>");
    assert_ok(xbits_shell_set_color(fixture->shell, "#102030"));
    assert_ok(xbits_shell_set_color(fixture->shell, "#405060"));

    assert_value(fixture, "n + document.bgColor", "1#102030");
}

static void test_a_list_has_the_names_of_its_items_alone(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_body(fixture, "<div id=order></div><div id=top><p><i id=deep></i></p></div>"
                               "<form name=order></form>");

    assert_value(fixture, "document.forms.order === document.forms[0]", "true");
    assert_value(fixture, "document.forms('order').tagName", "FORM");
    assert_value(fixture, "document.all('order').tagName", "DIV");
    assert_value(fixture, "document.forms.deep", "undefined");
    assert_value(fixture, "document.getElementById('top').children.deep", "undefined");
    assert_value(fixture, "document.getElementById('top').all.deep.tagName", "I");
}

static void test_leaving_a_page_runs_onunload_once(void **state)
{
    struct page_fixture *fixture = *state;

    page_fixture_open(fixture, "<body onunload=\"console.log('bye')\">");
    assert_ok(page_unload(fixture->page));
    assert_ok(page_unload(fixture->page));

    assert_string_equal("console: bye\n", text_c(&fixture->told));
}

static void test_only_html_is_a_page(void **state)
{
    static const struct {
        const char *type;
        const char *body;
        xbits_result result;
    } rows[] = {
        { "text/html", "", XBITS_S_OK },
        { "TEXT/HTML;charset=x", "plain", XBITS_S_OK },
        { "application/xhtml+xml", "<html/>", XBITS_S_OK },
        { "", "  \xEF\xBB\xBF", XBITS_ERROR_INVALID_DATA },
        { "", "\n <!DOCTYPE html>", XBITS_S_OK },
        { "", "<p>", XBITS_S_OK },
        { "", "ID3", XBITS_ERROR_INVALID_DATA },
        { "", "", XBITS_ERROR_INVALID_DATA },
        { "audio/mpeg", "<html>", XBITS_ERROR_INVALID_DATA },
    };
    struct page_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(rows[i].result, page_fixture_try(fixture, rows[i].type, rows[i].body,
                                                          strlen(rows[i].body)));
    assert_fails(XBITS_ERROR_INVALID_DATA, page_fixture_try(fixture, "audio/mpeg", "x", 1));
    assert_message("audio/mpeg");
}

static void test_the_character_set_is_the_file_s(void **state)
{
    static const struct {
        const char *type;
        const char *body;
        const char *title;
    } rows[] = {
        { "text/html; charset=utf-8", "<title>\xC3\xA4\xE2\x82\xAC", "\xC3\xA4\xE2\x82\xAC" },
        { "text/html; charset=\"windows-1252\"", "<title>\xE4\x80", "\xC3\xA4\xE2\x82\xAC" },
        { "text/html", "<meta http-equiv=x content='text/html; charset=ISO-8859-1'><title>\xE4",
          "\xC3\xA4" },
        { "text/html; charset=iso-8859-1", "\xEF\xBB\xBF<title>\xC3\xA4", "\xC3\xA4" },
        { "text/html", "<title>\xE4", "\xC3\xA4" },
        { "text/html; charset=utf-8", "<title>a\xE4z", "a\xEF\xBF\xBDz" },
        { "text/html; charset=utf-8", "<title>&auml;&#228;&#x20ac;&nope;&",
          "\xC3\xA4\xC3\xA4\xE2\x82\xAC&nope;&" },
    };
    struct page_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_ok(page_fixture_try(fixture, rows[i].type, rows[i].body, strlen(rows[i].body)));
        assert_value(fixture, "document.title", rows[i].title);
    }
    assert_ok(page_fixture_try(fixture, "text/html", "<title>a\0b", 10));
    assert_value(fixture, "document.title",
                 "a\xEF\xBF\xBD"
                 "b");
}

static void test_eval_says_where_it_failed(void **state)
{
    struct page_fixture *fixture = *state;
    const char *text;

    page_fixture_body(fixture, "");

    assert_fails(XBITS_E_FAIL, page_eval(fixture->page, "1 +", &text));
    assert_message("1:");
    assert_fails(XBITS_E_FAIL, page_eval(fixture->page, "nothing.x", &text));
    assert_message("nothing");
    assert_int_equal(0, page_error_count(fixture->page));
}

int main(void)
{
#define PAGE_TEST(name)                                                                            \
    cmocka_unit_test_setup_teardown((name), page_fixture_set_up, page_fixture_tear_down)
    const struct CMUnitTest tests[] = {
        PAGE_TEST(test_a_page_sees_its_window_and_its_document),
        PAGE_TEST(test_an_element_is_found_by_id_name_list_and_index),
        PAGE_TEST(test_a_variable_of_the_page_hides_an_id),
        PAGE_TEST(test_an_element_s_content_is_read_and_written),
        PAGE_TEST(test_a_list_of_options_can_be_changed),
        PAGE_TEST(test_cookies_are_the_page_s_host_s),
        PAGE_TEST(test_scripts_run_where_they_stand),
        PAGE_TEST(test_what_is_written_while_loading_is_read),
        PAGE_TEST(test_an_error_says_where_it_is_in_the_file),
        PAGE_TEST(test_window_onerror_sees_to_an_error),
        PAGE_TEST(test_dialogs_are_told_and_not_shown),
        PAGE_TEST(test_a_script_says_where_it_wants_to_go),
        PAGE_TEST(test_the_player_s_control_is_an_object_of_the_page),
        PAGE_TEST(test_a_recolouring_calls_the_page),
        PAGE_TEST(test_a_list_has_the_names_of_its_items_alone),
        PAGE_TEST(test_leaving_a_page_runs_onunload_once),
        PAGE_TEST(test_only_html_is_a_page),
        PAGE_TEST(test_the_character_set_is_the_file_s),
        PAGE_TEST(test_eval_says_where_it_failed),
    };

    return run_tests("page", tests);
}
