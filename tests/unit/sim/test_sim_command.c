/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Notification commands beside a worker, in real time. A command that has to run on waits at a
 * named pipe until the test writes into it.
 */
struct fixture {
    struct temp_directory directory;
    struct backend_connection *connection;
    struct xbits_id job;
};

static const char origin[] = "[resource a]\n"
                             "url = http://origin.test/a\n"
                             "size = 1000\n"
                             "pattern = 7\n"
                             "last_modified = Sat, 21 Nov 2026 09:30:00 GMT\n";

static const struct backend *slots(const struct fixture *fixture)
{
    return fixture->connection->backend;
}

static void set_up(struct fixture *fixture)
{
    struct xbits_options options;
    struct xbits_value ini = xbits_value_text(origin);
    char local_name[TEMP_PATH_SIZE];
    struct xbits_file_spec spec = { .remote_name = "http://origin.test/a",
                                    .local_name = local_name };

    memset(fixture, 0, sizeof(*fixture));
    temp_directory_make(&fixture->directory);
    temp_directory_join(&fixture->directory, "a.bin", local_name);
    XBITS_INIT(&options);
    options.source = "script";
    options.seed = 1;
    assert_ok(sim_backend_open_on(&options, disk_system(), &fixture->connection));
    assert_ok(slots(fixture)->set_world_property(fixture->connection, XBITS_WORLD_ORIGIN, &ini));
    assert_ok(
        slots(fixture)->create_job(fixture->connection, "job", XBITS_TYPE_DOWNLOAD, &fixture->job));
    assert_ok(slots(fixture)->add_files(fixture->connection, &fixture->job, &spec, 1));
}

static void set_script(struct fixture *fixture, const char *script)
{
    char parameters[1024];
    struct xbits_value value = { .kind = XBITS_KIND_COMMAND,
                                 .as.command = { "/bin/sh", parameters } };

    snprintf(parameters, sizeof(parameters), "sh -c \"%s\" %s", script, fixture->directory.path);
    assert_ok(slots(fixture)->set_job_property(fixture->connection, &fixture->job,
                                               XBITS_JOB_NOTIFY_COMMAND_LINE, &value));
}

static void resume(struct fixture *fixture)
{
    assert_ok(slots(fixture)->ask(fixture->connection, &fixture->job, REQUEST_RESUME));
}

static void make_pipe(struct fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];

    assert_int_equal(mkfifo(temp_directory_join(&fixture->directory, name, path), 0600), 0);
}

/* Opening a pipe waits for who opens its other end. */
static void meet(struct fixture *fixture, const char *name, const char *mode)
{
    char path[TEMP_PATH_SIZE];
    FILE *pipe = fopen(temp_directory_join(&fixture->directory, name, path), mode);

    assert_non_null(pipe);
    fclose(pipe);
}

static bool is_exit_event(const struct xbits_event *event, void *user)
{
    *(bool *)user = *(bool *)user || event->id == XBITS_EVENT_COMMAND_EXIT;
    return true;
}

static void the_queue_goes_on_while_a_command_runs(void **state)
{
    struct fixture fixture;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct xbits_id second;
    bool has_ended = false;
    (void)state;

    set_up(&fixture);
    make_pipe(&fixture, "started");
    make_pipe(&fixture, "go");
    set_script(&fixture, ": > $0/started; : < $0/go; exit 5");
    resume(&fixture);
    meet(&fixture, "started", "r");
    assert_ok(
        slots(&fixture)->create_job(fixture.connection, "second", XBITS_TYPE_DOWNLOAD, &second));
    assert_ok(slots(&fixture)->ask(fixture.connection, &second, REQUEST_SUSPEND));
    assert_ok(slots(&fixture)->ask(fixture.connection, &second, REQUEST_CANCEL));
    meet(&fixture, "go", "w");

    XBITS_INIT(&change);
    while (!has_ended) {
        assert_ok(slots(&fixture)->read_events(fixture.connection, 0, is_exit_event, &has_ended));
        (void)slots(&fixture)->next_change(
            fixture.connection, &cursor, slots(&fixture)->now_ms(fixture.connection) + 10, &change);
    }
    slots(&fixture)->close(fixture.connection);
    temp_directory_remove(&fixture.directory);
}

static void a_queue_that_closes_leaves_its_commands_running(void **state)
{
    struct fixture fixture;
    (void)state;

    set_up(&fixture);
    make_pipe(&fixture, "started");
    make_pipe(&fixture, "go");
    make_pipe(&fixture, "done");
    set_script(&fixture, ": > $0/started; : < $0/go; : > $0/done");
    resume(&fixture);
    meet(&fixture, "started", "r");

    slots(&fixture)->close(fixture.connection);

    meet(&fixture, "go", "w");
    meet(&fixture, "done", "r");
    temp_directory_remove(&fixture.directory);
}

static void a_program_that_is_not_there_does_not_stop_the_queue(void **state)
{
    struct xbits_value value = { .kind = XBITS_KIND_COMMAND,
                                 .as.command = { "/no/such/program", NULL } };
    struct fixture fixture;
    (void)state;

    set_up(&fixture);
    assert_ok(slots(&fixture)->set_job_property(fixture.connection, &fixture.job,
                                                XBITS_JOB_NOTIFY_COMMAND_LINE, &value));
    resume(&fixture);
    assert_ok(slots(&fixture)->ask(fixture.connection, &fixture.job, REQUEST_CANCEL));

    slots(&fixture)->close(fixture.connection);
    temp_directory_remove(&fixture.directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_queue_goes_on_while_a_command_runs),
        cmocka_unit_test(a_queue_that_closes_leaves_its_commands_running),
        cmocka_unit_test(a_program_that_is_not_there_does_not_stop_the_queue),
    };

    return run_tests("sim_command", tests);
}
