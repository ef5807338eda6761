/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/text.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* In expected, {DIR} stands for the directory. */
static void assert_path(const char *directory, const char *path, const char *expected)
{
    size_t length = strlen(directory);

    if (!text_starts_with(expected, "{DIR}")) {
        assert_string_equal(path, expected);
        return;
    }
    assert_true(text_starts_with(path, directory));
    assert_string_equal(path + length, expected + strlen("{DIR}"));
}

static int enter(void **state)
{
    static struct temp_directory directory;

    temp_directory_make(&directory);
    *state = &directory;
    return chdir(directory.path);
}

static int leave(void **state)
{
    int status = chdir("/");

    temp_directory_remove(*state);
    return status;
}

static void a_download_goes_to_the_file_or_into_the_directory(void **state)
{
    static const struct {
        const char *url;
        const char *file;
        const char *path;
    } cases[] = {
        { "http://h/a.bin", "out.bin", "{DIR}/out.bin" },
        { "http://h/a.bin", "./out.bin", "{DIR}/out.bin" },
        { "http://h/a.bin", ".", "{DIR}/a.bin" },
        { "http://h/x/a.bin?b=/c#/d", "./", "{DIR}/a.bin" },
        { "http://h/a%2Fb", ".", "{DIR}/a%2Fb" },
        { "http://h/a.bin", "missing/out.bin", "{DIR}/missing/out.bin" },
        { "http://h/a.bin", "/nowhere/out.bin", "/nowhere/out.bin" },
        { "http://h/a.bin", "/", "/a.bin" },
        { "http://h/a.bin", "/out.bin", "/out.bin" },
    };

    char directory[1024];
    (void)state;

    assert_non_null(getcwd(directory, sizeof directory));
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *path = NULL;

        assert_ok(path_for_download(cases[i].url, cases[i].file, &path));

        assert_path(directory, path, cases[i].path);
        free(path);
    }
}

static void a_url_without_a_name_cannot_go_into_a_directory(void **state)
{
    static const char *const urls[] = { "http://h",     "http://h/",     "http://h/a/",
                                        "http://h?a/b", "http://h/a/..", "http://h/.",
                                        "http://h/a\\b" };
    (void)state;

    for (size_t i = 0; i < COUNT(urls); i++) {
        char *path = NULL;

        assert_fails(XBITS_E_INVALIDARG, path_for_download(urls[i], ".", &path));

        assert_null(path);
    }
}

static void an_empty_name_is_refused(void **state)
{
    char *path = NULL;
    (void)state;

    assert_fails(XBITS_E_INVALIDARG, path_for_download("http://h/a", "", &path));
    assert_null(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_download_goes_to_the_file_or_into_the_directory, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_url_without_a_name_cannot_go_into_a_directory, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(an_empty_name_is_refused, enter, leave),
    };

    return run_tests("cli.path", tests);
}
