/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_proxy.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

static void assert_text(const char *got, const char *expected)
{
    if (expected == NULL)
        assert_null(got);
    else
        assert_string_equal(got, expected);
}

static const struct {
    const char *list;
    const char *http;
    const char *https;
} lists[] = {
    { "direct", NULL, NULL },
    { "", NULL, NULL },
    { "proxy", "proxy", "proxy" },
    { "proxy:8080", "proxy:8080", "proxy:8080" },
    { "http://proxy:8080", "http://proxy:8080", "http://proxy:8080" },
    { "http=a:1 https=b:2", "a:1", "b:2" },
    { "https=b:2", NULL, "b:2" },
    { "HTTP=a:1", "a:1", NULL },
    { "ftp=c:3 d:4", "d:4", "d:4" },
    { "  a:1\tb:2 ", "a:1", "a:1" },
    { "https=http://b:2 a:1", "a:1", "http://b:2" },
};

static void each_list_gives_the_first_proxy_of_a_protocol(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct curl_proxy proxy;

        assert_ok(curl_proxy_init(&proxy, lists[i].list));

        assert_text(proxy.http, lists[i].http);
        assert_text(proxy.https, lists[i].https);
        assert_null(proxy.bypass);
        curl_proxy_dispose(&proxy);
    }
}

static void an_unusable_entry_is_refused_by_name(void **state)
{
    static const char *const wrong[] = { "http=", "a:1 b:port", "http://", "a:99999" };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct curl_proxy proxy;

        assert_fails(XBITS_BG_E_INVALID_PROXY_INFO, curl_proxy_init(&proxy, wrong[i]));
        assert_null(proxy.http);
    }
}

static void an_entry_that_is_too_long_is_refused(void **state)
{
    struct curl_proxy proxy;
    char list[1000];

    (void)state;
    memset(list, 'a', sizeof(list) - 1);
    list[sizeof(list) - 1] = '\0';
    assert_fails(XBITS_BG_E_INVALID_PROXY_INFO, curl_proxy_init(&proxy, list));
}

static void clear_environment(void)
{
    static const char *const names[] = { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
                                         "all_proxy",  "ALL_PROXY",  "no_proxy",    "NO_PROXY" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unsetenv(names[i]);
}

static void the_environment_counts_only_when_asked_for(void **state)
{
    struct curl_proxy proxy;

    (void)state;
    clear_environment();
    setenv("http_proxy", "http://p:1", 1);
    setenv("ALL_PROXY", "http://q:2", 1);
    setenv("NO_PROXY", "localhost", 1);

    assert_ok(curl_proxy_init(&proxy, "direct"));
    assert_null(proxy.http);
    curl_proxy_dispose(&proxy);

    assert_ok(curl_proxy_init(&proxy, "environment"));
    assert_text(proxy.http, "http://p:1");
    assert_text(proxy.https, "http://q:2");
    assert_text(proxy.bypass, "localhost");
    curl_proxy_dispose(&proxy);
    clear_environment();
}

/* A server that runs programs with a request's headers as variables lets its clients set it. */
static void http_proxy_in_capitals_is_not_read(void **state)
{
    struct curl_proxy proxy;

    (void)state;
    clear_environment();
    setenv("HTTP_PROXY", "http://evil:1", 1);

    assert_ok(curl_proxy_init(&proxy, "environment"));
    assert_null(proxy.http);
    curl_proxy_dispose(&proxy);
    clear_environment();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_list_gives_the_first_proxy_of_a_protocol),
        cmocka_unit_test(an_unusable_entry_is_refused_by_name),
        cmocka_unit_test(an_entry_that_is_too_long_is_refused),
        cmocka_unit_test(the_environment_counts_only_when_asked_for),
        cmocka_unit_test(http_proxy_in_capitals_is_not_read),
    };

    return run_tests("curl_proxy", tests);
}
