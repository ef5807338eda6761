/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_DOCUMENT_DOM_INTERNAL_H
#define SCRIPT_DOCUMENT_DOM_INTERNAL_H

#include "script/document/dom.h"
#include "script/document/names.h"

/* What the user or a script has made of a control, over what its attribute says. */
enum dom_state { DOM_AS_WRITTEN, DOM_OFF, DOM_ON };

struct dom_data {
    enum dom_kind kind;
    bool is_held;
    bool is_seen;       /* By a script: held as long. */
    bool has_no_choice; /* A SELECT: none of its options, by selectedIndex = -1. */
    enum dom_state checked;
    enum dom_state selected;
    const char *tag;
    char *text; /* Of a text; of a control: its value, once it was set. */
    struct dom_attribute *attributes;
    size_t attribute_count;
    dom_node parent;
    dom_node first;
    dom_node last;
    dom_node next;
    dom_node previous;
};

struct dom {
    struct dom_data *nodes; /* 0 is none. */
    dom_node count;
    dom_node capacity;
    dom_node free; /* A list by next. */
    size_t bytes;
    struct names names;
    bool has_unkept; /* An id that is not among the names, which are too many: look for each. */
};

static inline struct dom_data *dom_data(const struct dom *dom, dom_node node)
{
    return &dom->nodes[node < dom->count ? node : DOM_NONE];
}

#endif
