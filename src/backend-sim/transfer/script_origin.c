/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/script_origin.h"

#include "base/clock.h"
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/*
 * Sections are sorted by url and `after`: those of one url stand together, as do the urls of one
 * server. slots is a hash table with open addressing of the first section of each url; more than
 * half of it is empty.
 */
struct script_origin {
    size_t references;
    struct script_section *sections;
    size_t count;
    size_t capacity;
    struct script_section **slots;
    size_t slot_count; /* A power of two. */
};

/* FNV-1a. */
static size_t hash(const char *text)
{
    uint64_t value = UINT64_C(0xCBF29CE484222325);

    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    return (size_t)(value ^ (value >> 32));
}

/* The slot of the url's first section, or the empty one where it belongs. */
static struct script_section **slot_of(const struct script_origin *origin, const char *url)
{
    size_t mask = origin->slot_count - 1;
    size_t slot = hash(url) & mask;

    while (origin->slots[slot] != NULL && strcmp(origin->slots[slot]->url, url) != 0)
        slot = (slot + 1) & mask;
    return &origin->slots[slot];
}

static xbits_result add_section(struct script_origin *origin, const struct config_entry *entry)
{
    struct script_section *section;

    if (origin->count == origin->capacity) {
        size_t capacity = origin->capacity == 0 ? 8 : 2 * origin->capacity;
        struct script_section *longer =
            realloc(origin->sections, capacity * sizeof(*origin->sections));
        if (longer == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a scripted origin");
        origin->sections = longer;
        origin->capacity = capacity;
    }
    section = &origin->sections[origin->count];
    *section = (struct script_section){ .line = entry->line };
    section->resource.modified = CLOCK_VIRTUAL_START;
    TRY(text_copy(entry->section, &section->name));
    origin->count++;
    return XBITS_S_OK;
}

static struct script_section *newest_section(struct script_origin *origin)
{
    return origin->count == 0 ? NULL : &origin->sections[origin->count - 1];
}

static xbits_result visit(const struct config_entry *entry, void *user)
{
    struct script_origin *origin = user;
    struct script_section *section = newest_section(origin);

    if (!text_starts_with(entry->section, "resource "))
        return config_fail(entry, "the sections of an origin are called \"resource NAME\"");
    if (section == NULL || strcmp(section->name, entry->section) != 0) {
        if (section != NULL)
            TRY(script_section_finish(section));
        TRY(add_section(origin, entry));
        section = newest_section(origin);
    }
    return script_section_set(section, entry);
}

static int compare_sections(const void *left, const void *right)
{
    const struct script_section *a = left;
    const struct script_section *b = right;
    int order = strcmp(a->url, b->url);

    return order != 0 ? order : (a->after > b->after) - (a->after < b->after);
}

static bool begins_url(const struct script_origin *origin, size_t index)
{
    return index == 0 || strcmp(origin->sections[index].url, origin->sections[index - 1].url) != 0;
}

static xbits_result check_order(const struct script_origin *origin)
{
    for (size_t i = 1; i < origin->count; i++) {
        if (compare_sections(&origin->sections[i - 1], &origin->sections[i]) == 0)
            return script_section_fail(&origin->sections[i], "url",
                                       "another resource has it, from the same request on");
    }
    return XBITS_S_OK;
}

static xbits_result build_index(struct script_origin *origin)
{
    origin->slot_count = 2;
    while (origin->slot_count <= 2 * origin->count)
        origin->slot_count *= 2;
    origin->slots = calloc(origin->slot_count, sizeof(*origin->slots));
    if (origin->slots == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a scripted origin");
    for (size_t i = 0; i < origin->count; i++) {
        if (begins_url(origin, i))
            *slot_of(origin, origin->sections[i].url) = &origin->sections[i];
    }
    return XBITS_S_OK;
}

static xbits_result read_sections(struct script_origin *origin, const char *ini)
{
    TRY(config_read_text("origin", ini, visit, origin));
    if (origin->count == 0)
        return XBITS_S_OK;
    TRY(script_section_finish(newest_section(origin)));
    qsort(origin->sections, origin->count, sizeof(*origin->sections), compare_sections);
    return check_order(origin);
}

xbits_result script_origin_parse(const char *ini, struct script_origin **origin_out)
{
    struct script_origin *origin = calloc(1, sizeof(*origin));
    xbits_result result;

    if (origin == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a scripted origin");
    origin->references = 1;
    result = read_sections(origin, ini == NULL ? "" : ini);
    if (XBITS_SUCCEEDED(result))
        result = build_index(origin);
    if (XBITS_FAILED(result)) {
        script_origin_release(origin);
        return result;
    }
    *origin_out = origin;
    return XBITS_S_OK;
}

struct script_origin *script_origin_retain(struct script_origin *origin)
{
    origin->references++;
    return origin;
}

void script_origin_release(struct script_origin *origin)
{
    if (origin == NULL || --origin->references > 0)
        return;
    for (size_t i = 0; i < origin->count; i++)
        script_section_dispose(&origin->sections[i]);
    free(origin->sections);
    free(origin->slots);
    free(origin);
}

struct script_section *script_origin_request(struct script_origin *origin, const char *url)
{
    char normal[SCRIPT_URL_SIZE];
    const struct script_section *end;
    struct script_section *first;
    struct script_section *met = NULL;
    uint64_t number;

    if (!script_url_normalise(url, normal, sizeof(normal)))
        return NULL;
    first = *slot_of(origin, normal);
    if (first == NULL)
        return NULL;
    number = first->requests++;
    end = origin->sections + origin->count;
    for (struct script_section *section = first;
         section < end && section->after <= number && strcmp(section->url, normal) == 0; section++)
        met = section;
    return met;
}

bool script_origin_has_server(const struct script_origin *origin, const char *url)
{
    char normal[SCRIPT_URL_SIZE];
    size_t low = 0;
    size_t high = origin->count;
    size_t length;

    if (!script_url_normalise(url, normal, sizeof(normal)))
        return false;
    length = script_url_server_length(normal);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(origin->sections[middle].url, normal, length);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
