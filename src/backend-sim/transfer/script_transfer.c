/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/script_transfer.h"

#include "base/url_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A body with a rate arrives in slices of so much virtual time. */
#define SLICE_MS 100

xbits_result script_transfer_new(struct script_transfer **transfer_out)
{
    struct script_transfer *transfer = calloc(1, sizeof(*transfer));

    if (transfer == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a transfer");
    *transfer_out = transfer;
    return XBITS_S_OK;
}

void script_transfer_release(struct script_transfer *transfer)
{
    struct text url = transfer->url;

    script_origin_release(transfer->origin);
    *transfer = (struct script_transfer){ .url = url };
}

void script_transfer_free(struct script_transfer *transfer)
{
    script_transfer_release(transfer);
    text_dispose(&transfer->url);
    free(transfer);
}

xbits_result script_transfer_aim(struct script_transfer *transfer,
                                 const struct transfer_request *wanted,
                                 struct script_origin *origin)
{
    text_clear(&transfer->url);
    TRY(text_add(&transfer->url, wanted->url));
    transfer->entry.key = wanted->key;
    transfer->method = wanted->method;
    if (wanted->has_range)
        snprintf(transfer->range, sizeof(transfer->range), "bytes=%" PRIu64 "-%" PRIu64,
                 wanted->range_first, wanted->range_last);
    if (wanted->if_unmodified_since != NULL)
        text_copy_into(transfer->condition, sizeof(transfer->condition),
                       wanted->if_unmodified_since);
    transfer->origin = script_origin_retain(origin);
    transfer->section = script_origin_request(origin, wanted->url);
    return XBITS_S_OK;
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
                          "the scripted origin has no server for %s",
                          url_text(text_c(&transfer->url)).c);
    }
    *resource_out = section->resource;
    if (!meets_failure(section, transfer->method)) {
        resource_out->rules.status = 0;
        resource_out->rules.head_status = 0;
    } else if (XBITS_FAILED(section->error)) {
        return xbits_fail(section->error, "the scripted origin breaks requests for %s",
                          url_text(text_c(&transfer->url)).c);
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

xbits_result script_transfer_decide(struct script_transfer *transfer, uint64_t now_ms,
                                    struct resource_answer *decision_out)
{
    struct resource resource;

    transfer->began_ms = now_ms;
    TRY(find_resource(transfer, &resource));
    decide(transfer, &resource, decision_out);
    plan_body(transfer, decision_out);
    return XBITS_S_OK;
}

uint64_t script_transfer_arrived(const struct script_transfer *transfer, uint64_t now_ms)
{
    uint64_t elapsed_ms = now_ms - transfer->began_ms;
    uint64_t rate;
    uint64_t bytes;

    if (transfer->length == 0 || transfer->section->stalls)
        return 0;
    rate = transfer->section->rate;
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

uint64_t script_transfer_next_ms(const struct script_transfer *transfer, uint64_t now_ms)
{
    uint64_t next_ms;
    uint64_t last_ms;

    if (transfer->section->stalls)
        return UINT64_MAX;
    next_ms = arrival_ms(transfer, transfer->position + 1);
    last_ms = arrival_ms(transfer, transfer->length);
    if (next_ms < now_ms + SLICE_MS)
        next_ms = now_ms + SLICE_MS;
    return next_ms < last_ms ? next_ms : last_ms;
}
