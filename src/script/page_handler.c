/* SPDX-License-Identifier: MIT */
#include "script/page_internal.h"

#include <stdio.h>
#include <string.h>

/* body's are the window's. */
static bool is_of_window(const char *type)
{
    static const char *const types[] = { "load", "unload", "beforeunload", "error", "resize" };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i], type) == 0)
            return true;
    return false;
}

static dom_node holder_of(const struct page *page, dom_node target, const char *type)
{
    return is_of_window(type) && dom_is(page->dom, target, "body") ? DOM_NONE : target;
}

/* The element whose attribute it may be. */
static dom_node writer_of(const struct page *page, dom_node holder, const char *type)
{
    return holder == DOM_NONE && is_of_window(type) ? dom_part(page->dom, "body") : holder;
}

static void attribute_name(const char *type, char name[HTML_NAME_SIZE])
{
    snprintf(name, HTML_NAME_SIZE, "on%s", type);
}

static const struct dom_attribute *attribute_of(const struct page *page, dom_node node,
                                                const char *type)
{
    const struct dom_attribute *attribute;
    char name[HTML_NAME_SIZE];

    attribute_name(type, name);
    for (size_t i = 0; (attribute = dom_attribute_at(page->dom, node, i)) != NULL; i++)
        if (strcmp(attribute->name, name) == 0)
            return attribute;
    return NULL;
}

static xbits_result keep_listener(struct page *page, dom_node target, const char *type,
                                  uint64_t function, bool is_handler)
{
    struct listener listener = { .target = target, .function = function, .is_handler = is_handler };

    TRY(dom_keep_name(page->dom, type, &listener.type));
    TRY(listeners_add(&page->listeners, &listener));
    dom_hold(page->dom, target);
    js_function_keep(page->engine, function);
    return XBITS_S_OK;
}

static void drop_listener(struct page *page, struct listener listener)
{
    if (listeners_remove(&page->listeners, &listener))
        js_function_drop(page->engine, listener.function);
}

void page_forget_handler(struct page *page, dom_node target, const char *type)
{
    const struct listener *handler =
        listeners_handler(&page->listeners, holder_of(page, target, type), type);

    if (handler != NULL)
        drop_listener(page, *handler);
}

/* What stands in an attribute becomes a handler when it is first asked for. */
static bool compile(struct page *page, dom_node holder, const char *type)
{
    const struct dom_attribute *attribute = attribute_of(page, writer_of(page, holder, type), type);
    struct js_source source;
    uint64_t function;
    bool is_kept;

    if (attribute == NULL || XBITS_FAILED(page_check_running(page)))
        return false;
    source = (struct js_source){ .name = attribute->position.line == 0 ? attribute->name
                                                                       : text_c(&page->url),
                                 .text = attribute->value,
                                 .length = strlen(attribute->value),
                                 .line = attribute->position.line,
                                 .column = attribute->position.column };
    if (XBITS_FAILED(js_compile(page->engine, &source, "event", &function))) {
        dom_remove_attribute(page->dom, writer_of(page, holder, type), attribute->name);
        page_report(page);
        return false;
    }
    is_kept = XBITS_SUCCEEDED(keep_listener(page, holder, type, function, true));
    js_function_drop(page->engine, function);
    return is_kept;
}

bool page_handler(struct page *page, dom_node target, const char *type, uint64_t *function_out)
{
    dom_node holder = holder_of(page, target, type);
    const struct listener *handler = listeners_handler(&page->listeners, holder, type);

    if (handler == NULL && compile(page, holder, type))
        handler = listeners_handler(&page->listeners, holder, type);
    if (handler == NULL)
        return false;
    *function_out = handler->function;
    return true;
}

static xbits_result put_function(struct page *page, dom_node holder, const char *type,
                                 uint64_t function)
{
    xbits_result result;

    js_function_keep(page->engine, function); /* It may be the one that is forgotten. */
    page_forget_handler(page, holder, type);
    result = keep_listener(page, holder, type, function, true);
    js_function_drop(page->engine, function);
    return result;
}

xbits_result page_set_handler(struct page *page, dom_node target, const char *type,
                              const struct js_value *value)
{
    dom_node holder = holder_of(page, target, type);
    dom_node writer = writer_of(page, holder, type);
    char name[HTML_NAME_SIZE];

    attribute_name(type, name);
    dom_remove_attribute(page->dom, writer, name);
    if (value->kind == JS_FUNCTION)
        return put_function(page, holder, type, value->as.function);
    page_forget_handler(page, holder, type);
    if (value->kind == JS_TEXT && writer != DOM_NONE)
        return dom_set_attribute(page->dom, writer, name, value->as.text.bytes);
    return XBITS_S_OK;
}

/* "onclick" and "click". */
static const char *without_on(const char *type)
{
    return text_starts_with(type, "on") ? type + 2 : type;
}

xbits_result page_listen(struct page *page, dom_node target, const char *type, uint64_t function)
{
    const char *event = without_on(type);

    return keep_listener(page, holder_of(page, target, event), event, function, false);
}

void page_unlisten(struct page *page, dom_node target, const char *type, uint64_t function)
{
    const char *event = without_on(type);

    drop_listener(page, (struct listener){ .target = holder_of(page, target, event),
                                           .type = event,
                                           .function = function });
}
