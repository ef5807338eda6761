/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"

#define SIZE 300000u

/* A directory "served" with files and links, and a secret beside it. */
struct fixture {
    struct temp_directory temp;
    struct origin_options options;
    struct origin *origin;
    uint16_t port;
    char served[TEMP_PATH_SIZE];
    char content[SIZE];
};

static void make_link(const struct fixture *fixture, const char *target, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_return_code(symlink(target, temp_directory_join(&fixture->temp, name, path)), 0);
}

static void make_directory(const struct fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_return_code(mkdir(temp_directory_join(&fixture->temp, name, path), 0755), 0);
}

static void start(struct fixture *fixture)
{
    fixture->options.directory = fixture->served;
    assert_ok(origin_start(&fixture->options, &fixture->origin));
    fixture->port = origin_port(fixture->origin);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    temp_directory_make(&fixture->temp);
    make_directory(fixture, "served");
    make_directory(fixture, "served/sub");
    resource_pattern(1, 0, fixture->content, SIZE);
    temp_directory_write(&fixture->temp, "served/a.bin", fixture->content, SIZE);
    temp_directory_write(&fixture->temp, "served/sub/na me.txt", "text", 4);
    temp_directory_write(&fixture->temp, "served/empty", "", 0);
    temp_directory_write(&fixture->temp, "secret", "SECRET", 6);
    make_link(fixture, "sub/na me.txt", "served/link-inside");
    make_link(fixture, "../served/sub", "served/link-to-directory");
    make_link(fixture, "../secret", "served/link-outside");
    make_link(fixture, "..", "served/link-up");
    make_link(fixture, "link-loop", "served/link-loop");
    make_link(fixture, "nowhere", "served/link-broken");
    (void)temp_directory_join(&fixture->temp, "served", fixture->served);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    origin_stop(fixture->origin);
    temp_directory_remove(&fixture->temp);
    free(fixture);
    return 0;
}

static void file_comes_whole(void **state)
{
    struct fixture *fixture = *state;
    int64_t modified;

    start(fixture);
    struct reply reply = client_ask(fixture->port, "GET", "/a.bin", "");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.content_length, SIZE);
    assert_int_equal(reply.body_size, SIZE);
    assert_memory_equal(reply.body, fixture->content, SIZE);
    assert_string_equal(reply_header(&reply, "Accept-Ranges"), "bytes");
    assert_string_equal(reply_header(&reply, "Content-Type"), "application/octet-stream");
    assert_string_not_equal(reply_header(&reply, "ETag"), "");
    assert_string_not_equal(reply_header(&reply, "Date"), "");
    assert_true(clock_parse_http(reply_header(&reply, "Last-Modified"), &modified));
    reply_dispose(&reply);
}

static void head_says_the_size_and_sends_nothing(void **state)
{
    struct fixture *fixture = *state;

    start(fixture);
    struct reply reply = client_ask(fixture->port, "HEAD", "/a.bin", "");

    assert_int_equal(reply.head.status, 200);
    assert_true(reply.head.has_content_length);
    assert_int_equal(reply.head.content_length, SIZE);
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
    struct fixture *fixture = *state;

    start(fixture);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char expected[64];
        struct reply reply = client_ask(fixture->port, "GET", "/a.bin", rows[i].range);

        (void)snprintf(expected, sizeof expected, "bytes %zu-%zu/%u", rows[i].first, rows[i].last,
                       SIZE);
        assert_int_equal(reply.head.status, 206);
        assert_string_equal(reply_header(&reply, "Content-Range"), expected);
        assert_int_equal(reply.head.content_length, rows[i].last - rows[i].first + 1);
        assert_int_equal(reply.body_size, rows[i].last - rows[i].first + 1);
        assert_memory_equal(reply.body, fixture->content + rows[i].first, reply.body_size);
        reply_dispose(&reply);
    }
}

/* Checks the next part of a multipart body and moves past it. */
static void check_part(const struct fixture *fixture, const char **cursor, const char *boundary,
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
    assert_int_equal(total, SIZE);
    const size_t length = (size_t)(range.last - range.first) + 1;
    assert_memory_equal(content + 4, fixture->content + range.first, length);
    *cursor = content + 4 + length;
    assert_memory_equal(*cursor, "\r\n", 2);
    *cursor += 2;
}

