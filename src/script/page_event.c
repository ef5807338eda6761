/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <string.h>

#include "script/document/dom_controls.h"

#define PATH_MAXIMUM      (DOM_DEPTH_MAXIMUM + 2)
#define LISTENERS_AT_ONCE 64

/* The events that a page can be told of, and whether they go up to its document. */
static const struct event_kind {
    const char *type;
    bool bubbles;
} event_kinds[] = {
    { "click", true },
    { "dblclick", true },
    { "change", true },
    { "mousedown", true },
    { "mouseup", true },
    { "mouseover", true },
    { "mouseout", true },
    { "mousemove", true },
    { "keydown", true },
    { "keyup", true },
    { "keypress", true },
    { "contextmenu", true },
    { "submit", true },
    { "input", true },
    { "select", true },
    { "focus", false },
    { "blur", false },
    { "load", false },
    { "unload", false },
    { "error", false },
    { "resize", false },
    { "scroll", false },
    { "readystatechange", false },
};

static const struct event_kind *find_kind(const char *type)
{
    for (size_t i = 0; i < sizeof event_kinds / sizeof event_kinds[0]; i++)
        if (strcmp(event_kinds[i].type, type) == 0)
            return &event_kinds[i];
    return NULL;
}

bool page_is_event(const char *type)
{
    return find_kind(type) != NULL;
}

static struct js_value target_value(const struct page *page, dom_node target)
{
    return target == DOM_NONE ? js_object(&page_window_class, DOM_NONE) : node_value(page, target);
}

static void call_one(struct page *page, struct page_event *event, uint64_t function)
{
    const struct js_value self = target_value(page, event->current);
    const struct js_value argument = js_object(&page_event_class, event->handle);

    if (XBITS_SUCCEEDED(page_call(page, function, &self, &argument, 1)) &&
        page_returned_false(page))
        event->is_prevented = true;
}

/* They may take each other off while they run: each that was there is kept until all have run. */
static void call_all(struct page *page, struct page_event *event)
{
    uint64_t functions[LISTENERS_AT_ONCE];
    const struct listener *listener;
    size_t count = 0;
    size_t index = 0;
    uint64_t handler;

    if (page_handler(page, event->current, event->type, &handler))
        functions[count++] = handler;
    while (count < LISTENERS_AT_ONCE && (listener = listeners_next(&page->listeners, event->current,
                                                                   event->type, &index)) != NULL)
        if (!listener->is_handler)
            functions[count++] = listener->function;
    for (size_t i = 0; i < count; i++)
        js_function_keep(page->engine, functions[i]);
    for (size_t i = 0; i < count; i++) {
        call_one(page, event, functions[i]);
        js_function_drop(page->engine, functions[i]);
    }
}

/* From the target up to the window. Scripts may see, and move, any of these. */
static size_t make_path(struct page *page, dom_node target, bool bubbles,
                        dom_node path[PATH_MAXIMUM])
{
    size_t count = 0;

    path[count++] = target;
    dom_hold(page->dom, target);
    while (bubbles && target != DOM_NONE && count < PATH_MAXIMUM) {
        target = dom_parent(page->dom, target);
        dom_hold(page->dom, target);
        path[count++] = target;
    }
    return count;
}

bool page_dispatch(struct page *page, dom_node target, const char *type)
{
    const struct event_kind *kind = find_kind(type);
    struct page_event event = { .outer = page->event, .type = type, .target = target };
    dom_node path[PATH_MAXIMUM];
    size_t count = make_path(page, target, kind != NULL && kind->bubbles, path);

    event.handle = ++page->event_count;
    page->event = &event;
    for (size_t i = 0; i < count && !event.is_stopped; i++) {
        event.current = path[i];
        call_all(page, &event);
    }
    page->event = event.outer;
    return !event.is_prevented;
}

/* The user chooses an option of a list; its list says that it changed. */
static void choose(struct page *page, dom_node option)
{
    dom_node list = dom_option_list(page->dom, option);

    if (list == DOM_NONE || dom_is_disabled(page->dom, list))
        return;
    dom_hold(page->dom, list);
    dom_set_selected(page->dom, option, true);
    (void)page_dispatch(page, list, "change");
}

/* A checkbox has changed already when its onclick runs; false takes it back. */
static void click_box(struct page *page, dom_node box)
{
    bool was_checked = dom_is_checked(page->dom, box);
    bool becomes = dom_is_input(page->dom, box, "radio") || !was_checked;

    dom_set_checked(page->dom, box, becomes);
    if (!page_dispatch(page, box, "click"))
        dom_set_checked(page->dom, box, was_checked);
    else if (becomes != was_checked)
        (void)page_dispatch(page, box, "change");
}

static void follow(struct page *page, dom_node node)
{
    while (node != DOM_NONE && !dom_is(page->dom, node, "a"))
        node = dom_parent(page->dom, node);
    if (dom_attribute(page->dom, node, "href") != NULL)
        (void)page_go(page, dom_attribute(page->dom, node, "href"));
}

static void click(struct page *page, dom_node target)
{
    if (dom_is_disabled(page->dom, target))
        return;
    if (dom_is_input(page->dom, target, "checkbox") || dom_is_input(page->dom, target, "radio"))
        click_box(page, target);
    else if (!page_dispatch(page, target, "click"))
        return;
    else if (dom_is(page->dom, target, "option"))
        choose(page, target);
    else
        follow(page, target);
}

xbits_result page_user_event(struct page *page, dom_node target, const char *type)
{
    TRY(page_check_running(page));
    if (strcmp(type, "click") == 0 && target != DOM_NONE)
        click(page, target);
    else
        (void)page_dispatch(page, target, type);
    return XBITS_S_OK;
}
