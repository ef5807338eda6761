/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "base/clock.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "unit/transfer/curl_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void connections_are_used_again(void **state)
{
    struct curl_fixture *fixture = *state;

    for (int i = 0; i < 5; i++) {
        curl_fetch(fixture, METHOD_HEAD, "/ok");
        curl_fetch(fixture, METHOD_GET, "/ok");
    }

    assert_int_equal(fixture->server.requests, 10);
    assert_int_equal(fixture->server.accepted, 1);
}

static void requests_go_side_by_side(void **state)
{
    struct curl_fixture *fixture = *state;

    for (uint64_t key = 1; key <= 6; key++) {
        struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/ok");

        request.key = key;
        recorder_start(&fixture->recorder, &request);
    }
    assert_int_equal(fixture->recorder.source->ops->count(fixture->recorder.source), 6);
    curl_run(fixture);

    assert_int_equal(fixture->recorder.ends, 6);
    assert_int_equal(fixture->recorder.body.length, 6000);
}

/* They are not libcurl's to time before they are made. */
static void more_requests_than_connections_stand_in_line(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    int in_line = 0;

    for (uint64_t key = 1; key <= 131; key++) {
        struct transfer_request request = curl_request_for(fixture, METHOD_HEAD, "/ok");

        request.key = key;
        in_line += source->ops->start(source, &request) == XBITS_S_FALSE;
    }
    assert_int_equal(in_line, 3);
    recorder_poll(&fixture->recorder, 0);
    assert_int_equal(fixture->recorder.begun, 0);

    source->ops->stop(source, 129);
    source->ops->stop(source, 1);
    recorder_poll(&fixture->recorder, 0);
    assert_int_equal(fixture->recorder.begun, 1);
    for (uint64_t key = 2; key <= 131; key++)
        source->ops->stop(source, key);
    assert_int_equal(source->ops->count(source), 0);
}

static void a_closed_port_cannot_be_connected_to(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_request request = curl_request_for(fixture, METHOD_HEAD, "/");

    snprintf(fixture->url, sizeof(fixture->url), "http://127.0.0.1:%u/",
             (unsigned)canned_server_closed_port());
    recorder_start(&fixture->recorder, &request);
    curl_run(fixture);

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
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct transfer_request request = { .key = 1, .url = cases[i].url };

        assert_fails(cases[i].result, source->ops->start(source, &request));
        assert_int_equal(source->ops->count(source), 0);
    }
    curl_fetch(fixture, METHOD_HEAD, "/ok");
    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_revocation_check_that_is_asked_for_is_not_skipped(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    const struct transfer_request request = { .key = 1,
                                              .url = "https://127.0.0.1/",
                                              .security_flags = 1 };

    assert_fails(XBITS_ERROR_WINHTTP_SECURE_CERT_REV_FAILED, source->ops->start(source, &request));
}

static void a_refused_head_ends_with_the_listeners_result(void **state)
{
    struct curl_fixture *fixture = *state;

    fixture->recorder.refuse_head = XBITS_BG_E_MISSING_FILE_SIZE;
    curl_fetch(fixture, METHOD_GET, "/ok");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 200\n1 end BG_E_MISSING_FILE_SIZE\n");
    assert_non_null(strstr(fixture->recorder.error.message, "the listener refused"));

    recorder_clear(&fixture->recorder);
    fixture->recorder.refuse_head = XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT;
    curl_fetch(fixture, METHOD_GET, "/older");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 0\n1 end BG_E_INSUFFICIENT_HTTP_SUPPORT\n");

    recorder_clear(&fixture->recorder);
    fixture->recorder.refuse_head = XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT;
    curl_fetch(fixture, METHOD_HEAD, "/older");
    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 0\n1 end BG_E_INSUFFICIENT_HTTP_SUPPORT\n");
}

static void a_refused_body_ends_with_the_listeners_result(void **state)
{
    struct curl_fixture *fixture = *state;

    fixture->recorder.refuse_body = XBITS_ERROR_DISK_FULL;
    curl_fetch(fixture, METHOD_GET, "/big");

    assert_int_equal(fixture->recorder.result, XBITS_ERROR_DISK_FULL);
    assert_int_equal(fixture->recorder.ends, 1);
    assert_true(fixture->recorder.body.length < 3000000);
}

