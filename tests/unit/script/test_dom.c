/* SPDX-License-Identifier: MIT */
#include "script/document/dom.h"

#include <stdio.h>
#include <string.h>

#include "script/document/dom_controls.h"
#include "script/document/dom_markup.h"
#include "script/document/dom_style.h"
#include "script/document/html_build.h"
#include "script/document/names.h"
#include "support/assert_result.h"
#include "support/test_main.h"

struct fixture {
    struct dom *dom;
    struct text text;
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ 0 };
    assert_ok(dom_new(&fixture.dom));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    dom_free(fixture->dom);
    text_dispose(&fixture->text);
    return 0;
}

static void build(struct fixture *fixture, const char *html)
{
    struct html_builder builder;
    dom_node script;

    html_builder_init(&builder, fixture->dom, DOM_DOCUMENT, html, strlen(html));
    do
        assert_ok(html_builder_run(&builder, &script));
    while (script != DOM_NONE);
    html_builder_dispose(&builder);
}

static const char *markup(struct fixture *fixture)
{
    text_clear(&fixture->text);
    assert_ok(dom_inner_html(fixture->dom, DOM_DOCUMENT, &fixture->text));
    return text_c(&fixture->text);
}

#define BODY(content) "<html><head></head><body>" content "</body></html>"

static void test_what_is_left_out_is_implied(void **state)
{
    static const struct {
        const char *html;
        const char *tree;
    } rows[] = {
        { "", BODY("") },
        { "a", BODY("a") },
        { "<p>a<p>b<div>c</div>", BODY("<p>a</p><p>b</p><div>c</div>") },
        { "<ul><li>a<li>b<ul><li>c</ul></ul>",
          BODY("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>") },
        { "<table><tr><td>a<td>b<tr><td>c</table>d",
          BODY("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d") },
        { "<table><tr><td>a</div></span></table>", BODY("<table><tr><td>a</td></tr></table>") },
        { "<select><option>a<option>b</select>",
          BODY("<select><option>a</option><option>b</option></select>") },
        { "<b><i>x</b>y</i>", BODY("<b><i>x</i></b>y") },
        { "<br>a<img src=x></br>b", BODY("<br>a<img src=\"x\">b") },
        { "a</body></html>b", BODY("ab") },
        { "<body a=1><body a=2 c=3>x", "<html><head></head><body a=\"1\" c=\"3\">x</body></html>" },
        { "<html lang=de><title>t</title> <b>x",
          "<html lang=\"de\"><head><title>t</title></head><body><b>x</b></body></html>" },
        { "<script>1<2</script>x", "<html><head><script>1<2</script></head><body>x</body></html>" },
        { "a&lt;<b title='&quot;'>", BODY("a&lt;<b title=\"&quot;\"></b>") },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        build(*state, rows[i].html);

        assert_string_equal(rows[i].tree, markup(*state));
        assert_int_equal(0, tear_down(state));
        assert_int_equal(0, set_up(state));
    }
}

static void test_content_can_be_replaced_as_markup_and_as_text(void **state)
{
    struct fixture *fixture = *state;
    dom_node body;

    build(fixture, "<b>x</b>");
    body = dom_part(fixture->dom, "body");
    assert_ok(dom_set_inner_html(fixture->dom, body, "<i id=q>y<p>z", 13));
    assert_string_equal(BODY("<i id=\"q\">y<p>z</p></i>"), markup(fixture));
    assert_int_equal(dom_first(fixture->dom, body), dom_find(fixture->dom, "q"));
    assert_ok(dom_set_inner_text(fixture->dom, body, "a<\r\nb"));
    assert_string_equal(BODY("a&lt;<br>b"), markup(fixture));
    assert_int_equal(DOM_NONE, dom_find(fixture->dom, "q"));
}

static void test_the_text_reads_as_it_is_shown(void **state)
{
    struct fixture *fixture = *state;

    build(fixture, " <p> a \n b<div>c<br>d</div><style>x</style><script>y</script>e ");
    assert_ok(dom_inner_text(fixture->dom, dom_part(fixture->dom, "body"), &fixture->text));

    assert_string_equal("a b\nc\nde", text_c(&fixture->text));
}

