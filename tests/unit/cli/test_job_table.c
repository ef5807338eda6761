/* SPDX-License-Identifier: MIT */
#include "cli/job_table.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void many_jobs_are_found_again(void **state)
{
    enum { COUNT = 1000 };
    struct job_table table = { 0 };
    struct job_entry *entry;
    (void)state;

    /* The same low bits: each falls on the place of the others. */
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_ok(job_table_entry(&table, &(struct xbits_id){ .data1 = i << 16 }, &entry));
        assert_false(entry->has_state);
        job_table_set(&table, entry, (enum xbits_job_state)(i % XBITS_STATE_COUNT), false);
    }

    for (uint32_t i = 0; i < COUNT; i++) {
        assert_ok(job_table_entry(&table, &(struct xbits_id){ .data1 = i << 16 }, &entry));
        assert_true(entry->has_state);
        assert_int_equal(entry->state, i % XBITS_STATE_COUNT);
    }
    assert_int_equal(table.count, COUNT);
    job_table_dispose(&table);
}

static void pending_jobs_are_counted(void **state)
{
    size_t counts[XBITS_STATE_COUNT];
    struct job_table table = { 0 };
    struct job_entry *entry;
    (void)state;

    assert_ok(job_table_entry(&table, &(struct xbits_id){ .data1 = 1 }, &entry));
    job_table_set(&table, entry, XBITS_STATE_QUEUED, true);
    job_table_set(&table, entry, XBITS_STATE_TRANSFERRING, true);
    assert_ok(job_table_entry(&table, &(struct xbits_id){ .data1 = 2 }, &entry));
    job_table_set(&table, entry, XBITS_STATE_QUEUED, true);
    assert_int_equal(table.pending_count, 2);

    job_table_set(&table, entry, XBITS_STATE_ERROR, false);
    assert_int_equal(table.pending_count, 1);
    job_table_count(&table, counts);
    assert_int_equal(counts[XBITS_STATE_ERROR], 1);
    assert_int_equal(counts[XBITS_STATE_QUEUED], 0);

    job_table_forget_pending(&table);
    assert_int_equal(table.pending_count, 0);
    job_table_dispose(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_jobs_are_found_again),
        cmocka_unit_test(pending_jobs_are_counted),
    };

    return run_tests("cli.job_table", tests);
}
