/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "script/document/dom_controls.h"
#include "script/document/dom_markup.h"

static xbits_result use_attribute(struct member_use *use)
{
    const char *value;

    if (is_put(use))
        return dom_set_attribute(use->dom, use->node, use->row->what, passed_text(use, 0));
    value = dom_attribute(use->dom, use->node, use->row->what);
    return answer_text(use, value == NULL ? "" : value);
}

static xbits_result use_number(struct member_use *use)
{
    const char *value;

    if (is_put(use))
        return dom_set_attribute(use->dom, use->node, use->row->what, passed_text(use, 0));
    value = dom_attribute(use->dom, use->node, use->row->what);
    return answer_number(use, value == NULL ? 0 : strtod(value, NULL));
}

/* There or not: disabled, multiple. */
static xbits_result use_flag(struct member_use *use)
{
    if (!is_put(use))
        return answer_bool(use, dom_attribute(use->dom, use->node, use->row->what) != NULL);
    if (passed_bool(use, 0))
        return dom_set_attribute(use->dom, use->node, use->row->what, "");
    dom_remove_attribute(use->dom, use->node, use->row->what);
    return XBITS_S_OK;
}

/* href, src: absolute when read. */
static xbits_result use_address(struct member_use *use)
{
    const char *value = dom_attribute(use->dom, use->node, use->row->what);

    if (is_put(use))
        return use_attribute(use);
    if (value == NULL)
        return answer_text(use, "");
    text_clear(&use->page->result);
    if (XBITS_FAILED(url_resolve(text_c(&use->page->url), value, &use->page->result)))
        return answer_text(use, value); /* "mailto:...", "javascript:..." */
    return answer_result(use);
}

