/* SPDX-License-Identifier: MIT */
#include "cli/store_look.h"

#include "base/clock.h"
#include "cli/open_manager.h"
#include "cli/open_player.h"

#include <stdlib.h>

static xbits_result look_as_player(struct store_look *look)
{
    const struct library_values *values = look->cli->values;
    struct xbits_player_options wanted;
    uint64_t due_ms;

    XBITS_INIT(&wanted);
    wanted.looks_only = true;
    TRY(open_player(look->manager, values->library, &wanted, &look->player));
    TRY(xbits_player_step(look->player, clock_ms(clock_system()), &due_ms));
    look->downloads = xbits_player_download_manager(look->player);
    return XBITS_S_OK;
}

/* Where the user has no queue yet no job is in it, and the Player has its items all the same. */
static xbits_result open_jobs(struct cli *cli, struct xbits_manager **manager_out)
{
    xbits_result result = open_queue(&cli->global, XBITS_ACCESS_READ, manager_out);

    if (result == XBITS_ERROR_FILE_NOT_FOUND && cli->global.queue == NULL)
        return open_manager(&cli->global, manager_out);
    if (XBITS_SUCCEEDED(result))
        tell_owner(cli, *manager_out);
    return result;
}

enum cli_exit store_look_open(struct cli *cli, struct store_look *look_out)
{
    *look_out = (struct store_look){ .cli = cli };
    if (XBITS_FAILED(open_jobs(cli, &look_out->manager)))
        return cli_fail(cli, "cannot open the queue");
    if (XBITS_FAILED(look_as_player(look_out)))
        return cli_fail(cli, "cannot look at the Player's downloads");
    return CLI_DONE;
}

void store_look_close(struct store_look *look)
{
    xbits_player_close(look->player);
    xbits_manager_close(look->manager);
}

/* Ids while they are gathered. */
struct ids {
    int32_t *items;
    size_t count;
    bool is_starved;
};

/* xbits_download_collection_visit */
static bool add_id(int32_t id, void *user)
{
    struct ids *ids = user;
    int32_t *items = realloc(ids->items, (ids->count + 1) * sizeof *items);

    ids->is_starved = items == NULL;
    if (ids->is_starved)
        return false;
    ids->items = items;
    ids->items[ids->count++] = id;
    return true;
}

xbits_result store_look_collections(struct store_look *look, int32_t **ids_out, size_t *count_out)
{
    struct ids ids = { 0 };
    xbits_result result = xbits_download_manager_visit_collections(look->downloads, add_id, &ids);

    if (XBITS_SUCCEEDED(result) && ids.is_starved)
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the collections");
    if (XBITS_FAILED(result)) {
        free(ids.items);
        return result;
    }
    *ids_out = ids.items;
    *count_out = ids.count;
    return XBITS_S_OK;
}

xbits_result store_look_items(struct store_look *look, int32_t collection, store_look_visit *visit,
                              void *user)
{
    int32_t count;

    TRY(xbits_download_collection_count(look->downloads, collection, &count));
    for (int32_t i = 0; i < count; i++) {
        struct xbits_download_item item;
        struct xbits_id id;

        XBITS_INIT(&item);
        TRY(xbits_download_collection_item(look->downloads, collection, i, &id));
        TRY(xbits_download_item_read(look->downloads, &id, &item));
        if (!visit(&item, i, user))
            break;
    }
    return XBITS_S_OK;
}
