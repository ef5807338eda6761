/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "persist/database.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define PROCESSES   6
#define ROUNDS      20
#define PATIENCE_MS 30000

/* Where SQLite locks a byte of a database that is to be written (File Locking And Concurrency). */
#define RESERVED_BYTE 0x40000001

static const char *const scripts[] = {
    "CREATE TABLE a (x INTEGER) STRICT",
    "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1)",
    "ALTER TABLE a ADD COLUMN y INTEGER",
};

static const struct database_schema schema = {
    .what = "test", .application_id = 7, .scripts = scripts, .script_count = 3
};

static int begin(void **state)
{
    static struct temp_directory directory;

    temp_directory_make(&directory);
    *state = &directory;
    return 0;
}

static int end(void **state)
{
    temp_directory_remove(*state);
    return 0;
}

static xbits_result open_file(const char *path, uint32_t busy_ms, bool is_read_only,
                              struct database **database_out)
{
    const struct database_options options = {
        .path = path, .disk = disk_system(), .is_read_only = is_read_only, .busy_ms = busy_ms
    };

    return database_open(&options, database_out);
}

/* What a process does at the same time as others; no assertion may fail in it. */
typedef xbits_result action(const char *path);

/* action */
static xbits_result make_and_put(const char *path)
{
    struct database *database = NULL;
    xbits_result result = open_file(path, PATIENCE_MS, false, &database);

    if (XBITS_SUCCEEDED(result))
        result = database_migrate(database, &schema);
    if (XBITS_SUCCEEDED(result))
        result = database_run(database, "INSERT INTO a VALUES (1, 2)");
    database_close(database);
    return result;
}

/* action: until the database is whole; it may be missing, empty or of an earlier version. */
static xbits_result read_early(const char *path)
{
    xbits_result result;

    do {
        struct database *database = NULL;

        result = open_file(path, PATIENCE_MS, true, &database);
        if (XBITS_SUCCEEDED(result))
            result = database_migrate(database, &schema);
        database_close(database);
    } while (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_REVISION_MISMATCH);
    return result;
}

/* The child begins when nobody can write to the gate any more. */
static pid_t start(action *perform, const char *path, const int gate[2])
{
    pid_t child = fork();
    char ignored;

    if (child == 0) {
        close(gate[1]);
        if (read(gate[0], &ignored, 1) != 0)
            _exit(2);
        if (XBITS_SUCCEEDED(perform(path)))
            _exit(0);
        fprintf(stderr, "%s\n", xbits_last_error()->message);
        _exit(1);
    }
    assert_true(child > 0);
    return child;
}

static void perform_at_once(action *const actions[PROCESSES], const char *path)
{
    pid_t children[PROCESSES];
    int gate[2];

    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < PROCESSES; i++)
        children[i] = start(actions[i], path, gate);
    close(gate[0]);
    close(gate[1]);
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
}

/* The path of a database that is not there yet. */
static const char *name_round(struct temp_directory *directory, int round,
                              char path[TEMP_PATH_SIZE])
{
    char name[32];

    snprintf(name, sizeof(name), "%d.db", round);
    return temp_directory_join(directory, name, path);
}

static void processes_that_make_a_database_at_once_share_it(void **state)
{
    static action *const actions[PROCESSES] = { make_and_put, make_and_put, make_and_put,
                                                make_and_put, make_and_put, make_and_put };
    char path[TEMP_PATH_SIZE];

    for (int round = 0; round < ROUNDS; round++) {
        struct database *database = NULL;
        int64_t number = 0;

        perform_at_once(actions, name_round(*state, round, path));

        assert_ok(open_file(path, 0, false, &database));
        assert_ok(database_number(database, "SELECT count(*) FROM a", &number));
        assert_int_equal(number, PROCESSES);
        assert_ok(database_number(database, "SELECT count(*) FROM b", &number));
        assert_int_equal(number, 1);
        database_close(database);
    }
}

static void readers_of_a_database_that_is_being_made_wait_for_all_of_it(void **state)
{
    static action *const actions[PROCESSES] = { read_early, read_early,   read_early,
                                                read_early, make_and_put, make_and_put };
    char path[TEMP_PATH_SIZE];

    for (int round = 0; round < ROUNDS; round++)
        perform_at_once(actions, name_round(*state, round, path));
}

/* Holds the file until nobody can write to the gate any more. */
static void hold(const char *path, const int ready[2], const int gate[2])
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = RESERVED_BYTE, .l_len = 1
    };
    int file = open(path, O_RDWR);
    char byte = 'x';

    close(gate[1]);
    if (file < 0 || fcntl(file, F_SETLK, &lock) != 0 || write(ready[1], &byte, 1) != 1)
        _exit(1);
    _exit(read(gate[0], &byte, 1) == 0 ? 0 : 1);
}

static void a_new_database_that_another_process_holds_is_busy_in_the_end(void **state)
{
    struct temp_directory *directory = *state;
    struct database *database = NULL;
    char path[TEMP_PATH_SIZE];
    int ready[2];
    int gate[2];
    int status = -1;
    pid_t child;
    char byte = 0;

    temp_directory_write(directory, "held.db", "", 0);
    temp_directory_join(directory, "held.db", path);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(gate), 0);
    child = fork();
    if (child == 0)
        hold(path, ready, gate);
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);

    assert_fails(XBITS_ERROR_BUSY, open_file(path, 0, false, &database));
    assert_fails(XBITS_ERROR_BUSY, open_file(path, 20, false, &database));

    assert_message("held.db");
    close(gate[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_ok(open_file(path, 0, false, &database));
    database_close(database);
    close(ready[0]);
    close(gate[0]);
}

#define DATABASE_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DATABASE_TEST(processes_that_make_a_database_at_once_share_it),
        DATABASE_TEST(readers_of_a_database_that_is_being_made_wait_for_all_of_it),
        DATABASE_TEST(a_new_database_that_another_process_holds_is_busy_in_the_end),
    };

    return run_tests("database processes", tests);
}
