/* SPDX-License-Identifier: MIT */
#include "cli/player_news.h"

#include "base/text.h"
#include "cli/format.h"

static const struct {
    const char *sentence;
    bool is_failure; /* Told to who asks for silence, too. */
} told[] = {
    [XBITS_NEWS_ADOPTED] = { "adopted", false },
    [XBITS_NEWS_IGNORED] = { "not adopted", false },
    [XBITS_NEWS_RELEASED] = { "let go", false },
    [XBITS_NEWS_FILED] = { "filed", false },
    [XBITS_NEWS_ENDED] = { "ended", false },
    [XBITS_NEWS_FAILED] = { "failed", true },
    [XBITS_NEWS_DAMAGED] = { "filed without its tags", false },
};

#define TOLD_COUNT (sizeof told / sizeof told[0])

static void print_sentence(FILE *err, const struct xbits_player_news *news)
{
    char text[XBITS_ID_TEXT_SIZE > FORMAT_SIZE ? XBITS_ID_TEXT_SIZE : FORMAT_SIZE];

    fputs(xbits_id_format(&news->job, text), err);
    if (news->title[0] != '\0')
        fputc(' ', err);
    format_safely(err, news->title);
    fprintf(err, ": %s", told[news->kind].sentence);
    if (news->text[0] != '\0')
        fputs(": ", err);
    format_safely(err, news->text);
    if (XBITS_FAILED(news->result))
        fprintf(err, " (%s, %s)", xbits_result_name(news->result), format_code(news->result, text));
    fputc('\n', err);
}

void player_news_print_sentence(const struct cli *cli, const struct xbits_player_news *news)
{
    if ((size_t)news->kind >= TOLD_COUNT)
        return;
    if (told[news->kind].is_failure || !cli->global.is_quiet)
        print_sentence(cli->err, news);
}

void player_news_print(const struct cli *cli, const struct xbits_player_news *news)
{
    if (news->kind != XBITS_NEWS_FILED) {
        player_news_print_sentence(cli, news);
        return;
    }
    format_safely(cli->out, news->text);
    fputc('\n', cli->out);
}

void player_news_print_wait(const struct cli *cli, const struct xbits_player_item *item)
{
    char id[XBITS_ID_TEXT_SIZE];

    if (cli->global.is_quiet)
        return;
    fprintf(cli->err, "%s ", xbits_id_format(&item->job, id));
    format_safely(cli->err, item->title);
    fprintf(cli->err, ": waits after an error; `xbits why %s` says which, and until when\n", id);
}

void json_player_news(struct json_writer *writer, const struct xbits_player_news *news)
{
    char id[XBITS_ID_TEXT_SIZE], code[FORMAT_SIZE];

    json_object_begin(writer, NULL);
    json_text(writer, "news", xbits_player_news_name(news->kind));
    json_text(writer, "id", xbits_id_format(&news->job, id));
    if (news->collection != 0)
        json_number(writer, "collection", news->collection);
    else
        json_null_value(writer, "collection");
    json_text(writer, "title", text_is_utf8(news->title) ? news->title : NULL);
    json_text(writer, "result", format_code(news->result, code));
    json_text(writer, "result_name", xbits_result_name(news->result));
    json_text(writer, "text", text_is_utf8(news->text) ? news->text : NULL);
    json_object_end(writer);
}
