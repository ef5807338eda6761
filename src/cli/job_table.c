/* SPDX-License-Identifier: MIT */
#include "cli/job_table.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64

/* Ids are made by chance: any bytes of one spread well. */
static size_t place_of(const struct job_table *table, const struct xbits_id *id)
{
    size_t place = id->data1 & (table->capacity - 1);

    while (table->entries[place].is_used && !xbits_id_equal(&table->entries[place].id, id))
        place = (place + 1) & (table->capacity - 1);
    return place;
}

static xbits_result grow(struct job_table *table)
{
    struct job_table larger = { .capacity =
                                    table->capacity > 0 ? table->capacity * 2 : FIRST_CAPACITY };

    larger.entries = calloc(larger.capacity, sizeof *larger.entries);
    if (larger.entries == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu jobs", larger.capacity);
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->entries[i].is_used)
            larger.entries[place_of(&larger, &table->entries[i].id)] = table->entries[i];
    }
    free(table->entries);
    table->entries = larger.entries;
    table->capacity = larger.capacity;
    return XBITS_S_OK;
}

xbits_result job_table_entry(struct job_table *table, const struct xbits_id *id,
                             struct job_entry **entry_out)
{
    struct job_entry *entry;

    /* Half of the places stay free: a search then ends soon. */
    if (table->count * 2 >= table->capacity)
        TRY(grow(table));
    entry = &table->entries[place_of(table, id)];
    if (!entry->is_used) {
        entry->is_used = true;
        entry->id = *id;
        table->count++;
    }
    *entry_out = entry;
    return XBITS_S_OK;
}

void job_table_set(struct job_table *table, struct job_entry *entry, enum xbits_job_state state,
                   bool is_pending)
{
    if (entry->is_pending)
        table->pending_count--;
    if (is_pending)
        table->pending_count++;
    entry->has_state = true;
    entry->state = state;
    entry->is_pending = is_pending;
}

void job_table_forget_pending(struct job_table *table)
{
    for (size_t i = 0; i < table->capacity; i++)
        table->entries[i].is_pending = false;
    table->pending_count = 0;
}

void job_table_count(const struct job_table *table, size_t counts_out[XBITS_STATE_COUNT])
{
    memset(counts_out, 0, XBITS_STATE_COUNT * sizeof *counts_out);
    for (size_t i = 0; i < table->capacity; i++) {
        const struct job_entry *entry = &table->entries[i];

        if (entry->has_state && (unsigned)entry->state < XBITS_STATE_COUNT)
            counts_out[entry->state]++;
    }
}

void job_table_dispose(struct job_table *table)
{
    free(table->entries);
    *table = (struct job_table){ .entries = NULL };
}
