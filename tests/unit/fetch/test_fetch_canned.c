/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/thread.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/transfer/canned_server.h"

#define ANSWER_COUNT 8

/* The server is stepped by a thread, as fetch waits for it. */
struct fixture {
    struct canned_server server;
    struct canned_answer answers[ANSWER_COUNT];
    char away[160]; /* A redirect to another name of this computer. */
    struct thread *thread;
    atomic_bool is_over;
    struct fetch_answer answer;
};

static void serve(void *user)
{
    struct fixture *fixture = user;

    while (!atomic_load(&fixture->is_over))
        canned_server_step(&fixture->server);
}

static void stop(struct fixture *fixture)
{
    atomic_store(&fixture->is_over, true);
    thread_join(fixture->thread);
    fixture->thread = NULL;
}

static int set_up(void **state)
{
    static const struct canned_answer answers[ANSWER_COUNT - 1] = {
        { "/cookies",
          "HTTP/1.1 200 OK\nContent-Length: 2\nSet-Cookie: a=1; path=/\n"
          "Content-Type: text/html; charset=utf-8\nset-cookie:  b=2\n\n",
          2, CANNED_KEEP },
        { "/here", "HTTP/1.1 302 Found\nSet-Cookie: old=1\nLocation: /ok\nContent-Length: 3\n\n", 3,
          CANNED_KEEP },
        { "/ok", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
        { "/cut", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 500, CANNED_CLOSE },
        { "/silent", "", 0, CANNED_CLOSE },
        { "/nonsense", "just bytes\n\n", 0, CANNED_CLOSE },
    };
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    memcpy(fixture->answers, answers, sizeof(answers));
    canned_server_start(&fixture->server, fixture->answers);
    snprintf(fixture->away, sizeof(fixture->away),
             "HTTP/1.1 302 Found\nLocation: http://localhost:%u/ok\nContent-Length: 0\n\n",
             (unsigned)fixture->server.port);
    fixture->answers[6] = (struct canned_answer){ "/away", fixture->away, 0, CANNED_KEEP };
    assert_ok(thread_start(serve, fixture, &fixture->thread));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    if (fixture->thread != NULL)
        stop(fixture);
    canned_server_stop(&fixture->server);
    fetch_answer_dispose(&fixture->answer);
    free(fixture);
    return 0;
}

static xbits_result get(struct fixture *fixture, const char *path, const char *cookies)
{
    char url[128];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", (unsigned)fixture->server.port, path);
    return fetch(&(struct fetch_request){ .url = url, .cookies = cookies }, &fixture->answer);
}

static void cookies_that_are_set_are_lines(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(get(fixture, "/cookies", NULL));

    assert_string_equal(text_c(&fixture->answer.set_cookies), "a=1; path=/\nb=2\n");
    assert_string_equal(text_c(&fixture->answer.content_type), "text/html; charset=utf-8");
    assert_int_equal(fixture->answer.body.length, 2);
}

static void an_answer_is_only_the_last_one(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(get(fixture, "/here", NULL));

    assert_string_equal(text_c(&fixture->answer.set_cookies), "");
    assert_int_equal(fixture->answer.body.length, 0);
}

static void a_request_says_who_asks_and_has_its_cookies(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(get(fixture, "/here", "a=1; b=2"));

    stop(fixture);
    assert_non_null(strstr(text_c(&fixture->server.received), "GET /ok HTTP/1.1\r\n"));
    assert_non_null(strstr(text_c(&fixture->server.received), "\r\nCookie: a=1; b=2\r\n"));
    assert_non_null(strstr(text_c(&fixture->server.received), "\r\nUser-Agent: xbits\r\n"));
    assert_null(strstr(text_c(&fixture->server.received), "Accept-Encoding"));
}

static void another_host_gets_no_cookies(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(get(fixture, "/away", "a=1"));

    stop(fixture);
    assert_non_null(strstr(text_c(&fixture->server.received), "\r\nHost: localhost"));
    assert_null(strstr(text_c(&fixture->server.received), "Cookie"));
}

static void a_cookie_does_not_make_a_header(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_E_INVALIDARG, get(fixture, "/ok", "a=1\r\nX: y"));
}

static void a_connection_that_breaks_is_said(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_WINHTTP_CONNECTION_ERROR, get(fixture, "/cut", NULL));
    assert_fails(XBITS_ERROR_WINHTTP_CONNECTION_ERROR, get(fixture, "/silent", NULL));
}

static void what_is_not_http_is_said(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE, get(fixture, "/nonsense", NULL));
}

int main(void)
{
#define CANNED_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CANNED_TEST(cookies_that_are_set_are_lines),
        CANNED_TEST(an_answer_is_only_the_last_one),
        CANNED_TEST(a_request_says_who_asks_and_has_its_cookies),
        CANNED_TEST(another_host_gets_no_cookies),
        CANNED_TEST(a_cookie_does_not_make_a_header),
        CANNED_TEST(a_connection_that_breaks_is_said),
        CANNED_TEST(what_is_not_http_is_said),
    };

    return run_tests("fetch_canned", tests);
}
