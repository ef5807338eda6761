/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>

#include "base/id.h"
#include "base/result.h"

void watched_free(struct watched *watched)
{
    if (watched == NULL)
        return;
    xbits_job_close(watched->job);
    xbits_wmp_description_dispose(&watched->description);
    free(watched->text);
    free(watched->adopted_text);
    free(watched->reason);
    free(watched->source_url);
    free(watched->title);
    free(watched->path);
    free(watched);
}

void watch_list_dispose(struct watch_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        watched_free(list->items[i]);
    free(list->items);
    *list = (struct watch_list){ 0 };
}

int watched_compare_age(const struct watched *a, const struct watched *b)
{
    if (a->creation != b->creation)
        return a->creation < b->creation ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static int compare_items(const void *a, const void *b)
{
    const struct watched *const *left = a;
    const struct watched *const *right = b;

    return id_compare(&(*left)->id, &(*right)->id);
}

struct watched *watch_list_find(const struct watch_list *list, const struct xbits_id *id)
{
    size_t low = 0;
    size_t high = list->sorted_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = id_compare(&list->items[middle]->id, id);

        if (order == 0)
            return list->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

xbits_result watch_list_add(struct watch_list *list, struct watched *watched)
{
    if (list->count == list->capacity) {
        size_t larger = list->capacity == 0 ? 64 : list->capacity * 2;
        struct watched **items = realloc(list->items, larger * sizeof(struct watched *));

        if (items == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu watched jobs", larger);
        list->items = items;
        list->capacity = larger;
    }
    list->items[list->count++] = watched;
    return XBITS_S_OK;
}

void watch_list_sort(struct watch_list *list)
{
    if (list->sorted_count == list->count)
        return;
    qsort(list->items, list->count, sizeof(struct watched *), compare_items);
    list->sorted_count = list->count;
}

void watch_list_remove_if(struct watch_list *list,
                          bool (*is_over)(const struct watched *watched, const void *user),
                          const void *user)
{
    size_t kept = 0;
    size_t kept_sorted = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (is_over(list->items[i], user)) {
            watched_free(list->items[i]);
            continue;
        }
        kept_sorted += i < list->sorted_count;
        list->items[kept++] = list->items[i];
    }
    list->count = kept;
    list->sorted_count = kept_sorted;
}
