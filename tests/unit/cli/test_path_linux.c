/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>

typedef xbits_result user_place(char **out);

static void assert_place(user_place *place, const char *expected)
{
    char *path = NULL;

    assert_ok(place(&path));
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
    assert_place(path_user_queue, "/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "", 1);
    assert_place(path_user_queue, "/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "relative", 1);
    assert_place(path_user_queue, "/home/me/.local/state/xbits");
    setenv("XDG_STATE_HOME", "/state", 1);
    assert_place(path_user_queue, "/state/xbits");
}

static void the_users_data_is_in_the_data_directory(void **state)
{
    (void)state;

    unsetenv("XDG_DATA_HOME");
    setenv("HOME", "/home/me", 1);
    assert_place(path_user_data, "/home/me/.local/share/xbits");
    setenv("XDG_DATA_HOME", "relative", 1);
    assert_place(path_user_data, "/home/me/.local/share/xbits");
    setenv("XDG_DATA_HOME", "/data", 1);
    assert_place(path_user_data, "/data/xbits");
}

static void without_a_home_there_is_none(void **state)
{
    static user_place *const places[] = { path_user_queue, path_user_data };
    (void)state;

    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        unsetenv("HOME");
        assert_place(places[i], NULL);
        setenv("HOME", "relative", 1);
        assert_place(places[i], NULL);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_queue_is_in_the_state_directory),
        cmocka_unit_test(the_users_data_is_in_the_data_directory),
        cmocka_unit_test(without_a_home_there_is_none),
    };

    return run_tests("path_linux", tests);
}
