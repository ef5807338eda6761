/* SPDX-License-Identifier: MIT */
#include "base/local_path.h"
#include "support/test_main.h"

/* The twin for Windows is plain C: what it says is seen on every system. */
static void windows_paths_begin_with_a_drive_or_a_share(void **state)
{
    static const struct {
        const char *path;
        bool is_absolute;
    } rows[] = {
        { "C:\\Music", true },
        { "c:/Music", true },
        { "\\\\server\\music", true },
        { "C:Music", false },
        { "\\Music", false },
        { "/music", false },
        { "Music", false },
        { "", false },
        { "1:\\Music", false },
        { "\\\\?\\C:\\Music", false },
        { "\\\\.\\C:", false },
        { "\\\\", false },
        { "\\\\\\server", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(rows[i].is_absolute, local_path_is_absolute(rows[i].path));
    assert_true(local_path_is_separator('\\'));
    assert_true(local_path_is_separator('/'));
    assert_false(local_path_is_separator(':'));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_paths_begin_with_a_drive_or_a_share),
    };

    return run_tests("local path on Windows", tests);
}
