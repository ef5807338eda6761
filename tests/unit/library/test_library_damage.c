/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define PAGE  4096
#define SONGS 500

static bool see_none(const struct xbits_library_entry *entry, void *user)
{
    (void)entry;
    (void)user;
    return true;
}

static xbits_result visit_all(struct xbits_library *library)
{
    return xbits_library_visit_entries(library, NULL, see_none, NULL);
}

/* Nobody can open it, it says what the user can do, and the file is as it was. */
static void assert_left_alone(struct library_fixture *fixture)
{
    static const enum xbits_library_access accesses[] = { XBITS_LIBRARY_EDIT, XBITS_LIBRARY_READ };
    size_t size = 0;
    char *before = temp_directory_read(&fixture->directory, "library.db", &size);

    for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
        struct xbits_library *library = NULL;
        size_t size_after = 0;
        char *after;

        assert_fails(XBITS_BG_E_DATABASE_CORRUPT,
                     xbits_library_open(fixture->directory.path, accesses[i], &library));
        assert_message(fixture->directory.path);
        assert_message("the songs stay where they are");
        assert_null(library);
        after = temp_directory_read(&fixture->directory, "library.db", &size_after);
        assert_int_equal(size, size_after);
        assert_memory_equal(before, after, size);
        free(after);
    }
    free(before);
}

static void garbage_is_left_alone(void **state)
{
    struct library_fixture *fixture = *state;
    char garbage[2 * PAGE];

    library_fixture_close(fixture);
    memset(garbage, 'x', sizeof(garbage));
    temp_directory_write(&fixture->directory, "library.db", garbage, sizeof(garbage));

    assert_left_alone(fixture);
}

/* What SQL can do to a library, so that it is none any more. */
static void a_database_that_is_no_library_is_left_alone(void **state)
{
    static const char *const changes[] = {
        "PRAGMA application_id=1",
        "PRAGMA user_version=0",
        "DROP TABLE hand_over",
        "ALTER TABLE hand_over DROP COLUMN place",
        "ALTER TABLE entry DROP COLUMN genre",
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
        "CREATE VIEW v AS SELECT 1",
    };
    struct library_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        library_fixture_close(fixture);
        run_sql(fixture, changes[i]);

        assert_left_alone(fixture);
        temp_directory_remove(&fixture->directory);
        temp_directory_make(&fixture->directory);
        library_fixture_reopen(fixture);
    }
}

static void a_newer_library_is_refused(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = NULL;
    const char *directory = fixture->directory.path;

    library_fixture_close(fixture);
    run_sql(fixture, "PRAGMA user_version=2");

    assert_fails(XBITS_ERROR_REVISION_MISMATCH,
                 xbits_library_open(directory, XBITS_LIBRARY_EDIT, &library));
    assert_fails(XBITS_ERROR_REVISION_MISMATCH,
                 xbits_library_open(directory, XBITS_LIBRARY_READ, &library));
}

static void fill(struct library_fixture *fixture)
{
    char path[32];
    int64_t number = 0;

    assert_ok(database_begin(fixture->library->database, false));
    for (int i = 0; i < SONGS; i++) {
        const struct library_file file = { .path = path,
                                           .source_url = "https://origin.example/songs/" };

        assert_true(snprintf(path, sizeof(path), "song-%d.mp3", i) > 0);
        assert_ok(library_put(fixture->library, &file, &number));
    }
    assert_ok(database_commit(fixture->library->database));
}

static void damage_that_a_visit_meets_is_told(void **state)
{
    struct library_fixture *fixture = *state;
    size_t size = 0;
    char *bytes;

    fill(fixture);
    library_fixture_close(fixture);
    bytes = temp_directory_read(&fixture->directory, "library.db", &size);
    assert_true(size > 12 * PAGE);
    memset(bytes + 8 * PAGE, 0xFF, size - 8 * PAGE);
    temp_directory_write(&fixture->directory, "library.db", bytes, size);
    free(bytes);
    library_fixture_reopen(fixture);

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, visit_all(fixture->library));
    assert_message("the songs stay where they are");
}

static void a_row_that_no_entry_can_have_is_damage(void **state)
{
    static const char *const changes[] = {
        "UPDATE entry SET kind = 'AUDIO'",
        "UPDATE entry SET kind = ''",
        "UPDATE entry SET kind = 'playlist'",
        "UPDATE entry SET path = '/etc/passwd'",
        "UPDATE entry SET path = '../outside.mp3'",
        "UPDATE entry SET path = 'a/../../outside.mp3'",
        "UPDATE entry SET path = ''",
        "UPDATE entry SET path = CAST(x'61FF' AS TEXT)",
        "UPDATE entry SET node = CAST(x'C080' AS TEXT)",
        "UPDATE entry SET title = CAST(x'FF' AS TEXT)",
        "UPDATE entry SET media_class = CAST(x'EDA080' AS TEXT)",
        "UPDATE entry SET source_url = CAST(x'FF' AS TEXT)",
        "UPDATE entry SET damage = CAST(x'FF' AS TEXT)",
        "UPDATE entry SET file_size = -1",
        "UPDATE entry SET added = -1",
    };
    struct library_fixture *fixture = *state;
    char name[32];

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        run_sql(fixture, "DELETE FROM entry");
        assert_true(snprintf(name, sizeof(name), "entry %lld:",
                             (long long)put_song(fixture->library, "a.mp3", "One")) > 0);
        run_sql(fixture, changes[i]);

        assert_fails(XBITS_BG_E_DATABASE_CORRUPT, visit_all(fixture->library));
        assert_message(name);
    }
}

/* Of a file with tables of its own making: no value there is of the kind that it should be. */
static void values_of_other_kinds_are_read_as_texts(void **state)
{
    struct library_fixture *fixture = *state;
    struct library_copy copy;
    int64_t number = put_song(fixture->library, "a.mp3", "One");

    library_fixture_close(fixture);
    run_sql(fixture, "ALTER TABLE entry DROP COLUMN title");
    run_sql(fixture, "ALTER TABLE entry ADD COLUMN title INTEGER");
    run_sql(fixture, "UPDATE entry SET title = 17, source_url = NULL");
    library_fixture_reopen(fixture);
    copy = copy_entry(fixture->library, number);

    assert_string_equal("17", copy.attributes[XBITS_ATTRIBUTE_TITLE]);
    assert_string_equal("", copy.source_url);
    library_copy_dispose(&copy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, library_fixture_begin, library_fixture_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(garbage_is_left_alone),
        TEST(a_database_that_is_no_library_is_left_alone),
        TEST(a_newer_library_is_refused),
        TEST(damage_that_a_visit_meets_is_told),
        TEST(a_row_that_no_entry_can_have_is_damage),
        TEST(values_of_other_kinds_are_read_as_texts),
    };

    return run_tests("library damage", tests);
}
