/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "support/assert_result.h"
#include "unit/transfer/curl_fixture.h"
#include "wire/resource.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_received(const struct curl_fixture *fixture, const char *line)
{
    if (strstr(text_c(&fixture->server.received), line) == NULL)
        fail_msg("\"%s\" is not in:\n%s", line, text_c(&fixture->server.received));
}

static void assert_not_received(const struct curl_fixture *fixture, const char *part)
{
    if (strstr(text_c(&fixture->server.received), part) != NULL)
        fail_msg("\"%s\" is in:\n%s", part, text_c(&fixture->server.received));
}

/* bits-client 8.2 */
static void the_headers_are_those_of_bits(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/part#fragment");

    request.has_range = true;
    request.range_first = 0;
    request.range_last = 9;
    request.if_unmodified_since = "Sat, 21 Nov 2026 09:30:00 GMT";
    recorder_start(&fixture->recorder, &request);
    curl_run(fixture);

    assert_received(fixture, "GET /part HTTP/1.1\r\n");
    assert_received(fixture, "\r\nConnection: Keep-Alive\r\n");
    assert_received(fixture, "\r\nAccept: */*\r\n");
    assert_received(fixture, "\r\nAccept-Encoding: identity\r\n");
    assert_received(fixture, "\r\nUser-Agent: Microsoft BITS/7.8\r\n");
    assert_received(fixture, "\r\nHost: 127.0.0.1:");
    assert_received(fixture, "\r\nRange: bytes=0-9\r\n");
    assert_received(fixture, "\r\nIf-Unmodified-Since: Sat, 21 Nov 2026 09:30:00 GMT\r\n");
    assert_not_received(fixture, "Expect");
    assert_not_received(fixture, "Proxy");
    assert_not_received(fixture, "fragment");
}

static void nothing_of_a_request_is_left_in_the_next(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/part");

    request.has_range = true;
    request.range_last = 9;
    request.if_unmodified_since = "Sat, 21 Nov 2026 09:30:00 GMT";
    recorder_start(&fixture->recorder, &request);
    curl_run(fixture);
    curl_fetch(fixture, METHOD_HEAD, "/ok");

    assert_received(fixture, "HEAD /ok HTTP/1.1\r\n");
    assert_received(fixture, "\r\nConnection: Keep-Alive\r\n");
    assert_not_received(fixture, "Range");
    assert_not_received(fixture, "If-Unmodified-Since");
    curl_fetch(fixture, METHOD_GET, "/ok");
    assert_received(fixture, "GET /ok HTTP/1.1\r\n");
}

