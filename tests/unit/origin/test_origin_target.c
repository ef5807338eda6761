/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_target.h"

#include "support/test_main.h"

#include <stdlib.h>

static void target_is_decoded_to_its_path(void **state)
{
    static const struct {
        const char *target;
        const char *path;
    } rows[] = {
        { "/", "/" },
        { "/a.bin", "/a.bin" },
        { "/a.bin?x=1", "/a.bin" },
        { "/a.bin?x=%zz", "/a.bin" },
        { "/a.bin#part", "/a.bin" },
        { "/a%20b%2Ec", "/a b.c" },
        { "/a+b", "/a+b" },
        { "/%e4%F6", "/\xE4\xF6" },
        { "/%2e%2E/%2f", "/..//" },
        { "/%25%34%31", "/%41" },
        { "http://host:80/a%41?q", "/aA" },
        { "http://host", "/" },
        { "http://host?q=/x", "/" },
        { "/http://host/x", "/http://host/x" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *path = httpd_target_path(rows[i].target);

        if (path == NULL)
            fail_msg("refused: %s", rows[i].target);
        assert_string_equal(path, rows[i].path);
        free(path);
    }
}

static void target_that_is_no_path_is_refused(void **state)
{
    static const char *const rows[] = {
        "",     "*",      "a.bin",   "?/a",       "%2fa",      "/%",
        "/a%4", "/a%4?1", "/a%zz",   "/a%4g",     "/a%00",     "/a%00.txt",
        "/%-1", "host:1", "http:/a", "\\windows", "/a%%41%00",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (httpd_target_path(rows[i]) != NULL)
            fail_msg("accepted: %s", rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(target_is_decoded_to_its_path),
        cmocka_unit_test(target_that_is_no_path_is_refused),
    };

    return run_tests("origin_target", tests);
}
