/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

struct trade_download *trade_find_download(struct trade *trade, const struct xbits_id *id)
{
    for (size_t i = 0; i < trade->download_count; i++) {
        if (trade->downloads[i].is_known && xbits_id_equal(&trade->downloads[i].id, id))
            return &trade->downloads[i];
    }
    return NULL;
}

struct trade_download *trade_download_of_size(struct trade *trade, uint64_t size)
{
    size_t number = (size_t)(size % TRADE_SIZES) - TRADE_FIRST_DOWNLOAD;

    if (size % TRADE_SIZES < TRADE_FIRST_DOWNLOAD || number >= trade->download_count ||
        trade->downloads[number].size != size)
        return NULL;
    return &trade->downloads[number];
}

/* A start that failed, or never returned, may have been one nevertheless. */
static struct trade_download *find_by_url(struct trade *trade, const char *url)
{
    for (size_t i = 0; i < trade->download_count; i++) {
        if (strcmp(trade->downloads[i].url, url) == 0)
            return &trade->downloads[i];
    }
    return NULL;
}

void trade_see_download(struct trade *trade, struct trade_download *download, const char *path,
                        bool is_end)
{
    static const char tree[] = TRADE_MUSIC "/download/";
    bool is_in_tree = strncmp(path, tree, strlen(tree)) == 0;
    bool is_left = is_in_tree && download->media != MEDIA_FILM;

    if (!is_left)
        download->copies++;
    claim(&trade->core, download->media != MEDIA_NOTHING || is_in_tree, "download %u is at %s",
          download->number, path);
    /* See see_local. */
    claim(&trade->core, !is_end || !is_left || (trade->cuts > 0 && trade->was_faulty),
          "download %u is left at %s", download->number, path);
}

static void check_read(struct trade *trade, struct trade_download *download,
                       const struct xbits_download_item *item)
{
    bool is_real_time = strcmp(item->type, XBITS_DOWNLOAD_REAL_TIME) == 0;

    claim(&trade->core, !download->is_listed, "download %u is listed twice", download->number);
    claim(&trade->core, !download->is_removed, "download %u was removed, and is there again",
          download->number);
    claim(&trade->core, is_real_time == download->is_real_time, "download %u is %s",
          download->number, item->type);
    claim(&trade->core, strcmp(xbits_download_state_name(item->state), "unknown") != 0,
          "download %u is in %d", download->number, (int)item->state);
    claim(&trade->core, !download->is_past || item->state == XBITS_DOWNLOAD_COMPLETED,
          "download %u of a former session is still %s", download->number,
          xbits_download_state_name(item->state));
    claim(&trade->core,
          item->size_bytes == -1 || (uint64_t)item->size_bytes == download->size ||
              item->state == XBITS_DOWNLOAD_CANCELED,
          "download %u has %" PRId32 " bytes", download->number, item->size_bytes);
    claim(&trade->core, item->progress_bytes <= item->size_bytes, "download %u: %" PRId32 " bytes",
          download->number, item->progress_bytes);
    claim(&trade->core, (item->state == XBITS_DOWNLOAD_COMPLETED) == (item->path[0] != '\0'),
          "download %u is %s at \"%s\"", download->number, xbits_download_state_name(item->state),
          item->path);
    claim(&trade->core, item->state != XBITS_DOWNLOAD_COMPLETED || download->copies == 1,
          "download %u is completed, and %u times in the library", download->number,
          download->copies);
    claim(&trade->core, item->failure[0] == '\0' || item->state == XBITS_DOWNLOAD_CANCELED,
          "download %u is %s: %s", download->number, xbits_download_state_name(item->state),
          item->failure);
    download->is_listed = true;
    download->state = item->state;
}

static void check_item(struct trade *trade, int32_t collection, const struct xbits_id *id)
{
    struct xbits_download_item item;
    struct trade_download *download;

    XBITS_INIT(&item);
    if (!claim(&trade->core,
               xbits_download_item_read(xbits_player_download_manager(trade->player), id, &item) ==
                       XBITS_S_OK &&
                   xbits_id_equal(&item.id, id) && item.collection == collection,
               "an item of %" PRId32 " cannot be read", collection) ||
        !item.is_own)
        return;
    download = find_by_url(trade, item.source_url);
    if (!claim(&trade->core, download != NULL && download->collection == collection,
               "nobody asked for %s", item.source_url))
        return;
    claim(&trade->core, !download->is_known || xbits_id_equal(&download->id, id),
          "download %u has another id", download->number);
    download->is_known = true;
    download->id = *id;
    check_read(trade, download, &item);
}

