/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "base/thread.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
    struct origin *origin;
    struct mutex *mutex;
    unsigned lines;
    unsigned broken_lines;
};

static void take_line(void *user, const char *json)
{
    struct fixture *fixture = user;
    json_t *line = json_loads(json, 0, NULL);

    mutex_lock(fixture->mutex);
    fixture->lines++;
    fixture->broken_lines += line == NULL || strchr(json, '\n') != NULL;
    mutex_unlock(fixture->mutex);
    json_decref(line);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    const struct origin_options options = { .journal = take_line, .journal_user = fixture };
    const struct origin_resource resource = { .path = "/a.bin", .size = 100000 };
    const struct origin_resource cut = { .path = "/cut", .size = 100000, .cut_after = 5 };
    fixture->mutex = mutex_new();
    assert_non_null(fixture->mutex);
    assert_ok(origin_start(&options, &fixture->origin));
    assert_ok(origin_put(fixture->origin, &resource));
    assert_ok(origin_put(fixture->origin, &cut));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    origin_stop(fixture->origin);
    mutex_free(fixture->mutex);
    free(fixture);
    return 0;
}

static void ask(struct fixture *fixture, const char *method, const char *target,
                const char *headers)
{
    struct reply reply = client_ask(origin_port(fixture->origin), method, target, headers);

    reply_dispose(&reply);
}

static json_t *line_at(struct fixture *fixture, uint64_t index)
{
    char *text = origin_request_json(fixture->origin, index);

    assert_non_null(text);
    json_t *line = json_loads(text, 0, NULL);
    assert_non_null(line);
    free(text);
    return line;
}

static const char *text_of(const json_t *line, const char *key)
{
    const char *text = json_string_value(json_object_get(line, key));

    assert_non_null(text);
    return text;
}

static json_int_t number_of(const json_t *line, const char *key)
{
    assert_true(json_is_integer(json_object_get(line, key)));
    return json_integer_value(json_object_get(line, key));
}

static void line_says_what_was_asked_and_answered(void **state)
{
    struct fixture *fixture = *state;

    ask(fixture, "GET", "/%61.bin?x=1",
        "User-Agent: Microsoft BITS/7.8\r\nAccept-Encoding: identity\r\nRange: "
        "bytes=0-999\r\nIf-Unmodified-Since: Sat, 21 Nov 2026 09:30:00 GMT\r\nCookie: secret\r\n"
        "Authorization: Basic secret\r\n");
    json_t *line = line_at(fixture, 0);
    const json_t *headers = json_object_get(line, "headers");

    assert_string_equal(text_of(line, "method"), "GET");
    assert_string_equal(text_of(line, "target"), "/%61.bin?x=1");
    assert_string_equal(text_of(line, "path"), "/a.bin");
    assert_string_equal(text_of(line, "version"), "HTTP/1.1");
    assert_int_equal(strlen(text_of(line, "time")), strlen("2026-11-21T09:30:00Z"));
    assert_int_equal(number_of(line, "status"), 206);
    assert_int_equal(number_of(line, "body_bytes"), 1000);
    assert_true(json_is_true(json_object_get(line, "whole")));
    assert_string_equal(text_of(headers, "host"), "origin");
    assert_string_equal(text_of(headers, "connection"), "close");
    assert_string_equal(text_of(headers, "user-agent"), "Microsoft BITS/7.8");
    assert_string_equal(text_of(headers, "accept-encoding"), "identity");
    assert_string_equal(text_of(headers, "range"), "bytes=0-999");
    assert_string_equal(text_of(headers, "if-unmodified-since"), "Sat, 21 Nov 2026 09:30:00 GMT");
    assert_int_equal(json_object_size(headers), 6);
    json_decref(line);
}

static void answers_without_a_body_send_none(void **state)
{
    static const struct {
        const char *method;
        const char *target;
        const char *headers;
        int status;
    } rows[] = {
        { "HEAD", "/a.bin", "", 200 },
        { "GET", "/missing", "", 404 },
        { "GET", "/a.bin", "Range: bytes=100000-\r\n", 416 },
        { "POST", "/a.bin", "", 405 },
        { "GET", "/%00", "", 400 },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ask(fixture, rows[i].method, rows[i].target, rows[i].headers);
        json_t *line = line_at(fixture, i);

        assert_string_equal(text_of(line, "method"), rows[i].method);
        assert_int_equal(number_of(line, "status"), rows[i].status);
        assert_int_equal(number_of(line, "body_bytes"), 0);
        assert_true(json_is_true(json_object_get(line, "whole")));
        json_decref(line);
    }
}

