/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct resolve_case {
    const char *reference;
    const char *url;
};

static void assert_resolves(const char *base, const struct resolve_case *expected)
{
    struct text url = { 0 };

    assert_ok(url_resolve(base, expected->reference, &url));

    if (strcmp(text_c(&url), expected->url) != 0)
        fail_msg("\"%s\" is \"%s\" in place of \"%s\"", expected->reference, text_c(&url),
                 expected->url);
    text_dispose(&url);
}

/* RFC 3986, 5.4; the scheme of its examples is "http", so "http:g" has no host. */
static void references_are_resolved_as_the_rfc_says(void **state)
{
    static const struct resolve_case cases[] = {
        { "g", "http://a/b/c/g" },
        { "./g", "http://a/b/c/g" },
        { "g/", "http://a/b/c/g/" },
        { "/g", "http://a/g" },
        { "//g", "http://g/" },
        { "?y", "http://a/b/c/d;p?y" },
        { "g?y", "http://a/b/c/g?y" },
        { "#s", "http://a/b/c/d;p?q#s" },
        { "g#s", "http://a/b/c/g#s" },
        { "g?y#s", "http://a/b/c/g?y#s" },
        { ";x", "http://a/b/c/;x" },
        { "g;x?y#s", "http://a/b/c/g;x?y#s" },
        { "", "http://a/b/c/d;p?q" },
        { ".", "http://a/b/c/" },
        { "./", "http://a/b/c/" },
        { "..", "http://a/b/" },
        { "../", "http://a/b/" },
        { "../g", "http://a/b/g" },
        { "../..", "http://a/" },
        { "../../g", "http://a/g" },
        { "../../../../g", "http://a/g" },
        { "/./g", "http://a/g" },
        { "/../g", "http://a/g" },
        { "g.", "http://a/b/c/g." },
        { ".g", "http://a/b/c/.g" },
        { "..g", "http://a/b/c/..g" },
        { "./g/.", "http://a/b/c/g/" },
        { "g/../h", "http://a/b/c/h" },
        { "g;x=1/../y", "http://a/b/c/y" },
        { "g?y/../x", "http://a/b/c/g?y/../x" },
        { "g#s/../x", "http://a/b/c/g#s/../x" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_resolves("http://a/b/c/d;p?q", &cases[i]);
}

static void what_people_write_becomes_normal(void **state)
{
    static const struct resolve_case cases[] = {
        { "HTTP://Shop.Example:80", "http://shop.example/" },
        { "https://shop.example:443/a", "https://shop.example/a" },
        { "https://shop.example:80/a", "https://shop.example:80/a" },
        { "http://shop.example:/a", "http://shop.example/a" },
        { " \thttp://h/a b\"c\r\n", "http://h/a%20b%22c" },
        { "http://h/\xC3\xA4?\xC3\xA4", "http://h/%C3%A4?%C3%A4" },
        { "http://h/a%20b%zz", "http://h/a%20b%zz" },
        { "http://h\\images\\x.gif?a\\b", "http://h/images/x.gif?a\\b" },
        { "http://user:p@ss@h:8080/", "http://user:p@ss@h:8080/" },
        { "http://good\\@evil/", "http://good/@evil/" },
        { "http://[::1]:8080/a", "http://[::1]:8080/a" },
        { "http://h?q", "http://h/?q" },
        { "file:///tmp/../etc/x", "file:///etc/x" },
        { "file:/tmp/a b", "file:///tmp/a%20b" },
        { "FILE://LocalHost/C:/x", "file:///C:/x" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct resolve_case again = { cases[i].url, cases[i].url };

        assert_resolves(NULL, &cases[i]);
        assert_resolves(NULL, &again);
    }
}

static void a_page_in_a_file_refers_to_its_neighbours(void **state)
{
    static const struct resolve_case cases[] = {
        { "b.js", "file:///home/me/b.js" },
        { "../b.js", "file:///home/b.js" },
        { "/b.js", "file:///b.js" },
        { "http://h/b.js", "http://h/b.js" },
        { "//localhost/b.js", "file:///b.js" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_resolves("file:///home/me/a.html?x#y", &cases[i]);
}

static void what_names_no_place_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        "a.html",
        "//host/a",
        "javascript:alert(1)",
        "mailto:me@h",
        "ftp://h/",
        "C:\\a.html",
        "http:",
        "http://",
        "http:///a",
        "http:a",
        "http://:80/",
        "http://h:0/",
        "http://h:65536/",
        "http://h:99999999999999999999/",
        "http://h:8x/",
        "http://h h/",
        "http://h%41/",
        "http://.h/",
        "http://[::1/",
        "http://[x]/",
        "http://[::1]x/",
        "http://\xC3\xA4/",
        "http://h/\x01",
        "http://h/a\nb",
        "file://server/a",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text url = { 0 };

        assert_fails(XBITS_E_INVALIDARG, url_resolve(NULL, cases[i], &url));
        text_dispose(&url);
    }
}

static void a_very_long_one_is_refused(void **state)
{
    char reference[URL_BYTES_MAXIMUM + 2] = "http://h/";
    struct text url = { 0 };
    (void)state;
    memset(reference + 9, 'a', sizeof(reference) - 10);
    reference[sizeof(reference) - 1] = '\0';

    assert_fails(XBITS_E_INVALIDARG, url_resolve(NULL, reference, &url));

    reference[URL_BYTES_MAXIMUM] = '\0';
    assert_ok(url_resolve(NULL, reference, &url));
    text_dispose(&url);
}

static void an_address_is_told_in_its_parts(void **state)
{
    struct url url = { 0 };
    (void)state;

    assert_ok(url_parse("HTTPS://me:word@Shop.Example:8443/a/b?#f", NULL, &url));

    assert_int_equal(url.scheme, URL_HTTPS);
    assert_string_equal(url.user, "me:word");
    assert_string_equal(url.host, "shop.example");
    assert_int_equal(url.port, 8443);
    assert_string_equal(url.path, "/a/b");
    assert_string_equal(url.query, "");
    assert_string_equal(url.fragment, "f");
    url_dispose(&url);
}

static void a_file_has_no_host(void **state)
{
    struct url url = { 0 };
    (void)state;

    assert_ok(url_parse("file:///a", NULL, &url));

    assert_string_equal(url.host, "");
    assert_null(url.user);
    assert_null(url.query);
    assert_null(url.fragment);
    url_dispose(&url);
}

static void escapes_become_bytes(void **state)
{
    struct text text = { 0 };
    (void)state;

    assert_ok(url_unescape("/a%20b%C3%a4%2525", &text));
    assert_string_equal(text_c(&text), "/a b\xC3\xA4%25");

    assert_fails(XBITS_E_INVALIDARG, url_unescape("a%", &text));
    assert_fails(XBITS_E_INVALIDARG, url_unescape("a%4", &text));
    assert_fails(XBITS_E_INVALIDARG, url_unescape("a%4g", &text));
    assert_fails(XBITS_E_INVALIDARG, url_unescape("a%00b", &text));
    text_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(references_are_resolved_as_the_rfc_says),
        cmocka_unit_test(what_people_write_becomes_normal),
        cmocka_unit_test(a_page_in_a_file_refers_to_its_neighbours),
        cmocka_unit_test(what_names_no_place_is_refused),
        cmocka_unit_test(a_very_long_one_is_refused),
        cmocka_unit_test(an_address_is_told_in_its_parts),
        cmocka_unit_test(a_file_has_no_host),
        cmocka_unit_test(escapes_become_bytes),
    };

    return run_tests("url", tests);
}
