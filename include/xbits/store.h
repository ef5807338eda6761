/* SPDX-License-Identifier: MIT */
#ifndef XBITS_STORE_H
#define XBITS_STORE_H

#include "xbits/player.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The Download Manager of Windows Media Player: what an online store's page reaches as
 * external.DownloadManager. It has collections, each of numbered items; an item is one job. The
 * player that it belongs to completes and files its items, whatever RefreshDownload says, and goes
 * on with them in later sessions. A stranger's job that the player has adopted is an item of the
 * collection whose id is its service id.
 *
 * An item whose job is not in the manager's queue is CANCELED for this session: a session that has
 * the queue again goes on with it. So does one with another library; where its file comes to lie
 * until it is filed was settled by the start.
 *
 * A player that only looks sees what store.db has when it is opened, and in each poll what the
 * player that runs has written since; where there is none, it goes on seeing no items.
 *
 * Collections are named by their id, items by their job's. A page's index is the place of an item
 * in its collection. Calls are made on the thread that steps the player. Besides what a call
 * names, each can answer XBITS_E_INVALIDARG (a NULL, a text that is not UTF-8) and
 * XBITS_E_OUTOFMEMORY; one that writes also the database's results.
 */
struct xbits_download_manager;

/* Borrowed: it ends with its player. NULL for NULL. */
XBITS_API struct xbits_download_manager *xbits_player_download_manager(struct xbits_player *player);

/* createDownloadCollection: a new empty one, for this session and all later ones. Its id is by
 * chance, from 1 to 2147483647, and no other's. Results: XBITS_S_OK; XBITS_E_ACCESSDENIED (the
 * player only looks); XBITS_E_UNEXPECTED (store.db cannot be used); as xbits_wmp_new_service_id. */
XBITS_API xbits_result
xbits_download_manager_create_collection(struct xbits_download_manager *manager, int32_t *id_out);

/* A collection needs no more than its id, so there is no call to get one: of an unknown id it is
 * empty, and is kept from the first start on. Visited are those that are kept and those of adopted
 * jobs, by id. False ends the visit. Results: XBITS_S_OK. */
typedef bool xbits_download_collection_visit(int32_t id, void *user);
XBITS_API xbits_result xbits_download_manager_visit_collections(
    struct xbits_download_manager *manager, xbits_download_collection_visit *visit, void *user);

/* How many items: all of them, or, with the option counts_pending of the player, those in states
 * other than COMPLETED and CANCELED. Results: XBITS_S_OK; as xbits_job_read. */
XBITS_API xbits_result xbits_download_collection_count(struct xbits_download_manager *manager,
                                                       int32_t collection, int32_t *count_out);

/* The item at an index from 0, oldest first; with counts_pending, too, every item has an index.
 * Results: XBITS_S_OK; XBITS_DISP_E_BADINDEX (there is none). */
XBITS_API xbits_result xbits_download_collection_item(struct xbits_download_manager *manager,
                                                      int32_t collection, int32_t index,
                                                      struct xbits_id *item_out);

#define XBITS_DOWNLOAD_BACKGROUND "background"
#define XBITS_DOWNLOAD_REAL_TIME  "real time"

struct xbits_download_spec {
    size_t size; /* Set by XBITS_INIT. */
    int32_t collection;
    /* The active store's key: it stands in a background job's description. NULL: none does. */
    const char *provider;
    /* http or https, ASCII. Its path ends in .asf, .mp3, .wma or .wmv, or in no extension or that
     * of a program that answers (.asp, .aspx, .php, ...): then the content says what it is. */
    const char *source_url;
    const char *type; /* One of the two above, exactly. */
};

/*
 * startDownload: appends an item and lets it begin. A background item is a job of priority NORMAL
 * that outlives the session; a real time item is one of priority FOREGROUND that is cancelled when
 * the player closes, or at its next start. Redirects are not followed. Audio goes where songs go,
 * without a title under the last name of its URL; video stays in the library's directory
 * download/<chance>/<type>/. On failure there is no item.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (the type; the URL; the provider; collection 0);
 * XBITS_E_ACCESSDENIED (the player only looks); XBITS_E_UNEXPECTED (store.db cannot be used); as
 * xbits_job_create, xbits_job_set, xbits_job_add_file and xbits_job_resume; the disk's.
 */
XBITS_API xbits_result xbits_download_collection_start(struct xbits_download_manager *manager,
                                                       const struct xbits_download_spec *spec,
                                                       struct xbits_id *item_out);

/* removeItem: cancels the item if its download is not over, and takes it out; what was filed stays
 * in the library. Later indexes shift down. A stranger's item comes back in the next session if its
 * job is still there. Results: XBITS_S_OK; XBITS_DISP_E_BADINDEX; XBITS_E_ACCESSDENIED; as
 * xbits_job_cancel (the item is still there). */
XBITS_API xbits_result xbits_download_collection_remove(struct xbits_download_manager *manager,
                                                        int32_t collection, int32_t index);
/* Clear: removes each item, the last first; at a failure the others stay. Results: XBITS_S_OK;
 * XBITS_E_ACCESSDENIED; as xbits_job_cancel. */
XBITS_API xbits_result xbits_download_collection_clear(struct xbits_download_manager *manager,
                                                       int32_t collection);

/* An item as a page sees it; its texts are valid until the next call. */
struct xbits_download_item {
    size_t size; /* Set by XBITS_INIT. */
    struct xbits_id id;
    int32_t collection;
    const char *source_url; /* As passed. */
    const char *type;
    enum xbits_download_state state; /* Of this moment. */
    int32_t size_bytes;              /* -1: not known; larger ones are 2147483647. */
    int32_t progress_bytes;          /* So far; -1 while the size is not known. */
    bool is_own;         /* Of startDownload; else a producer's job that the player has adopted. */
    const char *path;    /* Where it lies in the library, once it is COMPLETED; else "". */
    const char *failure; /* CANCELED by an error: why. Else "". */
};
/* Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND (no such item, or it was removed); as
 * xbits_job_read. */
XBITS_API xbits_result xbits_download_item_read(struct xbits_download_manager *manager,
                                                const struct xbits_id *id,
                                                struct xbits_download_item *item_out);

/* getItemInfo: as xbits_player_item_info; "" for an own item, which has no such fields.
 * Results: XBITS_S_OK; XBITS_E_NOTIMPL (WMP9); XBITS_BG_E_NOT_FOUND. */
XBITS_API xbits_result xbits_download_item_info(struct xbits_download_manager *manager,
                                                const struct xbits_id *id, const char *name,
                                                const char **text_out);

/*
 * pause, resume, cancel: they do nothing, successfully, where they have no meaning: pause and
 * resume on a real time item, all three on an item that is COMPLETED or removed from the queue.
 * Cancel leaves the item in its collection. Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND;
 * XBITS_E_ACCESSDENIED (the player only looks); as xbits_job_suspend, _resume and _cancel.
 */
XBITS_API xbits_result xbits_download_item_pause(struct xbits_download_manager *manager,
                                                 const struct xbits_id *id);
XBITS_API xbits_result xbits_download_item_resume(struct xbits_download_manager *manager,
                                                  const struct xbits_id *id);
XBITS_API xbits_result xbits_download_item_cancel(struct xbits_download_manager *manager,
                                                  const struct xbits_id *id);

#ifdef __cplusplus
}
#endif

#endif
