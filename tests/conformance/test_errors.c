/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/result.h"
#include "conformance/steps.h"
#include "support/assert_result.h"

/* How failures are classified and told (5.2, 5.3, 8.1). */

static struct xbits_job *run(struct harness *harness, const struct served *served)
{
    struct xbits_job *job = new_download(harness, served->path, "a.bin");

    harness_serve(harness, served);
    assert_ok(xbits_job_resume(job));
    return job;
}

static void each_http_status_has_its_class(struct harness *harness)
{
    static const int fatal[] = { 300, 304, 305, 400, 401, 402, 403, 404, 405, 406, 410,
                                 411, 412, 413, 414, 415, 417, 418, 449, 451, 501, 505 };
    static const int transient[] = { 306, 408, 409, 500, 502, 503, 504, 507, 599 };
    struct served served = { .path = "/a.bin", .size = 10 };

    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        served.status = fatal[i];
        struct xbits_job *job = run(harness, &served);
        assert_reaches(job, ERROR);
        assert_job_error(job, RESULT_FROM_HTTP(fatal[i]), REMOTE_FILE);
        assert_ok(xbits_job_cancel(job));
    }
    for (size_t i = 0; i < sizeof transient / sizeof transient[0]; i++) {
        served.status = transient[i];
        struct xbits_job *job = run(harness, &served);
        assert_reaches(job, TRANSIENT_ERROR);
        assert_job_error(job, RESULT_FROM_HTTP(transient[i]), REMOTE_FILE);
        assert_ok(xbits_job_cancel(job));
    }
    assert_int_equal(entries_in(harness), 0);
}

static void an_error_tells_file_status_and_protocol(struct harness *harness)
{
    const struct served good = { .path = "/good.bin", .size = 10 };
    const struct served gone = { .path = "/gone.bin", .status = 404 };
    struct xbits_job *job = new_download(harness, good.path, "good.bin");
    struct xbits_job_error error;

    harness_serve(harness, &good);
    harness_serve(harness, &gone);
    add_file(harness, job, gone.path, "gone.bin");
    add_file(harness, job, good.path, "never.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);

    assert_ok(xbits_job_get_error(job, &error));
    assert_int_equal(error.result, XBITS_BG_E_HTTP_ERROR_404);
    assert_int_equal(error.context, XBITS_CONTEXT_REMOTE_FILE);
    assert_int_equal(error.http_status, 404);
    assert_int_equal(error.file, 1);
    assert_string_equal(error.protocol, "http");
    assert_int_equal(snapshot_of(job).progress.files_transferred, 1);
    assert_false(file_of(job, 2).is_transferred);
}

static void a_snapshot_tells_the_same_error(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_ERROR);
    struct xbits_job_snapshot seen = snapshot_of(job);

    assert_true(seen.has_error);
    assert_int_equal(seen.error.result, XBITS_BG_E_HTTP_ERROR_404);
    assert_int_equal(seen.error.context, XBITS_CONTEXT_REMOTE_FILE);
    assert_int_equal(seen.error.file, 0);
    assert_true(seen.error.message[0] != '\0');
}

static void a_repaired_job_goes_on_and_fetches_what_is_missing(struct harness *harness)
{
    const struct served good = { .path = "/good.bin", .size = 1000, .pattern = 1 };
    const struct served gone = { .path = "/gone.bin", .status = 404 };
    const struct served back = { .path = "/gone.bin", .size = 2000, .pattern = 2 };
    struct xbits_job *job = new_download(harness, good.path, "good.bin");

    harness_serve(harness, &good);
    harness_serve(harness, &gone);
    add_file(harness, job, gone.path, "gone.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    harness_serve(harness, &back);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_no_error(job);
    assert_int_equal(bytes_from_origin(job, 0), 1000);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "good.bin", &good);
    assert_content(harness, "gone.bin", &back);
}

/* Errata E1: the last error speaks until TRANSFERRING is reached again. */
static void the_last_error_is_told_until_bytes_move_again(struct harness *harness)
{
    const struct served stalled = {
        .path = "/busy.bin", .size = 10, .stalls = true, .latency_ms = 100
    };
    struct xbits_job *blocker = new_download(harness, harness->silent_url(harness), "b.bin");
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSIENT_ERROR);

    set_priority(blocker, HIGH);
    assert_ok(xbits_job_resume(blocker));
    assert_reaches(blocker, CONNECTING);
    assert_ok(xbits_job_resume(job));
    assert_state(job, QUEUED);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);

    harness_serve(harness, &stalled);
    assert_ok(xbits_job_cancel(blocker));
    assert_reaches(job, CONNECTING);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_503, REMOTE_FILE);

    assert_reaches(job, TRANSFERRING);
    assert_no_error(job);
}

