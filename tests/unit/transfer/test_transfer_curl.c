/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/transfer/canned_server.h"
#include "unit/transfer/recorder.h"
#include "wire/resource.h"

#define STEP_MS       5
#define STEPS_MAXIMUM 20000

static const struct canned_answer answers[] = {
    { "/ok",
      "HTTP/1.1 200 OK\nContent-Length: 1000\nETag: \"x\"\n"
      "Last-Modified: Sat, 21 Nov 2026 09:30:00 GMT\n\n",
      1000, CANNED_KEEP },
    { "/part", "HTTP/1.1 206 Partial Content\nContent-Length: 10\nContent-Range: bytes 0-9/100\n\n",
      10, CANNED_KEEP },
    { "/big", "HTTP/1.1 200 OK\nContent-Length: 3000000\n\n", 3000000, CANNED_KEEP },
    { "/empty", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/moved", "HTTP/1.1 302 Found\nLocation: /ok?x#y\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/to-file", "HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n", 0,
      CANNED_KEEP },
    { "/missing", "HTTP/1.1 404 Not Found\nContent-Length: 3\n\n", 3, CANNED_KEEP },
    { "/busy", "HTTP/1.1 503 Busy\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/cut", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 500, CANNED_CLOSE },
    { "/reset", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 500, CANNED_RESET },
    { "/silent", "", 0, CANNED_CLOSE },
    { "/stall", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 0, CANNED_STALL },
    { "/old", "HTTP/1.0 200 OK\nContent-Length: 1000\n\n", 1000, CANNED_CLOSE },
    { "/older", "just bytes\n\n", 0, CANNED_CLOSE },
    { "/endless", "HTTP/1.1 200 OK\nConnection: close\n\n", 1000, CANNED_CLOSE },
    { "/chunked",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\nETag: \"trailer\"\n\n", 0,
      CANNED_KEEP },
    { "/continue",
      "HTTP/1.1 103 Early Hints\nETag: \"early\"\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n", 0,
      CANNED_KEEP },
    { "/folded", "HTTP/1.1 200 OK\nETag: \"a\n b\"\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/gzip", "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 4\n\n", 4, CANNED_KEEP },
    { "/nonsense", "HTTP/1.1 200 OK\nETag: x\nno header\nContent-Length: 4\n\n", 4, CANNED_KEEP },
    /* libcurl has used small and capital digits. */
    { "/a%20b%c3%a4?q", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/a%20b%C3%A4?q", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { NULL, NULL, 0, CANNED_KEEP },
};

struct fixture {
    struct recorder recorder;
    struct canned_server server;
    char url[256];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct transfer_options options = recorder_options(&fixture->recorder);

    assert_non_null(fixture);
    assert_ok(transfer_curl_new(&options, &fixture->recorder.source));
    canned_server_start(&fixture->server, answers);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    recorder_dispose(&fixture->recorder);
    canned_server_stop(&fixture->server);
    free(fixture);
    return 0;
}

static struct transfer_request request_of(struct fixture *fixture, enum transfer_method method,
                                          const char *path)
{
    snprintf(fixture->url, sizeof(fixture->url), "http://127.0.0.1:%u%s",
             (unsigned)fixture->server.port, path);
    return (struct transfer_request){ .key = 1, .method = method, .url = fixture->url };
}

static void step(struct fixture *fixture)
{
    struct transfer_source *source = fixture->recorder.source;

    canned_server_step(&fixture->server);
    source->ops->poll(source, 0, STEP_MS);
}

/* Until nothing is under way. */
static void run(struct fixture *fixture)
{
    struct transfer_source *source = fixture->recorder.source;

    for (int i = 0; source->ops->count(source) > 0; i++) {
        assert_true(i < STEPS_MAXIMUM);
        step(fixture);
    }
}

static void fetch(struct fixture *fixture, enum transfer_method method, const char *path)
{
    struct transfer_request request = request_of(fixture, method, path);

    recorder_start(&fixture->recorder, &request);
    run(fixture);
}

static void assert_received(const struct fixture *fixture, const char *line)
{
    if (strstr(text_c(&fixture->server.received), line) == NULL)
        fail_msg("\"%s\" is not in:\n%s", line, text_c(&fixture->server.received));
}

static void assert_not_received(const struct fixture *fixture, const char *part)
{
    if (strstr(text_c(&fixture->server.received), part) != NULL)
        fail_msg("\"%s\" is in:\n%s", part, text_c(&fixture->server.received));
}

/* bits-client 8.2 */
static void the_headers_are_those_of_bits(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/part#fragment");

    request.has_range = true;
    request.range_first = 0;
    request.range_last = 9;
    request.if_unmodified_since = "Sat, 21 Nov 2026 09:30:00 GMT";
    recorder_start(&fixture->recorder, &request);
    run(fixture);

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
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/part");

    request.has_range = true;
    request.range_last = 9;
    request.if_unmodified_since = "Sat, 21 Nov 2026 09:30:00 GMT";
    recorder_start(&fixture->recorder, &request);
    run(fixture);
    fetch(fixture, METHOD_HEAD, "/ok");

    assert_received(fixture, "HEAD /ok HTTP/1.1\r\n");
    assert_received(fixture, "\r\nConnection: Keep-Alive\r\n");
    assert_not_received(fixture, "Range");
    assert_not_received(fixture, "If-Unmodified-Since");
    fetch(fixture, METHOD_GET, "/ok");
    assert_received(fixture, "GET /ok HTTP/1.1\r\n");
}

static void head_reports_the_answer(void **state)
{
    struct fixture *fixture = *state;
    const struct answer *answer = &fixture->recorder.answer;

    fetch(fixture, METHOD_HEAD, "/ok");

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
    struct fixture *fixture = *state;
    unsigned char *expected = malloc(3000000);

    assert_non_null(expected);
    resource_pattern(0, 0, expected, 3000000);
    fetch(fixture, METHOD_GET, "/big");

    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
    assert_int_equal(fixture->recorder.heads, 1);
    assert_int_equal(fixture->recorder.body.length, 3000000);
    assert_memory_equal(fixture->recorder.body.data, expected, 3000000);
    free(expected);
}

static void a_part_tells_its_range(void **state)
{
    struct fixture *fixture = *state;

    fetch(fixture, METHOD_GET, "/part");

    assert_int_equal(fixture->recorder.answer.status, 206);
    assert_true(fixture->recorder.answer.has_content_range);
    assert_int_equal(fixture->recorder.answer.range_last, 9);
    assert_int_equal(fixture->recorder.answer.range_total, 100);
}

static void a_redirect_is_told_and_not_followed(void **state)
{
    struct fixture *fixture = *state;
    char target[256];

    fetch(fixture, METHOD_GET, "/moved");

    snprintf(target, sizeof(target), "http://127.0.0.1:%u/ok?x", (unsigned)fixture->server.port);
    assert_int_equal(fixture->server.requests, 1);
    assert_int_equal(fixture->recorder.answer.status, 302);
    assert_string_equal(fixture->recorder.answer.location, target);
    fetch(fixture, METHOD_HEAD, "/to-file");
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
    struct fixture *fixture = *state;
    const struct recorder *recorder = &fixture->recorder;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        recorder_clear(&fixture->recorder);
        fetch(fixture, METHOD_GET, cases[i].path);

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
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        fetch(fixture, METHOD_GET, paths[i]);
        assert_int_equal(fixture->recorder.result, XBITS_ERROR_WINHTTP_CONNECTION_ERROR);
        assert_int_equal(fixture->recorder.error.domain, XBITS_DOMAIN_CURL);
        assert_true(fixture->recorder.error.native_code != 0);
        assert_true(strlen(fixture->recorder.error.message) > 0);
    }
}

