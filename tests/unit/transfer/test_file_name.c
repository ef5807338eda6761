/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/file_name.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>

static const struct {
    const char *name;
    const char *path; /* NULL: refused with result. */
    xbits_result result;
} cases[] = {
    { "/home/me/x.bin", "/home/me/x.bin", XBITS_S_OK },
    { "/a%20b", "/a%20b", XBITS_S_OK },
    { "/a#b", "/a#b", XBITS_S_OK },
    { "file:///home/me/x.bin", "/home/me/x.bin", XBITS_S_OK },
    { "FILE:///x", "/x", XBITS_S_OK },
    { "file:/x", "/x", XBITS_S_OK },
    { "file://localhost/x", "/x", XBITS_S_OK },
    { "file://LOCALHOST/x", "/x", XBITS_S_OK },
    { "file:///a%20b%C3%A4", "/a b\xC3\xA4", XBITS_S_OK },
    { "file:///a%2fb", "/a/b", XBITS_S_OK },
    { "file:///x#part", "/x", XBITS_S_OK },
    { "file:///C:/x", "C:/x", XBITS_S_OK },
    { "C:\\x", "C:\\x", XBITS_S_OK },
    { "file:///a%", NULL, XBITS_E_INVALIDARG },
    { "file:///a%4", NULL, XBITS_E_INVALIDARG },
    { "file:///a%zz", NULL, XBITS_E_INVALIDARG },
    { "file:///a%00b", NULL, XBITS_E_INVALIDARG },
    { "file:///a%FF", NULL, XBITS_E_INVALIDARG },
    { "file:x", NULL, XBITS_E_INVALIDARG },
    { "file:", NULL, XBITS_E_INVALIDARG },
    { "file://", NULL, XBITS_ERROR_BAD_NETPATH },
    { "file://server/share/x", NULL, XBITS_ERROR_BAD_NETPATH },
    { "file:////server/share/x", NULL, XBITS_ERROR_BAD_NETPATH },
    { "file://localhosts/x", NULL, XBITS_ERROR_BAD_NETPATH },
    { "\\\\server\\share\\x", NULL, XBITS_ERROR_BAD_NETPATH },
    { "//server/share/x", NULL, XBITS_ERROR_BAD_NETPATH },
};

static void each_name_has_its_path_or_its_refusal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *path = NULL;

        assert_true(file_name_is_one(cases[i].name));
        if (cases[i].path == NULL) {
            assert_fails(cases[i].result, file_name_to_path(cases[i].name, &path));
            assert_message(cases[i].name);
            assert_null(path);
            continue;
        }
        assert_ok(file_name_to_path(cases[i].name, &path));
        assert_string_equal(path, cases[i].path);
        free(path);
    }
}

static void urls_of_servers_are_no_file_names(void **state)
{
    static const char *const names[] = { "http://server/x", "https://server/x", "", "x", "C:",
                                         "filex:/x" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_false(file_name_is_one(names[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_has_its_path_or_its_refusal),
        cmocka_unit_test(urls_of_servers_are_no_file_names),
    };

    return run_tests("file_name", tests);
}
