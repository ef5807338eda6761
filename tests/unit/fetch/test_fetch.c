/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "origin/origin.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static const char page[] = "<html><body>hello</body></html>";

struct fixture {
    struct origin *origin;
    struct fetch_answer answer;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    const struct origin_options options = { 0 };

    assert_non_null(fixture);
    assert_ok(origin_start(&options, &fixture->origin));
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    fetch_answer_dispose(&fixture->answer);
    origin_stop(fixture->origin);
    free(fixture);
    return 0;
}

static char *url_of(const struct fixture *fixture, const char *path, char url[128])
{
    snprintf(url, 128, "http://127.0.0.1:%u%s", (unsigned)origin_port(fixture->origin), path);
    return url;
}

static xbits_result get(struct fixture *fixture, const char *path)
{
    char url[128];

    return fetch(&(struct fetch_request){ .url = url_of(fixture, path, url) }, &fixture->answer);
}

static void put_page(const struct fixture *fixture, const char *path)
{
    assert_ok(origin_put(fixture->origin, &(struct origin_resource){
                                              .path = path, .size = strlen(page), .body = page }));
}

static void put_redirect(const struct fixture *fixture, const char *path, int status,
                         const char *location)
{
    const struct resource_rules rules = { .status = status, .location = location };

    assert_ok(
        origin_put(fixture->origin, &(struct origin_resource){ .path = path, .rules = rules }));
}

static void put_status(const struct fixture *fixture, const char *path, int status)
{
    put_redirect(fixture, path, status, NULL);
}

static void a_page_comes_with_its_address(void **state)
{
    struct fixture *fixture = *state;
    char url[128];
    put_page(fixture, "/store/page.html");

    assert_ok(get(fixture, "/store/./page.html?a=b#top"));

    assert_string_equal(text_c(&fixture->answer.body), page);
    assert_string_equal(text_c(&fixture->answer.url),
                        url_of(fixture, "/store/page.html?a=b#top", url));
    assert_string_equal(text_c(&fixture->answer.set_cookies), "");
    assert_int_equal(fixture->answer.status, 200);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, get(fixture, "/missing"));

    assert_int_equal(fixture->answer.status, 404);
}

static void another_status_is_its_own_result(void **state)
{
    struct fixture *fixture = *state;
    put_status(fixture, "/busy", 503);
    put_status(fixture, "/forbidden", 403);
    put_status(fixture, "/nowhere", 302);

    assert_fails(RESULT_FROM_HTTP(503), get(fixture, "/busy"));
    assert_fails(RESULT_FROM_HTTP(403), get(fixture, "/forbidden"));
    assert_fails(RESULT_FROM_HTTP(302), get(fixture, "/nowhere"));
}

static void redirects_are_followed_to_their_end(void **state)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };
    struct fixture *fixture = *state;
    char path[32];
    char next[32];
    char url[128];
    for (int i = 0; i < 10; i++) {
        snprintf(path, sizeof(path), "/r/%d", i);
        snprintf(next, sizeof(next), i == 9 ? "../page.html" : "%d", i + 1);
        put_redirect(fixture, path, statuses[i % 5], next);
    }
    put_page(fixture, "/page.html");

    assert_ok(get(fixture, "/r/0"));

    assert_string_equal(text_c(&fixture->answer.body), page);
    assert_string_equal(text_c(&fixture->answer.url), url_of(fixture, "/page.html", url));
}

static void a_circle_of_redirects_ends(void **state)
{
    struct fixture *fixture = *state;
    put_redirect(fixture, "/a", 302, "/b");
    put_redirect(fixture, "/b", 302, "/a");

    assert_fails(XBITS_ERROR_WINHTTP_REDIRECT_FAILED, get(fixture, "/a"));

    assert_int_equal(origin_request_count(fixture->origin, NULL, NULL), 11);
}

