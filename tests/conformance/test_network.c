/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* The network goes and comes back (2.2, 2.8; top 41). */

static void set_network(struct harness *harness, bool is_up)
{
    assert_ok(xbits_sim_set_network(harness->manager, is_up));
}

static void running_jobs_stop_without_a_network(struct harness *harness)
{
    static const enum xbits_job_state running[] = { XBITS_STATE_QUEUED, XBITS_STATE_CONNECTING,
                                                    XBITS_STATE_TRANSFERRING };

    for (size_t i = 0; i < sizeof running / sizeof running[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, running[i]);

        set_network(harness, false);

        assert_state(job, TRANSIENT_ERROR);
        assert_job_error(job, XBITS_BG_E_NETWORK_DISCONNECTED, GENERAL_QUEUE_MANAGER);
        assert_int_equal(snapshot_of(job).error.file, XBITS_FILE_NONE);
        assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
        assert_int_equal(snapshot_of(job).waiting_for, XBITS_WAITING_NETWORK);
    }
}

static void jobs_that_do_not_run_do_not_mind(struct harness *harness)
{
    static const enum xbits_job_state still[] = { XBITS_STATE_SUSPENDED, XBITS_STATE_ERROR,
                                                  XBITS_STATE_TRANSFERRED };

    for (size_t i = 0; i < sizeof still / sizeof still[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, still[i]);

        set_network(harness, false);
        assert_state_in(job, 1u << still[i]);
        set_network(harness, true);
        assert_state_in(job, 1u << still[i]);
    }
}

static void the_network_brings_jobs_back_without_a_retry_delay(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin", .size = 1000000, .pattern = 4, .rate = 4000000 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 1);
    set_network(harness, false);
    assert_state(job, TRANSIENT_ERROR);
    advance(harness, 3600000);
    assert_state(job, TRANSIENT_ERROR);
    set_network(harness, true);
    assert_state_in(job, XBITS_STATES_ACTIVE);

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), 1000000);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &slow);
}

/* 2.2: all transient jobs, regardless of their code. */
static void the_network_brings_back_jobs_that_failed_otherwise(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    const struct served back = { .path = "/busy.bin", .size = 10 };
    uint64_t start = now_ms(harness);

    harness_serve(harness, &back);
    set_network(harness, false);
    set_network(harness, true);

    assert_reaches(job, TRANSFERRED);
    assert_true(now_ms(harness) - start < RETRY_DELAY_MS);
}

static void a_job_resumed_without_a_network_waits_for_it(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);

    set_network(harness, false);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_job_error(job, XBITS_BG_E_NETWORK_DISCONNECTED, GENERAL_QUEUE_MANAGER);
    set_network(harness, true);

    assert_reaches(job, TRANSFERRED);
}

static void requests_are_legal_without_a_network(struct harness *harness)
{
    struct xbits_job *suspended = job_in_state(harness, XBITS_STATE_TRANSFERRING);
    struct xbits_job *cancelled;

    set_network(harness, false);
    assert_ok(xbits_job_suspend(suspended));
    assert_state(suspended, SUSPENDED);
    set_network(harness, true);
    assert_state(suspended, SUSPENDED);

    assert_ok(xbits_job_cancel(suspended));
    cancelled = fresh_job_in_state(harness, XBITS_STATE_TRANSFERRING);
    set_network(harness, false);
    assert_ok(xbits_job_cancel(cancelled));
    assert_state(cancelled, CANCELLED);
    assert_int_equal(entries_in(harness), 0);
}

static void an_outage_is_no_error_of_the_job(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRING);

    for (int i = 0; i < 10; i++) {
        set_network(harness, false);
        set_network(harness, true);
    }
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "top 41, 42; 2.2; 5.6", running_jobs_stop_without_a_network),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "2.2", jobs_that_do_not_run_do_not_mind),
    CONFORMANCE_TEST(CAN_CUT_NETWORK | CAN_SKIP_TIME, "top 41; 14.5",
                     the_network_brings_jobs_back_without_a_retry_delay),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "2.2", the_network_brings_back_jobs_that_failed_otherwise),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "14.6", a_job_resumed_without_a_network_waits_for_it),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "2.3", requests_are_legal_without_a_network),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "5.6", an_outage_is_no_error_of_the_job),
};

const struct conformance_suite network_suite = CONFORMANCE_SUITE("network", tests);
