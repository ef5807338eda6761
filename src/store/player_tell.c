/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include "base/log.h"
#include "store/download/download_source.h"

static const char *const names[] = {
    [XBITS_NEWS_ADOPTED] = "ADOPTED",   [XBITS_NEWS_IGNORED] = "IGNORED",
    [XBITS_NEWS_RELEASED] = "RELEASED", [XBITS_NEWS_FILED] = "FILED",
    [XBITS_NEWS_ENDED] = "ENDED",       [XBITS_NEWS_FAILED] = "FAILED",
    [XBITS_NEWS_DAMAGED] = "DAMAGED",
};

const char *xbits_player_news_name(enum xbits_player_news_kind kind)
{
    return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "unknown";
}

static void tell(struct xbits_player *player, struct xbits_player_news *news)
{
    char id[XBITS_ID_TEXT_SIZE];

    news->size = sizeof *news;
    log_line(LOG_STORE, "player: %s %s %s", xbits_id_format(&news->job, id),
             xbits_player_news_name(news->kind), news->text);
    if (player->tell != NULL)
        player->tell(news, player->user);
}

static void tell_watched(struct xbits_player *player, enum xbits_player_news_kind kind,
                         const struct watched *watched, xbits_result result, const char *text)
{
    struct xbits_player_news news = {
        .kind = kind,
        .job = watched->id,
        .collection = watched->description.service_id,
        .result = result,
        .title = watched->title != NULL ? watched->title : "",
        .text = text,
    };

    tell(player, &news);
}

void player_tell(struct xbits_player *player, enum xbits_player_news_kind kind,
                 const struct watched *watched, const char *text)
{
    tell_watched(player, kind, watched, XBITS_S_OK, text);
}

void player_tell_failure(struct xbits_player *player, struct watched *watched, xbits_result result,
                         const char *text)
{
    if (watched->failure == result)
        return;
    watched->failure = result;
    tell_watched(player, XBITS_NEWS_FAILED, watched, result, text);
}

void player_tell_of(struct xbits_player *player, enum xbits_player_news_kind kind,
                    const struct xbits_id *job, xbits_result result, const char *text)
{
    struct xbits_player_news news = {
        .kind = kind, .job = *job, .result = result, .title = "", .text = text
    };

    tell(player, &news);
}

void player_tell_download(enum xbits_player_news_kind kind, const struct download *download,
                          xbits_result result, const char *text, void *user)
{
    struct text title = { 0 };
    struct xbits_player_news news = {
        .kind = kind,
        .job = download->job_id,
        .collection = download->collection,
        .result = result,
        .text = text,
    };

    /* Without memory it has no title. */
    (void)download_source_name(download->source_url, &title);
    news.title = text_c(&title);
    tell(user, &news);
    text_dispose(&title);
}