static void no_server_redirects_to_a_file(void **state)
{
    static const char *const places[] = { "file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1",
                                          "http://" };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        put_redirect(fixture, "/a", 302, places[i]);

        assert_fails(XBITS_ERROR_WINHTTP_REDIRECT_FAILED, get(fixture, "/a"));
        assert_string_equal(text_c(&fixture->answer.body), "");
        text_clear(&fixture->answer.url);
    }
}

static void a_body_that_is_too_large_is_not_taken(void **state)
{
    struct fixture *fixture = *state;
    struct fetch_request request = { .maximum_bytes = 1000 };
    char url[128];
    request.url = url_of(fixture, "/large", url);
    assert_ok(
        origin_put(fixture->origin, &(struct origin_resource){ .path = "/large", .size = 1001 }));

    assert_fails(XBITS_ERROR_FILE_TOO_LARGE, fetch(&request, &fixture->answer));
    fetch_answer_dispose(&fixture->answer);
    request.maximum_bytes = 1001;
    assert_ok(fetch(&request, &fixture->answer));

    assert_int_equal(fixture->answer.body.length, 1001);
}

static void a_server_that_falls_silent_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct fetch_request request = { .timeout_ms = 200 };
    char url[128];
    request.url = url_of(fixture, "/stall", url);
    assert_ok(origin_put(fixture->origin, &(struct origin_resource){
                                              .path = "/stall", .size = 10, .stalls = true }));

    assert_fails(XBITS_ERROR_WINHTTP_TIMEOUT, fetch(&request, &fixture->answer));
}

static bool give_up(void *user)
{
    ++*(unsigned *)user;
    return true;
}

static void who_gives_up_waits_no_longer(void **state)
{
    struct fixture *fixture = *state;
    unsigned times = 0;
    struct fetch_request request = { .is_given_up = give_up, .user = &times };
    char url[128];
    request.url = url_of(fixture, "/stall", url);
    assert_ok(origin_put(fixture->origin, &(struct origin_resource){
                                              .path = "/stall", .size = 10, .stalls = true }));

    assert_fails(XBITS_E_ABORT, fetch(&request, &fixture->answer));

    assert_int_equal(times, 1);
}

static void a_server_that_is_not_there_is_said(void **state)
{
    struct fixture *fixture = *state;
    char url[128];
    url_of(fixture, "/", url);
    origin_stop(fixture->origin);
    fixture->origin = NULL;

    assert_fails(XBITS_ERROR_WINHTTP_CANNOT_CONNECT,
                 fetch(&(struct fetch_request){ .url = url }, &fixture->answer));
}

static void a_proxy_is_only_what_it_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct fetch_request request = { .url = "http://shop.invalid/page.html" };
    char proxy[128];
    put_page(fixture, "/page.html");
    request.proxy = url_of(fixture, "", proxy);

    assert_ok(fetch(&request, &fixture->answer));

    assert_string_equal(text_c(&fixture->answer.body), page);
}

static void an_address_that_is_none_is_refused(void **state)
{
    static const char *const urls[] = { "", "page.html", "ftp://h/", "javascript:1", "http://" };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        assert_fails(XBITS_E_INVALIDARG,
                     fetch(&(struct fetch_request){ .url = urls[i] }, &fixture->answer));
    }
}

int main(void)
{
#define ORIGIN_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ORIGIN_TEST(a_page_comes_with_its_address),
        ORIGIN_TEST(what_is_not_there_is_not_found),
        ORIGIN_TEST(another_status_is_its_own_result),
        ORIGIN_TEST(redirects_are_followed_to_their_end),
        ORIGIN_TEST(a_circle_of_redirects_ends),
        ORIGIN_TEST(no_server_redirects_to_a_file),
        ORIGIN_TEST(a_body_that_is_too_large_is_not_taken),
        ORIGIN_TEST(a_server_that_falls_silent_is_left),
        ORIGIN_TEST(who_gives_up_waits_no_longer),
        ORIGIN_TEST(a_server_that_is_not_there_is_said),
        ORIGIN_TEST(a_proxy_is_only_what_it_is_told),
        ORIGIN_TEST(an_address_that_is_none_is_refused),
    };

    return run_tests("fetch", tests);
}
