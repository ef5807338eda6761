/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/answer_text.h"

#include "support/test_main.h"

#include <string.h>

#define BASE "http://server/a/b"

/* Each string is a line. */
static const struct answer *read_lines(struct answer_text *text, struct http_head *head,
                                       const char *const *lines)
{
    http_head_init(head);
    for (; *lines != NULL; lines++)
        http_head_add_line(head, *lines, strlen(*lines));
    return answer_text_read(text, head, BASE);
}

#define READ(text, head, ...) read_lines((text), (head), (const char *const[]){ __VA_ARGS__, NULL })

static void every_field_is_read(void **state)
{
    struct answer_text text;
    struct http_head head;
    const struct answer *answer;

    (void)state;
    answer = READ(&text, &head, "HTTP/1.1 206 Partial Content", "Content-Length: 10",
                  "content-range: bytes 5-14/100", "Last-Modified: Sat, 21 Nov 2026 09:30:00 GMT",
                  "ETag: \"x\"", "Content-Encoding: gzip", "");

    assert_int_equal(answer->version_major, 1);
    assert_int_equal(answer->version_minor, 1);
    assert_int_equal(answer->status, 206);
    assert_int_equal(answer->content_length, 10);
    assert_true(answer->has_content_range);
    assert_int_equal(answer->range_first, 5);
    assert_int_equal(answer->range_last, 14);
    assert_int_equal(answer->range_total, 100);
    assert_string_equal(answer->last_modified, "Sat, 21 Nov 2026 09:30:00 GMT");
    assert_string_equal(answer->etag, "\"x\"");
    assert_string_equal(answer->content_encoding, "gzip");
    assert_string_equal(answer->location, "");
    assert_false(answer->is_multipart);
    assert_non_null(strstr(answer->header_block, "ETag: \"x\"\r\n"));
    http_head_dispose(&head);
}

static void nothing_is_left_of_the_answer_before(void **state)
{
    struct answer_text text;
    struct http_head head;
    const struct answer *answer;

    (void)state;
    (void)READ(&text, &head, "HTTP/1.1 302 Found", "Location: /x", "ETag: \"x\"", "");
    http_head_dispose(&head);
    answer = READ(&text, &head, "HTTP/1.1 200 OK", "");

    assert_string_equal(answer->etag, "");
    assert_string_equal(answer->location, "");
    assert_true(answer->content_length == XBITS_SIZE_UNKNOWN);
    http_head_dispose(&head);
}

static void an_answer_without_a_head_has_version_zero(void **state)
{
    struct http_head head = { 0 };
    struct answer_text text;
    const struct answer *answer;

    (void)state;
    answer = answer_text_read(&text, &head, BASE);

    assert_int_equal(answer->version_major, 0);
    assert_int_equal(answer->status, 0);
    assert_string_equal(answer->header_block, "");
    assert_true(answer->content_length == XBITS_SIZE_UNKNOWN);
}

static void a_chunked_body_has_no_length(void **state)
{
    struct answer_text text;
    struct http_head head;
    const struct answer *answer;

    (void)state;
    answer = READ(&text, &head, "HTTP/1.1 200 OK", "Content-Length: 5",
                  "Transfer-Encoding: chunked", "");

    assert_true(answer->content_length == XBITS_SIZE_UNKNOWN);
    http_head_dispose(&head);
}

static void a_content_range_counts_only_with_a_known_total(void **state)
{
    static const char *const useless[] = {
        "Content-Range: bytes 0-9/*",
        "Content-Range: bytes */100",
        "Content-Range: bytes 9-0/100",
        "Content-Range: octets 0-9/100",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(useless) / sizeof(useless[0]); i++) {
        struct answer_text text;
        struct http_head head;

        assert_false(READ(&text, &head, "HTTP/1.1 206 x", useless[i], "")->has_content_range);
        http_head_dispose(&head);
    }
}

static void a_location_counts_only_in_a_redirect(void **state)
{
    struct answer_text text;
    struct http_head head;

    (void)state;
    assert_string_equal(READ(&text, &head, "HTTP/1.1 307 x", "Location: c", "")->location,
                        "http://server/a/c");
    http_head_dispose(&head);
    assert_string_equal(READ(&text, &head, "HTTP/1.1 201 x", "Location: c", "")->location, "");
    http_head_dispose(&head);
}

static void several_parts_are_seen(void **state)
{
    struct answer_text text;
    struct http_head head;

    (void)state;
    assert_true(
        READ(&text, &head, "HTTP/1.1 206 x", "Content-Type: Multipart/ByteRanges; boundary=b", "")
            ->is_multipart);
    http_head_dispose(&head);
}

static void a_value_that_is_too_long_counts_as_absent(void **state)
{
    char line[400] = "ETag: ";
    struct answer_text text;
    struct http_head head;

    (void)state;
    memset(line + 6, 'x', sizeof(line) - 7);
    line[sizeof(line) - 1] = '\0';

    assert_string_equal(READ(&text, &head, "HTTP/1.1 200 x", line, "")->etag, "");
    http_head_dispose(&head);
}

static void a_decision_reads_back_as_it_was_written(void **state)
{
    const struct resource resource = { .size = 100, .etag = "\"x\"" };
    const struct resource_request request = { .method = "GET", .range = "bytes=10-19" };
    struct http_head head = { 0 };
    struct resource_answer decision;
    struct answer_text text;
    const struct answer *answer;

    (void)state;
    resource_decide(&resource, &request, &decision);
    answer_text_write_head(&decision, true, &head);
    answer = answer_text_read(&text, &head, BASE);

    assert_true(head.is_valid);
    assert_int_equal(answer->version_minor, 0);
    assert_int_equal(answer->status, 206);
    assert_int_equal(answer->content_length, 10);
    assert_int_equal(answer->range_first, 10);
    assert_int_equal(answer->range_total, 100);
    assert_string_equal(answer->etag, "\"x\"");
    http_head_dispose(&head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_read),
        cmocka_unit_test(nothing_is_left_of_the_answer_before),
        cmocka_unit_test(an_answer_without_a_head_has_version_zero),
        cmocka_unit_test(a_chunked_body_has_no_length),
        cmocka_unit_test(a_content_range_counts_only_with_a_known_total),
        cmocka_unit_test(a_location_counts_only_in_a_redirect),
        cmocka_unit_test(several_parts_are_seen),
        cmocka_unit_test(a_value_that_is_too_long_counts_as_absent),
        cmocka_unit_test(a_decision_reads_back_as_it_was_written),
    };

    return run_tests("answer_text", tests);
}
