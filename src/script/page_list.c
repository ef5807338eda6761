/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <string.h>

#include "script/document/dom_controls.h"

/* A list's handle: its kind, the number of its tag, the node below which it is. */
#define KIND_SHIFT 56
#define TAG_SHIFT  40

static enum page_list kind_of(uint64_t handle)
{
    return (enum page_list)(handle >> KIND_SHIFT);
}

static const char *tag_of(const struct page *page, uint64_t handle)
{
    size_t tag = handle >> TAG_SHIFT & 0xFFFF;

    return tag < page->tag_count ? page->tags[tag] : "*";
}

static xbits_result keep_tag(struct page *page, const char *tag, uint64_t *number_out)
{
    size_t i = 0;
    const char *kept;

    while (i < page->tag_count && strcmp(page->tags[i], tag) != 0)
        i++;
    if (i == PAGE_TAGS_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "lists of more than %d tags",
                          PAGE_TAGS_MAXIMUM);
    if (i == page->tag_count) {
        TRY(dom_keep_name(page->dom, tag, &kept));
        page->tags[page->tag_count++] = kept;
    }
    *number_out = i;
    return XBITS_S_OK;
}

xbits_result answer_list(struct member_use *use, enum page_list kind, dom_node root,
                         const char *tag)
{
    uint64_t number = 0;

    if (kind == LIST_TAGGED || kind == LIST_NAMED)
        TRY(keep_tag(use->page, tag, &number));
    dom_hold(use->dom, root);
    use->use->result =
        js_object(&page_list_class, (uint64_t)kind << KIND_SHIFT | number << TAG_SHIFT | root);
    return XBITS_S_OK;
}

static dom_node child_at(const struct dom *dom, dom_node root, size_t index, bool texts_too)
{
    dom_node node = dom_first(dom, root);

    for (; node != DOM_NONE; node = dom_next(dom, node))
        if ((texts_too || dom_kind(dom, node) == DOM_ELEMENT) && index-- == 0)
            return node;
    return DOM_NONE;
}

/* Is the node one of those that a list of all below its root has? */
static bool is_listed(const struct page *page, uint64_t handle, dom_node node)
{
    static const char *const controls[] = { "input", "select", "textarea", "button", "object" };
    const char *tag = tag_of(page, handle);
    const char *name = dom_attribute(page->dom, node, "name");

    if (dom_kind(page->dom, node) != DOM_ELEMENT)
        return false;
    if (kind_of(handle) == LIST_NAMED)
        return name != NULL && strcmp(name, tag) == 0;
    if (kind_of(handle) == LIST_TAGGED)
        return strcmp(tag, "*") == 0 || text_equal_ignoring_case(dom_tag(page->dom, node), tag);
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        if (dom_is(page->dom, node, controls[i]))
            return true;
    return false;
}

static dom_node item_below(const struct page *page, uint64_t handle, size_t index)
{
    dom_node root = (dom_node)handle;

    for (dom_node node = dom_walk(page->dom, root, root); node != DOM_NONE;
         node = dom_walk(page->dom, root, node))
        if (is_listed(page, handle, node) && index-- == 0)
            return node;
    return DOM_NONE;
}

static dom_node item_at(const struct page *page, uint64_t handle, size_t index)
{
    dom_node root = (dom_node)handle;

    switch (kind_of(handle)) {
    case LIST_CHILD_NODES:
        return child_at(page->dom, root, index, true);
    case LIST_CHILDREN:
        return child_at(page->dom, root, index, false);
    case LIST_OPTIONS:
        return dom_option(page->dom, root, index);
    case LIST_TAGGED:
    case LIST_NAMED:
    case LIST_CONTROLS:
        return item_below(page, handle, index);
    }
    return DOM_NONE;
}

static size_t count_items(const struct page *page, uint64_t handle)
{
    size_t count = 0;
    dom_node root = (dom_node)handle;

    if (kind_of(handle) == LIST_OPTIONS)
        return dom_option_count(page->dom, root);
    if (kind_of(handle) == LIST_CHILD_NODES || kind_of(handle) == LIST_CHILDREN) {
        for (dom_node node = dom_first(page->dom, root); node != DOM_NONE;
             node = dom_next(page->dom, node))
            count +=
                kind_of(handle) == LIST_CHILD_NODES || dom_kind(page->dom, node) == DOM_ELEMENT;
        return count;
    }
    for (dom_node node = dom_walk(page->dom, root, root); node != DOM_NONE;
         node = dom_walk(page->dom, root, node))
        count += is_listed(page, handle, node);
    return count;
}

/* Is the node, which is below the list's root, in the list? */
static bool is_item(const struct page *page, uint64_t handle, dom_node node)
{
    const bool is_element = dom_kind(page->dom, node) == DOM_ELEMENT;

    switch (kind_of(handle)) {
    case LIST_CHILD_NODES:
    case LIST_CHILDREN:
        return is_element && dom_parent(page->dom, node) == (dom_node)handle;
    case LIST_OPTIONS:
        return dom_is(page->dom, node, "option");
    case LIST_TAGGED:
    case LIST_NAMED:
    case LIST_CONTROLS:
        return is_listed(page, handle, node);
    }
    return false;
}

