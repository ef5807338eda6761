/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"
#include "unit/origin/served.h"

#include <string.h>
#include <sys/stat.h>

static void target_finds_its_file(void **state)
{
    static const struct {
        const char *target;
        size_t size;
    } rows[] = {
        { "/a.bin?version=2", SERVED_SIZE },
        { "/%61.bin", SERVED_SIZE },
        { "http://origin/a.bin", SERVED_SIZE },
        { "/sub/na%20me.txt", 4 },
        { "/sub%2Fna%20me.txt", 4 },
        { "/link-inside", 4 },
        { "/link-to-directory/na%20me.txt", 4 },
        { "/link-up/served/sub/na%20me.txt", 4 },
        { "/empty", 0 },
    };
    struct served *served = *state;

    served_start(served);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reply reply = client_ask(served->port, "GET", rows[i].target, "");

        if (reply.head.status != 200 || reply.body_size != rows[i].size)
            fail_msg("%d and %zu bytes for %s", reply.head.status, reply.body_size, rows[i].target);
        assert_int_equal(reply.head.content_length, rows[i].size);
        reply_dispose(&reply);
    }
}

static void nothing_outside_of_the_directory_is_served(void **state)
{
    static const struct {
        const char *target;
        int status;
    } rows[] = {
        { "/../secret", 404 },
        { "/%2e%2e/secret", 404 },
        { "/.%2E/secret", 404 },
        { "/..%2fsecret", 404 },
        { "/%2e%2e%2fsecret", 404 },
        { "/sub/../../secret", 404 },
        { "/sub/%2e%2e/%2e%2e/secret", 404 },
        { "/sub/..%2f..%2fsecret", 404 },
        { "/..\\secret", 404 },
        { "/..%5csecret", 404 },
        { "/sub%5c..%5c..%5csecret", 404 },
        { "http://origin/../secret", 404 },
        { "/link-outside", 404 },
        { "/link-up/secret", 404 },
        { "/link-up/served/../secret", 404 },
        { "/link-loop", 404 },
        { "/link-loop/secret", 404 },
        { "/link-broken", 404 },
        { "/a.bin%00", 400 },
        { "/../secret%00.bin", 400 },
        { "/%zz", 400 },
        { "/%", 400 },
        { "*", 400 },
        { "secret", 400 },
        /* Neither files nor names of files. */
        { "/", 404 },
        { "/sub", 404 },
        { "/sub/", 404 },
        { "/a.bin/", 404 },
        { "/a.bin/x", 404 },
        { "//a.bin", 404 },
        { "/./a.bin", 404 },
        { "/sub/../a.bin", 404 },
        { "/missing", 404 },
        { "/missing/a.bin", 404 },
    };
    struct served *served = *state;

    served_start(served);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct reply reply = client_ask(served->port, "GET", rows[i].target, "");

        if (reply.head.status != rows[i].status)
            fail_msg("%d for %s", reply.head.status, rows[i].target);
        assert_null(strstr(reply.body, "SECRET"));
        reply_dispose(&reply);
    }
}

static void directory_of_a_like_name_is_outside(void **state)
{
    struct served *served = *state;

    served_make_directory(served, "served-not");
    temp_directory_write(&served->temp, "served-not/secret", "SECRET", 6);
    served_make_link(served, "../served-not", "served/like");
    served_start(served);
    struct reply reply = client_ask(served->port, "GET", "/like/secret", "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void endless_name_is_not_found(void **state)
{
    struct served *served = *state;
    char target[1500] = "/";

    served_start(served);
    memset(target + 1, 'a', sizeof target - 2);
    struct reply reply = client_ask(served->port, "GET", target, "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void pipe_is_not_served_and_blocks_nobody(void **state)
{
    struct served *served = *state;
    char path[TEMP_PATH_SIZE];

    assert_return_code(mkfifo(temp_directory_join(&served->temp, "served/pipe", path), 0644), 0);
    served_start(served);
    struct reply reply = client_ask(served->port, "GET", "/pipe", "");

    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
}

static void directory_that_is_none_is_refused(void **state)
{
    struct served *served = *state;
    char path[TEMP_PATH_SIZE];

    served->options.directory = temp_directory_join(&served->temp, "missing", path);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, origin_start(&served->options, &served->origin));
    assert_message("missing");

    served->options.directory = temp_directory_join(&served->temp, "secret", path);
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, origin_start(&served->options, &served->origin));
    assert_message("secret");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, served_set_up, served_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(target_finds_its_file),
        TEST(nothing_outside_of_the_directory_is_served),
        TEST(directory_of_a_like_name_is_outside),
        TEST(endless_name_is_not_found),
        TEST(pipe_is_not_served_and_blocks_nobody),
        TEST(directory_that_is_none_is_refused),
    };

    return run_tests("origin_traversal", tests);
}
