/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/result.h"
#include "conformance/steps.h"
#include "support/assert_result.h"

/* Redirect policies (8.3, 8.10; top 46). */

static const struct served target = { .path = "/target.bin", .size = 5000, .pattern = 5 };

/* "/from.bin" leads to a location; NULL: to the target. */
static struct xbits_job *redirected(struct harness *harness, int status, const char *location,
                                    uint32_t policy)
{
    const struct served from = {
        .path = "/from.bin",
        .status = status,
        .location = location != NULL ? location : harness_url(harness, target.path),
    };
    struct xbits_job *job = new_download(harness, from.path, "a.bin");

    harness_serve(harness, &target);
    harness_serve(harness, &from);
    set_u32(job, XBITS_JOB_SECURITY_FLAGS, policy);
    assert_ok(xbits_job_resume(job));
    return job;
}

static void assert_complete_and_right(struct harness *harness, struct xbits_job *job)
{
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &target);
}

static void redirects_are_followed_and_the_name_kept(struct harness *harness)
{
    static const int statuses[] = { 301, 302, 303, 307, 308 };

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct xbits_job *job = redirected(harness, statuses[i], NULL, XBITS_REDIRECT_ALLOW_SILENT);

        assert_complete_and_right(harness, job);
        assert_string_equal(file_of(job, 0).remote_name, harness_url(harness, "/from.bin"));
    }
}

static void a_reported_redirect_becomes_the_name(struct harness *harness)
{
    struct xbits_job *job = redirected(harness, 302, NULL, XBITS_REDIRECT_ALLOW_REPORT);

    assert_complete_and_right(harness, job);
    assert_string_equal(file_of(job, 0).remote_name, harness_url(harness, target.path));
}

static void a_redirect_that_is_not_allowed_is_told_and_fatal(struct harness *harness)
{
    static const int statuses[] = { 301, 302, 303, 307 };

    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct xbits_job *job = redirected(harness, statuses[i], NULL, XBITS_REDIRECT_DISALLOW);
        struct xbits_job_error error;

        /* Two pages, two codes: either is right. */
        assert_reaches(job, ERROR);
        assert_ok(xbits_job_get_error(job, &error));
        assert_true(error.result == RESULT_FROM_HTTP(statuses[i]) ||
                    error.result == RESULT_FROM_WIN32(statuses[i]));
        assert_int_equal(error.context, XBITS_CONTEXT_REMOTE_FILE);
        assert_string_equal(file_of(job, 0).remote_name, harness_url(harness, target.path));
        assert_ok(xbits_job_cancel(job));
    }
}

static void a_job_that_learned_its_new_name_goes_there(struct harness *harness)
{
    struct xbits_job *job = redirected(harness, 302, NULL, XBITS_REDIRECT_DISALLOW);

    assert_reaches(job, ERROR);
    assert_ok(xbits_job_resume(job));

    assert_complete_and_right(harness, job);
}

static void a_chain_of_redirects_is_followed(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/hop0", "a.bin");

    harness_serve(harness, &target);
    for (int i = 0; i < 5; i++) {
        char from[16];
        char to[16];

        snprintf(from, sizeof from, "/hop%d", i);
        snprintf(to, sizeof to, i == 4 ? "/target.bin" : "/hop%d", i + 1);
        const struct served hop = { .path = harness_keep(harness, strdup(from)),
                                    .status = 302,
                                    .location = harness_url(harness, to) };
        harness_serve(harness, &hop);
    }
    assert_ok(xbits_job_resume(job));

    assert_complete_and_right(harness, job);
}

static void a_circle_of_redirects_is_fatal(struct harness *harness)
{
    struct xbits_job *job =
        redirected(harness, 302, harness_url(harness, "/from.bin"), XBITS_REDIRECT_ALLOW_SILENT);

    assert_reaches(job, ERROR);
    assert_int_equal(snapshot_of(job).error.context, XBITS_CONTEXT_REMOTE_FILE);
    assert_int_equal(entries_in(harness), 0);
}

