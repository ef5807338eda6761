/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <string.h>

/* As the state of a job is told on a page. */
static const enum xbits_download_state states[XBITS_STATE_COUNT] = {
    [XBITS_STATE_QUEUED] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_CONNECTING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_SUSPENDED] = XBITS_DOWNLOAD_PAUSED,
    [XBITS_STATE_ERROR] = XBITS_DOWNLOAD_CANCELED,
    [XBITS_STATE_TRANSIENT_ERROR] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRED] = XBITS_DOWNLOAD_PROCESSING,
    [XBITS_STATE_ACKNOWLEDGED] = XBITS_DOWNLOAD_COMPLETED,
    [XBITS_STATE_CANCELLED] = XBITS_DOWNLOAD_CANCELED,
};

struct visit {
    struct trade *trade;
    size_t count;
    int64_t creation;
};

static enum xbits_download_state expected_state(const struct trade_job *job,
                                                const struct xbits_player_item *item)
{
    if (job->is_present)
        return states[item->job_state];
    if (job->end == END_CANCELLED)
        return XBITS_DOWNLOAD_CANCELED;
    if (job->must_be_filed && !job->was_filed)
        return XBITS_DOWNLOAD_PROCESSING;
    return XBITS_DOWNLOAD_COMPLETED;
}

static void check_item(struct trade *trade, const struct trade_job *job,
                       const struct xbits_player_item *item)
{
    enum xbits_download_state expected = expected_state(job, item);

    claim(&trade->core, job->is_adopted, "job %u is an item, and was not adopted", job->number);
    claim(&trade->core,
          !job->is_present || trade->was_moved || trade->has_fault || item->job_state == job->state,
          "job %u is %s, its item %s", job->number, xbits_state_name(job->state),
          xbits_state_name(item->job_state));
    claim(&trade->core, item->state == expected || job->was_tried,
          "job %u: its item is %s, expected %s", job->number,
          xbits_download_state_name(item->state), xbits_download_state_name(expected));
    claim(&trade->core, item->is_filed == job->was_filed, "job %u: its item is%s filed",
          job->number, item->is_filed ? "" : " not");
    if (job->adopted_text == NULL)
        return;
    claim(&trade->core,
          item->collection == job->adopted_text->service_id &&
              item->kind == job->adopted_text->kind,
          "job %u: its item is of another kind", job->number);
}

static bool visit_item(const struct xbits_player_item *item, void *user)
{
    struct visit *visit = user;
    struct trade *trade = visit->trade;
    struct trade_job *job = trade_find(trade, &item->job);

    /* Without its database a player takes its own for strangers'. */
    if (job == NULL && trade->is_shaken && trade->download_count > 0)
        return true;
    visit->count++;
    claim(&trade->core, item->creation >= visit->creation, "the items are not in their order");
    visit->creation = item->creation;
    if (claim(&trade->core, job != NULL, "an item of a job that nobody made"))
        check_item(trade, job, item);
    return true;
}

/* What the producer sent, or nothing when a former session had it. */
static void check_info(struct trade *trade, const struct trade_job *job)
{
    for (size_t i = 0; i < TRADE_INFO; i++) {
        const char *text = NULL;
        bool is_sent;

        if (!claim(&trade->core,
                   xbits_player_item_info(trade->player, &job->id, trade_info[i], &text) ==
                       XBITS_S_OK,
                   "job %u has no %s", job->number, trade_info[i]))
            return;
        is_sent = strcmp(text, job->adopted_text->info[i]) == 0;
        claim(&trade->core,
              (is_sent && (!job->must_be_inherited || text[0] == '\0')) ||
                  (text[0] == '\0' && job->may_be_inherited),
              "job %u: %s is \"%s\" and was \"%s\" (inherited: may %d must %d)", job->number,
              trade_info[i], text, job->adopted_text->info[i], (int)job->may_be_inherited,
              (int)job->must_be_inherited);
    }
}

static void check_adopted(struct trade *trade, size_t *count_out)
{
    size_t present = 0;
    size_t count = 0;

    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];

        present += job->is_present;
        count += job->is_adopted;
        claim(&trade->core, !job->is_present || job->is_adopted == trade_fits(trade, job),
              "job %u is%s adopted", job->number, job->is_adopted ? "" : " not");
        if (job->is_adopted && !has_failed(&trade->core))
            check_info(trade, job);
        if (!trade->has_looked && !job->is_adopted)
            job->must_be_inherited = false;
    }
    claim(&trade->core, trade->player->watch.count <= present + count + trade->left_count,
          "%zu jobs are watched, %zu are there and %zu items", trade->player->watch.count, present,
          count);
    *count_out = count;
}

void trade_check_items(struct trade *trade)
{
    struct visit visit = { .trade = trade };
    size_t count = 0;

    check_adopted(trade, &count);
    claim(&trade->core,
          xbits_player_visit_items(trade->player, 0, visit_item, &visit) == XBITS_S_OK,
          "the items cannot be visited");
    claim(&trade->core, visit.count == count, "%zu items, and %zu were adopted", visit.count,
          count);
    trade->has_looked = true;
}
