/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct xbits_download_manager *manager_of(const struct trade *trade)
{
    return xbits_player_download_manager(trade->player);
}

/* Neither the disk nor what the player has of it failed since it was opened. */
static bool is_well(const struct trade *trade)
{
    return trade->is_session_well && trade_is_well(trade);
}

static void create_collection(struct trade *trade)
{
    struct trade_collection *collection = &trade->collections[trade->collection_count];
    xbits_result result =
        xbits_download_manager_create_collection(manager_of(trade), &collection->id);

    trace(&trade->core, "a collection: %s", xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !is_well(trade), "a collection: %s",
          xbits_last_error()->message);
    if (XBITS_FAILED(result))
        return;
    collection->is_acknowledged = true;
    trade->collection_count++;
}

static void add_collection(struct trade *trade, int32_t id)
{
    for (size_t i = 0; i < trade->collection_count; i++) {
        if (trade->collections[i].id == id)
            return;
    }
    trade->collections[trade->collection_count++] = (struct trade_collection){ .id = id };
}

/* Those of small numbers are the producers', too. */
static int32_t choose_collection(struct trade *trade)
{
    if (trade->collection_count < TRADE_COLLECTIONS - 4 && pick(&trade->core, 3) == 0)
        create_collection(trade);
    if (trade->collection_count > 0 && pick(&trade->core, 2) == 0)
        return trade->collections[pick(&trade->core, (uint32_t)trade->collection_count)].id;
    return (int32_t)(1 + pick(&trade->core, 4));
}

static struct trade_download *new_download(struct trade *trade)
{
    static const struct {
        const char *ending;
        enum trade_media media;
    } endings[] = { { ".mp3", MEDIA_SONG },
                    { ".WMA", MEDIA_SONG },
                    { ".mp3?a=b.c", MEDIA_SONG },
                    { ".wmv", MEDIA_FILM },
                    { "", MEDIA_NOTHING } };
    static const enum trade_luck lucks[] = {
        LUCK_GOOD, LUCK_GOOD, LUCK_SLOW, LUCK_SLOW, LUCK_BAD_FOR_A_WHILE, LUCK_NONE
    };
    uint32_t ending = pick(&trade->core, 5);
    struct trade_download *download = &trade->downloads[trade->download_count];

    *download = (struct trade_download){ .number = (unsigned)trade->download_count,
                                         .media = endings[ending].media };
    download->is_real_time = pick(&trade->core, 3) == 0;
    download->size = (uint64_t)(1 + pick(&trade->core, 150)) * TRADE_SIZES + TRADE_FIRST_DOWNLOAD +
                     download->number;
    download->luck = lucks[pick(&trade->core, sizeof lucks / sizeof lucks[0])];
    snprintf(download->url, sizeof download->url, "http://origin.test/d%u%s", download->number,
             endings[ending].ending);
    trade->download_count++;
    trade_serve(trade, false);
    return download;
}

void trade_start_download(struct trade *trade)
{
    struct xbits_download_spec spec;
    struct trade_download *download;
    xbits_result result;

    if (trade->player == NULL || trade->download_count == TRADE_DOWNLOADS)
        return;
    XBITS_INIT(&spec);
    spec.collection = choose_collection(trade);
    if (!trade_is_on(trade))
        return;
    add_collection(trade, spec.collection);
    download = new_download(trade);
    download->collection = spec.collection;
    spec.provider = pick(&trade->core, 3) == 0 ? NULL : trade_stores[pick(&trade->core, 3)];
    spec.source_url = download->url;
    spec.type = download->is_real_time ? XBITS_DOWNLOAD_REAL_TIME : XBITS_DOWNLOAD_BACKGROUND;
    result = xbits_download_collection_start(manager_of(trade), &spec, &download->id);
    trace(&trade->core, "download %u %s in %" PRId32 ", %s: %s", download->number, spec.type,
          spec.collection, download->url, xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !is_well(trade), "download %u: %s",
          download->number, xbits_last_error()->message);
    download->is_known = download->is_acknowledged = XBITS_SUCCEEDED(result);
    download->may_be_removed = XBITS_FAILED(result);
}

static void note_request(struct trade *trade, struct trade_download *download, const char *name,
                         xbits_result result)
{
    trace(&trade->core, "download %u: %s: %s", download->number, name, xbits_result_name(result));
    claim(&trade->core, !download->is_removed || result == XBITS_BG_E_NOT_FOUND,
          "download %u was removed, and %s answered %s", download->number, name,
          xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !is_well(trade) || !download->is_listed,
          "download %u: %s: %s", download->number, name, xbits_last_error()->message);
}

