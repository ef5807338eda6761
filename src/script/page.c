/* SPDX-License-Identifier: MIT */
#include "script/page.h"

#include <stdlib.h>
#include <string.h>

#include "script/com_objects.h"
#include "script/document/html_charset.h"
#include "script/page_class.h"
#include "script/page_parse.h"
#include "script/player_control.h"
#include "xbits/manager.h"

/* What only a script can have, constructors before all; and a screen of the time. */
static const char prelude[] =
    "function Option(text,value,initial,selected){var o=document.createElement('OPTION');"
    "if(text!==undefined)o.text=text;if(value!==undefined)o.value=value;"
    "if(initial||selected)o.selected=true;return o}"
    "function Image(){return document.createElement('IMG')}"
    "function Enumerator(list){var i=0;"
    "function count(){return list.length===undefined?list.count:list.length}"
    "this.atEnd=function(){return i>=count()};"
    "this.item=function(){return i<count()?list.item(i):undefined};"
    "this.moveNext=function(){i++};this.moveFirst=function(){i=0}}"
    "function execScript(code){(0,eval)(code)}"
    "var screen={width:1024,height:768,availWidth:1024,availHeight:738,colorDepth:32}";

static const struct news_row {
    enum page_news_kind kind;
    const char *name;
} news_rows[] = {
    { PAGE_ERROR, "error" },     { PAGE_STOPPED, "stopped" }, { PAGE_DIALOG, "dialog" },
    { PAGE_CONSOLE, "console" }, { PAGE_PLAYER, "player" },   { PAGE_MISSING, "missing" },
};

const char *page_news_name(enum page_news_kind kind)
{
    size_t i = 0;

    while (news_rows[i].kind != kind)
        i++;
    return news_rows[i].name;
}

void page_content_dispose(struct page_content *content)
{
    text_dispose(&content->url);
    text_dispose(&content->content_type);
    text_dispose(&content->body);
}

/* js_options.now: Date. */
static int64_t now_of(void *host)
{
    const struct page *page = ((struct host *)host)->page;

    return (xbits_manager_time(page->options.manager) - CLOCK_UNIX_EPOCH) / CLOCK_TICKS_PER_MS;
}

/* xbits_external_options.call: the Player has been recoloured. */
static void call_handler(uint64_t function, void *user)
{
    struct page *page = user;
    const struct js_value self = js_object(&page_window_class, DOM_NONE);

    (void)page_call(page, function, &self, NULL, 0);
}

static void drop_handler(uint64_t function, void *user)
{
    js_function_drop(((struct page *)user)->engine, function);
}

/* player_control_options.tell */
static void tell_player(const char *text, void *user)
{
    page_say(user, PAGE_PLAYER, "%s", text);
}

static xbits_result make_engine(struct page *page)
{
    const struct js_options options = { .limits = page->options.limits,
                                        .clock = page->options.clock,
                                        .now = now_of,
                                        .host = &page->host };

    page->host.page = page;
    TRY(dom_new(&page->dom));
    page->host.dom = page->dom;
    TRY(js_engine_new(&options, &page->engine));
    page->host.engine = page->engine;
    return XBITS_S_OK;
}

static xbits_result make_player(struct page *page)
{
    struct xbits_external_options options;
    struct player_control_options control = { .version = xbits_shell_version(page->options.shell),
                                              .tell = tell_player,
                                              .user = page };

    XBITS_INIT(&options);
    options.shell = page->options.shell;
    options.downloads = page->options.downloads;
    options.surface = page->options.surface;
    options.call = call_handler;
    options.drop = drop_handler;
    options.user = page;
    TRY(xbits_external_open(&options, &page->external));
    TRY(com_objects_new(page->external, &page->host.com));
    return player_control_new(&control, &page->host.control);
}

/* Constants of the window are plain globals: a page may use their names for its own. */
static xbits_result make_globals(struct page *page)
{
    const struct js_object window = { &page_window_class, DOM_NONE };
    struct js_value external = { .kind = JS_OBJECT };
    const struct global {
        const char *name;
        struct js_value value;
    } globals[] = {
        { "self", js_object(&page_window_class, DOM_NONE) },
        { "window", js_object(&page_window_class, DOM_NONE) },
        { "top", js_object(&page_window_class, DOM_NONE) },
        { "parent", js_object(&page_window_class, DOM_NONE) },
        { "document", js_object(&page_document_class, DOM_DOCUMENT) },
        { "navigator", js_object(&page_navigator_class, 0) },
        { "clientInformation", js_object(&page_navigator_class, 0) },
        { "history", js_object(&page_history_class, 0) },
        { "console", js_object(&page_console_class, 0) },
    };
    const struct js_source source = { .name = "prelude",
                                      .text = prelude,
                                      .length = sizeof prelude - 1 };

    TRY(js_set_window(page->engine, &window));
    for (size_t i = 0; i < sizeof globals / sizeof globals[0]; i++)
        TRY(js_set_global(page->engine, globals[i].name, &globals[i].value));
    external.as.object = com_objects_external();
    TRY(js_set_global(page->engine, "external", &external));
    return js_run(page->engine, &source, NULL);
}

