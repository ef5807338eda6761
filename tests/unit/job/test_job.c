/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_request_reaches_the_engine_as_what_it_is(void **state)
{
    struct fake_fixture *fixture = *state;

    assert_ok(xbits_job_resume(fixture->job));
    assert_int_equal(fixture->fake->jobs[0].state, XBITS_STATE_QUEUED);
    assert_ok(xbits_job_suspend(fixture->job));
    assert_int_equal(fixture->fake->jobs[0].state, XBITS_STATE_SUSPENDED);
    assert_ok(xbits_job_complete(fixture->job));
    assert_int_equal(fixture->fake->jobs[0].state, XBITS_STATE_ACKNOWLEDGED);
    assert_ok(xbits_job_cancel(fixture->job));
    assert_int_equal(fixture->fake->jobs[0].state, XBITS_STATE_CANCELLED);
}

static void a_handle_holds_its_job_until_it_is_closed(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_job *second;

    assert_ok(xbits_job_open(fixture->manager, xbits_job_id(fixture->job), &second));
    assert_int_equal(fixture->fake->jobs[0].holds, 2);
    xbits_job_close(second);
    assert_int_equal(fixture->fake->jobs[0].holds, 1);
}

static void an_unknown_job_cannot_be_opened(void **state)
{
    struct fake_fixture *fixture = *state;
    const struct xbits_id unknown = { .data1 = 77 };
    struct xbits_job *job = NULL;

    assert_fails(XBITS_BG_E_NOT_FOUND, xbits_job_open(fixture->manager, &unknown, &job));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_open(fixture->manager, NULL, &job));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_open(fixture->manager, &unknown, NULL));
    assert_null(job);
}

static void a_job_needs_a_name_in_utf8(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_job *job = NULL;

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_create(fixture->manager, NULL, XBITS_TYPE_DOWNLOAD, &job));
    assert_message("display name is NULL");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_create(fixture->manager, "\xFF", XBITS_TYPE_DOWNLOAD, &job));
    assert_fails(XBITS_E_NOTIMPL,
                 xbits_job_create(fixture->manager, "job", (enum xbits_job_type)7, &job));
    assert_null(job);
}

static void files_are_added_with_both_names_and_ranges_alone(void **state)
{
    static const struct xbits_range range = { 0, 1 };
    struct fake_fixture *fixture = *state;
    const struct xbits_file_spec two[] = { { "http://a/1", "/tmp/1", NULL, 0 },
                                           { "http://a/2", "/tmp/2", NULL, 0 } };
    const struct xbits_file_spec mixed[] = { { "http://a/1", "/tmp/1", NULL, 0 },
                                             { "http://a/2", "/tmp/2", &range, 1 } };
    const struct xbits_file_spec no_list = { "http://a/1", "/tmp/1", NULL, 3 };

    assert_ok(xbits_job_add_files(fixture->job, two, 2));
    assert_ok(xbits_job_add_file(fixture->job, "http://a/3", "/tmp/3"));
    assert_int_equal(fixture->fake->jobs[0].files, 3);

    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(fixture->job, NULL, "/tmp/3"));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(fixture->job, "http://a/3", NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_file(fixture->job, "http://a/3", "/tmp/\xFF"));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_files(fixture->job, two, 0));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_files(fixture->job, NULL, 2));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_files(fixture->job, mixed, 2));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_add_files(fixture->job, &no_list, 1));
    assert_int_equal(fixture->fake->jobs[0].files, 3);
}

static void the_texts_of_a_read_belong_to_the_handle(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    assert_ok(xbits_job_read(fixture->job, &snapshot));
    fixture->fake->jobs[0].display_name[0] = 'X';

    assert_string_equal(snapshot.display_name, "job");
    assert_null(snapshot.owned);
    xbits_job_snapshot_dispose(&snapshot);
}

static void a_struct_of_a_later_version_keeps_its_size(void **state)
{
    struct fake_fixture *fixture = *state;
    struct {
        struct xbits_job_snapshot snapshot;
        int later;
    } larger = { .later = 42 };

    larger.snapshot.size = sizeof larger;
    assert_ok(xbits_job_read(fixture->job, &larger.snapshot));

    assert_int_equal(larger.snapshot.size, sizeof larger);
    assert_int_equal(larger.later, 42);
}

