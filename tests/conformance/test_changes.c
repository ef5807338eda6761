/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "job/job_state.h"
#include "support/assert_result.h"

/* Changes: level-triggered, coalesced per job, one cursor a reader (ruling 3). */

static struct xbits_change next_change(struct harness *harness, struct xbits_cursor *cursor)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    assert_result(XBITS_S_OK, xbits_manager_next_change(harness->manager, cursor, 0, &change));
    return change;
}

static void assert_nothing_new(struct harness *harness, struct xbits_cursor *cursor)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    assert_result(XBITS_S_FALSE, xbits_manager_next_change(harness->manager, cursor, 0, &change));
}

static void drain(struct harness *harness, struct xbits_cursor *cursor)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    while (xbits_manager_next_change(harness->manager, cursor, 0, &change) == XBITS_S_OK)
        ;
}

static void assert_change(const struct xbits_change *change, enum xbits_change_kind kind,
                          const struct xbits_id *id)
{
    assert_int_equal(change->kind, kind);
    assert_true(xbits_id_equal(&change->id, id));
}

static void a_new_reader_sees_each_present_job_once(struct harness *harness)
{
    struct xbits_job *first = new_job(harness);
    struct xbits_job *second = new_job(harness);
    struct xbits_cursor cursor = { 0 };
    struct xbits_change one;
    struct xbits_change two;

    assert_ok(xbits_job_suspend(first));
    one = next_change(harness, &cursor);
    two = next_change(harness, &cursor);

    assert_int_equal(one.kind, XBITS_CHANGE_JOB);
    assert_int_equal(two.kind, XBITS_CHANGE_JOB);
    assert_true((xbits_id_equal(&one.id, xbits_job_id(first)) &&
                 xbits_id_equal(&two.id, xbits_job_id(second))) ||
                (xbits_id_equal(&one.id, xbits_job_id(second)) &&
                 xbits_id_equal(&two.id, xbits_job_id(first))));
    assert_nothing_new(harness, &cursor);
}

static void an_empty_queue_has_nothing_new(struct harness *harness)
{
    struct xbits_cursor cursor = { 0 };

    assert_nothing_new(harness, &cursor);
    assert_nothing_new(harness, &cursor);
}

static void many_changes_of_a_job_come_as_one(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    drain(harness, &cursor);
    for (uint32_t i = 0; i < 20; i++)
        set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 60 + i);
    add_file(harness, job, "/a.bin", "a.bin");
    assert_ok(xbits_job_cancel(job));

    change = next_change(harness, &cursor);
    assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
    assert_int_equal(change.state, XBITS_STATE_CANCELLED);
    assert_nothing_new(harness, &cursor);
}

static void readers_do_not_disturb_each_other(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_cursor early = { 0 };
    struct xbits_cursor late = { 0 };
    struct xbits_change change;

    change = next_change(harness, &early);
    assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
    assert_nothing_new(harness, &early);

    change = next_change(harness, &late);
    assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
}

static void a_wait_takes_no_change_from_a_reader(struct harness *harness)
{
    const struct served good = { .path = "/good.bin", .size = 5000 };
    struct xbits_job *job = new_download(harness, good.path, "a.bin");
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    harness_serve(harness, &good);
    drain(harness, &cursor);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    change = next_change(harness, &cursor);
    assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
    assert_int_equal(change.state, XBITS_STATE_TRANSFERRED);
}

static void a_final_job_is_gone_when_nobody_holds_it(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_id id = *xbits_job_id(job);
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    drain(harness, &cursor);
    assert_ok(xbits_job_cancel(job));
    change = next_change(harness, &cursor);
    assert_change(&change, XBITS_CHANGE_JOB, &id);
    assert_int_equal(change.state, XBITS_STATE_CANCELLED);
    assert_nothing_new(harness, &cursor);
    harness_close_job(harness, job);

    change = next_change(harness, &cursor);
    assert_change(&change, XBITS_CHANGE_GONE, &id);
    assert_nothing_new(harness, &cursor);
}

