/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "backend-sim/transfer/answer_text.h"
#include "backend-sim/transfer/due_queue.h"
#include "backend-sim/transfer/key_map.h"
#include "backend-sim/transfer/script_origin.h"
#include "backend-sim/transfer/transfer.h"
#include "base/text.h"

#define CHUNK_SIZE 65536
/* A body without a rate comes in turns of so many chunks, so that many bodies advance side by side
 * and a listener that stops one is not flooded first. */
#define TURN_CHUNKS 16
/* A body with a rate arrives in slices of so much virtual time. */
#define SLICE_MS     100
#define IDLE_MAXIMUM 1024

enum stage { STAGE_NEW, STAGE_HEAD, STAGE_BODY };

/* One request under way. Used again and again. */
struct script_transfer {
    struct key_entry entry; /* First. */
    struct due_entry due;
    struct script_transfer *next;
    struct script_origin *origin;   /* A reference. */
    struct script_section *section; /* What the url met; NULL: nothing. */
    enum stage stage;
    bool is_stopped;
    enum transfer_method method;
    struct text url;
    char range[48];     /* "" without one. */
    char condition[64]; /* If-Unmodified-Since, "" without one. */
    uint64_t first;     /* Of the resource: where the body begins. */
    uint64_t position;  /* Bytes of the body that were delivered. */
    uint64_t length;    /* Bytes that will be. */
    bool is_cut;        /* Then the connection breaks. */
    uint64_t began_ms;  /* When the body began. */
};

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

static void free_transfer(struct script_transfer *transfer)
{
    script_origin_release(transfer->origin);
    text_dispose(&transfer->url);
    free(transfer);
}

/* Puts it aside for another use. */
static void retire(struct script_source *source, struct script_transfer *transfer)
{
    script_origin_release(transfer->origin);
    transfer->origin = NULL;
    if (source->idle_count == IDLE_MAXIMUM) {
        free_transfer(transfer);
        return;
    }
    transfer->next = source->idle;
    source->idle = transfer;
    source->idle_count++;
}