static void test_a_node_cannot_be_put_where_it_does_not_belong(void **state)
{
    struct fixture *fixture = *state;
    struct dom *dom = fixture->dom;
    dom_node outer;
    dom_node inner;
    dom_node text;

    assert_ok(dom_element_new(dom, "DIV", &outer));
    assert_ok(dom_element_new(dom, "b", &inner));
    assert_ok(dom_text_new(dom, "x", 1, &text));
    assert_ok(dom_insert(dom, outer, inner, DOM_NONE));

    assert_string_equal("div", dom_tag(dom, outer));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, inner, outer, DOM_NONE));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, inner, inner, DOM_NONE));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, text, inner, DOM_NONE));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, outer, text, text));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, outer, DOM_DOCUMENT, DOM_NONE));
    assert_fails(XBITS_E_INVALIDARG, dom_insert(dom, outer, 12345678, DOM_NONE));
    assert_ok(dom_insert(dom, outer, text, inner));
    assert_int_equal(inner, dom_next(dom, text));
    assert_int_equal(text, dom_previous(dom, inner));
}

static void test_what_nobody_holds_makes_room_and_what_is_held_stays(void **state)
{
    struct fixture *fixture = *state;
    dom_node body;
    dom_node held;

    build(fixture, "");
    body = dom_part(fixture->dom, "body");
    for (int i = 0; i < DOM_NODES_MAXIMUM; i++)
        assert_ok(dom_set_inner_html(fixture->dom, body, "<b>x</b>", 8));
    held = dom_first(fixture->dom, body);
    dom_hold(fixture->dom, held);
    assert_ok(dom_set_inner_html(fixture->dom, body, "<i>y</i>", 8));

    assert_string_equal("b", dom_tag(fixture->dom, held));
    assert_string_equal("x", dom_text(fixture->dom, dom_first(fixture->dom, held)));
    assert_int_equal(DOM_NONE, dom_parent(fixture->dom, held));
}

static void test_what_a_script_has_seen_stays_until_it_is_forgotten(void **state)
{
    struct fixture *fixture = *state;
    dom_node kept;
    dom_node node;

    build(fixture, "");
    assert_ok(dom_element_new(fixture->dom, "i", &kept));
    dom_see(fixture->dom, kept);
    for (int i = 0; i < 2 * DOM_NODES_MAXIMUM; i++) {
        assert_ok(dom_element_new(fixture->dom, "b", &node));
        dom_see(fixture->dom, node);
        dom_forget(fixture->dom, node);
    }

    assert_string_equal("i", dom_tag(fixture->dom, kept));
    assert_int_equal(DOM_ELEMENT, dom_kind(fixture->dom, dom_part(fixture->dom, "body")));
}

static void test_a_document_has_limits(void **state)
{
    struct fixture *fixture = *state;
    struct text html = { 0 };
    dom_node body;
    size_t deepest = 0;

    build(fixture, "");
    body = dom_part(fixture->dom, "body");
    for (int i = 0; i < 250000; i++)
        assert_ok(text_add(&html, "<b>"));
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                 dom_set_inner_html(fixture->dom, body, text_c(&html), html.length));
    assert_message("nodes");
    for (dom_node node = body; node != DOM_NONE; node = dom_walk(fixture->dom, body, node))
        if (dom_depth(fixture->dom, node) > deepest)
            deepest = dom_depth(fixture->dom, node);
    assert_in_range(deepest, 100, DOM_DEPTH_MAXIMUM);
    assert_ok(dom_set_inner_html(fixture->dom, body, "<b>x", 4));
    text_dispose(&html);
}

static void test_an_id_is_found_however_many_and_long_there_are(void **state)
{
    struct fixture *fixture = *state;
    char id[NAME_LENGTH_LIMIT * 2];
    dom_node body;

    build(fixture, "<b id=b>");
    body = dom_find(fixture->dom, "b");
    memset(id, 'x', sizeof id - 1);
    id[sizeof id - 1] = '\0';
    assert_ok(dom_set_attribute(fixture->dom, body, "id", id));
    assert_int_equal(body, dom_find(fixture->dom, id));
    for (int i = 0; i <= NAMES_MAXIMUM; i++) {
        snprintf(id, sizeof id, "item%d", i);
        assert_ok(dom_set_attribute(fixture->dom, body, "id", id));
    }
    assert_int_equal(body, dom_find(fixture->dom, id));
    assert_int_equal(DOM_NONE, dom_find(fixture->dom, "item1"));
}

