/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_backend.h"
#include "base/text.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

/*
 * The disk of a queue refuses one operation, or every one from there on, in the middle of each call
 * of the port: whatever was acknowledged is there when the queue is opened again, and what failed
 * works when the disk has room. What a call that failed had written may still be found after it:
 * "failed" says that nobody may rely on it.
 */
#define QUEUE "/state/queue"

/* So many operations fail when the disk stays full. */
#define MANY 300

struct trial {
    struct disk *medium;
    struct disk *disk; /* May fail. */
    struct backend_connection *connection;
    struct xbits_id waiting; /* SUSPENDED, with a file to come. */
    struct xbits_id whole;   /* TRANSFERRED. */
};

/* A cut may take a file that is TRANSFERRED along: then there is only the job that waits. */
enum jobs { JOBS_BOTH, JOBS_WAITING };

struct call {
    const char *name;
    xbits_result (*make)(struct trial *trial);
    enum jobs jobs;
    bool is_request;       /* It may stand until the queue is closed, though it failed. */
    const char *otherwise; /* What else may be there after a failure; NULL: nothing. */
};

/* Where and how it goes wrong, for the message of a failure. */
struct trouble {
    const struct call *call;
    const char *operation;
    uint64_t nth;
    bool stays;
    bool is_cut; /* The power goes after the answer. */
};

static void claim(const struct trouble *trouble, bool is_true, const char *what)
{
    if (is_true)
        return;
    print_error("%s, %s no. %u%s%s: %s (%s)\n", trouble->call->name, trouble->operation,
                (unsigned)trouble->nth, trouble->stays ? " and all after it" : "",
                trouble->is_cut ? ", power cut" : "", what, xbits_last_error()->message);
    fail();
}

static bool is_same(const char *found, const char *wanted)
{
    return wanted != NULL && strcmp(found, wanted) == 0;
}

static void claim_same(const struct trouble *trouble, const char *found, const char *wanted)
{
    if (is_same(found, wanted))
        return;
    print_error("found: %s\nwanted: %s\n", found, wanted);
    claim(trouble, false, "something else is there");
}

static const struct backend *port(const struct trial *trial)
{
    return trial->connection->backend;
}

static xbits_result open_queue(struct trial *trial, enum xbits_access access)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    options.queue = QUEUE;
    options.access = access;
    return sim_backend_open_on(&options, trial->disk, &trial->connection);
}

static void close_queue(struct trial *trial)
{
    if (trial->connection != NULL)
        port(trial)->close(trial->connection);
    trial->connection = NULL;
}

static xbits_result add(struct trial *trial, const struct xbits_id *job, const char *local_name)
{
    struct xbits_file_spec spec = { .remote_name = "http://origin.test/0",
                                    .local_name = local_name };

    return port(trial)->add_files(trial->connection, job, &spec, 1);
}

static void make_job(struct trial *trial, const char *name, const char *local_name,
                     struct xbits_id *job_out)
{
    assert_ok(port(trial)->create_job(trial->connection, name, XBITS_TYPE_DOWNLOAD, job_out));
    assert_ok(add(trial, job_out, local_name));
}

static void set_up(struct trial *trial, enum jobs jobs)
{
    struct xbits_value origin = xbits_value_text("[resource zero]\n"
                                                 "url = http://origin.test/0\n"
                                                 "size = 3000\n");

    memset(trial, 0, sizeof(*trial));
    trial->medium = disk_power_new(1);
    assert_ok(disk_faulty_new(trial->medium, &trial->disk));
    assert_ok(disk_make_directory(trial->disk, "/files"));
    assert_ok(open_queue(trial, XBITS_ACCESS_RUN));
    assert_ok(port(trial)->set_world_property(trial->connection, XBITS_WORLD_ORIGIN, &origin));
    make_job(trial, "waiting", "/files/waiting.bin", &trial->waiting);
    if (jobs == JOBS_BOTH) {
        make_job(trial, "whole", "/files/whole.bin", &trial->whole);
        assert_ok(port(trial)->ask(trial->connection, &trial->whole, REQUEST_RESUME));
        assert_ok(port(trial)->advance(
            trial->connection, port(trial)->now_ms(trial->connection) + 1000, false, NULL, NULL));
    }
    close_queue(trial);
}

static void tear_down(struct trial *trial)
{
    close_queue(trial);
    disk_faulty_free(trial->disk);
    disk_power_free(trial->medium);
}

static xbits_result create(struct trial *trial)
{
    struct xbits_id job;

    return port(trial)->create_job(trial->connection, "new", XBITS_TYPE_DOWNLOAD, &job);
}

static xbits_result add_another(struct trial *trial)
{
    return add(trial, &trial->waiting, "/files/another.bin");
}

