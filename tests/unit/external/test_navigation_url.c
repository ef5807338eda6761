/* SPDX-License-Identifier: MIT */
#include "store/external/navigation_url.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

static void parameters_go_to_the_end_of_the_query(void **state)
{
    static const struct {
        const char *base;
        const char *parameters;
        const char *url;
    } rows[] = {
        { "http://a/b", "", "http://a/b" },
        { "http://a/b", "a=1", "http://a/b?a=1" },
        { "http://a/b?l=409", "a=1", "http://a/b?l=409&a=1" },
        { "http://a/b?", "a=1", "http://a/b?a=1" },
        { "http://a/b?l=409&", "a=1", "http://a/b?l=409&a=1" },
        { "http://a/b#top", "a=1", "http://a/b?a=1#top" },
        { "http://a/b?l=409#t?p", "a=1", "http://a/b?l=409&a=1#t?p" },
        { "http://a#t", "", "http://a#t" },
        { "http://a", "@b.test/", "http://a?@b.test/" },
        { "http://a", "a=1&b=%20?/;c", "http://a?a=1&b=%20?/;c" },
        { "http://a", "a b\r\nHost: x", "http://a?a%20b%0D%0AHost:%20x" },
        { "http://a", "q=\"<a>\"#x\\^`{|}[]\x7F",
          "http://a?q=%22%3Ca%3E%22%23x%5C%5E%60%7B%7C%7D%5B"
          "%5D%7F" },
        { "http://a", "n=\xC3\xA9", "http://a?n=%C3%A9" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text url = { 0 };

        assert_ok(navigation_url_join(rows[i].base, rows[i].parameters, &url));
        assert_string_equal(text_c(&url), rows[i].url);
        text_dispose(&url);
    }
}

static void a_joined_url_has_a_limit(void **state)
{
    char parameters[XBITS_SHELL_URL_MAXIMUM + 1];
    struct text url = { 0 };
    size_t fits = XBITS_SHELL_URL_MAXIMUM - strlen("http://a?");

    (void)state;
    memset(parameters, 'x', sizeof parameters);
    parameters[fits] = '\0';
    assert_ok(navigation_url_join("http://a", parameters, &url));
    assert_int_equal(url.length, XBITS_SHELL_URL_MAXIMUM);
    text_clear(&url);
    parameters[0] = ' ';
    assert_fails(XBITS_E_INVALIDARG, navigation_url_join("http://a", parameters, &url));
    text_clear(&url);
    parameters[fits] = 'x';
    parameters[sizeof parameters - 1] = '\0';
    assert_fails(XBITS_E_INVALIDARG, navigation_url_join("http://a", parameters, &url));
    text_dispose(&url);
}

static void parameters_that_are_not_utf8_are_refused(void **state)
{
    struct text url = { 0 };

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, navigation_url_join("http://a", "\xFF", &url));
    text_dispose(&url);
}

static void a_url_is_of_a_scheme_that_is_shown(void **state)
{
    static const char *const good[] = { "http://a", "HTTPS://a/b?c#d", "file:///tmp/a.htm" };
    static const char *const bad[] = {
        "",          "a",          "http:",          "http://",           "javascript:alert(1)",
        " http://a", "http://a b", "http://a\r\nX:", "http://a\x7F",      "data:text/html,x",
        "about:a",   "ftp://a/b",  "//a/b",          "http://a/\xC3\x28", NULL,
    };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_ok(navigation_url_check("it", good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_fails(XBITS_E_INVALIDARG, navigation_url_check("it", bad[i]));
}

static void a_url_has_a_limit(void **state)
{
    char url[XBITS_SHELL_URL_MAXIMUM + 2] = "http://";

    (void)state;
    memset(url + 7, 'x', sizeof url - 8);
    assert_fails(XBITS_E_INVALIDARG, navigation_url_check("it", url));
    url[XBITS_SHELL_URL_MAXIMUM] = '\0';
    assert_ok(navigation_url_check("it", url));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_go_to_the_end_of_the_query),
        cmocka_unit_test(a_joined_url_has_a_limit),
        cmocka_unit_test(parameters_that_are_not_utf8_are_refused),
        cmocka_unit_test(a_url_is_of_a_scheme_that_is_shown),
        cmocka_unit_test(a_url_has_a_limit),
    };

    return run_tests("navigation_url", tests);
}
