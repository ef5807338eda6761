/* SPDX-License-Identifier: MIT */
#include "persist/database.h"

#include <stdio.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

struct fixture {
    struct temp_directory directory;
    char path[TEMP_PATH_SIZE];
    struct database *database; /* NULL while it is not open. */
};

static int begin(void **state)
{
    static struct fixture fixture;

    temp_directory_make(&fixture.directory);
    temp_directory_join(&fixture.directory, "a %20?b#.db", fixture.path);
    *state = &fixture;
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    database_close(fixture->database);
    fixture->database = NULL;
    temp_directory_remove(&fixture->directory);
    return 0;
}

static xbits_result try_open(const struct fixture *fixture, bool is_read_only,
                             struct database **database_out)
{
    const struct database_options options = {
        .path = fixture->path, .disk = disk_system(), .is_read_only = is_read_only, .busy_ms = 0
    };

    return database_open(&options, database_out);
}

static void open_new(struct fixture *fixture)
{
    database_close(fixture->database);
    fixture->database = NULL;
    assert_ok(try_open(fixture, false, &fixture->database));
}

static int64_t number(struct database *database, const char *sql)
{
    int64_t value = -1;

    assert_ok(database_number(database, sql, &value));
    return value;
}

static const char *const scripts[] = {
    "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)",
    "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1",
    "CREATE TABLE b (z INTEGER) STRICT; INSERT INTO b SELECT y FROM a",
};

static xbits_result migrate(struct fixture *fixture, size_t version)
{
    const struct database_schema schema = {
        .what = "test", .application_id = 7, .scripts = scripts, .script_count = version
    };

    return database_migrate(fixture->database, &schema);
}

static void every_earlier_version_is_brought_up_to_date(void **state)
{
    struct fixture *fixture = *state;

    for (size_t version = 0; version <= 3; version++) {
        open_new(fixture);
        if (version > 0)
            assert_ok(migrate(fixture, version));
        open_new(fixture);

        assert_ok(migrate(fixture, 3));

        assert_int_equal(number(fixture->database, "PRAGMA user_version"), 3);
        assert_int_equal(number(fixture->database, "SELECT z FROM b"), 2);
        assert_int_equal(number(fixture->database, "SELECT count(*) FROM b"), 1);
        end(state);
        begin(state);
    }
}

static void a_step_that_fails_leaves_the_version_before_it(void **state)
{
    static const char *const bad[] = {
        "CREATE TABLE a (x INTEGER) STRICT",
        "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO c VALUES(1)"
    };
    const struct database_schema schema = {
        .what = "test", .application_id = 7, .scripts = bad, .script_count = 2
    };
    struct fixture *fixture = *state;

    open_new(fixture);

    assert_fails(XBITS_E_UNEXPECTED, database_migrate(fixture->database, &schema));

    assert_int_equal(number(fixture->database, "PRAGMA user_version"), 1);
    assert_int_equal(number(fixture->database, "SELECT count(*) FROM sqlite_schema"), 1);
}

static void another_application_or_a_newer_version_is_refused(void **state)
{
    struct fixture *fixture = *state;

    open_new(fixture);
    assert_ok(migrate(fixture, 3));

    assert_fails(XBITS_ERROR_REVISION_MISMATCH, migrate(fixture, 2));
    assert_message("has version 3");
    assert_ok(database_run(fixture->database, "PRAGMA application_id=8"));
    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, migrate(fixture, 3));
    assert_message("is no test of xbits");
}