static xbits_result obtain(struct script_source *source, struct script_transfer **transfer_out)
{
    struct script_transfer *transfer = source->idle;

    if (transfer != NULL) {
        struct text url = transfer->url;

        source->idle = transfer->next;
        source->idle_count--;
        *transfer = (struct script_transfer){ .url = url };
    } else {
        transfer = calloc(1, sizeof(*transfer));
        if (transfer == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a transfer");
    }
    *transfer_out = transfer;
    return XBITS_S_OK;
}

static xbits_result keep_request(struct script_transfer *transfer,
                                 const struct transfer_request *wanted)
{
    transfer->entry.key = wanted->key;
    transfer->method = wanted->method;
    if (wanted->has_range)
        snprintf(transfer->range, sizeof(transfer->range), "bytes=%" PRIu64 "-%" PRIu64,
                 wanted->range_first, wanted->range_last);
    if (wanted->if_unmodified_since != NULL)
        text_copy_into(transfer->condition, sizeof(transfer->condition),
                       wanted->if_unmodified_since);
    text_clear(&transfer->url);
    return text_add(&transfer->url, wanted->url);
}

static xbits_result source_start(struct transfer_source *base,
                                 const struct transfer_request *wanted)
{
    struct script_source *source = source_of(base);
    struct script_transfer *transfer = NULL;
    xbits_result result;

    assert(key_map_find(&source->live, wanted->key) == NULL);
    TRY(obtain(source, &transfer));
    result = keep_request(transfer, wanted);
    if (XBITS_SUCCEEDED(result))
        result = due_queue_reserve(&source->due, source->live.count + 1);
    if (XBITS_SUCCEEDED(result))
        result = key_map_add(&source->live, &transfer->entry);
    if (XBITS_FAILED(result)) {
        retire(source, transfer);
        return result;
    }
    transfer->origin = script_origin_retain(source->origin);
    transfer->section = script_origin_request(source->origin, wanted->url);
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

/* Is this request one that the section's status or error is for? Counted if it is. */
static bool meets_failure(struct script_section *section, enum transfer_method method)
{
    const struct resource_rules *rules = &section->resource.rules;
    bool has_failure = XBITS_FAILED(section->error) || rules->status != 0 ||
                       (method == METHOD_HEAD && rules->head_status != 0);

    if (!has_failure || (section->fail_times > 0 && section->failures >= section->fail_times))
        return false;
    section->failures++;
    return true;
}

/* What is at the url, for this one request. */
static xbits_result find_resource(const struct script_transfer *transfer,
                                  struct resource *resource_out)
{
    struct script_section *section = transfer->section;

    if (section == NULL) {
        *resource_out = (struct resource){ .rules.status = 404 };
        if (script_origin_has_server(transfer->origin, text_c(&transfer->url)))
            return XBITS_S_OK;
        return xbits_fail(XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED,
                          "the scripted origin has no server for %s", text_c(&transfer->url));
    }
    *resource_out = section->resource;
    if (!meets_failure(section, transfer->method)) {
        resource_out->rules.status = 0;
        resource_out->rules.head_status = 0;
    } else if (XBITS_FAILED(section->error)) {
        return xbits_fail(section->error, "the scripted origin breaks requests for %s",
                          text_c(&transfer->url));
    }
    return XBITS_S_OK;
}

static void decide(const struct script_transfer *transfer, const struct resource *resource,
                   struct resource_answer *decision_out)
{
    const struct resource_request request = {
        .method = transfer->method == METHOD_HEAD ? "HEAD" : "GET",
        .range = transfer->range[0] == '\0' ? NULL : transfer->range,
        .if_unmodified_since = transfer->condition[0] == '\0' ? NULL : transfer->condition,
    };

    resource_decide(resource, &request, decision_out);
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

/* A request for one range is never answered with several. */
static void plan_body(struct script_transfer *transfer, const struct resource_answer *decision)
{
    struct script_section *section = transfer->section;

    if (!decision->has_body || decision->range_count == 0)
        return;
    transfer->first = decision->ranges[0].first;
    transfer->length = decision->ranges[0].last - transfer->first + 1;
    if (section->cut_after == 0 || section->cut_after >= transfer->length ||
        (section->cut_times > 0 && section->cuts >= section->cut_times))
        return;
    section->cuts++;
    transfer->is_cut = true;
    transfer->length = section->cut_after;
}

static xbits_result serve_head(struct script_source *source, struct script_transfer *transfer,
                               uint64_t now_ms)
{
    struct resource_answer decision;
    struct resource resource;

    transfer->stage = STAGE_BODY;
    transfer->began_ms = now_ms;
    TRY(find_resource(transfer, &resource));
    decide(transfer, &resource, &decision);
    plan_body(transfer, &decision);
    return report_head(source, transfer, &decision);
}

/* How much of the body has arrived by now. */
static uint64_t arrived_bytes(const struct script_transfer *transfer, uint64_t now_ms)
{
    uint64_t elapsed_ms = now_ms - transfer->began_ms;
    uint64_t rate = transfer->section->rate;
    uint64_t bytes;

    if (transfer->section->stalls)
        return 0;
    if (rate == 0 || elapsed_ms / 1000 > transfer->length / rate)
        return transfer->length;
    bytes = elapsed_ms / 1000 * rate + elapsed_ms % 1000 * rate / 1000;
    return bytes < transfer->length ? bytes : transfer->length;
}

/* When so much of the body will have arrived. */
static uint64_t arrival_ms(const struct script_transfer *transfer, uint64_t bytes)
{
    uint64_t rate = transfer->section->rate;

    return transfer->began_ms + (bytes * 1000 + rate - 1) / rate;
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
    uint64_t arrived = transfer->length == 0 ? 0 : arrived_bytes(transfer, now_ms);

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
                          text_c(&transfer->url), transfer->length);
    return XBITS_S_OK;
}

/* When the rest of a body is due; every moment in between is skipped. */
static void wait_for_more(struct script_source *source, struct script_transfer *transfer,
                          uint64_t now_ms)
{
    uint64_t due_ms;

    if (transfer->section->stalls) {
        due_queue_add(&source->due, &transfer->due, UINT64_MAX);
        return;
    }
    if (transfer->position < arrived_bytes(transfer, now_ms)) {
        arrive(source, transfer);
        return;
    }
    due_ms = arrival_ms(transfer, transfer->position + 1);
    if (due_ms < now_ms + SLICE_MS)
        due_ms = now_ms + SLICE_MS;
    if (due_ms > arrival_ms(transfer, transfer->length))
        due_ms = arrival_ms(transfer, transfer->length);
    due_queue_add(&source->due, &transfer->due, due_ms);
}

static void serve(struct script_source *source, struct script_transfer *transfer, uint64_t now_ms)
{
    xbits_result result = XBITS_S_OK;

    if (transfer->stage == STAGE_HEAD)
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
    if (transfer->stage == STAGE_NEW) {
        transfer->stage = STAGE_HEAD;
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
        free_transfer(transfer);
    }
}

static void source_free(struct transfer_source *base)
{
    struct script_source *source = source_of(base);

    while (source->due.count > 0) {
        struct due_entry *due = source->due.heap[0];

        due_queue_remove(&source->due, due);
        free_transfer(transfer_of(due));
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