static void head_reports_the_answer(void **state)
{
    struct curl_fixture *fixture = *state;
    const struct answer *answer = &fixture->recorder.answer;

    curl_fetch(fixture, METHOD_HEAD, "/ok");

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 end S_OK\n");
    assert_false(fixture->recorder.has_error);
    assert_int_equal(answer->version_major, 1);
    assert_int_equal(answer->version_minor, 1);
    assert_int_equal(answer->content_length, 1000);
    assert_string_equal(answer->etag, "\"x\"");
    assert_string_equal(answer->last_modified, "Sat, 21 Nov 2026 09:30:00 GMT");
    assert_non_null(strstr(answer->header_block, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n"));
}

static void get_delivers_the_body(void **state)
{
    struct curl_fixture *fixture = *state;
    unsigned char *expected = malloc(3000000);

    assert_non_null(expected);
    resource_pattern(0, 0, expected, 3000000);
    curl_fetch(fixture, METHOD_GET, "/big");

    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
    assert_int_equal(fixture->recorder.heads, 1);
    assert_int_equal(fixture->recorder.body.length, 3000000);
    assert_memory_equal(fixture->recorder.body.data, expected, 3000000);
    free(expected);
}

static void a_part_tells_its_range(void **state)
{
    struct curl_fixture *fixture = *state;

    curl_fetch(fixture, METHOD_GET, "/part");

    assert_int_equal(fixture->recorder.answer.status, 206);
    assert_true(fixture->recorder.answer.has_content_range);
    assert_int_equal(fixture->recorder.answer.range_last, 9);
    assert_int_equal(fixture->recorder.answer.range_total, 100);
}

static void a_redirect_is_told_and_not_followed(void **state)
{
    struct curl_fixture *fixture = *state;
    char target[256];

    curl_fetch(fixture, METHOD_GET, "/moved");

    snprintf(target, sizeof(target), "http://127.0.0.1:%u/ok?x", (unsigned)fixture->server.port);
    assert_int_equal(fixture->server.requests, 1);
    assert_int_equal(fixture->recorder.answer.status, 302);
    assert_string_equal(fixture->recorder.answer.location, target);
    curl_fetch(fixture, METHOD_HEAD, "/to-file");
    assert_string_equal(fixture->recorder.answer.location, "");
}

/* Every request is made as GET. */
static void each_answer_ends_as_it_should(void **state)
{
    static const struct {
        const char *path;
        int status; /* -1: no head. */
        size_t body_size;
        xbits_result result;
    } cases[] = {
        { "/empty", 200, 0, XBITS_S_OK },
        { "/missing", 404, 3, XBITS_S_OK },
        { "/busy", 503, 0, XBITS_S_OK },
        { "/cut", 200, 500, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
        { "/old", 200, 1000, XBITS_S_OK },
        { "/older", 0, 14, XBITS_S_OK },
        { "/endless", 200, 1000, XBITS_S_OK },
        { "/chunked", 200, 5, XBITS_S_OK },
        { "/continue", 200, 0, XBITS_S_OK },
        { "/folded", 200, 0, XBITS_S_OK },
        { "/gzip", 200, 4, XBITS_S_OK },
        { "/nonsense", -1, 0, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE },
    };
    struct curl_fixture *fixture = *state;
    const struct recorder *recorder = &fixture->recorder;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        recorder_clear(&fixture->recorder);
        curl_fetch(fixture, METHOD_GET, cases[i].path);

        assert_int_equal(recorder->heads, cases[i].status < 0 ? 0 : 1);
        if (recorder->heads > 0)
            assert_int_equal(recorder->answer.status, cases[i].status);
        assert_int_equal(recorder->body.length, cases[i].body_size);
        assert_int_equal(recorder->ends, 1);
        assert_int_equal(recorder->result, cases[i].result);
    }
}

static void a_broken_connection_is_an_error_of_libcurl(void **state)
{
    static const char *const paths[] = { "/reset", "/silent", "/cut" };
    struct curl_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        curl_fetch(fixture, METHOD_GET, paths[i]);
        assert_int_equal(fixture->recorder.result, XBITS_ERROR_WINHTTP_CONNECTION_ERROR);
        assert_int_equal(fixture->recorder.error.domain, XBITS_DOMAIN_CURL);
        assert_true(fixture->recorder.error.native_code != 0);
        assert_true(strlen(fixture->recorder.error.message) > 0);
    }
}

static void the_first_versions_of_http_are_seen(void **state)
{
    struct curl_fixture *fixture = *state;

    curl_fetch(fixture, METHOD_HEAD, "/old");
    assert_int_equal(fixture->recorder.answer.version_major, 1);
    assert_int_equal(fixture->recorder.answer.version_minor, 0);
    curl_fetch(fixture, METHOD_HEAD, "/older");
    assert_int_equal(fixture->recorder.answer.version_major, 0);
    assert_string_equal(fixture->recorder.answer.header_block, "");
}

static void what_was_not_told_is_not_known(void **state)
{
    struct curl_fixture *fixture = *state;

    curl_fetch(fixture, METHOD_GET, "/endless");
    assert_true(fixture->recorder.answer.content_length == XBITS_SIZE_UNKNOWN);
    curl_fetch(fixture, METHOD_GET, "/chunked");
    assert_true(fixture->recorder.answer.content_length == XBITS_SIZE_UNKNOWN);
    assert_string_equal(fixture->recorder.answer.etag, "");
}

static void interim_heads_are_skipped_and_folded_lines_joined(void **state)
{
    struct curl_fixture *fixture = *state;

    curl_fetch(fixture, METHOD_GET, "/continue");
    assert_string_equal(fixture->recorder.answer.etag, "");
    curl_fetch(fixture, METHOD_GET, "/folded");
    assert_string_equal(fixture->recorder.answer.etag, "\"a b\"");
}

static void an_encoded_body_is_left_alone(void **state)
{
    struct curl_fixture *fixture = *state;
    unsigned char expected[4];

    resource_pattern(0, 0, expected, sizeof(expected));
    curl_fetch(fixture, METHOD_GET, "/gzip");

    assert_string_equal(fixture->recorder.answer.content_encoding, "gzip");
    assert_memory_equal(fixture->recorder.body.data, expected, sizeof(expected));
}

static void a_url_is_escaped_for_the_wire(void **state)
{
    struct curl_fixture *fixture = *state;

    curl_fetch(fixture, METHOD_HEAD, "/a b\xC3\xA4?q");

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 end S_OK\n");
}

static void a_head_without_end_is_refused(void **state)
{
    static const char line[] = "X-Filler: 0123456789012345678901234567890123456789\n";
    struct canned_answer long_answers[] = { { "/long", NULL, 0, CANNED_KEEP },
                                            { "/folded", NULL, 0, CANNED_KEEP },
                                            { NULL, NULL, 0, CANNED_KEEP } };
    struct curl_fixture *fixture = *state;
    struct text lines = { 0 };
    struct text folds = { 0 };

    assert_ok(text_add(&lines, "HTTP/1.1 200 OK\n"));
    assert_ok(text_add(&folds, "HTTP/1.1 200 OK\nX: y\n"));
    for (int i = 0; i < 3000; i++) {
        assert_ok(text_add(&lines, line));
        assert_ok(text_format(&folds, " %s", line));
    }
    long_answers[0].head = text_c(&lines);
    long_answers[1].head = text_c(&folds);
    fixture->server.answers = long_answers;
    for (size_t i = 0; i < 2; i++) {
        recorder_clear(&fixture->recorder);
        curl_fetch(fixture, METHOD_GET, long_answers[i].path);
        assert_string_equal(text_c(&fixture->recorder.log),
                            "1 end ERROR_WINHTTP_INVALID_SERVER_RESPONSE\n");
    }
    text_dispose(&lines);
    text_dispose(&folds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CURL_TEST(the_headers_are_those_of_bits),
        CURL_TEST(nothing_of_a_request_is_left_in_the_next),
        CURL_TEST(head_reports_the_answer),
        CURL_TEST(get_delivers_the_body),
        CURL_TEST(a_part_tells_its_range),
        CURL_TEST(a_redirect_is_told_and_not_followed),
        CURL_TEST(each_answer_ends_as_it_should),
        CURL_TEST(a_broken_connection_is_an_error_of_libcurl),
        CURL_TEST(the_first_versions_of_http_are_seen),
        CURL_TEST(what_was_not_told_is_not_known),
        CURL_TEST(interim_heads_are_skipped_and_folded_lines_joined),
        CURL_TEST(an_encoded_body_is_left_alone),
        CURL_TEST(a_url_is_escaped_for_the_wire),
        CURL_TEST(a_head_without_end_is_refused),
    };

    return run_tests("transfer_curl", tests);
}
