/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "base/clock.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"
#include "unit/origin/served.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void file_comes_whole(void **state)
{
    struct served *served = *state;
    int64_t modified;

    served_start(served);
    struct reply reply = client_ask(served->port, "GET", "/a.bin", "");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.content_length, SERVED_SIZE);
    assert_int_equal(reply.body_size, SERVED_SIZE);
    assert_memory_equal(reply.body, served->content, SERVED_SIZE);
    assert_string_equal(reply_header(&reply, "Accept-Ranges"), "bytes");
    assert_string_equal(reply_header(&reply, "Content-Type"), "application/octet-stream");
    assert_string_not_equal(reply_header(&reply, "ETag"), "");
    assert_string_not_equal(reply_header(&reply, "Date"), "");
    assert_true(clock_parse_http(reply_header(&reply, "Last-Modified"), &modified));
    reply_dispose(&reply);
}

static void head_says_the_size_and_sends_nothing(void **state)
{
    struct served *served = *state;

    served_start(served);
    struct reply reply = client_ask(served->port, "HEAD", "/a.bin", "");

    assert_int_equal(reply.head.status, 200);
    assert_true(reply.head.has_content_length);
    assert_int_equal(reply.head.content_length, SERVED_SIZE);
    assert_int_equal(reply.body_size, 0);
    reply_dispose(&reply);
}

static void range_comes_as_asked_for(void **state)
{
    static const struct {
        const char *range;
        size_t first, last;
    } rows[] = {
        { "Range: bytes=0-0\r\n", 0, 0 },
        { "Range: bytes=1-200000\r\n", 1, 200000 },
        { "Range: bytes=299999-\r\n", 299999, 299999 },
        { "Range: bytes=-70000\r\n", 230000, 299999 },
        { "range: bytes=100-9999999\r\n", 100, 299999 },
    };
    struct served *served = *state;

    served_start(served);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char expected[64];
        struct reply reply = client_ask(served->port, "GET", "/a.bin", rows[i].range);

        (void)snprintf(expected, sizeof expected, "bytes %zu-%zu/%u", rows[i].first, rows[i].last,
                       SERVED_SIZE);
        assert_int_equal(reply.head.status, 206);
        assert_string_equal(reply_header(&reply, "Content-Range"), expected);
        assert_int_equal(reply.head.content_length, rows[i].last - rows[i].first + 1);
        assert_int_equal(reply.body_size, rows[i].last - rows[i].first + 1);
        assert_memory_equal(reply.body, served->content + rows[i].first, reply.body_size);
        reply_dispose(&reply);
    }
}

/* Checks the next part of a multipart body and moves past it. */
static void check_part(const struct served *served, const char **cursor, const char *boundary,
                       const struct http_range *expected)
{
    struct http_range range;
    uint64_t total;
    char field[128] = "";
    const size_t boundary_length = strlen(boundary);

    assert_memory_equal(*cursor, "--", 2);
    assert_memory_equal(*cursor + 2, boundary, boundary_length);
    const char *content_range = strstr(*cursor, "Content-Range: ");
    const char *content = strstr(*cursor, "\r\n\r\n");
    assert_non_null(content_range);
    assert_non_null(content);
    assert_true(content_range < content);
    content_range += sizeof "Content-Range: " - 1;
    memcpy(field, content_range, (size_t)(content - content_range));
    assert_true(http_content_range_parse(field, &range, &total));
    assert_int_equal(range.first, expected->first);
    assert_int_equal(range.last, expected->last);
    assert_int_equal(total, SERVED_SIZE);
    const size_t length = (size_t)(range.last - range.first) + 1;
    assert_memory_equal(content + 4, served->content + range.first, length);
    *cursor = content + 4 + length;
    assert_memory_equal(*cursor, "\r\n", 2);
    *cursor += 2;
}

static void several_ranges_come_as_parts(void **state)
{
    static const struct http_range expected[] = { { 200000, 299999 }, { 0, 0 }, { 5, 150004 } };
    static const char prefix[] = "multipart/byteranges; boundary=";
    struct served *served = *state;
    char boundary[64];

    served_start(served);
    struct reply reply =
        client_ask(served->port, "GET", "/a.bin", "Range: bytes=200000-,0-0,900000-,5-150004\r\n");

    assert_int_equal(reply.head.status, 206);
    assert_int_equal(reply.body_size, reply.head.content_length);
    assert_memory_equal(reply_header(&reply, "Content-Type"), prefix, sizeof prefix - 1);
    (void)snprintf(boundary, sizeof boundary, "%s",
                   reply_header(&reply, "Content-Type") + sizeof prefix - 1);
    const char *cursor = reply.body;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        check_part(served, &cursor, boundary, &expected[i]);
    assert_memory_equal(cursor, "--", 2);
    assert_memory_equal(cursor + 2, boundary, strlen(boundary));
    assert_string_equal(cursor + 2 + strlen(boundary), "--\r\n");
    reply_dispose(&reply);
}

