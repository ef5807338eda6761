/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_BROWSER_H
#define SCRIPT_BROWSER_H

#include "script/page.h"

/*
 * The one browser of the Player: all panes share it, so a page's script ends when another pane is
 * shown. It follows what the shell and its page ask for. Pages of other surfaces than a pane stay
 * where they are: what they navigate opens in a pane, which is told and not shown. One thread uses
 * it, that of its page.
 */
struct browser;

enum browser_news_kind { BROWSER_LOADED, BROWSER_NAVIGATED, BROWSER_FAILED };

struct browser_options {
    struct page_options page; /* load must not be NULL. */
    /* LOADED: a page stands, text is its address. NAVIGATED: a pane is to open text, pane_name says
     * which. FAILED: an address could not be opened, text says why; the old page stays, unless
     * its store was left. Called inside the browser's calls; it must not call the browser. May be
     * NULL. */
    void (*tell)(enum browser_news_kind kind, const char *pane_name, const char *text, void *user);
    void *user;
};

xbits_result browser_open(const struct browser_options *options, struct browser **browser_out);
void browser_close(struct browser *browser); /* Without onunload. NULL is fine. */

/* Shows an address: the page before it is unloaded first, but only when the new one could be
 * loaded. Results: XBITS_S_OK; those of page_load and page_open. */
xbits_result browser_show(struct browser *browser, const char *url);
/* NULL: none, or it was left. */
struct page *browser_page(const struct browser *browser);
/* Leaves the page: onunload runs. */
xbits_result browser_leave(struct browser *browser);
/* Timers, and the navigations that were asked for. A navigation that fails is told. One that ends
 * the session unloads the old page first, and ends the cookies of the session before it loads. A
 * page from a server may not go to a file, and a step shows 16 pages at most: where they lead on
 * and on, that fails. A page that was stopped has no timers, and is left as any other. Results:
 * XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result browser_step(struct browser *browser, uint64_t now_ms, uint64_t *next_due_ms_out);

#endif
