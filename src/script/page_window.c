/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <string.h>

static xbits_result use_event(struct member_use *use)
{
    if (use->page->event == NULL)
        return answer_null(use);
    use->use->result = js_object(&page_event_class, use->page->event->handle);
    return XBITS_S_OK;
}

static xbits_result keep_text(struct member_use *use, struct text *text)
{
    if (!is_put(use))
        return answer_text(use, text_c(text));
    text_clear(text);
    return text_add(text, passed_text(use, 0));
}

static xbits_result use_status(struct member_use *use)
{
    return keep_text(use, &use->page->status);
}

static xbits_result use_name(struct member_use *use)
{
    return keep_text(use, &use->page->name);
}

static xbits_result use_timeout(struct member_use *use)
{
    return page_set_timer(use->page, use->use, false);
}

static xbits_result use_interval(struct member_use *use)
{
    return page_set_timer(use->page, use->use, true);
}

static xbits_result use_clear_timer(struct member_use *use)
{
    int id = passed_int(use, 0, 0);

    if (id > 0)
        page_clear_timer(use->page, (unsigned)id);
    return XBITS_S_OK;
}

/* The Player shows no dialogs: they are told, and answered as if they had been closed. */
static xbits_result use_confirm(struct member_use *use)
{
    TRY(use_told(use));
    return answer_bool(use, false);
}

static xbits_result use_prompt(struct member_use *use)
{
    TRY(use_told(use));
    return answer_null(use);
}

static xbits_result use_navigate(struct member_use *use)
{
    return page_go(use->page, passed_text(use, 0));
}

static const struct member_row rows[] = {
    { "location", JS_GET | JS_PUT, use_location, NULL, NULL },
    { "event", JS_GET, use_event, NULL, NULL },
    { "status", JS_GET | JS_PUT, use_status, NULL, NULL },
    { "name", JS_GET | JS_PUT, use_name, NULL, NULL },
    EVENT_ROW("load"),
    EVENT_ROW("unload"),
    EVENT_ROW("error"),
    EVENT_ROW("resize"),
    EVENT_ROW("focus"),
    EVENT_ROW("blur"),
    { "attachEvent", JS_CALL, use_attach, NULL, NULL },
    { "addEventListener", JS_CALL, use_attach, NULL, NULL },
    { "detachEvent", JS_CALL, use_detach, NULL, NULL },
    { "removeEventListener", JS_CALL, use_detach, NULL, NULL },
    { "setTimeout", JS_CALL, use_timeout, NULL, NULL },
    { "setInterval", JS_CALL, use_interval, NULL, NULL },
    { "clearTimeout", JS_CALL, use_clear_timer, NULL, NULL },
    { "clearInterval", JS_CALL, use_clear_timer, NULL, NULL },
    { "alert", JS_CALL, use_told, NULL, NULL },
    { "confirm", JS_CALL, use_confirm, NULL, NULL },
    { "prompt", JS_CALL, use_prompt, NULL, NULL },
    { "showModalDialog", JS_CALL, use_told, NULL, NULL },
    { "print", JS_CALL, use_told, NULL, NULL },
    { "close", JS_CALL, use_told, NULL, NULL },
    { "open", JS_CALL, use_prompt, NULL, NULL },
    { "navigate", JS_CALL, use_navigate, NULL, NULL },
    { "focus", JS_CALL, use_nothing, NULL, NULL },
    { "blur", JS_CALL, use_nothing, NULL, NULL },
    { "scrollTo", JS_CALL, use_nothing, NULL, NULL },
    { 0 },
};

static const char *name_at(void *host, uint64_t handle, size_t index)
{
    (void)host;
    (void)handle;
    return index < sizeof rows / sizeof rows[0] ? rows[index].name : NULL;
}

/* Past its own: the document's elements by their ids. */
static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    dom_node node;

    (void)handle;
    if (member_find(rows, name, member_out))
        return true;
    node = dom_find(((struct host *)host)->dom, name);
    if (node == DOM_NONE)
        return false;
    member_number(node, member_out);
    return true;
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct member_use member = { .page = ((struct host *)host)->page, .use = use };
    uint32_t number;

    if (member_is_number(&use->member, &number))
        return answer_node(&member, number);
    return member_invoke(host, use);
}

const struct js_class page_window_class = {
    .name = "Window", .takes_expandos = true, .find = find, .invoke = invoke, .name_at = name_at
};
