/* SPDX-License-Identifier: MIT */
#include "script/document/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FIRST_CAPACITY 256

void names_dispose(struct names *names)
{
    for (size_t i = 0; i < names->capacity; i++)
        free(names->slots[i]);
    free(names->slots);
    *names = (struct names){ 0 };
}

static size_t hash_of(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

/* Where the name is, or the free slot where it belongs. */
static size_t slot_of(char *const *slots, size_t capacity, const char *name)
{
    size_t slot = hash_of(name) & (capacity - 1);

    while (slots[slot] != NULL && strcmp(slots[slot], name) != 0)
        slot = (slot + 1) & (capacity - 1);
    return slot;
}

const char *names_find(const struct names *names, const char *name)
{
    if (names->capacity == 0)
        return NULL;
    return names->slots[slot_of(names->slots, names->capacity, name)];
}

static xbits_result grow(struct names *names)
{
    size_t capacity = names->capacity == 0 ? FIRST_CAPACITY : names->capacity * 2;
    char **slots = calloc(capacity, sizeof *slots);

    if (slots == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu names", capacity);
    for (size_t i = 0; i < names->capacity; i++)
        if (names->slots[i] != NULL)
            slots[slot_of(slots, capacity, names->slots[i])] = names->slots[i];
    free(names->slots);
    names->slots = slots;
    names->capacity = capacity;
    return XBITS_S_OK;
}

xbits_result names_keep(struct names *names, const char *name, const char **kept_out)
{
    const char *known = names_find(names, name);
    char *copy;

    if (known != NULL) {
        *kept_out = known;
        return XBITS_S_OK;
    }
    if (strlen(name) > NAME_LENGTH_LIMIT)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES,
                          "the name \"%.20s...\" is longer than %d bytes", name, NAME_LENGTH_LIMIT);
    if (names->count >= NAMES_MAXIMUM)
        return xbits_fail(XBITS_ERROR_NO_SYSTEM_RESOURCES, "the page uses more than %d names",
                          NAMES_MAXIMUM);
    if (names->count * 2 >= names->capacity)
        TRY(grow(names));
    TRY(text_copy(name, &copy));
    names->slots[slot_of(names->slots, names->capacity, name)] = copy;
    names->count++;
    *kept_out = copy;
    return XBITS_S_OK;
}