static void a_head_without_length_is_fatal(struct harness *harness)
{
    static const enum xbits_job_priority priorities[] = { XBITS_PRIORITY_FOREGROUND,
                                                          XBITS_PRIORITY_NORMAL };

    for (size_t i = 0; i < 2; i++) {
        const struct served served = { .path = "/a.bin", .size = 10, .no_length = true };
        struct xbits_job *job = new_download(harness, served.path, "a.bin");

        harness_serve(harness, &served);
        set_u32(job, XBITS_JOB_PRIORITY, priorities[i]);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, ERROR);
        assert_job_error(job, XBITS_BG_E_MISSING_FILE_SIZE, REMOTE_FILE);
    }
}

static void a_server_without_ranges_serves_the_foreground_alone(struct harness *harness)
{
    const struct served served = {
        .path = "/a.bin", .size = 300000, .pattern = 6, .no_ranges = true
    };
    struct xbits_job *background = run(harness, &served);
    struct xbits_job *foreground = new_download(harness, served.path, "b.bin");

    assert_reaches(background, ERROR);
    assert_job_error(background, XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, REMOTE_FILE);
    assert_ok(xbits_job_cancel(background));
    assert_int_equal(entries_in(harness), 0);

    set_priority(foreground, FOREGROUND);
    assert_ok(xbits_job_resume(foreground));
    assert_reaches(foreground, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(foreground));
    assert_content(harness, "b.bin", &served);
}

/* Ruling 13: the missing feature names the code, whatever the version. */
static void http_1_0_is_judged_by_what_it_lacks(struct harness *harness)
{
    struct served served = { .path = "/a.bin", .size = 5000, .is_http_1_0 = true };
    struct xbits_job *able = run(harness, &served);

    assert_reaches(able, TRANSFERRED);
    assert_ok(xbits_job_cancel(able));

    served.no_ranges = true;
    struct xbits_job *rangeless = run(harness, &served);
    assert_reaches(rangeless, ERROR);
    assert_job_error(rangeless, XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, REMOTE_FILE);

    struct xbits_job *foreground = new_download(harness, served.path, "b.bin");
    set_priority(foreground, FOREGROUND);
    assert_ok(xbits_job_resume(foreground));
    assert_reaches(foreground, TRANSFERRED);
}

static void an_answer_that_is_not_http_1_is_refused(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 5000, .is_http_0_9 = true };
    struct xbits_job *job = run(harness, &served);

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT, REMOTE_FILE);
}

static void a_head_that_is_refused_fails_the_job(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 10, .head_status = 405 };
    struct xbits_job *job = run(harness, &served);

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_BG_E_HTTP_ERROR_405, REMOTE_FILE);
}

static void a_wrong_content_range_is_refused(struct harness *harness)
{
    static const char *const wrong[] = { "bytes 1-5000/5000", "bytes 0-4999/5001",
                                         "bytes 0-4998/5000", "items 0-4999/5000", "nonsense" };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const struct served served = { .path = "/a.bin",
                                       .size = 5000,
                                       .wrong_content_range = wrong[i] };
        struct xbits_job *job = run(harness, &served);
        struct xbits_job_error error;

        /* Either code is right (8.1). */
        assert_reaches(job, ERROR);
        assert_ok(xbits_job_get_error(job, &error));
        assert_true(error.result == XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT ||
                    error.result == XBITS_BG_E_INVALID_SERVER_RESPONSE);
        assert_int_equal(snapshot_of(job).progress.bytes_transferred, 0);
        assert_ok(xbits_job_cancel(job));
    }
}

