/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

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

MEMBER_FINDER(event)

const struct js_class page_event_class = {
    .name = "Event", .takes_expandos = true, .find = find_event, .invoke = member_invoke
};