static xbits_result make_texts(struct page *page, const struct page_content *content)
{
    page->ready_state = "loading";
    TRY(text_add(&page->url, text_c(&content->url)));
    return text_format(&page->agent,
                       "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; "
                       "Windows-Media-Player/%s)",
                       xbits_shell_version(page->options.shell));
}

static xbits_result load(struct page *page, const struct page_content *content)
{
    struct text html = { 0 };
    xbits_result result = html_decode(text_c(&content->content_type), text_c(&content->body),
                                      content->body.length, &html);

    if (XBITS_SUCCEEDED(result))
        result = page_parse(page, &html);
    text_dispose(&html);
    page->ready_state = "complete";
    if (XBITS_SUCCEEDED(result) && !page->is_stopped)
        (void)page_dispatch(page, DOM_DOCUMENT, "readystatechange");
    if (XBITS_SUCCEEDED(result) && !page->is_stopped)
        (void)page_dispatch(page, DOM_NONE, "load");
    return result;
}

static xbits_result open_page(struct page *page, const struct page_content *content)
{
    TRY(make_texts(page, content));
    TRY(make_engine(page));
    page_begin_stretch(page);
    TRY(make_player(page));
    TRY(make_globals(page));
    return load(page, content);
}

xbits_result page_open(const struct page_options *options, const struct page_content *content,
                       struct page **page_out)
{
    struct page *page;
    xbits_result result;

    TRY(html_check_type(text_c(&content->content_type), text_c(&content->body),
                        content->body.length));
    page = calloc(1, sizeof *page);
    if (page == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a page");
    page->options = *options;
    result = open_page(page, content);
    if (page->engine != NULL)
        page_end_stretch(page);
    if (XBITS_FAILED(result)) {
        page_close(page);
        return result;
    }
    *page_out = page;
    return result;
}

void page_close(struct page *page)
{
    if (page == NULL)
        return;
    xbits_external_close(page->external); /* Drops its functions: the engine comes later. */
    com_objects_free(page->host.com);
    js_engine_free(page->engine);
    player_control_free(page->host.control);
    dom_free(page->dom);
    listeners_dispose(&page->listeners);
    timers_dispose(&page->timers);
    text_dispose(&page->url);
    text_dispose(&page->wanted);
    text_dispose(&page->taken);
    text_dispose(&page->written);
    text_dispose(&page->status);
    text_dispose(&page->name);
    text_dispose(&page->agent);
    text_dispose(&page->result);
    text_dispose(&page->shown);
    free(page);
}

xbits_result page_fire(struct page *page, const char *id, const char *event)
{
    const char *type = text_starts_with(event, "on") ? event + 2 : event;
    dom_node target = dom_find(page->dom, id);
    xbits_result result;

    if (!page_is_event(type))
        return xbits_fail(XBITS_E_INVALIDARG, "no element has an event \"%s\"", event);
    if (target == DOM_NONE && strcmp(id, "document") == 0)
        target = DOM_DOCUMENT;
    if (target == DOM_NONE && strcmp(id, "window") != 0)
        return xbits_fail(XBITS_E_INVALIDARG, "no element of the page has the id \"%s\"", id);
    page_begin_stretch(page);
    result = page_user_event(page, target, type);
    page_end_stretch(page);
    return result;
}

static xbits_result fail_expression(const struct page *page)
{
    const struct js_error *error = js_last_error(page->engine);

    return xbits_fail(XBITS_E_FAIL, "%u:%u: %s", error->line == 0 ? 1 : error->line,
                      error->column == 0 ? 1 : error->column, error->message);
}

/* Showing the value may run the page's own toString. */
static xbits_result evaluate(struct page *page, const struct js_source *source)
{
    struct js_value value = { .kind = JS_UNDEFINED };
    xbits_result result = js_run(page->engine, source, &value);

    text_clear(&page->shown);
    if (XBITS_SUCCEEDED(result))
        result = text_add(&page->shown, js_show(page->engine, &value));
    if (js_engine_is_stopped(page->engine)) {
        page_report(page);
        return page_check_running(page);
    }
    return result == XBITS_E_FAIL ? fail_expression(page) : result;
}

xbits_result page_eval(struct page *page, const char *expression, const char **text_out)
{
    const struct js_source source = { .name = "",
                                      .text = expression,
                                      .length = strlen(expression) };
    xbits_result result;

    TRY(page_check_running(page));
    page_begin_stretch(page);
    result = evaluate(page, &source);
    page_end_stretch(page);
    TRY(result);
    *text_out = text_c(&page->shown);
    return XBITS_S_OK;
}

xbits_result page_unload(struct page *page)
{
    if (page->is_unloaded)
        return XBITS_S_OK;
    page_begin_stretch(page);
    if (!page->is_stopped)
        (void)page_dispatch(page, DOM_NONE, "unload");
    page_end_stretch(page);
    page->is_unloaded = true;
    return XBITS_S_OK;
}

bool page_is_stopped(const struct page *page)
{
    return page->is_stopped;
}

unsigned page_error_count(const struct page *page)
{
    return page->error_count;
}

const char *page_take_location(struct page *page)
{
    struct text taken = page->taken;

    page->taken = page->wanted;
    page->wanted = taken;
    text_clear(&page->wanted);
    return text_c(&page->taken);
}

const char *page_url(const struct page *page)
{
    return text_c(&page->url);
}
