/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* So many steps at one moment mean that a player never says when it has done enough. */
#define STEPS_AT_ONCE_MAXIMUM 1000

void wmp_begin(struct wmp *wmp, struct harness *harness)
{
    memset(wmp, 0, sizeof *wmp);
    wmp->harness = harness;
    XBITS_INIT(&wmp->options);
    wmp->options.user_directory = harness_path(harness, "user");
    wmp->options.library = harness_path(harness, "library");
    make_directories(harness, "user");
    make_directories(harness, "library");
    install_store(wmp, WMP_STORE);
    set_refresh_download(wmp, 1);
}

/* xbits_player_tell */
static void take_news(const struct xbits_player_news *news, void *user)
{
    struct wmp *wmp = user;
    struct told *told = &wmp->told[wmp->told_count];

    if (wmp->told_count == WMP_TOLD_MAXIMUM)
        fail_msg("the player tells more than %d news", WMP_TOLD_MAXIMUM);
    wmp->told_count++;
    told->kind = news->kind;
    told->job = news->job;
    told->collection = news->collection;
    told->result = news->result;
    text_copy_into(told->title, sizeof told->title, news->title);
    text_copy_into(told->text, sizeof told->text, news->text);
}

void wmp_open_player(struct wmp *wmp)
{
    wmp->options.tell = take_news;
    wmp->options.user = wmp;
    assert_ok(xbits_player_open(wmp->harness->manager, &wmp->options, &wmp->player));
    harness_keep_player(wmp->harness, wmp->player);
}

void wmp_close_player(struct wmp *wmp)
{
    harness_close_player(wmp->harness, wmp->player);
    wmp->player = NULL;
}

void wmp_begin_with_player(struct wmp *wmp, struct harness *harness)
{
    wmp_begin(wmp, harness);
    wmp_open_player(wmp);
}

static uint64_t step(struct wmp *wmp)
{
    uint64_t due_ms = 0;

    assert_ok(xbits_player_step(wmp->player, now_ms(wmp->harness), &due_ms));
    return due_ms;
}

void player_pass(struct wmp *wmp)
{
    (void)step(wmp);
}

/* Lets the engine have its timers first; what is left when it has none just passes. */
static void run_engine(struct harness *harness, uint64_t until_ms)
{
    uint64_t from_ms = now_ms(harness);
    xbits_result result;

    if (from_ms >= until_ms)
        return;
    result = xbits_sim_run(harness->manager, until_ms - from_ms, NULL);
    assert_true(result == XBITS_S_OK || result == XBITS_S_FALSE);
    if (now_ms(harness) < until_ms)
        advance(harness, until_ms - now_ms(harness));
}

void run_player(struct wmp *wmp, uint64_t ms)
{
    uint64_t end_ms = now_ms(wmp->harness) + ms;
    uint64_t before_ms = 0;
    int at_once = 0;

    for (;;) {
        uint64_t due_ms = step(wmp);
        uint64_t seen_ms = now_ms(wmp->harness);

        at_once = seen_ms == before_ms ? at_once + 1 : 0;
        assert_true(at_once < STEPS_AT_ONCE_MAXIMUM);
        before_ms = seen_ms;
        if (seen_ms >= end_ms && due_ms > seen_ms)
            return;
        run_engine(wmp->harness, due_ms < end_ms ? due_ms : end_ms);
    }
}

static bool is_about(const struct told *told, struct xbits_job *job)
{
    return job == NULL || memcmp(&told->job, xbits_job_id(job), sizeof told->job) == 0;
}

size_t count_told(const struct wmp *wmp, enum xbits_player_news_kind kind, struct xbits_job *job)
{
    size_t count = 0;

    for (size_t i = 0; i < wmp->told_count; i++)
        count += wmp->told[i].kind == kind && is_about(&wmp->told[i], job) ? 1 : 0;
    return count;
}

const struct told *last_told(const struct wmp *wmp, enum xbits_player_news_kind kind)
{
    for (size_t i = wmp->told_count; i > 0; i--) {
        if (wmp->told[i - 1].kind == kind)
            return &wmp->told[i - 1];
    }
    fail_msg("the player has not told %s", xbits_player_news_name(kind));
    return NULL;
}

/* xbits_player_item_visit */
static bool take_item(const struct xbits_player_item *item, void *user)
{
    struct wmp_items *items = user;
    struct xbits_player_item *copy = &items->list[items->count];

    assert_true(items->count < WMP_ITEMS_MAXIMUM);
    items->count++;
    *copy = *item;
    copy->source_url = harness_keep(items->harness, strdup(item->source_url));
    copy->title = harness_keep(items->harness, strdup(item->title));
    return true;
}

struct wmp_items items_of(struct wmp *wmp, int32_t collection)
{
    struct wmp_items items = { .harness = wmp->harness };

    assert_ok(xbits_player_visit_items(wmp->player, collection, take_item, &items));
    return items;
}

size_t count_items(struct wmp *wmp, int32_t collection)
{
    return items_of(wmp, collection).count;
}

static bool find_item(struct wmp *wmp, struct xbits_job *job, struct xbits_player_item *item_out)
{
    struct wmp_items items = items_of(wmp, 0);

    for (size_t i = 0; i < items.count; i++) {
        if (memcmp(&items.list[i].job, xbits_job_id(job), sizeof items.list[i].job) != 0)
            continue;
        *item_out = items.list[i];
        return true;
    }
    return false;
}

struct xbits_player_item item_of(struct wmp *wmp, struct xbits_job *job)
{
    struct xbits_player_item item = { 0 };

    if (!find_item(wmp, job, &item))
        fail_msg("the player has no item of \"%s\"", snapshot_of(job).description);
    return item;
}

bool has_item(struct wmp *wmp, struct xbits_job *job)
{
    struct xbits_player_item item;

    return find_item(wmp, job, &item);
}

const char *item_info(struct wmp *wmp, struct xbits_job *job, const char *name)
{
    const char *text = NULL;

    assert_ok(xbits_player_item_info(wmp->player, xbits_job_id(job), name, &text));
    return text;
}
