/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/effect.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define MODIFIED "Sat, 21 Nov 2026 09:30:00 GMT"
#define LATER    "Sun, 22 Nov 2026 09:30:00 GMT"
#define UNKNOWN  XBITS_SIZE_UNKNOWN

/* An answer as good as any; each row spoils one thing. */
static struct answer good(int status)
{
    return (struct answer){ .version_major = 1,
                            .version_minor = 1,
                            .status = status,
                            .content_length = 1000,
                            .content_encoding = "",
                            .last_modified = MODIFIED,
                            .etag = "",
                            .location = "",
                            .header_block = "" };
}

static void head_needs_a_status_of_success_and_a_length(void **state)
{
    static const struct {
        int major;
        int status;
        uint64_t length;
        const char *encoding;
        xbits_result expected;
    } rows[] = {
        { 1, 200, 1000, "", XBITS_S_OK },
        { 1, 200, 0, "", XBITS_S_OK },
        { 1, 200, 1000, "identity", XBITS_S_OK },
        { 1, 200, UNKNOWN, "", XBITS_BG_E_MISSING_FILE_SIZE },
        { 1, 204, UNKNOWN, "", XBITS_BG_E_MISSING_FILE_SIZE },
        { 1, 205, 0, "", XBITS_BG_E_MISSING_FILE_SIZE },
        { 1, 200, 1000, "gzip", XBITS_BG_E_INVALID_SERVER_RESPONSE },
        { 0, 200, 1000, "", XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT },
        { 1, 404, 1000, "", XBITS_BG_E_HTTP_ERROR_404 },
        { 1, 503, UNKNOWN, "", XBITS_BG_E_HTTP_ERROR_503 },
        { 1, 302, UNKNOWN, "", XBITS_BG_E_HTTP_ERROR_302 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct answer answer = good(rows[i].status);

        answer.version_major = rows[i].major;
        answer.content_length = rows[i].length;
        answer.content_encoding = rows[i].encoding;
        assert_int_equal(http_judge_head(&answer), rows[i].expected);
    }
}

/* Ruling 13: the missing feature names the code, whatever the version. */
static void http_1_0_is_accepted_when_it_has_what_is_needed(void **state)
{
    struct answer answer = good(200);

    (void)state;
    answer.version_minor = 0;

    assert_int_equal(http_judge_head(&answer), XBITS_S_OK);
}

static void get_of_a_range_needs_that_range(void **state)
{
    static const struct {
        int status;
        bool has_content_range;
        uint64_t first, last, total;
        bool is_multipart;
        const char *modified;
        xbits_result expected;
    } rows[] = {
        { 206, true, 100, 999, 1000, false, MODIFIED, XBITS_S_OK },
        { 206, true, 100, 499, 1000, false, MODIFIED, XBITS_S_OK },
        { 206, true, 100, 999, 1000, false, "", XBITS_S_OK },
        { 206, true, 0, 999, 1000, false, MODIFIED, XBITS_BG_E_INVALID_SERVER_RESPONSE },
        { 206, true, 100, 1000, 1000, false, MODIFIED, XBITS_BG_E_INVALID_SERVER_RESPONSE },
        { 206, true, 100, 999, 2000, false, MODIFIED, XBITS_BG_E_REMOTE_FILE_CHANGED },
        { 206, true, 100, 999, 1000, false, LATER, XBITS_BG_E_REMOTE_FILE_CHANGED },
        { 206, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT },
        { 206, true, 100, 999, 1000, true, MODIFIED, XBITS_BG_E_INVALID_SERVER_RESPONSE },
        { 200, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT },
        { 412, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_REMOTE_FILE_CHANGED },
        { 416, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_REMOTE_FILE_CHANGED },
        { 203, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_INVALID_SERVER_RESPONSE },
        { 503, false, 0, 0, 0, false, MODIFIED, XBITS_BG_E_HTTP_ERROR_503 },
    };
    struct expectation expected = { .has_range = true,
                                    .range_first = 100,
                                    .range_last = 999,
                                    .size = 1000,
                                    .last_modified = MODIFIED };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct answer answer = good(rows[i].status);

        answer.has_content_range = rows[i].has_content_range;
        answer.range_first = rows[i].first;
        answer.range_last = rows[i].last;
        answer.range_total = rows[i].total;
        answer.content_length = rows[i].last - rows[i].first + 1;
        answer.is_multipart = rows[i].is_multipart;
        answer.last_modified = rows[i].modified;
        assert_int_equal(http_judge_get(&answer, &expected), rows[i].expected);
    }
}

static void the_length_of_a_part_must_be_that_of_its_range(void **state)
{
    struct expectation expected = {
        .has_range = true, .range_last = 999, .size = 1000, .last_modified = MODIFIED
    };
    struct answer answer = good(206);

    (void)state;
    answer.has_content_range = true;
    answer.range_last = 998;
    answer.range_total = 1000;
    assert_int_equal(http_judge_get(&answer, &expected), XBITS_BG_E_INVALID_SERVER_RESPONSE);
    answer.content_length = 999;
    assert_int_equal(http_judge_get(&answer, &expected), XBITS_S_OK);
}

static void get_of_the_whole_needs_the_size_that_head_told(void **state)
{
    struct expectation expected = { .range_last = 999, .size = 1000, .last_modified = MODIFIED };
    struct answer answer = good(200);

    (void)state;
    assert_int_equal(http_judge_get(&answer, &expected), XBITS_S_OK);
    answer.content_length = UNKNOWN;
    assert_int_equal(http_judge_get(&answer, &expected), XBITS_S_OK);
    answer.content_length = 999;
    assert_int_equal(http_judge_get(&answer, &expected), XBITS_BG_E_REMOTE_FILE_CHANGED);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(head_needs_a_status_of_success_and_a_length),
        cmocka_unit_test(http_1_0_is_accepted_when_it_has_what_is_needed),
        cmocka_unit_test(get_of_a_range_needs_that_range),
        cmocka_unit_test(the_length_of_a_part_must_be_that_of_its_range),
        cmocka_unit_test(get_of_the_whole_needs_the_size_that_head_told),
    };

    return run_tests("engine http rules", tests);
}
