/* SPDX-License-Identifier: MIT */
#include "store/download_manager.h"

#include <stdlib.h>

#include "base/argument.h"

struct xbits_download_manager *xbits_player_download_manager(struct xbits_player *player)
{
    return player != NULL ? &player->manager_of_downloads : NULL;
}

xbits_result download_manager_check(const struct xbits_download_manager *manager)
{
    return argument_pointer("the download manager", manager);
}

xbits_result download_manager_check_change(const struct xbits_download_manager *manager)
{
    TRY(download_manager_check(manager));
    return player_check_change(manager->player);
}

void download_manager_note_change(struct xbits_player *player)
{
    free(player->manager_of_downloads.shown);
    player->manager_of_downloads.shown = NULL;
}

static bool is_in(const struct watched *watched, int32_t collection)
{
    return watched->verdict == WATCH_ADOPTED && !watched->is_removed &&
           watched->description.service_id == collection;
}

/* Of one moment own items come first, each kind in the order of its numbers. */
static int compare_age(const void *a, const void *b)
{
    const struct shown_item *left = a;
    const struct shown_item *right = b;
    int64_t left_time = left->own != NULL ? left->own->created : left->strangers->creation;
    int64_t right_time = right->own != NULL ? right->own->created : right->strangers->creation;

    if (left_time != right_time)
        return left_time < right_time ? -1 : 1;
    if (left->own != NULL && right->own != NULL)
        return left->own->number < right->own->number ? -1 : 1;
    if (left->own == NULL && right->own == NULL)
        return watched_compare_age(left->strangers, right->strangers);
    return left->own != NULL ? -1 : 1;
}

static void list_own(const struct downloads *downloads, struct shown_collection *shown)
{
    struct download *own;

    for (size_t i = 0; (own = downloads_at(downloads, i)) != NULL; i++) {
        if (own->collection == shown->id && !own->is_hidden)
            shown->items[shown->count++] = (struct shown_item){ .own = own };
    }
}

static void list_strangers(const struct watch_list *watch, struct shown_collection *shown)
{
    for (size_t i = 0; i < watch->count; i++) {
        if (is_in(watch->items[i], shown->id))
            shown->items[shown->count++] = (struct shown_item){ .strangers = watch->items[i] };
    }
}

static size_t count_all(const struct xbits_player *player)
{
    size_t count = player->watch.count;

    for (size_t i = 0; downloads_at(player->downloads, i) != NULL; i++)
        count++;
    return count;
}

xbits_result download_manager_show(struct xbits_download_manager *manager, int32_t collection,
                                   const struct shown_collection **shown_out)
{
    struct xbits_player *player = manager->player;
    struct shown_collection *shown = manager->shown;
    size_t most;

    *shown_out = shown;
    if (shown != NULL && shown->id == collection)
        return XBITS_S_OK;
    most = count_all(player);
    shown = malloc(sizeof *shown + most * sizeof shown->items[0]);
    if (shown == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a collection of %zu items", most);
    shown->id = collection;
    shown->count = 0;
    list_own(player->downloads, shown);
    list_strangers(&player->watch, shown);
    qsort(shown->items, shown->count, sizeof shown->items[0], compare_age);
    download_manager_note_change(player);
    manager->shown = shown;
    *shown_out = shown;
    return XBITS_S_OK;
}

xbits_result download_manager_find(struct xbits_download_manager *manager,
                                   const struct xbits_id *id, struct shown_item *item_out)
{
    struct shown_item item = { 0 };
    char text[XBITS_ID_TEXT_SIZE];

    TRY(download_manager_check(manager));
    TRY(argument_pointer("the item's id", id));
    item.own = downloads_find(manager->player->downloads, id);
    if (item.own == NULL)
        item.strangers = watch_list_find(&manager->player->watch, id);
    if (item.own == NULL &&
        (item.strangers == NULL || !is_in(item.strangers, item.strangers->description.service_id)))
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "no collection has an item of job %s",
                          xbits_id_format(id, text));
    *item_out = item;
    return XBITS_S_OK;
}

/* Those of strangers' jobs, too: nobody shall find another's in his. */
static bool has_collection(const struct xbits_player *player, int32_t id)
{
    if (downloads_has_collection(player->downloads, id))
        return true;
    for (size_t i = 0; i < player->watch.count; i++) {
        if (is_in(player->watch.items[i], id))
            return true;
    }
    return false;
}

xbits_result xbits_download_manager_create_collection(struct xbits_download_manager *manager,
                                                      int32_t *id_out)
{
    int32_t id = 0;

    TRY(download_manager_check_change(manager));
    TRY(argument_pointer("id_out", id_out));
    do {
        TRY(xbits_wmp_new_service_id(&id));
    } while (has_collection(manager->player, id));
    TRY(downloads_keep_collection(manager->player->downloads, id));
    *id_out = id;
    return XBITS_S_OK;
}

static int compare_numbers(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a;
    int32_t right = *(const int32_t *)b;

    return left < right ? -1 : left > right;
}

/* Sorted, some of them twice. */
static size_t list_collections(const struct xbits_player *player, int32_t *ids)
{
    size_t count = 0;
    const int32_t *kept = downloads_collections(player->downloads, &count);

    for (size_t i = 0; i < count; i++)
        ids[i] = kept[i];
    for (size_t i = 0; i < player->watch.count; i++) {
        int32_t id = player->watch.items[i]->description.service_id;

        if (is_in(player->watch.items[i], id))
            ids[count++] = id;
    }
    qsort(ids, count, sizeof *ids, compare_numbers);
    return count;
}

xbits_result xbits_download_manager_visit_collections(struct xbits_download_manager *manager,
                                                      xbits_download_collection_visit *visit,
                                                      void *user)
{
    size_t most = 0;
    size_t count;
    int32_t *ids;

    TRY(download_manager_check(manager));
    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "visit is NULL");
    (void)downloads_collections(manager->player->downloads, &most);
    most += manager->player->watch.count;
    if (most == 0)
        return XBITS_S_OK;
    ids = malloc(most * sizeof *ids);
    if (ids == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu collections", most);
    count = list_collections(manager->player, ids);
    for (size_t i = 0; i < count; i++) {
        bool is_again = i > 0 && ids[i] == ids[i - 1];

        if (!is_again && !visit(ids[i], user))
            break;
    }
    free(ids);
    return XBITS_S_OK;
}
