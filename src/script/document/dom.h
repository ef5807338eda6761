/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_DOM_H
#define SCRIPT_DOCUMENT_DOM_H

#include "base/text.h"
#include "script/document/html_tokens.h"

/*
 * The document of a page: a tree of elements and texts, named by numbers. A number stands for the
 * same node as long as somebody holds it; one that nobody holds goes with the tree that it is
 * taken out of. Names of tags and attributes are lower case.
 */
struct dom;
typedef uint32_t dom_node;

#define DOM_NONE     0u
#define DOM_DOCUMENT 1u

enum dom_kind { DOM_FREE, DOM_ROOT, DOM_ELEMENT, DOM_TEXT };

#define DOM_NODES_MAXIMUM 200000
#define DOM_BYTES_MAXIMUM ((size_t)32 << 20)
#define DOM_DEPTH_MAXIMUM 256

xbits_result dom_new(struct dom **dom_out);
void dom_free(struct dom *dom); /* NULL is fine. */

/* What makes or changes something: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES (a limit above);
 * XBITS_E_OUTOFMEMORY. */
xbits_result dom_element_new(struct dom *dom, const char *tag, dom_node *node_out);
xbits_result dom_text_new(struct dom *dom, const char *text, size_t length, dom_node *node_out);
xbits_result dom_set_text(struct dom *dom, dom_node node, const char *text);

/* Puts a node, and what is in it, before another child of parent (NONE: at its end), out of where
 * it was. Results: as above; XBITS_E_INVALIDARG (into itself, into a text). */
xbits_result dom_insert(struct dom *dom, dom_node parent, dom_node node, dom_node before);
/* Takes it out of its parent. */
void dom_detach(struct dom *dom, dom_node node);
/* Detaches it and forgets it, unless somebody holds it or something in it. */
void dom_remove(struct dom *dom, dom_node node);
void dom_remove_children(struct dom *dom, dom_node node);
/* Its number is never given to another. */
void dom_hold(struct dom *dom, dom_node node);
/* A script has it, which holds it until the script has it no more. What is in no document then goes
 * when its place is needed. */
void dom_see(struct dom *dom, dom_node node);
void dom_forget(struct dom *dom, dom_node node);

/* DOM_FREE for a number that is none. */
enum dom_kind dom_kind(const struct dom *dom, dom_node node);
const char *dom_tag(const struct dom *dom, dom_node node); /* "" of what is no element. */
bool dom_is(const struct dom *dom, dom_node node, const char *tag);
const char *dom_text(const struct dom *dom, dom_node node);
dom_node dom_parent(const struct dom *dom, dom_node node);
dom_node dom_first(const struct dom *dom, dom_node node);
dom_node dom_next(const struct dom *dom, dom_node node);
dom_node dom_previous(const struct dom *dom, dom_node node);
size_t dom_depth(const struct dom *dom, dom_node node);
/* The node after this one in the order of the text, inside of root; NONE past the last. */
dom_node dom_walk(const struct dom *dom, dom_node root, dom_node node);
/* The same, past what is in node. */
dom_node dom_walk_past(const struct dom *dom, dom_node root, dom_node node);

struct dom_attribute {
    const char *name;
    char *value;
    struct html_position position; /* Of the value, in the page's file; zeros: a script set it. */
};
const char *dom_attribute(const struct dom *dom, dom_node node, const char *name); /* NULL */
const struct dom_attribute *dom_attribute_at(const struct dom *dom, dom_node node, size_t index);
xbits_result dom_set_attribute(struct dom *dom, dom_node node, const char *name, const char *value);
xbits_result dom_place_attribute(struct dom *dom, dom_node node, const char *name,
                                 const char *value, struct html_position position);
void dom_remove_attribute(struct dom *dom, dom_node node, const char *name);

/* The first element in the document with this id, else with this name. */
dom_node dom_find(const struct dom *dom, const char *name);
/* Is this its id, or its name? */
bool dom_has_name(const struct dom *dom, dom_node node, const char *name);
/* The document's first "html", "head", "body", "title"; NONE. */
dom_node dom_part(const struct dom *dom, const char *tag);

/* Keeps a name for the life of the document. */
xbits_result dom_keep_name(struct dom *dom, const char *name, const char **kept_out);

#endif
