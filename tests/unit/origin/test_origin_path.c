/* SPDX-License-Identifier: MIT */
#include "origin/origin_files.h"

#include "support/test_main.h"

static void path_of_names_is_clean(void **state)
{
    static const char *const rows[] = {
        "/a", "/a/b/c.bin", "/.hidden", "/...", "/..a", "/a..", "/a b", "/\xC3\xA4", "/a:b", "/~",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!origin_path_is_clean(rows[i]))
            fail_msg("refused: %s", rows[i]);
    }
}

static void path_that_could_lead_elsewhere_is_not_clean(void **state)
{
    static const char *const rows[] = {
        "",      "a",   "/",     "//a",    "/a/",     "/a//b",      "/.",
        "/./a",  "/..", "/../a", "/a/..",  "/a/../b", "/a/./b",     "/..\\a",
        "/a\\b", "\\a", "/a\n",  "/a\x7F", "/\x01",   "/a/../../b", "/a/b/..",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (origin_path_is_clean(rows[i]))
            fail_msg("accepted: %s", rows[i]);
    }
}

static void content_type_follows_the_ending(void **state)
{
    (void)state;

    assert_string_equal(origin_content_type("/a.mp3"), "audio/mpeg");
    assert_string_equal(origin_content_type("/a.WMA"), "audio/x-ms-wma");
    assert_string_equal(origin_content_type("/a.mp3.bin"), "application/octet-stream");
    assert_string_equal(origin_content_type("/a"), "application/octet-stream");
    assert_string_equal(origin_content_type("/a."), "application/octet-stream");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(path_of_names_is_clean),
        cmocka_unit_test(path_that_could_lead_elsewhere_is_not_clean),
        cmocka_unit_test(content_type_follows_the_ending),
    };

    return run_tests("origin_path", tests);
}
