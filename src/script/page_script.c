/* SPDX-License-Identifier: MIT */
#include "script/page_internal.h"

#include <stdio.h>
#include <string.h>

#include "script/address.h"
#include "script/page_class.h"
#include "xbits/manager.h"

/* In a second of the page's time. */
#define NEWS_MAXIMUM 1000
#define SECOND_MS    1000

void page_begin_stretch(struct page *page)
{
    js_stretch_begin(page->engine);
}

void page_end_stretch(struct page *page)
{
    js_stretch_end(page->engine);
}

uint64_t page_now_ms(const struct page *page)
{
    return (uint64_t)(xbits_manager_time(page->options.manager) / CLOCK_TICKS_PER_MS);
}

/* A page does not fill the disk of who listens: what is too much is told once, by its kind. */
static bool may_say(struct page *page, enum page_news_kind kind)
{
    uint64_t now_ms = page_now_ms(page);

    if (page->options.tell == NULL)
        return false;
    if (now_ms - page->said_since_ms >= SECOND_MS) {
        page->said = 0;
        page->said_since_ms = now_ms;
    }
    if (kind == PAGE_STOPPED || page->said++ < NEWS_MAXIMUM)
        return true;
    if (page->said == NEWS_MAXIMUM + 1)
        page->options.tell(kind, "the page says too much at once: the rest is left out",
                           page->options.user);
    return false;
}

void page_say(struct page *page, enum page_news_kind kind, const char *format, ...)
{
    char line[1024];
    va_list arguments;

    page->error_count += kind == PAGE_ERROR;
    if (!may_say(page, kind))
        return;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    page->options.tell(kind, text_make_printable(line), page->options.user);
}

xbits_result page_check_running(const struct page *page)
{
    if (page->is_stopped || js_engine_is_stopped(page->engine))
        return xbits_fail(XBITS_E_ABORT, "the page was stopped: a script passed its limits");
    return XBITS_S_OK;
}

bool page_returned_false(const struct page *page)
{
    const struct js_value *value = js_returned(page->engine);

    return value->kind == JS_BOOL && !value->as.boolean;
}

static void say_stopped(struct page *page, const struct js_error *error)
{
    if (page->is_stopped)
        return;
    page->is_stopped = true;
    page_say(page, PAGE_STOPPED, "%s:%u: %s; no script of this page runs any more",
             error->source[0] == '\0' ? text_c(&page->url) : error->source, error->line,
             error->kind == JS_ERROR_MEMORY ? "the scripts need more memory than they may have"
                                            : "a script ran for longer than it may");
}

/* window.onerror(message, url, line): true when it says that the error is seen to. */
static bool is_seen_to(struct page *page, const struct js_error *error)
{
    const struct js_value self = js_object(&page_window_class, DOM_NONE);
    struct js_value arguments[3];
    struct text message = { 0 };
    uint64_t function;
    bool is_seen = false;

    if (page->is_in_onerror || !page_handler(page, DOM_NONE, "error", &function))
        return false;
    page->is_in_onerror = true;
    if (XBITS_SUCCEEDED(text_add(&message, error->message == NULL ? "" : error->message))) {
        arguments[0] = js_text(text_c(&message));
        arguments[1] = js_text(text_c(&page->url));
        arguments[2] = js_number(error->line);
        if (XBITS_SUCCEEDED(page_call(page, function, &self, arguments, 3))) {
            const struct js_value *value = js_returned(page->engine);

            is_seen = value->kind == JS_BOOL && value->as.boolean;
        }
    }
    text_dispose(&message);
    page->is_in_onerror = false;
    return is_seen;
}

void page_report(struct page *page)
{
    const struct js_error *error = js_last_error(page->engine);
    char message[sizeof xbits_last_error()->message];

    text_copy_into(message, sizeof message, xbits_last_error()->message);
    if (js_engine_is_stopped(page->engine)) {
        say_stopped(page, error);
        return;
    }
    if (is_seen_to(page, error))
        return;
    page_say(page, PAGE_ERROR, "%s", message);
}

static xbits_result enter(struct page *page)
{
    TRY(page_check_running(page));
    if (page->depth >= PAGE_DEPTH_MAXIMUM) {
        page_say(page, PAGE_ERROR, "%s: events are more than %d deep in each other",
                 text_c(&page->url), PAGE_DEPTH_MAXIMUM);
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "events are more than %d deep in each other", PAGE_DEPTH_MAXIMUM);
    }
    page->depth++;
    return XBITS_S_OK;
}

/* The text is copied: the script may change the node, or clear the timer, that it stands in. */
xbits_result page_run(struct page *page, const struct js_source *source)
{
    struct js_source own = *source;
    struct text copy = { 0 };
    xbits_result result;

    TRY(text_append(&copy, source->text, source->length));
    own.text = text_c(&copy);
    result = enter(page);
    if (XBITS_SUCCEEDED(result)) {
        result = js_run(page->engine, &own, NULL);
        page->depth--;
        if (XBITS_FAILED(result))
            page_report(page);
    }
    text_dispose(&copy);
    return result;
}

xbits_result page_call(struct page *page, uint64_t function, const struct js_value *self,
                       const struct js_value *arguments, size_t argument_count)
{
    xbits_result result;

    TRY(enter(page));
    js_function_keep(page->engine, function); /* It may take itself off while it runs. */
    result = js_call(page->engine, function, self, arguments, argument_count);
    page->depth--;
    if (XBITS_FAILED(result))
        page_report(page);
    js_function_drop(page->engine, function);
    return result;
}

static xbits_result run_reference(struct page *page, const char *script)
{
    const struct js_source source = {
        .name = "javascript:", .text = script, .length = strlen(script)
    };

    (void)page_run(page, &source);
    return XBITS_S_OK;
}

xbits_result page_go(struct page *page, const char *reference)
{
    static const char scheme[] = "javascript:";
    struct text url = { 0 };

    reference += strspn(reference, " \t\r\n");
    if (text_starts_with_ignoring_case(reference, scheme))
        return run_reference(page, reference + sizeof scheme - 1);
    if (reference[0] == '#')
        return XBITS_S_OK; /* Another place of this page, which is not scrolled. */
    if (XBITS_FAILED(address_follow(text_c(&page->url), reference, &url))) {
        page_say(page, PAGE_MISSING, "%s is not gone to: %s", reference,
                 xbits_last_error()->message);
        return XBITS_S_OK;
    }
    text_dispose(&page->wanted);
    page->wanted = url;
    return XBITS_S_OK;
}