static void several_ranges_come_as_parts(void **state)
{
    static const struct http_range expected[] = { { 200000, 299999 }, { 0, 0 }, { 5, 150004 } };
    static const char prefix[] = "multipart/byteranges; boundary=";
    struct fixture *fixture = *state;
    char boundary[64];

    start(fixture);
    struct reply reply =
        client_ask(fixture->port, "GET", "/a.bin", "Range: bytes=200000-,0-0,900000-,5-150004\r\n");

    assert_int_equal(reply.head.status, 206);
    assert_int_equal(reply.body_size, reply.head.content_length);
    assert_memory_equal(reply_header(&reply, "Content-Type"), prefix, sizeof prefix - 1);
    (void)snprintf(boundary, sizeof boundary, "%s",
                   reply_header(&reply, "Content-Type") + sizeof prefix - 1);
    const char *cursor = reply.body;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        check_part(fixture, &cursor, boundary, &expected[i]);
    assert_memory_equal(cursor, "--", 2);
    assert_memory_equal(cursor + 2, boundary, strlen(boundary));
    assert_string_equal(cursor + 2 + strlen(boundary), "--\r\n");
    reply_dispose(&reply);
}

static void range_past_the_end_is_answered_with_416(void **state)
{
    struct fixture *fixture = *state;

    start(fixture);
    struct reply reply = client_ask(fixture->port, "GET", "/a.bin", "Range: bytes=300000-\r\n");

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
    struct fixture *fixture = *state;
    char modified[64];
    char headers[256];

    start(fixture);
    struct reply head = client_ask(fixture->port, "HEAD", "/a.bin", "");
    (void)snprintf(modified, sizeof modified, "%s", reply_header(&head, "Last-Modified"));
    reply_dispose(&head);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t prefix = strcspn(rows[i].format, "%");

        (void)snprintf(headers, sizeof headers, "%.*s%s%s", (int)prefix, rows[i].format, modified,
                       rows[i].format + prefix + 2);
        struct reply reply = client_ask(fixture->port, "GET", "/a.bin", headers);

        if (reply.head.status != rows[i].status)
            fail_msg("%d for %s", reply.head.status, rows[i].format);
        if (reply.head.status == 304 || reply.head.status == 412)
            assert_int_equal(reply.body_size, 0);
        reply_dispose(&reply);
    }
}

static void rewritten_file_has_another_tag(void **state)
{
    struct fixture *fixture = *state;
    char tag[128];

    start(fixture);
    struct reply reply = client_ask(fixture->port, "HEAD", "/empty", "");
    (void)snprintf(tag, sizeof tag, "If-Match: %s\r\n", reply_header(&reply, "ETag"));
    reply_dispose(&reply);
    reply = client_ask(fixture->port, "HEAD", "/empty", tag);
    assert_int_equal(reply.head.status, 200);
    reply_dispose(&reply);

    temp_directory_write(&fixture->temp, "served/empty", "full", 4);

    reply = client_ask(fixture->port, "HEAD", "/empty", tag);
    assert_int_equal(reply.head.status, 412);
    reply_dispose(&reply);
}

static void target_finds_its_file(void **state)
{
    static const struct {
        const char *target;
        size_t size;
    } rows[] = {
        { "/a.bin?version=2", SIZE },
        { "/%61.bin", SIZE },
        { "http://origin/a.bin", SIZE },
        { "/sub/na%20me.txt", 4 },
        { "/sub%2Fna%20me.txt", 4 },
        { "/link-inside", 4 },
        { "/link-to-directory/na%20me.txt", 4 },
        { "/link-up/served/sub/na%20me.txt", 4 },
        { "/empty", 0 },
    };
    struct fixture *fixture = *state;

    start(fixture);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reply reply = client_ask(fixture->port, "GET", rows[i].target, "");

        if (reply.head.status != 200 || reply.body_size != rows[i].size)
            fail_msg("%d and %zu bytes for %s", reply.head.status, reply.body_size, rows[i].target);
        assert_int_equal(reply.head.content_length, rows[i].size);
        reply_dispose(&reply);
    }
}

