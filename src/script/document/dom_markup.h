/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_DOM_MARKUP_H
#define SCRIPT_DOCUMENT_DOM_MARKUP_H

#include "script/document/dom.h"

/* What is in an element, as HTML. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result dom_inner_html(const struct dom *dom, dom_node node, struct text *text);
xbits_result dom_outer_html(const struct dom *dom, dom_node node, struct text *text);
/* As it reads: blanks are one, a block and <br> begin a line. Results: as above. */
xbits_result dom_inner_text(const struct dom *dom, dom_node node, struct text *text);

/* The content becomes this; its scripts do not run. Results: dom.h's. */
xbits_result dom_set_inner_html(struct dom *dom, dom_node node, const char *html, size_t length);
xbits_result dom_set_inner_text(struct dom *dom, dom_node node, const char *text);

#endif
