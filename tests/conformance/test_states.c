/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "conformance/steps.h"
#include "job/job_state.h"
#include "support/assert_result.h"

/* The move table is the oracle here: job/job_state.h. */

typedef xbits_result request_call(struct xbits_job *job);

static const struct request {
    const char *name;
    request_call *call;
    enum job_trigger trigger;
} requests[] = {
    { "Resume", xbits_job_resume, TRIGGER_RESUME },
    { "Suspend", xbits_job_suspend, TRIGGER_SUSPEND },
    { "Complete", xbits_job_complete, TRIGGER_COMPLETE },
    { "Cancel", xbits_job_cancel, TRIGGER_CANCEL },
};
#define REQUEST_COUNT (sizeof requests / sizeof requests[0])

/* Where a legal request leads, the guards that come before the table applied (ruling 8). */
static enum xbits_job_state expected_after(enum xbits_job_state state,
                                           const struct request *request,
                                           enum xbits_job_state after)
{
    bool has_nothing_new = state == XBITS_STATE_TRANSFERRED;

    return request->trigger == TRIGGER_RESUME && has_nothing_new ? state : after;
}

static xbits_result expected_success(enum xbits_job_state state, const struct request *request)
{
    bool is_whole = state == XBITS_STATE_TRANSFERRED;

    return request->trigger == TRIGGER_COMPLETE && !is_whole ? XBITS_BG_S_PARTIAL_COMPLETE
                                                             : XBITS_S_OK;
}

/* A job that may run can have moved on before we look: then the table must lead there. */
static bool is_after(enum xbits_job_state expected, enum xbits_job_state seen)
{
    if (seen == expected)
        return true;
    return job_state_is_in(expected, XBITS_STATES_ACTIVE) &&
           job_state_is_reachable(expected, seen, XBITS_TYPE_DOWNLOAD);
}

static void ask_and_compare(struct harness *harness, enum xbits_job_state state,
                            const struct request *request)
{
    struct xbits_job *job = fresh_job_in_state(harness, state);
    enum xbits_job_state after = state;
    bool is_legal = job_state_after(state, XBITS_TYPE_DOWNLOAD, request->trigger, &after);
    xbits_result expected = is_legal ? expected_success(state, request) : XBITS_BG_E_INVALID_STATE;
    xbits_result result = request->call(job);
    enum xbits_job_state seen = state_of(job);

    if (is_legal)
        after = expected_after(state, request, after);
    if (result == expected && is_after(after, seen))
        return;
    fail_msg("%s in %s: %s and %s, expected %s and %s", request->name, xbits_state_name(state),
             xbits_result_name(result), xbits_state_name(seen), xbits_result_name(expected),
             xbits_state_name(after));
}

static void each_request_in_each_state_answers_as_the_table_says(struct harness *harness)
{
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        for (size_t i = 0; i < REQUEST_COUNT; i++)
            ask_and_compare(harness, (enum xbits_job_state)state, &requests[i]);
    }
}

static void upload_types_are_made_or_refused_by_name(struct harness *harness)
{
    static const enum xbits_job_type types[] = { XBITS_TYPE_UPLOAD, XBITS_TYPE_UPLOAD_REPLY };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct xbits_job *job = NULL;
        xbits_result result = xbits_job_create(harness->manager, "up", types[i], &job);

        if (XBITS_SUCCEEDED(result)) {
            harness_keep_job(harness, job);
            assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_complete(job));
        } else {
            assert_int_equal(harness->offers & CAN_UPLOAD, 0);
            assert_int_equal(result, XBITS_E_NOTIMPL);
        }
    }
}

static void the_error_can_be_read_in_the_error_states_alone(struct harness *harness)
{
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        struct xbits_job *job = fresh_job_in_state(harness, (enum xbits_job_state)state);
        bool has_failed = state == XBITS_STATE_ERROR || state == XBITS_STATE_TRANSIENT_ERROR;
        struct xbits_job_error error;

        assert_result(has_failed ? XBITS_S_OK : XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE,
                      xbits_job_get_error(job, &error));
        assert_int_equal(snapshot_of(job).has_error, has_failed);
    }
}

static void files_and_properties_can_be_changed_until_the_job_is_final(struct harness *harness)
{
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        struct xbits_job *job = fresh_job_in_state(harness, (enum xbits_job_state)state);
        struct xbits_value text = xbits_value_text("a description");
        bool is_final = (XBITS_STATES_FINAL >> state & 1u) != 0;
        xbits_result expected = is_final ? XBITS_BG_E_INVALID_STATE : XBITS_S_OK;

        assert_result(expected, xbits_job_set(job, XBITS_JOB_DESCRIPTION, &text));
        assert_result(expected, xbits_job_add_file(job, harness_url(harness, "/late.bin"),
                                                   harness_path(harness, "late.bin")));
        assert_state_in(job, 1u << state);
    }
}

static void everything_can_be_read_in_every_state(struct harness *harness)
{
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        struct xbits_job *job = fresh_job_in_state(harness, (enum xbits_job_state)state);

        assert_int_equal(snapshot_of(job).state, state);
        assert_int_equal(snapshot_of(job).progress.files_total, 1);
        assert_string_equal(file_of(job, 0).local_name, harness_path(harness, "a.bin"));
        assert_int_equal(get_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY), 600);
    }
}

static void resume_of_a_job_without_files_is_refused(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_fails(XBITS_BG_E_EMPTY, xbits_job_resume(job));
    assert_state(job, SUSPENDED);
}

