/* SPDX-License-Identifier: MIT */
#include "store/session.h"

#include <string.h>

#include "store/download/store_database.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define USER "/user"
#define MANY 300

struct fixture {
    struct disk *disk;
    struct database *database;
    struct session *session;
};

static xbits_result open_session(struct fixture *fixture)
{
    TRY(store_database_open(USER, fixture->disk, false, &fixture->database));
    return session_open(fixture->database, &fixture->session);
}

static void close_session(struct fixture *fixture)
{
    session_close(fixture->session);
    fixture->session = NULL;
    database_close(fixture->database);
    fixture->database = NULL;
}

static int begin(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .disk = disk_power_new(1) };
    *state = &fixture;
    return XBITS_FAILED(disk_make_directory(fixture.disk, USER)) ||
           XBITS_FAILED(open_session(&fixture));
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    close_session(fixture);
    disk_power_free(fixture->disk);
    return 0;
}

static void reopen(struct fixture *fixture)
{
    close_session(fixture);
    assert_ok(open_session(fixture));
}

/* In no order of their own. */
static struct xbits_id job_of(uint32_t number)
{
    return (struct xbits_id){ .data1 = number * 2654435761u, .data4 = { (uint8_t)number } };
}

static void remember(struct fixture *fixture, uint32_t number)
{
    struct xbits_id job = job_of(number);

    assert_ok(session_remember(fixture->session, &job));
}

static void forget(struct fixture *fixture, uint32_t number)
{
    struct xbits_id job = job_of(number);

    assert_ok(session_forget(fixture->session, &job));
}

static bool has_inherited(struct fixture *fixture, uint32_t number)
{
    struct xbits_id job = job_of(number);

    return session_has_inherited(fixture->session, &job);
}

static void the_first_session_inherits_nothing(void **state)
{
    struct fixture *fixture = *state;

    assert_false(has_inherited(fixture, 1));
    remember(fixture, 1);
    assert_ok(session_commit(fixture->session));

    assert_false(has_inherited(fixture, 1));
}

static void the_next_session_inherits_what_this_one_adopts(void **state)
{
    struct fixture *fixture = *state;

    for (uint32_t i = 0; i < MANY; i += 2)
        remember(fixture, i);
    assert_ok(session_commit(fixture->session));
    reopen(fixture);

    for (uint32_t i = 0; i < MANY; i++)
        assert_true(has_inherited(fixture, i) == (i % 2 == 0));
}

static void what_is_not_committed_is_not_inherited(void **state)
{
    struct fixture *fixture = *state;

    remember(fixture, 1);
    reopen(fixture);

    assert_false(has_inherited(fixture, 1));
}

static void what_is_over_is_not_inherited(void **state)
{
    struct fixture *fixture = *state;

    remember(fixture, 1);
    remember(fixture, 2);
    assert_ok(session_commit(fixture->session));
    forget(fixture, 1);
    forget(fixture, 3);
    assert_ok(session_commit(fixture->session));
    reopen(fixture);

    assert_false(has_inherited(fixture, 1));
    assert_true(has_inherited(fixture, 2));
}

static void what_is_inherited_stays_so_in_a_session(void **state)
{
    struct fixture *fixture = *state;

    remember(fixture, 1);
    assert_ok(session_commit(fixture->session));
    reopen(fixture);
    forget(fixture, 1);
    assert_ok(session_commit(fixture->session));

    assert_true(has_inherited(fixture, 1));
}

static void inherited_jobs_are_kept_while_they_are_seen(void **state)
{
    struct fixture *fixture = *state;

    for (uint32_t i = 1; i <= 3; i++)
        remember(fixture, i);
    assert_ok(session_commit(fixture->session));
    for (int session = 0; session < 3; session++) {
        reopen(fixture);
        remember(fixture, 2);
        assert_ok(session_forget_others(fixture->session));
        assert_ok(session_commit(fixture->session));
        assert_true(has_inherited(fixture, 1) == (session == 0));
        assert_true(has_inherited(fixture, 2));
    }
}

/* A session that never came to look at the queue forgets nothing. */
static void a_session_that_saw_nothing_passes_on_what_it_inherited(void **state)
{
    struct fixture *fixture = *state;

    remember(fixture, 1);
    assert_ok(session_commit(fixture->session));
    reopen(fixture);
    reopen(fixture);

    assert_true(has_inherited(fixture, 1));
}