static void range_past_the_end_is_answered_with_416(void **state)
{
    struct served *served = *state;

    served_start(served);
    struct reply reply = client_ask(served->port, "GET", "/a.bin", "Range: bytes=300000-\r\n");

    assert_int_equal(reply.head.status, 416);
    assert_string_equal(reply_header(&reply, "Content-Range"), "bytes */300000");
    assert_int_equal(reply.body_size, 0);
    reply_dispose(&reply);
}

static void conditions_are_obeyed(void **state)
{
    static const struct {
        const char *format;
        int status;
    } rows[] = {
        { "If-Unmodified-Since: %s\r\nRange: bytes=0-9\r\n", 206 },
        { "If-Modified-Since: %s\r\n", 304 },
        { "If-Range: %s\r\nRange: bytes=0-9\r\n", 206 },
        { "If-Unmodified-Since: Thu, 01 Jan 1998 00:00:00 GMT\r\nX: %s\r\n", 412 },
        { "If-Range: \"other\"\r\nRange: bytes=0-9\r\nX: %s\r\n", 200 },
        { "If-Match: \"other\"\r\nX: %s\r\n", 412 },
        { "If-None-Match: *\r\nX: %s\r\n", 304 },
    };
    struct served *served = *state;
    char modified[64];
    char headers[256];

    served_start(served);
    struct reply head = client_ask(served->port, "HEAD", "/a.bin", "");
    (void)snprintf(modified, sizeof modified, "%s", reply_header(&head, "Last-Modified"));
    reply_dispose(&head);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t prefix = strcspn(rows[i].format, "%");

        (void)snprintf(headers, sizeof headers, "%.*s%s%s", (int)prefix, rows[i].format, modified,
                       rows[i].format + prefix + 2);
        struct reply reply = client_ask(served->port, "GET", "/a.bin", headers);

        if (reply.head.status != rows[i].status)
            fail_msg("%d for %s", reply.head.status, rows[i].format);
        if (reply.head.status == 304 || reply.head.status == 412)
            assert_int_equal(reply.body_size, 0);
        reply_dispose(&reply);
    }
}

static void rewritten_file_has_another_tag(void **state)
{
    struct served *served = *state;
    char tag[128];

    served_start(served);
    struct reply reply = client_ask(served->port, "HEAD", "/empty", "");
    (void)snprintf(tag, sizeof tag, "If-Match: %s\r\n", reply_header(&reply, "ETag"));
    reply_dispose(&reply);
    reply = client_ask(served->port, "HEAD", "/empty", tag);
    assert_int_equal(reply.head.status, 200);
    reply_dispose(&reply);

    temp_directory_write(&served->temp, "served/empty", "full", 4);

    reply = client_ask(served->port, "HEAD", "/empty", tag);
    assert_int_equal(reply.head.status, 412);
    reply_dispose(&reply);
}

static void other_methods_are_refused_with_405(void **state)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "BITS_POST" };
    struct served *served = *state;

    served_start(served);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        struct reply reply = client_ask(served->port, methods[i], "/a.bin", "");

        assert_int_equal(reply.head.status, 405);
        assert_string_equal(reply_header(&reply, "Allow"), "GET, HEAD");
        reply_dispose(&reply);
    }
}

static void request_with_a_body_is_answered_without_reading_it(void **state)
{
    struct served *served = *state;

    served_start(served);
    struct reply reply = client_send_raw(
        served->port, "POST /a.bin HTTP/1.1\r\nHost: o\r\nContent-Length: 99999999999\r\n\r\nbody");

    assert_int_equal(reply.head.status, 405);
    reply_dispose(&reply);
}

static void client_of_http_1_0_is_served(void **state)
{
    struct served *served = *state;

    served_start(served);
    struct reply reply = client_send_raw(served->port, "GET /sub/na%20me.txt HTTP/1.0\r\n\r\n");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.content_length, 4);
    assert_string_equal(reply.body, "text");
    reply_dispose(&reply);
}

static void rules_hold_for_every_file(void **state)
{
    struct served *served = *state;

    served->options.rules =
        (struct resource_rules){ .no_ranges = true, .no_validators = true, .is_http_1_0 = true };
    served_start(served);
    struct reply reply = client_ask(served->port, "GET", "/a.bin", "Range: bytes=0-9\r\n");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.version_major, 1);
    assert_int_equal(reply.head.version_minor, 0);
    assert_int_equal(reply.body_size, SERVED_SIZE);
    assert_string_equal(reply_header(&reply, "ETag"), "");
    assert_string_equal(reply_header(&reply, "Last-Modified"), "");
    reply_dispose(&reply);
}

