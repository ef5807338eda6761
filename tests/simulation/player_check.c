/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include "store/filing/hand_over.h"

#include <stdlib.h>
#include <string.h>

struct trade_job *trade_find(struct trade *trade, const struct xbits_id *id)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        if (trade->jobs[i].is_known && xbits_id_equal(&trade->jobs[i].id, id))
            return &trade->jobs[i];
    }
    return NULL;
}

/* A call that failed may have made it. */
static struct trade_job *find_unknown(struct trade *trade,
                                      const struct xbits_job_snapshot *snapshot)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];

        if (!job->is_known && strcmp(job->display_name, snapshot->display_name) == 0) {
            job->is_known = true;
            job->id = snapshot->id;
            return job;
        }
    }
    return NULL;
}

static const struct trade_text *find_text(const struct trade_job *job, const char *description)
{
    for (size_t i = 0; i < job->text_count; i++) {
        if (strcmp(job->texts[i].text, description) == 0)
            return &job->texts[i];
    }
    return NULL;
}

/* What could not be written down is not so, once the queue is opened again. */
static void come_back(struct trade_job *job)
{
    job->end = END_OPEN;
    job->is_unsure = false;
    job->must_be_filed = false;
    job->was_tried = true;
}

/* Whose it is the end will show: a start may be under way that will never return. */
static bool see_download_job(struct trade *trade, const struct xbits_job_snapshot *snapshot)
{
    bool has_item = trade->download_count > 0;

    if (!claim(&trade->core, has_item && trade->left_count < TRADE_LEFT,
               "there is a job that nobody made"))
        return false;
    trade->left[trade->left_count++] = snapshot->id;
    return true;
}

static bool see_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct trade *trade = user;
    struct trade_job *job = trade_find(trade, &snapshot->id);

    if (job == NULL)
        job = find_unknown(trade, snapshot);
    if (job == NULL)
        return see_download_job(trade, snapshot);
    claim(&trade->core, job->end == END_OPEN || job->is_unsure, "job %u is there again",
          job->number);
    if (job->end != END_OPEN)
        come_back(job);
    claim(&trade->core,
          !job->may_complete || job->state != XBITS_STATE_SUSPENDED ||
              snapshot->state == XBITS_STATE_SUSPENDED,
          "the player has resumed job %u", job->number);
    job->is_present = true;
    job->state = snapshot->state;
    job->files_total = snapshot->progress.files_total;
    job->text = find_text(job, snapshot->description);
    return true;
}

struct ending {
    struct xbits_id id;
    enum trade_end end;
};

static bool see_event(const struct xbits_event *event, void *user)
{
    struct ending *ending = user;

    if (!xbits_id_equal(&event->job, &ending->id))
        return true;
    if (event->id == XBITS_EVENT_COMPLETED)
        ending->end = END_COMPLETED;
    if (event->id == XBITS_EVENT_CANCELLED)
        ending->end = END_CANCELLED;
    return true;
}

/* A Complete that was interrupted may have given a file its name; another job of that local name
 * writes over it. */
static void excuse_others(struct trade *trade, const struct trade_job *job)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *other = &trade->jobs[i];

        if (other != job && other->is_present && other->was_tried &&
            strcmp(other->local_names[0], job->local_names[0]) == 0)
            other->is_excused = true;
    }
}

static void note_completed(struct trade *trade, struct trade_job *job)
{
    bool is_ours = job->may_complete || job->was_tried;

    claim(&trade->core, is_ours || job->is_completed_here, "job %u was completed, and by nobody",
          job->number);
    job->must_be_filed = is_ours && !job->is_completed_here;
    job->may_be_filed = is_ours;
    excuse_others(trade, job);
    if (is_ours)
        (void)trade_give_up_planted(trade, job->local_names[0]);
}

static void see_end(struct trade *trade, struct trade_job *job)
{
    struct ending ending = { .id = job->id };
    xbits_result result = xbits_manager_visit_events(trade->core.manager, 0, see_event, &ending);

    claim(&trade->core, result == XBITS_S_OK || !trade_is_well(trade),
          "the event log cannot be read: %s", xbits_last_error()->message);
    /* It is asked again. */
    if (XBITS_FAILED(result))
        return;
    job->end = ending.end;
    trade->was_moved = true;
    job->is_unsure |= !trade_is_well(trade);
    trace(&trade->core, "job %u: end %d", job->number, (int)ending.end);
    if (ending.end == END_COMPLETED)
        note_completed(trade, job);
    else
        claim(&trade->core, ending.end == END_CANCELLED && job->is_cancelled_here,
              "job %u is gone, and nobody has cancelled it", job->number);
}

