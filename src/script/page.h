/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PAGE_H
#define SCRIPT_PAGE_H

#include "script/cookies/cookies.h"
#include "script/engine/js_engine.h"
#include "xbits/external.h"

/*
 * One page: its document, its script, its heap. It owns no thread and no clock, and belongs to the
 * thread that opened it; the time is that of the jobs' manager, in milliseconds. What it does that
 * somebody may want to see is told.
 */
struct page;

enum page_news_kind {
    PAGE_ERROR,   /* An error that nobody caught: "FILE:LINE:COLUMN: message". The page goes on. */
    PAGE_STOPPED, /* A limit was passed: no script of this page runs any more. */
    PAGE_DIALOG,  /* alert, confirm, open, print, submit and their kin: not shown, not done. */
    PAGE_CONSOLE, /* console.log and its kin. */
    PAGE_PLAYER,  /* A call of the embedded Player control: "URL = http://..." */
    PAGE_MISSING  /* A script file could not be loaded. */
};
const char *page_news_name(enum page_news_kind kind); /* "error" */

/* Called inside the page's calls; it must not call the page. */
typedef void page_tell(enum page_news_kind kind, const char *text, void *user);

/* Loads what a page is made of, by its absolute address. body and the rest are appended to empty
 * texts. For a script's file it is called inside the page's calls, as tell is. Results: XBITS_S_OK;
 * whatever fails. */
struct page_content {
    struct text url;          /* Where it came from in the end. */
    struct text content_type; /* "text/html; charset=utf-8"; "" when not known. */
    struct text body;
};
typedef xbits_result page_load(const char *url, struct page_content *content, void *user);
void page_content_dispose(struct page_content *content);

/* What it points to is borrowed, and outlives the page. */
struct page_options {
    struct xbits_manager *manager; /* Its time is the page's. */
    struct xbits_shell *shell;
    struct xbits_download_manager *downloads;
    enum xbits_surface surface;
    struct cookie_jar *cookies;
    struct js_limits limits;
    struct clock *clock; /* By which a script runs too long; NULL: the system's. */
    page_load *load;     /* Of <script src>; NULL: there are none. */
    page_tell *tell;     /* NULL: nobody is told. */
    void *user;
};

/*
 * Makes the document, runs its scripts in their order and then onload. An error in a script is told
 * and does not fail the opening. Results: XBITS_S_OK; XBITS_ERROR_INVALID_DATA (the content is not
 * HTML, by its type or, without one, by its look); XBITS_E_OUTOFMEMORY.
 */
xbits_result page_open(const struct page_options *options, const struct page_content *content,
                       struct page **page_out);
void page_close(struct page *page); /* Runs nothing: that is page_unload. NULL is fine. */

/* An event at an element, as if the user had caused it: it bubbles, and a click on a button, a
 * checkbox or an option does what it does. Results: XBITS_S_OK; XBITS_E_INVALIDARG (no element of
 * that id; no such event); XBITS_E_ABORT (the page was stopped). */
xbits_result page_fire(struct page *page, const char *id, const char *event);
/* The value of an expression, as text, valid until the next call. Results: XBITS_S_OK; XBITS_E_FAIL
 * (it threw: the message is "LINE:COLUMN: ..."); XBITS_E_ABORT; XBITS_E_OUTOFMEMORY. */
xbits_result page_eval(struct page *page, const char *expression, const char **text_out);
/* Runs the timers that are due, and says when the next one is: UINT64_MAX for none. Results:
 * XBITS_S_OK; XBITS_E_ABORT (the page was stopped, now or before). */
xbits_result page_step(struct page *page, uint64_t now_ms, uint64_t *next_due_ms_out);
/* onbeforeunload is not asked; onunload runs. Once: a second call does nothing. An error in it is
 * told, and is no failure; nor is it that the page was stopped. */
xbits_result page_unload(struct page *page);

bool page_is_stopped(const struct page *page);
/* How many PAGE_ERRORs there were, also those that were too many to be told. */
unsigned page_error_count(const struct page *page);
/* Where a script wants to go (location.href, an anchor that was clicked): "" when nowhere. Taken:
 * it is "" after that. Absolute; valid until the next call. */
const char *page_take_location(struct page *page);
const char *page_url(const struct page *page);

#endif
