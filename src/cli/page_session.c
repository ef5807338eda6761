/* SPDX-License-Identifier: MIT */
#include "cli/page_session.h"

#include "base/clock.h"
#include "base/disk.h"
#include "cli/open_manager.h"
#include "cli/open_player.h"
#include "cli/open_shell.h"
#include "cli/page_address.h"
#include "cli/page_load.h"
#include "cli/page_news.h"
#include "cli/user_directory.h"
#include "fetch/fetch.h"
#include "xbits/sim.h"

#include <stdlib.h>

/* How soon a song that was transferred is filed. */
#define POLL_MS 500

static xbits_result read_origin(struct page_session *session)
{
    struct fetch_request request = { 0 };
    struct fetch_answer answer = { 0 };
    char *url = NULL;
    xbits_result result;

    TRY(page_address(session->wanted->origin, &url));
    request.url = url;
    result = fetch(&request, &answer);
    if (XBITS_SUCCEEDED(result))
        result = xbits_sim_set_origin(session->manager, text_c(&answer.body));
    fetch_answer_dispose(&answer);
    free(url);
    return result;
}

static xbits_result open_world(struct page_session *session)
{
    struct queue_world world = { .is_virtual = !session->wanted->is_realtime,
                                 .is_script = session->wanted->origin != NULL };

    TRY(open_queue_in(&session->cli->global, world, &session->manager));
    return world.is_script ? read_origin(session) : XBITS_S_OK;
}

/* A producer's jobs are seen before the page asks for them. */
static xbits_result become_player(struct page_session *session)
{
    struct xbits_player_options wanted;
    uint64_t due_ms;

    XBITS_INIT(&wanted);
    wanted.version = session->wanted->version;
    wanted.poll_ms = POLL_MS;
    wanted.tell = page_news_tell_player;
    wanted.user = session;
    TRY(open_player(session->manager, session->wanted->library, &wanted, &session->player));
    return xbits_player_step(session->player, page_session_now_ms(session), &due_ms);
}

static xbits_result open_cookies(struct page_session *session)
{
    struct text path = { 0 };
    char *directory = NULL;
    xbits_result result;

    TRY(user_directory(&directory));
    result = text_format(&path, "%s/cookies.txt", directory);
    if (XBITS_SUCCEEDED(result))
        result = cookie_jar_open(disk_system(), text_c(&path), &session->cookies);
    text_dispose(&path);
    free(directory);
    return result;
}

static xbits_result open_browser(struct page_session *session)
{
    struct browser_options options = {
        .page = { .manager = session->manager,
                  .shell = session->shell,
                  .downloads = xbits_player_download_manager(session->player),
                  .surface = session->wanted->surface,
                  .cookies = session->cookies,
                  .limits = { .run_ms = (uint32_t)(session->wanted->time_limit_s * 1000) },
                  .load = page_load_by_fetch,
                  .tell = page_news_tell,
                  .user = session },
        .tell = page_news_tell_browser,
        .user = session,
    };

    return browser_open(&options, &session->browser);
}

xbits_result page_session_open(struct page_session *session)
{
    json_writer_init(&session->writer, session->cli->out, true);
    TRY(open_world(session));
    TRY(become_player(session));
    TRY(open_shell(session->wanted, page_news_ask, session, &session->shell));
    TRY(open_cookies(session));
    return open_browser(session);
}

void page_session_close(struct page_session *session)
{
    browser_close(session->browser);
    cookie_jar_close(session->cookies);
    xbits_shell_close(session->shell);
    xbits_player_close(session->player);
    xbits_manager_close(session->manager);
}

uint64_t page_session_now_ms(struct page_session *session)
{
    uint64_t now_ms = (uint64_t)(xbits_manager_time(session->manager) / CLOCK_TICKS_PER_MS);

    if (now_ms > session->now_ms)
        session->now_ms = now_ms;
    return session->now_ms;
}

xbits_result page_session_step(struct page_session *session, uint64_t *next_due_ms_out)
{
    uint64_t player_due_ms = UINT64_MAX;
    uint64_t page_due_ms = UINT64_MAX;

    TRY(xbits_player_step(session->player, page_session_now_ms(session), &player_due_ms));
    TRY(browser_step(session->browser, page_session_now_ms(session), &page_due_ms));
    json_writer_flush(&session->writer);
    fflush(session->cli->out);
    *next_due_ms_out = player_due_ms < page_due_ms ? player_due_ms : page_due_ms;
    return XBITS_S_OK;
}
