/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <stdio.h>
#include <string.h>

#include "script/address.h"

/* The window's smaller objects: event, location, history, navigator, console; and who listens to
 * what. */

xbits_result use_told(struct member_use *use)
{
    page_say(use->page, PAGE_DIALOG, use->use->argument_count == 0 ? "%s" : "%s: %s",
             use->row->what == NULL ? use->row->name : use->row->what, passed_text(use, 0));
    return XBITS_S_OK;
}

static bool is_function(const struct member_use *use, size_t index)
{
    return index < use->use->argument_count && use->use->arguments[index].kind == JS_FUNCTION;
}

xbits_result use_handler(struct member_use *use)
{
    uint64_t function;

    if (is_put(use))
        return page_set_handler(use->page, use->node, use->row->what, &use->use->arguments[0]);
    if (!page_handler(use->page, use->node, use->row->what, &function))
        return answer_null(use);
    use->use->result.kind = JS_FUNCTION;
    use->use->result.as.function = function;
    return XBITS_S_OK;
}

xbits_result use_attach(struct member_use *use)
{
    if (!is_function(use, 1))
        return xbits_fail(XBITS_E_INVALIDARG, "%s takes an event and a function", use->row->name);
    TRY(page_listen(use->page, use->node, passed_text(use, 0), use->use->arguments[1].as.function));
    return answer_bool(use, true);
}

xbits_result use_detach(struct member_use *use)
{
    if (is_function(use, 1))
        page_unlisten(use->page, use->node, passed_text(use, 0),
                      use->use->arguments[1].as.function);
    return XBITS_S_OK;
}

/* The event of an object, as long as it is on its way; else an empty one. */
static struct page_event *event_of(const struct member_use *use)
{
    struct page_event *event = use->page->event;

    while (event != NULL && event->handle != use->use->self.handle)
        event = event->outer;
    return event;
}

static xbits_result use_event_type(struct member_use *use)
{
    const struct page_event *event = event_of(use);

    return answer_text(use, event == NULL ? "" : event->type);
}

static xbits_result use_event_target(struct member_use *use)
{
    const struct page_event *event = event_of(use);

    return answer_node(use, event == NULL ? DOM_NONE : event->target);
}

static xbits_result use_event_current(struct member_use *use)
{
    const struct page_event *event = event_of(use);

    return answer_node(use, event == NULL ? DOM_NONE : event->current);
}

static xbits_result use_return_value(struct member_use *use)
{
    struct page_event *event = event_of(use);

    if (!is_put(use))
        return answer_bool(use, event == NULL || !event->is_prevented);
    if (event != NULL)
        event->is_prevented = !passed_bool(use, 0);
    return XBITS_S_OK;
}

static xbits_result use_cancel_bubble(struct member_use *use)
{
    struct page_event *event = event_of(use);

    if (!is_put(use))
        return answer_bool(use, event != NULL && event->is_stopped);
    if (event != NULL)
        event->is_stopped = passed_bool(use, 0);
    return XBITS_S_OK;
}

static xbits_result use_prevent(struct member_use *use)
{
    struct page_event *event = event_of(use);

    if (event != NULL)
        event->is_prevented = true;
    return XBITS_S_OK;
}

static xbits_result use_stop(struct member_use *use)
{
    struct page_event *event = event_of(use);

    if (event != NULL)
        event->is_stopped = true;
    return XBITS_S_OK;
}

static xbits_result use_zero(struct member_use *use)
{
    return answer_number(use, 0);
}

static const struct member_row event_rows[] = {
    { "type", JS_GET, use_event_type, NULL, NULL },
    { "srcElement", JS_GET, use_event_target, NULL, NULL },
    { "target", JS_GET, use_event_target, NULL, NULL },
    { "currentTarget", JS_GET, use_event_current, NULL, NULL },
    { "returnValue", JS_GET | JS_PUT, use_return_value, NULL, NULL },
    { "cancelBubble", JS_GET | JS_PUT, use_cancel_bubble, NULL, NULL },
    { "preventDefault", JS_CALL, use_prevent, NULL, NULL },
    { "stopPropagation", JS_CALL, use_stop, NULL, NULL },
    { "keyCode", JS_GET, use_zero, NULL, NULL },
    { "button", JS_GET, use_zero, NULL, NULL },
    { 0 },
};

static xbits_result use_address_part(struct member_use *use)
{
    static const char *const parts[] = {
        [ADDRESS_PROTOCOL] = "protocol", [ADDRESS_HOST] = "host",
        [ADDRESS_HOSTNAME] = "hostname", [ADDRESS_PORT] = "port",
        [ADDRESS_PATHNAME] = "pathname", [ADDRESS_SEARCH] = "search",
        [ADDRESS_HASH] = "hash",
    };
    size_t part = 0;

    while (strcmp(parts[part], use->row->name) != 0)
        part++;
    text_clear(&use->page->result);
    TRY(address_part(text_c(&use->page->url), (enum address_part)part, &use->page->result));
    return answer_result(use);
}

