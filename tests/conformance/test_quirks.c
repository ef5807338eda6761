/* SPDX-License-Identifier: MIT */
#include <sys/stat.h>

#include "base/text.h"
#include "conformance/steps.h"
#include "support/assert_result.h"

/* The other reading of what the documents leave open (14.7, ruling 29): each is a setting. */

static void reopen_with(struct harness *harness, const char *setting)
{
    const char *settings[] = { setting, NULL };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
}

static void a_transferred_file_may_count_as_completed(struct harness *harness)
{
    reopen_with(harness, "quirk.completed_when_transferred=yes");

    assert_false(file_of(job_in_state(harness, XBITS_STATE_SUSPENDED), 0).is_completed);
    assert_true(file_of(job_in_state(harness, XBITS_STATE_TRANSFERRED), 0).is_completed);
}

static void resume_of_a_done_job_may_be_refused_as_empty(struct harness *harness)
{
    struct xbits_job *job;

    reopen_with(harness, "quirk.resume_done_is_empty=yes");
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    assert_fails(XBITS_BG_E_EMPTY, xbits_job_resume(job));
    assert_state(job, TRANSFERRED);
}

/* Whether the last retry or the timer ends the job: the code is the quirk's. */
static void no_progress_may_have_a_code_of_its_own(struct harness *harness)
{
    static const uint32_t timeouts[] = { 10, 13 };

    reopen_with(harness, "quirk.no_progress_code=yes");
    for (size_t i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
        struct xbits_job *job = new_download(harness, harness->refusing_url(harness), "a.bin");

        set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, 5);
        set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, timeouts[i]);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, ERROR);
        assert_int_equal(snapshot_of(job).error.result, XBITS_BG_E_NO_PROGRESS);
    }
}

static void a_refused_head_may_be_made_up_for_by_a_get(struct harness *harness)
{
    const struct served served = {
        .path = "/a.bin", .size = 5000, .pattern = 3, .head_status = 405
    };
    struct xbits_job *job;

    reopen_with(harness, "quirk.head_405_falls_back=yes");
    job = new_download(harness, served.path, "a.bin");
    harness_serve(harness, &served);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &served);
}

static void an_error_may_be_forgotten_by_leaving_its_state(struct harness *harness)
{
    struct xbits_job *job;

    reopen_with(harness, "quirk.error_cleared_by_leaving=yes");
    job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);
    assert_ok(xbits_job_resume(job));

    assert_state_in(job, XBITS_STATES_ACTIVE);
    assert_no_error(job);
}

static void local_names_may_be_long(struct harness *harness)
{
    static const char directory[] = "a-directory-whose-name-has-fifty-characters-in-all";
    struct text name = { 0 };
    struct xbits_job *job = new_job(harness);
    const char *path;

    for (int i = 0; i < 5; i++) {
        assert_ok(text_add(&name, directory));
        assert_int_equal(mkdir(harness_path(harness, text_c(&name)), 0700), 0);
        assert_ok(text_add(&name, "/"));
    }
    assert_ok(text_add(&name, "a.bin"));
    path = harness_path(harness, text_c(&name));
    text_dispose(&name);

    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(job, harness_url(harness, "/a.bin"), path));
    reopen_with(harness, "quirk.long_paths=yes");
    assert_ok(xbits_job_add_file(new_job(harness), harness_url(harness, "/a.bin"), path));
}

static void names_that_windows_has_not_may_be_refused(struct harness *harness)
{
    static const char *const names[] = { "a:b.bin", "a\\b.bin", "CON", "nul.txt", "com1.log" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        add_file(harness, new_job(harness), "/a.bin", names[i]);
    reopen_with(harness, "quirk.windows_names=yes");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_job_add_file(new_job(harness), harness_url(harness, "/a.bin"),
                                        harness_path(harness, names[i])));
    add_file(harness, new_job(harness), "/a.bin", "console.txt");
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "6.2; 14.7", a_transferred_file_may_count_as_completed),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "1.7 #7; 14.7",
                     resume_of_a_done_job_may_be_refused_as_empty),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS | CAN_SKIP_TIME, "2.8; 14.7",
                     no_progress_may_have_a_code_of_its_own),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS | CAN_SERVE_FAULTS, "8.1; 14.7",
                     a_refused_head_may_be_made_up_for_by_a_get),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS | CAN_SERVE_FAULTS, "errata E1",
                     an_error_may_be_forgotten_by_leaving_its_state),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "ruling 29", local_names_may_be_long),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "ruling 29", names_that_windows_has_not_may_be_refused),
};

const struct conformance_suite quirks_suite = CONFORMANCE_SUITE("quirks", tests);
