/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)

static void files_of_any_size_arrive_byte_for_byte(struct harness *harness)
{
    static const uint64_t sizes[] = { 0,
                                      1,
                                      4095,
                                      4096,
                                      64 * KIB - 1,
                                      64 * KIB,
                                      64 * KIB + 1,
                                      256 * KIB - 1,
                                      256 * KIB,
                                      256 * KIB + 1,
                                      MIB + 12345,
                                      3 * MIB };

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const struct served served = { .path = "/a.bin", .size = sizes[i], .pattern = i + 1 };
        struct xbits_job *job = new_download(harness, served.path, "a.bin");

        harness_serve(harness, &served);
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSFERRED);
        assert_result(XBITS_S_OK, xbits_job_complete(job));

        assert_content(harness, "a.bin", &served);
        assert_int_equal(entries_in(harness), 1);
    }
}

static bool is_temporary_name(struct harness *harness, const char *path)
{
    size_t home = strlen(harness->directory.path);
    size_t length = strlen(path);

    return length > home + 8 && strncmp(path, harness->directory.path, home) == 0 &&
           strncmp(path + home, "/BIT", 4) == 0 && strcmp(path + length - 4, ".tmp") == 0 &&
           strchr(path + home + 1, '/') == NULL;
}

static void a_transferred_file_waits_under_a_temporary_name(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 100000, .pattern = 3 };
    struct xbits_job *job = new_download(harness, served.path, "a.bin");

    harness_serve(harness, &served);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    struct xbits_file_snapshot file = file_of(job, 0);
    assert_true(is_temporary_name(harness, file.temporary_name));
    assert_true(file.is_transferred);
    assert_false(file.is_completed);
    assert_false(file_exists(harness, "a.bin"));
    assert_int_equal(entries_in(harness), 1);
    assert_content(harness, strrchr(file.temporary_name, '/') + 1, &served);
}

static void a_transferred_job_tells_its_bytes_and_when_it_was_done(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_job_snapshot seen = snapshot_of(job);

    assert_int_equal(seen.progress.bytes_total, 5000);
    assert_int_equal(seen.progress.bytes_transferred, 5000);
    assert_int_equal(seen.progress.files_transferred, 1);
    assert_int_equal(file_of(job, 0).bytes_total, 5000);
    assert_int_equal(file_of(job, 0).bytes_transferred, 5000);
    assert_int_equal(bytes_from_origin(job, 0), 5000);
    assert_true(seen.times.transfer_completion >= seen.times.creation);
    assert_true(seen.times.transfer_completion <= xbits_manager_time(harness->manager));
    assert_int_equal(seen.times.transfer_completion, seen.state_since);
}

static void nothing_bears_the_final_name_while_bytes_move(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRING);

    assert_false(file_exists(harness, "a.bin"));
    assert_false(file_of(job, 0).is_transferred);
    assert_int_equal(snapshot_of(job).progress.bytes_total, 5000);
}

static void the_temporary_name_is_a_property_too(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_value value;

    assert_ok(xbits_job_get_file(job, 0, XBITS_FILE_TEMPORARY_NAME, &value));
    assert_int_equal(value.kind, XBITS_KIND_TEXT);
    assert_string_equal(value.as.text, file_of(job, 0).temporary_name);
    xbits_value_dispose(&value);
}

static void the_files_of_a_job_all_arrive(struct harness *harness)
{
    struct served served[] = {
        { .path = "/one.bin", .size = 10, .pattern = 1 },
        { .path = "/none.bin", .size = 0 },
        { .path = "/three.txt", .text = "a short text" },
        { .path = "/four.bin?version=4&x=%C3%A4", .size = 70000, .pattern = 4 },
        { .path = "/five.bin", .size = 300001, .pattern = 5 },
    };
    static const char *const names[] = { "one", "none", "three", "four", "five" };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < 5; i++) {
        harness_serve(harness, &served[i]);
        add_file(harness, job, served[i].path, names[i]);
    }
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    struct xbits_job_progress progress = snapshot_of(job).progress;
    assert_int_equal(progress.files_transferred, 5);
    assert_int_equal(progress.bytes_total, 10 + 12 + 70000 + 300001);
    assert_int_equal(progress.bytes_transferred, progress.bytes_total);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    for (size_t i = 0; i < 5; i++)
        assert_content(harness, names[i], &served[i]);
    assert_int_equal(entries_in(harness), 5);
}

