/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* How many jobs and files there may be, for whom, and how a refusal explains itself (4.3, ruling
 * 11, errata E9). */

static xbits_result create(struct harness *harness, struct xbits_manager *manager)
{
    struct xbits_job *job = NULL;
    xbits_result result = xbits_job_create(manager, "a job", XBITS_TYPE_DOWNLOAD, &job);

    if (XBITS_SUCCEEDED(result))
        harness_keep_job(harness, job);
    else
        assert_null(job);
    return result;
}

static void create_many(struct harness *harness, struct xbits_manager *manager, int count)
{
    for (int i = 0; i < count; i++)
        assert_ok(create(harness, manager));
}

static void open_as(struct harness *harness, const char *principal)
{
    struct xbits_options options;

    harness_options(harness, &options);
    options.principal = principal;
    harness_reopen(harness, &options);
}

static void a_refusal_names_the_policy_its_value_and_a_way_out(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    for (int i = 0; i < 200; i++)
        add_file(harness, job, "/a.bin", "a.bin");
    assert_fails(
        XBITS_BG_E_TOO_MANY_FILES_IN_JOB,
        xbits_job_add_file(job, harness_url(harness, "/a.bin"), harness_path(harness, "a.bin")));
    assert_message("policy.MaxFilesPerJob is 200");
    assert_message("--as service");

    create_many(harness, harness->manager, 59);
    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, harness->manager));
    assert_message("policy.MaxJobsPerUser is 60");
    assert_message("--as service");
}

static void a_service_may_have_more_than_200_files(struct harness *harness)
{
    static const char *const exempt[] = { "service", "administrator" };

    for (size_t who = 0; who < 2; who++) {
        struct xbits_job *job;

        open_as(harness, exempt[who]);
        job = new_job(harness);
        for (int i = 0; i < 201; i++)
            add_file(harness, job, "/a.bin", "a.bin");
        assert_int_equal(snapshot_of(job).progress.files_total, 201);
    }
}

static void the_jobs_of_others_count_for_the_machine_alone(struct harness *harness)
{
    struct xbits_manager *service;

    harness_share(harness);
    service = harness_open_other(harness, "service");
    create_many(harness, service, 241);
    create_many(harness, harness->manager, 59);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_MACHINE, create(harness, harness->manager));
    assert_message("policy.MaxJobsPerMachine is 300");
    assert_message("--as service");
    assert_ok(create(harness, service));
}

static void who_is_over_both_limits_is_told_of_his_own(struct harness *harness)
{
    harness_share(harness);
    create_many(harness, harness->manager, 60);
    create_many(harness, harness_open_other(harness, "service"), 240);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, harness->manager));
}

static void the_limits_are_policies(struct harness *harness)
{
    static const char *const settings[] = { "policy.MaxJobsPerUser=2", "policy.MaxFilesPerJob=1",
                                            NULL };
    struct xbits_options options;
    struct xbits_job *job;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    job = new_download(harness, "/a.bin", "a.bin");
    assert_fails(
        XBITS_BG_E_TOO_MANY_FILES_IN_JOB,
        xbits_job_add_file(job, harness_url(harness, "/a.bin"), harness_path(harness, "a.bin")));
    create_many(harness, harness->manager, 1);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, harness->manager));
    assert_message("policy.MaxJobsPerUser is 2");
}

static void jobs_of_before_a_restart_count(struct harness *harness)
{
    create_many(harness, harness->manager, 60);
    harness_restart(harness);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, harness->manager));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 12, 13; ruling 11",
                     a_refusal_names_the_policy_its_value_and_a_way_out),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 12; 4.3", a_service_may_have_more_than_200_files),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 13; 4.3",
                     the_jobs_of_others_count_for_the_machine_alone),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "4.3", who_is_over_both_limits_is_told_of_his_own),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "4.3; top 12, 13", the_limits_are_policies),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS | CAN_RESTART, "4.3; 11", jobs_of_before_a_restart_count),
};

const struct conformance_suite limits_suite = CONFORMANCE_SUITE("limits", tests);
