/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

static int set_up(void **state)
{
    struct temp_directory *temp = calloc(1, sizeof(*temp));

    assert_non_null(temp);
    temp_directory_make(temp);
    temp_directory_write(temp, "a page.html", "<html>", 6);
    *state = temp;
    return 0;
}

static int tear_down(void **state)
{
    temp_directory_remove(*state);
    free(*state);
    return 0;
}

static xbits_result get(const struct temp_directory *temp, const char *name, size_t maximum,
                        struct fetch_answer *answer)
{
    char url[TEMP_PATH_SIZE + 16];

    snprintf(url, sizeof(url), "file://%s%s", temp->path, name);
    return fetch(&(struct fetch_request){ .url = url, .maximum_bytes = maximum }, answer);
}

static void a_file_is_read_by_its_escaped_name(void **state)
{
    static const char *const names[] = { "/a%20page.html", "/a page.html", "/x/../a%20%70age.html",
                                         "/a%20page.html?query#fragment" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct fetch_answer answer = { 0 };

        assert_ok(get(*state, names[i], 0, &answer));

        assert_string_equal(text_c(&answer.body), "<html>");
        assert_string_equal(text_c(&answer.content_type), "");
        assert_int_equal(answer.status, 0);
        fetch_answer_dispose(&answer);
    }
}

static void names_that_name_no_file_are_refused(void **state)
{
    static const struct {
        const char *name;
        xbits_result result;
    } cases[] = {
        { "/missing", XBITS_ERROR_FILE_NOT_FOUND },
        { "", XBITS_E_ACCESSDENIED },
        { "/", XBITS_E_ACCESSDENIED },
        { "/../../../../../../../../dev/null", XBITS_E_ACCESSDENIED },
        { "/a%00page.html", XBITS_E_INVALIDARG },
        { "/a%2", XBITS_E_INVALIDARG },
        { "/%FF", XBITS_E_INVALIDARG },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fetch_answer answer = { 0 };

        assert_fails(cases[i].result, get(*state, cases[i].name, 0, &answer));
        fetch_answer_dispose(&answer);
    }
}

static void a_file_of_another_computer_is_refused(void **state)
{
    struct fetch_answer answer = { 0 };
    (void)state;

    assert_fails(XBITS_E_INVALIDARG,
                 fetch(&(struct fetch_request){ .url = "file://server/a" }, &answer));
    fetch_answer_dispose(&answer);
}

static void a_file_that_is_too_large_is_refused(void **state)
{
    struct fetch_answer answer = { 0 };

    assert_fails(XBITS_ERROR_FILE_TOO_LARGE, get(*state, "/a%20page.html", 5, &answer));
    fetch_answer_dispose(&answer);
    assert_ok(get(*state, "/a%20page.html", 6, &answer));
    fetch_answer_dispose(&answer);
}

int main(void)
{
#define FILE_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        FILE_TEST(a_file_is_read_by_its_escaped_name),
        FILE_TEST(names_that_name_no_file_are_refused),
        FILE_TEST(a_file_of_another_computer_is_refused),
        FILE_TEST(a_file_that_is_too_large_is_refused),
    };

    return run_tests("fetch_file", tests);
}
