/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"

#include "base/disk.h"
#include "base/secret.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#include <string.h>
#include <unistd.h>

/* Who sees what is secret of a job, here the command line of its notifications. */

#define PARAMETERS "tell --token 9f8e7d6c"

struct fixture {
    struct temp_directory directory;
    struct backend_connection *connection; /* The owner's. */
    struct xbits_id job;
};

static void open_as(struct fixture *fixture, const char *principal,
                    struct backend_connection **connection_out)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.source = "script";
    options.seed = 1;
    options.principal = principal;
    options.queue = fixture->directory.path;
    assert_ok(sim_backend_open_on(&options, disk_system(), connection_out));
}

/* A user's job with a command line; the connection holds it. */
static int begin(void **state)
{
    static const struct xbits_value command = { .kind = XBITS_KIND_COMMAND,
                                                .as.command = { "/bin/true", PARAMETERS } };
    static struct fixture fixture;
    const struct backend *slots;

    fixture = (struct fixture){ 0 };
    temp_directory_make(&fixture.directory);
    open_as(&fixture, "user", &fixture.connection);
    slots = fixture.connection->backend;
    assert_ok(slots->create_job(fixture.connection, "job", XBITS_TYPE_DOWNLOAD, &fixture.job));
    assert_ok(slots->set_job_property(fixture.connection, &fixture.job,
                                      XBITS_JOB_NOTIFY_COMMAND_LINE, &command));
    *state = &fixture;
    return 0;
}

static void close_queue(struct fixture *fixture)
{
    const struct backend *slots = fixture->connection->backend;

    slots->release_job(fixture->connection, &fixture->job);
    slots->close(fixture->connection);
    fixture->connection = NULL;
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    if (fixture->connection != NULL)
        close_queue(fixture);
    temp_directory_remove(&fixture->directory);
    return 0;
}

static void reopen(struct fixture *fixture)
{
    open_as(fixture, "user", &fixture->connection);
    assert_ok(fixture->connection->backend->hold_job(fixture->connection, &fixture->job));
}

static xbits_result get_command(const struct fixture *fixture,
                                struct backend_connection *connection, struct xbits_value *value)
{
    return connection->backend->get_job_property(connection, &fixture->job,
                                                 XBITS_JOB_NOTIFY_COMMAND_LINE, value);
}

static void assert_owner_reads_it(const struct fixture *fixture)
{
    struct xbits_value value = { 0 };

    assert_ok(get_command(fixture, fixture->connection, &value));
    assert_string_equal(value.as.command.parameters, PARAMETERS);
    xbits_value_dispose(&value);
}

static void the_owner_reads_a_secret_and_an_administrator_does_not(void **state)
{
    struct fixture *fixture = *state;
    struct backend_connection *other = NULL;
    struct xbits_value value = { 0 };

    open_as(fixture, "service", &other);
    assert_ok(other->backend->hold_job(other, &fixture->job));

    assert_fails(XBITS_E_ACCESSDENIED, get_command(fixture, other, &value));
    assert_message("notify-command-line is told to the owner");
    assert_int_equal(value.kind, XBITS_KIND_NONE);
    assert_ok(other->backend->get_job_property(other, &fixture->job, XBITS_JOB_OWNER, &value));
    assert_owner_reads_it(fixture);
    xbits_value_dispose(&value);
    other->backend->release_job(other, &fixture->job);
    other->backend->close(other);
}

static void a_secret_survives_its_process(void **state)
{
    struct fixture *fixture = *state;

    if (!secret_is_available())
        skip();
    close_queue(fixture);
    reopen(fixture);

    assert_owner_reads_it(fixture);
}

/* All of the command line, so that no program is run with parameters that nobody gave. */
static void without_its_key_a_job_has_no_command_line(void **state)
{
    struct fixture *fixture = *state;
    struct xbits_value value = { 0 };
    char path[TEMP_PATH_SIZE];

    close_queue(fixture);
    (void)unlink(temp_directory_join(&fixture->directory, "secret.key", path));
    reopen(fixture);

    assert_result(XBITS_S_FALSE, get_command(fixture, fixture->connection, &value));
    assert_int_equal(value.kind, XBITS_KIND_NONE);
}

#define SECRET_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SECRET_TEST(the_owner_reads_a_secret_and_an_administrator_does_not),
        SECRET_TEST(a_secret_survives_its_process),
        SECRET_TEST(without_its_key_a_job_has_no_command_line),
    };

    return run_tests("sim secret", tests);
}
