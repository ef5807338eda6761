/* SPDX-License-Identifier: MIT */
#include "script/document/html_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN_DEPTH_MAXIMUM (DOM_DEPTH_MAXIMUM - 56) /* Room for what scripts put in. */
#define STRAY_ENDS_MAXIMUM 100000

static const char void_tags[] =
    " area base bgsound br col embed frame hr img input keygen link meta param wbr ";
static const char head_tags[] = " base bgsound link meta script style title ";
static const char table_tags[] = " table thead tbody tfoot tr td th caption ";

/* A start tag that ends what is open: an element of closes, unless one of stops is nearer. */
static const struct closing {
    const char *tags;
    const char *closes;
    const char *stops;
} closings[] = {
    { " li ", " li ", " ul ol menu dir " },
    { " option ", " option ", " select " },
    { " optgroup ", " option optgroup ", " select " },
    { " dt dd ", " dt dd ", " dl " },
    { " tr ", " tr td th ", " table " },
    { " td th ", " td th ", " tr table " },
    { " thead tbody tfoot ", " thead tbody tfoot tr td th ", " table " },
    { " address blockquote center dir div dl fieldset form h1 h2 h3 h4 h5 h6 hr menu ol p pre "
      "table ul ",
      " p ", " blockquote body button center div dl fieldset form li object ol table td th ul " },
};

/* Is the word in a list of words, each between blanks? */
static bool is_in(const char *list, const char *word)
{
    const size_t length = strlen(word);

    if (length == 0 || strchr(word, ' ') != NULL)
        return false;
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        if (at > list && at[-1] == ' ' && at[length] == ' ')
            return true;
    }
    return false;
}

bool html_is_void(const char *tag)
{
    return is_in(void_tags, tag);
}

void html_builder_init(struct html_builder *builder, struct dom *dom, dom_node root,
                       const char *text, size_t length)
{
    memset(builder, 0, sizeof *builder);
    builder->dom = dom;
    builder->root = root;
    builder->current = root;
    builder->input_count = 1;
    html_tokens_init(&builder->inputs[0], text, length);
}

void html_builder_dispose(struct html_builder *builder)
{
    for (size_t i = 0; i < builder->input_count; i++)
        free(builder->written[i]);
    html_token_dispose(&builder->token);
    builder->input_count = 0;
}

bool html_builder_is_in_writing(const struct html_builder *builder)
{
    return builder->input_count > 1;
}

xbits_result html_builder_write(struct html_builder *builder, const char *text, size_t length)
{
    char *copy;

    if (builder->input_count > HTML_WRITES_MAXIMUM ||
        length > HTML_WRITTEN_BYTES - builder->written_bytes)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "document.write writes more than %zu bytes, or deeper than %d scripts",
                          HTML_WRITTEN_BYTES, HTML_WRITES_MAXIMUM);
    copy = malloc(length + 1);
    if (copy == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for what was written");
    memcpy(copy, text, length);
    copy[length] = '\0';
    builder->written_bytes += length;
    builder->written[builder->input_count] = copy;
    html_tokens_init(&builder->inputs[builder->input_count++], copy, length);
    return XBITS_S_OK;
}

static xbits_result add_element(struct html_builder *builder, dom_node parent, const char *tag,
                                dom_node *node_out)
{
    dom_node node;
    xbits_result result;

    TRY(dom_element_new(builder->dom, tag, &node));
    result = dom_insert(builder->dom, parent, node, DOM_NONE);
    if (XBITS_FAILED(result)) {
        dom_remove(builder->dom, node);
        return result;
    }
    *node_out = node;
    return XBITS_S_OK;
}