static void see_registry(struct trade *trade)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    struct store_list stores = { 0 };

    if (XBITS_FAILED(xbits_registry_get(trade->look, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value)) ||
        XBITS_FAILED(store_list_read(&stores, trade->look))) {
        claim(&trade->core, !trade_is_on(trade), "the registry cannot be read: %s",
              xbits_last_error()->message);
        return;
    }
    trade->refresh = value.kind == XBITS_KIND_U32 ? value.as.u32 : 0;
    for (size_t i = 0; i < TRADE_STORES; i++)
        trade->is_installed[i] = store_list_has(&stores, trade_stores[i]);
    xbits_value_dispose(&value);
    store_list_dispose(&stores);
}

void trade_see(struct trade *trade)
{
    bool was_present[TRADE_JOBS] = { false };

    see_registry(trade);
    for (size_t i = 0; i < trade->job_count; i++) {
        was_present[i] = trade->jobs[i].is_known && trade->jobs[i].end == END_OPEN;
        trade->jobs[i].is_present = false;
    }
    trade->left_count = 0;
    claim(&trade->core,
          xbits_manager_visit_jobs(trade->core.manager, XBITS_SCOPE_MINE, see_job, trade) ==
              XBITS_S_OK,
          "the jobs cannot be listed");
    for (size_t i = 0; i < trade->job_count && !has_failed(&trade->core); i++) {
        if (was_present[i] && !trade->jobs[i].is_present)
            see_end(trade, &trade->jobs[i]);
    }
}

static void check_songs(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        const struct trade_job *job = &trade->jobs[i];

        claim(&trade->core, job->copies <= 1, "song %u is %u times in the library", job->number,
              job->copies);
        claim(&trade->core, job->entries <= job->copies, "song %u has %u entries", job->number,
              job->entries);
        claim(&trade->core, job->copies == 0 || job->may_be_filed || job->was_tried,
              "song %u is in the library, and must not be", job->number);
        claim(&trade->core, !job->was_filed || !trade->has_entries || job->entries == 1,
              "song %u was filed, and has %u entries", job->number, job->entries);
    }
}

void trade_check(struct trade *trade)
{
    trade_see(trade);
    if (has_failed(&trade->core) || !trade_is_on(trade))
        return;
    trade_check_files(trade, false);
    if (!trade_is_on(trade))
        return;
    check_songs(trade);
    if (!has_failed(&trade->core))
        trade_check_downloads(trade);
}

/* Of what is left in the queue nothing waits for the player, or for time to pass. */
static void check_left(struct trade *trade, const struct trade_job *job)
{
    bool is_hopeless = false;

    for (unsigned i = 0; i < job->file_count; i++)
        is_hopeless |= trade->resources[job->resources[i]].luck == LUCK_NONE;
    if (job->state == XBITS_STATE_TRANSFERRED)
        claim(&trade->core,
              !trade_fits(trade, job) || job->is_excused || job->text->kind == XBITS_WMP_STATUS ||
                  job->adopted_text->kind == XBITS_WMP_STATUS,
              "job %u is TRANSFERRED, and was not filed", job->number);
    else
        claim(&trade->core,
              job->state == XBITS_STATE_SUSPENDED ||
                  (job->state == XBITS_STATE_ERROR && is_hopeless),
              "job %u is left in %s", job->number, xbits_state_name(job->state));
}

static void check_journal(struct trade *trade)
{
    struct xbits_id *jobs = NULL;
    size_t count = 0;

    claim(&trade->core,
          hand_over_list(trade->player->library, &jobs, &count) == XBITS_S_OK && count == 0,
          "%zu songs wait in the journal", count);
    free(jobs);
}

void trade_check_end(struct trade *trade)
{
    trade_check_files(trade, true);
    check_songs(trade);
    check_journal(trade);
    for (size_t i = 0; i < trade->job_count; i++) {
        const struct trade_job *job = &trade->jobs[i];

        claim(&trade->core, job->entries == job->copies, "song %u has %u files and %u entries",
              job->number, job->copies, job->entries);
        claim(&trade->core, !job->must_be_filed || job->is_excused || job->entries == 1,
              "song %u is missing", job->number);
        if (job->is_present)
            check_left(trade, job);
    }
    if (!has_failed(&trade->core))
        trade_check_downloads_end(trade);
}
