/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>

#include "store/hand_over.h"
#include "xbits/file.h"

/* So many songs a step: the caller has other things to do, too. */
#define SONGS_A_STEP 16

/* The journal's row: it knows the file that Complete is going to rename. */
static xbits_result begin_row(struct xbits_player *player, struct watched *watched)
{
    struct xbits_file_snapshot file;
    struct disk_stat stat = { 0 };
    struct hand_over song = { .job = watched->id,
                              .description = watched->adopted_text,
                              .source_url = watched->source_url,
                              .began = xbits_manager_time(player->manager) };

    XBITS_INIT(&file);
    TRY(xbits_job_read_file(watched->job, 0, &file));
    /* A Complete that was interrupted can have given the file its name already. */
    TRY(disk_stat(player->disk,
                  file.temporary_name[0] != '\0' ? file.temporary_name : file.local_name, &stat));
    song.local_name = (char *)file.local_name;
    song.device = stat.device;
    song.inode = stat.inode;
    song.file_size = stat.size;
    return hand_over_begin(player->library, &song);
}

/* The job is nobody's after that, the file ours. */
static xbits_result complete(struct xbits_player *player, struct watched *watched)
{
    struct xbits_error why;
    xbits_result result;

    TRY(begin_row(player, watched));
    result = xbits_job_complete(watched->job);
    if (XBITS_FAILED(result)) {
        why = *xbits_last_error();
        (void)hand_over_drop(player->library, &watched->id);
        return xbits_fail_again(&why);
    }
    watched->filing = FILING_DUE;
    watched->state = XBITS_STATE_ACKNOWLEDGED;
    watched->moves = false;
    xbits_job_close(watched->job);
    watched->job = NULL;
    return XBITS_S_OK;
}

static xbits_result finish(struct xbits_player *player, struct watched *watched)
{
    struct filed_song filed = { 0 };
    xbits_result result = hand_over_finish(player->library, &watched->id,
                                           xbits_manager_time(player->manager), &filed);

    if (XBITS_SUCCEEDED(result)) {
        watched->filing = FILING_DONE;
        watched->failure = XBITS_S_OK;
        if (filed.damage.length > 0)
            player_tell(player, XBITS_NEWS_DAMAGED, watched, text_c(&filed.damage));
        player_tell(player, XBITS_NEWS_FILED, watched, text_c(&filed.path));
        /* It only serves to say what is inherited. */
        (void)session_forget(player->session, &watched->id);
    }
    filed_song_dispose(&filed);
    return result;
}

static void file_song(struct xbits_player *player, struct watched *watched, uint64_t now_ms)
{
    xbits_result result = XBITS_S_OK;

    if (watched->filing == FILING_NOT_YET)
        result = complete(player, watched);
    if (XBITS_SUCCEEDED(result))
        result = finish(player, watched);
    if (XBITS_SUCCEEDED(result))
        return;
    watched->retry_ms = now_ms + player->poll_ms;
    /* Somebody was faster: the next look at the queue says who. */
    if (result != XBITS_BG_E_INVALID_STATE)
        player_tell_failure(player, watched, result, xbits_last_error()->message);
    /* The journal has given it up: there is nothing left to try. */
    if (result == XBITS_ERROR_FILE_NOT_FOUND && watched->filing == FILING_DUE)
        watched->retry_ms = UINT64_MAX;
}

static bool is_due(const struct watched *watched, uint64_t now_ms)
{
    if (watched->verdict != WATCH_ADOPTED || watched->description.kind != XBITS_WMP_JOB ||
        now_ms < watched->retry_ms)
        return false;
    return watched->filing == FILING_DUE ||
           (watched->filing == FILING_NOT_YET && watched->job != NULL &&
            watched->state == XBITS_STATE_TRANSFERRED);
}

void player_file_songs(struct xbits_player *player, uint64_t now_ms, bool *has_more_out)
{
    size_t tried = 0;

    *has_more_out = false;
    for (size_t i = 0; i < player->watch.count; i++) {
        struct watched *watched = player->watch.items[i];

        if (!is_due(watched, now_ms))
            continue;
        if (tried++ == SONGS_A_STEP) {
            *has_more_out = true;
            break;
        }
        file_song(player, watched, now_ms);
    }
    (void)session_commit(player->session);
}

/* Is the job still there? Then the former player had not come to Complete. */
static xbits_result look_for_job(struct xbits_player *player, const struct xbits_id *id,
                                 bool *is_there_out)
{
    struct xbits_job *job = NULL;
    xbits_result result = xbits_job_open(player->manager, id, &job);

    xbits_job_close(job);
    *is_there_out = result != XBITS_BG_E_NOT_FOUND;
    if (result == XBITS_BG_E_NOT_FOUND || result == XBITS_E_ACCESSDENIED)
        return XBITS_S_OK;
    return result;
}

static xbits_result recover_song(struct xbits_player *player, const struct xbits_id *job)
{
    struct filed_song filed = { 0 };
    bool is_there = false;
    xbits_result result;

    if (watch_list_find(&player->watch, job) != NULL)
        return XBITS_S_OK;
    TRY(look_for_job(player, job, &is_there));
    /* It will be filed as any other. */
    if (is_there)
        return hand_over_drop(player->library, job);
    result = hand_over_finish(player->library, job, xbits_manager_time(player->manager), &filed);
    if (XBITS_SUCCEEDED(result)) {
        if (filed.damage.length > 0)
            player_tell_of(player, XBITS_NEWS_DAMAGED, job, XBITS_S_OK, text_c(&filed.damage));
        player_tell_of(player, XBITS_NEWS_FILED, job, XBITS_S_OK, text_c(&filed.path));
    } else {
        player_tell_of(player, XBITS_NEWS_FAILED, job, result, xbits_last_error()->message);
    }
    filed_song_dispose(&filed);
    /* The row is gone with it. */
    return result == XBITS_ERROR_FILE_NOT_FOUND ? XBITS_S_OK : result;
}

xbits_result player_recover(struct xbits_player *player, uint64_t now_ms)
{
    struct xbits_id *jobs = NULL;
    size_t count = 0;
    bool is_all = true;

    if (player->has_recovered || now_ms < player->next_recovery_ms)
        return XBITS_S_OK;
    TRY(hand_over_list(player->library, &jobs, &count));
    for (size_t i = 0; i < count; i++)
        is_all = XBITS_SUCCEEDED(recover_song(player, &jobs[i])) && is_all;
    free(jobs);
    player->has_recovered = is_all;
    player->next_recovery_ms = now_ms + player->poll_ms;
    return XBITS_S_OK;
}
