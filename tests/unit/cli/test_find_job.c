/* SPDX-License-Identifier: MIT */
#include "cli/find_job.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

static int open_memory(void **state)
{
    static struct xbits_manager *manager;
    struct xbits_options options;

    XBITS_INIT(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    assert_ok(xbits_manager_open(&options, &manager));
    *state = manager;
    return 0;
}

static int close_memory(void **state)
{
    xbits_manager_close(*state);
    return 0;
}

static struct xbits_id add_job(struct xbits_manager *manager, const char *name)
{
    struct xbits_job *job;
    struct xbits_id id;

    assert_ok(xbits_job_create(manager, name, XBITS_TYPE_DOWNLOAD, &job));
    id = *xbits_job_id(job);
    xbits_job_close(job);
    return id;
}

static void assert_finds(struct xbits_manager *manager, const char *word, const struct xbits_id *id)
{
    struct xbits_job *job = NULL;

    assert_ok(find_job(manager, word, &job));

    assert_true(xbits_id_equal(xbits_job_id(job), id));
    xbits_job_close(job);
}

static void a_job_is_found_by_its_guid_in_any_form(void **state)
{
    struct xbits_id id = add_job(*state, "first");
    char text[XBITS_ID_TEXT_SIZE];
    char bare[XBITS_ID_TEXT_SIZE];

    xbits_id_format(&id, text);
    snprintf(bare, sizeof bare, "%.36s", text + 1);
    for (char *c = bare; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'F' ? (char)(*c + ('a' - 'A')) : *c;

    assert_finds(*state, text, &id);
    assert_finds(*state, bare, &id);
}

static void a_job_is_found_by_its_name_when_no_other_has_it(void **state)
{
    struct xbits_id first = add_job(*state, "first");
    struct xbits_id second = add_job(*state, "first and last");

    assert_finds(*state, "first", &first);
    assert_finds(*state, "first and last", &second);
}

static void a_name_that_no_job_has_is_not_found(void **state)
{
    static const char *const words[] = {
        "",
        "Last",
        "las",
        "last ",
        "{00000000-0000-0000-0000-000000000000}",
        "f3a1b2c4-0000-4000-8000-0123456789ab",
    };
    struct xbits_job *job = NULL;

    add_job(*state, "last");

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_fails(XBITS_BG_E_NOT_FOUND, find_job(*state, words[i], &job));
    assert_fails(XBITS_E_INVALIDARG, find_job(*state, "a\xFF", &job));
    assert_null(job);
}

static void several_jobs_of_a_name_are_listed(void **state)
{
    struct xbits_id first = add_job(*state, "twin");
    struct xbits_id second = add_job(*state, "twin");
    struct xbits_job *job = NULL;
    char text[XBITS_ID_TEXT_SIZE];

    assert_fails(XBITS_E_INVALIDARG, find_job(*state, "twin", &job));

    assert_null(job);
    assert_message("2 jobs have the name \"twin\"");
    assert_message(xbits_id_format(&first, text));
    assert_message(xbits_id_format(&second, text));
}

static void a_long_list_of_namesakes_says_that_it_goes_on(void **state)
{
    struct xbits_job *job = NULL;
    char name[257];

    memset(name, 'n', 256);
    name[256] = '\0';
    for (int i = 0; i < 20; i++)
        add_job(*state, name);

    assert_fails(XBITS_E_INVALIDARG, find_job(*state, name, &job));

    assert_message("20 jobs have the name");
    assert_message(", ...");
}

static void a_password_in_a_word_out_of_place_is_not_repeated(void **state)
{
    struct xbits_job *job = NULL;

    assert_fails(XBITS_BG_E_NOT_FOUND, find_job(*state, "http://me:w0rd@h/a", &job));

    assert_message("http://me:***@h/a");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_memory, close_memory)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_job_is_found_by_its_guid_in_any_form),
        TEST(a_job_is_found_by_its_name_when_no_other_has_it),
        TEST(a_name_that_no_job_has_is_not_found),
        TEST(several_jobs_of_a_name_are_listed),
        TEST(a_long_list_of_namesakes_says_that_it_goes_on),
        TEST(a_password_in_a_word_out_of_place_is_not_repeated),
    };

    return run_tests("find_job", tests);
}
