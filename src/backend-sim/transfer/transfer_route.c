/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "backend-sim/transfer/file_name.h"

#include <stdlib.h>

struct route_source {
    struct transfer_source base; /* First. */
    struct transfer_source *files;
    struct transfer_source *rest;
};

static struct route_source *source_of(struct transfer_source *base)
{
    return (struct route_source *)base;
}

static xbits_result source_start(struct transfer_source *base,
                                 const struct transfer_request *request)
{
    struct route_source *source = source_of(base);
    struct transfer_source *target = file_name_is_one(request->url) ? source->files : source->rest;

    return target->ops->start(target, request);
}

static void source_stop(struct transfer_source *base, uint64_t key)
{
    struct route_source *source = source_of(base);

    source->files->ops->stop(source->files, key);
    source->rest->ops->stop(source->rest, key);
}

static uint64_t source_next_due_ms(struct transfer_source *base)
{
    struct route_source *source = source_of(base);
    uint64_t files_ms = source->files->ops->next_due_ms(source->files);
    uint64_t rest_ms = source->rest->ops->next_due_ms(source->rest);

    return files_ms < rest_ms ? files_ms : rest_ms;
}

/* Only the rest can wait for something, and not while a file has something to tell. */
static void source_poll(struct transfer_source *base, uint64_t now_ms, uint64_t wait_ms)
{
    struct route_source *source = source_of(base);

    if (source->files->ops->next_due_ms(source->files) <= now_ms)
        wait_ms = 0;
    source->files->ops->poll(source->files, now_ms, 0);
    source->rest->ops->poll(source->rest, now_ms, wait_ms);
}

static void source_wake(struct transfer_source *base)
{
    struct route_source *source = source_of(base);

    source->files->ops->wake(source->files);
    source->rest->ops->wake(source->rest);
}

static bool source_is_moving(struct transfer_source *base)
{
    struct route_source *source = source_of(base);

    return source->files->ops->is_moving(source->files) ||
           source->rest->ops->is_moving(source->rest);
}

static size_t source_count(struct transfer_source *base)
{
    struct route_source *source = source_of(base);

    return source->files->ops->count(source->files) + source->rest->ops->count(source->rest);
}

static xbits_result source_set_origin(struct transfer_source *base, const char *ini)
{
    struct route_source *source = source_of(base);

    return source->rest->ops->set_origin(source->rest, ini);
}

static void source_free(struct transfer_source *base)
{
    struct route_source *source = source_of(base);

    source->files->ops->free(source->files);
    source->rest->ops->free(source->rest);
    free(source);
}

static const struct transfer_source_ops route_source_ops = {
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

xbits_result transfer_route_new(struct transfer_source *files, struct transfer_source *rest,
                                struct transfer_source **source_out)
{
    struct route_source *source = calloc(1, sizeof(*source));

    if (source == NULL) {
        files->ops->free(files);
        rest->ops->free(rest);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to route transfers");
    }
    source->base.ops = &route_source_ops;
    source->files = files;
    source->rest = rest;
    *source_out = &source->base;
    return XBITS_S_OK;
}