static void the_same_remote_file_may_be_asked_for_twice(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 1000, .pattern = 9 };
    struct xbits_job *job = new_download(harness, served.path, "a.bin");

    harness_serve(harness, &served);
    add_file(harness, job, served.path, "b.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_content(harness, "a.bin", &served);
    assert_content(harness, "b.bin", &served);
}

/* 6.1: the total stays unknown until the size of every file is known. */
static void the_total_is_unknown_until_each_size_is_known(struct harness *harness)
{
    const struct served stalled = { .path = "/stalled.bin", .size = 5000, .stalls = true };
    struct xbits_job *job = new_download(harness, stalled.path, "a.bin");

    harness_serve(harness, &stalled);
    add_file(harness, job, "/later.bin", "b.bin");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRING);

    assert_true(snapshot_of(job).progress.bytes_total == XBITS_SIZE_UNKNOWN);
    assert_int_equal(file_of(job, 0).bytes_total, 5000);
    assert_true(file_of(job, 1).bytes_total == XBITS_SIZE_UNKNOWN);
}

struct progress_watch {
    struct xbits_job *job;
    uint64_t last;
    size_t steps;
};

static bool watch_progress(void *user)
{
    struct progress_watch *watch = user;
    struct xbits_job_progress progress = snapshot_of(watch->job).progress;

    assert_true(progress.bytes_transferred >= watch->last);
    assert_true(progress.bytes_transferred <= progress.bytes_total);
    watch->steps += progress.bytes_transferred > watch->last ? 1 : 0;
    watch->last = progress.bytes_transferred;
    return progress.files_transferred == progress.files_total;
}

static void progress_grows_and_never_passes_the_total(struct harness *harness)
{
    const struct served slow = { .path = "/slow.bin", .size = 4 * MIB, .rate = 16 * MIB };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    struct progress_watch watch = { job, 0, 0 };

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    assert_ok(xbits_sim_run_until(harness->manager, REACH_LIMIT_MS, watch_progress, &watch, NULL));

    assert_true(watch.steps > 1);
    assert_int_equal(watch.last, 4 * MIB);
}

static void an_empty_file_passes_through_the_states(struct harness *harness)
{
    const struct served empty = { .path = "/empty.bin", .size = 0 };
    struct xbits_job *job = new_download(harness, empty.path, "empty.bin");

    harness_serve(harness, &empty);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);

    assert_int_equal(snapshot_of(job).progress.bytes_total, 0);
    assert_int_equal(snapshot_of(job).progress.files_transferred, 1);
    assert_false(file_exists(harness, "empty.bin"));
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_true(file_exists(harness, "empty.bin"));
    assert_int_equal(entries_in(harness), 1);
}

#define UNIX_EPOCH_S INT64_C(11644473600)

static int64_t filetime_of_second(int64_t seconds)
{
    return (seconds + UNIX_EPOCH_S) * INT64_C(10000000);
}

static void a_file_bears_the_time_the_server_told(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 10 };
    struct xbits_job *job = new_download(harness, served.path, "a.bin");
    struct stat status;

    harness_serve(harness, &served);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));

    assert_int_equal(stat(harness_path(harness, "a.bin"), &status), 0);
    assert_int_equal(filetime_of_second((int64_t)status.st_mtime), SERVED_MODIFIED);
}

static void a_server_without_validators_serves(struct harness *harness)
{
    const struct served plain = { .path = "/a.bin", .size = 5000, .no_validators = true };
    struct xbits_job *job = new_download(harness, plain.path, "a.bin");

    harness_serve(harness, &plain);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &plain);
}

static void a_foreground_job_downloads_too(struct harness *harness)
{
    const struct served served = { .path = "/a.bin", .size = 2 * MIB, .pattern = 11 };
    struct xbits_job *job = new_download(harness, served.path, "a.bin");

    harness_serve(harness, &served);
    set_priority(job, FOREGROUND);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "a.bin", &served);
}

