/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

/* Virtual time (rulings 2, 6, 23). */

#define TICKS_PER_MS INT64_C(10000)
/* 2026-01-01T00:00:00Z */
#define DEFAULT_START INT64_C(134116992000000000)

static void time_starts_where_the_options_say(struct harness *harness)
{
    struct xbits_options options;

    assert_int_equal(xbits_manager_time(harness->manager), DEFAULT_START);

    harness_options(harness, &options);
    options.clock_start = DEFAULT_START + 12345;
    harness_reopen(harness, &options);
    assert_int_equal(xbits_manager_time(harness->manager), DEFAULT_START + 12345);
}

static void time_passes_only_when_told(struct harness *harness)
{
    int64_t start = xbits_manager_time(harness->manager);
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);

    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_job_suspend(job));
    assert_int_equal(xbits_manager_time(harness->manager), start);

    advance(harness, 1);
    assert_int_equal(xbits_manager_time(harness->manager), start + TICKS_PER_MS);
    advance(harness, DAY_MS);
    assert_int_equal(xbits_manager_time(harness->manager),
                     start + ((int64_t)DAY_MS + 1) * TICKS_PER_MS);
    advance(harness, 0);
    assert_int_equal(xbits_manager_time(harness->manager),
                     start + ((int64_t)DAY_MS + 1) * TICKS_PER_MS);
}

static void an_idle_engine_has_nothing_to_wait_for(struct harness *harness)
{
    uint64_t elapsed = 99;

    new_job(harness);
    assert_result(XBITS_S_OK, xbits_sim_run(harness->manager, DAY_MS, &elapsed));
    assert_int_equal(elapsed, 0);
    assert_result(XBITS_S_OK, xbits_sim_run(harness->manager, XBITS_FOREVER, NULL));
}

static void a_run_ends_at_its_limit(struct harness *harness)
{
    uint64_t start;
    uint64_t elapsed = 0;

    job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    start = now_ms(harness);
    assert_result(XBITS_S_FALSE, xbits_sim_run(harness->manager, 1000000, &elapsed));

    assert_int_equal(elapsed, 1000000);
    assert_int_equal(now_ms(harness) - start, 1000000);
}

static void a_run_ends_when_no_timer_is_left(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    uint64_t elapsed = 0;

    assert_result(XBITS_S_OK, xbits_sim_run(harness->manager, 30 * DAY_MS, &elapsed));

    assert_state(job, ERROR);
    assert_int_equal(elapsed, 14 * DAY_MS);
}

static bool stop_at_once(void *user)
{
    (*(int *)user)++;
    return true;
}

static void a_run_ends_when_the_caller_says_so(struct harness *harness)
{
    int asked = 0;
    uint64_t elapsed = 99;

    job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    assert_result(XBITS_S_OK,
                  xbits_sim_run_until(harness->manager, DAY_MS, stop_at_once, &asked, &elapsed));

    assert_true(asked >= 1);
    assert_true(elapsed <= RETRY_DELAY_MS);
}

static bool cancel_and_stop(void *user)
{
    assert_ok(xbits_job_cancel(user));
    return true;
}

/* Cancel needs the disk, and so the engine that asks. */
static void who_is_asked_to_stop_may_make_requests(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRING);

    assert_result(XBITS_S_OK,
                  xbits_sim_run_until(harness->manager, DAY_MS, cancel_and_stop, job, NULL));

    assert_state(job, CANCELLED);
}

static void a_wait_runs_out_in_virtual_time(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);
    uint64_t start = now_ms(harness);
    struct xbits_job_snapshot seen;

    XBITS_INIT(&seen);
    assert_fails(XBITS_ERROR_TIMEOUT,
                 xbits_job_wait(job, XBITS_STATES_SETTLED, 80 * DAY_MS, &seen));

    assert_int_equal(now_ms(harness) - start, 80 * DAY_MS);
    assert_int_equal(seen.state, XBITS_STATE_SUSPENDED);
    assert_true(xbits_id_equal(&seen.id, xbits_job_id(job)));
}

static void a_wait_of_no_time_only_looks(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);
    uint64_t start = now_ms(harness);

    assert_fails(XBITS_ERROR_TIMEOUT, xbits_job_wait(job, XBITS_STATES_SETTLED, 0, NULL));
    assert_ok(xbits_job_wait(job, XBITS_IN(SUSPENDED), 0, NULL));
    assert_int_equal(now_ms(harness), start);
}

