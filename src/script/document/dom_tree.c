/* SPDX-License-Identifier: MIT */
#include "script/document/dom_internal.h"

#include <string.h>

dom_node dom_parent(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->parent;
}

dom_node dom_first(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->first;
}

dom_node dom_next(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->next;
}

dom_node dom_previous(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->previous;
}

size_t dom_depth(const struct dom *dom, dom_node node)
{
    size_t depth = 0;

    while ((node = dom_parent(dom, node)) != DOM_NONE)
        depth++;
    return depth;
}

/* Itself, too. */
static bool contains(const struct dom *dom, dom_node ancestor, dom_node node)
{
    while (node != DOM_NONE && node != ancestor)
        node = dom_parent(dom, node);
    return node == ancestor;
}

dom_node dom_walk_past(const struct dom *dom, dom_node root, dom_node node)
{
    while (node != root && node != DOM_NONE) {
        if (dom_next(dom, node) != DOM_NONE)
            return dom_next(dom, node);
        node = dom_parent(dom, node);
    }
    return DOM_NONE;
}

dom_node dom_walk(const struct dom *dom, dom_node root, dom_node node)
{
    dom_node first = dom_first(dom, node);

    return first != DOM_NONE ? first : dom_walk_past(dom, root, node);
}

/* How many levels are below it. */
static size_t height_of(const struct dom *dom, dom_node root)
{
    size_t highest = 0;
    size_t base = dom_depth(dom, root);

    for (dom_node node = dom_first(dom, root); node != DOM_NONE; node = dom_walk(dom, root, node)) {
        size_t height = dom_depth(dom, node) - base;

        highest = height > highest ? height : highest;
    }
    return highest;
}

void dom_detach(struct dom *dom, dom_node node)
{
    struct dom_data *data = dom_data(dom, node);

    if (data->parent == DOM_NONE)
        return;
    if (data->previous != DOM_NONE)
        dom_data(dom, data->previous)->next = data->next;
    else
        dom_data(dom, data->parent)->first = data->next;
    if (data->next != DOM_NONE)
        dom_data(dom, data->next)->previous = data->previous;
    else
        dom_data(dom, data->parent)->last = data->previous;
    data->parent = data->next = data->previous = DOM_NONE;
}

static xbits_result check_insert(const struct dom *dom, dom_node parent, dom_node node,
                                 dom_node before)
{
    enum dom_kind kind = dom_kind(dom, node);

    if (dom_kind(dom, parent) != DOM_ELEMENT && dom_kind(dom, parent) != DOM_ROOT)
        return xbits_fail(XBITS_E_INVALIDARG, "only an element has children");
    if (kind != DOM_ELEMENT && kind != DOM_TEXT)
        return xbits_fail(XBITS_E_INVALIDARG, "this is no node that can be put anywhere");
    if (contains(dom, node, parent))
        return xbits_fail(XBITS_E_INVALIDARG, "an element cannot be put into itself");
    if (before != DOM_NONE && (before == node || dom_parent(dom, before) != parent))
        return xbits_fail(XBITS_E_INVALIDARG, "the node to put it before is not in this element");
    if (dom_depth(dom, parent) + 1 + height_of(dom, node) > DOM_DEPTH_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "the document would be deeper than %d elements", DOM_DEPTH_MAXIMUM);
    return XBITS_S_OK;
}

xbits_result dom_insert(struct dom *dom, dom_node parent, dom_node node, dom_node before)
{
    struct dom_data *data = dom_data(dom, node);
    struct dom_data *target = dom_data(dom, parent);

    TRY(check_insert(dom, parent, node, before));
    dom_detach(dom, node);
    data->parent = parent;
    data->next = before;
    data->previous = before == DOM_NONE ? target->last : dom_data(dom, before)->previous;
    if (data->previous != DOM_NONE)
        dom_data(dom, data->previous)->next = node;
    else
        target->first = node;
    if (before != DOM_NONE)
        dom_data(dom, before)->previous = node;
    else
        target->last = node;
    return XBITS_S_OK;
}

static dom_node find_by(const struct dom *dom, const char *attribute, const char *value)
{
    for (dom_node node = DOM_DOCUMENT; node != DOM_NONE; node = dom_walk(dom, DOM_DOCUMENT, node)) {
        const char *has = dom_attribute(dom, node, attribute);

        if (has != NULL && strcmp(has, value) == 0)
            return node;
    }
    return DOM_NONE;
}

static bool may_be_there(const struct dom *dom, const char *name)
{
    return name[0] != '\0' && (dom->has_unkept || names_find(&dom->names, name) != NULL);
}

/* An id goes before a name, wherever they stand. */
dom_node dom_find(const struct dom *dom, const char *name)
{
    dom_node node;

    if (!may_be_there(dom, name))
        return DOM_NONE;
    node = find_by(dom, "id", name);
    return node == DOM_NONE ? find_by(dom, "name", name) : node;
}

bool dom_has_name(const struct dom *dom, dom_node node, const char *name)
{
    const char *id = dom_attribute(dom, node, "id");
    const char *own = dom_attribute(dom, node, "name");

    return (id != NULL && strcmp(id, name) == 0) || (own != NULL && strcmp(own, name) == 0);
}

dom_node dom_part(const struct dom *dom, const char *tag)
{
    for (dom_node node = DOM_DOCUMENT; node != DOM_NONE; node = dom_walk(dom, DOM_DOCUMENT, node))
        if (dom_is(dom, node, tag))
            return node;
    return DOM_NONE;
}
