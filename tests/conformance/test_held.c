/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* A final job is there for who holds it, and for nobody else (ruling 5; 1.5, 10.1, 10.3). */

static const enum xbits_job_state finals[] = { XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_CANCELLED };
#define FINAL_COUNT (sizeof finals / sizeof finals[0])

static bool is_shown(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    *(bool *)user = true;
    return true;
}

static void assert_not_to_be_found(struct xbits_manager *manager, struct xbits_job *held)
{
    struct xbits_job *job = NULL;
    bool has_any = false;

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(manager, xbits_job_id(held), &job));
    assert_ok(xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, is_shown, &has_any));
    assert_false(has_any);
}

/* A job in a queue that is shared, and a handle of another manager to it. */
static struct xbits_job *shared_job(struct harness *harness, struct xbits_job **same_out)
{
    struct xbits_job *job;

    harness_share(harness);
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    assert_ok(xbits_job_open(harness_open_other(harness, NULL), xbits_job_id(job), same_out));
    harness_keep_job(harness, *same_out);
    return job;
}

static void end(struct xbits_job *job, enum xbits_job_state state)
{
    assert_result(XBITS_S_OK,
                  state == XBITS_STATE_CANCELLED ? xbits_job_cancel(job) : xbits_job_complete(job));
}

static void assert_readable(struct harness *harness, struct xbits_job *job,
                            enum xbits_job_state state)
{
    assert_state_in(job, 1u << state);
    assert_int_equal(snapshot_of(job).progress.bytes_total, 5000);
    assert_string_equal(file_of(job, 0).local_name, harness_path(harness, "a.bin"));
    assert_int_equal(file_of(job, 0).is_completed, state == XBITS_STATE_ACKNOWLEDGED);
    assert_int_equal(get_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY), 600);
    assert_fails(XBITS_BG_E_INVALID_STATE,
                 xbits_job_wait(job, XBITS_IN(TRANSFERRED), DAY_MS, NULL));
}

static void a_final_job_is_readable_while_it_is_held_and_not_to_be_found(struct harness *harness)
{
    for (size_t i = 0; i < FINAL_COUNT; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, XBITS_STATE_TRANSFERRED);

        end(job, finals[i]);

        assert_readable(harness, job, finals[i]);
        assert_not_to_be_found(harness->manager, job);
        advance(harness, 100 * DAY_MS);
        assert_readable(harness, job, finals[i]);
    }
}

static void a_job_that_another_manager_ended_is_readable_for_who_holds_it(struct harness *harness)
{
    for (size_t i = 0; i < FINAL_COUNT; i++) {
        struct xbits_job *same = NULL;
        struct xbits_job *job = shared_job(harness, &same);

        end(same, finals[i]);
        assert_not_to_be_found(harness->manager, same);
        assert_not_to_be_found(harness->others[0], same);
        harness_close_job(harness, same);

        assert_readable(harness, job, finals[i]);
        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_resume(job));
    }
}

static bool is_told_gone(struct harness *harness, struct xbits_cursor *cursor,
                         const struct xbits_id *id)
{
    struct xbits_change change;

    XBITS_INIT(&change);
    while (xbits_manager_next_change(harness->manager, cursor, 0, &change) == XBITS_S_OK) {
        if (change.kind == XBITS_CHANGE_GONE && xbits_id_equal(&change.id, id))
            return true;
    }
    return false;
}

static void the_last_who_lets_go_of_a_final_job_ends_it(struct harness *harness)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_job *same = NULL;
    struct xbits_job *job = shared_job(harness, &same);
    struct xbits_id id = *xbits_job_id(job);

    assert_result(XBITS_S_OK, xbits_job_cancel(job));
    assert_false(is_told_gone(harness, &cursor, &id));
    harness_close_job(harness, job);
    assert_false(is_told_gone(harness, &cursor, &id));
    harness_close_job(harness, same);

    assert_true(is_told_gone(harness, &cursor, &id));
}

static void a_manager_that_closes_lets_go_of_all_it_held(struct harness *harness)
{
    struct xbits_cursor cursor = { 0 };
    struct xbits_manager *other;
    struct xbits_job *left = NULL;
    struct xbits_job *job;
    struct xbits_id id;

    harness_share(harness);
    other = harness_open_other(harness, NULL);
    job = new_job(harness);
    id = *xbits_job_id(job);
    assert_ok(xbits_job_open(other, &id, &left));
    assert_result(XBITS_S_OK, xbits_job_cancel(job));
    harness_close_job(harness, job);
    assert_state(left, CANCELLED);
    assert_false(is_told_gone(harness, &cursor, &id));
    harness->other_count--;
    xbits_manager_close(other);

    assert_true(is_told_gone(harness, &cursor, &id));
    xbits_job_close(left);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SKIP_TIME, "top 17; ruling 5",
                     a_final_job_is_readable_while_it_is_held_and_not_to_be_found),
    CONFORMANCE_TEST(0, "top 54; ruling 5",
                     a_job_that_another_manager_ended_is_readable_for_who_holds_it),
    CONFORMANCE_TEST(0, "ruling 5", the_last_who_lets_go_of_a_final_job_ends_it),
    CONFORMANCE_TEST(0, "ruling 5", a_manager_that_closes_lets_go_of_all_it_held),
};

const struct conformance_suite held_suite = CONFORMANCE_SUITE("held", tests);