static void the_answer_headers_can_be_read(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_value value;

    assert_ok(xbits_job_get_file(job, 0, XBITS_FILE_HTTP_RESPONSE_HEADERS, &value));
    assert_int_equal(value.kind, XBITS_KIND_TEXT);
    assert_int_equal(strncmp(value.as.text, "HTTP/1.1 20", 11), 0);
    assert_non_null(strstr(value.as.text, "\r\n"));
    xbits_value_dispose(&value);
}

/* Remote names that are files: file:///tmp/x and /tmp/x. */
static void a_local_file_is_copied(struct harness *harness)
{
    static const char *const schemes[] = { "file://", "file://localhost", "" };
    const struct served content = { .text = "what is in the file", .path = "" };
    const char *source = harness_path(harness, "source.txt");

    write_file(harness, "source.txt", content.text);
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        struct xbits_job *job = new_job(harness);
        char remote[512];

        snprintf(remote, sizeof remote, "%s%s", schemes[i], source);
        assert_ok(xbits_job_add_file(job, remote, harness_path(harness, "copy.txt")));
        assert_ok(xbits_job_resume(job));
        assert_reaches(job, TRANSFERRED);
        assert_result(XBITS_S_OK, xbits_job_complete(job));
        assert_content(harness, "copy.txt", &content);
    }
    assert_int_equal(entries_in(harness), 2);
}

static void the_name_in_a_file_url_is_decoded(struct harness *harness)
{
    const struct served content = { .text = "decoded", .path = "" };
    struct xbits_job *job = new_job(harness);
    char remote[512];

    write_file(harness, "with space.txt", content.text);
    snprintf(remote, sizeof remote, "file://%s/with%%20space.txt", harness->directory.path);
    assert_ok(xbits_job_add_file(job, remote, harness_path(harness, "copy.txt")));
    assert_ok(xbits_job_resume(job));

    assert_reaches(job, TRANSFERRED);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "copy.txt", &content);
}

static void modification_follows_the_bytes(struct harness *harness)
{
    const struct served slow = {
        .path = "/slow.bin", .size = 100000, .rate = 10000, .latency_ms = 1000
    };
    struct xbits_job *job = new_download(harness, slow.path, "a.bin");
    int64_t before = snapshot_of(job).times.modification;

    harness_serve(harness, &slow);
    assert_ok(xbits_job_resume(job));
    wait_for_bytes(harness, job, 1);
    int64_t started = snapshot_of(job).times.modification;
    assert_true(started > before);

    assert_reaches(job, TRANSFERRED);
    assert_true(snapshot_of(job).times.modification > started);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 15, 16", files_of_any_size_arrive_byte_for_byte),
    CONFORMANCE_TEST(0, "top 15; 2.9; 6.2", a_transferred_file_waits_under_a_temporary_name),
    CONFORMANCE_TEST(0, "top 15; 6.1; 6.3", a_transferred_job_tells_its_bytes_and_when_it_was_done),
    CONFORMANCE_TEST(0, "2.9; ruling 27", nothing_bears_the_final_name_while_bytes_move),
    CONFORMANCE_TEST(0, "1.13", the_temporary_name_is_a_property_too),
    CONFORMANCE_TEST(0, "4.1; 6.1", the_files_of_a_job_all_arrive),
    CONFORMANCE_TEST(0, "2.9", the_same_remote_file_may_be_asked_for_twice),
    CONFORMANCE_TEST(CAN_SERVE_FAULTS, "6.1", the_total_is_unknown_until_each_size_is_known),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "6.1", progress_grows_and_never_passes_the_total),
    CONFORMANCE_TEST(0, "2.2; 8.2", an_empty_file_passes_through_the_states),
    CONFORMANCE_TEST(0, "8.12", a_file_bears_the_time_the_server_told),
    CONFORMANCE_TEST(0, "8.4", a_server_without_validators_serves),
    CONFORMANCE_TEST(0, "4.1", a_foreground_job_downloads_too),
    CONFORMANCE_TEST(0, "1.13", the_answer_headers_can_be_read),
    CONFORMANCE_TEST(0, "8.13", a_local_file_is_copied),
    CONFORMANCE_TEST(0, "8.13", the_name_in_a_file_url_is_decoded),
    CONFORMANCE_TEST(CAN_DELAY_ANSWERS, "6.3", modification_follows_the_bytes),
};

const struct conformance_suite transfer_suite = CONFORMANCE_SUITE("transfer", tests);
