/* SPDX-License-Identifier: MIT */
#include "script/address.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void test_an_address_has_parts(void **state)
{
    static const struct {
        const char *url;
        enum address_part part;
        const char *value;
    } rows[] = {
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_PROTOCOL, "http:" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_HOST, "host:81" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_HOSTNAME, "host" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_PORT, "81" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_PATHNAME, "/a" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_SEARCH, "?b" },
        { "HTTP://u:p@Host:81/a?b#c", ADDRESS_HASH, "#c" },
        { "http://host", ADDRESS_PATHNAME, "/" },
        { "http://host", ADDRESS_PORT, "" },
        { "http://host?", ADDRESS_SEARCH, "" },
        { "http://[::1]:8/", ADDRESS_HOSTNAME, "[::1]" },
        { "file:///a/b", ADDRESS_HOST, "" },
        { "file:///a/b", ADDRESS_PATHNAME, "/a/b" },
        { "nothing", ADDRESS_PATHNAME, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text text = { 0 };

        assert_ok(address_part(rows[i].url, rows[i].part, &text));

        assert_string_equal(rows[i].value, text_c(&text));
        text_dispose(&text);
    }
}

static void test_a_page_follows_what_it_may(void **state)
{
    struct text text = { 0 };

    (void)state;
    assert_ok(address_follow("http://a/b/c", "../d", &text));
    assert_string_equal("http://a/d", text_c(&text));
    text_clear(&text);
    assert_ok(address_follow("file:///a/b", "c", &text));
    assert_string_equal("file:///a/c", text_c(&text));
    assert_fails(XBITS_E_ACCESSDENIED, address_follow("http://a/", "file:///c", &text));
    assert_fails(XBITS_E_INVALIDARG, address_follow("http://a/", "mailto:x", &text));
    text_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_address_has_parts),
        cmocka_unit_test(test_a_page_follows_what_it_may),
    };

    return run_tests("address", tests);
}
