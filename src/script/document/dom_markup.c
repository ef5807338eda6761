/* SPDX-License-Identifier: MIT */
#include "script/document/dom_markup.h"

#include <string.h>

#include "script/document/html_build.h"

static xbits_result add_escaped(struct text *text, const char *string, const char *which)
{
    while (*string != '\0') {
        size_t plain = strcspn(string, which);

        TRY(text_append(text, string, plain));
        string += plain;
        if (*string == '\0')
            break;
        TRY(text_add(text, *string == '&'   ? "&amp;"
                           : *string == '<' ? "&lt;"
                           : *string == '>' ? "&gt;"
                                            : "&quot;"));
        string++;
    }
    return XBITS_S_OK;
}

static xbits_result add_start(const struct dom *dom, dom_node node, struct text *text)
{
    const struct dom_attribute *attribute;

    TRY(text_format(text, "<%s", dom_tag(dom, node)));
    for (size_t i = 0; (attribute = dom_attribute_at(dom, node, i)) != NULL; i++) {
        TRY(text_format(text, " %s=\"", attribute->name));
        TRY(add_escaped(text, attribute->value, "&\""));
        TRY(text_add(text, "\""));
    }
    return text_add(text, ">");
}

static xbits_result add_end(const struct dom *dom, dom_node node, struct text *text)
{
    if (dom_kind(dom, node) != DOM_ELEMENT || html_is_void(dom_tag(dom, node)))
        return XBITS_S_OK;
    return text_format(text, "</%s>", dom_tag(dom, node));
}

static bool is_raw(const struct dom *dom, dom_node node)
{
    return dom_is(dom, node, "script") || dom_is(dom, node, "style");
}

static xbits_result add_begin(const struct dom *dom, dom_node node, struct text *text)
{
    if (dom_kind(dom, node) == DOM_ELEMENT)
        return add_start(dom, node, text);
    if (is_raw(dom, dom_parent(dom, node)))
        return text_add(text, dom_text(dom, node));
    return add_escaped(text, dom_text(dom, node), "&<>");
}

xbits_result dom_inner_html(const struct dom *dom, dom_node root, struct text *text)
{
    dom_node node = dom_first(dom, root);

    while (node != DOM_NONE && node != root) {
        TRY(add_begin(dom, node, text));
        if (dom_first(dom, node) != DOM_NONE) {
            node = dom_first(dom, node);
            continue;
        }
        TRY(add_end(dom, node, text));
        while (dom_next(dom, node) == DOM_NONE && dom_parent(dom, node) != root) {
            node = dom_parent(dom, node);
            TRY(add_end(dom, node, text));
        }
        node = dom_next(dom, node);
    }
    return XBITS_S_OK;
}

xbits_result dom_outer_html(const struct dom *dom, dom_node node, struct text *text)
{
    if (dom_kind(dom, node) != DOM_ELEMENT)
        return dom_inner_html(dom, node, text);
    TRY(add_start(dom, node, text));
    TRY(dom_inner_html(dom, node, text));
    return add_end(dom, node, text);
}

static bool begins_line(const struct dom *dom, dom_node node)
{
    static const char *const blocks[] = { "div", "p",      "li", "ul",   "ol",  "table", "tr", "h1",
                                          "h2",  "h3",     "h4", "form", "pre", "dl",    "dt", "dd",
                                          "hr",  "center", "h5", "h6",   "br",  "option" };

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (dom_is(dom, node, blocks[i]))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char last_of(const struct text *text, size_t start)
{
    return text->length > start ? text->data[text->length - 1] : '\n';
}

static xbits_result add_words(struct text *text, size_t start, const char *string)
{
    while (*string != '\0') {
        size_t length = strcspn(string, " \t\r\n\f");

        TRY(text_append(text, string, length));
        string += length;
        if (is_blank(*string) && !is_blank(last_of(text, start)))
            TRY(text_add(text, " "));
        while (is_blank(*string))
            string++;
    }
    return XBITS_S_OK;
}

static xbits_result end_line(struct text *text, size_t start, bool is_break)
{
    if (!is_break && last_of(text, start) == '\n')
        return XBITS_S_OK;
    while (text->length > start && text->data[text->length - 1] == ' ')
        text->data[--text->length] = '\0';
    return text_add(text, "\n");
}

xbits_result dom_inner_text(const struct dom *dom, dom_node root, struct text *text)
{
    size_t start = text->length;
    dom_node node = dom_walk(dom, root, root);

    while (node != DOM_NONE) {
        bool is_hidden = is_raw(dom, node);

        if (dom_kind(dom, node) == DOM_TEXT)
            TRY(add_words(text, start, dom_text(dom, node)));
        else if (begins_line(dom, node))
            TRY(end_line(text, start, dom_is(dom, node, "br")));
        node = is_hidden ? dom_walk_past(dom, root, node) : dom_walk(dom, root, node);
    }
    while (text->length > start && is_blank(text->data[text->length - 1]))
        text->data[--text->length] = '\0';
    return XBITS_S_OK;
}

xbits_result dom_set_inner_html(struct dom *dom, dom_node node, const char *html, size_t length)
{
    struct html_builder builder;
    dom_node script = DOM_NONE;
    xbits_result result;

    dom_remove_children(dom, node);
    html_builder_init(&builder, dom, node, html, length);
    do
        result = html_builder_run(&builder, &script);
    while (XBITS_SUCCEEDED(result) && script != DOM_NONE);
    html_builder_dispose(&builder);
    return result;
}

static xbits_result add_child(struct dom *dom, dom_node parent, dom_node node)
{
    xbits_result result = dom_insert(dom, parent, node, DOM_NONE);

    if (XBITS_FAILED(result))
        dom_remove(dom, node);
    return result;
}

xbits_result dom_set_inner_text(struct dom *dom, dom_node node, const char *text)
{
    dom_node child;

    dom_remove_children(dom, node);
    while (*text != '\0') {
        size_t length = strcspn(text, "\r\n");

        if (length > 0) {
            TRY(dom_text_new(dom, text, length, &child));
            TRY(add_child(dom, node, child));
        }
        text += length;
        if (*text == '\0')
            break;
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
        TRY(dom_element_new(dom, "br", &child));
        TRY(add_child(dom, node, child));
    }
    return XBITS_S_OK;
}
