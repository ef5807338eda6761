/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

typedef void hear(struct trade *trade, struct trade_job *job, const struct xbits_player_news *news);

static void hear_adopted(struct trade *trade, struct trade_job *job,
                         const struct xbits_player_news *news)
{
    claim(&trade->core, !job->is_adopted, "job %u is adopted twice", job->number);
    if (!claim(&trade->core, trade_fits(trade, job), "job %u is adopted, and must not be",
               job->number))
        return;
    claim(&trade->core, news->collection == job->text->service_id, "job %u: collection %d",
          job->number, (int)news->collection);
    job->is_adopted = true;
    job->is_session_over = false;
    job->adopted_text = job->text;
}

static void hear_ignored(struct trade *trade, struct trade_job *job,
                         const struct xbits_player_news *news)
{
    claim(&trade->core, !trade_fits(trade, job), "job %u is ignored: %s", job->number, news->text);
}

static void hear_released(struct trade *trade, struct trade_job *job,
                          const struct xbits_player_news *news)
{
    claim(&trade->core, job->is_adopted, "job %u is released, and was not adopted", job->number);
    claim(&trade->core, !trade_fits(trade, job) || job->text->kind != job->adopted_text->kind,
          "job %u is released: %s", job->number, news->text);
    job->is_adopted = false;
    job->may_be_inherited = true;
}

static void hear_filed(struct trade *trade, struct trade_job *job,
                       const struct xbits_player_news *news)
{
    (void)news;
    claim(&trade->core, !job->was_filed, "job %u is filed twice", job->number);
    job->was_filed = true;
    job->is_session_over = true;
}

static void hear_ended(struct trade *trade, struct trade_job *job,
                       const struct xbits_player_news *news)
{
    claim(&trade->core, job->is_adopted, "job %u ended, and was not adopted", job->number);
    /* A job that came back after its song was filed is ended without a second one. */
    claim(&trade->core, job->is_completed_here || job->is_cancelled_here || job->was_filed,
          "job %u: %s, but nobody did it", job->number, news->text);
    job->is_session_over = true;
    job->has_second |= job->was_filed;
}

static void hear_failed(struct trade *trade, struct trade_job *job,
                        const struct xbits_player_news *news)
{
    trace(&trade->core, "job %u: %s", job->number, news->text);
    claim(&trade->core,
          news->result == XBITS_BG_E_HTTP_ERROR_404 || trade->is_shaken || !trade_is_on(trade) ||
              job->is_excused,
          "job %u in %s failed: %s", job->number, xbits_state_name(job->state), news->text);
}

static void hear_damaged(struct trade *trade, struct trade_job *job,
                         const struct xbits_player_news *news)
{
    (void)trade;
    (void)job;
    (void)news;
}

static hear *const hearers[] = {
    [XBITS_NEWS_ADOPTED] = hear_adopted,   [XBITS_NEWS_IGNORED] = hear_ignored,
    [XBITS_NEWS_RELEASED] = hear_released, [XBITS_NEWS_FILED] = hear_filed,
    [XBITS_NEWS_ENDED] = hear_ended,       [XBITS_NEWS_FAILED] = hear_failed,
    [XBITS_NEWS_DAMAGED] = hear_damaged,
};

/* xbits_player_tell */
void trade_hear(const struct xbits_player_news *news, void *user)
{
    struct trade *trade = user;
    struct trade_job *job = trade_find(trade, &news->job);
    struct trade_download *download = trade_find_download(trade, &news->job);

    if (download != NULL) {
        trade_hear_of_download(trade, download, news);
        return;
    }
    /* Of a start that has not returned yet, or never did. */
    if (job == NULL && trade->is_shaken && trade->download_count > 0)
        return;
    if (!claim(&trade->core, job != NULL, "news of a job that nobody made"))
        return;
    trace(&trade->core, "job %u: %s %s", job->number, xbits_player_news_name(news->kind),
          xbits_result_name(news->result));
    hearers[news->kind](trade, job, news);
}
