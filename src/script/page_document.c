/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <string.h>

#include "script/address.h"
#include "script/document/dom_markup.h"
#include "xbits/manager.h"

static xbits_result use_by_id(struct member_use *use)
{
    return answer_node(use, dom_find(use->dom, passed_text(use, 0)));
}

static xbits_result use_tagged(struct member_use *use)
{
    return answer_list(use, LIST_TAGGED, DOM_DOCUMENT, passed_text(use, 0));
}

static xbits_result use_named(struct member_use *use)
{
    return answer_list(use, LIST_NAMED, DOM_DOCUMENT, passed_text(use, 0));
}

static xbits_result use_list(struct member_use *use)
{
    return answer_list(use, LIST_TAGGED, DOM_DOCUMENT, use->row->what);
}

/* createElement("<input name=song>"), the only way to a name for a control in its time. */
static xbits_result create_of_markup(struct member_use *use, const char *html)
{
    dom_node outer;
    dom_node node;
    xbits_result result;

    TRY(dom_element_new(use->dom, "div", &outer));
    dom_see(use->dom, outer); /* It stays while its content is made. */
    result = dom_set_inner_html(use->dom, outer, html, strlen(html));
    node = dom_first(use->dom, outer);
    if (XBITS_SUCCEEDED(result) && dom_kind(use->dom, node) != DOM_ELEMENT)
        result = xbits_fail(XBITS_E_INVALIDARG, "\"%.60s\" is no element", html);
    if (XBITS_SUCCEEDED(result)) {
        dom_detach(use->dom, node);
        result = answer_node(use, node);
    }
    dom_forget(use->dom, outer);
    dom_remove(use->dom, outer);
    return result;
}

static xbits_result use_create_element(struct member_use *use)
{
    const char *tag = passed_text(use, 0);
    dom_node node;

    if (tag[0] == '<')
        return create_of_markup(use, tag);
    if (tag[0] == '\0' || tag[strcspn(tag, " \t\r\n<>=\"'/")] != '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "\"%.60s\" is no element's name", tag);
    TRY(dom_element_new(use->dom, tag, &node));
    return answer_node(use, node);
}

static xbits_result use_create_text(struct member_use *use)
{
    const char *text = passed_text(use, 0);
    dom_node node;

    TRY(dom_text_new(use->dom, text, strlen(text), &node));
    return answer_node(use, node);
}

static xbits_result use_part(struct member_use *use)
{
    return answer_node(use, dom_part(use->dom, use->row->what));
}

/* bgColor, fgColor: body's attributes. */
static xbits_result use_color(struct member_use *use)
{
    dom_node body = dom_part(use->dom, "body");
    const char *color = dom_attribute(use->dom, body, use->row->what);

    if (!is_put(use))
        return answer_text(use, color == NULL ? "" : color);
    return body == DOM_NONE
               ? XBITS_S_OK
               : dom_set_attribute(use->dom, body, use->row->what, passed_text(use, 0));
}

static xbits_result use_title(struct member_use *use)
{
    dom_node title = dom_part(use->dom, "title");

    if (is_put(use))
        return title == DOM_NONE ? XBITS_S_OK
                                 : dom_set_inner_text(use->dom, title, passed_text(use, 0));
    text_clear(&use->page->result);
    TRY(dom_inner_text(use->dom, title, &use->page->result));
    return answer_result(use);
}

static xbits_result use_cookies_at(struct member_use *use, const struct cookie_place *place)
{
    struct cookie_jar *jar = use->page->options.cookies;
    int64_t now = xbits_manager_time(use->page->options.manager);

    text_clear(&use->page->result);
    if (jar == NULL)
        return is_put(use) ? XBITS_S_OK : answer_text(use, "");
    if (is_put(use))
        return cookie_jar_set(jar, place, passed_text(use, 0), now);
    TRY(cookie_jar_get(jar, place, now, &use->page->result));
    return answer_result(use);
}

static xbits_result use_cookie(struct member_use *use)
{
    const char *url = text_c(&use->page->url);
    bool is_file = text_starts_with_ignoring_case(url, "file:");
    struct text host = { 0 };
    struct text path = { 0 };
    xbits_result result = is_file ? XBITS_S_OK : address_part(url, ADDRESS_HOSTNAME, &host);

    if (XBITS_SUCCEEDED(result))
        result = address_part(url, ADDRESS_PATHNAME, &path);
    if (XBITS_SUCCEEDED(result)) {
        const struct cookie_place place = { .host = text_c(&host),
                                            .path = text_c(&path),
                                            .is_secure =
                                                text_starts_with_ignoring_case(url, "https:"),
                                            .is_script = true };

        result = use_cookies_at(use, &place);
    }
    text_dispose(&host);
    text_dispose(&path);
    return result;
}

/* What is written while the page loads is read where the script stands, once that has ended. */
static xbits_result use_write(struct member_use *use)
{
    if (!use->page->is_loading) {
        page_say(use->page, PAGE_ERROR, "%s: document.%s after the page was loaded is ignored",
                 text_c(&use->page->url), use->row->name);
        return XBITS_S_OK;
    }
    for (size_t i = 0; i < use->use->argument_count; i++) {
        if (use->page->written.length > DOM_BYTES_MAXIMUM)
            return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "document.write writes too much");
        TRY(text_add(&use->page->written, passed_text(use, i)));
    }
    return use->row->what == NULL ? XBITS_S_OK : text_add(&use->page->written, use->row->what);
}

