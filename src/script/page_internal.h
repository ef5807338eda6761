/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PAGE_INTERNAL_H
#define SCRIPT_PAGE_INTERNAL_H

#include "script/document/dom.h"
#include "script/host.h"
#include "script/listeners.h"
#include "script/page.h"
#include "script/timers.h"

#define PAGE_DEPTH_MAXIMUM 16 /* Events, and scripts that scripts begin, inside of each other. */
#define PAGE_TAGS_MAXIMUM  256
#define PAGE_FILES_MAXIMUM 100 /* <script src>: each may wait for its server. */
#define PAGE_FOR_MAXIMUM   64  /* <script for=... event=...> */

/* An event on its way. Its object is this one while it is, and empty after that. */
struct page_event {
    struct page_event *outer;
    uint64_t handle;
    const char *type;
    dom_node target; /* NONE: the window. */
    dom_node current;
    bool is_prevented;
    bool is_stopped;
};

struct page_for_script {
    dom_node node;
    struct html_position position;
};

struct page {
    struct page_options options;
    struct host host;
    struct js_engine *engine;
    struct dom *dom;
    struct xbits_external *external;
    struct listeners listeners;
    struct timers timers;
    struct page_event *event;
    uint64_t event_count;
    struct text url;
    struct text wanted; /* Where a script wants to go. */
    struct text taken;  /* The last of these that was told. */
    struct text written;
    struct text status;
    struct text name;
    struct text agent;
    struct text result;                  /* Of the last use of a class. */
    struct text shown;                   /* Of page_eval. */
    const char *tags[PAGE_TAGS_MAXIMUM]; /* Of the lists that getElementsByTagName made. */
    size_t tag_count;
    struct page_for_script for_scripts[PAGE_FOR_MAXIMUM];
    size_t for_count;
    unsigned file_count;
    const char *ready_state;
    unsigned depth;
    unsigned error_count;
    unsigned said; /* In the second that began at said_since_ms. */
    uint64_t said_since_ms;
    bool is_loading;
    bool is_stopped; /* And that was told. */
    bool is_unloaded;
    bool is_in_onerror;
};

/* page_script.c: what runs a script says what went wrong with it itself. */
void page_say(struct page *page, enum page_news_kind kind, const char *format, ...)
    BASE_PRINTF(3, 4);
/* The last run has failed: tells it, or asks window.onerror. */
void page_report(struct page *page);
/* What a page does at one time: it loads, its timers are due. All of it has the time of one script,
 * and says only so much. */
void page_begin_stretch(struct page *page);
void page_end_stretch(struct page *page);
xbits_result page_check_running(const struct page *page); /* XBITS_S_OK; XBITS_E_ABORT. */
/* Results, of all: XBITS_S_OK; what the run failed with. */
xbits_result page_run(struct page *page, const struct js_source *source);
xbits_result page_call(struct page *page, uint64_t function, const struct js_value *self,
                       const struct js_value *arguments, size_t argument_count);
/* What the last call returned is false, and not merely nothing. */
bool page_returned_false(const struct page *page);
uint64_t page_now_ms(const struct page *page);
/* Goes to a reference, or runs it: "javascript:...". */
xbits_result page_go(struct page *page, const char *reference);

/* page_timer.c */
xbits_result page_set_timer(struct page *page, struct js_use *use, bool repeats);
void page_clear_timer(struct page *page, unsigned id);

/* page_event.c; type is without its "on". target NONE: the window. */
bool page_is_event(const char *type);
/* Dispatches and does what the event does by itself. Results: XBITS_S_OK; XBITS_E_ABORT. */
xbits_result page_user_event(struct page *page, dom_node target, const char *type);
bool page_dispatch(struct page *page, dom_node target, const char *type); /* false: prevented. */
/* page_handler.c */
xbits_result page_set_handler(struct page *page, dom_node target, const char *type,
                              const struct js_value *value);
/* What an on* property or attribute holds, compiled. false: nothing. */
bool page_handler(struct page *page, dom_node target, const char *type, uint64_t *function_out);
void page_forget_handler(struct page *page, dom_node target, const char *type);
xbits_result page_listen(struct page *page, dom_node target, const char *type, uint64_t function);
void page_unlisten(struct page *page, dom_node target, const char *type, uint64_t function);

#endif
