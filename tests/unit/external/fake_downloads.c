/* SPDX-License-Identifier: MIT */
#include "unit/external/fake_downloads.h"

void fake_downloads_init(struct xbits_download_manager *manager)
{
    *manager = (struct xbits_download_manager){ .known = { .data1 = 5 }, .count = 3 };
    XBITS_INIT(&manager->item);
    manager->item.source_url = "http://a/b.wma";
    manager->item.type = XBITS_DOWNLOAD_BACKGROUND;
    manager->item.state = XBITS_DOWNLOAD_PROCESSING;
    manager->item.size_bytes = 1000;
    manager->item.progress_bytes = 250;
}

void fake_downloads_dispose(struct xbits_download_manager *manager)
{
    text_dispose(&manager->called);
}

static xbits_result fail_if_told(const struct xbits_download_manager *manager)
{
    if (XBITS_FAILED(manager->failure))
        return xbits_fail(manager->failure, "as the test wants it");
    return XBITS_S_OK;
}

static xbits_result note(struct xbits_download_manager *manager, const char *call, int32_t first,
                         int32_t second)
{
    TRY(fail_if_told(manager));
    return text_format(&manager->called, "%s %d %d; ", call, (int)first, (int)second);
}

static xbits_result note_item(struct xbits_download_manager *manager, const char *call,
                              const struct xbits_id *id)
{
    TRY(fail_if_told(manager));
    if (!xbits_id_equal(id, &manager->known))
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "the fake has no such item");
    return text_format(&manager->called, "%s; ", call);
}

xbits_result xbits_download_manager_create_collection(struct xbits_download_manager *manager,
                                                      int32_t *id_out)
{
    TRY(note(manager, "create", 0, 0));
    *id_out = FAKE_NEW_COLLECTION;
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_count(struct xbits_download_manager *manager,
                                             int32_t collection, int32_t *count_out)
{
    TRY(note(manager, "count", collection, 0));
    *count_out = manager->count;
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_item(struct xbits_download_manager *manager,
                                            int32_t collection, int32_t index,
                                            struct xbits_id *item_out)
{
    TRY(note(manager, "item", collection, index));
    if (index < 0 || index >= manager->count)
        return xbits_fail(XBITS_DISP_E_BADINDEX, "the fake has no item %d", (int)index);
    *item_out = manager->known;
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_start(struct xbits_download_manager *manager,
                                             const struct xbits_download_spec *spec,
                                             struct xbits_id *item_out)
{
    TRY(fail_if_told(manager));
    TRY(text_format(&manager->called, "start %d %s %s %s; ", (int)spec->collection,
                    spec->provider != NULL ? spec->provider : "-", spec->source_url, spec->type));
    *item_out = manager->known;
    return XBITS_S_OK;
}

xbits_result xbits_download_collection_remove(struct xbits_download_manager *manager,
                                              int32_t collection, int32_t index)
{
    return note(manager, "remove", collection, index);
}

xbits_result xbits_download_collection_clear(struct xbits_download_manager *manager,
                                             int32_t collection)
{
    return note(manager, "clear", collection, 0);
}

xbits_result xbits_download_item_read(struct xbits_download_manager *manager,
                                      const struct xbits_id *id,
                                      struct xbits_download_item *item_out)
{
    TRY(note_item(manager, "read", id));
    *item_out = manager->item;
    return XBITS_S_OK;
}

xbits_result xbits_download_item_info(struct xbits_download_manager *manager,
                                      const struct xbits_id *id, const char *name,
                                      const char **text_out)
{
    TRY(note_item(manager, "info", id));
    TRY(text_add(&manager->called, name));
    *text_out = "verbatim";
    return XBITS_S_OK;
}

xbits_result xbits_download_item_pause(struct xbits_download_manager *manager,
                                       const struct xbits_id *id)
{
    return note_item(manager, "pause", id);
}

xbits_result xbits_download_item_resume(struct xbits_download_manager *manager,
                                        const struct xbits_id *id)
{
    return note_item(manager, "resume", id);
}

xbits_result xbits_download_item_cancel(struct xbits_download_manager *manager,
                                        const struct xbits_id *id)
{
    return note_item(manager, "cancel", id);
}