static void nothing_outside_of_the_directory_is_served(void **state)
{
    static const struct {
        const char *target;
        int status;
    } rows[] = {
        { "/../secret", 404 },
        { "/%2e%2e/secret", 404 },
        { "/.%2E/secret", 404 },
        { "/..%2fsecret", 404 },
        { "/%2e%2e%2fsecret", 404 },
        { "/sub/../../secret", 404 },
        { "/sub/%2e%2e/%2e%2e/secret", 404 },
        { "/sub/..%2f..%2fsecret", 404 },
        { "/..\\secret", 404 },
        { "/..%5csecret", 404 },
        { "/sub%5c..%5c..%5csecret", 404 },
        { "http://origin/../secret", 404 },
        { "/link-outside", 404 },
        { "/link-up/secret", 404 },
        { "/link-up/served/../secret", 404 },
        { "/link-loop", 404 },
        { "/link-loop/secret", 404 },
        { "/link-broken", 404 },
        { "/a.bin%00", 400 },
        { "/../secret%00.bin", 400 },
        { "/%zz", 400 },
        { "/%", 400 },
        { "*", 400 },
        { "secret", 400 },
        /* Neither files nor names of files. */
        { "/", 404 },
        { "/sub", 404 },
        { "/sub/", 404 },
        { "/a.bin/", 404 },
        { "/a.bin/x", 404 },
        { "//a.bin", 404 },
        { "/./a.bin", 404 },
        { "/sub/../a.bin", 404 },
        { "/missing", 404 },
        { "/missing/a.bin", 404 },
    };
    struct fixture *fixture = *state;

    start(fixture);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reply reply = client_ask(fixture->port, "GET", rows[i].target, "");

        if (reply.head.status != rows[i].status)
            fail_msg("%d for %s", reply.head.status, rows[i].target);
        assert_null(strstr(reply.body, "SECRET"));
        reply_dispose(&reply);
    }
}

