/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* Whose turn it is (4.1; top 47, 48). */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct served stalled = { .path = "/stalled.bin", .size = 5000, .stalls = true };
static const struct served good = { .path = "/good.bin", .size = 5000, .pattern = 5 };
static const struct served slow = {
    .path = "/slow.bin", .size = 1000000, .pattern = 6, .rate = 2000000
};

static struct xbits_job *start_job(struct harness *harness, const struct served *served,
                                   const char *local, enum xbits_job_priority priority)
{
    struct xbits_job *job = new_download(harness, served->path, local);

    harness_serve(harness, served);
    set_u32(job, XBITS_JOB_PRIORITY, priority);
    assert_ok(xbits_job_resume(job));
    return job;
}

static void all_foreground_jobs_run_and_one_other(struct harness *harness)
{
    struct xbits_job *first = start_job(harness, &stalled, "1", XBITS_PRIORITY_FOREGROUND);
    struct xbits_job *second = start_job(harness, &stalled, "2", XBITS_PRIORITY_FOREGROUND);
    struct xbits_job *third = start_job(harness, &stalled, "3", XBITS_PRIORITY_NORMAL);
    struct xbits_job *fourth = start_job(harness, &stalled, "4", XBITS_PRIORITY_NORMAL);
    const struct expected_state expected[] = { { first, XBITS_IN(TRANSFERRING) },
                                               { second, XBITS_IN(TRANSFERRING) },
                                               { third, XBITS_IN(TRANSFERRING) } };

    wait_for_all(harness, expected, COUNT(expected));

    assert_state(fourth, QUEUED);
    assert_int_equal(snapshot_of(fourth).waiting_for, XBITS_WAITING_TURN);
}

static void ten_foreground_jobs_run_at_the_same_time(struct harness *harness)
{
    static const char *const names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    struct expected_state expected[COUNT(names)];

    for (size_t i = 0; i < COUNT(names); i++) {
        expected[i].job = start_job(harness, &stalled, names[i], XBITS_PRIORITY_FOREGROUND);
        expected[i].states = XBITS_IN(TRANSFERRING);
    }
    wait_for_all(harness, expected, COUNT(expected));
}

static void a_waiting_job_gets_its_turn_when_the_other_ends(struct harness *harness)
{
    struct xbits_job *first = start_job(harness, &stalled, "1", XBITS_PRIORITY_NORMAL);
    struct xbits_job *second = start_job(harness, &good, "2", XBITS_PRIORITY_NORMAL);

    assert_reaches(first, TRANSFERRING);
    assert_state(second, QUEUED);
    assert_ok(xbits_job_suspend(first));

    assert_reaches(second, TRANSFERRED);
    assert_state(first, SUSPENDED);
}

static void a_more_urgent_job_takes_the_turn_and_gives_it_back(struct harness *harness)
{
    struct xbits_job *normal = start_job(harness, &slow, "n", XBITS_PRIORITY_NORMAL);
    struct xbits_job *high;

    wait_for_bytes(harness, normal, 1);
    high = start_job(harness, &good, "h", XBITS_PRIORITY_HIGH);
    assert_reaches_one_of(high, XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING));
    assert_state(normal, QUEUED);
    assert_no_error(normal);
    assert_reaches(high, TRANSFERRED);

    assert_reaches(normal, TRANSFERRED);
    assert_int_equal(get_u32(normal, XBITS_JOB_ERROR_COUNT), 0);
    assert_int_equal(bytes_from_origin(normal, 0), slow.size);
    assert_result(XBITS_S_OK, xbits_job_complete(normal));
    assert_content(harness, "n", &slow);
}

static void raising_the_priority_of_a_waiting_job_takes_the_turn(struct harness *harness)
{
    struct xbits_job *first = start_job(harness, &stalled, "1", XBITS_PRIORITY_NORMAL);
    struct xbits_job *second = start_job(harness, &stalled, "2", XBITS_PRIORITY_NORMAL);

    assert_reaches(first, TRANSFERRING);
    set_priority(second, HIGH);

    assert_reaches(second, TRANSFERRING);
    assert_state(first, QUEUED);
}

