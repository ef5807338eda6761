/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "backend-sim/transfer/answer_text.h"
#include "backend-sim/transfer/script_transfer.h"
#include "base/url_text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#define CHUNK_SIZE 65536
/* A body without a rate comes in turns of so many chunks, so that many bodies advance side by side
 * and a listener that stops one is not flooded first. */
#define TURN_CHUNKS  16
#define IDLE_MAXIMUM 1024

/*
 * Each poll serves what is due and then what arrived: transfers that were started, or had more to
 * deliver at once, before this poll. What is started or goes on during a poll waits for the next
 * one, so a listener that repeats a request at once cannot keep a poll from returning.
 */
struct script_source {
    struct transfer_source base; /* First. */
    struct transfer_listener listener;
    struct script_origin *origin;
    struct key_map live;
    struct due_queue due;
    struct script_transfer *arrived; /* Oldest first. */
    struct script_transfer **arrived_end;
    struct script_transfer *idle;
    size_t idle_count;
    struct http_head head;
    struct answer_text answer_text;
    unsigned char chunk[CHUNK_SIZE];
};

static struct script_source *source_of(struct transfer_source *base)
{
    return (struct script_source *)base;
}

static struct script_transfer *transfer_of(struct due_entry *due)
{
    return (struct script_transfer *)((char *)due - offsetof(struct script_transfer, due));
}

static void arrive(struct script_source *source, struct script_transfer *transfer)
{
    transfer->next = NULL;
    *source->arrived_end = transfer;
    source->arrived_end = &transfer->next;
}

/* Puts it aside for another use. */
static void retire(struct script_source *source, struct script_transfer *transfer)
{
    if (source->idle_count == IDLE_MAXIMUM) {
        script_transfer_free(transfer);
        return;
    }
    script_transfer_release(transfer);
    transfer->next = source->idle;
    source->idle = transfer;
    source->idle_count++;
}

static xbits_result obtain(struct script_source *source, struct script_transfer **transfer_out)
{
    struct script_transfer *transfer = source->idle;

    if (transfer == NULL)
        return script_transfer_new(transfer_out);
    source->idle = transfer->next;
    source->idle_count--;
    *transfer_out = transfer;
    return XBITS_S_OK;
}

static xbits_result source_start(struct transfer_source *base,
                                 const struct transfer_request *wanted)
{
    struct script_source *source = source_of(base);
    struct script_transfer *transfer = NULL;
    xbits_result result;

    assert(key_map_find(&source->live, wanted->key) == NULL);
    TRY(obtain(source, &transfer));
    result = due_queue_reserve(&source->due, source->live.count + 1);
    if (XBITS_SUCCEEDED(result))
        result = script_transfer_aim(transfer, wanted, source->origin);
    if (XBITS_SUCCEEDED(result))
        result = key_map_add(&source->live, &transfer->entry);
    if (XBITS_FAILED(result)) {
        retire(source, transfer);
        return result;
    }
    arrive(source, transfer);
    return XBITS_S_OK;
}

static void source_stop(struct transfer_source *base, uint64_t key)
{
    struct script_source *source = source_of(base);
    struct script_transfer *transfer = (struct script_transfer *)key_map_remove(&source->live, key);

    if (transfer == NULL)
        return;
    transfer->is_stopped = true; /* Whoever serves it, or is about to, drops it. */
    if (transfer->due.is_in_queue) {
        due_queue_remove(&source->due, &transfer->due);
        retire(source, transfer);
    }
}

static void end(struct script_source *source, struct script_transfer *transfer, xbits_result result)
{
    uint64_t key = transfer->entry.key;
    struct xbits_error error;

    if (XBITS_FAILED(result)) {
        error = *xbits_last_error();
        error.result = result;
    }
    /* First all of this, because the listener may start its next request under the same key. */
    (void)key_map_remove(&source->live, key);
    retire(source, transfer);
    source->listener.ended(source->listener.user, key, result,
                           XBITS_FAILED(result) ? &error : NULL);
}

static xbits_result report_head(struct script_source *source,
                                const struct script_transfer *transfer,
                                const struct resource_answer *decision)
{
    const struct script_section *section = transfer->section;
    bool is_http_1_0 = section != NULL && section->resource.rules.is_http_1_0;

    if (section != NULL && section->is_http_0_9)
        http_head_dispose(&source->head);
    else
        answer_text_write_head(decision, is_http_1_0, &source->head);
    return source->listener.headers(
        source->listener.user, transfer->entry.key,
        answer_text_read(&source->answer_text, &source->head, text_c(&transfer->url)));
}

static xbits_result serve_head(struct script_source *source, struct script_transfer *transfer,
                               uint64_t now_ms)
{
    struct resource_answer decision;

    transfer->stage = SCRIPT_BODY;
    TRY(script_transfer_decide(transfer, now_ms, &decision));
    return report_head(source, transfer, &decision);
}

static const void *body_at(struct script_source *source, const struct script_transfer *transfer,
                           size_t size)
{
    const struct script_section *section = transfer->section;
    uint64_t offset = transfer->first + transfer->position;

    if (section->body != NULL)
        return section->body + offset;
    resource_pattern(section->pattern, offset, source->chunk, size);
    return source->chunk;
}