static xbits_result describe(struct trial *trial)
{
    struct xbits_value value = xbits_value_text("described");

    return port(trial)->set_job_property(trial->connection, &trial->waiting, XBITS_JOB_DESCRIPTION,
                                         &value);
}

static xbits_result resume(struct trial *trial)
{
    return port(trial)->ask(trial->connection, &trial->waiting, REQUEST_RESUME);
}

static xbits_result suspend(struct trial *trial)
{
    return port(trial)->ask(trial->connection, &trial->whole, REQUEST_SUSPEND);
}

static xbits_result cancel(struct trial *trial)
{
    return port(trial)->ask(trial->connection, &trial->whole, REQUEST_CANCEL);
}

static xbits_result complete(struct trial *trial)
{
    return port(trial)->ask(trial->connection, &trial->whole, REQUEST_COMPLETE);
}

#define WAITING "waiting SUSPENDED \"\" 1 files\n /files/waiting.bin\n"

static const struct call calls[] = {
    { "create_job", create, JOBS_WAITING, false, NULL },
    { "add_files", add_another, JOBS_WAITING, false, NULL },
    { "set_job_property", describe, JOBS_WAITING, false, NULL },
    { "resume", resume, JOBS_WAITING, true, NULL },
    { "suspend", suspend, JOBS_BOTH, true, NULL },
    /* The files have their names already, and wait for a Complete that can say so. */
    { "complete", complete, JOBS_BOTH, true,
      WAITING "whole TRANSFERRED \"\" 1 files\n /files/whole.bin\n/files/whole.bin\n" },
    /* A disk that is too full to say that the job is over gets its space first. */
    { "cancel", cancel, JOBS_BOTH, true, WAITING "whole QUEUED \"\" 1 files\n /files/whole.bin\n" },
};

static bool list_file(const struct xbits_file_snapshot *file, void *user)
{
    assert_ok(text_format(user, " %s\n", file->local_name));
    return true;
}

struct listing {
    struct trial *trial;
    struct text *text;
};

static bool list_job(const struct xbits_job_snapshot *job, void *user)
{
    struct listing *listing = user;

    assert_ok(text_format(listing->text, "%s %s \"%s\" %u files\n", job->display_name,
                          xbits_state_name(job->state), job->description,
                          (unsigned)job->progress.files_total));
    return port(listing->trial)
               ->read_files(listing->trial->connection, &job->id, 0, XBITS_FILE_NONE, list_file,
                            listing->text) == XBITS_S_OK;
}

static void list_path(void *user, const char *path)
{
    if (strncmp(path, "/files/", strlen("/files/")) != 0)
        return;
    /* Temporary names are made by chance. */
    assert_ok(text_format(user, "%s\n", strstr(path, "/BIT") != NULL ? "temporary" : path));
}

/* What there is: jobs in the order of their creation, with their files, and files on the disk. */
static char *describe_all(struct trial *trial)
{
    struct text text = { 0 };
    struct listing listing = { trial, &text };

    assert_ok(port(trial)->read_jobs(trial->connection, XBITS_SCOPE_MINE, list_job, &listing));
    disk_power_visit_files(trial->medium, list_path, &text);
    return text_take(&text);
}

/* What there is before a call and after it when nothing goes wrong. */
struct expected {
    char *before;
    char *after;
};

static struct expected expect(const struct call *call)
{
    struct expected expected;
    struct trial trial;

    set_up(&trial, call->jobs);
    assert_ok(open_queue(&trial, XBITS_ACCESS_EDIT));
    expected.before = describe_all(&trial);
    assert_ok(call->make(&trial));
    expected.after = describe_all(&trial);
    close_queue(&trial);
    assert_ok(open_queue(&trial, XBITS_ACCESS_EDIT));
    free(expected.after);
    expected.after = describe_all(&trial);
    tear_down(&trial);
    return expected;
}

static void fill_disk(struct trial *trial, const struct trouble *trouble)
{
    struct disk_fault fault = { .operation = trouble->operation,
                                .path_part = QUEUE,
                                .kind = DISK_FAULT_FAIL,
                                .result = XBITS_ERROR_DISK_FULL };
    uint64_t count = trouble->stays ? MANY : 1;

    for (fault.nth = trouble->nth; fault.nth < trouble->nth + count; fault.nth++)
        assert_ok(disk_faulty_add(trial->disk, &fault));
}

static void end_owner(struct trial *trial, const struct trouble *trouble)
{
    if (trouble->is_cut)
        disk_power_end_after(trial->medium, 0, DISK_POWER_CUT);
    close_queue(trial);
    disk_faulty_clear(trial->disk);
    if (trouble->is_cut)
        disk_power_restore(trial->medium);
}

