/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PAGE_CLASS_H
#define SCRIPT_PAGE_CLASS_H

#include "script/page_internal.h"

/*
 * The classes of a page's objects. Each is one table: a member's name, its uses and the function
 * that does them; a new member is a row and a function.
 */
struct member_use {
    struct page *page;
    struct dom *dom;
    dom_node node; /* The handle of a node. */
    const struct member_row *row;
    struct js_use *use;
};
typedef xbits_result member_function(struct member_use *use);

struct member_row {
    const char *name;
    unsigned uses;
    member_function *function;
    const char *what; /* For functions of several rows: an attribute, an event. */
    const char *tags; /* " select option ": elements that have it; NULL: all. */
};

extern const struct js_class page_window_class;
extern const struct js_class page_document_class;
extern const struct js_class page_node_class;
extern const struct js_class page_list_class;
extern const struct js_class page_style_class;
extern const struct js_class page_event_class;
extern const struct js_class page_location_class;
extern const struct js_class page_history_class;
extern const struct js_class page_navigator_class;
extern const struct js_class page_console_class;

/* Rows end in one without a name. A member's id is its row's address. */
bool member_find(const struct member_row *rows, const char *name, struct js_member *member_out);
xbits_result member_invoke(void *host, struct js_use *use);
/* find of a class whose rows are all that it has. */
#define MEMBER_FINDER(which)                                                                       \
    static bool find_##which(void *host, uint64_t handle, const char *name,                        \
                             struct js_member *member_out)                                         \
    {                                                                                              \
        (void)host;                                                                                \
        (void)handle;                                                                              \
        return member_find(which##_rows, name, member_out);                                        \
    }

/* A handle's low bit tells numbers, as of options[3], from rows. */
void member_number(uint32_t number, struct js_member *member_out);
bool member_is_number(const struct js_member *member, uint32_t *number_out);
bool member_read_index(const char *name, uint32_t *index_out); /* "12" */

/* Arguments. A text is good until the next one is asked for. */
const char *passed_text(const struct member_use *use, size_t index); /* "" when missing. */
double passed_number(const struct member_use *use, size_t index, double otherwise);
int passed_int(const struct member_use *use, size_t index, int otherwise);
bool passed_bool(const struct member_use *use, size_t index);
bool passed_is_given(const struct member_use *use, size_t index);
dom_node passed_node(const struct member_use *use, size_t index); /* NONE */
bool is_put(const struct member_use *use);

/* Answers. */
xbits_result answer_text(struct member_use *use, const char *text);
xbits_result answer_number(struct member_use *use, double number);
xbits_result answer_bool(struct member_use *use, bool boolean);
xbits_result answer_null(struct member_use *use);
/* NONE is null; the Player's control is itself. */
xbits_result answer_node(struct member_use *use, dom_node node);
struct js_value node_value(const struct page *page, dom_node node);
/* The content of page->result. */
xbits_result answer_result(struct member_use *use);

/* What the Player does not show or do, and tells: a dialog, a window, printing. */
xbits_result use_told(struct member_use *use);
/* What has no effect where nothing is shown: focus, blur. */
xbits_result use_nothing(struct member_use *use);
xbits_result use_zero(struct member_use *use); /* Answers 0. */
/* The window's location is the document's, too. */
xbits_result use_location(struct member_use *use);
xbits_result use_url(struct member_use *use);

/* Rows of every target of events: on* and who listens. */
xbits_result use_handler(struct member_use *use);
xbits_result use_attach(struct member_use *use);
xbits_result use_detach(struct member_use *use);
#define EVENT_ROW(type)                                                                            \
    {                                                                                              \
        "on" type, JS_GET | JS_PUT, use_handler, type, NULL                                        \
    }
#define EVENT_ROWS                                                                                 \
    EVENT_ROW("click"), EVENT_ROW("dblclick"), EVENT_ROW("change"), EVENT_ROW("mousedown"),        \
        EVENT_ROW("mouseup"), EVENT_ROW("mouseover"), EVENT_ROW("mouseout"),                       \
        EVENT_ROW("mousemove"), EVENT_ROW("keydown"), EVENT_ROW("keyup"), EVENT_ROW("keypress"),   \
        EVENT_ROW("focus"), EVENT_ROW("blur"), EVENT_ROW("select"), EVENT_ROW("input"),            \
        EVENT_ROW("submit"), EVENT_ROW("resize"), EVENT_ROW("scroll"), EVENT_ROW("contextmenu"),   \
        EVENT_ROW("load"), EVENT_ROW("unload"), EVENT_ROW("error"), EVENT_ROW("readystatechange"), \
        { "attachEvent", JS_CALL, use_attach, NULL, NULL },                                        \
        { "addEventListener", JS_CALL, use_attach, NULL, NULL },                                   \
        { "detachEvent", JS_CALL, use_detach, NULL, NULL },                                        \
    {                                                                                              \
        "removeEventListener", JS_CALL, use_detach, NULL, NULL                                     \
    }

/* Lists: which nodes, below which. */
enum page_list {
    LIST_CHILD_NODES,
    LIST_CHILDREN,
    LIST_OPTIONS,
    LIST_TAGGED,
    LIST_NAMED,
    LIST_CONTROLS
};
/* tag: of TAGGED; a name, of NAMED. Results: XBITS_S_OK; XBITS_ERROR_NO_SYSTEM_RESOURCES (too many
 * tags). */
xbits_result answer_list(struct member_use *use, enum page_list kind, dom_node root,
                         const char *tag);
/* page_control.c: what an element has, besides, that stands in a form. */
extern const struct member_row page_control_rows[];
/* SELECT and its options have these in common. */
xbits_result use_option_add(struct member_use *use);
xbits_result use_option_remove(struct member_use *use);
xbits_result use_option_count(struct member_use *use);
xbits_result use_selected_index(struct member_use *use);

#endif