static xbits_result use_domain(struct member_use *use)
{
    text_clear(&use->page->result);
    TRY(address_part(text_c(&use->page->url), ADDRESS_HOSTNAME, &use->page->result));
    return answer_result(use);
}

/* A session begins at its page. */
static xbits_result use_referrer(struct member_use *use)
{
    return answer_text(use, "");
}

static xbits_result use_ready_state(struct member_use *use)
{
    return answer_text(use, use->page->ready_state);
}

static xbits_result use_window(struct member_use *use)
{
    use->use->result = js_object(&page_window_class, DOM_NONE);
    return XBITS_S_OK;
}

static const struct member_row rows[] = {
    { "getElementById", JS_CALL, use_by_id, NULL, NULL },
    { "getElementsByTagName", JS_CALL, use_tagged, NULL, NULL },
    { "getElementsByName", JS_CALL, use_named, NULL, NULL },
    { "all", JS_GET, use_list, "*", NULL },
    { "forms", JS_GET, use_list, "form", NULL },
    { "images", JS_GET, use_list, "img", NULL },
    { "links", JS_GET, use_list, "a", NULL },
    { "scripts", JS_GET, use_list, "script", NULL },
    { "createElement", JS_CALL, use_create_element, NULL, NULL },
    { "createTextNode", JS_CALL, use_create_text, NULL, NULL },
    { "body", JS_GET, use_part, "body", NULL },
    { "documentElement", JS_GET, use_part, "html", NULL },
    { "bgColor", JS_GET | JS_PUT, use_color, "bgcolor", NULL },
    { "fgColor", JS_GET | JS_PUT, use_color, "text", NULL },
    { "title", JS_GET | JS_PUT, use_title, NULL, NULL },
    { "cookie", JS_GET | JS_PUT, use_cookie, NULL, NULL },
    { "write", JS_CALL, use_write, NULL, NULL },
    { "writeln", JS_CALL, use_write, "\n", NULL },
    { "open", JS_CALL, use_nothing, NULL, NULL },
    { "close", JS_CALL, use_nothing, NULL, NULL },
    { "location", JS_GET | JS_PUT, use_location, NULL, NULL },
    { "URL", JS_GET, use_url, NULL, NULL },
    { "domain", JS_GET, use_domain, NULL, NULL },
    { "referrer", JS_GET, use_referrer, NULL, NULL },
    { "readyState", JS_GET, use_ready_state, NULL, NULL },
    { "parentWindow", JS_GET, use_window, NULL, NULL },
    { "defaultView", JS_GET, use_window, NULL, NULL },
    EVENT_ROWS,
    { 0 },
};

/* document.order: a form or a picture of this name. */
static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    struct dom *dom = ((struct host *)host)->dom;
    dom_node node;

    (void)handle;
    if (member_find(rows, name, member_out))
        return true;
    node = dom_find(dom, name);
    if (!dom_is(dom, node, "form") && !dom_is(dom, node, "img") && !dom_is(dom, node, "object"))
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

const struct js_class page_document_class = {
    .name = "HTMLDocument", .takes_expandos = true, .find = find, .invoke = invoke
};
