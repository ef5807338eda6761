/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

#define REMOTE_NAME_MAXIMUM 2200
#define PATH_MAXIMUM        260

static xbits_result add(struct harness *harness, struct xbits_job *job, const char *remote,
                        const char *local)
{
    const char *path = local[0] == '/' ? local : harness_path(harness, local);

    return xbits_job_add_file(job, remote, path);
}

/* head, and then so many times the same character that the whole has `length` of them. */
static const char *padded(struct harness *harness, const char *head, size_t length)
{
    size_t start = strlen(head);
    char *text = malloc(length + 1);

    assert_true(start <= length);
    if (text != NULL) {
        memcpy(text, head, start);
        memset(text + start, 'x', length - start);
        text[length] = '\0';
    }
    return harness_keep(harness, text);
}

static void an_added_file_is_counted_and_its_size_unknown(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    add_file(harness, job, "/a.bin", "a.bin");

    struct xbits_job_snapshot seen = snapshot_of(job);
    assert_int_equal(seen.progress.files_total, 1);
    assert_int_equal(seen.progress.files_transferred, 0);
    assert_true(seen.progress.bytes_total == XBITS_SIZE_UNKNOWN);
    assert_int_equal(seen.progress.bytes_transferred, 0);
    assert_int_equal(seen.state, XBITS_STATE_SUSPENDED);
    assert_int_equal(seen.waiting_for, XBITS_WAITING_RESUME);
}

static void a_file_that_never_ran_has_its_names_and_nothing_else(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin?x=1&y=%20", "a.bin");
    struct xbits_file_snapshot seen = file_of(job, 0);

    assert_int_equal(seen.index, 0);
    assert_string_equal(seen.remote_name, harness_url(harness, "/a.bin?x=1&y=%20"));
    assert_string_equal(seen.local_name, harness_path(harness, "a.bin"));
    assert_string_equal(seen.temporary_name, "");
    assert_true(seen.bytes_total == XBITS_SIZE_UNKNOWN);
    assert_int_equal(seen.bytes_transferred, 0);
    assert_false(seen.is_transferred);
    assert_false(seen.is_completed);
    assert_int_equal(entries_in(harness), 0);
}

static void files_keep_the_order_of_adding(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    add_file(harness, job, "/c.bin", "c.bin");
    add_file(harness, job, "/a.bin", "a.bin");
    add_file(harness, job, "/b.bin", "b.bin");

    assert_string_equal(file_of(job, 0).local_name, harness_path(harness, "c.bin"));
    assert_string_equal(file_of(job, 1).local_name, harness_path(harness, "a.bin"));
    assert_string_equal(file_of(job, 2).local_name, harness_path(harness, "b.bin"));
}

static bool count_file(const struct xbits_file_snapshot *snapshot, void *user)
{
    uint32_t *count = user;

    assert_int_equal(snapshot->index, *count);
    return ++*count < 3;
}

static void files_are_visited_in_order_until_the_visitor_has_enough(struct harness *harness)
{
    static const char *const names[] = { "a", "b", "c", "d" };
    struct xbits_job *job = new_job(harness);
    uint32_t count = 0;

    for (size_t i = 0; i < 4; i++)
        add_file(harness, job, "/a.bin", names[i]);
    assert_ok(xbits_job_visit_files(job, count_file, &count));

    assert_int_equal(count, 3);
}

static void a_file_past_the_last_is_not_available(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");
    struct xbits_file_snapshot seen;
    struct xbits_value value;

    XBITS_INIT(&seen);
    assert_fails(XBITS_BG_E_FILE_NOT_AVAILABLE, xbits_job_read_file(job, 1, &seen));
    assert_fails(XBITS_BG_E_FILE_NOT_AVAILABLE,
                 xbits_job_get_file(job, 1, XBITS_FILE_REMOTE_NAME, &value));
}

static void names_that_break_a_rule_are_refused(struct harness *harness)
{
    const struct {
        const char *remote;
        const char *local;
    } refused[] = {
        { "ftp://127.0.0.1/a.bin", "a.bin" },
        { "gopher://127.0.0.1/a", "a.bin" },
        { "127.0.0.1/a.bin", "a.bin" },
        { "a.bin", "a.bin" },
        { "", "a.bin" },
        { "http://", "a.bin" },
        { "http:///a.bin", "a.bin" },
        { "http://127.0.0.1/a b.bin", "a.bin" },
        { "http://127.0.0.1/a\nb.bin", "a.bin" },
        { "http://127.0.0.1/\xC3\xA4.bin\xFF", "a.bin" },
        { "http://127.0.0.1/a.bin", "star*.bin" },
        { "http://127.0.0.1/a.bin", "question?.bin" },
        { "http://127.0.0.1/a.bin", "../a.bin" },
        { "http://127.0.0.1/a.bin", "no/../a.bin" },
        { "http://127.0.0.1/a.bin", "directory/" },
        { "http://127.0.0.1/a.bin", "\xFF.bin" },
        { "http://127.0.0.1/a.bin", "" },
    };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_fails(XBITS_E_INVALIDARG, add(harness, job, refused[i].remote, refused[i].local));
    assert_int_equal(snapshot_of(job).progress.files_total, 0);
}

