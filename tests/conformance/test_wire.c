/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

/* What a server sees of a job (8.2). */

#define SIZE UINT64_C(6362)

static void download(struct harness *harness, const struct served *served,
                     enum xbits_job_priority priority)
{
    struct xbits_job *job = new_download(harness, served->path, "a.bin");

    harness_serve(harness, served);
    set_u32(job, XBITS_JOB_PRIORITY, priority);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
}

static struct seen_request request(struct harness *harness, size_t index)
{
    struct seen_request seen;

    memset(&seen, 0, sizeof seen);
    assert_true(harness->request_at(harness, index, &seen));
    return seen;
}

static void assert_number_of_requests(struct harness *harness, size_t count)
{
    struct seen_request seen;

    assert_true(count == 0 || harness->request_at(harness, count - 1, &seen));
    assert_false(harness->request_at(harness, count, &seen));
}

static void a_background_file_is_one_head_and_one_closed_range(struct harness *harness)
{
    const struct served served = { .path = "/a.bin?x=%20y", .size = SIZE };

    download(harness, &served, XBITS_PRIORITY_NORMAL);

    assert_string_equal(request(harness, 0).method, "HEAD");
    assert_string_equal(request(harness, 0).range, "");
    assert_string_equal(request(harness, 0).target, served.path);
    assert_string_equal(request(harness, 1).method, "GET");
    assert_string_equal(request(harness, 1).range, "bytes=0-6361");
    assert_string_equal(request(harness, 1).target, served.path);
    assert_int_equal(request(harness, 1).status, 206);
    assert_number_of_requests(harness, 2);
}

static void a_foreground_file_is_asked_for_without_a_range(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = SIZE };

    download(harness, &served, XBITS_PRIORITY_FOREGROUND);

    assert_string_equal(request(harness, 0).method, "HEAD");
    assert_string_equal(request(harness, 1).method, "GET");
    assert_string_equal(request(harness, 1).range, "");
    assert_int_equal(request(harness, 1).status, 200);
    assert_number_of_requests(harness, 2);
}

static void every_request_bears_the_headers_of_bits(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = SIZE };
    const char *host = harness->base_url + strlen("http://");

    download(harness, &served, XBITS_PRIORITY_NORMAL);

    for (size_t i = 0; i < 2; i++) {
        struct seen_request seen = request(harness, i);

        assert_string_equal(seen.user_agent, "Microsoft BITS/7.8");
        assert_string_equal(seen.accept_encoding, "identity");
        assert_string_equal(seen.connection, "Keep-Alive");
        assert_string_equal(seen.host, host);
    }
}

static void the_body_is_asked_for_as_the_head_described_it(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = SIZE };

    download(harness, &served, XBITS_PRIORITY_NORMAL);

    assert_string_equal(request(harness, 0).if_unmodified_since, "");
    assert_string_equal(request(harness, 1).if_unmodified_since, "Thu, 04 Mar 2021 05:06:07 GMT");
}

static void a_server_without_validators_is_sent_no_condition(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = SIZE, .no_validators = true };

    download(harness, &served, XBITS_PRIORITY_NORMAL);

    assert_string_equal(request(harness, 1).if_unmodified_since, "");
}

static void an_empty_file_is_not_asked_for(struct harness *harness)
{
    const struct served empty = { .path = "/a.bin", .size = 0 };

    download(harness, &empty, XBITS_PRIORITY_NORMAL);

    assert_string_equal(request(harness, 0).method, "HEAD");
    assert_number_of_requests(harness, 1);
}

/* Finds the GETs of a path and tells how many there were. */
static size_t ranges_of(struct harness *harness, struct seen_request *gets, size_t most)
{
    struct seen_request seen;
    size_t count = 0;

    for (size_t i = 0; count < most && harness->request_at(harness, i, &seen); i++) {
        if (strcmp(seen.method, "GET") == 0)
            gets[count++] = seen;
    }
    return count;
}