static xbits_result use_href(struct member_use *use)
{
    if (is_put(use) || use->use->use == JS_CALL)
        return page_go(use->page, passed_text(use, 0));
    return answer_text(use, text_c(&use->page->url));
}

static xbits_result use_reload(struct member_use *use)
{
    return page_go(use->page, text_c(&use->page->url));
}

static xbits_result use_url(struct member_use *use)
{
    return answer_text(use, text_c(&use->page->url));
}

static const struct member_row location_rows[] = {
    { "href", JS_GET | JS_PUT, use_href, NULL, NULL },
    { "assign", JS_CALL, use_href, NULL, NULL },
    { "replace", JS_CALL, use_href, NULL, NULL },
    { "reload", JS_CALL, use_reload, NULL, NULL },
    { "toString", JS_CALL, use_url, NULL, NULL },
    { "valueOf", JS_CALL, use_url, NULL, NULL },
    { "protocol", JS_GET, use_address_part, NULL, NULL },
    { "host", JS_GET, use_address_part, NULL, NULL },
    { "hostname", JS_GET, use_address_part, NULL, NULL },
    { "port", JS_GET, use_address_part, NULL, NULL },
    { "pathname", JS_GET, use_address_part, NULL, NULL },
    { "search", JS_GET, use_address_part, NULL, NULL },
    { "hash", JS_GET, use_address_part, NULL, NULL },
    { 0 },
};

/* There is one page at a time. */
static const struct member_row history_rows[] = {
    { "length", JS_GET, use_zero, NULL, NULL },
    { "back", JS_CALL, use_told, "history.back", NULL },
    { "forward", JS_CALL, use_told, "history.forward", NULL },
    { "go", JS_CALL, use_told, "history.go", NULL },
    { 0 },
};

static xbits_result use_constant(struct member_use *use)
{
    return answer_text(use, use->row->what);
}

static xbits_result use_false(struct member_use *use)
{
    return answer_bool(use, false);
}

static xbits_result use_agent(struct member_use *use)
{
    return answer_text(use, text_c(&use->page->agent));
}

static xbits_result use_cookies_enabled(struct member_use *use)
{
    return answer_bool(use, use->page->options.cookies != NULL);
}

static const struct member_row navigator_rows[] = {
    { "userAgent", JS_GET, use_agent, NULL, NULL },
    { "appCodeName", JS_GET, use_constant, "Mozilla", NULL },
    { "appName", JS_GET, use_constant, "Microsoft Internet Explorer", NULL },
    { "appVersion", JS_GET, use_constant, "4.0 (compatible; MSIE 7.0; Windows NT 6.1)", NULL },
    { "platform", JS_GET, use_constant, "Win32", NULL },
    { "userLanguage", JS_GET, use_constant, "en-us", NULL },
    { "browserLanguage", JS_GET, use_constant, "en-us", NULL },
    { "systemLanguage", JS_GET, use_constant, "en-us", NULL },
    { "language", JS_GET, use_constant, "en-us", NULL },
    { "cookieEnabled", JS_GET, use_cookies_enabled, NULL, NULL },
    { "javaEnabled", JS_CALL, use_false, NULL, NULL },
    { 0 },
};

static xbits_result use_log(struct member_use *use)
{
    struct text line = { 0 };
    xbits_result result = XBITS_S_OK;

    for (size_t i = 0; i < use->use->argument_count && XBITS_SUCCEEDED(result); i++)
        result = text_format(&line, "%s%s", i == 0 ? "" : " ", passed_text(use, i));
    if (XBITS_SUCCEEDED(result))
        page_say(use->page, PAGE_CONSOLE, "%s", text_c(&line));
    text_dispose(&line);
    return result;
}

static const struct member_row console_rows[] = {
    { "log", JS_CALL, use_log, NULL, NULL },   { "info", JS_CALL, use_log, NULL, NULL },
    { "warn", JS_CALL, use_log, NULL, NULL },  { "error", JS_CALL, use_log, NULL, NULL },
    { "debug", JS_CALL, use_log, NULL, NULL }, { 0 },
};

#define FIND(which)                                                                                \
    static bool find_##which(void *host, uint64_t handle, const char *name,                        \
                             struct js_member *member_out)                                         \
    {                                                                                              \
        (void)host;                                                                                \
        (void)handle;                                                                              \
        return member_find(which##_rows, name, member_out);                                        \
    }
FIND(event)
FIND(location)
FIND(history)
FIND(navigator)
FIND(console)

const struct js_class page_event_class = {
    .name = "Event", .takes_expandos = true, .find = find_event, .invoke = member_invoke
};
const struct js_class page_location_class = {
    .name = "Location", .takes_expandos = true, .find = find_location, .invoke = member_invoke
};
const struct js_class page_history_class = {
    .name = "History", .takes_expandos = true, .find = find_history, .invoke = member_invoke
};
const struct js_class page_navigator_class = {
    .name = "Navigator", .takes_expandos = true, .find = find_navigator, .invoke = member_invoke
};
const struct js_class page_console_class = {
    .name = "Console", .takes_expandos = true, .find = find_console, .invoke = member_invoke
};