static void check(struct trial *trial, const struct trouble *trouble,
                  const struct expected *expected, xbits_result result)
{
    char *found;

    claim(trouble, open_queue(trial, XBITS_ACCESS_EDIT) == XBITS_S_OK, "the queue does not open");
    found = describe_all(trial);
    if (XBITS_SUCCEEDED(result) ||
        !(is_same(found, expected->before) || is_same(found, trouble->call->otherwise)))
        claim_same(trouble, found, expected->after);
    else
        claim(trouble, trouble->call->make(trial) == XBITS_S_OK, "it fails with room on the disk");
    free(found);
    found = describe_all(trial);
    claim_same(trouble, found, expected->after);
    free(found);
}

/* False when the call does not come to an nth operation of the kind. */
static bool try_call(const struct trouble *trouble, const struct expected *expected)
{
    struct trial trial;
    uint64_t count;
    xbits_result result;
    char *seen;

    set_up(&trial, trouble->call->jobs);
    assert_ok(open_queue(&trial, XBITS_ACCESS_EDIT));
    count = disk_faulty_count(trial.disk, trouble->operation);
    fill_disk(&trial, trouble);
    result = trouble->call->make(&trial);
    count = disk_faulty_count(trial.disk, trouble->operation) - count;
    if (XBITS_FAILED(result)) {
        claim(trouble, xbits_last_error()->message[0] != '\0', "no reason is given");
        seen = describe_all(&trial);
        if (!trouble->call->is_request || !is_same(seen, expected->after))
            claim_same(trouble, seen, expected->before);
        free(seen);
    }
    end_owner(&trial, trouble);
    check(&trial, trouble, expected, result);
    tear_down(&trial);
    return trouble->nth <= count;
}

static const char *const operations[] = { "*",    "open", "write_at", "truncate",      "sync",
                                          "stat", "lock", "remove",   "sync_directory" };
#define OPERATION_COUNT (sizeof(operations) / sizeof(operations[0]))

static void try_everywhere(bool stays, bool is_cut)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        struct expected expected;
        unsigned count = 0;

        if (is_cut && calls[i].jobs == JOBS_BOTH)
            continue;
        expected = expect(&calls[i]);
        assert_string_not_equal(expected.before, expected.after);
        for (size_t j = 0; j < OPERATION_COUNT; j++) {
            struct trouble trouble = { .call = &calls[i],
                                       .operation = operations[j],
                                       .nth = 1,
                                       .stays = stays,
                                       .is_cut = is_cut };

            while (try_call(&trouble, &expected))
                trouble.nth++;
            count += (unsigned)trouble.nth - 1;
        }
        print_message("%s: %u\n", calls[i].name, count);
        assert_true(count > 2);
        free(expected.before);
        free(expected.after);
    }
}

static void one_refusal_in_any_call_loses_nothing(void **state)
{
    (void)state;
    try_everywhere(false, false);
}

static void a_disk_that_stays_full_in_any_call_loses_nothing(void **state)
{
    (void)state;
    try_everywhere(true, false);
}

static void a_refusal_and_then_a_power_cut_lose_nothing(void **state)
{
    (void)state;
    try_everywhere(false, true);
}

static const struct call opening = { .name = "open", .jobs = JOBS_WAITING };

/* False when the queue is opened and closed without an nth operation of the kind. */
static bool try_opening(const struct trouble *trouble, const char *before)
{
    struct trial trial;
    uint64_t count;
    char *found;

    set_up(&trial, trouble->call->jobs);
    count = disk_faulty_count(trial.disk, trouble->operation);
    fill_disk(&trial, trouble);
    (void)open_queue(&trial, XBITS_ACCESS_EDIT);
    close_queue(&trial);
    count = disk_faulty_count(trial.disk, trouble->operation) - count;
    end_owner(&trial, trouble);
    claim(trouble, open_queue(&trial, XBITS_ACCESS_EDIT) == XBITS_S_OK, "it does not open again");
    found = describe_all(&trial);
    claim_same(trouble, found, before);
    free(found);
    tear_down(&trial);
    return trouble->nth <= count;
}

static void a_refusal_while_a_queue_is_opened_or_closed_loses_nothing(void **state)
{
    struct expected expected = expect(&calls[0]);

    (void)state;
    for (unsigned kind = 0; kind < 4; kind++) {
        struct trouble trouble = {
            .call = &opening, .operation = "*", .stays = kind % 2 != 0, .is_cut = kind / 2 != 0
        };

        for (trouble.nth = 1; try_opening(&trouble, expected.before); trouble.nth++)
            continue;
        assert_true(trouble.nth > 20);
    }
    free(expected.before);
    free(expected.after);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_refusal_in_any_call_loses_nothing),
        cmocka_unit_test(a_disk_that_stays_full_in_any_call_loses_nothing),
        cmocka_unit_test(a_refusal_and_then_a_power_cut_lose_nothing),
        cmocka_unit_test(a_refusal_while_a_queue_is_opened_or_closed_loses_nothing),
    };

    return run_tests("disk full", tests);
}
