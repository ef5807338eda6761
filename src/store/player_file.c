/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>

#include "store/filing/completion.h"
#include "xbits/file.h"

/* So many songs a step: the caller has other things to do, too. */
#define SONGS_A_STEP 16

/* The job is nobody's after that, the file ours. */
static void note_completed(struct watched *watched)
{
    watched->filing = FILING_DUE;
    watched->state = XBITS_STATE_ACKNOWLEDGED;
    watched->moves = false;
    xbits_job_close(watched->job);
    watched->job = NULL;
}

static xbits_result complete(struct xbits_player *player, struct watched *watched)
{
    const struct hand_over song = { .description = watched->adopted_text,
                                    .source_url = watched->source_url,
                                    .began = xbits_manager_time(player->manager) };
    bool is_completed = false;
    xbits_result result = completion_run(player->library, watched->job, &song, &is_completed);

    if (is_completed)
        note_completed(watched);
    return result;
}

/* A queue that could not be written brings a job back that was completed and filed: it is completed
 * once more, and its second download stays where the producer wanted it. */
static xbits_result complete_again(struct xbits_player *player, struct watched *watched)
{
    TRY(xbits_job_complete(watched->job));
    note_completed(watched);
    watched->filing = FILING_DONE;
    player_tell(player, XBITS_NEWS_ENDED, watched, "its song is in the library already");
    return XBITS_S_OK;
}

static xbits_result complete_once(struct xbits_player *player, struct watched *watched)
{
    char id[XBITS_ID_TEXT_SIZE];
    bool is_filed = false;

    TRY(library_has_song_of(player->library, xbits_id_format(&watched->id, id), &is_filed));
    return is_filed ? complete_again(player, watched) : complete(player, watched);
}

static xbits_result finish(struct xbits_player *player, struct watched *watched)
{
    struct filed_song filed = { 0 };
    xbits_result result = hand_over_finish(player->library, &watched->id,
                                           xbits_manager_time(player->manager), &filed);

    if (XBITS_SUCCEEDED(result)) {
        watched->filing = FILING_DONE;
        watched->failure = XBITS_S_OK;
        /* Without memory for it a page does not know where the song is. */
        (void)text_replace(&watched->path, text_c(&filed.path));
        if (filed.damage.length > 0)
            player_tell(player, XBITS_NEWS_DAMAGED, watched, text_c(&filed.damage));
        player_tell(player, XBITS_NEWS_FILED, watched, text_c(&filed.path));
    } else if (filed.is_given_up) {
        watched->filing = FILING_GIVEN_UP;
    }
    filed_song_dispose(&filed);
    return result;
}

static void file_song(struct xbits_player *player, struct watched *watched, uint64_t now_ms)
{
    xbits_result result = XBITS_S_OK;

    if (watched->filing == FILING_NOT_YET)
        result = complete_once(player, watched);
    if (XBITS_SUCCEEDED(result) && watched->filing == FILING_DUE)
        result = finish(player, watched);
    if (XBITS_SUCCEEDED(result))
        return;
    watched->retry_ms = now_ms + player->poll_ms;
    /* Somebody was faster: the next look at the queue says who. */
    if (result != XBITS_BG_E_INVALID_STATE)
        player_tell_failure(player, watched, result, xbits_last_error()->message);
}

/* RefreshDownload governs the queue; a song whose job was completed is in it no more. */
static bool is_due(const struct xbits_player *player, const struct watched *watched,
                   uint64_t now_ms)
{
    if (watched->verdict != WATCH_ADOPTED || watched->description.kind != XBITS_WMP_JOB ||
        now_ms < watched->retry_ms)
        return false;
    return watched->filing == FILING_DUE ||
           (player->refresh != 0 && watched->filing == FILING_NOT_YET && watched->job != NULL &&
            watched->state == XBITS_STATE_TRANSFERRED);
}

/* The oldest of the songs that are due, in their order. */
struct due_songs {
    struct watched *songs[SONGS_A_STEP];
    size_t count;
    bool has_more;
};

static void add_due(struct due_songs *due, struct watched *watched)
{
    size_t place = due->count;

    while (place > 0 && watched_compare_age(watched, due->songs[place - 1]) < 0)
        place--;
    due->has_more = due->has_more || due->count == SONGS_A_STEP;
    if (place == SONGS_A_STEP)
        return;
    if (due->count < SONGS_A_STEP)
        due->count++;
    for (size_t i = due->count - 1; i > place; i--)
        due->songs[i] = due->songs[i - 1];
    due->songs[place] = watched;
}

