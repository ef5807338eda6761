/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static uint64_t written_of_first(struct queue *queue)
{
    struct record_list list = read_records(queue, 0);
    uint64_t written;

    assert_int_equal(list.count, 1);
    written = list.records[0].files[0].written;
    record_list_dispose(&list);
    return written;
}

static void after_a_restart_only_synced_bytes_count(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    assert_false(queue_was_restarted(fixture->queue));
    write_record(fixture->queue, make_record(1, 1));
    fixture->boot_id = "boot 2";
    queue_fixture_reopen(fixture);

    assert_true(queue_was_restarted(fixture->queue));
    assert_true(written_of_first(fixture->queue) == 4000);
}

static void without_a_restart_written_bytes_count(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    queue_fixture_reopen(fixture);

    assert_false(queue_was_restarted(fixture->queue));
    assert_true(written_of_first(fixture->queue) == 5000);
}

static void a_system_without_an_identity_may_have_been_restarted(void **state)
{
    struct queue_fixture *fixture = *state;

    fixture->boot_id = "";
    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    queue_fixture_reopen(fixture);

    assert_true(queue_was_restarted(fixture->queue));
    assert_true(written_of_first(fixture->queue) == 4000);
}

static void a_reader_after_a_restart_changes_nothing(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    fixture->boot_id = "boot 2";
    assert_ok(queue_fixture_try(fixture, true, &reader));

    assert_true(queue_was_restarted(reader));
    assert_true(written_of_first(reader) == 4000);
    assert_true(written_of_first(fixture->queue) == 5000);
    queue_close(reader);
}

static void what_is_written_after_the_restart_counts(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 1);

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    fixture->boot_id = "boot 2";
    queue_fixture_reopen(fixture);
    record.files[0].written = 8000;
    write_record(fixture->queue, record);

    assert_true(written_of_first(fixture->queue) == 8000);
    queue_fixture_reopen(fixture);
    assert_true(written_of_first(fixture->queue) == 8000);
}

static void an_owner_that_did_not_close_is_known(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    assert_false(queue_was_interrupted(fixture->queue));
    write_record(fixture->queue, make_record(1, 1));
    queue_fixture_reopen(fixture);
    assert_false(queue_was_interrupted(fixture->queue));
    queue_close(fixture->queue);
    fixture->queue = NULL;
    run_sql(fixture, "UPDATE meta SET is_open = 1");

    queue_fixture_open(fixture);

    assert_true(queue_was_interrupted(fixture->queue));
    assert_true(written_of_first(fixture->queue) == 5000);
}

#define QUEUE_TEST(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE_TEST(after_a_restart_only_synced_bytes_count),
        QUEUE_TEST(without_a_restart_written_bytes_count),
        QUEUE_TEST(a_system_without_an_identity_may_have_been_restarted),
        QUEUE_TEST(a_reader_after_a_restart_changes_nothing),
        QUEUE_TEST(what_is_written_after_the_restart_counts),
        QUEUE_TEST(an_owner_that_did_not_close_is_known),
    };

    return run_tests("queue_restart", tests);
}