static void a_killed_session_has_told_what_it_committed(void **state)
{
    struct fixture *fixture = *state;

    remember(fixture, 1);
    assert_ok(session_commit(fixture->session));
    remember(fixture, 2);
    disk_power_end_after(fixture->disk, 0, DISK_POWER_KILL);
    close_session(fixture);
    disk_power_restore(fixture->disk);
    reopen(fixture);

    assert_true(has_inherited(fixture, 1));
    assert_false(has_inherited(fixture, 2));
}

static void a_commit_of_nothing_is_fine(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(session_commit(fixture->session));
    assert_ok(session_commit(fixture->session));
    session_close(NULL);
}

static void write_store(struct fixture *fixture, const void *bytes, size_t size)
{
    struct disk_file *file = NULL;

    assert_ok(disk_open(fixture->disk, USER "/store.db", DISK_OPEN_UPDATE, &file));
    assert_ok(disk_truncate(fixture->disk, file, 0));
    assert_ok(disk_write_at(fixture->disk, file, 0, bytes, size));
    assert_ok(disk_close(fixture->disk, file));
}

static void change_store(struct fixture *fixture, const char *sql)
{
    const struct database_options options = { .path = USER "/store.db", .disk = fixture->disk };
    struct database *database = NULL;

    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, sql));
    database_close(database);
}

static void assert_not_opened(struct fixture *fixture, xbits_result expected)
{
    assert_fails(expected, open_session(fixture));
    assert_message(USER "/store.db");
    assert_null(fixture->session);
    close_session(fixture);
}

static void a_file_that_is_no_database_is_damage(void **state)
{
    static char damage[5000];
    struct fixture *fixture = *state;

    close_session(fixture);
    memset(damage, 'x', sizeof damage);
    write_store(fixture, damage, sizeof damage);

    assert_not_opened(fixture, XBITS_BG_E_DATABASE_CORRUPT);
}

static void an_id_of_another_size_is_damage(void **state)
{
    struct fixture *fixture = *state;

    close_session(fixture);
    change_store(fixture, "INSERT INTO adopted_job VALUES (x'010203', 1)");

    assert_not_opened(fixture, XBITS_BG_E_DATABASE_CORRUPT);
    assert_message("3 bytes");
}

static void a_database_of_something_else_is_damage(void **state)
{
    struct fixture *fixture = *state;

    close_session(fixture);
    change_store(fixture, "PRAGMA application_id = 5");

    assert_not_opened(fixture, XBITS_BG_E_DATABASE_CORRUPT);
}

static void a_database_with_other_tables_is_damage(void **state)
{
    static const char *const changes[] = {
        "DROP TABLE adopted_job",
        "CREATE TABLE adopted_job (job BLOB)",
        "DROP TABLE adopted_job; CREATE TABLE adopted_job (job BLOB, other INTEGER)",
    };
    struct fixture *fixture = *state;

    close_session(fixture);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        change_store(fixture, changes[i]);
        assert_not_opened(fixture, XBITS_BG_E_DATABASE_CORRUPT);
    }
}

static void a_newer_database_is_left_alone(void **state)
{
    struct fixture *fixture = *state;

    close_session(fixture);
    change_store(fixture, "PRAGMA user_version = 99");

    assert_not_opened(fixture, XBITS_ERROR_REVISION_MISMATCH);
}

#define SESSION_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        SESSION_TEST(the_first_session_inherits_nothing),
        SESSION_TEST(the_next_session_inherits_what_this_one_adopts),
        SESSION_TEST(what_is_not_committed_is_not_inherited),
        SESSION_TEST(what_is_over_is_not_inherited),
        SESSION_TEST(what_is_inherited_stays_so_in_a_session),
        SESSION_TEST(inherited_jobs_are_kept_while_they_are_seen),
        SESSION_TEST(a_session_that_saw_nothing_passes_on_what_it_inherited),
        SESSION_TEST(a_killed_session_has_told_what_it_committed),
        SESSION_TEST(a_commit_of_nothing_is_fine),
        SESSION_TEST(a_file_that_is_no_database_is_damage),
        SESSION_TEST(an_id_of_another_size_is_damage),
        SESSION_TEST(a_database_of_something_else_is_damage),
        SESSION_TEST(a_database_with_other_tables_is_damage),
        SESSION_TEST(a_newer_database_is_left_alone),
    };

    return run_tests("session", tests);
}