static xbits_result add_attributes(struct html_builder *builder, dom_node node)
{
    const struct html_token *token = &builder->token;
    struct html_position nowhere = { 0 };

    for (size_t i = 0; i < token->attribute_count; i++) {
        const struct html_attribute *attribute = &token->attributes[i];
        bool is_file = builder->root == DOM_DOCUMENT && !html_builder_is_in_writing(builder);

        if (dom_attribute(builder->dom, node, attribute->name) == NULL)
            TRY(dom_place_attribute(builder->dom, node, attribute->name,
                                    text_c(&token->text) + attribute->value,
                                    is_file ? attribute->position : nowhere));
    }
    return XBITS_S_OK;
}

/* A document's own elements exist once; head and body stand in html. */
static xbits_result need_part(struct html_builder *builder, const char *tag, dom_node *part_out)
{
    dom_node node = dom_part(builder->dom, tag);
    dom_node parent = DOM_DOCUMENT;

    if (node == DOM_NONE && strcmp(tag, "html") != 0)
        TRY(need_part(builder, "html", &parent));
    if (node == DOM_NONE)
        TRY(add_element(builder, parent, tag, &node));
    *part_out = node;
    return XBITS_S_OK;
}

static xbits_result need_head(struct html_builder *builder)
{
    if (builder->head != DOM_NONE)
        return XBITS_S_OK;
    TRY(need_part(builder, "head", &builder->head));
    builder->current = builder->head;
    return XBITS_S_OK;
}

static xbits_result need_body(struct html_builder *builder)
{
    if (builder->body != DOM_NONE)
        return XBITS_S_OK;
    TRY(need_head(builder));
    TRY(need_part(builder, "body", &builder->body));
    builder->current = builder->body;
    return XBITS_S_OK;
}

static bool is_blank_text(const char *text)
{
    return text[strspn(text, " \t\r\n\f")] == '\0';
}

/* The part of the document that the token belongs to is there. */
static xbits_result need_place(struct html_builder *builder)
{
    const struct html_token *token = &builder->token;

    if (builder->root != DOM_DOCUMENT || builder->body != DOM_NONE)
        return XBITS_S_OK;
    if (builder->current != DOM_DOCUMENT && builder->current != builder->head)
        return XBITS_S_OK; /* Inside of a title, a script. */
    if (token->kind == HTML_START_TAG && is_in(head_tags, token->name))
        return need_head(builder);
    return need_body(builder);
}

static xbits_result take_text(struct html_builder *builder)
{
    const struct html_token *token = &builder->token;
    dom_node node;

    if (dom_is(builder->dom, builder->current, "script"))
        builder->script = token->position;
    else if (builder->root == DOM_DOCUMENT && is_blank_text(text_c(&token->text)) &&
             (builder->current == builder->head || builder->current == DOM_DOCUMENT))
        return XBITS_S_OK;
    TRY(need_place(builder));
    TRY(dom_text_new(builder->dom, text_c(&token->text), token->text.length, &node));
    if (XBITS_FAILED(dom_insert(builder->dom, builder->current, node, DOM_NONE)))
        dom_remove(builder->dom, node); /* Where a script has put it too deep, it is not shown. */
    return XBITS_S_OK;
}

/* The nearest open element of a list, unless one of the others is nearer. */
static dom_node find_open(const struct html_builder *builder, const char *tags, const char *stops)
{
    for (dom_node node = builder->current; node != builder->root && node != DOM_NONE;
         node = dom_parent(builder->dom, node)) {
        if (is_in(tags, dom_tag(builder->dom, node)))
            return node;
        if (is_in(stops, dom_tag(builder->dom, node)))
            return DOM_NONE;
    }
    return DOM_NONE;
}

static void close_element(struct html_builder *builder, dom_node node)
{
    dom_node parent = dom_parent(builder->dom, node);

    builder->current = parent == DOM_NONE ? builder->root : parent;
}

static void close_for(struct html_builder *builder, const char *tag)
{
    for (size_t i = 0; i < sizeof closings / sizeof closings[0]; i++) {
        dom_node open = DOM_NONE;

        if (!is_in(closings[i].tags, tag))
            continue;
        while ((open = find_open(builder, closings[i].closes, closings[i].stops)) != DOM_NONE)
            close_element(builder, open);
    }
}

