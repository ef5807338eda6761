/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAGE_NEWS_H
#define CLI_PAGE_NEWS_H

#include "cli/page_session.h"

/*
 * What a session is told, one line each on standard error, or one JSON line on standard output;
 * user is always the struct page_session. With --quiet failures alone are told.
 */

/* page_tell */
void page_news_tell(enum page_news_kind kind, const char *text, void *user);

/* browser_options.tell */
void page_news_tell_browser(enum browser_news_kind kind, const char *pane_name, const char *text,
                            void *user);

/* xbits_player_tell */
void page_news_tell_player(const struct xbits_player_news *news, void *user);

/* xbits_shell_ask: nobody is there to say yes. */
bool page_news_ask(const char *key, void *user);

/* The value of an expression: alone on a line of standard output. */
void page_news_value(struct page_session *session, const char *expression, const char *value);

/* How the session ended. */
void page_news_summarise(struct page_session *session, enum cli_exit how);

#endif
