/* SPDX-License-Identifier: MIT */
#include "cli/page_load.h"

#include "base/url.h"
#include "cli/interrupt.h"
#include "fetch/fetch.h"

#include <string.h>

static struct cookie_place cookies_at(const struct url *url)
{
    return (struct cookie_place){ .host = url->host,
                                  .path = url->path,
                                  .is_secure = url->scheme == URL_HTTPS };
}

static xbits_result add_cookies(const struct page_session *session, const char *address,
                                struct text *line)
{
    struct url url = { 0 };
    struct cookie_place place;
    xbits_result result;

    TRY(url_parse(address, NULL, &url));
    place = cookies_at(&url);
    result = cookie_jar_get(session->cookies, &place, xbits_manager_time(session->manager), line);
    url_dispose(&url);
    return result;
}

/* The lines lose their newlines. */
static xbits_result take_lines(const struct page_session *session, const struct cookie_place *place,
                               struct text *lines)
{
    int64_t now = xbits_manager_time(session->manager);
    char *line = lines->data;

    while (line != NULL && line[0] != '\0') {
        char *end = strchr(line, '\n');

        if (end != NULL)
            *end++ = '\0';
        TRY(cookie_jar_set(session->cookies, place, line, now));
        line = end;
    }
    return XBITS_S_OK;
}

static xbits_result take_cookies(const struct page_session *session, struct fetch_answer *answer)
{
    struct url url = { 0 };
    struct cookie_place place;
    xbits_result result;

    TRY(url_parse(text_c(&answer->url), NULL, &url));
    place = cookies_at(&url);
    result = take_lines(session, &place, &answer->set_cookies);
    url_dispose(&url);
    return result;
}

static struct text move_text(struct text *text)
{
    struct text moved = *text;

    *text = (struct text){ 0 };
    return moved;
}

static bool is_given_up(void *user)
{
    struct page_session *session = user;

    session->is_interrupted = session->is_interrupted || interrupt_take();
    return session->is_interrupted;
}

xbits_result page_load_by_fetch(const char *url, struct page_content *content, void *user)
{
    const struct page_session *session = user;
    struct fetch_request request = { .url = url, .is_given_up = is_given_up, .user = user };
    struct fetch_answer answer = { 0 };
    struct text cookies = { 0 };
    xbits_result result = add_cookies(session, url, &cookies);

    request.cookies = text_c(&cookies);
    if (XBITS_SUCCEEDED(result))
        result = fetch(&request, &answer);
    if (XBITS_SUCCEEDED(result))
        result = take_cookies(session, &answer);
    if (XBITS_SUCCEEDED(result)) {
        page_content_dispose(content);
        content->url = move_text(&answer.url);
        content->content_type = move_text(&answer.content_type);
        content->body = move_text(&answer.body);
    }
    fetch_answer_dispose(&answer);
    text_dispose(&cookies);
    return result;
}