static void length_can_be_hidden(void **state)
{
    static const char *const versions[] = { "1.0", "1.1" };
    struct served *served = *state;
    char request[128];

    served->options.rules.no_length = true;
    served_start(served);
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(request, sizeof request,
                       "HEAD /sub/na%%20me.txt HTTP/%s\r\nHost: o\r\nConnection: close\r\n\r\n",
                       versions[i]);
        struct reply head = client_send_raw(served->port, request);
        memcpy(request, "GET ", 4);
        memmove(request + 4, request + 5, strlen(request + 5) + 1);
        struct reply get = client_send_raw(served->port, request);

        assert_false(head.head.has_content_length);
        assert_int_equal(head.head.status, 200);
        assert_int_equal(head.body_size, 0);
        assert_false(get.head.has_content_length);
        assert_string_equal(get.body, i == 0 ? "text" : "4\r\ntext\r\n0\r\n\r\n");
        reply_dispose(&head);
        reply_dispose(&get);
    }
}

static void rate_is_kept(void **state)
{
    struct served *served = *state;

    served->options.rate = 1000000;
    served_start(served);
    const uint64_t begun_ms = clock_ms(clock_system());
    struct reply reply = client_ask(served->port, "GET", "/a.bin", "");
    const uint64_t took_ms = clock_ms(clock_system()) - begun_ms;

    assert_int_equal(reply.body_size, SERVED_SIZE);
    assert_memory_equal(reply.body, served->content, SERVED_SIZE);
    /* 300 ms less the 50 that may leave ahead; never the other way round, a machine may be slow. */
    assert_true(took_ms >= 245);
    reply_dispose(&reply);
}

static void file_that_shrinks_breaks_its_answer(void **state)
{
    struct served *served = *state;
    char path[TEMP_PATH_SIZE];
    struct reply reply;

    served->options.rate = 1000000;
    served_start(served);
    const int connection = client_open(served->port, "GET /a.bin HTTP/1.1\r\nHost: o\r\n\r\n");
    client_read_head(connection, &reply);
    assert_return_code(truncate(temp_directory_join(&served->temp, "served/a.bin", path), 100000),
                       0);
    client_read_rest(connection, &reply);

    assert_int_equal(reply.head.content_length, SERVED_SIZE);
    assert_in_range(reply.body_size, 1, SERVED_SIZE - 1);
    assert_memory_equal(reply.body, served->content, 50000);
    client_close(connection);
    reply_dispose(&reply);
}

static void connection_serves_one_request_after_the_other(void **state)
{
    struct served *served = *state;
    struct reply reply;

    served_start(served);
    const int connection = client_open(
        served->port, "HEAD /a.bin HTTP/1.1\r\nHost: o\r\n\r\nHEAD /missing HTTP/1.1\r\nHost: "
                      "o\r\n\r\nGET /empty HTTP/1.1\r\nHost: o\r\n\r\nGET /sub/na%20me.txt "
                      "HTTP/1.1\r\nHost: o\r\nConnection: close\r\n\r\n");

    client_read_head(connection, &reply);
    assert_int_equal(reply.head.status, 200);
    reply_dispose(&reply);
    client_read_head(connection, &reply);
    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
    client_read_head(connection, &reply);
    assert_int_equal(reply.head.status, 200);
    reply_dispose(&reply);
    client_read_head(connection, &reply);
    client_read_rest(connection, &reply);
    assert_string_equal(reply.body, "text");
    reply_dispose(&reply);
    client_close(connection);
}

static void garbage_is_answered_with_400(void **state)
{
    struct served *served = *state;

    served_start(served);
    struct reply reply =
        client_send_raw(served->port, "GET /a.bin HTTP/1.1\r\nno colon here\r\n\r\n");

    assert_int_equal(reply.head.status, 400);
    reply_dispose(&reply);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, served_set_up, served_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(file_comes_whole),
        TEST(head_says_the_size_and_sends_nothing),
        TEST(range_comes_as_asked_for),
        TEST(several_ranges_come_as_parts),
        TEST(range_past_the_end_is_answered_with_416),
        TEST(conditions_are_obeyed),
        TEST(rewritten_file_has_another_tag),
        TEST(other_methods_are_refused_with_405),
        TEST(request_with_a_body_is_answered_without_reading_it),
        TEST(client_of_http_1_0_is_served),
        TEST(rules_hold_for_every_file),
        TEST(length_can_be_hidden),
        TEST(rate_is_kept),
        TEST(file_that_shrinks_breaks_its_answer),
        TEST(connection_serves_one_request_after_the_other),
        TEST(garbage_is_answered_with_400),
    };

    return run_tests("origin_files", tests);
}