static void the_first_versions_of_http_are_seen(void **state)
{
    struct fixture *fixture = *state;

    fetch(fixture, METHOD_HEAD, "/old");
    assert_int_equal(fixture->recorder.answer.version_major, 1);
    assert_int_equal(fixture->recorder.answer.version_minor, 0);
    fetch(fixture, METHOD_HEAD, "/older");
    assert_int_equal(fixture->recorder.answer.version_major, 0);
    assert_string_equal(fixture->recorder.answer.header_block, "");
}

static void what_was_not_told_is_not_known(void **state)
{
    struct fixture *fixture = *state;

    fetch(fixture, METHOD_GET, "/endless");
    assert_true(fixture->recorder.answer.content_length == XBITS_SIZE_UNKNOWN);
    fetch(fixture, METHOD_GET, "/chunked");
    assert_true(fixture->recorder.answer.content_length == XBITS_SIZE_UNKNOWN);
    assert_string_equal(fixture->recorder.answer.etag, "");
}

static void interim_heads_are_skipped_and_folded_lines_joined(void **state)
{
    struct fixture *fixture = *state;

    fetch(fixture, METHOD_GET, "/continue");
    assert_string_equal(fixture->recorder.answer.etag, "");
    fetch(fixture, METHOD_GET, "/folded");
    assert_string_equal(fixture->recorder.answer.etag, "\"a b\"");
}