static void broken_answer_is_not_whole(void **state)
{
    struct fixture *fixture = *state;

    ask(fixture, "GET", "/cut", "");
    json_t *line = line_at(fixture, 0);

    assert_int_equal(number_of(line, "status"), 200);
    assert_int_equal(number_of(line, "body_bytes"), 5);
    assert_true(json_is_false(json_object_get(line, "whole")));
    json_decref(line);
}

static void bytes_that_are_no_text_are_written_as_latin_1(void **state)
{
    struct fixture *fixture = *state;

    ask(fixture, "GET", "/\xFF\"\\", "User-Agent: caf\xE9 \"\\\"\r\nRange: \xC3\xA9\r\n");
    json_t *line = line_at(fixture, 0);
    const json_t *headers = json_object_get(line, "headers");

    assert_string_equal(text_of(line, "target"), "/\xC3\xBF\"\\");
    assert_string_equal(text_of(headers, "user-agent"), "caf\xC3\xA9 \"\\\"");
    assert_string_equal(text_of(headers, "range"), "\xC3\xA9");
    json_decref(line);
}

static void every_request_is_written_once(void **state)
{
    struct fixture *fixture = *state;

    for (unsigned i = 0; i < 20; i++)
        ask(fixture, i % 2 == 0 ? "GET" : "HEAD", "/a.bin", "");
    json_decref(line_at(fixture, 19));
    for (unsigned i = 0; i < 20; i++)
        json_decref(line_at(fixture, i));

    mutex_lock(fixture->mutex);
    const unsigned lines = fixture->lines;
    const unsigned broken_lines = fixture->broken_lines;
    mutex_unlock(fixture->mutex);
    assert_int_equal(lines, 20);
    assert_int_equal(broken_lines, 0);
    assert_int_equal(origin_request_count(fixture->origin, "/a.bin", "HEAD"), 10);
    assert_int_equal(origin_request_count(fixture->origin, NULL, NULL), 20);
    assert_null(origin_request_json(fixture->origin, 20));
    assert_null(origin_request_json(fixture->origin, UINT64_MAX));
}

static void last_thousand_lines_are_kept(void **state)
{
    struct fixture *fixture = *state;

    for (unsigned i = 0; i < 1002; i++)
        ask(fixture, "HEAD", i < 500 ? "/early" : "/late", "");

    assert_null(origin_request_json(fixture->origin, 0));
    assert_null(origin_request_json(fixture->origin, 1));
    json_t *first = line_at(fixture, 2);
    json_t *last = line_at(fixture, 1001);
    assert_string_equal(text_of(first, "path"), "/early");
    assert_string_equal(text_of(last, "path"), "/late");
    assert_int_equal(origin_request_count(fixture->origin, "/early", NULL), 500);
    assert_int_equal(origin_request_count(fixture->origin, "/late", NULL), 502);
    json_decref(first);
    json_decref(last);
}

/* A client cannot fill the memory with lines that are long, and longer still when escaped. */
static void a_line_that_is_too_long_is_not_kept(void **state)
{
    struct fixture *fixture = *state;
    char target[1701] = "/";

    memset(target + 1, 'a', sizeof target - 2);
    ask(fixture, "GET", target, "");
    memset(target + 1, '\x01', sizeof target - 2);
    ask(fixture, "GET", target, "");

    json_t *line = line_at(fixture, 0);
    assert_int_equal(strlen(text_of(line, "target")), sizeof target - 1);
    assert_null(origin_request_json(fixture->origin, 1));
    json_decref(line);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(line_says_what_was_asked_and_answered),
        TEST(answers_without_a_body_send_none),
        TEST(broken_answer_is_not_whole),
        TEST(bytes_that_are_no_text_are_written_as_latin_1),
        TEST(every_request_is_written_once),
        TEST(last_thousand_lines_are_kept),
        TEST(a_line_that_is_too_long_is_not_kept),
    };

    return run_tests("origin_journal", tests);
}
