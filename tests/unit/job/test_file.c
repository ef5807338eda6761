/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

struct fixture {
    struct xbits_manager *manager;
    struct xbits_job *job;
};

static int open_fixture(void **state)
{
    static struct fixture fixture;

    assert_ok(fake_manager_open(NULL, &fixture.manager));
    assert_ok(xbits_job_create(fixture.manager, "job", XBITS_TYPE_DOWNLOAD, &fixture.job));
    for (int i = 0; i < 3; i++)
        assert_ok(xbits_job_add_file(fixture.job, "http://host/file", "/tmp/file"));
    *state = &fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    xbits_job_close(fixture->job);
    xbits_manager_close(fixture->manager);
    return 0;
}

static bool sum_indices(const struct xbits_file_snapshot *snapshot, void *user)
{
    uint32_t *sum = user;

    *sum += 10 + snapshot->index;
    return true;
}

static void a_visit_sees_the_files_in_their_order(void **state)
{
    struct fixture *fixture = *state;
    uint32_t sum = 0;

    assert_ok(xbits_job_visit_files(fixture->job, sum_indices, &sum));
    assert_int_equal(sum, 33);
    assert_fails(XBITS_E_INVALIDARG, xbits_job_visit_files(fixture->job, NULL, NULL));
}

static void one_file_is_read_by_its_index(void **state)
{
    struct fixture *fixture = *state;
    struct xbits_file_snapshot snapshot;

    XBITS_INIT(&snapshot);
    assert_ok(xbits_job_read_file(fixture->job, 2, &snapshot));

    assert_int_equal(snapshot.index, 2);
    assert_string_equal(snapshot.local_name, "/tmp/file");
    assert_int_equal(snapshot.size, sizeof snapshot);
    assert_null(snapshot.owned);
}

static void a_file_that_is_not_there_cannot_be_read(void **state)
{
    struct fixture *fixture = *state;
    struct xbits_file_snapshot snapshot;

    XBITS_INIT(&snapshot);
    assert_fails(XBITS_BG_E_FILE_NOT_AVAILABLE, xbits_job_read_file(fixture->job, 3, &snapshot));
    assert_message("no file 3");
    assert_fails(XBITS_BG_E_FILE_NOT_AVAILABLE,
                 xbits_job_read_file(fixture->job, XBITS_FILE_NONE, &snapshot));
    snapshot.size = 0;
    assert_fails(XBITS_E_INVALIDARG, xbits_job_read_file(fixture->job, 0, &snapshot));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_read_file(fixture->job, 0, NULL));
}

static void a_property_of_a_file_goes_both_ways(void **state)
{
    struct fixture *fixture = *state;
    const struct xbits_value url = xbits_value_text("http://host/other");
    struct xbits_value value;

    assert_ok(xbits_job_get_file(fixture->job, 0, XBITS_FILE_LOCAL_NAME, &value));
    assert_string_equal(value.as.text, "a text");
    xbits_value_dispose(&value);
    assert_ok(xbits_job_set_file(fixture->job, 0, XBITS_FILE_REMOTE_NAME, &url));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_set_file(fixture->job, 0, XBITS_FILE_REMOTE_NAME, NULL));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_job_get_file(fixture->job, 0, XBITS_FILE_REMOTE_NAME, NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_visit_sees_the_files_in_their_order),
        TEST(one_file_is_read_by_its_index),
        TEST(a_file_that_is_not_there_cannot_be_read),
        TEST(a_property_of_a_file_goes_both_ways),
    };

    return run_tests("file", tests);
}