static void a_struct_that_was_not_initialised_is_refused(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_job_snapshot snapshot = { 0 };

    assert_fails(XBITS_E_INVALIDARG, xbits_job_read(fixture->job, &snapshot));
    assert_message("XBITS_INIT");
    assert_fails(XBITS_E_INVALIDARG, xbits_job_read(fixture->job, NULL));
}

static void a_failed_job_has_an_error_and_others_have_none(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_job_error error;

    assert_fails(XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE,
                 xbits_job_get_error(fixture->job, &error));
    fake_move(fixture->fake, 0, XBITS_STATE_ERROR);

    assert_ok(xbits_job_get_error(fixture->job, &error));
    assert_int_equal(error.result, XBITS_BG_E_INVALID_SERVER_RESPONSE);
    assert_string_equal(error.message, "nonsense from the server");
}

static void a_property_that_is_read_is_the_callers(void **state)
{
    struct fake_fixture *fixture = *state;
    struct xbits_value value;

    assert_ok(xbits_job_get(fixture->job, XBITS_JOB_OWNER, &value));
    assert_string_equal(value.as.text, "a text");
    xbits_value_dispose(&value);
    assert_fails(XBITS_E_INVALIDARG, xbits_job_get(fixture->job, XBITS_JOB_OWNER, NULL));
}

static void a_value_that_no_engine_could_carry_is_refused(void **state)
{
    struct fake_fixture *fixture = *state;
    const struct xbits_value rows[] = {
        { .kind = XBITS_KIND_TEXT, .as.text = "\xFF" },
        { .kind = XBITS_KIND_BYTES, .as.bytes = { NULL, 1 } },
        { .kind = XBITS_KIND_RANGES, .as.ranges = { NULL, 1 } },
        { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "\xFF", NULL } },
        { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "a", "\xFF" } },
        { .kind = XBITS_KIND_COMMAND, .as.command = { "\xFF", NULL } },
        { .kind = XBITS_KIND_COMMAND, .as.command = { "a", "\xFF" } },
        { .kind = XBITS_KIND_CERTIFICATE, .as.certificate = { .store = "\xFF" } },
        { .kind = XBITS_KIND_CERTIFICATE, .as.certificate = { .subject = "\xFF" } },
        { .kind = (enum xbits_kind)99 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_job_set(fixture->job, XBITS_JOB_DESCRIPTION, &rows[i]));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_set(fixture->job, XBITS_JOB_DESCRIPTION, NULL));
}

static void any_other_value_is_the_engines_to_judge(void **state)
{
    struct fake_fixture *fixture = *state;
    const struct xbits_value cleared = xbits_value_text(NULL);
    const struct xbits_value number = xbits_value_u64(1);

    assert_ok(xbits_job_set(fixture->job, XBITS_JOB_DESCRIPTION, &cleared));
    assert_ok(xbits_job_set(fixture->job, XBITS_JOB_DESCRIPTION, &number));
    assert_string_equal(fixture->fake->last_slot, "set_job_property");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fake_fixture_open, fake_fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_request_reaches_the_engine_as_what_it_is),
        TEST(a_handle_holds_its_job_until_it_is_closed),
        TEST(an_unknown_job_cannot_be_opened),
        TEST(a_job_needs_a_name_in_utf8),
        TEST(files_are_added_with_both_names_and_ranges_alone),
        TEST(the_texts_of_a_read_belong_to_the_handle),
        TEST(a_struct_of_a_later_version_keeps_its_size),
        TEST(a_struct_that_was_not_initialised_is_refused),
        TEST(a_failed_job_has_an_error_and_others_have_none),
        TEST(a_property_that_is_read_is_the_callers),
        TEST(a_value_that_no_engine_could_carry_is_refused),
        TEST(any_other_value_is_the_engines_to_judge),
    };

    return run_tests("job", tests);
}
