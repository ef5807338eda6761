/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <string.h>

#include "script/document/dom_style.h"

/* Every name of letters is a property; its id is the name itself, kept. */
static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    struct page *page = ((struct host *)host)->page;
    const char *kept;

    (void)handle;
    if (name[0] == '\0' ||
        name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] != '\0' ||
        strcmp(name, "toString") == 0 || strcmp(name, "valueOf") == 0 ||
        XBITS_FAILED(dom_keep_name(page->dom, name, &kept)))
        return false;
    member_out->uses = JS_GET | JS_PUT;
    member_out->id = (uintptr_t)kept;
    return true;
}

static xbits_result put(struct page *page, dom_node node, const char *property, const char *value)
{
    const char *css = dom_attribute(page->dom, node, "style");

    text_clear(&page->result);
    if (strcmp(property, "cssText") == 0)
        return dom_set_attribute(page->dom, node, "style", value);
    TRY(style_set(css == NULL ? "" : css, property, value, &page->result));
    return dom_set_attribute(page->dom, node, "style", text_c(&page->result));
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct page *page = ((struct host *)host)->page;
    struct member_use member = { .page = page, .use = use };
    dom_node node = (dom_node)use->self.handle;
    const char *property = (const char *)use->member.id;
    const char *css;

    if (use->use == JS_PUT)
        return put(page, node, property, passed_text(&member, 0));
    css = dom_attribute(page->dom, node, "style");
    css = css == NULL ? "" : css;
    if (strcmp(property, "cssText") == 0)
        return answer_text(&member, css);
    text_clear(&page->result);
    TRY(style_get(css, property, &page->result));
    return answer_result(&member);
}

const struct js_class page_style_class = {
    .name = "CSSStyleDeclaration", .takes_expandos = true, .find = find, .invoke = invoke
};
