/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"
#include "wire/http_head.h"

#include <string.h>

static void check(const struct http_head *head)
{
    static const char *const names[] = {
        "Content-Range", "content-length", "ETag", "HTTP/1.1", "X", "Location", ""
    };
    char value[32];

    FUZZ_CHECK(head->block_length <= 65536);
    FUZZ_CHECK(!head->is_valid || (head->status >= 100 && head->status <= 999));
    FUZZ_CHECK(!head->has_content_length || head->content_length < UINT64_MAX);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bool is_there = http_head_find(head, names[i], value, sizeof value);
        FUZZ_CHECK(strlen(value) < sizeof value);
        FUZZ_CHECK(is_there || value[0] == '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_head head;

    http_head_init(&head);
    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - data) + 1;

        http_head_add_line(&head, (const char *)data, length);
        data += length;
        size -= length;
    }
    check(&head);
    http_head_dispose(&head);
    return 0;
}
