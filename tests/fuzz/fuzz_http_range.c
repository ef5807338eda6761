/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"
#include "wire/http_range.h"

#include <stdlib.h>

static void check_content_range(const char *text)
{
    struct http_range range;
    uint64_t total;

    if (http_content_range_parse(text, &range, &total)) {
        FUZZ_CHECK(range.first <= range.last);
        FUZZ_CHECK(range.last < total);
    }
}

static void check_range(const char *text, uint64_t size)
{
    struct http_range ranges[HTTP_RANGE_MAXIMUM];
    size_t count;
    enum http_range_verdict verdict = http_range_resolve(text, size, ranges, &count);

    FUZZ_CHECK(count <= HTTP_RANGE_MAXIMUM);
    FUZZ_CHECK((count > 0) == (verdict == HTTP_RANGE_SATISFIABLE));
    for (size_t i = 0; i < count; i++) {
        FUZZ_CHECK(ranges[i].first <= ranges[i].last);
        FUZZ_CHECK(ranges[i].last < size);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t sizes[] = { 0, 1, 1000, UINT64_MAX };
    char *text = fuzz_text(data, size);

    check_content_range(text);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        check_range(text, sizes[i]);
    free(text);
    return 0;
}
