/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_HTML_TOKENS_H
#define SCRIPT_DOCUMENT_HTML_TOKENS_H

#include "base/text.h"

/*
 * HTML cut into tags and texts, as tolerantly as browsers do it: nothing is an error. Comments,
 * declarations and processing instructions are left out. The text is UTF-8 without NULs.
 */
#define HTML_ATTRIBUTES_MAXIMUM 64 /* Of one tag; those past it are dropped. */
#define HTML_NAME_SIZE          64 /* A longer name is cut. */

enum html_kind { HTML_END_OF_TEXT, HTML_TEXT, HTML_START_TAG, HTML_END_TAG };

/* Where something stands in its file, from 1. A column counts characters. */
struct html_position {
    unsigned line;
    unsigned column;
};

struct html_attribute {
    char name[HTML_NAME_SIZE]; /* Lower case. */
    size_t value;              /* Where it begins in the token's text, ends in a NUL. */
    struct html_position position;
};

struct html_token {
    enum html_kind kind;
    char name[HTML_NAME_SIZE]; /* Of a tag: lower case. */
    struct html_attribute attributes[HTML_ATTRIBUTES_MAXIMUM];
    size_t attribute_count;
    struct html_position position;
    struct text text; /* Of TEXT: with its entities read; of a tag: the values of attributes. */
};

struct html_tokens {
    const char *at;
    const char *end;
    struct html_position position;
    char raw[HTML_NAME_SIZE]; /* Inside of this element everything is text; "" for none. */
};

void html_tokens_init(struct html_tokens *tokens, const char *text, size_t length);
/* token: zeroed before the first call. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result html_next(struct html_tokens *tokens, struct html_token *token);
void html_token_dispose(struct html_token *token);
/* NULL: the tag has none such. */
const char *html_attribute(const struct html_token *token, const char *name);

/* Appends the character that the entity at string ("&amp;") stands for, and says how many bytes it
 * took; an "&" that begins none is itself. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result html_entity(const char *string, const char *end, struct text *text, size_t *taken_out);
/* Appends a code point as UTF-8; one that is none is U+FFFD. */
xbits_result html_add_character(struct text *text, uint32_t code);

#endif
