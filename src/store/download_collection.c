/* SPDX-License-Identifier: MIT */
#include "store/download_manager.h"

#include <string.h>

#include "base/argument.h"

static bool is_pending(enum xbits_download_state state)
{
    return state != XBITS_DOWNLOAD_COMPLETED && state != XBITS_DOWNLOAD_CANCELED;
}

static xbits_result count_pending(const struct shown_collection *shown, size_t *count_out)
{
    size_t count = 0;

    for (size_t i = 0; i < shown->count; i++) {
        struct xbits_download_item item;

        XBITS_INIT(&item);
        TRY(shown_item_read(&shown->items[i], &item));
        count += is_pending(item.state);
    }
    *count_out = count;
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_count(struct xbits_download_manager *manager,
                                             int32_t collection, int32_t *count_out)
{
    const struct shown_collection *shown = NULL;
    size_t count;

    TRY(download_manager_check(manager));
    TRY(argument_pointer("count_out", count_out));
    TRY(download_manager_show(manager, collection, &shown));
    count = shown->count;
    if (manager->player->counts_pending)
        TRY(count_pending(shown, &count));
    *count_out = count < INT32_MAX ? (int32_t)count : INT32_MAX;
    return XBITS_S_OK;
}

static xbits_result find_at(struct xbits_download_manager *manager, int32_t collection,
                            int32_t index, struct shown_item *item_out)
{
    const struct shown_collection *shown = NULL;

    TRY(download_manager_show(manager, collection, &shown));
    if (index < 0 || (size_t)index >= shown->count)
        return xbits_fail(XBITS_DISP_E_BADINDEX, "collection %ld has %zu items, and none at %ld",
                          (long)collection, shown->count, (long)index);
    *item_out = shown->items[index];
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_item(struct xbits_download_manager *manager,
                                            int32_t collection, int32_t index,
                                            struct xbits_id *item_out)
{
    struct shown_item item = { 0 };

    TRY(download_manager_check(manager));
    TRY(argument_pointer("item_out", item_out));
    TRY(find_at(manager, collection, index, &item));
    *item_out = *shown_item_id(&item);
    return XBITS_S_OK;
}

static xbits_result check_type(const char *type, bool *is_real_time_out)
{
    *is_real_time_out = strcmp(type, XBITS_DOWNLOAD_REAL_TIME) == 0;
    if (*is_real_time_out || strcmp(type, XBITS_DOWNLOAD_BACKGROUND) == 0)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG,
                      "the type of a download is \"background\" or \"real time\", not \"%s\"",
                      type);
}

static xbits_result check_spec(const struct xbits_download_spec *spec,
                               struct download_order *order_out)
{
    TRY(argument_pointer("the spec", spec));
    TRY(argument_struct("xbits_download_spec", spec->size, sizeof *spec));
    TRY(argument_optional_text("the provider", spec->provider));
    TRY(argument_text("the source URL", spec->source_url));
    TRY(argument_text("the type", spec->type));
    *order_out = (struct download_order){
        .collection = spec->collection,
        .provider = spec->provider != NULL && spec->provider[0] != '\0' ? spec->provider : NULL,
        .source_url = spec->source_url,
    };
    if (spec->collection == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "collection 0 is none, and takes no download");
    return check_type(spec->type, &order_out->is_real_time);
}

xbits_result xbits_download_collection_start(struct xbits_download_manager *manager,
                                             const struct xbits_download_spec *spec,
                                             struct xbits_id *item_out)
{
    const struct download *download = NULL;
    struct download_order order;

    TRY(download_manager_check_change(manager));
    TRY(check_spec(spec, &order));
    TRY(argument_pointer("item_out", item_out));
    TRY(downloads_start(manager->player->downloads, &order, &download));
    download_manager_note_change(manager->player);
    *item_out = download->job_id;
    return XBITS_S_OK;
}

/* A stranger's job goes on being his: only a download that is not over is cancelled. */
static xbits_result remove_strangers(struct xbits_download_manager *manager,
                                     const struct shown_item *item)
{
    enum xbits_download_state state = player_state_of(item->strangers);

    if (state == XBITS_DOWNLOAD_DOWNLOADING || state == XBITS_DOWNLOAD_PAUSED)
        TRY(shown_item_ask(manager, item, DOWNLOAD_CANCEL));
    item->strangers->is_removed = true;
    return XBITS_S_OK;
}

static xbits_result remove_item(struct xbits_download_manager *manager,
                                const struct shown_item *item)
{
    return item->own != NULL ? download_remove(manager->player->downloads, item->own)
                             : remove_strangers(manager, item);
}

xbits_result xbits_download_collection_remove(struct xbits_download_manager *manager,
                                              int32_t collection, int32_t index)
{
    struct shown_item item = { 0 };

    TRY(download_manager_check_change(manager));
    TRY(find_at(manager, collection, index, &item));
    TRY(remove_item(manager, &item));
    download_manager_note_change(manager->player);
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_clear(struct xbits_download_manager *manager,
                                             int32_t collection)
{
    const struct shown_collection *shown = NULL;
    xbits_result result = XBITS_S_OK;

    TRY(download_manager_check_change(manager));
    TRY(download_manager_show(manager, collection, &shown));
    for (size_t i = shown->count; i > 0 && XBITS_SUCCEEDED(result); i--)
        result = remove_item(manager, &shown->items[i - 1]);
    download_manager_note_change(manager->player);
    return result;
}
