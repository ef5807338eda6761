/* SPDX-License-Identifier: MIT */
#include "script/document/dom.h"

#include <stdlib.h>
#include <string.h>

#include "script/document/dom_internal.h"

/* Removes what is in no document and held by nobody. */
static void collect(struct dom *dom)
{
    for (dom_node node = DOM_DOCUMENT + 1; node < dom->count; node++)
        if (dom->nodes[node].kind != DOM_FREE && dom->nodes[node].parent == DOM_NONE)
            dom_remove(dom, node);
}

static xbits_result take_slot(struct dom *dom, dom_node *node_out)
{
    dom_node node;

    if (dom->free == DOM_NONE && dom->count >= DOM_NODES_MAXIMUM)
        collect(dom);
    node = dom->free;
    if (node != DOM_NONE) {
        dom->free = dom->nodes[node].next;
    } else {
        if (dom->count >= DOM_NODES_MAXIMUM)
            return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                              "the document would have more than %d nodes", DOM_NODES_MAXIMUM);
        if (dom->count == dom->capacity) {
            dom_node capacity = dom->capacity == 0 ? 128 : dom->capacity * 2;
            struct dom_data *nodes = realloc(dom->nodes, capacity * sizeof *nodes);

            if (nodes == NULL)
                return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a node");
            dom->nodes = nodes;
            dom->capacity = capacity;
        }
        node = dom->count++;
    }
    dom->nodes[node] = (struct dom_data){ .tag = "" };
    *node_out = node;
    return XBITS_S_OK;
}

xbits_result dom_new(struct dom **dom_out)
{
    struct dom *dom = calloc(1, sizeof *dom);
    dom_node none;
    dom_node root;

    if (dom == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a document");
    if (XBITS_FAILED(take_slot(dom, &none)) || XBITS_FAILED(take_slot(dom, &root))) {
        dom_free(dom);
        return xbits_last_error()->result; /* take_slot's */
    }
    dom->nodes[root].kind = DOM_ROOT;
    dom->nodes[root].is_held = true;
    *dom_out = dom;
    return XBITS_S_OK;
}

static void dispose_node(struct dom *dom, struct dom_data *node)
{
    for (size_t i = 0; i < node->attribute_count; i++) {
        dom->bytes -= strlen(node->attributes[i].value);
        free(node->attributes[i].value);
    }
    if (node->text != NULL)
        dom->bytes -= strlen(node->text);
    free(node->attributes);
    free(node->text);
    *node = (struct dom_data){ .tag = "" };
}

void dom_free(struct dom *dom)
{
    if (dom == NULL)
        return;
    for (dom_node i = 0; i < dom->count; i++)
        dispose_node(dom, &dom->nodes[i]);
    free(dom->nodes);
    names_dispose(&dom->names);
    free(dom);
}

static bool has_room(const struct dom *dom, size_t old_length, size_t new_length)
{
    return new_length <= DOM_BYTES_MAXIMUM &&
           dom->bytes - old_length <= DOM_BYTES_MAXIMUM - new_length;
}

/* Counts the bytes of a text that takes another's place. */
static xbits_result charge(struct dom *dom, size_t old_length, size_t new_length)
{
    if (!has_room(dom, old_length, new_length))
        collect(dom);
    if (!has_room(dom, old_length, new_length))
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "the document would have more than %zu bytes of text", DOM_BYTES_MAXIMUM);
    dom->bytes += new_length - old_length;
    return XBITS_S_OK;
}

static xbits_result put_text(struct dom *dom, char **place, const char *text)
{
    size_t old_length = *place == NULL ? 0 : strlen(*place);
    size_t new_length = text == NULL ? 0 : strlen(text);
    xbits_result result;

    TRY(charge(dom, old_length, new_length));
    result = text_replace(place, text);
    if (XBITS_FAILED(result))
        dom->bytes += old_length - new_length;
    return result;
}

xbits_result dom_keep_name(struct dom *dom, const char *name, const char **kept_out)
{
    return names_keep(&dom->names, name, kept_out);
}

static xbits_result keep_lower(struct dom *dom, const char *name, const char **kept_out)
{
    char lower[NAME_LENGTH_LIMIT + 1];
    size_t i = 0;

    for (; name[i] != '\0' && i < NAME_LENGTH_LIMIT; i++)
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
    lower[i] = '\0';
    return name[i] == '\0' ? names_keep(&dom->names, lower, kept_out)
                           : names_keep(&dom->names, name, kept_out);
}

xbits_result dom_element_new(struct dom *dom, const char *tag, dom_node *node_out)
{
    const char *kept;
    dom_node node;

    TRY(keep_lower(dom, tag, &kept));
    TRY(take_slot(dom, &node));
    dom->nodes[node].kind = DOM_ELEMENT;
    dom->nodes[node].tag = kept;
    *node_out = node;
    return XBITS_S_OK;
}

xbits_result dom_text_new(struct dom *dom, const char *text, size_t length, dom_node *node_out)
{
    struct text copy = { 0 };
    dom_node node;
    xbits_result result;

    TRY(charge(dom, 0, length));
    result = text_append(&copy, text, length);
    if (XBITS_SUCCEEDED(result))
        result = take_slot(dom, &node);
    if (XBITS_FAILED(result)) {
        dom->bytes -= length;
        text_dispose(&copy);
        return result;
    }
    dom->nodes[node].kind = DOM_TEXT;
    dom->nodes[node].text = text_take(&copy);
    *node_out = node;
    return XBITS_S_OK;
}

