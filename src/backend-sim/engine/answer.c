/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/answer.h"

#include "base/result.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The texts of an answer, so that a copy moves each of them. */
static const size_t texts[] = {
    offsetof(struct answer, content_encoding),
    offsetof(struct answer, last_modified),
    offsetof(struct answer, etag),
    offsetof(struct answer, location),
    offsetof(struct answer, header_block),
};
#define TEXT_COUNT (sizeof(texts) / sizeof(texts[0]))

static const char **text_of(struct answer *answer, size_t index)
{
    return (const char **)((char *)answer + texts[index]);
}

xbits_result answer_copy(const struct answer *answer, struct answer **copy_out)
{
    struct answer source = *answer;
    size_t size = sizeof(source);
    struct answer *copy;
    char *place;

    for (size_t i = 0; i < TEXT_COUNT; i++)
        size += strlen(*text_of(&source, i)) + 1;
    copy = malloc(size);
    if (copy == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the head of an answer");
    *copy = source;
    place = (char *)(copy + 1);
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        size_t length = strlen(*text_of(&source, i)) + 1;

        memcpy(place, *text_of(&source, i), length);
        *text_of(copy, i) = place;
        place += length;
    }
    *copy_out = copy;
    return XBITS_S_OK;
}
