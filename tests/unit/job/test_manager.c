/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void the_first_engine_of_the_list_is_the_default(void **state)
{
    struct xbits_manager *manager;

    (void)state;
    assert_ok(fake_manager_open(NULL, &manager));

    assert_string_equal(xbits_manager_backend_name(manager), "fake");
    assert_int_equal(xbits_manager_time(manager), 10000000);
    xbits_manager_close(manager);
}

static void options_that_make_no_sense_are_refused(void **state)
{
    static const char *const bad_settings[] = { "\xFF", NULL };
    const struct {
        struct xbits_options options;
        const char *message;
    } rows[] = {
        { { .size = 0 }, "XBITS_INIT" },
        { { .size = sizeof(struct xbits_options), .backend = "real" }, "no engine \"real\"" },
        { { .size = sizeof(struct xbits_options), .backend = "absent" }, "not in this build" },
        { { .size = sizeof(struct xbits_options), .backend = "\xFF" }, "not UTF-8" },
        { { .size = sizeof(struct xbits_options), .principal = "\xFF" }, "not UTF-8" },
        { { .size = sizeof(struct xbits_options), .source = "\xFF" }, "not UTF-8" },
        { { .size = sizeof(struct xbits_options), .settings = bad_settings }, "not UTF-8" },
        { { .size = sizeof(struct xbits_options), .clock = (enum xbits_clock)2 }, "no clock" },
    };
    struct xbits_manager *manager = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_fails(XBITS_E_INVALIDARG, fake_manager_open(&rows[i].options, &manager));
        assert_message(rows[i].message);
    }
    assert_fails(XBITS_E_INVALIDARG, fake_manager_open(NULL, NULL));
    assert_null(manager);
}

static void what_the_engine_refuses_is_passed_on(void **state)
{
    struct xbits_options options;
    struct xbits_manager *manager = NULL;

    (void)state;
    XBITS_INIT(&options);
    options.principal = "nobody";
    assert_fails(XBITS_E_ACCESSDENIED, fake_manager_open(&options, &manager));
    assert_null(manager);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    xbits_manager_close(NULL);
    xbits_job_close(NULL);
}

/* A thread that waits in a call of the manager until it is closed. */
struct waiter {
    struct xbits_manager *manager;
    struct xbits_job *job;
    xbits_result result;
};

static void wait_for_a_job(void *user)
{
    struct waiter *waiter = user;

    waiter->result = xbits_job_wait(waiter->job, XBITS_STATES_SETTLED, XBITS_FOREVER, NULL);
}

static void wait_for_a_change(void *user)
{
    struct waiter *waiter = user;
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct xbits_change change;

    XBITS_INIT(&change);
    waiter->result = xbits_manager_next_change(waiter->manager, &cursor, XBITS_FOREVER, &change);
}

static void closing_wakes_who_waits(void (*wait)(void *user))
{
    struct waiter waiter = { .result = XBITS_S_OK };
    struct thread *thread;
    struct fake *fake;

    assert_ok(fake_manager_open(NULL, &waiter.manager));
    assert_ok(xbits_job_create(waiter.manager, "job", XBITS_TYPE_DOWNLOAD, &waiter.job));
    fake = fake_of(waiter.manager);
    fake->blocks = true;
    assert_ok(thread_start(wait, &waiter, &thread));
    fake_await_waiter(fake);

    xbits_manager_close(waiter.manager);
    thread_join(thread);

    assert_int_equal(waiter.result, XBITS_E_ABORT);
    xbits_job_close(waiter.job);
}

static void closing_wakes_a_thread_that_waits_for_a_job(void **state)
{
    (void)state;
    closing_wakes_who_waits(wait_for_a_job);
}

static void closing_wakes_a_thread_that_waits_for_a_change(void **state)
{
    (void)state;
    closing_wakes_who_waits(wait_for_a_change);
}