static void test_a_document_holds_only_so_much_text(void **state)
{
    struct fixture *fixture = *state;
    size_t size = DOM_BYTES_MAXIMUM / 4 + 1;
    struct text text = { 0 };
    dom_node node;

    while (text.length < size)
        assert_ok(text_add(&text, "0123456789abcdef"));
    for (int i = 0; i < 3; i++) {
        assert_ok(dom_text_new(fixture->dom, text_c(&text), text.length, &node));
        dom_see(fixture->dom, node);
    }
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                 dom_text_new(fixture->dom, text_c(&text), text.length, &node));
    assert_ok(dom_set_text(fixture->dom, node, ""));
    assert_ok(dom_text_new(fixture->dom, text_c(&text), text.length, &node));
    text_dispose(&text);
}

static void test_the_chosen_option_follows_its_list(void **state)
{
    struct fixture *fixture = *state;
    struct dom *dom = fixture->dom;
    dom_node list;
    dom_node tall;

    build(fixture, "<select id=a><option>1<option selected>2<option>3</select>"
                   "<select id=b size=2><option>1<option>2</select>");
    list = dom_find(dom, "a");
    tall = dom_find(dom, "b");
    assert_int_equal(1, dom_selected_index(dom, list));
    assert_int_equal(-1, dom_selected_index(dom, tall));
    dom_select(dom, list, 2);
    dom_remove(dom, dom_option(dom, list, 0));
    assert_int_equal(1, dom_selected_index(dom, list));
    dom_remove(dom, dom_option(dom, list, 1));
    assert_int_equal(0, dom_selected_index(dom, list));
    dom_select(dom, list, -1);
    assert_int_equal(-1, dom_selected_index(dom, list));
    assert_ok(dom_set_option_count(dom, tall, 5));
    assert_int_equal(5, dom_option_count(dom, tall));
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES, dom_set_option_count(dom, tall, 1u << 30));
}

static void test_a_list_as_long_as_a_document_is_emptied_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct dom *dom = fixture->dom;
    dom_node list;

    build(fixture, "<select id=a><option>1<option>2</select>");
    list = dom_find(dom, "a");
    assert_ok(dom_set_option_count(dom, list, DOM_NODES_MAXIMUM - 100));
    assert_ok(dom_set_value(dom, list, "none"));
    assert_int_equal(-1, dom_selected_index(dom, list));
    assert_ok(dom_set_option_count(dom, list, 2));
    assert_ok(dom_set_value(dom, list, "2"));
    assert_int_equal(1, dom_selected_index(dom, list));
    assert_string_equal(BODY("<select id=\"a\"><option>1</option><option>2</option></select>"),
                        markup(fixture));
}

static void test_options_in_options_go_with_them(void **state)
{
    struct fixture *fixture = *state;
    struct dom *dom = fixture->dom;
    dom_node list;

    build(fixture, "<select id=a><option>1<option>2<option>3<option>4</select>");
    list = dom_find(dom, "a");
    assert_ok(dom_insert(dom, dom_option(dom, list, 1), dom_option(dom, list, 2), DOM_NONE));
    assert_ok(dom_set_option_count(dom, list, 1));

    assert_string_equal(BODY("<select id=\"a\"><option>1</option></select>"), markup(fixture));
}

/* What was refused does not count. */
static void test_texts_that_find_no_place_take_no_room(void **state)
{
    struct fixture *fixture = *state;
    struct text text = { 0 };
    dom_node node;

    for (int i = 0; i < 1024 * 1024; i++)
        assert_ok(text_add(&text, "x"));
    do {
        assert_ok(dom_element_new(fixture->dom, "b", &node));
        dom_see(fixture->dom, node);
    } while (node < DOM_NODES_MAXIMUM - 1);
    for (int i = 0; i < 40; i++) {
        assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                     dom_text_new(fixture->dom, text_c(&text), text.length, &node));
        assert_message("nodes");
    }
    text_dispose(&text);
}