static void an_encoded_body_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    unsigned char expected[4];

    resource_pattern(0, 0, expected, sizeof(expected));
    fetch(fixture, METHOD_GET, "/gzip");

    assert_string_equal(fixture->recorder.answer.content_encoding, "gzip");
    assert_memory_equal(fixture->recorder.body.data, expected, sizeof(expected));
}

static void a_url_is_escaped_for_the_wire(void **state)
{
    struct fixture *fixture = *state;

    fetch(fixture, METHOD_HEAD, "/a b\xC3\xA4?q");

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 end S_OK\n");
}

static void connections_are_used_again(void **state)
{
    struct fixture *fixture = *state;

    for (int i = 0; i < 5; i++) {
        fetch(fixture, METHOD_HEAD, "/ok");
        fetch(fixture, METHOD_GET, "/ok");
    }

    assert_int_equal(fixture->server.requests, 10);
    assert_int_equal(fixture->server.accepted, 1);
}

static void requests_go_side_by_side(void **state)
{
    struct fixture *fixture = *state;

    for (uint64_t key = 1; key <= 6; key++) {
        struct transfer_request request = request_of(fixture, METHOD_GET, "/ok");

        request.key = key;
        recorder_start(&fixture->recorder, &request);
    }
    assert_int_equal(fixture->recorder.source->ops->count(fixture->recorder.source), 6);
    run(fixture);

    assert_int_equal(fixture->recorder.ends, 6);
    assert_int_equal(fixture->recorder.body.length, 6000);
}

static void a_closed_port_cannot_be_connected_to(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_HEAD, "/");

    snprintf(fixture->url, sizeof(fixture->url), "http://127.0.0.1:%u/",
             (unsigned)canned_server_closed_port());
    recorder_start(&fixture->recorder, &request);
    run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 end ERROR_WINHTTP_CANNOT_CONNECT\n");
    assert_non_null(strstr(fixture->recorder.error.message, "127.0.0.1"));
}

static void a_url_that_cannot_be_fetched_is_not_started(void **state)
{
    static const struct {
        const char *url;
        xbits_result result;
    } cases[] = {
        { "ftp://127.0.0.1/x", XBITS_ERROR_WINHTTP_UNRECOGNIZED_SCHEME },
        { "file:///etc/passwd", XBITS_ERROR_WINHTTP_UNRECOGNIZED_SCHEME },
        { "x", XBITS_ERROR_WINHTTP_UNRECOGNIZED_SCHEME },
        { "http://", XBITS_ERROR_WINHTTP_INVALID_URL },
        { "http://bad host/", XBITS_ERROR_WINHTTP_INVALID_URL },
        { "http://127.0.0.1:99999/", XBITS_ERROR_WINHTTP_INVALID_URL },
    };
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct transfer_request request = { .key = 1, .url = cases[i].url };

        assert_fails(cases[i].result, source->ops->start(source, &request));
        assert_int_equal(source->ops->count(source), 0);
    }
    fetch(fixture, METHOD_HEAD, "/ok");
    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_revocation_check_that_is_asked_for_is_not_skipped(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    const struct transfer_request request = { .key = 1,
                                              .url = "https://127.0.0.1/",
                                              .security_flags = 1 };

    assert_fails(XBITS_ERROR_WINHTTP_SECURE_CERT_REV_FAILED, source->ops->start(source, &request));
}

static void a_refused_head_ends_with_the_listeners_result(void **state)
{
    struct fixture *fixture = *state;

    fixture->recorder.refuse_head = XBITS_BG_E_MISSING_FILE_SIZE;
    fetch(fixture, METHOD_GET, "/ok");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 200\n1 end BG_E_MISSING_FILE_SIZE\n");
    assert_non_null(strstr(fixture->recorder.error.message, "the listener refused"));

    recorder_clear(&fixture->recorder);
    fixture->recorder.refuse_head = XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT;
    fetch(fixture, METHOD_GET, "/older");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 0\n1 end BG_E_INSUFFICIENT_HTTP_SUPPORT\n");

    recorder_clear(&fixture->recorder);
    fixture->recorder.refuse_head = XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT;
    fetch(fixture, METHOD_HEAD, "/older");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 0\n1 end BG_E_INSUFFICIENT_HTTP_SUPPORT\n");
}