static void a_relative_local_name_is_refused(struct harness *harness)
{
    static const char *const relative[] = { "a.bin", "./a.bin", "", "%TEMP%\\a.bin", "C:\\a.bin" };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < sizeof relative / sizeof relative[0]; i++)
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_job_add_file(job, "http://127.0.0.1/a.bin", relative[i]));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(job, "http://127.0.0.1/a.bin", NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(job, NULL, harness_path(harness, "a.bin")));
}

static void names_have_a_greatest_length(struct harness *harness)
{
    /* Segments stay below MAX_PATH, so that the length of the whole decides. */
    char *url = malloc(REMOTE_NAME_MAXIMUM + 2);
    const char *home = harness_path(harness, "");
    struct xbits_job *job = new_job(harness);

    harness_keep(harness, url);
    memset(url, 'x', REMOTE_NAME_MAXIMUM + 1);
    memcpy(url, "http://127.0.0.1/", 17);
    for (size_t i = 100; i < REMOTE_NAME_MAXIMUM; i += 100)
        url[i] = '/';
    url[REMOTE_NAME_MAXIMUM + 1] = '\0';
    assert_fails(XBITS_E_INVALIDARG, add(harness, job, url, "a.bin"));
    url[REMOTE_NAME_MAXIMUM] = '\0';
    assert_ok(add(harness, job, url, "a.bin"));

    assert_ok(add(harness, job, "http://127.0.0.1/b", padded(harness, home, PATH_MAXIMUM)));
    assert_fails(XBITS_E_INVALIDARG,
                 add(harness, job, "http://127.0.0.1/c", padded(harness, home, PATH_MAXIMUM + 1)));
}

static void a_missing_directory_is_named_and_not_made(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 add(harness, job, "http://127.0.0.1/a.bin", "missing/a.bin"));

    assert_non_null(strstr(xbits_last_error()->message, "missing"));
    assert_int_equal(snapshot_of(job).progress.files_total, 0);
    assert_int_equal(entries_in(harness), 0);
}

static void a_local_name_inside_a_file_is_refused(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    write_file(harness, "file", "content");

    assert_fails(XBITS_ERROR_PATH_NOT_FOUND,
                 add(harness, job, "http://127.0.0.1/a.bin", "file/a.bin"));
}

static void a_directory_that_cannot_be_written_is_refused(struct harness *harness)
{
    const char *directory = harness_path(harness, "locked");
    struct xbits_job *job = new_job(harness);

    assert_int_equal(mkdir(directory, 0500), 0);

    assert_fails(XBITS_E_ACCESSDENIED, add(harness, job, "http://127.0.0.1/a.bin", "locked/a.bin"));
}

static void a_directory_is_no_target(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_int_equal(mkdir(harness_path(harness, "directory"), 0700), 0);

    assert_fails(XBITS_E_INVALIDARG, add(harness, job, "http://127.0.0.1/a.bin", "directory"));
}

static void files_are_added_all_or_none(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    const struct xbits_file_spec files[] = {
        { harness_url(harness, "/a.bin"), harness_path(harness, "a.bin"), NULL, 0 },
        { "ftp://127.0.0.1/b.bin", harness_path(harness, "b.bin"), NULL, 0 },
        { harness_url(harness, "/c.bin"), harness_path(harness, "c.bin"), NULL, 0 },
    };

    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_files(job, files, 3));
    assert_int_equal(snapshot_of(job).progress.files_total, 0);

    assert_ok(xbits_job_add_files(job, files, 1));
    assert_int_equal(snapshot_of(job).progress.files_total, 1);
}

static void one_bad_file_of_a_set_keeps_the_others_out(struct harness *harness)
{
    const char *url = harness_url(harness, "/a.bin");
    const char *path = harness_path(harness, "a.bin");
    const struct {
        struct xbits_file_spec file;
        xbits_result result;
    } bad[] = {
        { { "ftp://127.0.0.1/b", path, NULL, 0 }, XBITS_E_INVALIDARG },
        { { "http://", path, NULL, 0 }, XBITS_E_INVALIDARG },
        { { url, "b.bin", NULL, 0 }, XBITS_E_INVALIDARG },
        { { url, harness_path(harness, "b*.bin"), NULL, 0 }, XBITS_E_INVALIDARG },
        { { url, NULL, NULL, 0 }, XBITS_E_INVALIDARG },
        { { url, harness_path(harness, "missing/b.bin"), NULL, 0 }, XBITS_ERROR_PATH_NOT_FOUND },
    };
    struct xbits_job *job = new_download(harness, "/first.bin", "first.bin");

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        for (size_t place = 0; place < 3; place++) {
            struct xbits_file_spec files[3] = { { url, path, NULL, 0 },
                                                { url, path, NULL, 0 },
                                                { url, path, NULL, 0 } };

            files[place] = bad[i].file;
            assert_fails(bad[i].result, xbits_job_add_files(job, files, 3));
            assert_int_equal(snapshot_of(job).progress.files_total, 1);
        }
    }
    assert_string_equal(file_of(job, 0).local_name, harness_path(harness, "first.bin"));
}

