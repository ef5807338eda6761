/* SPDX-License-Identifier: MIT */
#include "store/download/store_database.h"

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define USER "/user"

static int begin(void **state)
{
    struct disk *disk = disk_power_new(1);

    *state = disk;
    return XBITS_FAILED(disk_make_directory(disk, USER));
}

static int end(void **state)
{
    disk_power_free(*state);
    return 0;
}

static void change(struct disk *disk, const char *sql)
{
    const struct database_options options = { .path = USER "/store.db", .disk = disk };
    struct database *database = NULL;

    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, sql));
    database_close(database);
}

static void version_1_keeps_its_jobs_and_gets_items(void **state)
{
    struct disk *disk = *state;
    struct database *database = NULL;
    int64_t jobs = 0;
    int64_t items = -1;

    change(disk, "CREATE TABLE adopted_job (job BLOB PRIMARY KEY, is_present INTEGER NOT NULL) "
                 "STRICT, WITHOUT ROWID; INSERT INTO adopted_job VALUES (zeroblob(16), 1);"
                 "PRAGMA application_id = 1480741716; PRAGMA user_version = 1");

    assert_ok(store_database_open(USER, disk, false, &database));
    assert_ok(database_number(database, "SELECT count(*) FROM adopted_job", &jobs));
    assert_ok(database_number(database, "SELECT count(*) FROM item", &items));
    database_close(database);
    assert_int_equal(jobs, 1);
    assert_int_equal(items, 0);
}

static void a_reader_finds_no_items_in_version_1_and_refuses_a_newer_one(void **state)
{
    struct disk *disk = *state;
    struct database *database = NULL;

    change(disk, "CREATE TABLE adopted_job (job BLOB PRIMARY KEY, is_present INTEGER NOT NULL) "
                 "STRICT, WITHOUT ROWID;"
                 "PRAGMA application_id = 1480741716; PRAGMA user_version = 1");
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, store_database_open(USER, disk, true, &database));
    change(disk, "PRAGMA user_version = 99");
    assert_fails(XBITS_ERROR_REVISION_MISMATCH, store_database_open(USER, disk, true, &database));

    assert_null(database);
}

static void a_table_that_is_missing_is_damage(void **state)
{
    static const char *const changes[] = {
        "DROP TABLE item",
        "CREATE TABLE item (number INTEGER)",
        "DROP TABLE item; DROP TABLE collection",
    };
    struct disk *disk = *state;

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct database *database = NULL;

        if (i == 0) {
            assert_ok(store_database_open(USER, disk, false, &database));
            database_close(database);
            database = NULL;
        }
        change(disk, changes[i]);
        assert_fails(XBITS_BG_E_DATABASE_CORRUPT,
                     store_database_open(USER, disk, false, &database));
        assert_null(database);
    }
}

static void a_reader_makes_nothing(void **state)
{
    struct disk *disk = *state;
    struct database *database = NULL;
    bool is_taken = true;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, store_database_open(USER, disk, true, &database));
    assert_ok(disk_is_taken(disk, USER "/store.db", &is_taken));
    assert_false(is_taken);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(version_1_keeps_its_jobs_and_gets_items, begin, end),
        cmocka_unit_test_setup_teardown(
            a_reader_finds_no_items_in_version_1_and_refuses_a_newer_one, begin, end),
        cmocka_unit_test_setup_teardown(a_table_that_is_missing_is_damage, begin, end),
        cmocka_unit_test_setup_teardown(a_reader_makes_nothing, begin, end),
    };

    return run_tests("store database", tests);
}
