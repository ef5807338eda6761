/* SPDX-License-Identifier: MIT */
#include "job/snapshot.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_copy_outlives_the_texts_it_was_made_from(void **state)
{
    char name[] = "spring catalogue";
    char message[] = "the server said 404";
    struct xbits_job_snapshot snapshot;
    struct xbits_job_snapshot copy;

    (void)state;
    XBITS_INIT(&snapshot);
    snapshot.state = XBITS_STATE_ERROR;
    snapshot.display_name = name;
    snapshot.error.message = message;
    assert_ok(xbits_job_snapshot_copy(&snapshot, &copy));
    memset(name, 'x', sizeof name - 1);
    memset(message, 'x', sizeof message - 1);

    assert_int_equal(copy.state, XBITS_STATE_ERROR);
    assert_string_equal(copy.display_name, "spring catalogue");
    assert_string_equal(copy.error.message, "the server said 404");
    assert_string_equal(copy.description, "");
    assert_int_equal(copy.size, sizeof copy);
    xbits_job_snapshot_dispose(&copy);
}

static void a_copy_of_a_copy_is_independent(void **state)
{
    struct xbits_job_snapshot snapshot;
    struct xbits_job_snapshot first;
    struct xbits_job_snapshot second;

    (void)state;
    XBITS_INIT(&snapshot);
    snapshot.owner = "S-1-22-1-1000";
    assert_ok(xbits_job_snapshot_copy(&snapshot, &first));
    assert_ok(xbits_job_snapshot_copy(&first, &second));
    xbits_job_snapshot_dispose(&first);

    assert_string_equal(second.owner, "S-1-22-1-1000");
    xbits_job_snapshot_dispose(&second);
}

static void a_zeroed_or_disposed_snapshot_may_be_disposed(void **state)
{
    struct xbits_job_snapshot job = { 0 };
    struct xbits_file_snapshot file = { 0 };

    (void)state;
    xbits_job_snapshot_dispose(&job);
    xbits_job_snapshot_dispose(&job);
    file_snapshot_dispose(&file);
    assert_null(job.owned);
}

static void a_file_copy_keeps_its_names(void **state)
{
    char remote[] = "http://a/b";
    struct xbits_file_snapshot snapshot;
    struct xbits_file_snapshot copy;

    (void)state;
    XBITS_INIT(&snapshot);
    snapshot.remote_name = remote;
    snapshot.local_name = "/tmp/b";
    snapshot.temporary_name = "";
    snapshot.bytes_total = XBITS_SIZE_UNKNOWN;
    assert_ok(file_snapshot_copy(&snapshot, &copy));
    remote[0] = 'x';

    assert_string_equal(copy.remote_name, "http://a/b");
    assert_string_equal(copy.local_name, "/tmp/b");
    assert_string_equal(copy.temporary_name, "");
    assert_true(copy.bytes_total == XBITS_SIZE_UNKNOWN);
    file_snapshot_dispose(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_outlives_the_texts_it_was_made_from),
        cmocka_unit_test(a_copy_of_a_copy_is_independent),
        cmocka_unit_test(a_zeroed_or_disposed_snapshot_may_be_disposed),
        cmocka_unit_test(a_file_copy_keeps_its_names),
    };

    return run_tests("snapshot", tests);
}
