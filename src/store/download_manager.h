/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_MANAGER_H
#define STORE_DOWNLOAD_MANAGER_H

#include "store/player.h"

/* An item of a collection: own or a stranger's, one of both is NULL. */
struct shown_item {
    struct download *own;
    struct watched *strangers;
};

/* A collection as it was listed last: a page asks for one item after the other. */
struct shown_collection {
    int32_t id;
    size_t count;
    struct shown_item items[]; /* Oldest first. */
};

xbits_result download_manager_check(const struct xbits_download_manager *manager);
/* That and: it may change something. */
xbits_result download_manager_check_change(const struct xbits_download_manager *manager);

/* Borrowed until the next change. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result download_manager_show(struct xbits_download_manager *manager, int32_t collection,
                                   const struct shown_collection **shown_out);

/* Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND. */
xbits_result download_manager_find(struct xbits_download_manager *manager,
                                   const struct xbits_id *id, struct shown_item *item_out);

const struct xbits_id *shown_item_id(const struct shown_item *item);
/* In zeroed storage. Results: XBITS_S_OK; as xbits_job_read. */
xbits_result shown_item_read(const struct shown_item *item, struct xbits_download_item *item_out);
/* pause, resume or cancel, where it has a meaning. Results: XBITS_S_OK; the job's. */
xbits_result shown_item_ask(struct xbits_download_manager *manager, const struct shown_item *item,
                            enum download_request request);

#endif