static bool find_index(struct trade *trade, const struct trade_download *download,
                       int32_t *index_out)
{
    int32_t count = 0;

    if (xbits_download_collection_count(manager_of(trade), download->collection, &count) !=
        XBITS_S_OK)
        return false;
    for (int32_t i = 0; i < count; i++) {
        struct xbits_id id;

        if (xbits_download_collection_item(manager_of(trade), download->collection, i, &id) ==
                XBITS_S_OK &&
            xbits_id_equal(&id, &download->id)) {
            *index_out = i;
            return true;
        }
    }
    return false;
}

static void note_removed(struct trade *trade, struct trade_download *download, xbits_result result)
{
    download->is_removed |= XBITS_SUCCEEDED(result) && download->is_listed;
    download->may_be_removed |= XBITS_SUCCEEDED(result) || !is_well(trade);
    download->may_be_cancelled |= XBITS_SUCCEEDED(result) || !is_well(trade);
}

static void remove_download(struct trade *trade, struct trade_download *download)
{
    int32_t index = 0;
    xbits_result result;

    if (!find_index(trade, download, &index))
        return;
    download->is_listed = true;
    result = xbits_download_collection_remove(manager_of(trade), download->collection, index);
    note_request(trade, download, "removed", result);
    note_removed(trade, download, result);
}

void trade_ask_download(struct trade *trade)
{
    static const struct {
        const char *name;
        xbits_result (*call)(struct xbits_download_manager *manager, const struct xbits_id *item);
    } requests[] = { { "pause", xbits_download_item_pause },
                     { "resume", xbits_download_item_resume },
                     { "cancel", xbits_download_item_cancel } };
    uint32_t which = pick(&trade->core, 4);
    struct trade_download *download;
    xbits_result result;

    if (trade->player == NULL || trade->download_count == 0)
        return;
    download = &trade->downloads[pick(&trade->core, (uint32_t)trade->download_count)];
    if (!download->is_known)
        return;
    if (which == 3) {
        remove_download(trade, download);
        return;
    }
    result = requests[which].call(manager_of(trade), &download->id);
    note_request(trade, download, requests[which].name, result);
    download->may_be_cancelled |= which == 2 && (XBITS_SUCCEEDED(result) || !is_well(trade));
}

void trade_clear_downloads(struct trade *trade)
{
    int32_t count = 0;
    int32_t id;
    xbits_result result;

    if (trade->player == NULL || trade->collection_count == 0)
        return;
    id = trade->collections[pick(&trade->core, (uint32_t)trade->collection_count)].id;
    /* Of the producers' jobs trade_ask_item knows. */
    if (id <= 4)
        return;
    result = xbits_download_collection_clear(manager_of(trade), id);
    trace(&trade->core, "clear %" PRId32 ": %s", id, xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !is_well(trade), "clear: %s",
          xbits_last_error()->message);
    for (size_t i = 0; i < trade->download_count; i++) {
        if (trade->downloads[i].collection == id)
            note_removed(trade, &trade->downloads[i], result);
    }
    claim(&trade->core,
          !is_well(trade) ||
              (xbits_download_collection_count(manager_of(trade), id, &count) == XBITS_S_OK &&
               count == 0),
          "%" PRId32 " items after clear", count);
}

void trade_resume_downloads(struct trade *trade)
{
    for (size_t i = 0; i < trade->download_count && trade->player != NULL; i++) {
        struct trade_download *download = &trade->downloads[i];

        if (download->is_known)
            (void)xbits_download_item_resume(manager_of(trade), &download->id);
    }
}

void trade_end_session_of_downloads(struct trade *trade)
{
    for (size_t i = 0; i < trade->download_count; i++)
        trade->downloads[i].is_past |= trade->downloads[i].is_real_time;
}

void trade_hear_of_download(struct trade *trade, struct trade_download *download,
                            const struct xbits_player_news *news)
{
    trace(&trade->core, "download %u: %s %s %s", download->number,
          xbits_player_news_name(news->kind), xbits_result_name(news->result), news->text);
    switch (news->kind) {
    case XBITS_NEWS_FILED:
        claim(&trade->core, !download->was_filed || trade->is_shaken, "download %u is filed twice",
              download->number);
        download->was_filed = true;
        break;
    case XBITS_NEWS_ADOPTED:
    case XBITS_NEWS_IGNORED:
    case XBITS_NEWS_RELEASED:
        claim(&trade->core, trade->is_shaken, "download %u is %s", download->number,
              xbits_player_news_name(news->kind));
        break;
    case XBITS_NEWS_ENDED:
        claim(&trade->core, trade->is_shaken || download->may_be_cancelled,
              "download %u: %s, but nobody did it", download->number, news->text);
        break;
    case XBITS_NEWS_FAILED:
        claim(&trade->core,
              trade->is_shaken || !trade_is_on(trade) || download->luck == LUCK_NONE ||
                  download->media == MEDIA_NOTHING,
              "download %u failed: %s", download->number, news->text);
        break;
    case XBITS_NEWS_DAMAGED:
        break;
    }
}
