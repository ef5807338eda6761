/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool was_judged(const struct xbits_player *player, const struct watched *watched,
                       const struct xbits_job_snapshot *snapshot)
{
    return watched->generation == player->generation &&
           watched->file_count == snapshot->progress.files_total &&
           strcmp(watched->text, snapshot->description) == 0;
}

static xbits_result judge_known(struct xbits_player *player,
                                const struct xbits_job_snapshot *snapshot, struct watched *watched)
{
    if (was_judged(player, watched, snapshot))
        return XBITS_S_OK;
    if (watched->verdict == WATCH_ADOPTED)
        return player_judge_again(player, snapshot, watched);
    return player_judge(player, snapshot, watched);
}

static xbits_result watch(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                          struct watched **watched_out)
{
    struct watched *watched = calloc(1, sizeof *watched);
    xbits_result result;

    if (watched == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a watched job");
    watched->number = ++player->newest_number;
    watched->id = snapshot->id;
    result = text_copy(snapshot->display_name, &watched->title);
    if (XBITS_SUCCEEDED(result))
        result = watch_list_add(&player->watch, watched);
    if (XBITS_FAILED(result)) {
        watched_free(watched);
        return result;
    }
    *watched_out = watched;
    return XBITS_S_OK;
}

/* Ordinary jobs are not kept in mind. One that is to be judged is: what is told of it is told once,
 * whatever fails after that. */
static xbits_result judge_new(struct xbits_player *player,
                              const struct xbits_job_snapshot *snapshot,
                              struct watched **watched_out)
{
    *watched_out = NULL;
    if (!player_is_meant(snapshot->description))
        return XBITS_S_OK;
    TRY(watch(player, snapshot, watched_out));
    return player_judge(player, snapshot, *watched_out);
}

/* A timer moves it, or the engine; nobody else needs to do anything. Of an engine that does not
 * tell what its jobs wait for, the best is believed. */
static bool is_moving(const struct xbits_job_snapshot *job)
{
    bool is_known = (job->known & XBITS_KNOWS_WAITING) != 0;

    if (job->state == XBITS_STATE_TRANSIENT_ERROR)
        return !is_known || job->waiting_until != 0;
    return ((1u << job->state) & XBITS_STATES_ACTIVE) != 0 &&
           job->waiting_for != XBITS_WAITING_NETWORK && job->waiting_for != XBITS_WAITING_OWNER;
}

static void update(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                   struct watched *watched)
{
    bool is_new_state = watched->state != snapshot->state;

    watched->state = snapshot->state;
    watched->moves = is_moving(snapshot);
    watched->bytes_total = snapshot->progress.bytes_total;
    watched->bytes_transferred = snapshot->progress.bytes_transferred;
    if (is_new_state)
        watched->failure = XBITS_S_OK;
    if (snapshot->state == XBITS_STATE_ERROR)
        player_tell_failure(player, watched, snapshot->error.result, snapshot->error.message);
}

static xbits_result look_at_job(struct xbits_player *player,
                                const struct xbits_job_snapshot *snapshot)
{
    struct watched *watched = watch_list_find(&player->watch, &snapshot->id);
    xbits_result result;

    if (downloads_has(player->downloads, &snapshot->id))
        return XBITS_S_OK;
    result = watched != NULL ? judge_known(player, snapshot, watched)
                             : judge_new(player, snapshot, &watched);
    /* It ended between the look and this moment: the next look finds it gone. */
    if (result == XBITS_BG_E_NOT_FOUND)
        return XBITS_S_OK;
    TRY(result);
    if (watched == NULL)
        return XBITS_S_OK;
    watched->seen = player->pass;
    if (watched->verdict == WATCH_ADOPTED)
        update(player, snapshot, watched);
    return XBITS_S_OK;
}

/* xbits_job_visit */
static bool visit_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct xbits_player *player = user;

    player->visit_result = look_at_job(player, snapshot);
    return XBITS_SUCCEEDED(player->visit_result);
}

static void end_item(struct xbits_player *player, struct watched *watched, const char *text)
{
    player_tell(player, XBITS_NEWS_ENDED, watched, text);
    player_session_forget(player, &watched->id);
    watched->moves = false;
    xbits_job_close(watched->job);
    watched->job = NULL;
}

/* An item has no state for that it ended and nobody knows how. */
static xbits_result end_lost(struct xbits_player *player, struct watched *watched)
{
    watched->state = XBITS_STATE_CANCELLED;
    end_item(player, watched, "it left the queue, which does not know any more how it ended");
    return XBITS_S_OK;
}

/* A job that left the queue can still be read by who holds it. One that goes on without being in
 * the user's part of it has another owner now. */
static xbits_result read_last_state(struct xbits_player *player, struct watched *watched)
{
    struct xbits_job_snapshot snapshot;
    xbits_result result;

    XBITS_INIT(&snapshot);
    result = xbits_job_read(watched->job, &snapshot);
    if (result == XBITS_BG_E_NOT_FOUND)
        return end_lost(player, watched);
    if (result == XBITS_E_ACCESSDENIED)
        return player_release(player, watched, xbits_last_error()->message);
    TRY(result);
    if (((1u << snapshot.state) & XBITS_STATES_FINAL) == 0)
        return player_release(player, watched, "it is another user's now");
    watched->state = snapshot.state;
    watched->bytes_total = snapshot.progress.bytes_total;
    watched->bytes_transferred = snapshot.progress.bytes_transferred;
    end_item(player, watched,
             snapshot.state == XBITS_STATE_ACKNOWLEDGED ? "somebody else completed it"
                                                        : "it was cancelled");
    return XBITS_S_OK;
}

static xbits_result look_at_missing(struct xbits_player *player)
{
    for (size_t i = 0; i < player->watch.count; i++) {
        struct watched *watched = player->watch.items[i];

        if (watched->seen != player->pass && watched->job != NULL)
            TRY(read_last_state(player, watched));
    }
    return XBITS_S_OK;
}

/* Items stay until the session ends; of the others nothing is kept when their job is gone. */
static bool is_forgotten(const struct watched *watched, const void *user)
{
    const struct xbits_player *player = user;

    return watched->verdict == WATCH_IGNORED && watched->seen != player->pass;
}

static xbits_result look(struct xbits_player *player)
{
    player->pass++;
    player->visit_result = XBITS_S_OK;
    TRY(xbits_manager_visit_jobs(player->manager, XBITS_SCOPE_MINE, visit_job, player));
    TRY(player->visit_result);
    watch_list_remove_if(&player->watch, is_forgotten, player);
    return look_at_missing(player);
}

xbits_result player_look_at_queue(struct xbits_player *player)
{
    xbits_result result = look(player);

    watch_list_sort(&player->watch);
    if (XBITS_SUCCEEDED(result))
        player_session_forget_others(player);
    player_session_commit(player);
    return result;
}
