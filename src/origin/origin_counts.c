/* SPDX-License-Identifier: MIT */
#include "origin/origin_counts.h"

#include "base/text.h"
#include "origin/origin_hash.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 4096u

struct count {
    struct count *next;
    uint64_t number;
    char *path;
    char *method;
};

struct counts {
    uint64_t total;
    size_t pairs;
    struct count *buckets[BUCKETS];
};

xbits_result counts_new(struct counts **counts_out)
{
    struct counts *counts = calloc(1, sizeof *counts);

    if (counts == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to count requests");
    *counts_out = counts;
    return XBITS_S_OK;
}

static void count_free(struct count *count)
{
    free(count->path);
    free(count->method);
    free(count);
}

void counts_free(struct counts *counts)
{
    if (counts == NULL)
        return;
    for (size_t i = 0; i < BUCKETS; i++) {
        while (counts->buckets[i] != NULL) {
            struct count *count = counts->buckets[i];
            counts->buckets[i] = count->next;
            count_free(count);
        }
    }
    free(counts);
}

/* NULL when out of memory. */
static struct count *count_new(const char *path, const char *method)
{
    struct count *count = calloc(1, sizeof *count);

    if (count != NULL && XBITS_SUCCEEDED(text_copy(path, &count->path)) &&
        XBITS_SUCCEEDED(text_copy(method, &count->method)))
        return count;
    if (count != NULL)
        count_free(count);
    return NULL;
}

static bool is_short(const char *path, const char *method)
{
    return strlen(path) <= COUNTS_PATH_MAXIMUM && strlen(method) <= COUNTS_PATH_MAXIMUM;
}

void counts_add(struct counts *counts, const char *path, const char *method)
{
    struct count **place = &counts->buckets[origin_hash(path) % BUCKETS];

    counts->total++;
    while (*place != NULL &&
           (strcmp((*place)->path, path) != 0 || strcmp((*place)->method, method) != 0))
        place = &(*place)->next;
    if (*place == NULL && counts->pairs < COUNTS_MAXIMUM && is_short(path, method)) {
        *place = count_new(path, method);
        counts->pairs += *place != NULL;
    }
    if (*place != NULL)
        (*place)->number++;
}

uint64_t counts_of(const struct counts *counts, const char *path, const char *method)
{
    uint64_t number = 0;

    if (path == NULL && method == NULL)
        return counts->total;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (const struct count *count = counts->buckets[i]; count != NULL; count = count->next) {
            if ((path == NULL || strcmp(count->path, path) == 0) &&
                (method == NULL || strcmp(count->method, method) == 0))
                number += count->number;
        }
    }
    return number;
}
