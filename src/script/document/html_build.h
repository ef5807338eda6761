/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_HTML_BUILD_H
#define SCRIPT_DOCUMENT_HTML_BUILD_H

#include "script/document/dom.h"

/* Builds a tree of tags and texts: what is left out is implied, what is closed wrongly is mended.
 * It stops at each script, so that it can be run where it stands. */
#define HTML_WRITES_MAXIMUM 8                 /* document.write inside of what was written. */
#define HTML_WRITTEN_BYTES  ((size_t)4 << 20) /* Of all writes of one page. */

struct html_builder {
    struct dom *dom;
    dom_node root; /* The document, or the element whose content this is. */
    dom_node head; /* Of a document, once it has them. */
    dom_node body;
    dom_node current;
    size_t unopened;   /* Elements that would be too deep: they stay empty. */
    size_t stray_ends; /* Tags that ended nothing. */
    struct html_token token;
    struct html_tokens inputs[1 + HTML_WRITES_MAXIMUM];
    char *written[1 + HTML_WRITES_MAXIMUM]; /* What an input reads, where it owns it. */
    size_t input_count;
    size_t written_bytes;
    struct html_position script; /* Where the text of the last script began. */
};

/* root: DOM_DOCUMENT, or an element. text must stay until the end. */
void html_builder_init(struct html_builder *builder, struct dom *dom, dom_node root,
                       const char *text, size_t length);
void html_builder_dispose(struct html_builder *builder);
/* Goes on to the end of the next script, or to the end of the text: NONE. Results: those
 * of dom.h. */
xbits_result html_builder_run(struct html_builder *builder, dom_node *script_out);
/* The text comes next, before the rest. Results: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES;
 * XBITS_E_OUTOFMEMORY. */
xbits_result html_builder_write(struct html_builder *builder, const char *text, size_t length);
/* Does it read what a script wrote? */
bool html_builder_is_in_writing(const struct html_builder *builder);

bool html_is_void(const char *tag); /* <br>: has neither content nor end tag. */

#endif
