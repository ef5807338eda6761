/* SPDX-License-Identifier: MIT */
#include "wire/http_range.h"

#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

#define HUGE_NUMBER "18446744073709551616" /* 2^64 */
#define LARGEST     "18446744073709551615" /* 2^64 - 1 */

static void content_range_is_read(void **state)
{
    static const struct {
        const char *text;
        uint64_t first, last, total;
    } rows[] = {
        { "bytes 0-99/1000", 0, 99, 1000 },
        { "bytes 0-0/1", 0, 0, 1 },
        { "bytes 5-9/*", 5, 9, UINT64_MAX },
        { "BYTES 5-9/10", 5, 9, 10 },
        { "  bytes   5-9/10 \t", 5, 9, 10 },
        { "bytes 00-09/010", 0, 9, 10 },
        { "bytes 0-18446744073709551613/18446744073709551614", 0, UINT64_MAX - 2, UINT64_MAX - 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_range range;
        uint64_t total;

        if (!http_content_range_parse(rows[i].text, &range, &total))
            fail_msg("refused: %s", rows[i].text);
        assert_int_equal(range.first, rows[i].first);
        assert_int_equal(range.last, rows[i].last);
        assert_int_equal(total, rows[i].total);
    }
}

static void content_range_that_is_none_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "bytes",
        "bytes ",
        "bytes 0-99",
        "bytes 0-99/",
        "bytes */1000",
        "bytes 99-0/1000",
        "bytes 0-1000/1000",
        "bytes 0-99/50",
        "bytes -99/1000",
        "bytes 0-/1000",
        "bytes 0-99/1000,",
        "bytes 0-99/1000 x",
        "bytes 0 -99/1000",
        "bytes 0- 99/1000",
        "bytes 0-99 /1000",
        "bytes 0-99/ 1000",
        "bytes +0-99/1000",
        "bytes 0x0-99/1000",
        "bytes 0-99/**",
        "bytes 0-99/" LARGEST,
        "bytes 0-99/" HUGE_NUMBER,
        "bytes 0-" HUGE_NUMBER "/*",
        "bytes 0-" LARGEST "/*",
        "bytes=0-99/1000",
        "bytes0-99/1000",
        "items 0-99/1000",
        "0-99/1000",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_range range = { 7, 8 };
        uint64_t total = 9;

        if (http_content_range_parse(rows[i], &range, &total))
            fail_msg("accepted: %s", rows[i]);
        assert_int_equal(range.first, 7);
        assert_int_equal(range.last, 8);
        assert_int_equal(total, 9);
    }
}

/* Writes "0-9,20-29" of what was resolved. */
static const char *text_of(const struct http_range *ranges, size_t count, char *text, size_t size)
{
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%llu-%llu", i == 0 ? "" : ",",
                                   (unsigned long long)ranges[i].first,
                                   (unsigned long long)ranges[i].last);
    return text;
}

#define SIXTEEN "0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15"

