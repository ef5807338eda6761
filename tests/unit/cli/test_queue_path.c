/* SPDX-License-Identifier: MIT */
#include "cli/queue_path.h"

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
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    return chdir(directory.path);
}

static int leave(void **state)
{
    int status = chdir("/");

    temp_directory_remove(*state);
    return status;
}

static void assert_queue(const char *option, const char *expected_end)
{
    struct global_values global = { .queue = option };
    char *path = NULL;

    assert_ok(queue_path(&global, &path));
    assert_int_equal(path[0], '/');
    assert_true(strlen(path) >= strlen(expected_end));
    assert_string_equal(path + strlen(path) - strlen(expected_end), expected_end);
    free(path);
}

static void the_option_is_made_absolute(void **state)
{
    (void)state;

    assert_queue("queue", "/queue");
    assert_queue("./queue//", "/queue");
    assert_queue("memory:queue", "/memory:queue");
    assert_queue("/nowhere/queue/", "/nowhere/queue");
    assert_queue("/", "/");
}

static void an_empty_option_is_refused(void **state)
{
    struct global_values global = { .queue = "" };
    char *path = NULL;
    (void)state;

    assert_fails(XBITS_E_INVALIDARG, queue_path(&global, &path));

    assert_message("--queue is empty");
    assert_null(path);
}

static void a_user_without_a_home_has_no_queue_of_his_own(void **state)
{
    struct global_values global = { 0 };
    char *path = NULL;
    (void)state;

    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, queue_path(&global, &path));

    assert_message("--queue DIR names a place");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, enter, leave)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_option_is_made_absolute),
        TEST(an_empty_option_is_refused),
        TEST(a_user_without_a_home_has_no_queue_of_his_own),
    };

    return run_tests("queue_path", tests);
}
