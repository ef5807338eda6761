/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "store/download/download_state.h"

enum xbits_download_state player_state_of(const struct watched *watched)
{
    switch (watched->filing) {
    case FILING_DONE:
        return XBITS_DOWNLOAD_COMPLETED;
    case FILING_DUE:
        return XBITS_DOWNLOAD_PROCESSING;
    case FILING_GIVEN_UP:
        return XBITS_DOWNLOAD_CANCELED;
    case FILING_NOT_YET:
        break;
    }
    return download_state_of_job(watched->state);
}

/* With RefreshDownload 0 nobody sees how a download goes on. */
static bool can_go_on(const struct xbits_player *player, const struct watched *watched)
{
    bool is_seen = player->refresh != 0 && watched->job != NULL;

    if (is_seen && watched->moves)
        return true;
    return player->adopts && watched->description.kind == XBITS_WMP_JOB &&
           watched->failure == XBITS_S_OK &&
           (watched->filing == FILING_DUE ||
            (is_seen && watched->state == XBITS_STATE_TRANSFERRED));
}

static struct xbits_player_item item_of(const struct xbits_player *player,
                                        const struct watched *watched)
{
    return (struct xbits_player_item){
        .size = sizeof(struct xbits_player_item),
        .job = watched->id,
        .collection = watched->description.service_id,
        .kind = watched->description.kind,
        .state = player_state_of(watched),
        .job_state = watched->state,
        .bytes_total = watched->bytes_total,
        .bytes_transferred = watched->bytes_transferred,
        .creation = watched->creation,
        .source_url = watched->source_url,
        .title = watched->title,
        .is_filed = watched->filing == FILING_DONE,
        .can_go_on = can_go_on(player, watched),
    };
}

static int compare_age(const void *a, const void *b)
{
    const struct watched *const *left = a;
    const struct watched *const *right = b;

    return watched_compare_age(*left, *right);
}

/* Returns how many. */
static size_t select_items(const struct xbits_player *player, int32_t collection,
                           const struct watched **selected)
{
    size_t count = 0;

    for (size_t i = 0; i < player->watch.count; i++) {
        const struct watched *watched = player->watch.items[i];

        if (watched->verdict == WATCH_ADOPTED &&
            (collection == 0 || watched->description.service_id == collection))
            selected[count++] = watched;
    }
    qsort(selected, count, sizeof(struct watched *), compare_age);
    return count;
}

xbits_result xbits_player_visit_items(struct xbits_player *player, int32_t collection,
                                      xbits_player_item_visit *visit, void *user)
{
    const struct watched **selected;
    size_t count;

    TRY(player_check(player));
    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "visit is NULL");
    if (player->watch.count == 0)
        return XBITS_S_OK;
    selected = malloc(player->watch.count * sizeof(struct watched *));
    if (selected == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu items", player->watch.count);
    count = select_items(player, collection, selected);
    for (size_t i = 0; i < count; i++) {
        struct xbits_player_item item = item_of(player, selected[i]);

        if (!visit(&item, user))
            break;
    }
    free(selected);
    return XBITS_S_OK;
}

xbits_result player_find_item(struct xbits_player *player, const struct xbits_id *job,
                              struct watched **watched_out)
{
    char id[XBITS_ID_TEXT_SIZE];
    struct watched *watched;

    TRY(player_check(player));
    TRY(argument_pointer("the job's id", job));
    watched = watch_list_find(&player->watch, job);
    if (watched == NULL || watched->verdict != WATCH_ADOPTED)
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "the player has no item of job %s",
                          xbits_id_format(job, id));
    *watched_out = watched;
    return XBITS_S_OK;
}

xbits_result xbits_player_item_info(struct xbits_player *player, const struct xbits_id *job,
                                    const char *name, const char **text_out)
{
    struct watched *watched;

    TRY(player_check(player));
    TRY(argument_text("the name", name));
    TRY(argument_pointer("text_out", text_out));
    if (player->version == XBITS_PLAYER_WMP9)
        return xbits_fail(XBITS_E_NOTIMPL, "getItemInfo came with Windows Media Player 10");
    TRY(player_find_item(player, job, &watched));
    *text_out = watched->is_inherited ? "" : xbits_wmp_item_info(&watched->description, name);
    return XBITS_S_OK;
}

static xbits_result ask(struct xbits_player *player, const struct xbits_id *job,
                        xbits_result (*request)(struct xbits_job *job))
{
    char id[XBITS_ID_TEXT_SIZE];
    struct watched *watched;

    TRY(player_find_item(player, job, &watched));
    TRY(player_check_change(player));
    if (watched->job == NULL)
        return xbits_fail(XBITS_BG_E_INVALID_STATE, "job %s is over", xbits_id_format(job, id));
    return request(watched->job);
}

xbits_result xbits_player_pause_item(struct xbits_player *player, const struct xbits_id *job)
{
    return ask(player, job, xbits_job_suspend);
}

xbits_result xbits_player_resume_item(struct xbits_player *player, const struct xbits_id *job)
{
    return ask(player, job, xbits_job_resume);
}

xbits_result xbits_player_cancel_item(struct xbits_player *player, const struct xbits_id *job)
{
    return ask(player, job, xbits_job_cancel);
}