static void an_interrupted_file_goes_on_with_the_missing_range(struct harness *harness)
{
    static const enum xbits_job_priority priorities[] = { XBITS_PRIORITY_FOREGROUND,
                                                          XBITS_PRIORITY_NORMAL };
    static const char *const first_ranges[] = { "", "bytes=0-99999" };

    for (size_t i = 0; i < 2; i++) {
        const struct served cut = {
            .path = "/a.bin", .size = 100000, .cut_after = 40000, .cut_times = 1
        };
        struct seen_request gets[3];
        struct xbits_job *job;

        harness_end(harness);
        harness_begin(harness);
        job = new_download(harness, cut.path, "a.bin");
        harness_serve(harness, &cut);
        set_u32(job, XBITS_JOB_PRIORITY, priorities[i]);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSIENT_ERROR);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSFERRED);

        assert_int_equal(ranges_of(harness, gets, 3), 2);
        assert_string_equal(gets[0].range, first_ranges[i]);
        assert_string_equal(gets[1].range, "bytes=40000-99999");
    }
}

static void the_size_of_ranges_is_a_setting(struct harness *harness)
{
    static const char *const settings[] = { "transfer.range_bytes=4096", NULL };
    const struct served served = { .path = "/a.bin", .size = 10000, .pattern = 3 };
    struct xbits_options options;
    struct seen_request gets[4];

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    download(harness, &served, XBITS_PRIORITY_NORMAL);

    assert_int_equal(ranges_of(harness, gets, 4), 3);
    assert_string_equal(gets[0].range, "bytes=0-4095");
    assert_string_equal(gets[1].range, "bytes=4096-8191");
    assert_string_equal(gets[2].range, "bytes=8192-9999");
}

static void the_user_agent_is_a_setting(struct harness *harness)
{
    static const char *const settings[] = { "transfer.user_agent=Microsoft BITS/7.5", NULL };
    const struct served served = { .path = "/a.bin", .size = SIZE };
    struct xbits_options options;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    download(harness, &served, XBITS_PRIORITY_NORMAL);

    assert_string_equal(request(harness, 0).user_agent, "Microsoft BITS/7.5");
    assert_string_equal(request(harness, 1).user_agent, "Microsoft BITS/7.5");
}

static void a_fragment_is_not_sent(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = SIZE };
    struct xbits_job *job = new_download(harness, "/a.bin#part", "a.bin");

    harness_serve(harness, &served);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_string_equal(request(harness, 0).target, "/a.bin");
    assert_string_equal(file_of(job, 0).remote_name, harness_url(harness, "/a.bin#part"));
}

/* Three files of one job, all served; the second as the caller says. */
static struct xbits_job *run_three(struct harness *harness, const char *const *settings,
                                   const struct served *second)
{
    const struct served others[] = { { .path = "/a.bin", .size = SIZE },
                                     { .path = "/c.bin", .size = SIZE } };
    struct xbits_options options;
    struct xbits_job *job;

    harness_options(harness, &options);
    options.settings = settings;
    harness_reopen(harness, &options);
    job = new_download(harness, "/a.bin", "a.bin");
    add_file(harness, job, "/b.bin", "b.bin");
    add_file(harness, job, "/c.bin", "c.bin");
    harness_serve(harness, &others[0]);
    harness_serve(harness, second);
    harness_serve(harness, &others[1]);
    assert_ok(xbits_job_resume(job));
    return job;
}

/* Where the request stands among all, counted from 0; the number of requests: nowhere. */
static size_t place_of(struct harness *harness, const char *method, const char *target)
{
    struct seen_request seen;
    size_t i = 0;

    while (harness->request_at(harness, i, &seen) &&
           (strcmp(seen.method, method) != 0 || strcmp(seen.target, target) != 0))
        i++;
    return i;
}

static void each_file_is_asked_about_once_and_before_its_body(struct harness *harness)
{
    static const char *const paths[] = { "/a.bin", "/b.bin", "/c.bin" };
    const struct served second = { .path = "/b.bin", .size = SIZE };
    struct xbits_job *job = run_three(harness, NULL, &second);

    assert_reaches(job, TRANSFERRED);

    assert_number_of_requests(harness, 6);
    for (size_t i = 0; i < 3; i++) {
        assert_true(place_of(harness, "HEAD", paths[i]) < place_of(harness, "GET", paths[i]));
        assert_true(place_of(harness, "GET", paths[i]) < 6);
        if (i > 0)
            assert_true(place_of(harness, "GET", paths[i - 1]) <
                        place_of(harness, "GET", paths[i]));
    }
}