static void a_final_job_stays_while_one_of_two_handles_is_open(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_job *other = NULL;

    assert_ok(xbits_job_open(harness->manager, xbits_job_id(job), &other));
    harness_keep_job(harness, other);
    assert_ok(xbits_job_cancel(job));
    harness_close_job(harness, job);

    assert_state(other, CANCELLED);
}

static void every_change_follows_from_the_one_before(struct harness *harness)
{
    const struct served slow = { .path = "/a.bin",
                                 .size = 100000,
                                 .rate = 1000000,
                                 .latency_ms = 50,
                                 .status = 503,
                                 .fail_times = 2 };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    enum xbits_job_state last = XBITS_STATE_SUSPENDED;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    harness_serve(harness, &slow);
    drain(harness, &cursor);
    assert_ok(xbits_job_resume(job));
    while (last != XBITS_STATE_TRANSFERRED) {
        XBITS_INIT(&change);
        assert_result(XBITS_S_OK,
                      xbits_manager_next_change(harness->manager, &cursor, DAY_MS, &change));
        assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
        assert_true(change.state == last ||
                    job_state_is_reachable(last, change.state, XBITS_TYPE_DOWNLOAD));
        last = change.state;
    }
}

static void waiting_for_a_change_runs_out_in_virtual_time(struct harness *harness)
{
    struct xbits_cursor cursor = { 0 };
    uint64_t start = now_ms(harness);
    struct xbits_change change;

    XBITS_INIT(&change);
    assert_result(XBITS_S_FALSE,
                  xbits_manager_next_change(harness->manager, &cursor, 12345, &change));

    assert_int_equal(now_ms(harness) - start, 12345);
}

static void a_retry_is_a_change_one_can_wait_for(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    struct xbits_cursor cursor = { 0 };
    uint64_t start = now_ms(harness);
    struct xbits_change change;

    drain(harness, &cursor);
    XBITS_INIT(&change);
    assert_result(XBITS_S_OK,
                  xbits_manager_next_change(harness->manager, &cursor, DAY_MS, &change));

    assert_change(&change, XBITS_CHANGE_JOB, xbits_job_id(job));
    assert_int_equal(now_ms(harness) - start, RETRY_DELAY_MS);
}

static void a_reader_that_fell_behind_is_told_once(struct harness *harness)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_options options;
    struct xbits_change change;

    harness_options(harness, &options);
    options.principal = "service";
    harness_reopen(harness, &options);
    new_job(harness);
    drain(harness, &cursor);
    for (int i = 0; i < 5000; i++) {
        struct xbits_job *job = new_job(harness);

        assert_ok(xbits_job_cancel(job));
        harness_close_job(harness, job);
    }

    change = next_change(harness, &cursor);
    assert_int_equal(change.kind, XBITS_CHANGE_RESYNC);
    while (xbits_manager_next_change(harness->manager, &cursor, 0, &change) == XBITS_S_OK)
        assert_int_not_equal(change.kind, XBITS_CHANGE_RESYNC);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "ruling 3", a_new_reader_sees_each_present_job_once),
    CONFORMANCE_TEST(0, "ruling 3", an_empty_queue_has_nothing_new),
    CONFORMANCE_TEST(0, "ruling 3", many_changes_of_a_job_come_as_one),
    CONFORMANCE_TEST(0, "ruling 3", readers_do_not_disturb_each_other),
    CONFORMANCE_TEST(0, "ruling 3", a_wait_takes_no_change_from_a_reader),
    CONFORMANCE_TEST(0, "ruling 5", a_final_job_is_gone_when_nobody_holds_it),
    CONFORMANCE_TEST(0, "ruling 5", a_final_job_stays_while_one_of_two_handles_is_open),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "2.2; ruling 3",
                     every_change_follows_from_the_one_before),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "ruling 6", waiting_for_a_change_runs_out_in_virtual_time),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "ruling 6",
                     a_retry_is_a_change_one_can_wait_for),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "ruling 3", a_reader_that_fell_behind_is_told_once),
};

const struct conformance_suite changes_suite = CONFORMANCE_SUITE("changes", tests);
