/* SPDX-License-Identifier: MIT */
#ifndef CLI_STORE_LOOK_H
#define CLI_STORE_LOOK_H

#include "cli/cli.h"
#include "cli/library_list.h"
#include "xbits/store.h"

/* What verbs that only look at the Download Manager share; beside a Player that runs, too. */
struct store_look {
    struct cli *cli;
    struct xbits_manager *manager;
    struct xbits_player *player;
    struct xbits_download_manager *downloads;
};

/* Opens it and says who runs the queue, if somebody does; without --queue one that is not there yet
 * is empty. The verb's values are struct library_values. CLI_DONE, or it has failed and was told.
 * Close in any case. */
enum cli_exit store_look_open(struct cli *cli, struct store_look *look_out);
void store_look_close(struct store_look *look);

/* The ids of the collections, in their order; the caller frees them. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY; as xbits_download_manager_visit_collections. */
xbits_result store_look_collections(struct store_look *look, int32_t **ids_out, size_t *count_out);

/* Calls visit for each item of a collection, in its order. False ends it. Results: XBITS_S_OK; as
 * xbits_download_collection_count, xbits_download_collection_item and xbits_download_item_read. */
typedef bool store_look_visit(const struct xbits_download_item *item, int32_t index, void *user);
xbits_result store_look_items(struct store_look *look, int32_t collection, store_look_visit *visit,
                              void *user);

#endif
