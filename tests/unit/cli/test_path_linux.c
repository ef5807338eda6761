/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>

static void assert_queue(const char *expected)
{
    char *path = NULL;

    assert_ok(path_user_queue(&path));
    if (expected == NULL)
        assert_null(path);
    else
        assert_string_equal(path, expected);
    free(path);
}

static void the_users_queue_is_in_the_state_directory(void **state)
{
    (void)state;

    unsetenv("XDG_STATE_HOME");
    setenv("HOME", "/home/me", 1);
    assert_queue("/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "", 1);
    assert_queue("/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_queue("/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "/state", 1);
    assert_queue("/state/xbits");
}

static void without_a_home_there_is_none(void **state)
{
    (void)state;

    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_queue(NULL);
    setenv("HOME", "relative", 1);
    assert_queue(NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_queue_is_in_the_state_directory),
        cmocka_unit_test(without_a_home_there_is_none),
    };

    return run_tests("path_linux", tests);
}
