/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "library_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define PROCESSES 6
#define ROUNDS    10

static void a_directory_is_made_with_its_parents(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = NULL;
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->directory, "a/b/c/", path);
    assert_ok(xbits_library_open(path, XBITS_LIBRARY_EDIT, &library));

    assert_true(temp_directory_has(&fixture->directory, "a/b/c/library.db"));
    path[strlen(path) - 1] = '\0';
    assert_string_equal(path, library->directory);
    xbits_library_close(library);
}

static void what_is_no_library_is_refused(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = NULL;
    const char *directory = fixture->directory.path;

    assert_fails(XBITS_E_INVALIDARG, xbits_library_open(NULL, XBITS_LIBRARY_EDIT, &library));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_open("music", XBITS_LIBRARY_EDIT, &library));
    assert_message("music");
    assert_fails(XBITS_E_INVALIDARG, xbits_library_open("", XBITS_LIBRARY_EDIT, &library));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_open("/\xFF", XBITS_LIBRARY_EDIT, &library));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_open(directory, XBITS_LIBRARY_EDIT, NULL));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_open(directory, (enum xbits_library_access)7, &library));
    assert_null(library);
    xbits_library_close(NULL);
}

static void a_reader_makes_nothing(void **state)
{
    static const char *const names[] = { "missing", "missing/too", "empty" };
    struct library_fixture *fixture = *state;
    struct xbits_library *library = NULL;
    char path[TEMP_PATH_SIZE];

    assert_int_equal(mkdir(temp_directory_join(&fixture->directory, "empty", path), 0700), 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        temp_directory_join(&fixture->directory, names[i], path);

        assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                     xbits_library_open(path, XBITS_LIBRARY_READ, &library));
        assert_message(path);
    }
    assert_false(temp_directory_has(&fixture->directory, "missing"));
    assert_false(temp_directory_has(&fixture->directory, "empty/library.db"));
}

static void a_file_in_the_place_of_the_directory_is_left_alone(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = NULL;
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "file", "x", 1);
    temp_directory_join(&fixture->directory, "file", path);

    assert_fails(XBITS_ERROR_DIRECTORY, xbits_library_open(path, XBITS_LIBRARY_EDIT, &library));
}

static void entries_are_there_when_it_is_opened_again(void **state)
{
    struct library_fixture *fixture = *state;

    put_song(fixture->library, "a.mp3", "One");
    library_fixture_reopen(fixture);

    assert_titles("One;", fixture->library, NULL);
}

static void a_reader_sees_what_others_put_and_changes_nothing(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *reader = NULL;
    char path[TEMP_PATH_SIZE];
    int64_t number = 0;

    temp_directory_write(&fixture->directory, "a.wpl", "x", 1);
    temp_directory_join(&fixture->directory, "a.wpl", path);
    assert_ok(xbits_library_open(fixture->directory.path, XBITS_LIBRARY_READ, &reader));
    put_song(fixture->library, "a.mp3", "One");
    assert_titles("One;", reader, NULL);
    put_song(fixture->library, "b.mp3", "Two");
    assert_titles("One;Two;", reader, NULL);

    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_library_add_playlist(reader, path, "HarborTunes", true, &number));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_library_tag(reader, path, "HarborTunes"));
    assert_int_equal(number, 0);
    xbits_library_close(reader);
}

static void two_handles_change_it_in_turn(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *other = NULL;
    int64_t first;

    assert_ok(xbits_library_open(fixture->directory.path, XBITS_LIBRARY_EDIT, &other));
    first = put_song(fixture->library, "a.mp3", "One");
    put_song(other, "b.mp3", "Two");
    put_song(fixture->library, "c.mp3", "Three");

    assert_int_equal(put_song(other, "a.mp3", "Other"), first);
    assert_titles("Other;Three;Two;", fixture->library, NULL);
    assert_titles("Other;Three;Two;", other, NULL);
    xbits_library_close(other);
}

/* In a process of its own, in which no assertion may fail. */
static xbits_result open_and_put(const char *directory, const char *path)
{
    const struct library_file file = { .path = path };
    struct xbits_library *library = NULL;
    int64_t number = 0;

    TRY(xbits_library_open(directory, XBITS_LIBRARY_EDIT, &library));
    TRY(database_begin(library->database, true));
    TRY(library_put(library, &file, &number));
    TRY(database_commit(library->database));
    xbits_library_close(library);
    return XBITS_S_OK;
}

static pid_t start_opening(const char *directory, int number)
{
    char path[] = "0.mp3";
    pid_t child = fork();

    path[0] = (char)('0' + number);
    if (child == 0)
        _exit(XBITS_SUCCEEDED(open_and_put(directory, path)) ? 0 : 1);
    assert_true(child > 0);
    return child;
}

static void processes_that_make_a_library_at_once_share_it(void **state)
{
    struct library_fixture *fixture = *state;

    for (int round = 0; round < ROUNDS; round++) {
        char name[] = "new-0";
        char path[TEMP_PATH_SIZE];
        pid_t children[PROCESSES];
        struct xbits_library *library = NULL;

        name[4] = (char)('0' + round);
        temp_directory_join(&fixture->directory, name, path);
        for (int i = 0; i < PROCESSES; i++)
            children[i] = start_opening(path, i);
        for (int i = 0; i < PROCESSES; i++) {
            int status = -1;

            assert_int_equal(waitpid(children[i], &status, 0), children[i]);
            assert_int_equal(status, 0);
        }
        assert_ok(xbits_library_open(path, XBITS_LIBRARY_READ, &library));
        assert_int_equal(count_entries(library), PROCESSES);
        xbits_library_close(library);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, library_fixture_begin, library_fixture_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_directory_is_made_with_its_parents),
        TEST(what_is_no_library_is_refused),
        TEST(a_reader_makes_nothing),
        TEST(a_file_in_the_place_of_the_directory_is_left_alone),
        TEST(entries_are_there_when_it_is_opened_again),
        TEST(a_reader_sees_what_others_put_and_changes_nothing),
        TEST(two_handles_change_it_in_turn),
        TEST(processes_that_make_a_library_at_once_share_it),
    };

    return run_tests("library open", tests);
}