static void a_job_left_open_answers_abort_after_the_close(void **state)
{
    struct xbits_manager *manager;
    struct xbits_job *job;
    struct xbits_job_snapshot snapshot;
    struct xbits_value value;

    (void)state;
    XBITS_INIT(&snapshot);
    assert_ok(fake_manager_open(NULL, &manager));
    assert_ok(xbits_job_create(manager, "job", XBITS_TYPE_DOWNLOAD, &job));
    xbits_manager_close(manager);

    assert_fails(XBITS_E_ABORT, xbits_job_resume(job));
    assert_fails(XBITS_E_ABORT, xbits_job_read(job, &snapshot));
    assert_fails(XBITS_E_ABORT, xbits_job_wait(job, XBITS_STATES_OPEN, 0, &snapshot));
    assert_fails(XBITS_E_ABORT, xbits_job_get(job, XBITS_JOB_OWNER, &value));
    xbits_job_close(job);
}

static bool count_jobs(const struct xbits_job_snapshot *snapshot, void *user)
{
    unsigned *count = user;

    assert_string_equal(snapshot->display_name, "job");
    (*count)++;
    return *count < 2;
}

static void a_visit_sees_each_job_until_it_has_enough(void **state)
{
    struct xbits_manager *manager;
    struct xbits_job *jobs[3];
    unsigned count = 0;

    (void)state;
    assert_ok(fake_manager_open(NULL, &manager));
    for (size_t i = 0; i < 3; i++)
        assert_ok(xbits_job_create(manager, "job", XBITS_TYPE_DOWNLOAD, &jobs[i]));
    assert_ok(xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, count_jobs, &count));
    assert_int_equal(count, 2);

    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_manager_visit_jobs(manager, XBITS_SCOPE_ALL_USERS, count_jobs, &count));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, NULL, NULL));
    for (size_t i = 0; i < 3; i++)
        xbits_job_close(jobs[i]);
    xbits_manager_close(manager);
}

static void a_new_reader_sees_the_jobs_there_are_and_then_nothing(void **state)
{
    struct xbits_manager *manager;
    struct xbits_job *job;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    (void)state;
    XBITS_INIT(&change);
    assert_ok(fake_manager_open(NULL, &manager));
    assert_ok(xbits_job_create(manager, "job", XBITS_TYPE_DOWNLOAD, &job));

    assert_ok(xbits_manager_next_change(manager, &cursor, 0, &change));
    assert_true(xbits_id_equal(&change.id, xbits_job_id(job)));
    assert_result(XBITS_S_FALSE, xbits_manager_next_change(manager, &cursor, 500, &change));
    assert_int_equal(xbits_manager_time(manager), 15000000);
    xbits_job_close(job);
    xbits_manager_close(manager);
}

static void a_reader_needs_a_cursor_and_an_initialised_change(void **state)
{
    struct xbits_manager *manager;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change = { 0 };

    (void)state;
    assert_ok(fake_manager_open(NULL, &manager));
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_next_change(manager, &cursor, 0, &change));
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_next_change(manager, NULL, 0, &change));
    assert_fails(XBITS_E_INVALIDARG, xbits_manager_next_change(manager, &cursor, 0, NULL));
    xbits_manager_close(manager);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_engine_of_the_list_is_the_default),
        cmocka_unit_test(options_that_make_no_sense_are_refused),
        cmocka_unit_test(what_the_engine_refuses_is_passed_on),
        cmocka_unit_test(closing_nothing_is_fine),
        cmocka_unit_test(closing_wakes_a_thread_that_waits_for_a_job),
        cmocka_unit_test(closing_wakes_a_thread_that_waits_for_a_change),
        cmocka_unit_test(a_job_left_open_answers_abort_after_the_close),
        cmocka_unit_test(a_visit_sees_each_job_until_it_has_enough),
        cmocka_unit_test(a_new_reader_sees_the_jobs_there_are_and_then_nothing),
        cmocka_unit_test(a_reader_needs_a_cursor_and_an_initialised_change),
    };

    return run_tests("manager", tests);
}