static void values_come_back(void **state)
{
    struct fixture *fixture = *state;
    struct statement *put = NULL;
    struct statement *get = NULL;
    const void *bytes;
    bool has_row = false;
    size_t size = 0;

    open_new(fixture);
    assert_ok(
        database_run(fixture->database,
                     "CREATE TABLE t (a INTEGER, b INTEGER, c TEXT, d BLOB, e TEXT, f BLOB)"));
    assert_ok(statement_prepare(fixture->database, "INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                &put));
    statement_bind_i64(put, 1, INT64_MIN);
    statement_bind_u64(put, 2, UINT64_MAX);
    statement_bind_text(put, 3, "text");
    statement_bind_bytes(put, 4, "\0\1", 2);
    statement_bind_null(put, 5);
    statement_bind_bytes(put, 6, NULL, 0);
    assert_ok(statement_run(put));
    statement_free(put);

    assert_ok(statement_prepare(fixture->database, "SELECT * FROM t", &get));
    assert_ok(statement_step(get, &has_row));
    assert_true(has_row);
    assert_true(statement_i64(get, 0) == INT64_MIN);
    assert_true(statement_u64(get, 1) == UINT64_MAX);
    assert_string_equal(statement_text(get, 2), "text");
    bytes = statement_bytes(get, 3, &size);
    assert_int_equal(size, 2);
    assert_memory_equal(bytes, "\0\1", 2);
    assert_true(statement_is_null(get, 4));
    assert_null(statement_text(get, 4));
    assert_false(statement_is_null(get, 5));
    statement_bytes(get, 5, &size);
    assert_int_equal(size, 0);
    assert_ok(statement_step(get, &has_row));
    assert_false(has_row);
    statement_free(get);
}

static void a_binding_that_fails_is_told_by_the_step(void **state)
{
    struct fixture *fixture = *state;
    struct statement *statement = NULL;
    bool has_row = false;

    open_new(fixture);
    assert_ok(statement_prepare(fixture->database, "SELECT ?1", &statement));
    statement_bind_i64(statement, 2, 1);

    assert_fails(XBITS_E_FAIL, statement_step(statement, &has_row));
    statement_bind_i64(statement, 1, 5);
    assert_ok(statement_step(statement, &has_row));
    assert_int_equal(statement_i64(statement, 0), 5);
    statement_free(statement);
}

static void a_statement_that_is_prepared_again_remembers_nothing(void **state)
{
    static const char sql[] = "SELECT x + ifnull(?1, 0) FROM t ORDER BY x";
    struct fixture *fixture = *state;
    struct statement *first = NULL;
    struct statement *again = NULL;
    bool has_row = false;

    open_new(fixture);
    assert_ok(database_run(fixture->database, "CREATE TABLE t (x INTEGER);"
                                              "INSERT INTO t VALUES (1), (2)"));
    assert_ok(statement_prepare(fixture->database, sql, &first));
    statement_bind_i64(first, 1, 10);
    assert_ok(statement_step(first, &has_row));
    assert_int_equal(statement_i64(first, 0), 11);
    statement_bind_i64(first, 2, 10); /* Fails, and is not told any more. */
    statement_free(first);

    assert_ok(database_run(fixture->database, "ALTER TABLE t ADD COLUMN y INTEGER;"
                                              "INSERT INTO t VALUES (0, 0)"));
    assert_ok(statement_prepare(fixture->database, sql, &again));
    assert_ok(statement_step(again, &has_row));
    assert_int_equal(statement_i64(again, 0), 0);
    statement_free(again);
}

static void two_statements_of_one_text_are_two(void **state)
{
    struct fixture *fixture = *state;
    struct statement *statements[2] = { NULL, NULL };
    bool has_row = false;

    open_new(fixture);
    for (int i = 0; i < 2; i++) {
        assert_ok(statement_prepare(fixture->database, "SELECT ?1", &statements[i]));
        statement_bind_i64(statements[i], 1, i);
    }
    for (int i = 0; i < 2; i++) {
        assert_ok(statement_step(statements[i], &has_row));
        assert_int_equal(statement_i64(statements[i], 0), i);
        statement_free(statements[i]);
    }
}

static void any_number_of_texts_is_prepared_and_freed(void **state)
{
    struct fixture *fixture = *state;

    open_new(fixture);
    for (int i = 0; i < 100; i++) {
        char sql[32];

        (void)snprintf(sql, sizeof sql, "SELECT %d", i % 40);
        assert_int_equal(number(fixture->database, sql), i % 40);
    }
}

static void what_is_rolled_back_was_never_there(void **state)
{
    struct fixture *fixture = *state;

    open_new(fixture);
    assert_ok(database_run(fixture->database, "CREATE TABLE t (a INTEGER)"));
    assert_ok(database_begin(fixture->database, false));
    assert_ok(database_run(fixture->database, "INSERT INTO t VALUES (1)"));
    database_roll_back(fixture->database);
    assert_ok(database_begin(fixture->database, true));
    assert_ok(database_run(fixture->database, "INSERT INTO t VALUES (2)"));
    assert_ok(database_commit(fixture->database));
    open_new(fixture);

    assert_int_equal(number(fixture->database, "SELECT sum(a) FROM t"), 2);
}

static void a_second_writer_is_told_to_wait(void **state)
{
    struct fixture *fixture = *state;
    struct database *second = NULL;

    open_new(fixture);
    assert_ok(try_open(fixture, false, &second));
    assert_ok(database_begin(fixture->database, false));

    assert_fails(XBITS_ERROR_BUSY, database_begin(second, false));
    assert_message(fixture->path);
    database_roll_back(fixture->database);
    assert_ok(database_begin(second, false));
    database_close(second);
}

static void the_version_changes_with_the_writes_of_others(void **state)
{
    struct fixture *fixture = *state;
    struct database *reader = NULL;
    uint64_t before = 0;
    uint64_t after = 0;

    open_new(fixture);
    assert_ok(database_run(fixture->database, "CREATE TABLE t (a INTEGER)"));
    assert_ok(try_open(fixture, true, &reader));
    assert_ok(database_version(reader, &before));
    assert_ok(database_run(fixture->database, "INSERT INTO t VALUES (1)"));
    assert_ok(database_version(reader, &after));

    assert_true(before != after);
    database_close(reader);
}

static void a_file_without_room_is_a_full_disk(void **state)
{
    struct fixture *fixture = *state;

    open_new(fixture);
    assert_ok(database_run(fixture->database, "CREATE TABLE t (a BLOB); PRAGMA max_page_count=3"));

    assert_fails(XBITS_ERROR_DISK_FULL,
                 database_run(fixture->database, "INSERT INTO t VALUES (zeroblob(100000))"));
    assert_message("full");
}

static void no_trigger_and_no_view_of_a_file_runs(void **state)
{
    struct fixture *fixture = *state;
    int64_t ignored = 0;

    open_new(fixture);
    assert_ok(database_run(fixture->database,
                           "CREATE TABLE t (a INTEGER);"
                           "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END;"
                           "CREATE VIEW v AS SELECT a FROM t;"
                           "INSERT INTO t VALUES (1)"));

    assert_int_equal(number(fixture->database, "SELECT count(*) FROM t"), 1);
    assert_fails(XBITS_E_UNEXPECTED,
                 database_number(fixture->database, "SELECT a FROM v", &ignored));
}

#define DATABASE_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DATABASE_TEST(every_earlier_version_is_brought_up_to_date),
        DATABASE_TEST(a_step_that_fails_leaves_the_version_before_it),
        DATABASE_TEST(another_application_or_a_newer_version_is_refused),
        DATABASE_TEST(values_come_back),
        DATABASE_TEST(a_binding_that_fails_is_told_by_the_step),
        DATABASE_TEST(a_statement_that_is_prepared_again_remembers_nothing),
        DATABASE_TEST(two_statements_of_one_text_are_two),
        DATABASE_TEST(any_number_of_texts_is_prepared_and_freed),
        DATABASE_TEST(what_is_rolled_back_was_never_there),
        DATABASE_TEST(a_second_writer_is_told_to_wait),
        DATABASE_TEST(the_version_changes_with_the_writes_of_others),
        DATABASE_TEST(a_file_without_room_is_a_full_disk),
        DATABASE_TEST(no_trigger_and_no_view_of_a_file_runs),
    };

    return run_tests("database", tests);
}
