/* SPDX-License-Identifier: MIT */
#include "wire/http_head.h"

#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

/* Feeds a text line by line, each with its line end. */
static void feed(struct http_head *head, const char *text)
{
    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        size_t length = end == NULL ? strlen(text) : (size_t)(end - text) + 1;

        http_head_add_line(head, text, length);
        text += length;
    }
}

static void status_line_is_read(void **state)
{
    static const struct {
        const char *line;
        bool is_valid;
        int major, minor, status;
    } rows[] = {
        { "HTTP/1.1 200 OK\r\n", true, 1, 1, 200 },
        { "HTTP/1.0 404 Not Found\n", true, 1, 0, 404 },
        { "HTTP/1.1 206", true, 1, 1, 206 },
        { "HTTP/1.1 206 ", true, 1, 1, 206 },
        { "HTTP/2 200\r\n", true, 2, 0, 200 },
        { "HTTP/3 503 \r\n", true, 3, 0, 503 },
        { "HTTP/1.1 999 Odd\r\n", true, 1, 1, 999 },
        { "", false, 0, 0, 0 },
        { "\r\n", false, 0, 0, 0 },
        { "<html>", false, 0, 0, 0 },
        { "ICY 200 OK\r\n", false, 0, 0, 0 },
        { "http/1.1 200 OK\r\n", false, 0, 0, 0 },
        { "HTTP/ 200 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1. 200 OK\r\n", false, 0, 0, 0 },
        { "HTTP/11.1 200 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 20 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 2000 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 099 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 2x0 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1  200 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 -20 OK\r\n", false, 0, 0, 0 },
        { "HTTP/1.1 200 O\x01K\r\n", false, 0, 0, 0 },
        { "HTTP/1.1", false, 0, 0, 0 },
        { "HTTP/", false, 0, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_head head;

        http_head_init(&head);
        http_head_add_line(&head, rows[i].line, strlen(rows[i].line));

        if (head.is_valid != rows[i].is_valid)
            fail_msg("is_valid %d: %s", head.is_valid, rows[i].line);
        assert_int_equal(head.version_major, rows[i].major);
        assert_int_equal(head.version_minor, rows[i].minor);
        assert_int_equal(head.status, rows[i].status);
        http_head_dispose(&head);
    }
}

static void header_is_found_without_case_and_trimmed(void **state)
{
    struct http_head head;
    char value[32];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 200 OK\r\nETag:   \"a b\" \t\r\nempty:\r\nX-Range: no\r\n\r\n");

    assert_true(head.is_valid);
    assert_true(http_head_find(&head, "etag", value, sizeof value));
    assert_string_equal(value, "\"a b\"");
    assert_true(http_head_find(&head, "EMPTY", value, sizeof value));
    assert_string_equal(value, "");
    assert_false(http_head_find(&head, "Range", value, sizeof value));
    assert_string_equal(value, "");
    assert_false(http_head_find(&head, "X-Rang", value, sizeof value));
    assert_false(http_head_find(&head, "HTTP/1.1 200 OK", value, sizeof value));
    http_head_dispose(&head);
}

static void last_of_a_repeated_header_counts(void **state)
{
    struct http_head head;
    char value[32];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 302 Found\r\nLocation: /a\r\nlocation: /b\r\n\r\n");

    assert_true(http_head_find(&head, "Location", value, sizeof value));
    assert_string_equal(value, "/b");
    http_head_dispose(&head);
}

static void value_that_does_not_fit_is_not_found(void **state)
{
    struct http_head head;
    char value[5];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 200 OK\r\nA: 1234\r\nB: 12345\r\n\r\n");

    assert_true(http_head_find(&head, "A", value, sizeof value));
    assert_string_equal(value, "1234");
    assert_false(http_head_find(&head, "B", value, sizeof value));
    assert_string_equal(value, "");
    http_head_dispose(&head);
}