static xbits_result serve_body(struct script_source *source, struct script_transfer *transfer,
                               uint64_t now_ms)
{
    uint64_t arrived = script_transfer_arrived(transfer, now_ms);

    for (int i = 0; i < TURN_CHUNKS && transfer->position < arrived && !transfer->is_stopped; i++) {
        uint64_t left = arrived - transfer->position;
        size_t size = left < CHUNK_SIZE ? (size_t)left : CHUNK_SIZE;

        TRY(source->listener.body(source->listener.user, transfer->entry.key,
                                  body_at(source, transfer, size), size));
        transfer->position += size;
    }
    if (transfer->is_cut && transfer->position == transfer->length)
        return xbits_fail(XBITS_ERROR_WINHTTP_CONNECTION_ERROR,
                          "the scripted origin breaks off %s after %" PRIu64 " bytes",
                          url_text(text_c(&transfer->url)).c, transfer->length);
    return XBITS_S_OK;
}

static void wait_for_more(struct script_source *source, struct script_transfer *transfer,
                          uint64_t now_ms)
{
    if (transfer->position < script_transfer_arrived(transfer, now_ms))
        arrive(source, transfer);
    else
        due_queue_add(&source->due, &transfer->due, script_transfer_next_ms(transfer, now_ms));
}

static void serve(struct script_source *source, struct script_transfer *transfer, uint64_t now_ms)
{
    xbits_result result = XBITS_S_OK;

    if (transfer->stage == SCRIPT_HEAD)
        result = serve_head(source, transfer, now_ms);
    if (XBITS_SUCCEEDED(result) && !transfer->is_stopped)
        result = serve_body(source, transfer, now_ms);
    if (transfer->is_stopped)
        retire(source, transfer);
    else if (XBITS_FAILED(result) || transfer->position == transfer->length)
        end(source, transfer, result);
    else
        wait_for_more(source, transfer, now_ms);
}

/* A new transfer learns only now what time it is: its latency begins here. */
static void serve_arrived(struct script_source *source, struct script_transfer *transfer,
                          uint64_t now_ms)
{
    uint64_t latency_ms = transfer->section == NULL ? 0 : transfer->section->latency_ms;

    if (transfer->is_stopped) {
        retire(source, transfer);
        return;
    }
    if (transfer->stage == SCRIPT_NEW) {
        transfer->stage = SCRIPT_HEAD;
        if (latency_ms > 0) {
            due_queue_add(&source->due, &transfer->due, now_ms + latency_ms);
            return;
        }
    }
    serve(source, transfer, now_ms);
}

static void source_poll(struct transfer_source *base, uint64_t now_ms, uint64_t wait_ms)
{
    struct script_source *source = source_of(base);
    struct script_transfer *arrived = source->arrived;

    (void)wait_ms; /* Nothing comes from outside. */
    source->arrived = NULL;
    source->arrived_end = &source->arrived;
    for (struct due_entry *due; (due = due_queue_take(&source->due, now_ms)) != NULL;)
        serve(source, transfer_of(due), now_ms);
    for (struct script_transfer *next; arrived != NULL; arrived = next) {
        next = arrived->next;
        serve_arrived(source, arrived, now_ms);
    }
}

static void source_wake(struct transfer_source *base)
{
    (void)base;
}

static uint64_t source_next_due_ms(struct transfer_source *base)
{
    const struct script_source *source = source_of(base);

    return source->arrived != NULL ? 0 : due_queue_next_ms(&source->due);
}

static bool source_is_moving(struct transfer_source *base)
{
    (void)base;
    return false;
}

static size_t source_count(struct transfer_source *base)
{
    return source_of(base)->live.count;
}

static xbits_result source_set_origin(struct transfer_source *base, const char *ini)
{
    struct script_source *source = source_of(base);
    struct script_origin *origin = NULL;

    TRY(script_origin_parse(ini, &origin));
    script_origin_release(source->origin);
    source->origin = origin;
    return XBITS_S_OK;
}

static void free_list(struct script_transfer *transfer)
{
    for (struct script_transfer *next; transfer != NULL; transfer = next) {
        next = transfer->next;
        script_transfer_free(transfer);
    }
}

static void source_free(struct transfer_source *base)
{
    struct script_source *source = source_of(base);

    while (source->due.count > 0) {
        struct due_entry *due = source->due.heap[0];

        due_queue_remove(&source->due, due);
        script_transfer_free(transfer_of(due));
    }
    free_list(source->arrived);
    free_list(source->idle);
    due_queue_dispose(&source->due);
    key_map_dispose(&source->live);
    script_origin_release(source->origin);
    http_head_dispose(&source->head);
    free(source);
}

static const struct transfer_source_ops script_source_ops = {
    .start = source_start,
    .stop = source_stop,
    .poll = source_poll,
    .wake = source_wake,
    .next_due_ms = source_next_due_ms,
    .is_moving = source_is_moving,
    .count = source_count,
    .set_origin = source_set_origin,
    .free = source_free,
};

xbits_result transfer_script_new(const struct transfer_options *options,
                                 struct transfer_source **source_out)
{
    struct script_source *source = calloc(1, sizeof(*source));
    xbits_result result;

    if (source == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a scripted origin");
    source->base.ops = &script_source_ops;
    source->listener = options->listener;
    source->arrived_end = &source->arrived;
    http_head_init(&source->head);
    result = script_origin_parse(NULL, &source->origin);
    if (XBITS_FAILED(result)) {
        source_free(&source->base);
        return result;
    }
    *source_out = &source->base;
    return XBITS_S_OK;
}
