/* SPDX-License-Identifier: MIT */
#include "script/document/dom_controls.h"

#include <stdlib.h>
#include <string.h>

#include "script/document/dom_internal.h"
#include "script/document/dom_markup.h"

bool dom_is_disabled(const struct dom *dom, dom_node node)
{
    return dom_attribute(dom, node, "disabled") != NULL;
}

bool dom_is_input(const struct dom *dom, dom_node node, const char *type)
{
    const char *own = dom_attribute(dom, node, "type");

    return dom_is(dom, node, "input") && own != NULL && text_equal_ignoring_case(own, type);
}

static bool is_box(const struct dom *dom, dom_node node)
{
    return dom_is_input(dom, node, "checkbox") || dom_is_input(dom, node, "radio");
}

xbits_result dom_value(const struct dom *dom, dom_node node, struct text *text)
{
    const struct dom_data *data = dom_data(dom, node);
    const char *attribute = dom_attribute(dom, node, "value");

    if (dom_is(dom, node, "select")) {
        int index = dom_selected_index(dom, node);

        return index < 0 ? XBITS_S_OK : dom_value(dom, dom_option(dom, node, (size_t)index), text);
    }
    if (data->text != NULL)
        return text_add(text, data->text);
    if (dom_is(dom, node, "textarea")) {
        dom_node child = dom_first(dom, node);

        return child == DOM_NONE ? XBITS_S_OK : text_add(text, dom_text(dom, child));
    }
    if (attribute != NULL)
        return text_add(text, attribute);
    if (dom_is(dom, node, "option"))
        return dom_inner_text(dom, node, text);
    return is_box(dom, node) ? text_add(text, "on") : XBITS_S_OK;
}

static dom_node next_option(const struct dom *dom, dom_node list, dom_node option)
{
    do
        option = dom_walk(dom, list, option);
    while (option != DOM_NONE && !dom_is(dom, option, "option"));
    return option;
}

static bool has_value(const struct dom *dom, dom_node option, const char *value)
{
    struct text text = { 0 };
    bool is_equal =
        XBITS_SUCCEEDED(dom_value(dom, option, &text)) && strcmp(text_c(&text), value) == 0;

    text_dispose(&text);
    return is_equal;
}

static void choose_value(struct dom *dom, dom_node list, const char *value)
{
    dom_node option = next_option(dom, list, list);
    int index = 0;

    for (; option != DOM_NONE && !has_value(dom, option, value); index++)
        option = next_option(dom, list, option);
    dom_select(dom, list, option == DOM_NONE ? -1 : index);
}

xbits_result dom_set_value(struct dom *dom, dom_node node, const char *value)
{
    if (dom_is(dom, node, "select")) {
        choose_value(dom, node, value);
        return XBITS_S_OK;
    }
    if (dom_is(dom, node, "option"))
        return dom_set_attribute(dom, node, "value", value);
    return dom_set_text(dom, node, value);
}

bool dom_is_checked(const struct dom *dom, dom_node node)
{
    enum dom_state state = dom_data(dom, node)->checked;

    return state == DOM_AS_WRITTEN ? dom_attribute(dom, node, "checked") != NULL : state == DOM_ON;
}

void dom_set_checked(struct dom *dom, dom_node node, bool is_checked)
{
    const char *group = dom_attribute(dom, node, "name");

    dom_data(dom, node)->checked = is_checked ? DOM_ON : DOM_OFF;
    if (!is_checked || !dom_is_input(dom, node, "radio") || group == NULL)
        return;
    for (dom_node at = DOM_DOCUMENT; at != DOM_NONE; at = dom_walk(dom, DOM_DOCUMENT, at)) {
        const char *name = dom_attribute(dom, at, "name");

        if (at != node && dom_is_input(dom, at, "radio") && name != NULL &&
            strcmp(name, group) == 0)
            dom_data(dom, at)->checked = DOM_OFF;
    }
}

size_t dom_option_count(const struct dom *dom, dom_node list)
{
    size_t count = 0;

    for (dom_node at = next_option(dom, list, list); at != DOM_NONE;
         at = next_option(dom, list, at))
        count++;
    return count;
}

