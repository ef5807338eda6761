/* SPDX-License-Identifier: MIT */
#include "script/document/html_tokens.h"

#include <string.h>

/* What these hold is text up to their end tag; of the first two entities are read, too. */
static const char *const raw_elements[] = { "title", "textarea", "script",   "style",
                                            "xmp",   "noscript", "noframes", "iframe" };
#define RAW_WITH_ENTITIES 2
#define UTF8_LONGEST      4

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static size_t raw_index(const char *name)
{
    size_t i = 0;

    while (i < sizeof raw_elements / sizeof raw_elements[0] && strcmp(raw_elements[i], name) != 0)
        i++;
    return i;
}

void html_tokens_init(struct html_tokens *tokens, const char *text, size_t length)
{
    *tokens = (struct html_tokens){ .at = text, .end = text + length, .position = { 1, 1 } };
}

void html_token_dispose(struct html_token *token)
{
    text_dispose(&token->text);
}

const char *html_attribute(const struct html_token *token, const char *name)
{
    for (size_t i = 0; i < token->attribute_count; i++)
        if (strcmp(token->attributes[i].name, name) == 0)
            return text_c(&token->text) + token->attributes[i].value;
    return NULL;
}

/* Lines end in LF, CR LF or CR. */
static void move_to(struct html_tokens *tokens, const char *to)
{
    for (; tokens->at < to; tokens->at++) {
        char c = *tokens->at;

        if (c == '\n' || (c == '\r' && (tokens->at + 1 == tokens->end || tokens->at[1] != '\n'))) {
            tokens->position.line++;
            tokens->position.column = 1;
        } else if (((unsigned char)c & 0xC0) != 0x80) {
            tokens->position.column++;
        }
    }
}

static bool begins(const struct html_tokens *tokens, const char *prefix)
{
    size_t length = strlen(prefix);

    return (size_t)(tokens->end - tokens->at) >= length && memcmp(tokens->at, prefix, length) == 0;
}

static const char *find_after(const struct html_tokens *tokens, const char *what)
{
    size_t length = strlen(what);

    for (const char *at = tokens->at; (size_t)(tokens->end - at) >= length; at++) {
        at = memchr(at, what[0], (size_t)(tokens->end - at));
        if (at == NULL || (size_t)(tokens->end - at) < length)
            break;
        if (memcmp(at, what, length) == 0)
            return at + length;
    }
    return tokens->end;
}

/* Comments, "<!DOCTYPE ...>", "<?xml ...?>": false when there is none here. */
static bool pass_over(struct html_tokens *tokens)
{
    if (begins(tokens, "<!--"))
        move_to(tokens, find_after(tokens, "-->"));
    else if (begins(tokens, "<!") || begins(tokens, "<?"))
        move_to(tokens, find_after(tokens, ">"));
    else
        return false;
    return true;
}

static bool begins_tag(const char *at, const char *end)
{
    if (end - at < 2 || *at != '<')
        return false;
    if (at[1] == '/')
        return end - at > 2 && is_letter(at[2]);
    return is_letter(at[1]) || at[1] == '!' || at[1] == '?';
}

static xbits_result add_text(struct html_token *token, const char *from, const char *to,
                             bool with_entities)
{
    while (from < to) {
        const char *entity = with_entities ? memchr(from, '&', (size_t)(to - from)) : NULL;
        size_t taken = 0;

        TRY(text_append(&token->text, from, (size_t)((entity == NULL ? to : entity) - from)));
        if (entity == NULL)
            return XBITS_S_OK;
        TRY(html_entity(entity, to, &token->text, &taken));
        from = entity + taken;
    }
    return XBITS_S_OK;
}

/* A cut leaves no half of a character. */
static void read_name(struct html_tokens *tokens, char name[HTML_NAME_SIZE], const char *ends)
{
    const char *at = tokens->at;
    size_t length = 0;
    bool is_full = false;

    for (; at < tokens->end && !is_blank(*at) && strchr(ends, *at) == NULL; at++) {
        if (((unsigned char)*at & 0xC0) != 0x80)
            is_full = is_full || length + UTF8_LONGEST >= HTML_NAME_SIZE;
        if (!is_full)
            name[length++] = lower(*at);
    }
    name[length] = '\0';
    move_to(tokens, at);
}

static void pass_blanks(struct html_tokens *tokens)
{
    const char *at = tokens->at;

    while (at < tokens->end && is_blank(*at))
        at++;
    move_to(tokens, at);
}

static xbits_result read_value(struct html_tokens *tokens, struct html_token *token,
                               struct html_attribute *attribute)
{
    const char *from = tokens->at;
    const char *to;
    char quote = from < tokens->end && (*from == '"' || *from == '\'') ? *from : '\0';

