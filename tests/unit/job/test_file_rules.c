/* SPDX-License-Identifier: MIT */
/* Paths are those of POSIX. */
#include "job/file_rules.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

static const char *const good_remotes[] = {
    "http://127.0.0.1:8000/catalogue.bin",
    "HTTP://EXAMPLE.TEST",
    "https://example.test/a?x=*&y=?#part",
    "http://user:secret@example.test:80/a",
    "http://[::1]:8080/a",
    "http://[::1]/",
    "http://example.test:/a",
    "http://example.test/%20;a,b=(c)[d]",
    "file:///srv/a.bin",
    "file://server/share/a.bin",
    "/srv/with blank/a.bin",
    "\\\\server\\share\\a.bin",
};

static const struct {
    const char *name;
    const char *reason;
} bad_remotes[] = {
    { NULL, "is empty" },
    { "", "is empty" },
    { "http://", "names no host" },
    { "http:///a", "names no host" },
    { "http://:80/a", "names no host" },
    { "http://user@/a", "names no host" },
    { "http://host:70000/a", "no port" },
    { "http://host:8x/a", "no port" },
    { "http://[::1/a", "does not close" },
    { "http://[::1]x/a", "no port" },
    { "http://host/with blank", "at position 17" },
    { "http://host/a\nb", "must be escaped" },
    { "http://host/\xC3\xA4", "must be escaped" },
    { "http://host\\a", "must be escaped" },
    { "http://host/\xFF", "not UTF-8" },
    { "ftp://host/a", "http, https and file" },
    { "gopher://host/a", "http, https and file" },
    { "relative/name", "absolute path" },
    { "C:\\a.bin", "absolute path" },
    { "\\\\?\\C:\\a", "absolute path" },
    { "file://host", "names no path" },
    { "file:///srv/*.bin", "wildcard" },
    { "/srv/?.bin", "wildcard" },
};

static void a_remote_name_that_bits_accepts_is_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good_remotes / sizeof good_remotes[0]; i++)
        assert_ok(rule_remote_name(good_remotes[i], XBITS_TYPE_DOWNLOAD));
}

static void a_bad_remote_name_is_refused_with_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_remotes / sizeof bad_remotes[0]; i++) {
        assert_fails(XBITS_E_INVALIDARG,
                     rule_remote_name(bad_remotes[i].name, XBITS_TYPE_DOWNLOAD));
        assert_message(bad_remotes[i].reason);
    }
}

static void an_upload_goes_to_http_only(void **state)
{
    (void)state;
    assert_ok(rule_remote_name("https://host/a", XBITS_TYPE_UPLOAD));
    assert_fails(XBITS_E_INVALIDARG, rule_remote_name("/srv/a", XBITS_TYPE_UPLOAD));
    assert_fails(XBITS_E_INVALIDARG, rule_remote_name("file:///srv/a", XBITS_TYPE_UPLOAD_REPLY));
}

/* Writes prefix and as many a's as make the text length bytes long. */
static char *padded(char *text, const char *prefix, size_t length)
{
    memset(text, 'a', length);
    memcpy(text, prefix, strlen(prefix));
    text[length] = '\0';
    return text;
}

static void a_remote_name_has_at_most_2200_characters_and_260_between_slashes(void **state)
{
    char name[RULE_REMOTE_NAME_MAXIMUM + 2];
    const size_t host = strlen("http://host/");

    (void)state;
    padded(name, "http://host/?", RULE_REMOTE_NAME_MAXIMUM);
    assert_ok(rule_remote_name(name, XBITS_TYPE_DOWNLOAD));
    padded(name, "http://host/?", RULE_REMOTE_NAME_MAXIMUM + 1);
    assert_fails(XBITS_E_INVALIDARG, rule_remote_name(name, XBITS_TYPE_DOWNLOAD));
    assert_message("at most 2200");

    padded(name, "http://host/", host + RULE_SEGMENT_MAXIMUM);
    assert_ok(rule_remote_name(name, XBITS_TYPE_DOWNLOAD));
    padded(name, "http://host/", host + RULE_SEGMENT_MAXIMUM + 1);
    assert_fails(XBITS_E_INVALIDARG, rule_remote_name(name, XBITS_TYPE_DOWNLOAD));
    assert_message("more than 260");
}