/* The first item of this id or name. */
static dom_node item_named(const struct page *page, uint64_t handle, const char *name)
{
    dom_node root = (dom_node)handle;

    for (dom_node node = dom_walk(page->dom, root, root); node != DOM_NONE;
         node = dom_walk(page->dom, root, node))
        if (dom_has_name(page->dom, node, name) && is_item(page, handle, node))
            return node;
    return DOM_NONE;
}

static xbits_result use_item(struct member_use *use)
{
    const struct js_value *which = use->use->arguments;
    uint64_t handle = use->use->self.handle;
    uint32_t index;

    if (use->use->argument_count == 0)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "item takes an index");
    if (which->kind == JS_TEXT && !member_read_index(which->as.text.bytes, &index))
        return answer_node(use, item_named(use->page, handle, which->as.text.bytes));
    index = (uint32_t)passed_int(use, 0, 0);
    return answer_node(use, item_at(use->page, handle, index));
}

static xbits_result use_tags(struct member_use *use)
{
    return answer_list(use, LIST_TAGGED, (dom_node)use->use->self.handle, passed_text(use, 0));
}

static xbits_result use_length(struct member_use *use)
{
    uint64_t handle = use->use->self.handle;

    if (!is_put(use))
        return answer_number(use, (double)count_items(use->page, handle));
    if (kind_of(handle) != LIST_OPTIONS)
        return xbits_fail(XBITS_DISP_E_MEMBERNOTFOUND, "the length of this list is only read");
    return use_option_count(use);
}

#define COMMON_ROWS                                                                                \
    { "length", JS_GET | JS_PUT, use_length, NULL, NULL },                                         \
        { "item", JS_CALL, use_item, NULL, NULL },                                                 \
    {                                                                                              \
        "namedItem", JS_CALL, use_item, NULL, NULL                                                 \
    }

static const struct member_row list_rows[] = {
    COMMON_ROWS,
    { "tags", JS_CALL, use_tags, NULL, NULL },
    { 0 },
};
static const struct member_row option_rows[] = {
    COMMON_ROWS,
    { "add", JS_CALL, use_option_add, NULL, NULL },
    { "remove", JS_CALL, use_option_remove, NULL, NULL },
    { "selectedIndex", JS_GET | JS_PUT, use_selected_index, NULL, NULL },
    { 0 },
};

/* options[3] = new Option(...), options[3] = null. */
static xbits_result put_option(struct member_use *use, uint32_t index)
{
    dom_node option = passed_node(use, 0);
    dom_node old = dom_option(use->dom, use->node, index);

    if (option != DOM_NONE && !dom_is(use->dom, option, "option"))
        return xbits_fail(XBITS_E_INVALIDARG, "only an OPTION can be put into a list");
    if (option != DOM_NONE && old == DOM_NONE) {
        TRY(dom_set_option_count(use->dom, use->node, index));
        return dom_insert(use->dom, use->node, option, DOM_NONE);
    }
    if (option != DOM_NONE && option != old)
        TRY(dom_insert(use->dom, dom_parent(use->dom, old), option, old));
    if (option != old)
        dom_remove(use->dom, old);
    return XBITS_S_OK;
}

static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    const struct page *page = ((struct host *)host)->page;
    bool is_options = kind_of(handle) == LIST_OPTIONS;
    dom_node named;
    uint32_t index;

    if (member_find(is_options ? option_rows : list_rows, name, member_out))
        return true;
    if (member_read_index(name, &index)) {
        member_number(index, member_out);
        member_out->uses |= is_options ? JS_PUT : 0;
        return is_options || item_at(page, handle, index) != DOM_NONE;
    }
    named = item_named(page, handle, name);
    if (named == DOM_NONE)
        return false;
    /* The item's number, past those of places. */
    member_number(DOM_NODES_MAXIMUM + 1 + named, member_out);
    return true;
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct page *page = ((struct host *)host)->page;
    struct member_use member = {
        .page = page, .dom = page->dom, .node = (dom_node)use->self.handle, .use = use
    };
    uint32_t number;
    dom_node item;

    if (!member_is_number(&use->member, &number))
        return member_invoke(host, use);
    if (use->use == JS_PUT)
        return put_option(&member, number);
    if (number > DOM_NODES_MAXIMUM)
        return answer_node(&member, number - DOM_NODES_MAXIMUM - 1);
    item = item_at(page, use->self.handle, number);
    return item == DOM_NONE ? XBITS_S_OK : answer_node(&member, item);
}

const struct js_class page_list_class = { .name = "HTMLCollection",
                                          .takes_expandos = true,
                                          .find = find,
                                          .invoke = invoke,
                                          .called = "item" };