/* 5.3: a success without content is no status error, and no file either. */
static void a_success_that_brings_no_file_is_refused(struct harness *harness)
{
    static const int useless[] = { 204, 205 };

    for (size_t i = 0; i < sizeof useless / sizeof useless[0]; i++) {
        const struct served served = { .path = "/a.bin", .size = 5000, .status = useless[i] };
        struct xbits_job *job = run(harness, &served);
        struct xbits_job_error error;

        assert_reaches(job, ERROR);
        assert_ok(xbits_job_get_error(job, &error));
        assert_true(error.result == XBITS_BG_E_MISSING_FILE_SIZE ||
                    error.result == XBITS_BG_E_INVALID_SERVER_RESPONSE ||
                    error.result == XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT);
        assert_ok(xbits_job_cancel(job));
    }
}

static void an_unknown_host_is_a_passing_trouble(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, harness->unknown_host_url(harness), "a.bin");

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);

    assert_job_error(job, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED, REMOTE_FILE);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
    assert_int_equal(snapshot_of(job).error.http_status, 0);
}

static void a_closed_port_is_a_passing_trouble(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, harness->refusing_url(harness), "a.bin");

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);

    assert_job_error(job, XBITS_ERROR_WINHTTP_CANNOT_CONNECT, REMOTE_FILE);
}

static void a_server_that_never_answers_times_out(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, harness->silent_url(harness), "a.bin");
    uint64_t start = now_ms(harness);

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);

    assert_job_error(job, XBITS_ERROR_WINHTTP_TIMEOUT, REMOTE_FILE);
    assert_in_range(now_ms(harness) - start, 30000, 90000);
}

static void how_long_an_answer_may_take_is_a_setting(struct harness *harness)
{
    static const char *const settings[] = { "transfer.connect_timeout_s=7",
                                            "transfer.response_timeout_s=5", NULL };
    const struct served stalled = { .path = "/a.bin", .size = 5000, .stalls = true };
    struct xbits_options options;
    struct xbits_job *job;
    uint64_t start;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    job = new_download(harness, harness->silent_url(harness), "a.bin");
    start = now_ms(harness);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);
    assert_int_equal(now_ms(harness) - start, 7000);

    job = run(harness, &stalled);
    assert_reaches(job, TRANSFERRING);
    start = now_ms(harness);
    assert_reaches(job, TRANSIENT_ERROR);
    assert_int_equal(now_ms(harness) - start, 5000);
}

static void a_body_that_stops_coming_times_out(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRING);

    assert_reaches(job, TRANSIENT_ERROR);
    assert_job_error(job, XBITS_ERROR_WINHTTP_TIMEOUT, REMOTE_FILE);
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 1);
}

static void each_failure_of_a_connection_has_its_class(struct harness *harness)
{
    static const struct {
        const char *error;
        xbits_result result;
        uint32_t states;
    } cases[] = {
        { "resolve", XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED, XBITS_IN(TRANSIENT_ERROR) },
        { "connect", XBITS_ERROR_WINHTTP_CANNOT_CONNECT, XBITS_IN(TRANSIENT_ERROR) },
        { "timeout", XBITS_ERROR_WINHTTP_TIMEOUT, XBITS_IN(TRANSIENT_ERROR) },
        { "reset", XBITS_ERROR_WINHTTP_CONNECTION_ERROR, XBITS_IN(TRANSIENT_ERROR) },
        { "tls", XBITS_ERROR_WINHTTP_SECURE_FAILURE, XBITS_IN(ERROR) },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct served served = { .path = "/a.bin", .error = cases[i].error };
        struct xbits_job *job = run(harness, &served);
        struct xbits_job_error error;

        assert_reaches_one_of(job, cases[i].states);
        assert_ok(xbits_job_get_error(job, &error));
        assert_int_equal(error.result, cases[i].result);
        assert_ok(xbits_job_cancel(job));
    }
}

static struct xbits_job *copy_job(struct harness *harness, const char *remote)
{
    struct xbits_job *job = new_job(harness);

    assert_ok(xbits_job_add_file(job, remote, harness_path(harness, "copy.txt")));
    assert_ok(xbits_job_resume(job));
    return job;
}

static void a_missing_local_source_is_fatal(struct harness *harness)
{
    struct xbits_job *job = copy_job(harness, harness_path(harness, "missing.txt"));

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_ERROR_FILE_NOT_FOUND, REMOTE_FILE);
    assert_string_equal(snapshot_of(job).error.protocol, "file");
    assert_int_equal(entries_in(harness), 0);
}

static void an_unknown_share_is_a_passing_trouble(struct harness *harness)
{
    struct xbits_job *job = copy_job(harness, "\\\\server\\share\\a.bin");

    assert_reaches(job, TRANSIENT_ERROR);
    assert_job_error(job, XBITS_ERROR_BAD_NETPATH, REMOTE_FILE);
}

