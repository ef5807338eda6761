/* SPDX-License-Identifier: MIT */
#include "store/download/internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"

void download_free(struct download *download)
{
    if (download == NULL)
        return;
    xbits_job_close(download->job);
    free(download->source_url);
    free(download->provider);
    free(download->directory);
    free(download->extension);
    free(download->path);
    free(download->failure);
    free(download->local_name);
    free(download);
}

xbits_result download_name_file(struct download *download)
{
    struct text name = { 0 };
    xbits_result result = text_format(&name, "%s/%" PRId64 "%s", download->directory,
                                      download->number, download->extension);

    if (XBITS_SUCCEEDED(result))
        result = text_replace(&download->local_name, text_c(&name));
    text_dispose(&name);
    return result;
}

static xbits_result grow(struct download ***items, size_t capacity)
{
    struct download **larger = realloc(*items, capacity * sizeof(struct download *));

    if (larger == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu downloads", capacity);
    *items = larger;
    return XBITS_S_OK;
}

xbits_result downloads_reserve(struct downloads *downloads)
{
    size_t capacity = downloads->capacity == 0 ? 16 : downloads->capacity * 2;

    if (downloads->count < downloads->capacity)
        return XBITS_S_OK;
    TRY(grow(&downloads->items, capacity));
    TRY(grow(&downloads->by_job, capacity));
    downloads->capacity = capacity;
    return XBITS_S_OK;
}

/* Where the job is in by_job, or belongs. */
static size_t place_of_job(const struct downloads *downloads, const struct xbits_id *job)
{
    size_t low = 0;
    size_t high = downloads->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (id_compare(&downloads->by_job[middle]->job_id, job) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void downloads_append(struct downloads *downloads, struct download *download)
{
    size_t place = place_of_job(downloads, &download->job_id);
    struct download **by_job = downloads->by_job + place;

    memmove(by_job + 1, by_job, (downloads->count - place) * sizeof(struct download *));
    *by_job = download;
    downloads->items[downloads->count++] = download;
}

void downloads_append_unsorted(struct downloads *downloads, struct download *download)
{
    downloads->by_job[downloads->count] = download;
    downloads->items[downloads->count++] = download;
}

static int compare_jobs(const void *a, const void *b)
{
    const struct download *const *left = a;
    const struct download *const *right = b;

    return id_compare(&(*left)->job_id, &(*right)->job_id);
}

void downloads_sort(struct downloads *downloads)
{
    if (downloads->count > 1)
        qsort(downloads->by_job, downloads->count, sizeof(struct download *), compare_jobs);
}

static void take_from(struct download **list, size_t count, const struct download *download)
{
    size_t place = 0;

    while (list[place] != download)
        place++;
    memmove(list + place, list + place + 1, (count - place - 1) * sizeof(struct download *));
}

void downloads_take_out(struct downloads *downloads, struct download *download)
{
    take_from(downloads->items, downloads->count, download);
    take_from(downloads->by_job, downloads->count, download);
    downloads->count--;
    download_free(download);
}

static struct download *find(const struct downloads *downloads, const struct xbits_id *job)
{
    size_t place = place_of_job(downloads, job);
    struct download *download = place < downloads->count ? downloads->by_job[place] : NULL;

    return download != NULL && xbits_id_equal(&download->job_id, job) ? download : NULL;
}

bool downloads_has(const struct downloads *downloads, const struct xbits_id *job)
{
    return find(downloads, job) != NULL;
}

struct download *downloads_find(struct downloads *downloads, const struct xbits_id *job)
{
    struct download *download = find(downloads, job);

    return download != NULL && !download->is_hidden ? download : NULL;
}

struct download *downloads_at(const struct downloads *downloads, size_t index)
{
    return index < downloads->count ? downloads->items[index] : NULL;
}

const int32_t *downloads_collections(const struct downloads *downloads, size_t *count_out)
{
    *count_out = downloads->collection_count;
    return downloads->collections;
}

/* Where it is, or belongs. */
static size_t place_of_collection(const struct downloads *downloads, int32_t collection)
{
    size_t low = 0;
    size_t high = downloads->collection_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (downloads->collections[middle] < collection)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool downloads_has_collection(const struct downloads *downloads, int32_t collection)
{
    size_t place = place_of_collection(downloads, collection);

    return place < downloads->collection_count && downloads->collections[place] == collection;
}

xbits_result downloads_note_collection(struct downloads *downloads, int32_t collection)
{
    size_t place = place_of_collection(downloads, collection);
    size_t count = downloads->collection_count;
    int32_t *larger;

    if (downloads_has_collection(downloads, collection))
        return XBITS_S_OK;
    larger = realloc(downloads->collections, (count + 1) * sizeof *larger);
    if (larger == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu collections", count + 1);
    downloads->collections = larger;
    memmove(larger + place + 1, larger + place, (count - place) * sizeof *larger);
    larger[place] = collection;
    downloads->collection_count = count + 1;
    return XBITS_S_OK;
}
