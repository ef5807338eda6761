/* SPDX-License-Identifier: MIT */
#ifndef UNIT_EXTERNAL_FAKE_DOWNLOADS_H
#define UNIT_EXTERNAL_FAKE_DOWNLOADS_H

#include "base/text.h"
#include "xbits/store.h"

/* Stands in for the download manager: it writes down each call and answers what it is told to. */
struct xbits_download_manager {
    struct text called; /* "start 7 HarborTunes http://a/b.wma background; " */
    struct xbits_download_item item;
    struct xbits_id known; /* Any other item is not found. */
    int32_t count;
    xbits_result failure; /* What every call fails with; XBITS_S_OK: none does. */
};

#define FAKE_NEW_COLLECTION 4711

void fake_downloads_init(struct xbits_download_manager *manager);
void fake_downloads_dispose(struct xbits_download_manager *manager);

#endif