static void a_refused_body_ends_with_the_listeners_result(void **state)
{
    struct fixture *fixture = *state;

    fixture->recorder.refuse_body = XBITS_ERROR_DISK_FULL;
    fetch(fixture, METHOD_GET, "/big");

    assert_int_equal(fixture->recorder.result, XBITS_ERROR_DISK_FULL);
    assert_int_equal(fixture->recorder.ends, 1);
    assert_true(fixture->recorder.body.length < 3000000);
}

static void a_listener_may_stop_from_any_callback(void **state)
{
    static const char *const paths[] = { "/big", "/older" };
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;

    for (size_t i = 0; i < 2; i++) {
        recorder_clear(&fixture->recorder);
        fixture->recorder.stop_at_head = 1;
        fetch(fixture, METHOD_GET, paths[i]);
        assert_int_equal(fixture->recorder.heads, 1);
        assert_int_equal(fixture->recorder.ends, 0);
    }
    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_head = 1;
    fetch(fixture, METHOD_HEAD, "/older");
    assert_int_equal(fixture->recorder.ends, 0);

    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_body = 1;
    fetch(fixture, METHOD_GET, "/big");
    assert_int_equal(fixture->recorder.ends, 0);
    assert_int_equal(source->ops->count(source), 0);

    recorder_clear(&fixture->recorder);
    fetch(fixture, METHOD_GET, "/ok");
    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_listener_may_stop_another_transfer(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request stalled = request_of(fixture, METHOD_GET, "/stall");
    struct transfer_request request;

    stalled.key = 2;
    recorder_start(&fixture->recorder, &stalled);
    while (fixture->recorder.heads == 0)
        step(fixture);
    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_body = 1;
    fixture->recorder.stopped_key = 2;
    request = request_of(fixture, METHOD_GET, "/ok");
    recorder_start(&fixture->recorder, &request);
    run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 body 1000\n1 end S_OK\n");
}

static void a_stopped_transfer_is_not_heard_of_again(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    source->ops->stop(source, 1); /* Before it was sent. */
    recorder_start(&fixture->recorder, &request);
    while (fixture->recorder.heads == 0)
        step(fixture);
    source->ops->stop(source, 1);  /* In the middle. */
    source->ops->stop(source, 99); /* Unknown. */
    for (int i = 0; i < 10; i++)
        step(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n");
    assert_int_equal(source->ops->count(source), 0);
}

static void a_listener_may_use_the_key_again_when_it_ended(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request first = request_of(fixture, METHOD_HEAD, "/ok");
    struct transfer_request second = first;

    second.method = METHOD_GET;
    fixture->recorder.start_at_end = &second;
    recorder_start(&fixture->recorder, &first);
    run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 200\n1 end S_OK\n1 head 200\n1 body 1000\n1 end S_OK\n");
    assert_int_equal(fixture->server.accepted, 1);
}

static void a_started_transfer_moves_and_an_idle_source_does_not(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/ok");

    assert_false(source->ops->is_moving(source));
    recorder_start(&fixture->recorder, &request);
    assert_true(source->ops->is_moving(source));
    run(fixture);
    assert_false(source->ops->is_moving(source));
    assert_true(source->ops->next_due_ms(source) == UINT64_MAX);
    assert_fails(XBITS_E_NOTIMPL, source->ops->set_origin(source, ""));
}

static void a_stalled_transfer_stops_moving(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    while (source->ops->is_moving(source))
        step(fixture);

    assert_int_equal(source->ops->count(source), 1);
    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n");
}

static void wake_source(void *user)
{
    struct transfer_source *source = user;

    source->ops->wake(source);
}

static void wake_ends_a_poll_that_waits(void **state)
{
    const uint64_t wait_ms = 60000;
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    uint64_t began_ms = clock_ms(clock_system());
    struct thread *thread = NULL;

    assert_ok(thread_start(wake_source, source, &thread));
    source->ops->poll(source, 0, wait_ms);
    thread_join(thread);

    assert_true(clock_ms(clock_system()) - began_ms < wait_ms);
}

static void an_unusable_proxy_list_opens_no_source(void **state)
{
    struct recorder recorder = { 0 };
    struct transfer_options options = recorder_options(&recorder);

    (void)state;
    options.proxy = "http=";
    assert_fails(XBITS_BG_E_INVALID_PROXY_INFO, transfer_curl_new(&options, &recorder.source));
    assert_null(recorder.source);
}

/* The canned server plays the proxy: it sees the whole URL. */
static void a_listed_proxy_is_used(void **state)
{
    static const struct canned_answer proxied[] = {
        { "http://server.invalid/x", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
        { NULL, NULL, 0, CANNED_KEEP },
    };
    struct fixture *fixture = *state;
    struct transfer_options options = recorder_options(&fixture->recorder);
    const struct transfer_request request = { .key = 1,
                                              .method = METHOD_HEAD,
                                              .url = "http://server.invalid/x" };
    char list[64];

    fixture->server.answers = proxied;
    snprintf(list, sizeof(list), "http=127.0.0.1:%u", (unsigned)fixture->server.port);
    options.proxy = list;
    fixture->recorder.source->ops->free(fixture->recorder.source);
    fixture->recorder.source = NULL;
    assert_ok(transfer_curl_new(&options, &fixture->recorder.source));
    recorder_start(&fixture->recorder, &request);
    run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 end S_OK\n");
}

static void the_environments_proxy_is_not_used_unasked(void **state)
{
    struct fixture *fixture = *state;

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("all_proxy", "http://127.0.0.1:1", 1);
    fetch(fixture, METHOD_HEAD, "/ok");
    unsetenv("http_proxy");
    unsetenv("all_proxy");

    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_head_without_end_is_refused(void **state)
{
    static const char line[] = "X-Filler: 0123456789012345678901234567890123456789\n";
    struct canned_answer long_answers[] = { { "/long", NULL, 0, CANNED_KEEP },
                                            { "/folded", NULL, 0, CANNED_KEEP },
                                            { NULL, NULL, 0, CANNED_KEEP } };
    struct fixture *fixture = *state;
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
        fetch(fixture, METHOD_GET, long_answers[i].path);
        assert_string_equal(text_c(&fixture->recorder.log),
                            "1 end ERROR_WINHTTP_INVALID_SERVER_RESPONSE\n");
    }
    text_dispose(&lines);
    text_dispose(&folds);
}

static void a_source_can_be_freed_in_the_middle(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    while (fixture->recorder.heads == 0)
        step(fixture);
    request.key = 2;
    recorder_start(&fixture->recorder, &request);
    request.key = 3;
    recorder_start(&fixture->recorder, &request);
    source->ops->stop(source, 3);

    assert_int_equal(source->ops->count(source), 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_headers_are_those_of_bits),
        TEST(nothing_of_a_request_is_left_in_the_next),
        TEST(head_reports_the_answer),
        TEST(get_delivers_the_body),
        TEST(a_part_tells_its_range),
        TEST(a_redirect_is_told_and_not_followed),
        TEST(each_answer_ends_as_it_should),
        TEST(a_broken_connection_is_an_error_of_libcurl),
        TEST(the_first_versions_of_http_are_seen),
        TEST(what_was_not_told_is_not_known),
        TEST(interim_heads_are_skipped_and_folded_lines_joined),
        TEST(an_encoded_body_is_left_alone),
        TEST(a_url_is_escaped_for_the_wire),
        TEST(connections_are_used_again),
        TEST(requests_go_side_by_side),
        TEST(a_closed_port_cannot_be_connected_to),
        TEST(a_url_that_cannot_be_fetched_is_not_started),
        TEST(a_revocation_check_that_is_asked_for_is_not_skipped),
        TEST(a_refused_head_ends_with_the_listeners_result),
        TEST(a_refused_body_ends_with_the_listeners_result),
        TEST(a_listener_may_stop_from_any_callback),
        TEST(a_listener_may_stop_another_transfer),
        TEST(a_stopped_transfer_is_not_heard_of_again),
        TEST(a_listener_may_use_the_key_again_when_it_ended),
        TEST(a_started_transfer_moves_and_an_idle_source_does_not),
        TEST(a_stalled_transfer_stops_moving),
        TEST(wake_ends_a_poll_that_waits),
        TEST(an_unusable_proxy_list_opens_no_source),
        TEST(a_listed_proxy_is_used),
        TEST(the_environments_proxy_is_not_used_unasked),
        TEST(a_head_without_end_is_refused),
        TEST(a_source_can_be_freed_in_the_middle),
    };

    return run_tests("transfer_curl", tests);
}