static xbits_result use_tag_name(struct member_use *use)
{
    char tag[HTML_NAME_SIZE];

    if (dom_kind(use->dom, use->node) == DOM_TEXT)
        return answer_text(use, use->row->what);
    text_copy_into(tag, sizeof tag, dom_tag(use->dom, use->node));
    for (char *c = tag; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
    text_clear(&use->page->result);
    TRY(text_add(&use->page->result, tag));
    return answer_result(use);
}

static xbits_result use_node_type(struct member_use *use)
{
    return answer_number(use, dom_kind(use->dom, use->node) == DOM_TEXT ? 3 : 1);
}

/* nodeValue, data: of a text. */
static xbits_result use_data(struct member_use *use)
{
    if (dom_kind(use->dom, use->node) != DOM_TEXT)
        return is_put(use) ? XBITS_S_OK : answer_null(use);
    if (is_put(use))
        return dom_set_text(use->dom, use->node, passed_text(use, 0));
    return answer_text(use, dom_text(use->dom, use->node));
}

static xbits_result use_inner_html(struct member_use *use)
{
    const char *html;

    if (is_put(use)) {
        html = passed_text(use, 0);
        return dom_set_inner_html(use->dom, use->node, html, strlen(html));
    }
    text_clear(&use->page->result);
    TRY(dom_inner_html(use->dom, use->node, &use->page->result));
    return answer_result(use);
}

static xbits_result use_outer_html(struct member_use *use)
{
    text_clear(&use->page->result);
    TRY(dom_outer_html(use->dom, use->node, &use->page->result));
    return answer_result(use);
}

static xbits_result use_inner_text(struct member_use *use)
{
    if (is_put(use))
        return dom_set_inner_text(use->dom, use->node, passed_text(use, 0));
    text_clear(&use->page->result);
    if (dom_kind(use->dom, use->node) == DOM_TEXT)
        return answer_text(use, dom_text(use->dom, use->node));
    TRY(dom_inner_text(use->dom, use->node, &use->page->result));
    return answer_result(use);
}

static xbits_result use_style(struct member_use *use)
{
    if (is_put(use))
        return dom_set_attribute(use->dom, use->node, "style", passed_text(use, 0));
    dom_hold(use->dom, use->node); /* Its style may outlive it. */
    use->use->result = js_object(&page_style_class, use->node);
    return XBITS_S_OK;
}

/* className is "class" to getAttribute, as it was. */
static const char *attribute_name(const char *name)
{
    return strcmp(name, "className") == 0 ? "class" : name;
}

static xbits_result use_get_attribute(struct member_use *use)
{
    char name[HTML_NAME_SIZE];
    size_t i;
    const char *value;

    text_copy_into(name, sizeof name, attribute_name(passed_text(use, 0)));
    for (i = 0; name[i] != '\0'; i++)
        name[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    value = dom_attribute(use->dom, use->node, name);
    return answer_text(use, value);
}

/* A handler that came from the attribute goes with it. */
static void forget_if_handler(struct member_use *use, const char *name)
{
    if (text_starts_with_ignoring_case(name, "on") && page_is_event(name + 2))
        page_forget_handler(use->page, use->node, name + 2);
}

static xbits_result use_set_attribute(struct member_use *use)
{
    char name[HTML_NAME_SIZE];

    if (use->use->argument_count < 2)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "setAttribute takes a name and a value");
    text_copy_into(name, sizeof name, attribute_name(passed_text(use, 0)));
    if (name[0] == '\0' || name[strcspn(name, " \t\r\n<>=\"'/")] != '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" is no attribute's name", name);
    if (use->use->arguments[1].kind == JS_FUNCTION && text_starts_with(name, "on"))
        return page_set_handler(use->page, use->node, name + 2, &use->use->arguments[1]);
    forget_if_handler(use, name);
    return dom_set_attribute(use->dom, use->node, name, passed_text(use, 1));
}

static xbits_result use_remove_attribute(struct member_use *use)
{
    char name[HTML_NAME_SIZE];

    text_copy_into(name, sizeof name, attribute_name(passed_text(use, 0)));
    forget_if_handler(use, name);
    dom_remove_attribute(use->dom, use->node, name);
    return XBITS_S_OK;
}

static xbits_result use_append(struct member_use *use)
{
    dom_node child = passed_node(use, 0);

    TRY(dom_insert(use->dom, use->node, child, DOM_NONE));
    return answer_node(use, child);
}

static xbits_result use_insert(struct member_use *use)
{
    dom_node child = passed_node(use, 0);

    TRY(dom_insert(use->dom, use->node, child, passed_node(use, 1)));
    return answer_node(use, child);
}

static xbits_result use_remove_child(struct member_use *use)
{
    dom_node child = passed_node(use, 0);

    if (child == DOM_NONE || dom_parent(use->dom, child) != use->node)
        return xbits_fail(XBITS_E_INVALIDARG, "the node to remove is not in this element");
    dom_detach(use->dom, child);
    return answer_node(use, child);
}

static xbits_result use_remove(struct member_use *use)
{
    if (dom_is(use->dom, use->node, "select") && passed_is_given(use, 0))
        return use_option_remove(use);
    dom_detach(use->dom, use->node);
    return XBITS_S_OK;
}

static xbits_result use_parent(struct member_use *use)
{
    return answer_node(use, dom_parent(use->dom, use->node));
}

static xbits_result use_first(struct member_use *use)
{
    return answer_node(use, dom_first(use->dom, use->node));
}

static xbits_result use_last(struct member_use *use)
{
    dom_node last = dom_first(use->dom, use->node);

    while (last != DOM_NONE && dom_next(use->dom, last) != DOM_NONE)
        last = dom_next(use->dom, last);
    return answer_node(use, last);
}

static xbits_result use_has_children(struct member_use *use)
{
    return answer_bool(use, dom_first(use->dom, use->node) != DOM_NONE);
}

static xbits_result use_next(struct member_use *use)
{
    return answer_node(use, dom_next(use->dom, use->node));
}

static xbits_result use_previous(struct member_use *use)
{
    return answer_node(use, dom_previous(use->dom, use->node));
}

static xbits_result use_child_nodes(struct member_use *use)
{
    return answer_list(use, LIST_CHILD_NODES, use->node, NULL);
}

static xbits_result use_children(struct member_use *use)
{
    return answer_list(use, LIST_CHILDREN, use->node, NULL);
}

static xbits_result use_tagged(struct member_use *use)
{
    return answer_list(use, LIST_TAGGED, use->node, passed_text(use, 0));
}

static xbits_result use_all(struct member_use *use)
{
    return answer_list(use, LIST_TAGGED, use->node, "*");
}

static xbits_result use_click(struct member_use *use)
{
    return page_user_event(use->page, use->node, "click");
}

#define READ  JS_GET
#define WRITE (JS_GET | JS_PUT)

static const struct member_row rows[] = {
    { "id", WRITE, use_attribute, "id", NULL },
    { "className", WRITE, use_attribute, "class", NULL },
    { "name", WRITE, use_attribute, "name", NULL },
    { "title", WRITE, use_attribute, "title", NULL },
    { "lang", WRITE, use_attribute, "lang", NULL },
    { "align", WRITE, use_attribute, "align", NULL },
    { "alt", WRITE, use_attribute, "alt", " img input " },
    { "width", WRITE, use_attribute, "width", " img table td th object " },
    { "height", WRITE, use_attribute, "height", " img table td th object " },
    { "target", WRITE, use_attribute, "target", " a form " },
    { "action", WRITE, use_attribute, "action", " form " },
    { "bgColor", WRITE, use_attribute, "bgcolor", NULL },
    { "color", WRITE, use_attribute, "color", " font " },
    { "href", WRITE, use_address, "href", " a link area base " },
    { "src", WRITE, use_address, "src", " img script input iframe embed " },
    { "size", WRITE, use_number, "size", " select input font " },
    { "tabIndex", WRITE, use_number, "tabindex", NULL },
    { "disabled", WRITE, use_flag, "disabled", NULL },
    { "multiple", WRITE, use_flag, "multiple", " select " },
    { "readOnly", WRITE, use_flag, "readonly", " input textarea " },
    { "tagName", READ, use_tag_name, NULL, NULL },
    { "nodeName", READ, use_tag_name, "#text", NULL },
    { "nodeType", READ, use_node_type, NULL, NULL },
    { "nodeValue", WRITE, use_data, NULL, NULL },
    { "data", WRITE, use_data, NULL, "" },
    { "innerHTML", WRITE, use_inner_html, NULL, NULL },
    { "outerHTML", READ, use_outer_html, NULL, NULL },
    { "innerText", WRITE, use_inner_text, NULL, NULL },
    { "textContent", WRITE, use_inner_text, NULL, NULL },
    { "text", WRITE, use_inner_text, NULL, " option script a title " },
    { "remove", JS_CALL, use_remove, NULL, NULL },
    { "style", WRITE, use_style, NULL, NULL },
    { "getAttribute", JS_CALL, use_get_attribute, NULL, NULL },
    { "setAttribute", JS_CALL, use_set_attribute, NULL, NULL },
    { "removeAttribute", JS_CALL, use_remove_attribute, NULL, NULL },
    { "appendChild", JS_CALL, use_append, NULL, NULL },
    { "insertBefore", JS_CALL, use_insert, NULL, NULL },
    { "removeChild", JS_CALL, use_remove_child, NULL, NULL },
    { "parentNode", READ, use_parent, NULL, NULL },
    { "parentElement", READ, use_parent, NULL, NULL },
    { "firstChild", READ, use_first, NULL, NULL },
    { "lastChild", READ, use_last, NULL, NULL },
    { "hasChildNodes", JS_CALL, use_has_children, NULL, NULL },
    { "nextSibling", READ, use_next, NULL, NULL },
    { "previousSibling", READ, use_previous, NULL, NULL },
    { "childNodes", READ, use_child_nodes, NULL, NULL },
    { "children", READ, use_children, NULL, NULL },
    { "getElementsByTagName", JS_CALL, use_tagged, NULL, NULL },
    { "all", READ, use_all, NULL, NULL },
    { "click", JS_CALL, use_click, NULL, NULL },
    { "focus", JS_CALL, use_nothing, NULL, NULL },
    { "blur", JS_CALL, use_nothing, NULL, NULL },
    { "scrollIntoView", JS_CALL, use_nothing, NULL, NULL },
    EVENT_ROWS,
    { 0 },
};

static bool has_row(const struct dom *dom, dom_node node, const struct member_row *row)
{
    char key[HTML_NAME_SIZE + 2];

    if (row->tags == NULL)
        return true;
    if (row->tags[0] == '\0')
        return dom_kind(dom, node) == DOM_TEXT;
    snprintf(key, sizeof key, " %.60s ", dom_tag(dom, node));
    return dom_kind(dom, node) == DOM_ELEMENT && strstr(row->tags, key) != NULL;
}

/* What is in a form can be had by its name. */
static dom_node named_in(const struct dom *dom, dom_node form, const char *name)
{
    if (!dom_is(dom, form, "form"))
        return DOM_NONE;
    for (dom_node node = dom_walk(dom, form, form); node != DOM_NONE;
         node = dom_walk(dom, form, node))
        if (dom_has_name(dom, node, name))
            return node;
    return DOM_NONE;
}

static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    const struct dom *dom = ((struct host *)host)->dom;
    dom_node node = (dom_node)handle;
    uint32_t index;

    if (member_find(rows, name, member_out) || member_find(page_control_rows, name, member_out))
        return has_row(dom, node, (const struct member_row *)member_out->id);
    if (dom_is(dom, node, "select") && member_read_index(name, &index))
        member_number(dom_option(dom, node, index), member_out);
    else
        member_number(named_in(dom, node, name), member_out);
    return member_out->id != 1; /* The number of no node. */
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct member_use member = { .page = ((struct host *)host)->page, .use = use };
    uint32_t number;

    if (member_is_number(&use->member, &number))
        return answer_node(&member, number);
    return member_invoke(host, use);
}

static void forget(void *host, uint64_t handle)
{
    dom_forget(((struct host *)host)->dom, (dom_node)handle);
}

const struct js_class page_node_class = {
    .name = "HTMLElement", .takes_expandos = true, .find = find, .invoke = invoke, .forget = forget
};
