/* SPDX-License-Identifier: MIT */
#include "cli/user_directory.h"

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int enter(void **state)
{
    static struct temp_directory directory;

    temp_directory_make(&directory);
    *state = &directory;
    unsetenv("XBITS_USER_DIR");
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    return chdir(directory.path);
}

static int leave(void **state)
{
    int status = chdir("/");

    temp_directory_remove(*state);
    return status;
}

static void assert_user_directory(const char *variable, const char *expected)
{
    char *path = NULL;

    setenv("XBITS_USER_DIR", variable, 1);
    assert_ok(user_directory(&path));
    assert_string_equal(path, expected);
    free(path);
}

static void the_variable_names_it(void **state)
{
    (void)state;

    assert_user_directory("/place", "/place");
    assert_user_directory("/place/of/mine//", "/place/of/mine");
    assert_user_directory("/", "/");
}

static void what_is_no_absolute_path_is_refused_by_name(void **state)
{
    static const char *const values[] = { "place", "./place", "~/place", "..", "/pl\377ace" };
    (void)state;

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char *path = NULL;

        setenv("XBITS_USER_DIR", values[i], 1);
        assert_fails(XBITS_E_INVALIDARG, user_directory(&path));
        assert_message("$XBITS_USER_DIR");
        assert_null(path);
    }
}

static void an_empty_variable_names_nothing(void **state)
{
    char *path = NULL;
    (void)state;

    setenv("XBITS_USER_DIR", "", 1);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, user_directory(&path));

    assert_message("$XBITS_USER_DIR names a place");
    assert_null(path);
}

static void assert_library(const char *option, const char *expected_end)
{
    char *path = NULL;

    assert_ok(user_directory_library(option, &path));
    assert_int_equal(path[0], '/');
    assert_true(strlen(path) >= strlen(expected_end));
    assert_string_equal(path + strlen(path) - strlen(expected_end), expected_end);
    free(path);
}

static void the_library_is_where_the_option_says(void **state)
{
    (void)state;

    setenv("XBITS_USER_DIR", "relative", 1);
    assert_library("music", "/music");
    assert_library("./music/", "/music");
    assert_library("/nowhere/music", "/nowhere/music");
}

static void the_library_is_in_the_user_directory_by_itself(void **state)
{
    char *path = NULL;
    (void)state;

    setenv("XBITS_USER_DIR", "/nowhere/mine", 1);
    assert_library(NULL, "/nowhere/mine/library");
    assert_fails(XBITS_E_INVALIDARG, user_directory_library("", &path));
    assert_message("--library is empty");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, enter, leave)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_variable_names_it),
        TEST(what_is_no_absolute_path_is_refused_by_name),
        TEST(an_empty_variable_names_nothing),
        TEST(the_library_is_where_the_option_says),
        TEST(the_library_is_in_the_user_directory_by_itself),
    };

    return run_tests("user_directory", tests);
}
