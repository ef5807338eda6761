/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

struct fixture {
    struct xbits_manager *manager;
    struct fake *fake;
    struct xbits_job *job;
    struct xbits_job *other;
    struct xbits_job_snapshot snapshot;
};

static int open_fixture(void **state)
{
    static struct fixture fixture;

    assert_ok(fake_manager_open(NULL, &fixture.manager));
    assert_ok(xbits_job_create(fixture.manager, "job", XBITS_TYPE_DOWNLOAD, &fixture.job));
    assert_ok(xbits_job_create(fixture.manager, "other", XBITS_TYPE_DOWNLOAD, &fixture.other));
    fixture.fake = fake_of(fixture.manager);
    XBITS_INIT(&fixture.snapshot);
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    xbits_job_close(fixture->other);
    xbits_job_close(fixture->job);
    xbits_manager_close(fixture->manager);
    return 0;
}

static void set_steps(struct fixture *fixture, const struct fake_step *steps, size_t count)
{
    fixture->fake->steps = steps;
    fixture->fake->step_count = count;
}

static void a_job_that_is_there_already_is_not_waited_for(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(xbits_job_wait(fixture->job, XBITS_IN(SUSPENDED), 0, &fixture->snapshot));

    assert_int_equal(fixture->snapshot.state, XBITS_STATE_SUSPENDED);
    assert_string_equal(fixture->snapshot.display_name, "job");
    assert_int_equal(fixture->fake->now_ms, 1000);
}

static void a_wait_ends_as_soon_as_the_state_is_in_the_set(void **state)
{
    static const struct fake_step steps[] = {
        { 100, 0, XBITS_STATE_CONNECTING },
        { 100, 0, XBITS_STATE_TRANSFERRING },
        { 100, 0, XBITS_STATE_TRANSFERRED },
        { 100, 0, XBITS_STATE_SUSPENDED },
    };
    struct fixture *fixture = *state;

    set_steps(fixture, steps, 4);
    assert_ok(
        xbits_job_wait(fixture->job, XBITS_STATES_SETTLED, XBITS_FOREVER, &fixture->snapshot));

    assert_int_equal(fixture->snapshot.state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(fixture->fake->now_ms, 1300);
}

static void a_wait_that_runs_out_tells_where_the_job_is(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_TIMEOUT,
                 xbits_job_wait(fixture->job, XBITS_STATES_SETTLED, 5000, &fixture->snapshot));

    assert_message("SUSPENDED");
    assert_int_equal(fixture->snapshot.state, XBITS_STATE_SUSPENDED);
    assert_string_equal(fixture->snapshot.display_name, "job");
    assert_int_equal(fixture->fake->now_ms, 6000);
}

/* Not the length of a wait but its end is kept: other jobs' news must not stretch it. */
static void news_of_other_jobs_neither_end_nor_stretch_a_wait(void **state)
{
    static const struct fake_step steps[] = {
        { 400, 1, XBITS_STATE_TRANSFERRED },
        { 400, 1, XBITS_STATE_SUSPENDED },
        { 400, 1, XBITS_STATE_TRANSFERRED },
    };
    struct fixture *fixture = *state;
    unsigned calls;

    set_steps(fixture, steps, 3);
    calls = fixture->fake->calls;
    assert_fails(XBITS_ERROR_TIMEOUT,
                 xbits_job_wait(fixture->job, XBITS_IN(TRANSFERRED), 1000, NULL));

    assert_int_equal(fixture->fake->now_ms, 2200);
    /* Placing the cursor, three changes and an empty look, and the job itself read twice. */
    assert_int_equal(fixture->fake->calls - calls, 7);
}

static void a_wait_of_no_time_only_looks(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_ERROR_TIMEOUT, xbits_job_wait(fixture->job, XBITS_IN(ERROR), 0, NULL));

    assert_int_equal(fixture->fake->now_ms, 1000);
}

static void a_final_job_outside_the_set_ends_the_wait(void **state)
{
    static const struct fake_step steps[] = { { 100, 0, XBITS_STATE_CANCELLED } };
    struct fixture *fixture = *state;

    set_steps(fixture, steps, 1);
    assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_wait(fixture->job, XBITS_IN(TRANSFERRED),
                                                          XBITS_FOREVER, &fixture->snapshot));

    assert_message("CANCELLED");
    assert_int_equal(fixture->snapshot.state, XBITS_STATE_CANCELLED);
}

static void a_set_without_states_is_refused(void **state)
{
    struct fixture *fixture = *state;

    assert_fails(XBITS_E_INVALIDARG, xbits_job_wait(fixture->job, 0, 1, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_wait(fixture->job, 1u << 20, 1, NULL));
    fixture->snapshot.size = 0;
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_wait(fixture->job, XBITS_IN(ERROR), 1, &fixture->snapshot));
}

struct mover {
    struct fake *fake;
    enum xbits_job_state state;
};

static void move_when_somebody_waits(void *user)
{
    struct mover *mover = user;

    fake_await_waiter(mover->fake);
    fake_move(mover->fake, 0, mover->state);
}

static void a_change_by_another_thread_ends_the_wait(void **state)
{
    struct fixture *fixture = *state;
    struct mover mover = { fixture->fake, XBITS_STATE_ERROR };
    struct thread *thread;

    fixture->fake->blocks = true;
    assert_ok(thread_start(move_when_somebody_waits, &mover, &thread));
    assert_ok(
        xbits_job_wait(fixture->job, XBITS_STATES_SETTLED, XBITS_FOREVER, &fixture->snapshot));
    thread_join(thread);

    assert_int_equal(fixture->snapshot.state, XBITS_STATE_ERROR);
    assert_string_equal(fixture->snapshot.error.message, "nonsense from the server");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_job_that_is_there_already_is_not_waited_for),
        TEST(a_wait_ends_as_soon_as_the_state_is_in_the_set),
        TEST(a_wait_that_runs_out_tells_where_the_job_is),
        TEST(news_of_other_jobs_neither_end_nor_stretch_a_wait),
        TEST(a_wait_of_no_time_only_looks),
        TEST(a_final_job_outside_the_set_ends_the_wait),
        TEST(a_set_without_states_is_refused),
        TEST(a_change_by_another_thread_ends_the_wait),
    };

    return run_tests("wait", tests);
}
