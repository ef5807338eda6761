/* SPDX-License-Identifier: MIT */
#include "wire/resource_internal.h"

#include <inttypes.h>
#include <stdio.h>

/* FNV-1a over numbers: the boundary is the same for the same answer, so tests can repeat it. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    for (unsigned shift = 0; shift < 64; shift += 8)
        hash = (hash ^ ((value >> shift) & 0xFF)) * UINT64_C(0x100000001B3);
    return hash;
}

static void name_boundary(const struct resource *resource, struct resource_answer *answer)
{
    uint64_t hash = mix(UINT64_C(0xCBF29CE484222325), resource->size);

    hash = mix(hash, (uint64_t)resource->modified);
    for (size_t i = 0; i < answer->range_count; i++)
        hash = mix(mix(hash, answer->ranges[i].first), answer->ranges[i].last);
    (void)snprintf(answer->boundary, sizeof answer->boundary, "xbits-%016" PRIx64, hash);
}

size_t resource_part_head(const struct resource *resource, const struct resource_answer *answer,
                          size_t index, char *text, size_t size)
{
    char content_range[256];
    int length;

    if (index == answer->range_count) {
        length = snprintf(text, size, "\r\n--%s--\r\n", answer->boundary);
    } else {
        resource_content_range(resource, &answer->ranges[index], content_range,
                               sizeof content_range);
        length = snprintf(text, size, "%s--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n",
                          index == 0 ? "" : "\r\n", answer->boundary,
                          resource_content_type(resource), content_range);
    }
    return length < 0 ? 0 : (size_t)length;
}

void resource_begin_multipart(const struct resource *resource, struct resource_answer *answer)
{
    answer->is_multipart = true;
    name_boundary(resource, answer);

    uint64_t length = 0;
    for (size_t i = 0; i < answer->range_count; i++) {
        length += resource_part_head(resource, answer, i, NULL, 0);
        length += answer->ranges[i].last - answer->ranges[i].first + 1;
    }
    answer->length = length + resource_part_head(resource, answer, answer->range_count, NULL, 0);
}