static void the_protocol_follows_from_the_name(void **state)
{
    (void)state;
    assert_int_equal(remote_protocol_of("HTTP://a/"), REMOTE_HTTP);
    assert_int_equal(remote_protocol_of("https://a/"), REMOTE_HTTPS);
    assert_int_equal(remote_protocol_of("file:///a"), REMOTE_FILE);
    assert_int_equal(remote_protocol_of("FILE://LocalHost/a"), REMOTE_FILE);
    assert_int_equal(remote_protocol_of("file://server/share/a"), REMOTE_SHARE);
    assert_int_equal(remote_protocol_of("/a"), REMOTE_FILE);
    assert_int_equal(remote_protocol_of("\\\\server\\share"), REMOTE_SHARE);
    assert_string_equal(remote_protocol_name(REMOTE_HTTPS), "http");
    assert_string_equal(remote_protocol_name(REMOTE_SHARE), "file");
}

static void a_display_name_has_at_most_256_characters(void **state)
{
    char name[RULE_DISPLAY_NAME_MAXIMUM + 2];

    (void)state;
    assert_ok(rule_display_name(""));
    assert_ok(rule_display_name(padded(name, "", RULE_DISPLAY_NAME_MAXIMUM)));
    assert_fails(XBITS_E_INVALIDARG,
                 rule_display_name(padded(name, "", RULE_DISPLAY_NAME_MAXIMUM + 1)));
    assert_message("at most 256");
    assert_fails(XBITS_E_INVALIDARG, rule_display_name(NULL));
    assert_fails(XBITS_E_INVALIDARG, rule_display_name("\xC0\x80"));
}

static void a_local_name_is_an_absolute_path_of_a_file(void **state)
{
    static const struct {
        const char *name;
        const char *reason; /* NULL: it is good. */
    } rows[] = {
        { "/home/me/catalogue.bin", NULL },
        { "/a", NULL },
        { "/a:b\\c", NULL },
        { "/a//b", NULL },
        { "/a/.hidden", NULL },
        { "/a/..b", NULL },
        { "", "is empty" },
        { NULL, "is empty" },
        { "a.bin", "not absolute" },
        { "./a.bin", "not absolute" },
        { "C:\\a.bin", "not absolute" },
        { "/a/*.bin", "wildcard" },
        { "/a/?.bin", "wildcard" },
        { "/a/../b", "\"..\"" },
        { "/a/..", "\"..\"" },
        { "/", "names a directory" },
        { "/a/", "names a directory" },
        { "/a/.", "names a directory" },
        { "/a\xFF", "not UTF-8" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].reason == NULL) {
            assert_ok(rule_local_name(rows[i].name));
            continue;
        }
        assert_fails(XBITS_E_INVALIDARG, rule_local_name(rows[i].name));
        assert_message(rows[i].reason);
    }
}

static void a_local_name_has_at_most_260_characters_unless_long_paths_are_on(void **state)
{
    char name[RULE_PATH_MAXIMUM + 2];

    (void)state;
    assert_ok(rule_local_name(padded(name, "/", RULE_PATH_MAXIMUM)));
    assert_fails(XBITS_E_INVALIDARG, rule_local_name(padded(name, "/", RULE_PATH_MAXIMUM + 1)));
    assert_message("at most 260");
    assert_ok(rule_local_name_with(name, (struct name_quirks){ .long_paths = true }));
}

static void the_quirk_of_windows_names_refuses_what_windows_refuses(void **state)
{
    static const char *const names[] = { "/a/b:c",     "/a/b\\c", "/a/NUL", "/a/nul.txt",
                                         "/com1/file", "/a/LPT9", "/a/b|c", "/a/\"b\"" };
    static const char *const fine[] = { "/a/null", "/a/com0", "/a/com10", "/a/console" };
    const struct name_quirks quirks = { .windows_names = true };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_ok(rule_local_name(names[i]));
        assert_fails(XBITS_E_INVALIDARG, rule_local_name_with(names[i], quirks));
    }
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_ok(rule_local_name_with(fine[i], quirks));
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_remote_name_that_bits_accepts_is_accepted),
        cmocka_unit_test(a_bad_remote_name_is_refused_with_its_reason),
        cmocka_unit_test(an_upload_goes_to_http_only),
        cmocka_unit_test(a_remote_name_has_at_most_2200_characters_and_260_between_slashes),
        cmocka_unit_test(the_protocol_follows_from_the_name),
        cmocka_unit_test(a_display_name_has_at_most_256_characters),
        cmocka_unit_test(a_local_name_is_an_absolute_path_of_a_file),
        cmocka_unit_test(a_local_name_has_at_most_260_characters_unless_long_paths_are_on),
        cmocka_unit_test(the_quirk_of_windows_names_refuses_what_windows_refuses),
    };

    return run_tests("file_rules", tests);
}
