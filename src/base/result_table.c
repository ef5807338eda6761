/* SPDX-License-Identifier: MIT */
#include "base/result_table.h"

#include <assert.h>

static const struct result_table *const tables[] = {
    &result_table_system,
    &result_table_bits,
    &result_table_http,
    &result_table_network,
};

#define TABLE_COUNT (sizeof(tables) / sizeof(tables[0]))

/* What can be said of a code without a row, by its upper half. */
static const struct facility {
    uint32_t upper_half;
    const char *text;
} facilities[] = {
    { 0x8007, "a Windows error that has no text here" },
    { 0x8019, "an HTTP status that has no text here" },
    { 0x8020, "a BITS error that has no text here" },
};

#define FACILITY_HTTP 0x8019u

static uint32_t upper_half_of(xbits_result result)
{
    return (uint32_t)result >> 16;
}

size_t xbits_result_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < TABLE_COUNT; i++)
        count += tables[i]->count;
    return count;
}

const struct xbits_result_info *xbits_result_at(size_t index)
{
    assert(index < xbits_result_count());
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        if (index < tables[i]->count)
            return &tables[i]->rows[index];
        index -= tables[i]->count;
    }
    return NULL;
}

const struct xbits_result_info *xbits_result_find(xbits_result result)
{
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        for (size_t row = 0; row < tables[i]->count; row++) {
            if (tables[i]->rows[row].result == result)
                return &tables[i]->rows[row];
        }
    }
    return NULL;
}

const char *xbits_result_name(xbits_result result)
{
    const struct xbits_result_info *info = xbits_result_find(result);

    return info != NULL ? info->name : "unknown";
}

const char *xbits_result_text(xbits_result result)
{
    const struct xbits_result_info *info = xbits_result_find(result);

    if (info != NULL)
        return info->meaning;
    for (size_t i = 0; i < sizeof(facilities) / sizeof(facilities[0]); i++) {
        if (facilities[i].upper_half == upper_half_of(result))
            return facilities[i].text;
    }
    return XBITS_FAILED(result) ? "an error that has no text here"
                                : "a success that has no text here";
}

int xbits_result_http_status(xbits_result result)
{
    int status = (int)((uint32_t)result & 0xFFFFu);

    /* The facility also numbers the service's event log messages, from 0x4000. */
    return upper_half_of(result) == FACILITY_HTTP && status >= 100 && status <= 999 ? status : 0;
}