static void content_length_is_read_strictly(void **state)
{
    static const struct {
        const char *lines;
        bool is_valid;
        bool has_length;
        uint64_t length;
    } rows[] = {
        { "A: b\r\n", true, false, 0 },
        { "Content-Length: 0\r\n", true, true, 0 },
        { "content-length:5\r\n", true, true, 5 },
        { "Content-Length: 18446744073709551614\r\n", true, true, UINT64_MAX - 1 },
        { "Content-Length: 5\r\nContent-Length: 5\r\n", true, true, 5 },
        { "Content-Length: 5\r\nContent-Length: 6\r\n", false, true, 5 },
        { "Content-Length: 18446744073709551615\r\n", false, false, 0 },
        { "Content-Length: 18446744073709551616\r\n", false, false, 0 },
        { "Content-Length: 000000000000000000000000000005\r\n", false, false, 0 },
        { "Content-Length: -1\r\n", false, false, 0 },
        { "Content-Length: +1\r\n", false, false, 0 },
        { "Content-Length: 5, 5\r\n", false, false, 0 },
        { "Content-Length: 5 5\r\n", false, false, 0 },
        { "Content-Length: 0x5\r\n", false, false, 0 },
        { "Content-Length:\r\n", false, false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_head head;

        http_head_init(&head);
        feed(&head, "HTTP/1.1 200 OK\r\n");
        feed(&head, rows[i].lines);

        if (head.is_valid != rows[i].is_valid || head.has_content_length != rows[i].has_length)
            fail_msg("row %zu: %s", i, rows[i].lines);
        assert_int_equal(head.content_length, rows[i].length);
        http_head_dispose(&head);
    }
}

static void malformed_header_makes_the_head_invalid(void **state)
{
    static const struct {
        const char *line;
        size_t length;
    } rows[] = {
        { "no colon\r\n", 10 }, { ": no name\r\n", 11 }, { "Name : blank\r\n", 14 },
        { " folded\r\n", 9 },   { "\tfolded\r\n", 9 },   { "N\xC3\xA4me: x\r\n", 10 },
        { "A: b\0c\r\n", 8 },   { "A: b\rc\r\n", 8 },    { "A: \x7F\r\n", 6 },
        { "A\0: b\r\n", 7 },    { "A: b\r\r\n", 7 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct http_head head;

        http_head_init(&head);
        feed(&head, "HTTP/1.1 200 OK\r\n");
        http_head_add_line(&head, rows[i].line, rows[i].length);
        feed(&head, "B: c\r\n\r\n");

        if (head.is_valid)
            fail_msg("valid after row %zu", i);
        http_head_dispose(&head);
    }
}

static void block_holds_every_line_with_its_end(void **state)
{
    struct http_head head;
    static const char expected[] = "HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\n\r\n";

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n");

    assert_true(head.is_valid);
    assert_int_equal(head.block_length, sizeof expected - 1);
    assert_string_equal(head.block, expected);
    http_head_dispose(&head);
    assert_null(head.block);
}

static void new_status_line_starts_over(void **state)
{
    struct http_head head;
    char value[8];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 100 Continue\r\nA: 1\r\nContent-Length: 7\r\nbroken\r\n\r\n");
    feed(&head, "HTTP/1.1 206 Partial Content\r\nB: 2\r\n\r\n");

    assert_true(head.is_valid);
    assert_int_equal(head.status, 206);
    assert_false(head.has_content_length);
    assert_false(http_head_find(&head, "A", value, sizeof value));
    assert_true(http_head_find(&head, "B", value, sizeof value));
    http_head_dispose(&head);
}

static void trailers_are_not_headers(void **state)
{
    struct http_head head;
    char value[8];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 200 OK\r\nA: 1\r\n\r\nA: 2\r\nContent-Length: 3\r\nbroken\r\n");

    assert_true(head.is_valid);
    assert_false(head.has_content_length);
    assert_true(http_head_find(&head, "A", value, sizeof value));
    assert_string_equal(value, "1");
    http_head_dispose(&head);
}

static void head_over_the_limit_is_invalid(void **state)
{
    struct http_head head;
    char line[1024];

    (void)state;
    http_head_init(&head);
    feed(&head, "HTTP/1.1 200 OK\r\n");
    memset(line, 'a', sizeof line);
    memcpy(line, "X-Long: ", 8);
    for (int i = 0; i < 63; i++)
        http_head_add_line(&head, line, sizeof line);
    assert_true(head.is_valid);

    http_head_add_line(&head, line, sizeof line);

    assert_false(head.is_valid);
    assert_true(head.block_length <= 64 * 1024);
    http_head_dispose(&head);
}

static void empty_head_has_no_headers(void **state)
{
    struct http_head head;
    char value[4] = "x";

    (void)state;
    http_head_init(&head);

    assert_false(head.is_valid);
    assert_false(http_head_find(&head, "A", value, sizeof value));
    assert_string_equal(value, "");
    http_head_dispose(&head);
    http_head_dispose(&head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_line_is_read),
        cmocka_unit_test(header_is_found_without_case_and_trimmed),
        cmocka_unit_test(last_of_a_repeated_header_counts),
        cmocka_unit_test(value_that_does_not_fit_is_not_found),
        cmocka_unit_test(content_length_is_read_strictly),
        cmocka_unit_test(malformed_header_makes_the_head_invalid),
        cmocka_unit_test(block_holds_every_line_with_its_end),
        cmocka_unit_test(new_status_line_starts_over),
        cmocka_unit_test(trailers_are_not_headers),
        cmocka_unit_test(head_over_the_limit_is_invalid),
        cmocka_unit_test(empty_head_has_no_headers),
    };

    return run_tests("http_head", tests);
}