static void a_wait_for_what_is_already_so_takes_no_time(struct harness *harness)
{
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        struct xbits_job *job = fresh_job_in_state(harness, (enum xbits_job_state)state);
        uint64_t start = now_ms(harness);

        assert_ok(xbits_job_wait(job, 1u << state, XBITS_FOREVER, NULL));
        assert_int_equal(now_ms(harness), start);
    }
}

static void a_wait_ends_at_the_first_state_of_its_set(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    uint64_t start = now_ms(harness);
    struct xbits_job_snapshot seen;

    XBITS_INIT(&seen);
    assert_ok(xbits_job_wait(job, XBITS_IN(CONNECTING), DAY_MS, &seen));

    assert_int_equal(seen.state, XBITS_STATE_CONNECTING);
    assert_int_equal(now_ms(harness) - start, RETRY_DELAY_MS);
}

static void a_timer_that_is_due_at_the_end_of_an_advance_fires(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    const struct served back = { .path = "/busy.bin", .size = 10 };

    harness_serve(harness, &back);
    advance(harness, RETRY_DELAY_MS);
    assert_reaches(job, TRANSFERRED);
}

static void latency_and_rate_take_virtual_time(struct harness *harness)
{
    const struct served slow = {
        .path = "/a.bin", .size = 1000000, .rate = 100000, .latency_ms = 250
    };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    uint64_t start = now_ms(harness);

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    /* Two answers and ten seconds of body. */
    assert_in_range(now_ms(harness) - start, 10500, 10600);
}

static void a_machines_clock_cannot_be_moved(struct harness *harness)
{
    struct xbits_options options;

    harness_options(harness, &options);
    options.clock = XBITS_CLOCK_SYSTEM;
    harness_reopen(harness, &options);

    assert_fails(XBITS_E_NOTIMPL, xbits_sim_advance(harness->manager, 1));
    assert_fails(XBITS_E_NOTIMPL, xbits_sim_run(harness->manager, 1, NULL));
    assert_ok(xbits_sim_set_network(harness->manager, false));
}

static void options_that_mean_nothing_are_refused_by_name(struct harness *harness)
{
    static const char *const unknown_setting[] = { "transfer.colour=blue", NULL };
    static const char *const bad_value[] = { "transfer.gather_bytes=many", NULL };
    struct xbits_options options[5];
    static const char *const named[] = { "carrier-pigeon", "telepathy", "colour", "gather_bytes",
                                         "" };
    struct xbits_manager *manager = NULL;

    for (size_t i = 0; i < 5; i++)
        harness_options(harness, &options[i]);
    options[0].backend = named[0];
    options[1].source = named[1];
    options[2].settings = unknown_setting;
    options[3].settings = bad_value;
    options[4].principal = "";
    for (size_t i = 0; i < 5; i++) {
        assert_fails(XBITS_E_INVALIDARG, xbits_manager_open(&options[i], &manager));
        assert_null(manager);
        assert_non_null(strstr(xbits_last_error()->message, named[i]));
    }
}

static void an_origin_is_replaced_whole_or_not_at_all(struct harness *harness)
{
    const struct served good = { .path = "/a.bin", .size = 100, .pattern = 2 };
    struct xbits_job *job = new_download(harness, good.path, "a.bin");
    xbits_result expected =
        strcmp(harness->source, "script") == 0 ? XBITS_E_INVALIDARG : XBITS_E_NOTIMPL;

    harness_serve(harness, &good);
    assert_fails(expected, xbits_sim_set_origin(harness->manager,
                                                "[resource a]\nurl = http://origin.test/a.bin\n"
                                                "size = 7\ncolour = blue\n"));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &good);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 2", time_starts_where_the_options_say),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 6", time_passes_only_when_told),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 23", an_idle_engine_has_nothing_to_wait_for),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 23", a_run_ends_at_its_limit),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 23",
                     a_run_ends_when_no_timer_is_left),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 23",
                     a_run_ends_when_the_caller_says_so),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 23",
                     who_is_asked_to_stop_may_make_requests),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 6, 16", a_wait_runs_out_in_virtual_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 16", a_wait_of_no_time_only_looks),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 3",
                     a_wait_for_what_is_already_so_takes_no_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 6",
                     a_wait_ends_at_the_first_state_of_its_set),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 6",
                     a_timer_that_is_due_at_the_end_of_an_advance_fires),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "ruling 6", latency_and_rate_take_virtual_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 2", a_machines_clock_cannot_be_moved),
    CONFORMANCE_TEST(0, "ruling 31", options_that_mean_nothing_are_refused_by_name),
    CONFORMANCE_TEST(0, "ruling 2", an_origin_is_replaced_whole_or_not_at_all),
};

const struct conformance_suite clock_suite = CONFORMANCE_SUITE("clock", tests);
