/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

static xbits_result create(struct harness *harness, const char *display_name)
{
    struct xbits_job *job = NULL;
    xbits_result result =
        xbits_job_create(harness->manager, display_name, XBITS_TYPE_DOWNLOAD, &job);

    if (XBITS_SUCCEEDED(result))
        harness_keep_job(harness, job);
    else
        assert_null(job);
    return result;
}

/* `count` times the same piece of text. */
static const char *repeated(struct harness *harness, const char *piece, size_t count)
{
    size_t length = strlen(piece);
    char *text = calloc(count + 1, length);

    for (size_t i = 0; text != NULL && i < count; i++)
        memcpy(text + i * length, piece, length);
    return harness_keep(harness, text);
}

static void a_new_job_is_suspended_and_empty(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_job_snapshot seen = snapshot_of(job);

    assert_int_equal(seen.state, XBITS_STATE_SUSPENDED);
    assert_int_equal(seen.type, XBITS_TYPE_DOWNLOAD);
    assert_int_equal(seen.priority, XBITS_PRIORITY_NORMAL);
    assert_int_equal(seen.waiting_for, XBITS_WAITING_FILES);
    assert_string_equal(seen.display_name, "a job");
    assert_string_equal(seen.description, "");
    assert_false(xbits_id_is_null(&seen.id));
    assert_true(xbits_id_equal(&seen.id, xbits_job_id(job)));
    assert_int_equal(seen.progress.bytes_total, 0);
    assert_int_equal(seen.progress.bytes_transferred, 0);
    assert_int_equal(seen.progress.files_total, 0);
    assert_int_equal(seen.progress.files_transferred, 0);
    assert_no_error(job);
}

static void a_new_job_has_the_documented_defaults(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value proxy;

    assert_int_equal(get_u32(job, XBITS_JOB_NOTIFY_FLAGS),
                     XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_JOB_ERROR);
    assert_int_equal(get_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY), 600);
    assert_int_equal(get_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT), 1209600);
    assert_int_equal(get_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME), 7776000);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
    assert_int_equal(get_u32(job, XBITS_JOB_SECURITY_FLAGS), 0);
    assert_ok(xbits_job_get(job, XBITS_JOB_PROXY_SETTINGS, &proxy));
    assert_int_equal(proxy.kind, XBITS_KIND_PROXY);
    assert_int_equal(proxy.as.proxy.usage, 0);
    assert_null(proxy.as.proxy.list);
    xbits_value_dispose(&proxy);
}

static void a_new_job_belongs_to_its_caller_from_now_on(struct harness *harness)
{
    int64_t before = xbits_manager_time(harness->manager);
    struct xbits_job *job = new_job(harness);
    struct xbits_job_snapshot seen = snapshot_of(job);

    assert_int_equal(strncmp(seen.owner, "S-1-", 4), 0);
    assert_true(seen.times.creation >= before);
    assert_true(seen.times.creation <= xbits_manager_time(harness->manager));
    assert_true(seen.times.modification >= seen.times.creation);
    assert_int_equal(seen.times.transfer_completion, 0);
}

static void a_display_name_has_at_most_256_characters(struct harness *harness)
{
    static const char two_units[] = "\xF0\x9D\x84\x9E"; /* U+1D11E */

    assert_ok(create(harness, repeated(harness, "n", 256)));
    assert_ok(create(harness, repeated(harness, two_units, 128)));
    assert_ok(create(harness, ""));

    assert_fails(XBITS_E_INVALIDARG, create(harness, repeated(harness, "n", 257)));
    assert_fails(XBITS_E_INVALIDARG, create(harness, repeated(harness, two_units, 129)));
    assert_fails(XBITS_E_INVALIDARG, create(harness, NULL));
    assert_fails(XBITS_E_INVALIDARG, create(harness, "\xC0\xAF"));
}

static void names_need_not_be_unique_and_ids_are(struct harness *harness)
{
    struct xbits_job *first = new_job(harness);
    struct xbits_job *second = new_job(harness);

    assert_string_equal(snapshot_of(first).display_name, snapshot_of(second).display_name);
    assert_false(xbits_id_equal(xbits_job_id(first), xbits_job_id(second)));
}

static void a_job_of_no_known_type_is_not_made(struct harness *harness)
{
    struct xbits_job *job = NULL;

    assert_fails(XBITS_E_NOTIMPL, xbits_job_create(harness->manager, "a job",
                                                   (enum xbits_job_type)XBITS_TYPE_COUNT, &job));
    assert_null(job);
}

static void a_job_is_found_by_its_id_until_it_is_final(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_job *again = NULL;

    assert_ok(xbits_job_open(harness->manager, xbits_job_id(job), &again));
    harness_keep_job(harness, again);
    assert_ok(xbits_job_cancel(again));

    assert_state(job, CANCELLED);
    assert_state(again, CANCELLED);
    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, xbits_job_id(job), &again));
}