static const struct {
    const char *header;
    uint64_t size;
    enum http_range_verdict verdict;
    const char *ranges;
} resolved[] = {
    /* closed, open, suffix */
    { "bytes=0-99", 1000, HTTP_RANGE_SATISFIABLE, "0-99" },
    { "bytes=0-0", 1000, HTTP_RANGE_SATISFIABLE, "0-0" },
    { "bytes=999-999", 1000, HTTP_RANGE_SATISFIABLE, "999-999" },
    { "bytes=500-", 1000, HTTP_RANGE_SATISFIABLE, "500-999" },
    { "bytes=-500", 1000, HTTP_RANGE_SATISFIABLE, "500-999" },
    { "bytes=-1", 1000, HTTP_RANGE_SATISFIABLE, "999-999" },
    { "bytes=0-", 1, HTTP_RANGE_SATISFIABLE, "0-0" },
    { "BYTES=0-99", 1000, HTTP_RANGE_SATISFIABLE, "0-99" },
    /* clipped */
    { "bytes=900-1000", 1000, HTTP_RANGE_SATISFIABLE, "900-999" },
    { "bytes=-1000", 1000, HTTP_RANGE_SATISFIABLE, "0-999" },
    { "bytes=-1001", 1000, HTTP_RANGE_SATISFIABLE, "0-999" },
    { "bytes=0-" LARGEST, 1000, HTTP_RANGE_SATISFIABLE, "0-999" },
    { "bytes=0-" HUGE_NUMBER "0", 1000, HTTP_RANGE_SATISFIABLE, "0-999" },
    { "bytes=-" HUGE_NUMBER, 1000, HTTP_RANGE_SATISFIABLE, "0-999" },
    { "bytes=0-5", UINT64_MAX, HTTP_RANGE_SATISFIABLE, "0-5" },
    { "bytes=-1", UINT64_MAX, HTTP_RANGE_SATISFIABLE, "18446744073709551614-18446744073709551614" },
    /* past the end */
    { "bytes=1000-", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=1000-1001", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=" LARGEST "-", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=" HUGE_NUMBER "-", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=-0", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=0-", 0, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=0-99", 0, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes=-5", 0, HTTP_RANGE_NONE, "" },
    { "bytes=0-1,-5", 0, HTTP_RANGE_NONE, "" },
    { "bytes=-0", 0, HTTP_RANGE_NOT_SATISFIABLE, "" },
    /* several: order kept, those past the end dropped, overlaps left alone */
    { "bytes=0-9,20-29", 1000, HTTP_RANGE_SATISFIABLE, "0-9,20-29" },
    { "bytes=20-29,0-9", 1000, HTTP_RANGE_SATISFIABLE, "20-29,0-9" },
    { "bytes=0-9,5-14", 1000, HTTP_RANGE_SATISFIABLE, "0-9,5-14" },
    { "bytes=0-9,2000-,-10", 1000, HTTP_RANGE_SATISFIABLE, "0-9,990-999" },
    { "bytes=2000-,3000-", 1000, HTTP_RANGE_NOT_SATISFIABLE, "" },
    { "bytes= 0-9 ,\t20-29 ", 1000, HTTP_RANGE_SATISFIABLE, "0-9,20-29" },
    { "bytes=,0-9,,20-29,", 1000, HTTP_RANGE_SATISFIABLE, "0-9,20-29" },
    { "bytes=" SIXTEEN, 1000, HTTP_RANGE_SATISFIABLE, SIXTEEN },
    { "bytes=" SIXTEEN ",16-16", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=" SIXTEEN ",2000-", 1000, HTTP_RANGE_NONE, "" },
    /* not a range of ours */
    { NULL, 1000, HTTP_RANGE_NONE, "" },
    { "", 1000, HTTP_RANGE_NONE, "" },
    { "bytes", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=,", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=-", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=9-0", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=" HUGE_NUMBER "-0", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0-9,9-0", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0-9;20-29", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0-9 20-29", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=a-b", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0-9x", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=--9", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0--9", 1000, HTTP_RANGE_NONE, "" },
    { "bytes=0 - 9", 1000, HTTP_RANGE_NONE, "" },
    { "bytes =0-9", 1000, HTTP_RANGE_NONE, "" },
    { "bytes 0-9", 1000, HTTP_RANGE_NONE, "" },
    { "lines=0-9", 1000, HTTP_RANGE_NONE, "" },
};

static void range_is_resolved_against_a_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof resolved / sizeof resolved[0]; i++) {
        struct http_range ranges[HTTP_RANGE_MAXIMUM];
        size_t count = 99;
        char text[1024];

        enum http_range_verdict verdict =
            http_range_resolve(resolved[i].header, resolved[i].size, ranges, &count);

        if (verdict != resolved[i].verdict)
            fail_msg("verdict %d on row %zu: %s", (int)verdict, i, resolved[i].header);
        assert_string_equal(text_of(ranges, count, text, sizeof text), resolved[i].ranges);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_range_is_read),
        cmocka_unit_test(content_range_that_is_none_is_refused),
        cmocka_unit_test(range_is_resolved_against_a_size),
    };

    return run_tests("http_range", tests);
}