static xbits_result take_part(struct html_builder *builder)
{
    const char *tag = builder->token.name;
    dom_node html;

    if (strcmp(tag, "html") == 0) {
        TRY(need_part(builder, tag, &html));
        return add_attributes(builder, html);
    }
    if (strcmp(tag, "head") == 0) {
        TRY(need_head(builder));
        return add_attributes(builder, builder->head);
    }
    TRY(need_body(builder));
    return add_attributes(builder, builder->body);
}

static xbits_result take_start(struct html_builder *builder)
{
    const char *tag = builder->token.name;
    dom_node node;

    if (builder->root == DOM_DOCUMENT && is_in(" html head body frameset ", tag))
        return take_part(builder);
    TRY(need_place(builder));
    close_for(builder, tag);
    TRY(add_element(builder, builder->current, tag, &node));
    TRY(add_attributes(builder, node));
    if (html_is_void(tag))
        return XBITS_S_OK;
    if (dom_depth(builder->dom, node) >= OPEN_DEPTH_MAXIMUM)
        builder->unopened++;
    else
        builder->current = node;
    return XBITS_S_OK;
}

/* For each of them all open elements were looked at. */
static xbits_result pass_over_end(struct html_builder *builder)
{
    if (++builder->stray_ends > STRAY_ENDS_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "more than %d end tags end nothing that is open", STRAY_ENDS_MAXIMUM);
    return XBITS_S_OK;
}

static xbits_result take_end(struct html_builder *builder, dom_node *script_out)
{
    const char *tag = builder->token.name;
    bool is_of_table = is_in(table_tags, tag);
    char tags[HTML_NAME_SIZE + 2];
    dom_node open;

    if (is_in(" html head body ", tag) || html_is_void(tag))
        return XBITS_S_OK;
    if (builder->unopened > 0) {
        builder->unopened--;
        return XBITS_S_OK;
    }
    snprintf(tags, sizeof tags, " %s ", tag);
    open = find_open(builder, tags, is_of_table ? " " : " td th table ");
    if (open == DOM_NONE || strchr(tag, ' ') != NULL)
        return pass_over_end(builder);
    close_element(builder, open);
    if (strcmp(tag, "script") == 0)
        *script_out = open;
    return XBITS_S_OK;
}

/* false: every input is at its end. */
static bool drop_finished(struct html_builder *builder)
{
    if (builder->input_count == 1)
        return false;
    free(builder->written[--builder->input_count]);
    builder->written[builder->input_count] = NULL;
    return true;
}

/* A script is about to run: it may take any of these out of the document. */
static void hold_open(struct html_builder *builder, dom_node script)
{
    dom_hold(builder->dom, script);
    for (dom_node node = builder->current; node != DOM_NONE; node = dom_parent(builder->dom, node))
        dom_hold(builder->dom, node);
    dom_hold(builder->dom, builder->head);
    dom_hold(builder->dom, builder->body);
}

xbits_result html_builder_run(struct html_builder *builder, dom_node *script_out)
{
    dom_node script = DOM_NONE;

    while (script == DOM_NONE) {
        struct html_token *token = &builder->token;

        TRY(html_next(&builder->inputs[builder->input_count - 1], token));
        if (token->kind == HTML_TEXT)
            TRY(take_text(builder));
        else if (token->kind == HTML_START_TAG)
            TRY(take_start(builder));
        else if (token->kind == HTML_END_TAG)
            TRY(take_end(builder, &script));
        else if (!drop_finished(builder))
            break;
    }
    if (script == DOM_NONE && builder->root == DOM_DOCUMENT)
        TRY(need_body(builder)); /* Every document has one. */
    if (script != DOM_NONE && builder->root == DOM_DOCUMENT)
        hold_open(builder, script);
    *script_out = script;
    return XBITS_S_OK;
}