static void an_unknown_id_is_not_found(struct harness *harness)
{
    const struct xbits_id unknown = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
    struct xbits_job *job = NULL;

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(harness->manager, &unknown, &job));
    assert_null(job);
}

static void a_job_lives_on_without_a_handle(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_id id = *xbits_job_id(job);

    harness_close_job(harness, job);

    assert_ok(xbits_job_open(harness->manager, &id, &job));
    harness_keep_job(harness, job);
    assert_state(job, SUSPENDED);
}

struct listing {
    const struct xbits_id *wanted;
    size_t matches;
    size_t count;
    size_t most;
};

static bool note_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct listing *listing = user;

    listing->count++;
    if (listing->wanted != NULL && xbits_id_equal(&snapshot->id, listing->wanted))
        listing->matches++;
    return listing->count < listing->most;
}

static struct listing list_jobs(struct harness *harness, const struct xbits_id *wanted, size_t most)
{
    struct listing listing = { wanted, 0, 0, most };

    assert_ok(xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_MINE, note_job, &listing));
    return listing;
}

static void a_job_is_listed_until_it_is_final(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_job *other = new_job(harness);

    assert_int_equal(list_jobs(harness, xbits_job_id(job), SIZE_MAX).matches, 1);
    assert_ok(xbits_job_cancel(job));

    assert_int_equal(list_jobs(harness, xbits_job_id(job), SIZE_MAX).matches, 0);
    assert_int_equal(list_jobs(harness, xbits_job_id(other), SIZE_MAX).matches, 1);
}

static void a_visit_ends_when_the_visitor_has_enough(struct harness *harness)
{
    for (int i = 0; i < 5; i++)
        new_job(harness);

    assert_int_equal(list_jobs(harness, NULL, 2).count, 2);
}

static void only_an_administrator_lists_the_jobs_of_all(struct harness *harness)
{
    struct listing listing = { NULL, 0, 0, SIZE_MAX };
    struct xbits_options options;

    assert_fails(
        XBITS_E_ACCESSDENIED,
        xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_ALL_USERS, note_job, &listing));
    harness_options(harness, &options);
    options.principal = "administrator";
    harness_reopen(harness, &options);

    assert_ok(
        xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_ALL_USERS, note_job, &listing));
}

static void a_user_has_at_most_60_jobs_that_are_not_final(struct harness *harness)
{
    struct xbits_job *first = new_job(harness);

    for (int i = 1; i < 60; i++)
        new_job(harness);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, "one too many"));
    assert_ok(xbits_job_cancel(first));
    assert_ok(create(harness, "in its place"));
    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, create(harness, "one too many again"));
}

static void a_machine_has_at_most_300_jobs(struct harness *harness)
{
    static const char *const settings[] = { "policy.MaxJobsPerUser=1000", NULL };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    for (int i = 0; i < 300; i++)
        new_job(harness);

    assert_fails(XBITS_BG_E_TOO_MANY_JOBS_PER_MACHINE, create(harness, "one too many"));
}

static void services_and_administrators_are_exempt_from_the_job_limits(struct harness *harness)
{
    static const char *const exempt[] = { "service", "administrator" };

    for (size_t who = 0; who < 2; who++) {
        struct xbits_options options;

        harness_options(harness, &options);
        options.principal = exempt[who];
        harness_reopen(harness, &options);
        for (int i = 0; i < 310; i++)
            assert_ok(create(harness, "a job"));
    }
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 1, 4", a_new_job_is_suspended_and_empty),
    CONFORMANCE_TEST(0, "top 1", a_new_job_has_the_documented_defaults),
    CONFORMANCE_TEST(0, "6.3", a_new_job_belongs_to_its_caller_from_now_on),
    CONFORMANCE_TEST(0, "top 2; 1.4", a_display_name_has_at_most_256_characters),
    CONFORMANCE_TEST(0, "top 3", names_need_not_be_unique_and_ids_are),
    CONFORMANCE_TEST(0, "1.6 #3; 14.7", a_job_of_no_known_type_is_not_made),
    CONFORMANCE_TEST(0, "10.3; top 17", a_job_is_found_by_its_id_until_it_is_final),
    CONFORMANCE_TEST(0, "1.6 #4", an_unknown_id_is_not_found),
    CONFORMANCE_TEST(0, "11", a_job_lives_on_without_a_handle),
    CONFORMANCE_TEST(0, "10.1; top 17", a_job_is_listed_until_it_is_final),
    CONFORMANCE_TEST(0, "top 54; 10.1", a_visit_ends_when_the_visitor_has_enough),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "1.6 #5; top 54",
                     only_an_administrator_lists_the_jobs_of_all),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "4.3; top 13",
                     a_user_has_at_most_60_jobs_that_are_not_final),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "4.3; top 13", a_machine_has_at_most_300_jobs),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 13; 4.3; errata E9",
                     services_and_administrators_are_exempt_from_the_job_limits),
};

const struct conformance_suite create_suite = CONFORMANCE_SUITE("create", tests);
