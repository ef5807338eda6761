/* SPDX-License-Identifier: MIT */
#include "cli/page_news.h"

#include "cli/format.h"
#include "cli/outcome.h"
#include "cli/player_news.h"

/* The kinds of news whose session has failed. */
static bool is_failure(enum page_news_kind kind)
{
    return kind == PAGE_ERROR || kind == PAGE_STOPPED || kind == PAGE_MISSING;
}

static void print_json(struct page_session *session, const char *word, const char *pane,
                       const char *text)
{
    struct json_writer *writer = &session->writer;

    json_object_begin(writer, NULL);
    json_text(writer, "page", word);
    if (pane != NULL)
        json_text(writer, "pane", pane);
    json_text(writer, "text", text_is_utf8(text) ? text : NULL);
    json_object_end(writer);
}

/* "page: dialog: Buy it?" */
static void print_text(const struct cli *cli, const char *word, const char *pane, const char *text)
{
    fprintf(cli->err, "page: %s", word);
    if (pane != NULL) {
        fputs(": ", cli->err);
        format_safely(cli->err, pane);
    }
    fputs(": ", cli->err);
    format_safely(cli->err, text);
    fputc('\n', cli->err);
}

void page_news_tell(enum page_news_kind kind, const char *text, void *user)
{
    struct page_session *session = user;

    session->error_count += is_failure(kind);
    if (session->cli->global.is_json)
        print_json(session, page_news_name(kind), NULL, text);
    else if (is_failure(kind) || !session->cli->global.is_quiet)
        print_text(session->cli, page_news_name(kind), NULL, text);
}

void page_news_tell_browser(enum browser_news_kind kind, const char *pane_name, const char *text,
                            void *user)
{
    static const char *const words[] = {
        [BROWSER_LOADED] = "loaded", [BROWSER_NAVIGATED] = "navigated", [BROWSER_FAILED] = "failed"
    };
    struct page_session *session = user;
    const char *pane = kind == BROWSER_NAVIGATED ? pane_name : NULL;

    session->error_count += kind == BROWSER_FAILED;
    if (session->cli->global.is_json)
        print_json(session, words[kind], pane, text);
    else if (kind == BROWSER_FAILED || !session->cli->global.is_quiet)
        print_text(session->cli, words[kind], pane, text);
}

void page_news_tell_player(const struct xbits_player_news *news, void *user)
{
    struct page_session *session = user;

    session->filed_count += news->kind == XBITS_NEWS_FILED;
    session->failed_count += news->kind == XBITS_NEWS_FAILED;
    if (session->cli->global.is_json)
        json_player_news(&session->writer, news);
    else
        player_news_print_sentence(session->cli, news);
}

bool page_news_ask(const char *key, void *user)
{
    struct page_session *session = user;

    if (session->cli->global.is_json)
        print_json(session, "refused", NULL, key);
    else if (!session->cli->global.is_quiet)
        print_text(session->cli, "refused", "to go over to another store", key);
    return false;
}

void page_news_value(struct page_session *session, const char *expression, const char *value)
{
    struct json_writer *writer = &session->writer;

    if (!session->cli->global.is_json) {
        format_safely(session->cli->out, value);
        fputc('\n', session->cli->out);
        return;
    }
    json_object_begin(writer, NULL);
    json_text(writer, "eval", expression);
    json_text(writer, "value", text_is_utf8(value) ? value : NULL);
    json_object_end(writer);
}

void page_news_summarise(struct page_session *session, enum cli_exit how)
{
    struct json_writer *writer = &session->writer;

    if (how == CLI_INTERRUPTED)
        fputs("xbits: interrupted; the jobs stay in the queue\n", session->cli->err);
    if (!session->cli->global.is_json)
        return;
    json_object_begin(writer, NULL);
    json_text(writer, "outcome", outcome_name(how));
    json_number(writer, "errors", (int64_t)session->error_count);
    json_number(writer, "filed", (int64_t)session->filed_count);
    json_number(writer, "failed", (int64_t)session->failed_count);
    json_object_end(writer);
    json_writer_flush(writer);
}