xbits_result dom_set_text(struct dom *dom, dom_node node, const char *text)
{
    return put_text(dom, &dom_data(dom, node)->text, text);
}

enum dom_kind dom_kind(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->kind;
}

const char *dom_tag(const struct dom *dom, dom_node node)
{
    return dom_data(dom, node)->tag;
}

bool dom_is(const struct dom *dom, dom_node node, const char *tag)
{
    return strcmp(dom_tag(dom, node), tag) == 0;
}

const char *dom_text(const struct dom *dom, dom_node node)
{
    const struct dom_data *data = dom_data(dom, node);

    return data->text == NULL ? "" : data->text;
}

void dom_hold(struct dom *dom, dom_node node)
{
    dom_data(dom, node)->is_held = true;
}

void dom_see(struct dom *dom, dom_node node)
{
    dom_data(dom, node)->is_seen = true;
}

void dom_forget(struct dom *dom, dom_node node)
{
    dom_data(dom, node)->is_seen = false;
}

static void free_tree(struct dom *dom, dom_node root)
{
    dom_node node = root;

    /* The deepest first; each is taken out before it goes, so nothing is visited twice. */
    for (;;) {
        dom_node parent;

        while (dom->nodes[node].first != DOM_NONE)
            node = dom->nodes[node].first;
        parent = dom->nodes[node].parent;
        dom_detach(dom, node);
        dispose_node(dom, &dom->nodes[node]);
        dom->nodes[node].next = dom->free;
        dom->free = node;
        if (node == root)
            return;
        node = parent;
    }
}

void dom_remove(struct dom *dom, dom_node node)
{
    dom_detach(dom, node);
    for (dom_node at = node; at != DOM_NONE; at = dom_walk(dom, node, at))
        if (dom->nodes[at].is_held || dom->nodes[at].is_seen)
            return;
    if (dom_kind(dom, node) != DOM_FREE)
        free_tree(dom, node);
}

void dom_remove_children(struct dom *dom, dom_node node)
{
    while (dom_first(dom, node) != DOM_NONE)
        dom_remove(dom, dom_first(dom, node));
}

static struct dom_attribute *find_attribute(const struct dom *dom, dom_node node, const char *name)
{
    struct dom_data *data = dom_data(dom, node);

    for (size_t i = 0; i < data->attribute_count; i++)
        if (strcmp(data->attributes[i].name, name) == 0)
            return &data->attributes[i];
    return NULL;
}

const char *dom_attribute(const struct dom *dom, dom_node node, const char *name)
{
    const struct dom_attribute *attribute = find_attribute(dom, node, name);

    return attribute == NULL ? NULL : attribute->value;
}

const struct dom_attribute *dom_attribute_at(const struct dom *dom, dom_node node, size_t index)
{
    const struct dom_data *data = dom_data(dom, node);

    return index < data->attribute_count ? &data->attributes[index] : NULL;
}

static xbits_result add_attribute(struct dom *dom, dom_node node, const char *name,
                                  struct dom_attribute **attribute_out)
{
    struct dom_data *data = dom_data(dom, node);
    struct dom_attribute *attributes;
    const char *kept;
    char *value;

    if (data->kind != DOM_ELEMENT)
        return xbits_fail(XBITS_E_INVALIDARG, "only an element has attributes");
    if (data->attribute_count >= HTML_ATTRIBUTES_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "an element has %d attributes at most",
                          HTML_ATTRIBUTES_MAXIMUM);
    TRY(keep_lower(dom, name, &kept));
    attributes = realloc(data->attributes, (data->attribute_count + 1) * sizeof *attributes);
    if (attributes == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for an attribute");
    data->attributes = attributes;
    TRY(text_copy("", &value));
    attributes[data->attribute_count] = (struct dom_attribute){ .name = kept, .value = value };
    *attribute_out = &attributes[data->attribute_count++];
    return XBITS_S_OK;
}

/* What can be found by its name is kept as one: dom_find asks for it often. */
static void keep_findable(struct dom *dom, const char *name, const char *value)
{
    const char *kept;

    if (value[0] == '\0' || (strcmp(name, "id") != 0 && strcmp(name, "name") != 0))
        return;
    if (XBITS_FAILED(dom_keep_name(dom, value, &kept)))
        dom->has_unkept = true;
}

xbits_result dom_place_attribute(struct dom *dom, dom_node node, const char *name,
                                 const char *value, struct html_position position)
{
    struct dom_attribute *attribute = find_attribute(dom, node, name);

    if (attribute == NULL)
        TRY(add_attribute(dom, node, name, &attribute));
    TRY(put_text(dom, &attribute->value, value));
    keep_findable(dom, name, value);
    attribute->position = position;
    return XBITS_S_OK;
}

xbits_result dom_set_attribute(struct dom *dom, dom_node node, const char *name, const char *value)
{
    const char *kept;

    TRY(keep_lower(dom, name, &kept));
    return dom_place_attribute(dom, node, kept, value, (struct html_position){ 0 });
}

void dom_remove_attribute(struct dom *dom, dom_node node, const char *name)
{
    struct dom_data *data = dom_data(dom, node);

    for (size_t i = 0; i < data->attribute_count; i++) {
        if (!text_equal_ignoring_case(data->attributes[i].name, name))
            continue;
        dom->bytes -= strlen(data->attributes[i].value);
        free(data->attributes[i].value);
        data->attributes[i] = data->attributes[--data->attribute_count];
        return;
    }
}