    if (quote != '\0') {
        from++;
        to = memchr(from, quote, (size_t)(tokens->end - from));
        to = to == NULL ? tokens->end : to;
        move_to(tokens, from);
    } else {
        for (to = from; to < tokens->end && !is_blank(*to) && *to != '>';)
            to++;
    }
    attribute->position = tokens->position;
    TRY(add_text(token, from, to, true));
    move_to(tokens, to + (quote != '\0' && to < tokens->end));
    return XBITS_S_OK;
}

static xbits_result read_attribute(struct html_tokens *tokens, struct html_token *token)
{
    struct html_attribute attribute = { .value = token->text.length, .position = tokens->position };

    read_name(tokens, attribute.name, "=>/");
    pass_blanks(tokens);
    if (tokens->at < tokens->end && *tokens->at == '=') {
        move_to(tokens, tokens->at + 1);
        pass_blanks(tokens);
        TRY(read_value(tokens, token, &attribute));
    }
    TRY(text_append(&token->text, "", 1));
    if (attribute.name[0] == '\0' || token->attribute_count == HTML_ATTRIBUTES_MAXIMUM ||
        html_attribute(token, attribute.name) != NULL)
        return XBITS_S_OK;
    token->attributes[token->attribute_count++] = attribute;
    return XBITS_S_OK;
}

static xbits_result read_tag(struct html_tokens *tokens, struct html_token *token)
{
    token->kind = tokens->at[1] == '/' ? HTML_END_TAG : HTML_START_TAG;
    move_to(tokens, tokens->at + (token->kind == HTML_END_TAG ? 2 : 1));
    read_name(tokens, token->name, ">/");
    for (;;) {
        pass_blanks(tokens);
        if (tokens->at == tokens->end)
            break;
        if (*tokens->at == '>') {
            move_to(tokens, tokens->at + 1);
            break;
        }
        if (*tokens->at == '/' || *tokens->at == '=')
            move_to(tokens, tokens->at + 1);
        else
            TRY(read_attribute(tokens, token));
    }
    if (token->kind == HTML_START_TAG &&
        raw_index(token->name) < sizeof raw_elements / sizeof raw_elements[0])
        memcpy(tokens->raw, token->name, sizeof tokens->raw);
    return XBITS_S_OK;
}

/* "</name" in any case, and then something that ends a name. */
static bool ends_raw(const struct html_tokens *tokens, const char *at)
{
    size_t length = strlen(tokens->raw);

    if ((size_t)(tokens->end - at) < length + 2 || at[0] != '<' || at[1] != '/')
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(at[2 + i]) != tokens->raw[i])
            return false;
    at += length + 2;
    return at == tokens->end || is_blank(*at) || *at == '>' || *at == '/';
}

static xbits_result read_raw(struct html_tokens *tokens, struct html_token *token)
{
    const char *from = tokens->at;
    const char *to = from;
    bool with_entities = raw_index(tokens->raw) < RAW_WITH_ENTITIES;

    while (to < tokens->end && !ends_raw(tokens, to)) {
        to = memchr(to + 1, '<', (size_t)(tokens->end - to - 1));
        to = to == NULL ? tokens->end : to;
    }
    tokens->raw[0] = '\0';
    token->kind = HTML_TEXT;
    TRY(add_text(token, from, to, with_entities));
    move_to(tokens, to);
    return XBITS_S_OK;
}

static xbits_result read_text(struct html_tokens *tokens, struct html_token *token)
{
    const char *to = tokens->at + 1;

    while (to < tokens->end && !begins_tag(to, tokens->end)) {
        to = memchr(to + 1, '<', (size_t)(tokens->end - to - 1));
        to = to == NULL ? tokens->end : to;
    }
    token->kind = HTML_TEXT;
    TRY(add_text(token, tokens->at, to, true));
    move_to(tokens, to);
    return XBITS_S_OK;
}

xbits_result html_next(struct html_tokens *tokens, struct html_token *token)
{
    token->kind = HTML_END_OF_TEXT;
    token->name[0] = '\0';
    token->attribute_count = 0;
    text_clear(&token->text);
    while (tokens->raw[0] == '\0' && pass_over(tokens))
        continue;
    token->position = tokens->position;
    if (tokens->at == tokens->end)
        return XBITS_S_OK;
    if (tokens->raw[0] != '\0' && !ends_raw(tokens, tokens->at))
        return read_raw(tokens, token);
    tokens->raw[0] = '\0';
    if (begins_tag(tokens->at, tokens->end))
        return read_tag(tokens, token);
    return read_text(tokens, token);
}