static void a_listener_may_stop_from_any_callback(void **state)
{
    static const char *const paths[] = { "/big", "/older" };
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;

    for (size_t i = 0; i < 2; i++) {
        recorder_clear(&fixture->recorder);
        fixture->recorder.stop_at_head = 1;
        curl_fetch(fixture, METHOD_GET, paths[i]);
        assert_int_equal(fixture->recorder.heads, 1);
        assert_int_equal(fixture->recorder.ends, 0);
    }
    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_head = 1;
    curl_fetch(fixture, METHOD_HEAD, "/older");
    assert_int_equal(fixture->recorder.ends, 0);

    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_body = 1;
    curl_fetch(fixture, METHOD_GET, "/big");
    assert_int_equal(fixture->recorder.ends, 0);
    assert_int_equal(source->ops->count(source), 0);

    recorder_clear(&fixture->recorder);
    curl_fetch(fixture, METHOD_GET, "/ok");
    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_listener_may_stop_another_transfer(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_request stalled = curl_request_for(fixture, METHOD_GET, "/stall");
    struct transfer_request request;

    stalled.key = 2;
    recorder_start(&fixture->recorder, &stalled);
    while (fixture->recorder.heads == 0)
        curl_step(fixture);
    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_body = 1;
    fixture->recorder.stopped_key = 2;
    request = curl_request_for(fixture, METHOD_GET, "/ok");
    recorder_start(&fixture->recorder, &request);
    curl_run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 body 1000\n1 end S_OK\n");
}

static void a_stopped_transfer_is_not_heard_of_again(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    source->ops->stop(source, 1); /* Before it was sent. */
    recorder_start(&fixture->recorder, &request);
    while (fixture->recorder.heads == 0)
        curl_step(fixture);
    source->ops->stop(source, 1);  /* In the middle. */
    source->ops->stop(source, 99); /* Unknown. */
    for (int i = 0; i < 10; i++)
        curl_step(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n");
    assert_int_equal(source->ops->count(source), 0);
}

static void a_listener_may_use_the_key_again_when_it_ended(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_request first = curl_request_for(fixture, METHOD_HEAD, "/ok");
    struct transfer_request second = first;

    second.method = METHOD_GET;
    fixture->recorder.start_at_end = &second;
    recorder_start(&fixture->recorder, &first);
    curl_run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log),
                        "1 head 200\n1 end S_OK\n1 head 200\n1 body 1000\n1 end S_OK\n");
    assert_int_equal(fixture->server.accepted, 1);
}

static void a_started_transfer_moves_and_an_idle_source_does_not(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/ok");

    assert_false(source->ops->is_moving(source));
    recorder_start(&fixture->recorder, &request);
    assert_true(source->ops->is_moving(source));
    curl_run(fixture);
    assert_false(source->ops->is_moving(source));
    assert_true(source->ops->next_due_ms(source) == UINT64_MAX);
    assert_fails(XBITS_E_NOTIMPL, source->ops->set_origin(source, ""));
}

static void a_stalled_transfer_stops_moving(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    while (source->ops->is_moving(source))
        curl_step(fixture);

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
    struct curl_fixture *fixture = *state;
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
    struct curl_fixture *fixture = *state;
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
    curl_run(fixture);

    assert_string_equal(text_c(&fixture->recorder.log), "1 head 200\n1 end S_OK\n");
}

static void the_environments_proxy_is_not_used_unasked(void **state)
{
    struct curl_fixture *fixture = *state;

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("all_proxy", "http://127.0.0.1:1", 1);
    curl_fetch(fixture, METHOD_HEAD, "/ok");
    unsetenv("http_proxy");
    unsetenv("all_proxy");

    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
}

static void a_source_can_be_freed_in_the_middle(void **state)
{
    struct curl_fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = curl_request_for(fixture, METHOD_GET, "/stall");

    recorder_start(&fixture->recorder, &request);
    while (fixture->recorder.heads == 0)
        curl_step(fixture);
    request.key = 2;
    recorder_start(&fixture->recorder, &request);
    request.key = 3;
    recorder_start(&fixture->recorder, &request);
    source->ops->stop(source, 3);

    assert_int_equal(source->ops->count(source), 2);
}

/* A program short of descriptors gets an answer, not a source that nobody can wake. */
static void without_descriptors_there_is_no_source(void **state)
{
    struct transfer_options options = { .user_agent = "test",
                                        .proxy = "direct",
                                        .buffer_bytes = 4096 };
    struct transfer_source *source = NULL;
    struct rlimit before;
    struct rlimit none;
    int first_free = dup(0);

    (void)state;
    assert_true(first_free >= 0);
    assert_int_equal(close(first_free), 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = (rlim_t)first_free;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);

    assert_fails(XBITS_ERROR_TOO_MANY_OPEN_FILES, transfer_curl_new(&options, &source));

    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_null(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CURL_TEST(connections_are_used_again),
        CURL_TEST(requests_go_side_by_side),
        CURL_TEST(more_requests_than_connections_stand_in_line),
        CURL_TEST(a_closed_port_cannot_be_connected_to),
        CURL_TEST(a_url_that_cannot_be_fetched_is_not_started),
        CURL_TEST(a_revocation_check_that_is_asked_for_is_not_skipped),
        CURL_TEST(a_refused_head_ends_with_the_listeners_result),
        CURL_TEST(a_refused_body_ends_with_the_listeners_result),
        CURL_TEST(a_listener_may_stop_from_any_callback),
        CURL_TEST(a_listener_may_stop_another_transfer),
        CURL_TEST(a_stopped_transfer_is_not_heard_of_again),
        CURL_TEST(a_listener_may_use_the_key_again_when_it_ended),
        CURL_TEST(a_started_transfer_moves_and_an_idle_source_does_not),
        CURL_TEST(a_stalled_transfer_stops_moving),
        CURL_TEST(wake_ends_a_poll_that_waits),
        CURL_TEST(an_unusable_proxy_list_opens_no_source),
        CURL_TEST(a_listed_proxy_is_used),
        CURL_TEST(the_environments_proxy_is_not_used_unasked),
        CURL_TEST(a_source_can_be_freed_in_the_middle),
        CURL_TEST(without_descriptors_there_is_no_source),
    };

    return run_tests("transfer_curl_control", tests);
}
