/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void a_password_is_never_shown(void **state)
{
    static const struct {
        const char *url;
        const char *shown;
    } cases[] = {
        { "", "" },
        { "http://host/a", "http://host/a" },
        { "http://host:8000/a", "http://host:8000/a" },
        { "http://host:8000/@scope/a:b@2", "http://host:8000/@scope/a:b@2" },
        { "http://host/a:b@c", "http://host/a:b@c" },
        { "http://host?a:b@c", "http://host?a:b@c" },
        { "http://[::1]:80/a@b", "http://[::1]:80/a@b" },
        { "http://user@host/a", "http://user@host/a" },
        { "http://user:word@host/a", "http://user:***@host/a" },
        { "http://user:wo@rd@host:80/a", "http://user:***@host:80/a" },
        { "http://user:w:d@[::1]:80/a", "http://user:***@[::1]:80/a" },
        { "http://user:@host", "http://user:***@host" },
        { "http://:word@host", "http://:***@host" },
        { "HTTPS://user:word@", "HTTPS://user:***@" },
        { "ftp://user:word@host/a", "ftp://user:***@host/a" },
        { "file:///a:b@c", "file:///a:b@c" },
        { "/home/me/a:b@c", "/home/me/a:b@c" },
        { "C:\\a:b@c", "C:\\a:b@c" },
        { "\\\\server\\a:b@c", "\\\\server\\a:b@c" },
        { "C:a", "C:a" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = { 0 };

        assert_ok(url_text_add(&text, cases[i].url));

        assert_string_equal(text_c(&text), cases[i].shown);
        assert_string_equal(url_text(cases[i].url).c, cases[i].shown);
        text_dispose(&text);
    }
}

static void what_is_not_quite_a_url_is_shown_with_too_little(void **state)
{
    static const struct {
        const char *url;
        const char *shown;
    } cases[] = {
        { "user:word@host", "user:***@host" },
        { "//user:word@host/a", "//user:***@host/a" },
        { "http:/user:word@host", "http:***@host" },
        { "http:\\\\user:word@host", "http:***@host" },
        { "http://user:wo/rd@host/a", "http://user:***@host/a" },
        { "http://user:w?rd@host/a", "http://user:***@host/a" },
        { "http://user:w#rd@host/a", "http://user:***@host/a" },
        { "http://user:/rd@host/a", "http://user:***@host/a" },
        { "http://user:wo rd@host/a", "http://user:***@host/a" },
        { "http=user:word@host:80", "http=user:***@host:80" },
        { "proxy.preconfig=http://user:word@host", "proxy.preconfig=http://user:***@host" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(url_text(cases[i].url).c, cases[i].shown);
}

static void each_word_of_a_list_is_masked(void **state)
{
    struct text text = { 0 };
    (void)state;

    assert_ok(url_text_add_list(&text, " http=me:one@a:80\thttps=http://me:two@b:80  c "));

    assert_string_equal(text_c(&text), " http=me:***@a:80\thttps=http://me:***@b:80  c ");
    text_dispose(&text);
}

/* The password goes before the end does, so cutting never brings a part of it back. */
static void a_long_one_is_cut_between_characters(void **state)
{
    struct text url = { 0 };
    struct url_text shown;
    (void)state;

    assert_ok(text_format(&url, "http://u:%0600d@host/a", 0));
    assert_string_equal(url_text(text_c(&url)).c, "http://u:***@host/a");

    for (int i = 0; i < 400; i++)
        assert_ok(text_add(&url, "\xC3\xA9"));
    shown = url_text(text_c(&url));

    assert_true(strlen(shown.c) + 3 > URL_TEXT_SIZE);
    assert_true(text_is_utf8(shown.c));
    assert_string_equal(shown.c + strlen(shown.c) - 3, "...");
    text_dispose(&url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_is_never_shown),
        cmocka_unit_test(what_is_not_quite_a_url_is_shown_with_too_little),
        cmocka_unit_test(each_word_of_a_list_is_masked),
        cmocka_unit_test(a_long_one_is_cut_between_characters),
    };

    return run_tests("url_text", tests);
}
