/* SPDX-License-Identifier: MIT */
#ifndef CLI_PAGE_SESSION_H
#define CLI_PAGE_SESSION_H

#include "cli/json_writer.h"
#include "cli/run_page.h"
#include "script/browser.h"

/* One session of the Player with a page: all that is open, and what was told of it. */
struct page_session {
    struct cli *cli;
    const struct run_page *wanted;
    struct xbits_manager *manager;
    struct xbits_player *player;
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
    struct browser *browser;
    bool is_interrupted; /* Seen while a document was waited for. */
    uint64_t now_ms;     /* As page_session_now_ms last said. */
    size_t error_count;
    size_t filed_count;
    size_t failed_count;
    struct json_writer writer;
};

/* Opens all but the page. Zeroed storage but for cli and wanted. Results: as open_queue,
 * xbits_sim_set_origin, fetch, open_player, open_shell, cookie_jar_open and browser_open. Close in
 * any case. */
xbits_result page_session_open(struct page_session *session);
void page_session_close(struct page_session *session);

/* Milliseconds of the manager's clock; they never go back. */
uint64_t page_session_now_ms(struct page_session *session);

/* Does what is due in the Player and in the page, and says when the next thing is. Results: as
 * xbits_player_step and browser_step. */
xbits_result page_session_step(struct page_session *session, uint64_t *next_due_ms_out);

#endif