/* What was filed needs no more to be known as inherited. After the songs: a write of store.db holds
 * up other players. */
static void forget_filed(struct xbits_player *player, const struct due_songs *due)
{
    for (size_t i = 0; i < due->count; i++) {
        if (due->songs[i]->filing == FILING_DONE)
            player_session_forget(player, &due->songs[i]->id);
    }
    player_session_commit(player);
}

void player_file_songs(struct xbits_player *player, uint64_t now_ms, bool *has_more_out)
{
    struct due_songs due = { .count = 0 };

    for (size_t i = 0; i < player->watch.count; i++) {
        if (is_due(player, player->watch.items[i], now_ms))
            add_due(&due, player->watch.items[i]);
    }
    for (size_t i = 0; i < due.count; i++)
        file_song(player, due.songs[i], now_ms);
    forget_filed(player, &due);
    *has_more_out = due.has_more;
}

static void tell_filed(struct xbits_player *player, const struct xbits_id *job,
                       const struct filed_song *filed)
{
    if (filed->damage.length > 0)
        player_tell_of(player, XBITS_NEWS_DAMAGED, job, XBITS_S_OK, text_c(&filed->damage));
    player_tell_of(player, XBITS_NEWS_FILED, job, XBITS_S_OK, text_c(&filed->path));
}

static xbits_result finish_former(struct xbits_player *player, const struct xbits_id *job)
{
    struct filed_song filed = { 0 };
    xbits_result result =
        hand_over_finish(player->library, job, xbits_manager_time(player->manager), &filed);

    if (XBITS_SUCCEEDED(result)) {
        tell_filed(player, job, &filed);
    } else if (player->next_recovery_ms == 0 || filed.is_given_up) {
        /* Of those that are tried again the first failure is told, and that there is no more. */
        player_tell_of(player, XBITS_NEWS_FAILED, job, result, xbits_last_error()->message);
    }
    if (filed.is_given_up)
        result = XBITS_S_OK;
    filed_song_dispose(&filed);
    return result;
}

static xbits_result renew_row(struct xbits_player *player, struct xbits_job *job)
{
    struct xbits_file_snapshot file;
    struct disk_stat stat = { 0 };

    XBITS_INIT(&file);
    TRY(xbits_job_read_file(job, 0, &file));
    /* It has its local name already, and the row knows it. */
    if (file.temporary_name[0] == '\0')
        return XBITS_S_OK;
    TRY(disk_stat(player->disk, file.temporary_name, &stat));
    return hand_over_renew(player->library, xbits_job_id(job), &stat);
}

/*
 * The former player had a row and the queue has the job: Complete was never reached, or cut off.
 * Then the file may have its local name already, where the next job of that name would write over
 * it. So such a job is completed before any other; one that is not whole is a job like others.
 */
static xbits_result carry_on(struct xbits_player *player, struct xbits_job *job)
{
    const struct xbits_id *id = xbits_job_id(job);
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    TRY(xbits_job_read(job, &snapshot));
    if (snapshot.state != XBITS_STATE_TRANSFERRED)
        return hand_over_drop(player->library, id);
    TRY(renew_row(player, job));
    TRY(xbits_job_complete(job));
    return finish_former(player, id);
}

/* One that is filed may have a row all the same: the library's last write was lost after it had
 * been read. */
static bool is_followed(struct xbits_player *player, const struct xbits_id *id)
{
    const struct download *download = downloads_find(player->downloads, id);

    return watch_list_find(&player->watch, id) != NULL ||
           (downloads_has(player->downloads, id) &&
            (download == NULL || download->outcome == DOWNLOAD_GOES_ON));
}

static xbits_result recover_song(struct xbits_player *player, const struct xbits_id *id)
{
    struct xbits_job *job = NULL;
    xbits_result result;

    if (is_followed(player, id))
        return XBITS_S_OK;
    result = xbits_job_open(player->manager, id, &job);
    if (result == XBITS_BG_E_NOT_FOUND)
        return finish_former(player, id);
    if (result == XBITS_E_ACCESSDENIED)
        return hand_over_drop(player->library, id);
    TRY(result);
    /* The queue is looked at when RefreshDownload says so, and not before. */
    result = player->refresh != 0 ? carry_on(player, job) : XBITS_S_FALSE;
    xbits_job_close(job);
    return result;
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
        is_all = recover_song(player, &jobs[i]) == XBITS_S_OK && is_all;
    free(jobs);
    player->has_recovered = is_all;
    player->next_recovery_ms = now_ms + player->poll_ms;
    return XBITS_S_OK;
}
