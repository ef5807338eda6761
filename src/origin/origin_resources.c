/* SPDX-License-Identifier: MIT */
#include "origin/origin_resources.h"

#include "base/text.h"
#include "base/thread.h"
#include "origin/origin_hash.h"
#include "origin/origin_rules.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 1024u

struct origin_made {
    struct origin_made *next;
    size_t references; /* The table's, and one for each subject. */
    char *path;
    char *body; /* NULL: the pattern. */
    struct resource resource;
    uint64_t pattern;
    uint64_t rate;
    uint64_t cut_after;
    uint32_t cut_times;
    uint32_t cuts; /* Answers cut so far. */
    uint32_t fail_times;
    uint32_t failures; /* Answered so far with rules.status. */
    bool stalls;
};

struct resources {
    struct mutex *mutex;
    struct origin_made *buckets[BUCKETS];
};

xbits_result resources_new(struct resources **resources_out)
{
    struct resources *resources = calloc(1, sizeof *resources);

    if (resources != NULL)
        resources->mutex = mutex_new();
    if (resources == NULL || resources->mutex == NULL) {
        free(resources);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the origin's resources");
    }
    *resources_out = resources;
    return XBITS_S_OK;
}

static void made_free(struct origin_made *made)
{
    if (made == NULL)
        return;
    origin_text_free(made->resource.etag);
    origin_rules_dispose(&made->resource.rules);
    free(made->path);
    free(made->body);
    free(made);
}

static void release_locked(struct origin_made *made)
{
    if (--made->references == 0)
        made_free(made);
}

void resources_free(struct resources *resources)
{
    if (resources == NULL)
        return;
    for (size_t i = 0; i < BUCKETS; i++) {
        while (resources->buckets[i] != NULL) {
            struct origin_made *made = resources->buckets[i];
            resources->buckets[i] = made->next;
            release_locked(made);
        }
    }
    mutex_free(resources->mutex);
    free(resources);
}

static xbits_result copy_body(const struct origin_resource *resource, struct origin_made *made)
{
    if (resource->body == NULL)
        return XBITS_S_OK;
    /* One byte more: an empty body is a body too. */
    made->body = resource->size < SIZE_MAX ? malloc((size_t)resource->size + 1) : NULL;
    if (made->body == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the body of %s", resource->path);
    memcpy(made->body, resource->body, (size_t)resource->size);
    return XBITS_S_OK;
}

static xbits_result copy_resource(const struct origin_resource *resource, struct origin_made *made)
{
    char *etag;

    TRY(origin_check_header("etag", resource->etag));
    TRY(origin_rules_copy(&resource->rules, &made->resource.rules));
    TRY(text_copy(resource->path, &made->path));
    TRY(text_copy(resource->etag, &etag));
    made->resource.etag = etag;
    made->resource.size = resource->size;
    made->resource.modified = resource->modified;
    made->pattern = resource->pattern;
    made->rate = resource->rate;
    made->cut_after = resource->cut_after;
    made->cut_times = resource->cut_times;
    made->fail_times = resource->fail_times;
    made->stalls = resource->stalls;
    return copy_body(resource, made);
}

static xbits_result made_new(const struct origin_resource *resource, struct origin_made **made_out)
{
    if (resource->path == NULL || resource->path[0] != '/')
        return xbits_fail(XBITS_E_INVALIDARG, "the path of a resource does not begin with /");
    struct origin_made *made = calloc(1, sizeof *made);
    if (made == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the resource %s", resource->path);

    made->references = 1;
    const xbits_result result = copy_resource(resource, made);
    if (XBITS_FAILED(result))
        made_free(made);
    else
        *made_out = made;
    return result;
}

/* Where the pointer to the resource of that path is, or would be. */
static struct origin_made **find_place(struct resources *resources, const char *path)
{
    struct origin_made **place = &resources->buckets[origin_hash(path) % BUCKETS];

    while (*place != NULL && strcmp((*place)->path, path) != 0)
        place = &(*place)->next;
    return place;
}

static void remove_locked(struct origin_made **place)
{
    struct origin_made *made = *place;

    if (made == NULL)
        return;
    *place = made->next;
    release_locked(made);
}

xbits_result resources_put(struct resources *resources, const struct origin_resource *resource)
{
    struct origin_made *made = NULL;

    TRY(made_new(resource, &made));
    mutex_lock(resources->mutex);
    struct origin_made **place = find_place(resources, made->path);
    remove_locked(place);
    made->next = *place;
    *place = made;
    mutex_unlock(resources->mutex);
    return XBITS_S_OK;
}

void resources_remove(struct resources *resources, const char *path)
{
    mutex_lock(resources->mutex);
    remove_locked(find_place(resources, path));
    mutex_unlock(resources->mutex);
}

/* Counts this request when rules.status is what it gets, and drops the rule once it was enough. */
static void apply_failures_locked(struct origin_made *made, bool is_head,
                                  struct resource_rules *rules)
{
    if (made->fail_times == 0 || (is_head && rules->head_status != 0))
        return;
    if (made->failures < made->fail_times)
        made->failures++;
    else
        rules->status = 0;
}

bool resources_take(struct resources *resources, const char *path, const char *method,
                    struct origin_subject *subject)
{
    const bool is_head = strcmp(method, "HEAD") == 0;

    mutex_lock(resources->mutex);
    struct origin_made *made = *find_place(resources, path);
    if (made != NULL) {
        made->references++;
        subject->made = made;
        subject->resource = made->resource;
        subject->pattern = made->pattern;
        subject->body = made->body;
        subject->rate = made->rate;
        subject->stalls = made->stalls;
        if (is_head || strcmp(method, "GET") == 0)
            apply_failures_locked(made, is_head, &subject->resource.rules);
    }
    mutex_unlock(resources->mutex);
    return made != NULL;
}

void resources_begin_body(struct resources *resources, struct origin_subject *subject)
{
    struct origin_made *made = subject->made;

    mutex_lock(resources->mutex);
    if (made->cut_times == 0 || made->cuts < made->cut_times) {
        subject->cut_after = made->cut_after;
        made->cuts++;
    }
    mutex_unlock(resources->mutex);
}

void resources_give_back(struct resources *resources, struct origin_made *made)
{
    mutex_lock(resources->mutex);
    release_locked(made);
    mutex_unlock(resources->mutex);
}