static void a_job_has_at_most_200_files(struct harness *harness)
{
    const char *url = harness_url(harness, "/a.bin");
    const char *path = harness_path(harness, "a.bin");
    struct xbits_job *job = new_job(harness);
    struct xbits_file_spec two[] = { { url, path, NULL, 0 }, { url, path, NULL, 0 } };

    for (int i = 0; i < 199; i++)
        assert_ok(xbits_job_add_file(job, url, path));
    assert_fails(XBITS_BG_E_TOO_MANY_FILES_IN_JOB, xbits_job_add_files(job, two, 2));
    assert_int_equal(snapshot_of(job).progress.files_total, 199);

    assert_ok(xbits_job_add_file(job, url, path));
    assert_fails(XBITS_BG_E_TOO_MANY_FILES_IN_JOB, xbits_job_add_file(job, url, path));
}

static void adding_a_file_is_a_modification(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    int64_t before = snapshot_of(job).times.modification;

    advance(harness, 1000);
    add_file(harness, job, "/a.bin", "a.bin");

    assert_int_equal(snapshot_of(job).times.modification, before + INT64_C(10000000));
}

static void a_file_added_on_the_way_is_fetched_too(struct harness *harness)
{
    const struct served slow = { .path = "/slow.bin", .size = 300000, .rate = 1000000 };
    const struct served late = { .path = "/late.bin", .size = 1000, .pattern = 7 };
    struct xbits_job *job = new_download(harness, slow.path, "slow.bin");

    harness_serve(harness, &slow);
    harness_serve(harness, &late);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRING);
    add_file(harness, job, late.path, "late.bin");

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(snapshot_of(job).progress.files_transferred, 2);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "slow.bin", &slow);
    assert_content(harness, "late.bin", &late);
}

static void a_file_added_to_a_transferred_job_waits_for_resume(struct harness *harness)
{
    const struct served late = { .path = "/late.bin", .size = 1000, .pattern = 7 };
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);
    struct xbits_job_progress before = snapshot_of(job).progress;

    harness_serve(harness, &late);
    add_file(harness, job, late.path, "late.bin");
    assert_state(job, TRANSFERRED);
    assert_ok(xbits_job_resume(job));
    assert_state_in(job, XBITS_STATES_ACTIVE);

    assert_reaches(job, TRANSFERRED);
    assert_int_equal(snapshot_of(job).progress.files_transferred, before.files_total + 1);
    assert_result(XBITS_S_OK, xbits_job_complete(job));
    assert_content(harness, "late.bin", &late);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 7; 6.1", an_added_file_is_counted_and_its_size_unknown),
    CONFORMANCE_TEST(0, "6.2", a_file_that_never_ran_has_its_names_and_nothing_else),
    CONFORMANCE_TEST(0, "1.7 #5", files_keep_the_order_of_adding),
    CONFORMANCE_TEST(0, "1.7 #5", files_are_visited_in_order_until_the_visitor_has_enough),
    CONFORMANCE_TEST(0, "5.5", a_file_past_the_last_is_not_available),
    CONFORMANCE_TEST(0, "top 8; 1.15", names_that_break_a_rule_are_refused),
    CONFORMANCE_TEST(0, "top 8; 1.15", a_relative_local_name_is_refused),
    CONFORMANCE_TEST(0, "1.4; 1.15", names_have_a_greatest_length),
    CONFORMANCE_TEST(0, "1.15", a_missing_directory_is_named_and_not_made),
    CONFORMANCE_TEST(0, "1.15", a_local_name_inside_a_file_is_refused),
    CONFORMANCE_TEST(IS_UNPRIVILEGED, "1.7 #3", a_directory_that_cannot_be_written_is_refused),
    CONFORMANCE_TEST(0, "1.15", a_directory_is_no_target),
    CONFORMANCE_TEST(0, "top 11", files_are_added_all_or_none),
    CONFORMANCE_TEST(0, "top 11; 1.15", one_bad_file_of_a_set_keeps_the_others_out),
    CONFORMANCE_TEST(CAN_CHANGE_LIMITS, "top 12; 4.3", a_job_has_at_most_200_files),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "6.3", adding_a_file_is_a_modification),
    CONFORMANCE_TEST(0, "2.3; 4.1", a_file_added_on_the_way_is_fetched_too),
    CONFORMANCE_TEST(0, "2.3; 1.7 #7", a_file_added_to_a_transferred_job_waits_for_resume),
};

const struct conformance_suite files_suite = CONFORMANCE_SUITE("files", tests);