static void a_redirect_to_nowhere_is_fatal(struct harness *harness)
{
    const struct served from = { .path = "/from.bin", .status = 302 };
    struct xbits_job *job = new_download(harness, from.path, "a.bin");

    harness_serve(harness, &from);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_302, REMOTE_FILE);
}

static void a_redirect_never_leads_to_a_file(struct harness *harness)
{
    char location[512];

    write_file(harness, "secret.txt", "not for servers to name");
    snprintf(location, sizeof location, "file://%s", harness_path(harness, "secret.txt"));
    struct xbits_job *job = redirected(harness, 302, harness_keep(harness, strdup(location)), 0);

    assert_reaches(job, ERROR);
    assert_int_equal(entries_in(harness), 1);
}

static void a_redirect_to_a_missing_file_tells_that(struct harness *harness)
{
    struct xbits_job *job = redirected(harness, 302, harness_url(harness, "/gone.bin"), 0);
    const struct served gone = { .path = "/gone.bin", .status = 404 };

    harness_serve(harness, &gone);
    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_404, REMOTE_FILE);
}

static struct xbits_job *between_schemes(struct harness *harness, const char *from_url,
                                         const char *to_url, uint32_t policy)
{
    const struct served to = { .path = to_url, .size = 5000, .pattern = 5 };
    const struct served from = { .path = from_url, .status = 302, .location = to_url };
    struct xbits_job *job = new_download(harness, from_url, "a.bin");

    harness_serve(harness, &to);
    harness_serve(harness, &from);
    set_u32(job, XBITS_JOB_SECURITY_FLAGS, policy);
    assert_ok(xbits_job_resume(job));
    return job;
}

static void a_redirect_to_https_is_always_followed(struct harness *harness)
{
    assert_complete_and_right(
        harness, between_schemes(harness, "http://origin.test/from", "https://origin.test/to", 0));
}

static void a_redirect_from_https_to_http_must_be_allowed(struct harness *harness)
{
    static const char from[] = "https://origin.test/from";
    static const char to[] = "http://origin.test/to";
    struct xbits_job *refused = between_schemes(harness, from, to, 0);

    assert_reaches(refused, ERROR);
    assert_ok(xbits_job_cancel(refused));

    assert_complete_and_right(
        harness, between_schemes(harness, from, to, XBITS_REDIRECT_ALLOW_HTTPS_TO_HTTP));
}

static void a_policy_that_does_not_exist_is_refused(struct harness *harness)
{
    static const uint32_t unknown[] = { 0x300, 0x400, 0x500, 0x600, 0x700 };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        struct xbits_value value = xbits_value_u32(unknown[i]);

        assert_fails(XBITS_E_NOTIMPL, xbits_job_set(job, XBITS_JOB_SECURITY_FLAGS, &value));
    }
    assert_int_equal(get_u32(job, XBITS_JOB_SECURITY_FLAGS), 0);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 46; 8.10", redirects_are_followed_and_the_name_kept),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 46; 8.10", a_reported_redirect_becomes_the_name),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 46; 8.10",
                     a_redirect_that_is_not_allowed_is_told_and_fatal),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.10; 2.4", a_job_that_learned_its_new_name_goes_there),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.3", a_chain_of_redirects_is_followed),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.3; 8.10", a_circle_of_redirects_is_fatal),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "5.3", a_redirect_to_nowhere_is_fatal),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.10", a_redirect_never_leads_to_a_file),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.3", a_redirect_to_a_missing_file_tells_that),
    CONFORMANCE_TEST(CAN_SERVE_HTTPS, "8.10", a_redirect_to_https_is_always_followed),
    CONFORMANCE_TEST(CAN_SERVE_HTTPS, "top 46; 8.10",
                     a_redirect_from_https_to_http_must_be_allowed),
    CONFORMANCE_TEST(0, "8.10", a_policy_that_does_not_exist_is_refused),
};

const struct conformance_suite redirects_suite = CONFORMANCE_SUITE("redirects", tests);
