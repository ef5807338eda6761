/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "store/external/member_table.h"

static struct xbits_download_manager *downloads_of(const struct call *call)
{
    return call->external->options.downloads;
}

static xbits_result answer_long(struct call *call, int32_t number)
{
    call->result.kind = XBITS_VARIANT_LONG;
    call->result.as.number = number;
    return XBITS_S_OK;
}

static xbits_result answer_object(struct call *call, const struct xbits_object *object)
{
    call->result.kind = XBITS_VARIANT_OBJECT;
    call->result.as.object = *object;
    return XBITS_S_OK;
}

static xbits_result answer_collection(struct call *call, int32_t collection)
{
    return answer_object(
        call, &(struct xbits_object){ XBITS_OBJECT_DOWNLOAD_COLLECTION, collection, { 0 } });
}

static xbits_result answer_item(struct call *call, const struct xbits_id *item)
{
    return answer_object(call, &(struct xbits_object){ XBITS_OBJECT_DOWNLOAD_ITEM, 0, *item });
}

xbits_result member_download_manager(struct call *call)
{
    return answer_object(call, &(struct xbits_object){ XBITS_OBJECT_DOWNLOAD_MANAGER, 0, { 0 } });
}

xbits_result member_get_collection(struct call *call)
{
    return answer_collection(call, call->arguments[0].number);
}

xbits_result member_create_collection(struct call *call)
{
    int32_t collection = 0;

    TRY(xbits_download_manager_create_collection(downloads_of(call), &collection));
    return answer_collection(call, collection);
}

xbits_result member_collection_id(struct call *call)
{
    return answer_long(call, call->object->collection);
}

xbits_result member_collection_count(struct call *call)
{
    int32_t count = 0;

    TRY(xbits_download_collection_count(downloads_of(call), call->object->collection, &count));
    return answer_long(call, count);
}

xbits_result member_collection_item(struct call *call)
{
    struct xbits_id item = { 0 };

    TRY(xbits_download_collection_item(downloads_of(call), call->object->collection,
                                       call->arguments[0].number, &item));
    return answer_item(call, &item);
}

xbits_result member_collection_start(struct call *call)
{
    struct xbits_download_spec spec;
    struct xbits_id item = { 0 };

    XBITS_INIT(&spec);
    spec.collection = call->object->collection;
    spec.provider = xbits_shell_active_store(call->external->options.shell);
    spec.source_url = call->arguments[0].text;
    spec.type = call->arguments[1].text;
    TRY(xbits_download_collection_start(downloads_of(call), &spec, &item));
    return answer_item(call, &item);
}

xbits_result member_collection_remove(struct call *call)
{
    return xbits_download_collection_remove(downloads_of(call), call->object->collection,
                                            call->arguments[0].number);
}

xbits_result member_collection_clear(struct call *call)
{
    return xbits_download_collection_clear(downloads_of(call), call->object->collection);
}

static xbits_result read_item(const struct call *call, struct xbits_download_item *item)
{
    XBITS_INIT(item);
    return xbits_download_item_read(downloads_of(call), &call->object->item, item);
}

xbits_result member_item_source_url(struct call *call)
{
    struct xbits_download_item item;

    TRY(read_item(call, &item));
    return call_answer_text(call, item.source_url);
}

xbits_result member_item_size(struct call *call)
{
    struct xbits_download_item item;

    TRY(read_item(call, &item));
    return answer_long(call, item.size_bytes);
}

xbits_result member_item_type(struct call *call)
{
    struct xbits_download_item item;

    TRY(read_item(call, &item));
    return call_answer_text(call, item.type);
}

xbits_result member_item_progress(struct call *call)
{
    struct xbits_download_item item;

    TRY(read_item(call, &item));
    return answer_long(call, item.progress_bytes);
}

xbits_result member_item_state(struct call *call)
{
    struct xbits_download_item item;

    TRY(read_item(call, &item));
    return answer_long(call, (int32_t)item.state);
}

xbits_result member_item_pause(struct call *call)
{
    return xbits_download_item_pause(downloads_of(call), &call->object->item);
}

xbits_result member_item_resume(struct call *call)
{
    return xbits_download_item_resume(downloads_of(call), &call->object->item);
}

xbits_result member_item_cancel(struct call *call)
{
    return xbits_download_item_cancel(downloads_of(call), &call->object->item);
}

xbits_result member_item_info(struct call *call)
{
    const char *text = "";

    TRY(xbits_download_item_info(downloads_of(call), &call->object->item, call->arguments[0].text,
                                 &text));
    return call_answer_text(call, text);
}
