/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* Who may do what to whose jobs (9.1, 14.4, errata E3), as managers of one queue see it. */

static struct xbits_job *made_by(struct harness *harness, struct xbits_manager *manager)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_create(manager, "a job", XBITS_TYPE_DOWNLOAD, &job));
    return harness_keep_job(harness, job);
}

static struct xbits_job *opened_by(struct harness *harness, struct xbits_manager *manager,
                                   struct xbits_job *job)
{
    struct xbits_job *same = NULL;

    assert_ok(xbits_job_open(manager, xbits_job_id(job), &same));
    return harness_keep_job(harness, same);
}

static void assert_denied(struct xbits_manager *manager, struct xbits_job *job)
{
    struct xbits_job *denied = NULL;

    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_open(manager, xbits_job_id(job), &denied));
    assert_null(denied);
}

static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    size_t *count = user;

    (void)snapshot;
    ++*count;
    return true;
}

static size_t jobs_of(struct xbits_manager *manager, enum xbits_list_scope scope)
{
    size_t count = 0;

    assert_ok(xbits_manager_visit_jobs(manager, scope, count_job, &count));
    return count;
}

static void each_caller_lists_its_own_jobs(struct harness *harness)
{
    struct xbits_manager *service;
    size_t count = 0;

    harness_share(harness);
    service = harness_open_other(harness, "service");
    (void)made_by(harness, harness->manager);
    (void)made_by(harness, harness->manager);
    (void)made_by(harness, service);

    assert_int_equal(jobs_of(harness->manager, XBITS_SCOPE_MINE), 2);
    assert_int_equal(jobs_of(service, XBITS_SCOPE_MINE), 1);
    assert_int_equal(jobs_of(service, XBITS_SCOPE_ALL_USERS), 3);
    assert_fails(
        XBITS_E_ACCESSDENIED,
        xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_ALL_USERS, count_job, &count));
    assert_int_equal(count, 0);
}

static void a_user_cannot_open_the_job_of_another(struct harness *harness)
{
    struct xbits_manager *service;
    struct xbits_job *job;
    struct xbits_job *denied = NULL;

    harness_share(harness);
    service = harness_open_other(harness, "service");
    job = made_by(harness, service);
    assert_denied(harness->manager, job);
    assert_message("S-1-5-18");
    assert_ok(xbits_job_cancel(job));

    assert_fails(XBITS_BG_E_NOT_FOUND,
                 xbits_job_open(harness->manager, xbits_job_id(job), &denied));
}

static void an_administrator_may_do_all_to_the_job_of_a_user(struct harness *harness)
{
    struct xbits_value text = xbits_value_text("changed by an administrator");
    struct xbits_job *job;
    struct xbits_job *same;

    harness_share(harness);
    job = made_by(harness, harness->manager);
    same = opened_by(harness, harness_open_other(harness, "administrator"), job);
    assert_ok(xbits_job_set(same, XBITS_JOB_DESCRIPTION, &text));
    add_file(harness, same, harness->silent_url(harness), "a.bin");
    assert_ok(xbits_job_resume(same));
    assert_ok(xbits_job_suspend(same));

    assert_string_equal(snapshot_of(job).description, "changed by an administrator");
    assert_string_equal(snapshot_of(job).owner, snapshot_of(same).owner);
    assert_ok(xbits_job_cancel(same));
    assert_state(job, CANCELLED);
}

/* Errata E3: elevation is needed to retrieve what was made with it. */
static void what_an_elevated_caller_made_needs_elevation(struct harness *harness)
{
    struct xbits_manager *elevated;
    struct xbits_job *job;
    struct xbits_value value;

    harness_share(harness);
    elevated = harness_open_other(harness, "administrator");
    job = made_by(harness, elevated);
    (void)made_by(harness, harness->manager);
    assert_ok(xbits_job_get(job, XBITS_JOB_OWNER_ELEVATION_STATE, &value));
    assert_true(value.as.boolean);

    assert_denied(harness->manager, job);
    assert_int_equal(jobs_of(harness->manager, XBITS_SCOPE_MINE), 1);
    assert_int_equal(jobs_of(elevated, XBITS_SCOPE_MINE), 2);
}

/* 9.1: LocalSystem's jobs are of a higher integrity level than any window of an administrator. */
static void a_job_of_the_system_is_read_but_not_changed_by_an_administrator(struct harness *harness)
{
    struct xbits_value text = xbits_value_text("mine");
    struct xbits_job *job;
    struct xbits_job *same;

    harness_share(harness);
    job = made_by(harness, harness_open_other(harness, "service"));
    same = opened_by(harness, harness_open_other(harness, "administrator"), job);
    assert_state(same, SUSPENDED);

    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_cancel(same));
    assert_message("service");
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_set(same, XBITS_JOB_DESCRIPTION, &text));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_add_file(same, harness_url(harness, "/a.bin"),
                                                          harness_path(harness, "a.bin")));
    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_subscribe(same));
    assert_state(job, SUSPENDED);
    assert_ok(xbits_job_cancel(job));
}

static void owners_stay_the_same_over_a_restart(struct harness *harness)
{
    struct xbits_manager *service = harness_open_other(harness, "service");
    struct xbits_id theirs = *xbits_job_id(made_by(harness, service));
    struct xbits_job *denied = NULL;

    (void)made_by(harness, harness->manager);
    harness_restart(harness);

    assert_fails(XBITS_E_ACCESSDENIED, xbits_job_open(harness->manager, &theirs, &denied));
    assert_int_equal(jobs_of(harness->manager, XBITS_SCOPE_MINE), 1);
    assert_int_equal(jobs_of(harness_open_other(harness, "service"), XBITS_SCOPE_MINE), 1);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 54; 10.1", each_caller_lists_its_own_jobs),
    CONFORMANCE_TEST(0, "top 54; 9.1; 10.3", a_user_cannot_open_the_job_of_another),
    CONFORMANCE_TEST(0, "9.1; 14.4", an_administrator_may_do_all_to_the_job_of_a_user),
    CONFORMANCE_TEST(0, "errata E3; top 54", what_an_elevated_caller_made_needs_elevation),
    CONFORMANCE_TEST(0, "9.1", a_job_of_the_system_is_read_but_not_changed_by_an_administrator),
    CONFORMANCE_TEST(CAN_RESTART, "9.1; 11", owners_stay_the_same_over_a_restart),
};

const struct conformance_suite access_suite = CONFORMANCE_SUITE("access", tests);