static void a_directory_that_vanished_is_a_local_failure(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 10 };
    const char *directory = harness_path(harness, "vanishing");
    struct xbits_job *job = new_job(harness);

    assert_int_equal(mkdir(directory, 0700), 0);
    harness_serve(harness, &served);
    add_file(harness, job, served.path, "vanishing/a.bin");
    assert_int_equal(rmdir(directory), 0);
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, ERROR);
    assert_job_error(job, XBITS_ERROR_PATH_NOT_FOUND, LOCAL_FILE);
}

static void an_error_about_no_file_names_none(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRING);
    struct xbits_file_snapshot file;

    assert_ok(xbits_sim_set_network(harness->manager, false));
    assert_state(job, TRANSIENT_ERROR);

    XBITS_INIT(&file);
    assert_fails(XBITS_BG_E_FILE_NOT_AVAILABLE,
                 xbits_job_read_file(job, snapshot_of(job).error.file, &file));
}

static void a_job_that_never_failed_has_no_error(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_no_error(job);
    job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    assert_no_error(job);
}

/* xbits_log_visit */
static bool tells_no_password(const char *line, void *user)
{
    (void)user;
    assert_null(strstr(line, "w0rd"));
    return true;
}

static void a_password_is_in_no_message_and_no_log(struct harness *harness)
{
    char url[160];
    struct xbits_job *job;

    snprintf(url, sizeof url, "http://me:w0rd@%s",
             harness->unknown_host_url(harness) + strlen("http://"));
    job = new_download(harness, url, "a.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);

    assert_null(strstr(snapshot_of(job).error.message, "w0rd"));
    assert_string_equal(file_of(job, 0).remote_name, url);
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_add_file(job, "http://me:w0rd@host:x/a", harness_path(harness, "b")));
    assert_null(strstr(xbits_last_error()->message, "w0rd"));
    xbits_log_read(tells_no_password, NULL);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 32-35; 5.3; 5.4", each_http_status_has_its_class),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 32; 5.2", an_error_tells_file_status_and_protocol),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 32", a_snapshot_tells_the_same_error),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "14.5; 5.1",
                     a_repaired_job_goes_on_and_fetches_what_is_missing),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "errata E1; top 42",
                     the_last_error_is_told_until_bytes_move_again),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 36; 8.1", a_head_without_length_is_fatal),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "top 37; 8.1",
                     a_server_without_ranges_serves_the_foreground_alone),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "ruling 13", http_1_0_is_judged_by_what_it_lacks),
    CONFORMANCE_TEST(CAN_FAIL_CONNECTIONS, "ruling 13", an_answer_that_is_not_http_1_is_refused),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.1", a_head_that_is_refused_fails_the_job),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "8.1", a_wrong_content_range_is_refused),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "5.3", a_success_that_brings_no_file_is_refused),
    CONFORMANCE_TEST(0, "top 38; 5.6", an_unknown_host_is_a_passing_trouble),
    CONFORMANCE_TEST(0, "ruling 30", a_password_is_in_no_message_and_no_log),
    CONFORMANCE_TEST(0, "5.3", a_closed_port_is_a_passing_trouble),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "5.3; ruling 6", a_server_that_never_answers_times_out),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS | CAN_CHANGE_LIMITS, "ruling 6",
                     how_long_an_answer_may_take_is_a_setting),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "5.3; 5.6",
                     a_body_that_stops_coming_times_out),
    CONFORMANCE_TEST(CAN_FAIL_CONNECTIONS, "5.3", each_failure_of_a_connection_has_its_class),
    CONFORMANCE_TEST(0, "8.13", a_missing_local_source_is_fatal),
    CONFORMANCE_TEST(0, "ruling 29", an_unknown_share_is_a_passing_trouble),
    CONFORMANCE_TEST(0, "5.3; 2.9", a_directory_that_vanished_is_a_local_failure),
    CONFORMANCE_TEST(0, "top 42", a_job_that_never_failed_has_no_error),
    CONFORMANCE_TEST(CAN_CUT_NETWORK, "top 42; 5.5", an_error_about_no_file_names_none),
};

const struct conformance_suite errors_suite = CONFORMANCE_SUITE("errors", tests);
