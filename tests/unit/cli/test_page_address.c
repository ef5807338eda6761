/* SPDX-License-Identifier: MIT */
#include "cli/page_address.h"

#include "base/text.h"
#include "base/url.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void an_address_is_taken_as_it_is(void **state)
{
    static const char *const addresses[] = { "http://h/shop.htm?a=1#b", "https://h", "HTTP://H/",
                                             "file:///shop.htm" };
    (void)state;

    for (size_t i = 0; i < COUNT(addresses); i++) {
        char *url = NULL;

        assert_ok(page_address(addresses[i], &url));

        assert_string_equal(url, addresses[i]);
        free(url);
    }
}

static void a_path_becomes_a_file_url_that_leads_back_to_it(void **state)
{
    static const struct {
        const char *path;
        const char *url;
    } cases[] = {
        { "/shop.htm", "file:///shop.htm" },      { "/a b/100%.htm", "file:///a%20b/100%25.htm" },
        { "/a?b#c\\d", "file:///a%3Fb%23c%5Cd" }, { "/caf\xc3\xa9~.htm", "file:///caf%C3%A9~.htm" },
        { "/tab\t\x7f", "file:///tab%09%7F" },    { "/https:", "file:///https:" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text back = { 0 };
        struct url parsed = { 0 };
        char *url = NULL;

        assert_ok(page_address(cases[i].path, &url));

        assert_string_equal(url, cases[i].url);
        assert_ok(url_parse(url, NULL, &parsed));
        assert_ok(url_unescape(parsed.path, &back));
        assert_string_equal(text_c(&back), cases[i].path);
        url_dispose(&parsed);
        text_dispose(&back);
        free(url);
    }
}

static void a_relative_path_is_made_absolute(void **state)
{
    char *url = NULL;
    (void)state;

    assert_ok(page_address("shop.htm", &url));

    assert_true(text_starts_with(url, "file:///"));
    assert_string_equal(url + strlen(url) - strlen("/shop.htm"), "/shop.htm");
    free(url);
}

static void an_empty_word_is_no_page(void **state)
{
    char *url = NULL;
    (void)state;

    assert_fails(XBITS_E_INVALIDARG, page_address("", &url));
}

static void an_address_that_is_none_is_refused(void **state)
{
    static const char *const addresses[] = { "http:",    "http://",   "http://h:99999/",
                                             "ftp://h/", "about://x", "file://elsewhere/shop.htm" };
    (void)state;

    for (size_t i = 0; i < COUNT(addresses); i++) {
        char *url = NULL;

        assert_fails(XBITS_E_INVALIDARG, page_address(addresses[i], &url));
        assert_null(url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_taken_as_it_is),
        cmocka_unit_test(a_path_becomes_a_file_url_that_leads_back_to_it),
        cmocka_unit_test(a_relative_path_is_made_absolute),
        cmocka_unit_test(an_empty_word_is_no_page),
        cmocka_unit_test(an_address_that_is_none_is_refused),
    };

    return run_tests("cli.page_address", tests);
}