static void lowering_the_priority_of_the_running_job_gives_the_turn_away(struct harness *harness)
{
    struct xbits_job *first = start_job(harness, &stalled, "1", XBITS_PRIORITY_NORMAL);
    struct xbits_job *second = start_job(harness, &stalled, "2", XBITS_PRIORITY_NORMAL);

    assert_reaches(first, TRANSFERRING);
    set_priority(first, LOW);

    assert_reaches(second, TRANSFERRING);
    assert_state(first, QUEUED);
}

static void a_job_made_foreground_runs_beside_the_others(struct harness *harness)
{
    struct xbits_job *first = start_job(harness, &stalled, "1", XBITS_PRIORITY_NORMAL);
    struct xbits_job *second = start_job(harness, &stalled, "2", XBITS_PRIORITY_LOW);
    const struct expected_state expected[] = { { first, XBITS_IN(TRANSFERRING) },
                                               { second, XBITS_IN(TRANSFERRING) } };

    assert_reaches(first, TRANSFERRING);
    assert_state(second, QUEUED);
    set_priority(second, FOREGROUND);

    wait_for_all(harness, expected, COUNT(expected));
}

static void levels_are_strict(struct harness *harness)
{
    struct xbits_job *low = start_job(harness, &good, "l", XBITS_PRIORITY_LOW);
    struct xbits_job *normal = start_job(harness, &good, "n", XBITS_PRIORITY_NORMAL);
    struct xbits_job *high = start_job(harness, &slow, "h", XBITS_PRIORITY_HIGH);

    wait_for_bytes(harness, high, 1);
    assert_state(low, QUEUED);
    assert_state(normal, QUEUED);
    assert_reaches(high, TRANSFERRED);
    assert_reaches(normal, TRANSFERRED);
    assert_reaches(low, TRANSFERRED);

    assert_true(snapshot_of(high).times.transfer_completion <=
                snapshot_of(normal).times.transfer_completion);
    assert_true(snapshot_of(normal).times.transfer_completion <=
                snapshot_of(low).times.transfer_completion);
}

static void a_job_that_waits_for_a_retry_blocks_nobody(struct harness *harness)
{
    struct xbits_job *retrying = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    struct xbits_job *failed = job_in_state(harness, XBITS_STATE_ERROR);
    struct xbits_job *low = start_job(harness, &good, "l", XBITS_PRIORITY_LOW);

    assert_reaches(low, TRANSFERRED);
    assert_state(retrying, TRANSIENT_ERROR);
    assert_state(failed, ERROR);
}

static void many_jobs_of_one_level_all_arrive(struct harness *harness)
{
    static const char *const names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
    struct expected_state expected[COUNT(names)];

    for (size_t i = 0; i < COUNT(names); i++) {
        expected[i].job = start_job(harness, &good, names[i], XBITS_PRIORITY_NORMAL);
        expected[i].states = XBITS_IN(TRANSFERRED);
    }
    wait_for_all(harness, expected, COUNT(expected));
}

static void an_unknown_priority_is_refused(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value seven = xbits_value_u32(7);

    assert_fails(XBITS_E_NOTIMPL, xbits_job_set(job, XBITS_JOB_PRIORITY, &seven));
    assert_int_equal(get_u32(job, XBITS_JOB_PRIORITY), XBITS_PRIORITY_NORMAL);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 47; 4.1", all_foreground_jobs_run_and_one_other),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1", ten_foreground_jobs_run_at_the_same_time),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1", a_waiting_job_gets_its_turn_when_the_other_ends),
    CONFORMANCE_TEST(0, "top 48; 4.1", a_more_urgent_job_takes_the_turn_and_gives_it_back),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1", raising_the_priority_of_a_waiting_job_takes_the_turn),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1",
                     lowering_the_priority_of_the_running_job_gives_the_turn_away),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1", a_job_made_foreground_runs_beside_the_others),
    CONFORMANCE_TEST(0, "4.1", levels_are_strict),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "4.1", a_job_that_waits_for_a_retry_blocks_nobody),
    CONFORMANCE_TEST(0, "4.1", many_jobs_of_one_level_all_arrive),
    CONFORMANCE_TEST(0, "top 26; 1.7 #21", an_unknown_priority_is_refused),
};

const struct conformance_suite scheduling_suite = CONFORMANCE_SUITE("scheduling", tests);
