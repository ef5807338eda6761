/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include "script/document/dom_controls.h"

/* What the elements of forms have over other elements. */

static xbits_result use_value(struct member_use *use)
{
    if (is_put(use))
        return dom_set_value(use->dom, use->node, passed_text(use, 0));
    text_clear(&use->page->result);
    TRY(dom_value(use->dom, use->node, &use->page->result));
    return answer_result(use);
}

static xbits_result use_checked(struct member_use *use)
{
    if (!is_put(use))
        return answer_bool(use, dom_is_checked(use->dom, use->node));
    dom_set_checked(use->dom, use->node, passed_bool(use, 0));
    return XBITS_S_OK;
}

static xbits_result use_selected(struct member_use *use)
{
    if (!is_put(use))
        return answer_bool(use, dom_is_selected(use->dom, use->node));
    dom_set_selected(use->dom, use->node, passed_bool(use, 0));
    return XBITS_S_OK;
}

static xbits_result use_index(struct member_use *use)
{
    return answer_number(use, dom_option_index(use->dom, use->node));
}

xbits_result use_selected_index(struct member_use *use)
{
    if (!is_put(use))
        return answer_number(use, dom_selected_index(use->dom, use->node));
    dom_select(use->dom, use->node, passed_int(use, 0, -1));
    return XBITS_S_OK;
}

/* "text", "select-one": what a control is. */
static xbits_result use_type(struct member_use *use)
{
    const char *type = dom_attribute(use->dom, use->node, "type");

    if (is_put(use))
        return dom_set_attribute(use->dom, use->node, "type", passed_text(use, 0));
    if (dom_is(use->dom, use->node, "select"))
        return answer_text(use, dom_attribute(use->dom, use->node, "multiple") == NULL
                                    ? "select-one"
                                    : "select-multiple");
    if (type == NULL && dom_is(use->dom, use->node, "input"))
        return answer_text(use, "text");
    return answer_text(use, type == NULL ? "" : type);
}

static xbits_result use_options(struct member_use *use)
{
    return answer_list(use, LIST_OPTIONS, use->node, NULL);
}

static xbits_result use_option_item(struct member_use *use)
{
    return answer_node(use, dom_option(use->dom, use->node, (size_t)passed_int(use, 0, 0)));
}

xbits_result use_option_count(struct member_use *use)
{
    int count = passed_int(use, 0, 0);

    if (!is_put(use))
        return answer_number(use, (double)dom_option_count(use->dom, use->node));
    if (count < 0)
        return xbits_fail(XBITS_E_INVALIDARG, "a list has no %d options", count);
    return dom_set_option_count(use->dom, use->node, (size_t)count);
}

/* add(option, before): before is an index or an option. */
xbits_result use_option_add(struct member_use *use)
{
    dom_node option = passed_node(use, 0);
    dom_node before = passed_node(use, 1);
    int index = passed_int(use, 1, -1);

    if (!dom_is(use->dom, option, "option") && !dom_is(use->dom, option, "optgroup"))
        return xbits_fail(XBITS_E_INVALIDARG, "only an OPTION can be added to a list");
    if (before == DOM_NONE && index >= 0)
        before = dom_option(use->dom, use->node, (size_t)index);
    return dom_insert(use->dom, before == DOM_NONE ? use->node : dom_parent(use->dom, before),
                      option, before);
}

xbits_result use_option_remove(struct member_use *use)
{
    int index = passed_int(use, 0, -1);
    dom_node option = index < 0 ? DOM_NONE : dom_option(use->dom, use->node, (size_t)index);

    if (option != DOM_NONE)
        dom_remove(use->dom, option);
    return XBITS_S_OK;
}

/* this.form: where a control stands. */
static xbits_result use_form(struct member_use *use)
{
    dom_node form = dom_parent(use->dom, use->node);

    while (form != DOM_NONE && !dom_is(use->dom, form, "form"))
        form = dom_parent(use->dom, form);
    return answer_node(use, form);
}

static xbits_result use_elements(struct member_use *use)
{
    return answer_list(use, LIST_CONTROLS, use->node, NULL);
}

/* A form's content goes nowhere. */
static xbits_result use_submit(struct member_use *use)
{
    const char *action = dom_attribute(use->dom, use->node, "action");

    page_say(use->page, PAGE_DIALOG, "submit: %s", action == NULL ? "" : action);
    return XBITS_S_OK;
}

const struct member_row page_control_rows[] = {
    { "value", JS_GET | JS_PUT, use_value, NULL, " input select option textarea button li " },
    { "checked", JS_GET | JS_PUT, use_checked, NULL, " input " },
    { "selected", JS_GET | JS_PUT, use_selected, NULL, " option " },
    { "index", JS_GET, use_index, NULL, " option " },
    { "selectedIndex", JS_GET | JS_PUT, use_selected_index, NULL, " select " },
    { "type", JS_GET | JS_PUT, use_type, NULL, " input select button script textarea " },
    { "options", JS_GET, use_options, NULL, " select " },
    { "length", JS_GET | JS_PUT, use_option_count, NULL, " select " },
    { "item", JS_CALL, use_option_item, NULL, " select " },
    { "add", JS_CALL, use_option_add, NULL, " select " },
    { "form", JS_GET, use_form, NULL, " input select textarea button " },
    { "submit", JS_CALL, use_submit, NULL, " form " },
    { "elements", JS_GET, use_elements, NULL, " form " },
    { "select", JS_CALL, use_nothing, NULL, " input textarea " },
    { 0 },
};
