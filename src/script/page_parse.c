/* SPDX-License-Identifier: MIT */
#include "script/page_parse.h"

#include <string.h>

#include "script/address.h"
#include "script/document/html_build.h"
#include "script/document/html_charset.h"

/* <script src>: with the bytes of its file as text. */
static xbits_result load_script(struct page *page, const char *reference,
                                struct page_content *content)
{
    struct text url = { 0 };
    xbits_result result = address_follow(text_c(&page->url), reference, &url);

    if (XBITS_SUCCEEDED(result) && page->options.load == NULL)
        result = xbits_fail(XBITS_E_NOTIMPL, "this page has nothing to load files with");
    if (XBITS_SUCCEEDED(result) && page->file_count++ >= PAGE_FILES_MAXIMUM)
        result = xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "a page has %d script files at most",
                            PAGE_FILES_MAXIMUM);
    if (XBITS_SUCCEEDED(result))
        result = page->options.load(text_c(&url), content, page->options.user);
    if (XBITS_FAILED(result))
        page_say(page, PAGE_MISSING, "%s: %s", url.length > 0 ? text_c(&url) : reference,
                 xbits_last_error()->message);
    text_dispose(&url);
    return result;
}

static xbits_result run_file(struct page *page, const char *reference)
{
    struct page_content content = { 0 };
    struct text text = { 0 };
    xbits_result result = load_script(page, reference, &content);

    if (XBITS_SUCCEEDED(result))
        result = html_decode(text_c(&content.content_type), text_c(&content.body),
                             content.body.length, &text);
    if (XBITS_SUCCEEDED(result)) {
        const struct js_source source = { .name = content.url.length > 0 ? text_c(&content.url)
                                                                         : reference,
                                          .text = text_c(&text),
                                          .length = text.length };

        (void)page_run(page, &source);
    }
    text_dispose(&text);
    page_content_dispose(&content);
    return XBITS_S_OK;
}

static bool is_our_language(struct page *page, dom_node script)
{
    static const char *const ours[] = { "",
                                        "jscript",
                                        "javascript",
                                        "text/javascript",
                                        "text/jscript",
                                        "application/javascript",
                                        "application/x-javascript",
                                        "text/ecmascript",
                                        "ecmascript" };
    const char *language = dom_attribute(page->dom, script, "type");

    if (language == NULL || language[0] == '\0')
        language = dom_attribute(page->dom, script, "language");
    if (language == NULL)
        return true;
    /* "JavaScript1.2" */
    if (text_starts_with_ignoring_case(language, "javascript1."))
        return true;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (text_equal_ignoring_case(language, ours[i]))
            return true;
    page_say(page, PAGE_ERROR, "%s: a script in %s is not run: only JScript is known",
             text_c(&page->url), language);
    return false;
}

static struct js_source source_of(const struct page *page, dom_node script,
                                  struct html_position position)
{
    const char *text = dom_text(page->dom, dom_first(page->dom, script));
    struct js_source source = { .name = text_c(&page->url),
                                .text = text,
                                .length = strlen(text),
                                .line = position.line,
                                .column = position.column };

    return source;
}

/* <script for=id event=name(parameters)>: waits until the page has that element. */
static bool put_off(struct page *page, dom_node script, struct html_position position)
{
    if (dom_attribute(page->dom, script, "for") == NULL ||
        dom_attribute(page->dom, script, "event") == NULL)
        return false;
    if (page->for_count < PAGE_FOR_MAXIMUM)
        page->for_scripts[page->for_count++] = (struct page_for_script){ script, position };
    return true;
}

static void run_script(struct page *page, struct html_builder *builder, dom_node script)
{
    const char *reference = dom_attribute(page->dom, script, "src");
    struct js_source source = source_of(page, script, builder->script);

    if (!is_our_language(page, script))
        return;
    if (reference != NULL) {
        (void)run_file(page, reference);
        return;
    }
    if (html_builder_is_in_writing(builder))
        source.name = "document.write";
    if (!put_off(page, script, builder->script))
        (void)page_run(page, &source);
}

static void attach_for_script(struct page *page, const struct page_for_script *script)
{
    const char *id = dom_attribute(page->dom, script->node, "for");
    const char *event = dom_attribute(page->dom, script->node, "event");
    struct js_source source = source_of(page, script->node, script->position);
    dom_node target = strcmp(id, "document") == 0 ? DOM_DOCUMENT : dom_find(page->dom, id);
    char type[64];
    char parameters[256] = "";
    uint64_t function;

    text_copy_into(type, sizeof type, event);
    if (strchr(type, '(') != NULL) {
        text_copy_into(parameters, sizeof parameters, strchr(event, '(') + 1);
        parameters[strcspn(parameters, ")")] = '\0';
        *strchr(type, '(') = '\0';
    }
    if (target == DOM_NONE && strcmp(id, "window") != 0) {
        page_say(page, PAGE_MISSING, "no element has the id %s, which a script is for", id);
        return;
    }
    if (XBITS_FAILED(page_check_running(page)))
        return;
    if (XBITS_FAILED(js_compile(page->engine, &source, parameters, &function))) {
        page_report(page);
        return;
    }
    dom_hold(page->dom, target);
    if (XBITS_FAILED(page_listen(page, target, type, function)))
        page_say(page, PAGE_ERROR, "%s", xbits_last_error()->message);
    js_function_drop(page->engine, function); /* Who listens keeps it. */
}

/* A limit of the document ends the reading and not the page. */
static xbits_result read_on(struct page *page, struct html_builder *builder, dom_node *script_out)
{
    xbits_result result = html_builder_run(builder, script_out);

    if (result == XBITS_ERROR_NO_SYSTEM_RESOURCES) {
        page_say(page, PAGE_ERROR, "%s: the rest is not read: %s", text_c(&page->url),
                 xbits_last_error()->message);
        *script_out = DOM_NONE;
        return XBITS_S_OK;
    }
    return result;
}

static xbits_result take_written(struct page *page, struct html_builder *builder)
{
    xbits_result result = XBITS_S_OK;

    if (page->written.length > 0)
        result = html_builder_write(builder, text_c(&page->written), page->written.length);
    text_clear(&page->written);
    if (result == XBITS_ERROR_NO_SYSTEM_RESOURCES) {
        page_say(page, PAGE_ERROR, "%s", xbits_last_error()->message);
        return XBITS_S_OK;
    }
    return result;
}

static xbits_result read_all(struct page *page, struct html_builder *builder)
{
    dom_node script = DOM_NONE;

    for (;;) {
        TRY(read_on(page, builder, &script));
        if (script == DOM_NONE)
            return XBITS_S_OK;
        if (!page->is_stopped)
            run_script(page, builder, script);
        TRY(take_written(page, builder));
    }
}

xbits_result page_parse(struct page *page, const struct text *html)
{
    struct html_builder builder;
    xbits_result result;

    page->is_loading = true;
    html_builder_init(&builder, page->dom, DOM_DOCUMENT, text_c(html), html->length);
    result = read_all(page, &builder);
    html_builder_dispose(&builder);
    page->is_loading = false;
    for (size_t i = 0; i < page->for_count; i++)
        attach_for_script(page, &page->for_scripts[i]);
    return result;
}
