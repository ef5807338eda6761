/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/text.h"
#include "base/url_text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Progress is told at most so often. Virtual time may jump after any round, so there nothing is put
 * off. */
#define REPORT_BYTES (UINT64_C(1) << 20)
#define REPORT_MS    100
/* Bytes that trickle are written after so long, gathered or not. */
#define FLUSH_MS 250

xbits_result sim_fetch_new(struct sim *sim, struct sim_fetch **fetch_out)
{
    struct sim_fetch *fetch = calloc(1, sizeof(*fetch));

    if (fetch == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for one more transfer");
    fetch->sim = sim;
    fetch->next = sim->fetches;
    sim->fetches = fetch;
    *fetch_out = fetch;
    return XBITS_S_OK;
}

/* Not in the list of all: it has no file, and nothing to flush or to tell of on its way. */
xbits_result sim_fetch_new_ahead(struct sim_fetch *fetch)
{
    fetch->ahead = calloc(1, sizeof(*fetch->ahead));
    if (fetch->ahead == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for one more transfer");
    fetch->ahead->sim = fetch->sim;
    return XBITS_S_OK;
}

static void give_back_buffer(struct sim_fetch *fetch)
{
    struct sim *sim = fetch->sim;

    if (sim->spare_buffer == NULL)
        sim->spare_buffer = fetch->buffer;
    else
        free(fetch->buffer);
    fetch->buffer = NULL;
}

void sim_fetch_free(struct sim_fetch *fetch)
{
    struct sim_fetch **place = &fetch->sim->fetches;

    while (*place != NULL && *place != fetch)
        place = &(*place)->next;
    if (*place != NULL)
        *place = fetch->next;
    if (fetch->ahead != NULL)
        sim_fetch_free(fetch->ahead);
    if (fetch->file != NULL)
        (void)disk_close(fetch->sim->disk, fetch->file);
    give_back_buffer(fetch);
    free(fetch->path);
    free(fetch->url);
    free(fetch->last_modified);
    free(fetch->head);
    free(fetch);
}

struct happening *sim_happened(struct sim *sim, enum happening_kind kind,
                               const struct effect *effect)
{
    struct happening *happening = &sim->inbox[sim->inbox_count];

    assert(sim->inbox_count < sim->inbox_capacity);
    *happening = (struct happening){
        .kind = kind, .job = effect->job, .run = effect->run, .file = effect->file
    };
    sim->inbox_count++;
    return happening;
}

/* What will be synced at the end goes to the medium while more arrives. */
static void write_behind(struct sim_fetch *fetch)
{
    const struct settings *settings = &fetch->sim->settings;
    uint64_t step = settings->number[SETTING_TRANSFER_WRITE_BEHIND_BYTES];

    if (step == 0 || fetch->position - fetch->behind < step ||
        !settings_flag(settings, SETTING_TRANSFER_SYNC))
        return;
    disk_start_sync(fetch->sim->disk, fetch->file, fetch->behind, fetch->position - fetch->behind);
    fetch->behind = fetch->position;
}

/* Far apart, because the queue's other transfers wait meanwhile (ruling 7). */
static xbits_result checkpoint(struct sim_fetch *fetch)
{
    struct sim *sim = fetch->sim;
    const uint64_t *number = sim->settings.number;

    if (sim->queue == NULL || !settings_flag(&sim->settings, SETTING_TRANSFER_SYNC) ||
        fetch->position - fetch->synced < number[SETTING_TRANSFER_CHECKPOINT_BYTES] ||
        sim->round_ms - fetch->synced_ms < number[SETTING_TRANSFER_CHECKPOINT_S] * 1000)
        return XBITS_S_OK;
    TRY(disk_sync(sim->disk, fetch->file));
    fetch->synced = fetch->position;
    fetch->synced_ms = sim->round_ms;
    return XBITS_S_OK;
}

xbits_result sim_fetch_flush(struct sim_fetch *fetch)
{
    xbits_result result;

    fetch->flushed_ms = fetch->sim->round_ms;
    if (fetch->used == 0)
        return XBITS_S_OK;
    result =
        disk_write_at(fetch->sim->disk, fetch->file, fetch->position, fetch->buffer, fetch->used);
    if (XBITS_SUCCEEDED(result)) {
        fetch->position += fetch->used;
        fetch->sim->unstored_bytes += fetch->used;
        result = checkpoint(fetch);
    }
    fetch->is_local = XBITS_FAILED(result);
    fetch->used = 0;
    write_behind(fetch);
    return result;
}

static struct sim_fetch *fetch_of(uint64_t key)
{
    return (struct sim_fetch *)(uintptr_t)key;
}

static xbits_result on_headers(void *user, uint64_t key, const struct answer *answer)
{
    struct sim_fetch *fetch = fetch_of(key);
    struct expectation expected = {
        .has_range = fetch->effect.has_range,
        .range_first = fetch->effect.range_first,
        .range_last = fetch->effect.range_last,
        .size = fetch->size,
        .last_modified = fetch->last_modified != NULL ? fetch->last_modified : "",
    };

    (void)user;
    free(fetch->head);
    fetch->head = NULL;
    TRY(answer_copy(answer, &fetch->head));
    fetch->has_moved = fetch->effect.kind != EFFECT_AHEAD;
    if (answer->status == 206 && answer->has_content_range && answer->range_last < fetch->end)
        fetch->end = answer->range_last + 1;
    fetch->verdict =
        fetch->effect.kind == EFFECT_GET ? http_judge_get(answer, &expected) : XBITS_S_OK;
    return fetch->verdict;
}

static xbits_result take_buffer(struct sim_fetch *fetch)
{
    struct sim *sim = fetch->sim;

    if (fetch->buffer != NULL)
        return XBITS_S_OK;
    fetch->buffer = sim->spare_buffer;
    sim->spare_buffer = NULL;
    if (fetch->buffer == NULL)
        fetch->buffer = malloc((size_t)sim->settings.number[SETTING_TRANSFER_GATHER_BYTES]);
    if (fetch->buffer == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to gather bytes in");
    return XBITS_S_OK;
}

/* Writes go out in whole gathers that begin at multiples of one, whatever pieces the network
 * brings. */
static size_t room_in_gather(const struct sim_fetch *fetch)
{
    size_t gather = (size_t)fetch->sim->settings.number[SETTING_TRANSFER_GATHER_BYTES];

    return gather - (size_t)(fetch->position % gather) - fetch->used;
}

static xbits_result write_bytes(struct sim_fetch *fetch, const void *bytes, size_t size)
{
    xbits_result result =
        disk_write_at(fetch->sim->disk, fetch->file, fetch->position, bytes, size);

    fetch->is_local = XBITS_FAILED(result);
    if (XBITS_SUCCEEDED(result))
        fetch->position += size;
    return result;
}

/* The body of a small file that came in one piece needs no gathering. */
static bool is_all(const struct sim_fetch *fetch, size_t size)
{
    return fetch->used == 0 && size == fetch->end - fetch->position &&
           size <= room_in_gather(fetch);
}

static xbits_result on_body(void *user, uint64_t key, const void *bytes, size_t size)
{
    struct sim_fetch *fetch = fetch_of(key);
    const uint8_t *next = bytes;

    (void)user;
    if (fetch->effect.kind != EFFECT_GET)
        return XBITS_S_OK;
    if (size > fetch->end - fetch->position - fetch->used)
        return xbits_fail(XBITS_BG_E_INVALID_SERVER_RESPONSE,
                          "the server sent more of %s than it was asked for",
                          url_text(fetch->url).c);
    fetch->has_moved = true;
    fetch->was_quiet = false;
    if (is_all(fetch, size))
        return write_bytes(fetch, bytes, size);
    TRY(take_buffer(fetch));
    while (size > 0) {
        size_t room = room_in_gather(fetch);
        size_t part = size < room ? size : room;

        memcpy(fetch->buffer + fetch->used, next, part);
        fetch->used += part;
        next += part;
        size -= part;
        if (part == room)
            TRY(sim_fetch_flush(fetch));
    }
    return XBITS_S_OK;
}

enum happening_kind sim_fetch_end_kind(const struct sim_fetch *fetch)
{
    return fetch->effect.kind == EFFECT_AHEAD ? HAPPENED_AHEAD : HAPPENED_ENDED;
}

static void end(struct sim_fetch *fetch, xbits_result result, const struct xbits_error *error)
{
    struct happening *happening;

    fetch->is_requested = false;
    happening = sim_happened(fetch->sim, sim_fetch_end_kind(fetch), &fetch->effect);
    happening->result = result;
    happening->is_local = fetch->is_local;
    happening->position = fetch->position;
    happening->synced = fetch->synced;
    happening->head = fetch->head;
    /* A verdict has no sentence of its own: the engine finds one. */
    if (XBITS_FAILED(result) && error != NULL && XBITS_SUCCEEDED(fetch->verdict))
        (void)text_copy(error->message, &happening->text);
    fetch->head = NULL;
    fetch->verdict = XBITS_S_OK;
    fetch->is_local = false;
    fetch->has_moved = false;
    fetch->reported = fetch->position;
    fetch->reported_ms = fetch->sim->round_ms;
}

static void on_ended(void *user, uint64_t key, xbits_result result, const struct xbits_error *error)
{
    struct sim_fetch *fetch = fetch_of(key);
    xbits_result flushed = sim_fetch_flush(fetch);

    (void)user;
    if (XBITS_FAILED(flushed))
        end(fetch, flushed, xbits_last_error());
    else
        end(fetch, result, error);
}

static void on_begun(void *user, uint64_t key)
{
    struct sim_fetch *fetch = fetch_of(key);

    if (fetch->effect.kind != EFFECT_AHEAD)
        sim_happened(user, HAPPENED_BEGUN, &fetch->effect);
}

struct transfer_listener sim_fetch_listener(struct sim *sim)
{
    return (struct transfer_listener){
        .user = sim, .begun = on_begun, .headers = on_headers, .body = on_body, .ended = on_ended
    };
}

static bool is_worth_telling(const struct sim_fetch *fetch, uint64_t now_ms)
{
    return fetch->sim->is_virtual || fetch->was_quiet ||
           fetch->position - fetch->reported >= REPORT_BYTES ||
           now_ms - fetch->reported_ms >= REPORT_MS;
}

static void tell(struct sim_fetch *fetch, uint64_t now_ms)
{
    struct happening *happening = sim_happened(fetch->sim, HAPPENED_MOVED, &fetch->effect);

    happening->position = fetch->position;
    happening->synced = fetch->synced;
    fetch->reported = fetch->position;
    fetch->reported_ms = now_ms;
    fetch->has_moved = false;
}

/* What cannot be written ends the request: the bytes after it would have no place. */
static void flush_if_due(struct sim_fetch *fetch, uint64_t now_ms)
{
    xbits_result result;

    bool is_due =
        fetch->sim->is_virtual || fetch->was_quiet || now_ms - fetch->flushed_ms >= FLUSH_MS;

    if (fetch->used == 0 || !is_due)
        return;
    result = sim_fetch_flush(fetch);
    if (XBITS_SUCCEEDED(result))
        return;
    fetch->sim->source->ops->stop(fetch->sim->source, (uint64_t)(uintptr_t)fetch);
    end(fetch, result, xbits_last_error());
}

void sim_flush_fetches(struct sim *sim, uint64_t now_ms)
{
    for (struct sim_fetch *fetch = sim->fetches; fetch != NULL; fetch = fetch->next) {
        if (!fetch->is_requested)
            continue;
        flush_if_due(fetch, now_ms);
        if (fetch->is_requested && fetch->has_moved && is_worth_telling(fetch, now_ms))
            tell(fetch, now_ms);
        fetch->was_quiet = true;
    }
}

bool sim_has_unflushed(const struct sim *sim)
{
    for (const struct sim_fetch *fetch = sim->fetches; fetch != NULL; fetch = fetch->next)
        if (fetch->used > 0 || fetch->has_moved)
            return true;
    return false;
}
