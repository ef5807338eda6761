/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include "support/test_main.h"

static void the_four_endings_are_media_in_any_case(void **state)
{
    static const char *const rows[] = {
        "/music/a.wma",     "/music/a.WMA", "/video/a.wmv",
        "/music/a.Mp3",     "/music/a.asf", "C:\\music\\a.b.mP3",
        "/music/a.exe.wma", "a.ASF",        "/music/\xE2\x99\xAB.mp3",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!xbits_wmp_is_media_name(rows[i]))
            fail_msg("no media: %s", rows[i]);
    }
}

static void any_other_ending_is_not(void **state)
{
    static const char *const rows[] = {
        "",           "mp3",      "/music/mp3",    "/music/a.wav",  "/music/a.exe",
        "a.mp3.exe",  "/music/a", "/music/a.mp3.", "/music/a.mp3 ", "/music.mp3/a",
        "/music/a.m", "/a.mp33",  "/music/a.wma/", "/music/a.mp",   ".",
    };

    (void)state;
    assert_false(xbits_wmp_is_media_name(NULL));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (xbits_wmp_is_media_name(rows[i]))
            fail_msg("media: %s", rows[i]);
    }
}

int main(void)
{
    /* W12 */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_four_endings_are_media_in_any_case),
        cmocka_unit_test(any_other_ending_is_not),
    };

    return run_tests("media_name", tests);
}