static void suspend_of_a_new_job_changes_nothing(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_ok(xbits_job_suspend(job));
    assert_state(job, SUSPENDED);
}

static void a_resumed_job_is_active_at_once_and_resuming_it_again_is_fine(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_SUSPENDED);

    assert_ok(xbits_job_resume(job));
    assert_state_in(job, XBITS_STATES_ACTIVE);
    enum xbits_job_state before = state_of(job);
    assert_ok(xbits_job_resume(job));
    assert_int_equal(state_of(job), before);

    assert_reaches(job, TRANSFERRED);
}

static void resume_of_a_transferred_job_with_nothing_new_is_fine(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    assert_result(XBITS_S_OK, xbits_job_resume(job));
    assert_state(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
}

static void suspend_of_a_transferred_job_keeps_what_is_transferred(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    /* The two pages differ about the state: either is right (2.3, note). */
    assert_ok(xbits_job_suspend(job));
    assert_state_in(job, XBITS_IN(TRANSFERRED) | XBITS_IN(SUSPENDED));

    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_state(job, ACKNOWLEDGED);
    assert_true(file_exists(harness, "a.bin"));
}

static void a_suspended_transferred_job_is_transferred_again_by_resume(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    uint64_t received = bytes_from_origin(job, 0);

    assert_ok(xbits_job_suspend(job));
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(bytes_from_origin(job, 0), received);
}

struct watched {
    struct xbits_job *job;
    enum xbits_job_state last;
    uint32_t seen;
};

/* Every state that a look shows can be reached from the one before it. */
static bool watch(void *user)
{
    struct watched *watched = user;
    enum xbits_job_state state = state_of(watched->job);

    assert_true(state == watched->last ||
                job_state_is_reachable(watched->last, state, XBITS_TYPE_DOWNLOAD));
    watched->last = state;
    watched->seen |= 1u << state;
    return (XBITS_STATES_SETTLED >> state & 1u) != 0;
}

static void a_download_is_seen_to_move_along_the_table(struct harness *harness)
{
    const struct served slow = { .path = "/slow.bin",
                                 .size = 200000,
                                 .rate = 1000000,
                                 .latency_ms = 200,
                                 .status = 503,
                                 .fail_times = 1 };
    struct xbits_job *job = new_download(harness, slow.path, "slow.bin");
    struct watched watched = { job, XBITS_STATE_SUSPENDED, 0 };

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_sim_run_until(harness->manager, DAY_MS, watch, &watched, NULL));

    assert_state(job, TRANSFERRED);
    if ((harness->offers & CAN_DELAY_ANSWERS) != 0)
        assert_int_equal(watched.seen, XBITS_IN(CONNECTING) | XBITS_IN(TRANSIENT_ERROR) |
                                           XBITS_IN(TRANSFERRING) | XBITS_IN(TRANSFERRED) |
                                           (watched.seen & XBITS_IN(QUEUED)));
}

static void what_a_job_waits_for_is_told(struct harness *harness)
{
    static const struct {
        enum xbits_job_state state;
        enum xbits_waiting_for waiting_for;
    } expected[] = {
        { XBITS_STATE_SUSPENDED, XBITS_WAITING_RESUME },
        { XBITS_STATE_QUEUED, XBITS_WAITING_TURN },
        { XBITS_STATE_CONNECTING, XBITS_WAITING_SERVER },
        { XBITS_STATE_TRANSIENT_ERROR, XBITS_WAITING_RETRY_DELAY },
        { XBITS_STATE_ERROR, XBITS_WAITING_REPAIR },
        { XBITS_STATE_TRANSFERRED, XBITS_WAITING_COMPLETE },
        { XBITS_STATE_ACKNOWLEDGED, XBITS_WAITING_NOTHING },
        { XBITS_STATE_CANCELLED, XBITS_WAITING_NOTHING },
    };

    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct xbits_job *job = fresh_job_in_state(harness, expected[i].state);

        assert_int_equal(snapshot_of(job).waiting_for, expected[i].waiting_for);
    }
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "2.3; ruling 8; top 14, 17, 18",
                     each_request_in_each_state_answers_as_the_table_says),
    CONFORMANCE_TEST(0, "2.5; top 23", upload_types_are_made_or_refused_by_name),
    CONFORMANCE_TEST(0, "2.3; top 42; errata E1", the_error_can_be_read_in_the_error_states_alone),
    CONFORMANCE_TEST(0, "2.3; top 17", files_and_properties_can_be_changed_until_the_job_is_final),
    CONFORMANCE_TEST(0, "1.5; top 17", everything_can_be_read_in_every_state),
    CONFORMANCE_TEST(0, "top 5", resume_of_a_job_without_files_is_refused),
    CONFORMANCE_TEST(0, "top 6", suspend_of_a_new_job_changes_nothing),
    CONFORMANCE_TEST(0, "top 14; 2.4",
                     a_resumed_job_is_active_at_once_and_resuming_it_again_is_fine),
    CONFORMANCE_TEST(0, "1.7 #7; ruling 8", resume_of_a_transferred_job_with_nothing_new_is_fine),
    CONFORMANCE_TEST(0, "2.3, note", suspend_of_a_transferred_job_keeps_what_is_transferred),
    CONFORMANCE_TEST(0, "2.3; 2.4", a_suspended_transferred_job_is_transferred_again_by_resume),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "2.2; 14.5", a_download_is_seen_to_move_along_the_table),
    CONFORMANCE_TEST(0, "ruling 20", what_a_job_waits_for_is_told),
};

const struct conformance_suite states_suite = CONFORMANCE_SUITE("states", tests);
