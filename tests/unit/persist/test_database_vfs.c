/* SPDX-License-Identifier: MIT */
#include "persist/database_vfs.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define PATH "/queue/queue.db"

/* A database on a disk in memory, and on top of that a disk that can be told to fail. */
struct fixture {
    struct disk *power;
    struct disk *disk;
    struct database_vfs *vfs;
    sqlite3 *database;
};

static int execute(struct fixture *fixture, const char *text)
{
    return sqlite3_exec(fixture->database, text, NULL, NULL, NULL);
}

static int open_database(struct fixture *fixture)
{
    int code = sqlite3_open_v2(PATH, &fixture->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                               database_vfs_name(fixture->vfs));

    if (code == SQLITE_OK)
        code = execute(fixture, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                                "PRAGMA synchronous=FULL");
    if (code == SQLITE_OK)
        code = execute(fixture, "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT)");
    return code;
}

static void close_database(struct fixture *fixture)
{
    assert_int_equal(sqlite3_close(fixture->database), SQLITE_OK);
    fixture->database = NULL;
}

static void set_up(struct fixture *fixture, uint64_t seed)
{
    memset(fixture, 0, sizeof(*fixture));
    fixture->power = disk_power_new(seed);
    assert_ok(disk_make_directory(fixture->power, "/queue"));
    assert_ok(disk_faulty_new(fixture->power, &fixture->disk));
    assert_ok(database_vfs_new(fixture->disk, &fixture->vfs));
}

static void tear_down(struct fixture *fixture)
{
    close_database(fixture);
    database_vfs_free(fixture->vfs);
    disk_faulty_free(fixture->disk);
    disk_power_free(fixture->power);
}