static void check_collection(struct trade *trade, int32_t id)
{
    struct xbits_download_manager *manager = xbits_player_download_manager(trade->player);
    int32_t count = 0;
    unsigned last = 0;

    claim(&trade->core, xbits_download_collection_count(manager, id, &count) == XBITS_S_OK,
          "%" PRId32 " cannot be counted", id);
    for (int32_t i = 0; i < count && !has_failed(&trade->core); i++) {
        struct xbits_id item;
        const struct trade_download *download;

        if (!claim(&trade->core,
                   xbits_download_collection_item(manager, id, i, &item) == XBITS_S_OK,
                   "%" PRId32 " has no item %" PRId32, id, i))
            return;
        check_item(trade, id, &item);
        download = trade_find_download(trade, &item);
        if (download == NULL)
            continue;
        claim(&trade->core, download->number + 1 > last, "download %u is not in its place",
              download->number);
        last = download->number + 1;
    }
}

struct wanted_collection {
    int32_t id;
    bool is_there;
};

/* xbits_download_collection_visit */
static bool find_collection(int32_t id, void *user)
{
    struct wanted_collection *wanted = user;

    wanted->is_there |= id == wanted->id;
    return true;
}

static void check_kept(struct trade *trade, const struct trade_collection *collection)
{
    struct wanted_collection wanted = { .id = collection->id };

    claim(&trade->core,
          xbits_download_manager_visit_collections(xbits_player_download_manager(trade->player),
                                                   find_collection, &wanted) == XBITS_S_OK,
          "the collections cannot be visited");
    claim(&trade->core, wanted.is_there || !collection->is_acknowledged,
          "collection %" PRId32 " is lost", collection->id);
}

/* A player whose disk failed may have forgotten, or may know no items: the next one will. */
void trade_check_downloads(struct trade *trade)
{
    if (trade->player == NULL || !trade->is_session_well || !trade_is_well(trade))
        return;
    for (size_t i = 0; i < trade->download_count; i++)
        trade->downloads[i].is_listed = false;
    for (size_t i = 0; i < trade->collection_count && !has_failed(&trade->core); i++) {
        check_collection(trade, trade->collections[i].id);
        check_kept(trade, &trade->collections[i]);
    }
    for (size_t i = 0; i < trade->download_count && !has_failed(&trade->core); i++) {
        const struct trade_download *download = &trade->downloads[i];

        claim(&trade->core, download->copies <= 1 && download->entries <= download->copies,
              "download %u is %u times in the library, and has %u entries", download->number,
              download->copies, download->entries);
        claim(&trade->core,
              download->is_listed || !download->is_acknowledged || download->may_be_removed ||
                  download->is_past,
              "download %u is lost", download->number);
    }
}

/* With a sound disk and a good origin each has come to its end. */
static void check_state_at_end(struct trade *trade, const struct trade_download *download)
{
    bool must_fail = download->luck == LUCK_NONE || download->media == MEDIA_NOTHING;
    bool is_well =
        download->state == (must_fail ? XBITS_DOWNLOAD_CANCELED : XBITS_DOWNLOAD_COMPLETED);

    claim(&trade->core,
          is_well || (download->may_be_cancelled && download->state == XBITS_DOWNLOAD_CANCELED),
          "download %u is left %s", download->number, xbits_download_state_name(download->state));
}

static bool is_followed(struct trade *trade, const struct xbits_id *id)
{
    const struct trade_download *download = trade_find_download(trade, id);

    return download != NULL && download->is_listed && !download->is_past;
}

void trade_check_downloads_end(struct trade *trade)
{
    trade_check_downloads(trade);
    for (size_t i = 0; i < trade->download_count && !has_failed(&trade->core); i++) {
        const struct trade_download *download = &trade->downloads[i];

        claim(&trade->core, download->entries == download->copies,
              "download %u has %u files and %u entries", download->number, download->copies,
              download->entries);
        if (download->is_listed)
            check_state_at_end(trade, download);
    }
    for (size_t i = 0; i < trade->left_count; i++)
        claim(&trade->core, is_followed(trade, &trade->left[i]),
              "a download's job is left that is nobody's");
}