static void without_the_quirk_each_request_follows_the_one_before(struct harness *harness)
{
    static const char *const settings[] = { "quirk.head_ahead=no", NULL };
    static const char *const order[][2] = { { "HEAD", "/a.bin" }, { "GET", "/a.bin" },
                                            { "HEAD", "/b.bin" }, { "GET", "/b.bin" },
                                            { "HEAD", "/c.bin" }, { "GET", "/c.bin" } };
    const struct served second = { .path = "/b.bin", .size = SIZE };
    struct xbits_job *job = run_three(harness, settings, &second);

    assert_reaches(job, TRANSFERRED);

    assert_number_of_requests(harness, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(request(harness, i).method, order[i][0]);
        assert_string_equal(request(harness, i).target, order[i][1]);
    }
}

static void a_refusal_ahead_is_the_file_s_own_when_its_turn_comes(struct harness *harness)
{
    static const char *const off[] = { "quirk.head_ahead=no", NULL };
    static const char *const *const settings[] = { NULL, off };
    const struct served refused = { .path = "/b.bin", .size = SIZE, .status = 404 };

    for (size_t i = 0; i < 2; i++) {
        struct xbits_job *job;

        harness_end(harness);
        harness_begin(harness);
        job = run_three(harness, settings[i], &refused);
        assert_reaches(job, ERROR);

        assert_job_error(job, XBITS_BG_E_HTTP_ERROR_404, REMOTE_FILE);
        assert_int_equal(snapshot_of(job).error.file, 1);
        assert_int_equal(snapshot_of(job).progress.files_transferred, 1);
        assert_int_equal(snapshot_of(job).progress.bytes_transferred, SIZE);
        assert_int_equal(file_of(job, 0).bytes_transferred, SIZE);
    }
}

static void a_redirect_ahead_is_followed_in_the_file_s_turn(struct harness *harness)
{
    const struct served moved = { .path = "/b.bin", .status = 302, .location = "/a.bin" };
    struct xbits_job *job = run_three(harness, NULL, &moved);

    assert_reaches(job, TRANSFERRED);

    assert_int_equal(file_of(job, 1).bytes_transferred, SIZE);
    assert_int_equal(file_of(job, 2).bytes_transferred, SIZE);
    assert_no_error(job);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2; ruling 28",
                     a_background_file_is_one_head_and_one_closed_range),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2; ruling 28",
                     a_foreground_file_is_asked_for_without_a_range),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2", every_request_bears_the_headers_of_bits),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2", the_body_is_asked_for_as_the_head_described_it),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2", a_server_without_validators_is_sent_no_condition),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "8.2", an_empty_file_is_not_asked_for),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS | CAN_SERVE_FAULTS, "8.4; ruling 28",
                     an_interrupted_file_goes_on_with_the_missing_range),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS | CAN_CHANGE_LIMITS, "ruling 28",
                     the_size_of_ranges_is_a_setting),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS | CAN_CHANGE_LIMITS, "8.2", the_user_agent_is_a_setting),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "1.15", a_fragment_is_not_sent),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS, "ruling 12",
                     each_file_is_asked_about_once_and_before_its_body),
    CONFORMANCE_TEST(CAN_SEE_REQUESTS | CAN_CHANGE_LIMITS, "ruling 12",
                     without_the_quirk_each_request_follows_the_one_before),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS | CAN_CHANGE_LIMITS, "ruling 12",
                     a_refusal_ahead_is_the_file_s_own_when_its_turn_comes),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "ruling 12",
                     a_redirect_ahead_is_followed_in_the_file_s_turn),
};

const struct conformance_suite wire_suite = CONFORMANCE_SUITE("wire", tests);