static int64_t ask(struct fixture *fixture, const char *question)
{
    sqlite3_stmt *statement = NULL;
    int64_t answer;

    assert_int_equal(sqlite3_prepare_v2(fixture->database, question, -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

static void assert_intact(struct fixture *fixture)
{
    assert_int_equal(ask(fixture, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
}

static void a_database_is_kept_on_the_disk_that_is_passed_in(void **state)
{
    struct fixture fixture;
    struct disk_stat stat;

    (void)state;
    set_up(&fixture, 1);
    assert_int_equal(open_database(&fixture), SQLITE_OK);
    assert_int_equal(execute(&fixture, "INSERT INTO t VALUES (1, 'one'), (2, 'two')"), SQLITE_OK);
    assert_int_equal(ask(&fixture, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    close_database(&fixture);

    assert_ok(disk_stat(fixture.power, PATH, &stat));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, disk_stat(fixture.power, PATH "-wal", &stat));
    assert_int_equal(open_database(&fixture), SQLITE_OK);
    assert_int_equal(ask(&fixture, "SELECT sum(a) FROM t"), 3);
    tear_down(&fixture);
}

static void large_sorts_find_room_elsewhere(void **state)
{
    struct fixture fixture;

    (void)state;
    set_up(&fixture, 1);
    assert_int_equal(open_database(&fixture), SQLITE_OK);
    assert_int_equal(execute(&fixture, "PRAGMA cache_size=10; PRAGMA temp_store=FILE"), SQLITE_OK);

    assert_int_equal(execute(&fixture,
                             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE "
                             "i < 5000) INSERT INTO t SELECT i, hex(randomblob(100)) FROM n"),
                     SQLITE_OK);

    assert_int_equal(ask(&fixture, "SELECT count(*) FROM (SELECT b FROM t ORDER BY b)"), 5000);
    tear_down(&fixture);
}

static void the_disks_failures_have_sqlites_names(void **state)
{
    static const struct {
        const char *operation;
        const char *path_part;
        xbits_result result;
        int code;
    } rows[] = {
        { "write_at", "-wal", XBITS_ERROR_DISK_FULL, SQLITE_FULL },
        { "write_at", "-wal", XBITS_ERROR_DISK_QUOTA_EXCEEDED, SQLITE_FULL },
        { "write_at", "-wal", XBITS_ERROR_IO_DEVICE, SQLITE_IOERR_WRITE },
        { "sync", "-wal", XBITS_ERROR_IO_DEVICE, SQLITE_IOERR_FSYNC },
        { "sync", "-wal", XBITS_ERROR_DISK_FULL, SQLITE_FULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct disk_fault fault = { .operation = rows[i].operation,
                                    .path_part = rows[i].path_part,
                                    .nth = 1,
                                    .kind = DISK_FAULT_FAIL,
                                    .result = rows[i].result };
        struct fixture fixture;

        set_up(&fixture, 1);
        assert_int_equal(open_database(&fixture), SQLITE_OK);
        assert_int_equal(database_vfs_failure(fixture.vfs)->result, XBITS_S_OK);
        assert_ok(disk_faulty_add(fixture.disk, &fault));

        assert_int_not_equal(execute(&fixture, "INSERT INTO t VALUES (1, 'one')"), SQLITE_OK);

        assert_int_equal(sqlite3_extended_errcode(fixture.database), rows[i].code);
        assert_int_equal(database_vfs_failure(fixture.vfs)->result, rows[i].result);
        assert_int_equal(execute(&fixture, "INSERT INTO t VALUES (2, 'two')"), SQLITE_OK);
        assert_int_equal(ask(&fixture, "SELECT sum(a) FROM t"), 2);
        tear_down(&fixture);
    }
}

static void a_database_that_cannot_be_opened_tells_the_disks_reason(void **state)
{
    struct disk_fault fault = { .operation = "open",
                                .path_part = "queue.db",
                                .nth = 1,
                                .kind = DISK_FAULT_FAIL,
                                .result = XBITS_E_ACCESSDENIED };
    struct fixture fixture;

    (void)state;
    set_up(&fixture, 1);
    assert_ok(disk_faulty_add(fixture.disk, &fault));

    assert_int_equal(open_database(&fixture), SQLITE_CANTOPEN);

    assert_int_equal(database_vfs_failure(fixture.vfs)->result, XBITS_E_ACCESSDENIED);
    tear_down(&fixture);
}

/* Rows 1, 2, 3, ... each in a commit of its own, with checkpoints between; returns how many were
 * acknowledged. */
static int64_t insert_rows(struct fixture *fixture, int64_t first, int64_t last)
{
    char text[160];

    for (int64_t row = first; row <= last; row++) {
        snprintf(text, sizeof(text), "INSERT INTO t VALUES (%" PRId64 ", hex(randomblob(1500)))",
                 row);
        if (execute(fixture, text) != SQLITE_OK)
            return row - 1;
        if (row % 5 == 0)
            (void)execute(fixture, "PRAGMA wal_checkpoint(PASSIVE)");
    }
    return last;
}

/* True when the rows were all written before the power went. */
static bool cut_and_reopen(uint64_t seed, uint64_t operation, enum disk_power_end end)
{
    struct fixture fixture;
    int64_t acknowledged;
    int64_t found;
    bool was_off;

    set_up(&fixture, seed);
    assert_int_equal(open_database(&fixture), SQLITE_OK);
    assert_ok(disk_sync_directory(fixture.power, "/queue"));
    disk_power_end_after(fixture.power, operation, end);
    acknowledged = insert_rows(&fixture, 1, 12);
    was_off = disk_power_is_off(fixture.power);
    (void)sqlite3_close(fixture.database);
    disk_power_end_after(fixture.power, 0, end);
    disk_power_restore(fixture.power);

    assert_int_equal(open_database(&fixture), SQLITE_OK);
    assert_intact(&fixture);
    found = ask(&fixture, "SELECT coalesce(max(a), 0) FROM t");
    assert_int_equal(ask(&fixture, "SELECT count(*) FROM t"), found);
    assert_in_range(found, acknowledged, acknowledged + 1);
    tear_down(&fixture);
    return !was_off;
}

static void what_was_committed_survives_a_cut_at_any_operation(void **state)
{
    static const enum disk_power_end ends[] = { DISK_POWER_CUT, DISK_POWER_KILL };
    unsigned cuts = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        for (size_t i = 0; i < 2; i++) {
            for (uint64_t operation = 1; !cut_and_reopen(seed, operation, ends[i]); operation++)
                cuts++;
        }
    }
    assert_true(cuts > 300);
    print_message("%u cuts\n", cuts);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_database_is_kept_on_the_disk_that_is_passed_in),
        cmocka_unit_test(large_sorts_find_room_elsewhere),
        cmocka_unit_test(the_disks_failures_have_sqlites_names),
        cmocka_unit_test(a_database_that_cannot_be_opened_tells_the_disks_reason),
        cmocka_unit_test(what_was_committed_survives_a_cut_at_any_operation),
    };

    return run_tests("database on a disk passed in", tests);
}