dom_node dom_option(const struct dom *dom, dom_node list, size_t index)
{
    dom_node option = next_option(dom, list, list);

    while (option != DOM_NONE && index-- > 0)
        option = next_option(dom, list, option);
    return option;
}

dom_node dom_option_list(const struct dom *dom, dom_node option)
{
    dom_node node = dom_parent(dom, option);

    if (dom_is(dom, node, "optgroup"))
        node = dom_parent(dom, node);
    return dom_is(dom, node, "select") ? node : DOM_NONE;
}

int dom_option_index(const struct dom *dom, dom_node option)
{
    dom_node list = dom_option_list(dom, option);
    int index = 0;

    for (dom_node at = next_option(dom, list, list); at != DOM_NONE && at != option;
         at = next_option(dom, list, at))
        index++;
    return list == DOM_NONE ? 0 : index;
}

static bool is_marked(const struct dom *dom, dom_node option)
{
    enum dom_state state = dom_data(dom, option)->selected;

    return state == DOM_AS_WRITTEN ? dom_attribute(dom, option, "selected") != NULL
                                   : state == DOM_ON;
}

static bool takes_many(const struct dom *dom, dom_node list)
{
    return dom_attribute(dom, list, "multiple") != NULL;
}

/* More than one line: nothing is chosen unless somebody does. */
static bool is_list_box(const struct dom *dom, dom_node list)
{
    const char *size = dom_attribute(dom, list, "size");

    return takes_many(dom, list) || (size != NULL && strtol(size, NULL, 10) > 1);
}

int dom_selected_index(const struct dom *dom, dom_node list)
{
    int chosen = -1;
    int index = 0;

    for (dom_node at = next_option(dom, list, list); at != DOM_NONE;
         at = next_option(dom, list, at), index++)
        if (is_marked(dom, at) && (chosen < 0 || !takes_many(dom, list)))
            chosen = index;
    if (chosen < 0 && index > 0 && !is_list_box(dom, list) && !dom_data(dom, list)->has_no_choice)
        return 0;
    return chosen;
}

void dom_select(struct dom *dom, dom_node list, int index)
{
    int i = 0;
    bool is_there = false;

    for (dom_node at = next_option(dom, list, list); at != DOM_NONE;
         at = next_option(dom, list, at), i++) {
        dom_data(dom, at)->selected = i == index ? DOM_ON : DOM_OFF;
        is_there = is_there || i == index;
    }
    dom_data(dom, list)->has_no_choice = !is_there;
}

bool dom_is_selected(const struct dom *dom, dom_node option)
{
    dom_node list = dom_option_list(dom, option);

    if (list == DOM_NONE || takes_many(dom, list))
        return is_marked(dom, option);
    return dom_selected_index(dom, list) == dom_option_index(dom, option);
}

void dom_set_selected(struct dom *dom, dom_node option, bool is_selected)
{
    dom_node list = dom_option_list(dom, option);

    if (is_selected && list != DOM_NONE && !takes_many(dom, list))
        dom_select(dom, list, dom_option_index(dom, option));
    else
        dom_data(dom, option)->selected = is_selected ? DOM_ON : DOM_OFF;
}

static xbits_result add_option(struct dom *dom, dom_node list)
{
    dom_node option;
    xbits_result result;

    TRY(dom_element_new(dom, "option", &option));
    result = dom_insert(dom, list, option, DOM_NONE);
    if (XBITS_FAILED(result))
        dom_remove(dom, option);
    return result;
}

/* In one walk: a list may be as long as a document, and no limit of time holds in here. */
static void remove_options_from(struct dom *dom, dom_node list, dom_node option)
{
    while (option != DOM_NONE) {
        dom_node next = dom_walk_past(dom, list, option);

        if (next != DOM_NONE && !dom_is(dom, next, "option"))
            next = next_option(dom, list, next);
        dom_remove(dom, option);
        option = next;
    }
}

xbits_result dom_set_option_count(struct dom *dom, dom_node list, size_t count)
{
    size_t has = dom_option_count(dom, list);

    if (has > count)
        remove_options_from(dom, list, dom_option(dom, list, count));
    for (; has < count; has++)
        TRY(add_option(dom, list));
    return XBITS_S_OK;
}