static void directory_of_a_like_name_is_outside(void **state)
{
    struct fixture *fixture = *state;

    make_directory(fixture, "served-not");
    temp_directory_write(&fixture->temp, "served-not/secret", "SECRET", 6);
    make_link(fixture, "../served-not", "served/like");
    start(fixture);
    struct reply reply = client_ask(fixture->port, "GET", "/like/secret", "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void endless_name_is_not_found(void **state)
{
    struct fixture *fixture = *state;
    char target[1500] = "/";

    start(fixture);
    memset(target + 1, 'a', sizeof target - 2);
    struct reply reply = client_ask(fixture->port, "GET", target, "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void pipe_is_not_served_and_blocks_nobody(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    assert_return_code(mkfifo(temp_directory_join(&fixture->temp, "served/pipe", path), 0644), 0);
    start(fixture);
    struct reply reply = client_ask(fixture->port, "GET", "/pipe", "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void other_methods_are_refused_with_405(void **state)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "BITS_POST" };
    struct fixture *fixture = *state;

    start(fixture);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        struct reply reply = client_ask(fixture->port, methods[i], "/a.bin", "");

        assert_int_equal(reply.head.status, 405);
        assert_string_equal(reply_header(&reply, "Allow"), "GET, HEAD");
        reply_dispose(&reply);
    }
}

static void client_of_http_1_0_is_served(void **state)
{
    struct fixture *fixture = *state;

    start(fixture);
    struct reply reply = client_send_raw(fixture->port, "GET /sub/na%20me.txt HTTP/1.0\r\n\r\n");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.content_length, 4);
    assert_string_equal(reply.body, "text");
    reply_dispose(&reply);
}

static void rules_hold_for_every_file(void **state)
{
    struct fixture *fixture = *state;

    fixture->options.rules =
        (struct resource_rules){ .no_ranges = true, .no_validators = true, .is_http_1_0 = true };
    start(fixture);
    struct reply reply = client_ask(fixture->port, "GET", "/a.bin", "Range: bytes=0-9\r\n");

    assert_int_equal(reply.head.status, 200);
    assert_int_equal(reply.head.version_major, 1);
    assert_int_equal(reply.head.version_minor, 0);
    assert_int_equal(reply.body_size, SIZE);
    assert_string_equal(reply_header(&reply, "ETag"), "");
    assert_string_equal(reply_header(&reply, "Last-Modified"), "");
    reply_dispose(&reply);
}

static void length_can_be_hidden(void **state)
{
    static const char *const versions[] = { "1.0", "1.1" };
    struct fixture *fixture = *state;
    char request[128];

    fixture->options.rules.no_length = true;
    start(fixture);
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(request, sizeof request,
                       "HEAD /sub/na%%20me.txt HTTP/%s\r\nHost: o\r\nConnection: close\r\n\r\n",
                       versions[i]);
        struct reply head = client_send_raw(fixture->port, request);
        memcpy(request, "GET ", 4);
        memmove(request + 4, request + 5, strlen(request + 5) + 1);
        struct reply get = client_send_raw(fixture->port, request);

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
    struct fixture *fixture = *state;

    fixture->options.rate = 1000000;
    start(fixture);
    const uint64_t begun_ms = clock_ms(clock_system());
    struct reply reply = client_ask(fixture->port, "GET", "/a.bin", "");
    const uint64_t took_ms = clock_ms(clock_system()) - begun_ms;

    assert_int_equal(reply.body_size, SIZE);
    assert_memory_equal(reply.body, fixture->content, SIZE);
    /* 300 ms less the 50 that may leave ahead; never the other way round, a machine may be slow. */
    assert_true(took_ms >= 245);
    reply_dispose(&reply);
}

static void file_that_shrinks_breaks_its_answer(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct reply reply;

    fixture->options.rate = 1000000;
    start(fixture);
    const int connection = client_open(fixture->port, "GET /a.bin HTTP/1.1\r\nHost: o\r\n\r\n");
    client_read_head(connection, &reply);
    assert_return_code(truncate(temp_directory_join(&fixture->temp, "served/a.bin", path), 100000),
                       0);
    client_read_rest(connection, &reply);

    assert_int_equal(reply.head.content_length, SIZE);
    assert_in_range(reply.body_size, 1, SIZE - 1);
    assert_memory_equal(reply.body, fixture->content, 50000);
    client_close(connection);
    reply_dispose(&reply);
}

static void connection_serves_one_request_after_the_other(void **state)
{
    struct fixture *fixture = *state;
    struct reply reply;

    start(fixture);
    const int connection = client_open(
        fixture->port, "HEAD /a.bin HTTP/1.1\r\nHost: o\r\n\r\nHEAD /missing HTTP/1.1\r\nHost: "
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
    struct fixture *fixture = *state;

    start(fixture);
    struct reply reply =
        client_send_raw(fixture->port, "GET /a.bin HTTP/1.1\r\nno colon here\r\n\r\n");

    assert_int_equal(reply.head.status, 400);
    reply_dispose(&reply);
}

static void directory_that_is_none_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    fixture->options.directory = temp_directory_join(&fixture->temp, "missing", path);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, origin_start(&fixture->options, &fixture->origin));
    assert_message("missing");

    fixture->options.directory = temp_directory_join(&fixture->temp, "secret", path);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, origin_start(&fixture->options, &fixture->origin));
    assert_message("secret");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

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
        TEST(target_finds_its_file),
        TEST(nothing_outside_of_the_directory_is_served),
        TEST(directory_of_a_like_name_is_outside),
        TEST(endless_name_is_not_found),
        TEST(pipe_is_not_served_and_blocks_nobody),
        TEST(other_methods_are_refused_with_405),
        TEST(client_of_http_1_0_is_served),
        TEST(rules_hold_for_every_file),
        TEST(length_can_be_hidden),
        TEST(rate_is_kept),
        TEST(file_that_shrinks_breaks_its_answer),
        TEST(connection_serves_one_request_after_the_other),
        TEST(garbage_is_answered_with_400),
        TEST(directory_that_is_none_is_refused),
    };

    return run_tests("origin_files", tests);
}
