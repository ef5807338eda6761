/* SPDX-License-Identifier: MIT */
#include "store/download_manager.h"

#include "base/argument.h"
#include "store/download/download_state.h"

const struct xbits_id *shown_item_id(const struct shown_item *item)
{
    return item->own != NULL ? &item->own->job_id : &item->strangers->id;
}

static void put_snapshot(const struct xbits_job_snapshot *snapshot,
                         struct xbits_download_item *item)
{
    item->state = download_state_of_job(snapshot->state);
    download_put_figures(snapshot->progress.bytes_total, snapshot->progress.bytes_transferred,
                         item);
    if (snapshot->state == XBITS_STATE_ERROR)
        item->failure = snapshot->error.message;
}

/* What its job says now; else what the last step saw. */
static xbits_result read_strangers(struct watched *watched, struct xbits_download_item *item)
{
    struct xbits_job_snapshot snapshot;
    xbits_result result;

    item->state = player_state_of(watched);
    download_put_figures(watched->bytes_total, watched->bytes_transferred, item);
    if (watched->job == NULL)
        return XBITS_S_OK;
    XBITS_INIT(&snapshot);
    result = xbits_job_read(watched->job, &snapshot);
    if (XBITS_SUCCEEDED(result))
        put_snapshot(&snapshot, item);
    return result == XBITS_BG_E_NOT_FOUND ? XBITS_S_OK : result;
}

xbits_result shown_item_read(const struct shown_item *item, struct xbits_download_item *item_out)
{
    item_out->id = *shown_item_id(item);
    item_out->path = "";
    item_out->failure = "";
    if (item->own != NULL) {
        item_out->collection = item->own->collection;
        return download_read(item->own, item_out);
    }
    item_out->collection = item->strangers->description.service_id;
    item_out->source_url = item->strangers->source_url;
    item_out->type = XBITS_DOWNLOAD_BACKGROUND;
    if (item->strangers->path != NULL)
        item_out->path = item->strangers->path;
    return read_strangers(item->strangers, item_out);
}

xbits_result xbits_download_item_read(struct xbits_download_manager *manager,
                                      const struct xbits_id *id,
                                      struct xbits_download_item *item_out)
{
    struct xbits_download_item read;
    struct shown_item item = { 0 };

    TRY(argument_pointer("item_out", item_out));
    TRY(argument_struct("xbits_download_item", item_out->size, sizeof *item_out));
    TRY(download_manager_find(manager, id, &item));
    XBITS_INIT(&read);
    TRY(shown_item_read(&item, &read));
    *item_out = read;
    return XBITS_S_OK;
}

xbits_result xbits_download_item_info(struct xbits_download_manager *manager,
                                      const struct xbits_id *id, const char *name,
                                      const char **text_out)
{
    struct shown_item item = { 0 };

    TRY(download_manager_find(manager, id, &item));
    if (item.own == NULL || manager->player->version == XBITS_PLAYER_WMP9)
        return xbits_player_item_info(manager->player, id, name, text_out);
    TRY(argument_text("the name", name));
    TRY(argument_pointer("text_out", text_out));
    *text_out = "";
    return XBITS_S_OK;
}

static xbits_result (*const requests[])(struct xbits_player *, const struct xbits_id *) = {
    [DOWNLOAD_PAUSE] = xbits_player_pause_item,
    [DOWNLOAD_RESUME] = xbits_player_resume_item,
    [DOWNLOAD_CANCEL] = xbits_player_cancel_item,
};

static bool is_final(struct xbits_job *job)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    return XBITS_SUCCEEDED(xbits_job_read(job, &snapshot)) &&
           ((1u << snapshot.state) & XBITS_STATES_FINAL) != 0;
}

xbits_result shown_item_ask(struct xbits_download_manager *manager, const struct shown_item *item,
                            enum download_request request)
{
    if (item->own != NULL)
        return download_ask(manager->player->downloads, item->own, request);
    if (item->strangers->job == NULL || is_final(item->strangers->job))
        return XBITS_S_OK;
    return requests[request](manager->player, &item->strangers->id);
}

static xbits_result ask(struct xbits_download_manager *manager, const struct xbits_id *id,
                        enum download_request request)
{
    struct shown_item item = { 0 };

    TRY(download_manager_check_change(manager));
    TRY(download_manager_find(manager, id, &item));
    return shown_item_ask(manager, &item, request);
}

xbits_result xbits_download_item_pause(struct xbits_download_manager *manager,
                                       const struct xbits_id *id)
{
    return ask(manager, id, DOWNLOAD_PAUSE);
}

xbits_result xbits_download_item_resume(struct xbits_download_manager *manager,
                                        const struct xbits_id *id)
{
    return ask(manager, id, DOWNLOAD_RESUME);
}

xbits_result xbits_download_item_cancel(struct xbits_download_manager *manager,
                                        const struct xbits_id *id)
{
    return ask(manager, id, DOWNLOAD_CANCEL);
}
