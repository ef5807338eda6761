/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_DOM_CONTROLS_H
#define SCRIPT_DOCUMENT_DOM_CONTROLS_H

#include "script/document/dom.h"

/* What a form's controls hold. */
bool dom_is_disabled(const struct dom *dom, dom_node node);
/* <input type=...>, in any case. */
bool dom_is_input(const struct dom *dom, dom_node node, const char *type);

/* Appends the value: what was set, else what was written; of a SELECT that of the chosen option. */
xbits_result dom_value(const struct dom *dom, dom_node node, struct text *text);
xbits_result dom_set_value(struct dom *dom, dom_node node, const char *value);
/* A checkbox or radio button; setting one of a group clears the others. */
bool dom_is_checked(const struct dom *dom, dom_node node);
void dom_set_checked(struct dom *dom, dom_node node, bool is_checked);

/* The options of a SELECT. */
size_t dom_option_count(const struct dom *dom, dom_node list);
dom_node dom_option(const struct dom *dom, dom_node list, size_t index); /* NONE */
dom_node dom_option_list(const struct dom *dom, dom_node option);        /* Its SELECT; NONE. */
int dom_option_index(const struct dom *dom, dom_node option);
/* -1: none is chosen. A list of one line has its first chosen by itself. */
int dom_selected_index(const struct dom *dom, dom_node list);
void dom_select(struct dom *dom, dom_node list, int index);
bool dom_is_selected(const struct dom *dom, dom_node option);
void dom_set_selected(struct dom *dom, dom_node option, bool is_selected);
/* Takes away the last ones, or adds empty ones. Results: dom.h's. */
xbits_result dom_set_option_count(struct dom *dom, dom_node list, size_t count);

#endif