static void test_radio_buttons_of_a_name_exclude_each_other(void **state)
{
    struct fixture *fixture = *state;
    struct dom *dom = fixture->dom;

    build(fixture, "<input type=radio name=r id=a checked><input type=radio name=r id=b>");
    dom_set_checked(dom, dom_find(dom, "b"), true);

    assert_false(dom_is_checked(dom, dom_find(dom, "a")));
    assert_true(dom_is_checked(dom, dom_find(dom, "b")));
}

static void test_a_style_is_changed_one_property_at_a_time(void **state)
{
    static const struct {
        const char *css;
        const char *property;
        const char *value;
        const char *becomes;
    } rows[] = {
        { "", "backgroundColor", "red", "background-color: red" },
        { "COLOR:red;;x", "color", "blue", "color: blue" },
        { "color: red; top: 1px", "color", "", "top: 1px" },
        { "background:url(a;b)", "cssFloat", "left", "background: url(a;b); float: left" },
    };
    struct text text = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text_clear(&text);
        assert_ok(style_set(rows[i].css, rows[i].property, rows[i].value, &text));
        assert_string_equal(rows[i].becomes, text_c(&text));
    }
    text_clear(&text);
    assert_ok(style_get("top:1px; Z-Index : 3 ;z-index:4", "zIndex", &text));
    assert_string_equal("4", text_c(&text));
    text_dispose(&text);
}

static void test_what_is_written_is_read_next_and_not_for_ever(void **state)
{
    struct fixture *fixture = *state;
    struct html_builder builder;
    dom_node script;

    html_builder_init(&builder, fixture->dom, DOM_DOCUMENT, "<p><script></script>z", 21);
    assert_ok(html_builder_run(&builder, &script));
    assert_ok(html_builder_write(&builder, "a<script></script>c", 19));
    assert_ok(html_builder_run(&builder, &script));
    assert_ok(html_builder_write(&builder, "b", 1));
    assert_true(html_builder_is_in_writing(&builder));
    assert_ok(html_builder_run(&builder, &script));
    assert_int_equal(DOM_NONE, script);
    assert_string_equal(BODY("<p><script></script>a<script></script>bcz</p>"), markup(fixture));
    assert_ok(html_builder_write(&builder, "x", 1));
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                 html_builder_write(&builder, "x", HTML_WRITTEN_BYTES));
    for (int i = 1; i < HTML_WRITES_MAXIMUM; i++)
        assert_ok(html_builder_write(&builder, "x", 1));
    assert_fails(XBITS_ERROR_NO_SYSTEM_RESOURCES, html_builder_write(&builder, "x", 1));
    html_builder_dispose(&builder);
}

int main(void)
{
#define DOM_TEST(name) cmocka_unit_test_setup_teardown((name), set_up, tear_down)
    const struct CMUnitTest tests[] = {
        DOM_TEST(test_what_is_left_out_is_implied),
        DOM_TEST(test_content_can_be_replaced_as_markup_and_as_text),
        DOM_TEST(test_the_text_reads_as_it_is_shown),
        DOM_TEST(test_a_node_cannot_be_put_where_it_does_not_belong),
        DOM_TEST(test_what_nobody_holds_makes_room_and_what_is_held_stays),
        DOM_TEST(test_what_a_script_has_seen_stays_until_it_is_forgotten),
        DOM_TEST(test_a_document_has_limits),
        DOM_TEST(test_an_id_is_found_however_many_and_long_there_are),
        DOM_TEST(test_a_document_holds_only_so_much_text),
        DOM_TEST(test_the_chosen_option_follows_its_list),
        DOM_TEST(test_a_list_as_long_as_a_document_is_emptied_at_once),
        DOM_TEST(test_options_in_options_go_with_them),
        DOM_TEST(test_texts_that_find_no_place_take_no_room),
        DOM_TEST(test_radio_buttons_of_a_name_exclude_each_other),
        DOM_TEST(test_a_style_is_changed_one_property_at_a_time),
        DOM_TEST(test_what_is_written_is_read_next_and_not_for_ever),
    };

    return run_tests("dom", tests);
}
